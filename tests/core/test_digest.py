"""What an owner hears of in a week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.core import digest, planning, reports
from bot.core.digest import Standing
from bot.core.fires import Fire, FireKind, FireStatus
from bot.core.plan import ActionPlan, Communication, Field, Frequency, Progress

NOW = datetime(2027, 9, 6, 9, tzinfo=UTC)
TODAY = NOW.date()
BEGAN = datetime(2027, 6, 14, 9, tzinfo=UTC)
OWNER, DOER = "m3", "m2"
READER, ASKED = 1003, 1002


def a_plan(*due_on: date | None) -> ActionPlan:
    """One with an action for each of these days."""
    plan = planning.open_plan(id=1, workshop_id=1, group=1, now=BEGAN)
    for number, day in enumerate(due_on, 1):
        plan = planning.add_action(plan, f"Action {number}", by=OWNER, now=BEGAN)
        plan = planning.set_field(plan, number, Field.OWNER, OWNER, by=OWNER, now=BEGAN)
        plan = planning.set_field(plan, number, Field.DUE_ON, day, by=OWNER, now=BEGAN)
    return plan


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def a_fire(days_ago: int, action: int = 1, *, user_id: int = ASKED, party: str = DOER, answer: str = "") -> Fire:
    """Somebody was asked about an action so many days ago."""
    at = NOW - timedelta(days=days_ago)
    return Fire(
        key=f"p1.a{action}.due.0.{party}.-{days_ago}",
        version=at.date().isoformat(),
        kind=FireKind.DUE,
        subject=f"p1.a{action}",
        series=f"p1.a{action}.due.0.{party}",
        workshop_id=1,
        plan_id=1,
        action=action,
        party=party,
        user_id=user_id,
        on=at.date(),
        due_at=at,
        status=FireStatus.DONE,
        done_at=at,
        answer=answer,
    )


def of(plan: ActionPlan, *said: Fire) -> digest.Digest:
    return digest.of_owner(
        plan, plan.actions(), said, owner=OWNER, reader=READER, begins=BEGAN.date(), zone="Africa/Accra", now=NOW
    )


def reported(plan: ActionPlan, number: int, progress: Progress, text: str = "", days_ago: int = 1) -> ActionPlan:
    at = NOW - timedelta(days=days_ago)
    return reports.report_progress(plan, number, progress, text=text, by=DOER, now=at)


def numbers(actions: object) -> list[int]:
    return [each.number for each in actions]  # type: ignore[attr-defined]


def test_nothing_is_news_where_all_is_far_away_and_nobody_is_silent() -> None:
    assert not of(a_plan(in_days(15), None)).is_noteworthy
    assert of(a_plan(in_days(14))).is_noteworthy


def test_late_is_what_was_due_before_today_and_what_is_stuck_is_not_called_late() -> None:
    plan = a_plan(in_days(-1), in_days(0), in_days(-3), in_days(-5))
    plan = reported(plan, 3, Progress.BLOCKED, "The legal office says no")
    plan = reported(plan, 4, Progress.DONE)
    found = of(plan)
    assert (numbers(found.late), numbers(found.soon), numbers(found.stuck)) == ([1], [2], [3])
    assert found.tally == {Standing.BLOCKED: 1, Standing.LATE: 1, Standing.NOT_STARTED: 1, Standing.DONE: 1}


def test_what_is_blocked_comes_before_what_is_at_risk_with_the_line_that_was_said_last() -> None:
    plan = reported(a_plan(None, None), 1, Progress.AT_RISK, "Two people left")
    plan = reported(plan, 2, Progress.BLOCKED, "No money")
    assert numbers(of(plan).stuck) == [2, 1]
    assert digest.line_of(plan, plan.actions()[0]) == "Two people left"
    plan = planning.set_field(plan, 1, Field.PROGRESS, Progress.BLOCKED, by=OWNER, now=NOW)
    assert digest.line_of(plan, plan.actions()[0]) == ""  # that line was said of something else


def test_somebody_is_silent_from_the_fifth_day_on_counted_from_the_first_time_they_were_asked() -> None:
    plan = a_plan(in_days(30))
    assert not of(plan, a_fire(4)).unanswered
    assert [each.days for each in of(plan, a_fire(9), a_fire(2)).unanswered] == [9]
    assert not of(plan, a_fire(9, answer="later")).unanswered
    assert not of(plan, a_fire(9, user_id=READER)).unanswered  # nobody is told of their own silence


def test_an_answer_or_a_change_by_who_was_asked_ends_the_silence_and_one_from_before_does_not() -> None:
    plan = a_plan(in_days(30))
    assert not of(reported(plan, 1, Progress.ON_TRACK, days_ago=1), a_fire(9)).unanswered
    assert of(reported(plan, 1, Progress.ON_TRACK, days_ago=10), a_fire(9)).unanswered
    moved = planning.set_field(plan, 1, Field.DUE_ON, in_days(40), by=DOER, now=NOW)
    assert not of(moved, a_fire(9)).unanswered
    moved = planning.set_field(plan, 1, Field.DUE_ON, in_days(40), by=OWNER, now=NOW)
    assert of(moved, a_fire(9)).unanswered


def test_what_is_unanswered_is_not_said_twice_as_due_soon() -> None:
    found = of(a_plan(in_days(3)), a_fire(9))
    assert found.unanswered
    assert not found.soon


def test_an_audience_is_news_when_it_was_missed_twice_in_a_row() -> None:
    told = Communication(audience="Applicants", frequency=Frequency.MONTHLY, sender=DOER)
    plan = planning.add_item(a_plan(in_days(90)), 1, Field.COMMUNICATIONS, told, by=OWNER, now=BEGAN)
    item = plan.actions()[0].communications[0].id
    assert [each.times for each in of(plan).untold] == [2]  # 14 July and 14 August
    plan = reports.tell(plan, 1, item, date(2027, 7, 14), by=DOER, now=NOW)
    assert not of(plan).untold


def test_what_is_done_about_something_counts_since_it_is_stuck() -> None:
    plan = reported(a_plan(None), 1, Progress.BLOCKED, "No money", days_ago=3)
    plan = reports.correct(plan, 1, "Asking the ministry", by=OWNER, now=NOW - timedelta(days=2))
    found = digest.done_about(plan, plan.actions()[0])
    assert found is not None
    assert found.text == "Asking the ministry"
    plan = reported(plan, 1, Progress.AT_RISK, "Only half of it", days_ago=1)
    assert digest.done_about(plan, plan.actions()[0]) is None


def test_asked_again_is_one_thing_a_day_for_each_person_and_action() -> None:
    def again(days: int, party: str = DOER) -> tuple[str, str]:
        made = digest.asked_again(
            a_fire(9, party=party), id=7, user_id=ASKED, now=NOW, today=TODAY + timedelta(days=days)
        )
        assert made.is_open
        assert made.due_at == NOW
        assert made.series == a_fire(9, party=party).series
        return made.key, made.version

    assert again(0) == again(0)
    assert len({again(0), again(1), again(0, OWNER)}) == 3
