"""What became of a plan: what is noted, what is refused, and how it is looked back on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import planning, reports
from bot.core.cadence import days_to_tell
from bot.core.errors import Refusal
from bot.core.plan import ActionPlan, Communication, Field, Frequency, Item, Kpi, Milestone, Progress, ReportKind

NOW = datetime(2027, 6, 18, 9, tzinfo=UTC)
BEGINS = NOW.date()
ESI, MARCO = "m2", "m3"
DUE = date(2027, 12, 18)


def after(days: int) -> datetime:
    return NOW + timedelta(days=days)


def the_plan() -> ActionPlan:
    """One action with a milestone (1), two measures (2, 3) and two audiences (4, 5), and an action beside it."""
    plan = planning.open_plan(id=1, workshop_id=1, group=1, now=NOW)
    for title in ("Publish the list", "Train the staff"):
        plan = planning.add_action(plan, title, by=ESI, now=NOW)
    items: list[tuple[Field, Item]] = [
        (Field.MILESTONES, Milestone(name="Draft ready", due_on=date(2027, 7, 30))),
        (Field.KPIS, Kpi(name="Visits", baseline="900", target="600")),
        (Field.KPIS, Kpi(name="Complete files")),
        (Field.COMMUNICATIONS, Communication(audience="Applicants", frequency=Frequency.MONTHLY)),
        (Field.COMMUNICATIONS, Communication(audience="Minister", frequency=Frequency.MONTHLY)),
    ]
    for field, item in items:
        plan = planning.add_item(plan, 1, field, item, by=ESI, now=NOW)
    return planning.set_field(plan, 1, Field.DUE_ON, DUE, by=ESI, now=NOW)


def refusal(do: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as caught:
        do()
    return caught.value.key


# How an action stands --------------------------------------------------------------------------------------------


def test_how_an_action_stands_is_noted_with_the_line_and_is_in_the_plan() -> None:
    plan = reports.report_progress(the_plan(), 1, Progress.BLOCKED, text=" no  paper ", by=ESI, now=after(1))
    (said,) = plan.reports
    assert (said.kind, said.progress, said.text, said.by, said.at) == (
        ReportKind.PROGRESS,
        Progress.BLOCKED,
        "no paper",
        ESI,
        after(1),
    )
    action = plan.action(1)
    assert action is not None
    assert (action.progress, action.changed_by) == (Progress.BLOCKED, ESI)
    assert plan.action(2) == the_plan().action(2)


def test_the_same_again_is_news_too_but_no_new_version_of_the_action() -> None:
    once = reports.report_progress(the_plan(), 1, Progress.ON_TRACK, by=ESI, now=after(1))
    twice = reports.report_progress(once, 1, Progress.ON_TRACK, by=MARCO, now=after(8))
    assert [each.by for each in twice.reports] == [ESI, MARCO]
    assert twice.history == once.history


@pytest.mark.parametrize("number", [2, 99])
def test_nothing_is_said_of_what_is_not_in_the_plan(number: int) -> None:
    plan = planning.remove(the_plan(), 2, 1, by=ESI, now=after(1))
    ways = [
        lambda: reports.report_progress(plan, number, Progress.DONE, by=ESI, now=after(2)),
        lambda: reports.correct(plan, number, "Ask again", by=ESI, now=after(2)),
        lambda: reports.reach(plan, number, 1, by=ESI, now=after(2)),
        lambda: reports.measure(plan, number, 2, "5", by=ESI, now=after(2)),
        lambda: reports.tell(plan, number, 4, BEGINS, by=ESI, now=after(2)),
    ]
    assert len({refusal(each) for each in ways}) == 1


def test_only_what_an_action_has_can_be_reached_measured_or_told() -> None:
    plan = the_plan()
    assert refusal(lambda: reports.reach(plan, 1, 2, by=ESI, now=NOW)) == "plan.gone"  # a measure's id
    assert refusal(lambda: reports.measure(plan, 1, 4, "5", by=ESI, now=NOW)) == "plan.gone"
    assert refusal(lambda: reports.tell(plan, 1, 1, BEGINS, by=ESI, now=NOW)) == "plan.gone"


def test_lines_are_no_longer_than_they_may_be() -> None:
    fits, too_long = "x" * reports.LONGEST_LINE, "x" * (reports.LONGEST_LINE + 1)
    plan = reports.correct(the_plan(), 1, fits, by=ESI, now=NOW)
    assert plan.reports[0].text == fits
    for do in (
        lambda: reports.correct(plan, 1, too_long, by=ESI, now=NOW),
        lambda: reports.report_progress(plan, 1, Progress.BLOCKED, text=too_long, by=ESI, now=NOW),
    ):
        assert refusal(do) == "input.too_long"
    assert refusal(lambda: reports.correct(plan, 1, " \u200b ", by=ESI, now=NOW)) == "input.empty"
    assert refusal(lambda: reports.measure(plan, 1, 2, "", by=ESI, now=NOW)) == "input.empty"


def test_a_milestone_is_reached_once_and_puts_an_action_that_had_not_begun_on_its_way() -> None:
    plan = reports.reach(the_plan(), 1, 1, by=ESI, now=after(3))
    again = reports.reach(plan, 1, 1, by=MARCO, now=after(4))
    assert again == plan
    action, said = plan.action(1), reports.reached(plan, 1, 1)
    assert action is not None
    assert said is not None
    assert (action.progress, said.by, said.at) == (Progress.ON_TRACK, ESI, after(3))
    assert reports.reached(plan, 1, 2) is None


@pytest.mark.parametrize("progress", [each for each in Progress if each is not Progress.NOT_STARTED])
def test_a_milestone_says_nothing_else_of_how_an_action_stands(progress: Progress) -> None:
    plan = planning.set_field(the_plan(), 1, Field.PROGRESS, progress, by=ESI, now=after(1))
    action = reports.reach(plan, 1, 1, by=ESI, now=after(3)).action(1)
    assert action is not None
    assert action.progress is progress


# Looking back ----------------------------------------------------------------------------------------------------


def test_what_was_said_is_read_in_the_order_in_which_it_was_said_wherever_that_was() -> None:
    plan = reports.report_progress(the_plan(), 1, Progress.AT_RISK, text="late", by=ESI, now=after(9))
    plan = reports.correct(plan, 1, "Hire two more", by=MARCO, now=after(10))
    elsewhere = reports.report_progress(the_plan(), 1, Progress.ON_TRACK, by=MARCO, now=after(2))
    plan = reports.carry(plan, elsewhere.reports)
    assert [each.at for each in reports.of_action(plan, 1)] == [after(2), after(9), after(10)]
    assert [each.number for each in plan.reports] == [1, 2, 3]
    latest = reports.latest(plan, 1, ReportKind.PROGRESS)
    assert latest is not None
    assert latest.text == "late"
    assert reports.latest(plan, 2) is None
    assert reports.latest(plan, 1, ReportKind.TOLD) is None


def test_what_is_carried_twice_is_there_once() -> None:
    elsewhere = reports.correct(the_plan(), 1, "Hire two more", by=MARCO, now=after(2))
    plan = reports.report_progress(the_plan(), 1, Progress.AT_RISK, by=ESI, now=after(1))
    once = reports.carry(plan, elsewhere.reports)
    assert reports.carry(once, [*elsewhere.reports, *elsewhere.reports]) == once
    assert len(once.reports) == 2


def test_values_are_a_measures_own() -> None:
    plan = the_plan()
    for day, (kpi, value) in enumerate([(2, "870"), (3, "40 %"), (2, "about 820")]):
        plan = reports.measure(plan, 1, kpi, value, by=ESI, now=after(day))
    action = plan.action(1)
    assert action is not None
    visits, files = (each for each in action.kpis)
    assert [each.text for each in reports.values(plan, action, visits)] == ["870", "about 820"]
    assert [each.text for each in reports.values(plan, action, files)] == ["40 %"]


def test_the_oldest_goes_where_there_are_too_many_and_numbers_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "MOST_REPORTS", 3)
    plan = the_plan()
    for day in range(5):
        plan = reports.measure(plan, 1, 2, str(day), by=ESI, now=after(day))
    assert [(each.number, each.text) for each in plan.reports] == [(3, "2"), (4, "3"), (5, "4")]


def test_a_report_names_what_it_was_about_also_when_that_has_gone() -> None:
    plan = reports.measure(the_plan(), 1, 2, "870", by=ESI, now=after(1))
    plan = planning.set_part(plan, 1, Field.KPIS, 2, "name", "Visits a month", by=ESI, now=after(2))
    (said,) = plan.reports
    renamed = reports.item_of(plan, said)
    assert isinstance(renamed, Kpi)
    plan = planning.drop_item(plan, 1, Field.KPIS, renamed, by=ESI, now=after(3))
    assert reports.item_of(plan, said) == renamed
    assert renamed.name == "Visits a month"
    assert reports.item_of(plan, replace(said, item=77)) is None
    assert reports.item_of(plan, replace(said, action=77)) is None
    assert reports.item_of(plan, replace(said, kind=ReportKind.PROGRESS)) is None


# Who was told ----------------------------------------------------------------------------------------------------


def test_an_audience_is_told_once_for_each_day_and_each_audience_has_its_own_log() -> None:
    day = date(2027, 7, 18)
    plan = reports.tell(the_plan(), 1, 4, day, by=ESI, now=after(30))
    assert reports.tell(plan, 1, 4, day, by=MARCO, now=after(31)) == plan
    plan = reports.tell(plan, 1, 5, day, by=MARCO, now=after(31), needed=False)
    assert [(each.item, each.kind, each.by) for each in reports.told_log(plan, 1)] == [
        (4, ReportKind.TOLD, ESI),
        (5, ReportKind.SKIPPED, MARCO),
    ]
    assert [each.item for each in reports.told_log(plan, 1, 5)] == [5]
    assert reports.is_settled(plan, 1, 4, day)
    assert reports.is_settled(plan, 1, 5, day)
    assert not reports.is_settled(plan, 1, 4, day + timedelta(days=1))
    assert not reports.is_settled(plan, 2, 4, day)


DAYS = [date(2027, month, 18) for month in range(7, 13)]


@given(st.sets(st.sampled_from(DAYS)), st.dates(BEGINS, date(2028, 1, 31)))
def test_each_day_is_told_missed_or_still_ahead(told: set[date], today: date) -> None:
    plan = the_plan()
    action = plan.action(1)
    assert action is not None
    audience = action.communications[0]
    assert days_to_tell(action, audience, BEGINS) == DAYS
    for at, day in enumerate(sorted(told)):
        plan = reports.tell(plan, 1, audience.id, day, by=ESI, now=after(at), needed=at % 2 == 0)
    log = reports.told_and_missed(plan, action, audience, BEGINS, today)
    assert [day for day, _ in log] == [day for day in DAYS if day in told or day < today]
    assert {day for day, said in log if said is not None} == told
    missed = [day for day, said in log if said is None]
    in_a_row = reports.missed_in_a_row(plan, 1, audience.id, DAYS, today)
    assert in_a_row == missed[len(missed) - len(in_a_row) :]
    last = max((day for day in told if day < today), default=None)
    assert in_a_row == [day for day in missed if last is None or day > last]


def test_what_was_told_before_the_cadence_changed_stays_in_the_log() -> None:
    plan = reports.tell(the_plan(), 1, 4, date(2027, 7, 18), by=ESI, now=after(30))
    plan = planning.set_part(plan, 1, Field.COMMUNICATIONS, 4, "frequency", Frequency.QUARTERLY, by=ESI, now=after(31))
    action = plan.action(1)
    assert action is not None
    found = reports.told_and_missed(plan, action, action.communications[0], BEGINS, date(2027, 10, 1))
    assert [(day, said is None) for day, said in found] == [(date(2027, 7, 18), False), (date(2027, 9, 18), True)]
