"""What a group agrees on for when an action gets stuck."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core import escalating, followup_action, planning
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind
from bot.core.hours import Hours
from bot.core.outlook import Outlook, PlanOutlook
from bot.core.plan import ActionPlan, Escalation, Field, Progress
from bot.core.workshop import Member, Role, Workshop
from tests.core.planned import NOW, PROGRAMME, workshop

DUE = date(2027, 9, 30)
LEAD = "m9"


def a_workshop() -> Workshop:
    """Members 1 and 4 are Group 1, of whom 4 has no phone; 9 leads."""
    made = workshop(4)
    lead = Member(number=9, name="Amina", role=Role.ORGANISER, user_id=9, joined_at=NOW)
    return replace(made, members={**made.members, 4: replace(made.members[4], user_id=None), 9: lead})


def a_plan(progress: Progress = Progress.NOT_STARTED, *, to: str = LEAD, after: int = 7) -> ActionPlan:
    """Group 1's, with an action of member 1, whose status was said a month before it is due."""
    plan = planning.open_plan(id=1, workshop_id=1, group=1, now=NOW)
    plan = planning.add_action(plan, "Drill wells", by="m1", now=NOW)
    for field, value in ((Field.OWNER, "m1"), (Field.DUE_ON, DUE)):
        plan = planning.set_field(plan, 1, field, value, by="m1", now=NOW)
    said_at = datetime(2027, 8, 30, 15, tzinfo=UTC)
    plan = planning.set_field(plan, 1, Field.PROGRESS, progress, by="m1", now=said_at)
    return escalating.agree_on(plan, to, after)


def fires(plan: ActionPlan) -> list[Fire]:
    outlook = Outlook(
        programme=PROGRAMME, workshop=a_workshop(), hours=lambda user_id: Hours(zone="Africa/Accra"), now=NOW
    )
    found = followup_action.of_action(PlanOutlook(outlook, plan), plan.actions()[0])
    return [each for each in found if each.kind is FireKind.ESCALATE]


def test_nobody_is_told_where_nobody_was_chosen() -> None:
    assert not fires(escalating.nobody(a_plan(Progress.BLOCKED)))


@pytest.mark.parametrize(
    ("progress", "since"),
    [(Progress.BLOCKED, date(2027, 8, 30)), (Progress.AT_RISK, DUE), (Progress.NOT_STARTED, DUE)],
)
def test_whoever_was_chosen_is_told_after_so_many_days(progress: Progress, since: date) -> None:
    for after in (1, 7, 30):
        [fire] = fires(a_plan(progress, after=after))
        assert (fire.user_id, fire.on) == (9, since)
        wanted = since + timedelta(days=after)
        assert wanted <= fire.due_at.date() <= wanted + timedelta(days=2)  # not at a weekend


def test_what_is_done_is_told_to_nobody() -> None:
    assert not fires(a_plan(Progress.DONE))


def test_another_choice_is_another_thing_to_say() -> None:
    assert fires(a_plan(to=LEAD))[0].key != fires(a_plan(to="m1"))[0].key


def test_the_reporter_is_told_where_whoever_was_chosen_has_left() -> None:
    assert fires(a_plan(to="m8"))[0].user_id == 1


@pytest.mark.parametrize("after", [0, -1, 91])
def test_so_many_days_are_refused(after: int) -> None:
    with pytest.raises(Refusal, match="days_range"):
        escalating.agree_on(a_plan(), LEAD, after)


def test_days_are_typed_with_words_around_them() -> None:
    assert [escalating.days_typed(text) for text in ("5", "10 days", "après 21 jours")] == [5, 10, 21]
    for text in ("soon", "3 to 5 days", ""):
        with pytest.raises(Refusal, match="days_range"):
            escalating.days_typed(text)


def test_the_group_and_who_leads_can_be_chosen_where_they_have_a_phone() -> None:
    assert escalating.may_be_told(PROGRAMME, a_workshop(), a_plan()) == ["m1", LEAD]


def test_an_agreed_rule_is_kept_as_it_is() -> None:
    assert a_plan(to="m5", after=14).escalation == Escalation("m5", 14)


def test_stuck_is_what_is_blocked_or_past_its_day() -> None:
    before, after = DUE, DUE + timedelta(days=1)
    for progress, on, stuck in (
        (Progress.BLOCKED, before, True),
        (Progress.AT_RISK, before, False),
        (Progress.AT_RISK, after, True),
        (Progress.DONE, after, False),
    ):
        assert escalating.is_stuck(a_plan(progress).actions()[0], on) is stuck
