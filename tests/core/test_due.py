"""What is due is said, put off, or of no use any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core import due
from bot.core.due import LATE, TOGETHER, Addressee, Outcome, sort_out
from bot.core.fires import Fire, FireKind, FireStatus
from bot.core.hours import Hours

NOW = datetime(2027, 9, 6, 9, tzinfo=UTC)  # a Monday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OPEN = Hours(zone="Africa/Accra")
ADA, BEN = 1, 2


def a_fire(id: int, in_: timedelta = timedelta(0), user_id: int = ADA, series: str = "", **more) -> Fire:
    made = Fire(
        id=id,
        key=f"k{id}",
        version="1",
        kind=FireKind.DUE,
        subject="p1.a1",
        series=series or f"k{id}",
        workshop_id=1,
        user_id=user_id,
        on=date(2027, 9, 6),
        due_at=NOW + in_,
    )
    return replace(made, **more)


def of(*fires: Fire, now: datetime = NOW, **reader) -> Outcome:
    people = {each.user_id: Addressee(**{"hours": OPEN, **reader}) for each in fires}
    return sort_out(fires, people, now)


def ids(fires: list[Fire]) -> list[int]:
    return [each.id for each in fires]


def reasons(outcome: Outcome) -> dict[int, str]:
    return {each.id: each.reason for each in outcome.missed}


# Together ------------------------------------------------------------------------------------------------------------


def test_what_is_due_to_somebody_within_the_hour_is_one_message() -> None:
    outcome = of(a_fire(3, 50 * MINUTE), a_fire(2, -MINUTE), a_fire(1, timedelta(0)), a_fire(4, -HOUR, BEN))
    assert {reader: ids(fires) for reader, fires in outcome.said.items()} == {ADA: [2, 1, 3], BEN: [4]}
    assert not outcome.moved
    assert not outcome.missed


def test_what_is_only_due_soon_is_no_reason_to_write() -> None:
    assert of(a_fire(1, MINUTE)) == Outcome()


def test_the_next_message_waits_until_the_hour_is_over() -> None:
    outcome = of(a_fire(1), last_at=NOW - 20 * MINUTE)
    assert [(each.id, each.due_at, each.meant_at) for each in outcome.moved] == [(1, NOW + 40 * MINUTE, None)]
    assert not outcome.said
    assert of(a_fire(1), last_at=NOW - TOGETHER).said


def test_the_hour_that_is_over_after_work_becomes_tomorrow() -> None:
    evening = NOW.replace(hour=17, minute=30)
    outcome = of(a_fire(1), now=evening, last_at=evening - MINUTE)
    assert [each.due_at for each in outcome.moved] == [NOW.replace(hour=8) + DAY]


# Of no use -----------------------------------------------------------------------------------------------------------


def newest(*fires: Fire) -> tuple[list[int], list[int]]:
    kept, older = due.newest(of(*fires).said[ADA])
    return ids(kept), ids(older)


def test_of_a_series_only_the_newest_is_said() -> None:
    of_two = a_fire(1, -2 * DAY, series="a"), a_fire(2, -DAY, series="a"), a_fire(3, -DAY, series="b")
    assert newest(*of_two) == ([2, 3], [1])
    soon = a_fire(1, series="a"), a_fire(2, 30 * MINUTE, series="a")  # what is due soon is newer, too
    assert newest(*soon) == ([2], [1])


def test_of_what_was_put_off_to_the_same_instant_the_newest_is_what_is_about_the_later_day() -> None:
    later = a_fire(1, series="a", on=date(2027, 9, 13))
    assert newest(later, a_fire(2, series="a")) == ([1], [2])
    assert newest(later, a_fire(2, 30 * MINUTE, series="a", by_hand=True)) == ([1], [2])


def test_the_older_is_kept_for_as_long_as_the_newer_cannot_be_said() -> None:
    older, newer = a_fire(1, -DAY, series="a"), a_fire(2, series="a")
    outcome = of(older, newer, muted_until=NOW + DAY)
    assert ids(outcome.moved) == [1, 2]
    assert not outcome.missed


def test_after_its_end_it_is_of_no_use_and_supersedes_nothing() -> None:
    outcome = of(a_fire(1, -DAY, series="a"), a_fire(2, -HOUR, series="a", ends_at=NOW))
    assert reasons(outcome) == {2: "too_late"}
    assert ids(outcome.said[ADA]) == [1]
    assert of(a_fire(1, ends_at=NOW + MINUTE)).said


def test_whoever_opted_out_gets_nothing_and_nothing_is_kept_for_them() -> None:
    outcome = of(a_fire(1, -DAY), a_fire(2, 20 * MINUTE), opted_out=True)
    assert reasons(outcome) == {1: "opted_out", 2: "opted_out"}
    assert all(each.status is FireStatus.MISSED and each.done_at == NOW for each in outcome.missed)
    assert not outcome.said


# Later ---------------------------------------------------------------------------------------------------------------


def test_what_is_due_to_somebody_who_muted_the_bot_is_kept_until_they_hear_of_it_again() -> None:
    monday = NOW.replace(hour=8) + 7 * DAY
    outcome = of(a_fire(1), a_fire(2, 30 * MINUTE), muted_until=monday)
    assert [(each.id, each.due_at) for each in outcome.moved] == [(1, monday)]
    (kept,) = outcome.moved
    assert kept.is_open
    assert of(kept, now=monday, muted_until=monday).said[ADA][0].meant_at is None  # nobody was away


def test_outside_of_working_hours_it_waits_and_on_days_off() -> None:
    saturday = NOW.replace(hour=12) + 5 * DAY
    outcome = of(a_fire(1), now=saturday)
    assert [each.due_at for each in outcome.moved] == [NOW.replace(hour=8) + 7 * DAY]
    night = NOW.replace(hour=20)
    assert of(a_fire(1, 11 * HOUR), now=night).moved[0].due_at == NOW.replace(hour=8) + DAY


def test_what_should_have_been_said_long_ago_says_when() -> None:
    """However often it is moved on, it is the first time that counts."""
    noon = NOW + 3 * HOUR
    a_bit, long = a_fire(1, 3 * HOUR - LATE), a_fire(2, 3 * HOUR - LATE - MINUTE)
    said = [due.said(each, 1, noon) for each in of(a_bit, long, now=noon).said[ADA]]
    assert {each.id: each.meant_at for each in said} == {1: None, 2: long.due_at}
    (moved,) = of(long, now=noon, last_at=noon - MINUTE).moved
    assert moved.meant_at == long.due_at
    (again,) = of(moved, now=NOW + 9 * HOUR + 10 * MINUTE).moved
    assert again.meant_at == long.due_at
    assert due.said(again, 1, again.due_at).meant_at == long.due_at


def test_what_waited_for_its_reader_is_not_late() -> None:
    """The bot was away meanwhile, and nobody would have heard of it before had it been here."""
    back = NOW + 9 * HOUR  # in the evening
    silent = NOW + DAY
    (moved,) = of(a_fire(1), now=back, muted_until=silent).moved
    assert (moved.due_at, moved.meant_at) == (silent, None)
    assert of(moved, now=silent, muted_until=silent).said[ADA][0].meant_at is None
    (after_silence,) = of(a_fire(1), now=silent + HOUR, muted_until=silent).said[ADA]
    assert after_silence.meant_at is None
    (of_weekend,) = of(a_fire(1, -2 * DAY), now=NOW, muted_until=NOW - HOUR).said[ADA]
    assert of_weekend.meant_at is None


def test_what_could_have_been_said_when_its_reader_heard_of_it_again_is_late_as_of_then() -> None:
    silent = NOW - DAY + timedelta(minutes=30)
    (said,) = of(a_fire(1, -3 * DAY), now=NOW + DAY, muted_until=silent).said[ADA]
    assert said.meant_at == NOW.replace(hour=8)  # which was on a Sunday


def test_what_waited_for_the_hour_to_be_over_is_not_late() -> None:
    """It would have been due two hours and ten minutes ago, and said a quarter of an hour later."""
    at = NOW + 2 * HOUR + 10 * MINUTE
    assert of(a_fire(1), now=at, last_at=NOW - 45 * MINUTE).said[ADA][0].meant_at is None
    assert of(a_fire(1), now=at, last_at=NOW - 55 * MINUTE).said[ADA][0].meant_at == NOW + 5 * MINUTE


def test_said_is_said() -> None:
    put_off = a_fire(1, -MINUTE, answer="later", answered_at=NOW - DAY)
    said = due.said(put_off, 5, NOW)
    assert (said.status, said.batch, said.done_at, said.answer) == (FireStatus.DONE, 5, NOW, "")
    assert said.due_at == put_off.due_at


# The clock -----------------------------------------------------------------------------------------------------------


def test_the_clock_set_back_by_an_hour_keeps_nobody_waiting_for_the_hour_before() -> None:
    """It was last said in what is the future now."""
    assert of(a_fire(1), last_at=NOW + 50 * MINUTE).said
    assert of(a_fire(1), last_at=NOW).moved


def test_the_clock_set_forward_by_an_hour_makes_nothing_late() -> None:
    at = NOW + HOUR
    assert [due.said(each, 1, at).meant_at for each in of(a_fire(1), now=at).said[ADA]] == [None]
