"""Days may be anything that people type: the year 1, or 9999. What is planned stays near, few, and quick to plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import followup, followup_action, muting, rescheduling
from bot.core.cadence import FURTHEST, days_to_measure, days_to_tell
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind
from bot.core.hours import Hours
from bot.core.outlook import AHEAD, FORESEEN, Outlook, PlanOutlook
from bot.core.plan import Action, ActionPlan, Communication, Escalation, Frequency, Kpi, Milestone, Progress
from bot.core.workshop import Role
from tests.core.planned import workshop
from tests.storage.planned_life import PROGRAMME

NOW = datetime(2027, 9, 6, 9, tzinfo=UTC)
DAYS = st.dates() | st.sampled_from([date.min, date.max, date(2099, 12, 31), date(2028, 2, 29), date(2027, 9, 7)])
ZONES = st.sampled_from(["Pacific/Kiritimati", "Etc/GMT-14", "Etc/GMT+12", "Africa/Accra", "Australia/Lord_Howe"])
OFTEN = st.none() | st.sampled_from(Frequency)
MOST = 400  # fires of one action with three audiences and a measure


def actions(number: int) -> st.SearchStrategy[Action]:
    told = st.builds(
        Communication, audience=st.just("All"), frequency=OFTEN, until=st.none() | DAYS, id=st.integers(1, 3)
    )
    return st.builds(
        Action,
        number=st.just(number),
        title=st.just("Publish"),
        owner=st.sampled_from(["", "m1", "m2"]),
        due_on=st.none() | DAYS,
        milestones=st.lists(st.builds(Milestone, name=st.just("Draft"), due_on=DAYS, id=st.just(4)), max_size=1).map(
            tuple
        ),
        communications=st.lists(told, max_size=3, unique_by=lambda each: each.id).map(tuple),
        kpis=st.lists(st.builds(Kpi, name=st.just("Visits"), frequency=OFTEN, id=st.just(5)), max_size=1).map(tuple),
        progress=st.sampled_from([Progress.NOT_STARTED, Progress.BLOCKED]),
        changed_at=st.just(NOW),
    )


def planned(zone: str, *found: Action) -> list[Fire]:
    made = workshop()
    lead = replace(made.members[1], number=9, user_id=9, role=Role.ORGANISER)
    made = replace(made, zone=zone, members={**made.members, 9: lead})
    around = Outlook(programme=PROGRAMME, workshop=made, hours=lambda user_id: Hours(zone=zone), now=NOW)
    plan = ActionPlan(
        id=1,
        workshop_id=1,
        group=1,
        history={each.number: (each,) for each in found},
        agreed_at=NOW,
        created_at=NOW,
        escalation=Escalation("m9", 400),
    )
    view = PlanOutlook(around, plan)
    return [*followup.of_plan(view), *(fire for each in found for fire in followup_action.of_action(view, each))]


@given(ZONES, actions(1), actions(2))
def test_whatever_days_there_are_what_is_planned_is_near_and_little(zone: str, one: Action, other: Action) -> None:
    fires = planned(zone, one, other)
    assert len(fires) <= 2 * MOST
    for each in fires:
        assert abs(each.due_at - NOW) <= FORESEEN + timedelta(days=1300)
        if each.kind in (FireKind.NUDGE, FireKind.UNTOLD, FireKind.MEASURE, FireKind.DIGEST):
            assert each.on <= NOW.date() + AHEAD + timedelta(days=1)
    marks = [(each.key, each.version) for each in fires]
    assert len(marks) == len(set(marks))


@pytest.mark.parametrize("frequency", Frequency)
@pytest.mark.parametrize("last", [date.min, date(2099, 12, 31), date.max])
def test_what_comes_again_and_again_ends(frequency: Frequency, last: date) -> None:
    action = Action(number=1, title="Publish", due_on=last, changed_at=NOW)
    told = Communication(audience="All", frequency=frequency, until=last)
    assert len(days_to_tell(action, told, NOW.date())) <= FURTHEST.days / 7 + 1
    assert len(days_to_measure(action, Kpi(name="Visits", frequency=frequency), NOW.date(), last)) <= 160


def test_nothing_is_moved_out_of_reach() -> None:
    fire = planned("Africa/Accra", Action(number=1, title="Publish", due_on=date(2027, 9, 30), changed_at=NOW))[0]
    own = Hours(zone="Pacific/Kiritimati")
    with pytest.raises(Refusal):
        rescheduling.move(fire, date.max, own.opens, own, NOW)
    assert muting.in_a_week(NOW, own) > NOW
