"""What there is to tell an audience: what is new since it was last told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core import planning, reports
from bot.core.news import News, last_told, news
from bot.core.plan import Action, ActionPlan, Communication, Field, Frequency, Item, Kpi, Milestone, Progress

NOW = datetime(2027, 6, 14, 8, tzinfo=UTC)
DUE = date(2027, 9, 30)
TODAY = date(2027, 7, 18)
MILESTONE, LATER_MILESTONE, TOLD, VISITS, SHARE, STAFF = range(1, 7)
ITEMS: tuple[tuple[Field, Item], ...] = (
    (Field.MILESTONES, Milestone(name="Draft ready", due_on=date(2027, 7, 10))),
    (Field.MILESTONES, Milestone(name="Signed", due_on=date(2027, 8, 10))),
    (Field.COMMUNICATIONS, Communication(audience="Applicants", message="One list", frequency=Frequency.MONTHLY)),
    (Field.KPIS, Kpi(name="visits", baseline="900", target="600")),
    (Field.KPIS, Kpi(name="share online", target="80 %")),
    (Field.KPIS, Kpi(name="staff trained", target="40")),
)


def at(days: int) -> datetime:
    return NOW + timedelta(days=days)


def a_plan() -> ActionPlan:
    plan = planning.open_plan(id=1, workshop_id=1, group=1, now=NOW)
    plan = planning.add_action(plan, "Publish the list", by="m2", now=NOW)
    plan = planning.set_field(plan, 1, Field.DUE_ON, DUE, by="m2", now=NOW)
    for field, item in ITEMS:
        plan = planning.add_item(plan, 1, field, item, by="m2", now=NOW)
    return plan


def told_on(plan: ActionPlan, days: int, *, needed: bool = True) -> ActionPlan:
    now = at(days)
    return reports.tell(plan, 1, TOLD, now.date(), by="m2", now=now, needed=needed)


def parts(plan: ActionPlan) -> tuple[Action, Communication]:
    [action] = plan.actions()
    [told] = action.communications
    return action, told


def found(plan: ActionPlan, today: date = TODAY) -> News:
    return news(plan, *parts(plan), today)


def test_whoever_was_never_told_hears_what_is_planned():
    first = found(a_plan())
    assert (first.message, first.due_on, first.moved_from) == ("One list", DUE, None)
    assert (first.reached, first.values, first.next_milestone) == ((), (), ("Signed", date(2027, 8, 10)))
    assert not first.done
    assert not first.uncertain


def test_a_day_has_moved_only_for_those_who_heard_the_other_one():
    new = date(2027, 10, 31)
    unheard = planning.set_field(a_plan(), 1, Field.DUE_ON, new, by="m2", now=at(3))
    assert (found(unheard).due_on, found(unheard).moved_from) == (new, None)
    heard = planning.set_field(told_on(a_plan(), 2), 1, Field.DUE_ON, new, by="m2", now=at(3))
    assert (found(heard).due_on, found(heard).moved_from) == (new, DUE)
    assert found(told_on(heard, 4)).moved_from is None


def test_a_day_that_was_moved_there_and_back_is_no_news():
    plan = told_on(a_plan(), 2)
    for days, day in ((3, date(2027, 10, 31)), (4, DUE)):
        plan = planning.set_field(plan, 1, Field.DUE_ON, day, by="m2", now=at(days))
    assert found(plan).moved_from is None


def test_what_was_said_since_the_last_time_is_told_once():
    plan = reports.reach(a_plan(), 1, MILESTONE, by="m2", now=at(5))
    plan = reports.measure(plan, 1, VISITS, "900", by="m2", now=at(5))
    plan = reports.measure(plan, 1, VISITS, "870", by="m2", now=at(6))
    told = found(plan)
    assert told.reached == ("Draft ready",)
    assert [(kpi.name, value.text) for kpi, value in told.values] == [("visits", "870")]
    again = found(told_on(plan, 7))
    assert (again.reached, again.values) == ((), ())


def test_a_time_that_was_not_needed_leaves_the_news_for_the_next_one():
    plan = reports.reach(told_on(a_plan(), 1), 1, MILESTONE, by="m2", now=at(5))
    plan = told_on(plan, 7, needed=False)
    last = last_told(plan, *parts(plan))
    assert last is not None
    assert last.at == at(1)
    assert found(plan).reached == ("Draft ready",)


def test_what_another_audience_was_told_does_not_count():
    plan = planning.add_item(
        a_plan(), 1, Field.COMMUNICATIONS, Communication(audience="The minister"), by="m2", now=NOW
    )
    plan = reports.measure(plan, 1, VISITS, "870", by="m2", now=at(5))
    plan = told_on(plan, 7)
    action = plan.actions()[0]
    applicants, minister = action.communications
    assert news(plan, action, applicants, TODAY).values == ()
    assert len(news(plan, action, minister, TODAY).values) == 1


def test_not_more_than_two_measures_are_told_of():
    plan = a_plan()
    for kpi in (VISITS, SHARE, STAFF):
        plan = reports.measure(plan, 1, kpi, "20", by="m2", now=at(kpi))
    assert [kpi.name for kpi, _ in found(plan).values] == ["visits", "share online"]


def test_the_next_milestone_is_the_first_that_isnt_past_nor_reached():
    plan = a_plan()
    assert found(plan, date(2027, 7, 1)).next_milestone == ("Draft ready", date(2027, 7, 10))
    assert found(plan, date(2027, 8, 11)).next_milestone is None
    plan = reports.reach(plan, 1, LATER_MILESTONE, by="m2", now=at(5))
    assert found(plan).next_milestone is None


def test_how_it_stands():
    for progress, done, uncertain in (
        (Progress.ON_TRACK, False, False),
        (Progress.AT_RISK, False, True),
        (Progress.BLOCKED, False, True),
        (Progress.DONE, True, False),
    ):
        now = found(reports.report_progress(a_plan(), 1, progress, by="m2", now=at(5)))
        assert (now.done, now.uncertain) == (done, uncertain)
    undated = planning.set_field(a_plan(), 1, Field.DUE_ON, None, by="m2", now=at(5))
    assert found(undated).due_on is None


def test_what_was_told_of_before_it_was_merged_away_counts():
    plan = told_on(a_plan(), 2)
    assert last_told(plan, *parts(plan)) == replace(plan.reports[-1])
