"""What waits for somebody, moved, cancelled and put back by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind, FireStatus, replan
from bot.core.hours import Hours
from bot.core.rescheduling import FURTHEST, cancel, move, offered, put_back, waiting

NOW = datetime(2027, 9, 27, 10, tzinfo=UTC)  # a Monday
NINE = time(9)
ACCRA = Hours(zone="Africa/Accra")
FIRE = Fire(
    id=7,
    key="p1.a1.due",
    version="2027-09-30",
    kind=FireKind.DUE,
    subject="p1.a1",
    series="p1.a1.due",
    workshop_id=1,
    user_id=1,
    on=date(2027, 9, 30),
    due_at=datetime(2027, 9, 28, 9, tzinfo=UTC),
)


def _said(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.key


@pytest.mark.parametrize(
    ("day", "due_at"),
    [
        (date(2027, 9, 30), datetime(2027, 9, 30, 9, tzinfo=UTC)),
        (date(2027, 10, 2), datetime(2027, 10, 4, 8, tzinfo=UTC)),  # a Saturday
        (date(2027, 9, 27), NOW),  # later today: nine has passed
    ],
)
def test_what_is_moved_comes_on_that_day_or_when_its_reader_is_next_at_work(day: date, due_at: datetime) -> None:
    assert move(FIRE, day, NINE, ACCRA, NOW).due_at == due_at


def test_what_was_moved_stays_where_it_is_when_all_is_planned_anew() -> None:
    moved = move(FIRE, date(2027, 10, 5), NINE, ACCRA, NOW)
    assert not replan([moved], [FIRE], NOW).any


@pytest.mark.parametrize("days", [-1, FURTHEST.days + 1])
def test_days_that_are_over_or_far_off_are_refused(days: int) -> None:
    with pytest.raises(Refusal) as refused:
        move(FIRE, NOW.date() + timedelta(days=days), NINE, ACCRA, NOW)
    assert _said(refused) == "upcoming.day_range"


def test_nothing_is_moved_to_where_it_is_of_no_use() -> None:
    digest = replace(FIRE, ends_at=datetime(2027, 10, 4, 8, tzinfo=UTC))
    assert move(digest, date(2027, 10, 1), NINE, ACCRA, NOW).due_at == datetime(2027, 10, 1, 9, tzinfo=UTC)
    with pytest.raises(Refusal) as refused:
        move(digest, date(2027, 10, 2), NINE, ACCRA, NOW)
    assert _said(refused) == "upcoming.no_use"
    assert refused.value.params == {"day": date(2027, 10, 4)}


def test_what_was_cancelled_never_comes_again_unless_it_is_put_back() -> None:
    gone = cancel(FIRE, NOW)
    assert cancel(gone, NOW + timedelta(minutes=1)) == gone
    assert not replan([gone], [FIRE], NOW).any
    with pytest.raises(Refusal) as refused:
        move(gone, date(2027, 10, 1), NINE, ACCRA, NOW)
    assert _said(refused) == "upcoming.is_cancelled"
    assert put_back(gone, NOW) == put_back(FIRE, NOW) == FIRE


def test_nothing_is_put_back_after_its_time() -> None:
    with pytest.raises(Refusal) as refused:
        put_back(cancel(FIRE, NOW), FIRE.due_at)
    assert _said(refused) == "upcoming.passed"


@pytest.mark.parametrize("status", [FireStatus.DONE, FireStatus.MISSED])
def test_what_has_come_can_be_changed_no_more(status: FireStatus) -> None:
    came = replace(FIRE, status=status)
    for change in (waiting, lambda fire: cancel(fire, NOW), lambda fire: put_back(fire, NOW)):
        with pytest.raises(Refusal) as refused:
            change(came)
        assert _said(refused) == "upcoming.came"


# Which days are offered ------------------------------------------------------------------------------------------


def at(day: int, month: int = 9) -> datetime:
    return datetime(2027, month, day, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_at", "days"),
    [
        # Due tomorrow: nothing is sooner; the day after, the Monday after it, a week later.
        (at(28), [(9, 29), (10, 4), (10, 5)]),
        # Due weeks from now: tomorrow, too, for whoever wants it out of the way.
        (at(20, 10), [(9, 28), (10, 21), (10, 25), (10, 27)]),
        # A Friday: the next working day is the Monday already.
        (at(1, 10), [(9, 28), (10, 4), (10, 8)]),
        # Today: tomorrow is the day after it.
        (at(27), [(9, 28), (10, 4)]),
    ],
)
def test_days_are_offered_around_the_one_on_which_it_is_due(due_at: datetime, days: list[tuple[int, int]]) -> None:
    found = offered(replace(FIRE, due_at=due_at), NINE, ACCRA, NOW)
    assert found == [date(2027, month, day) for month, day in days]


def test_no_day_is_offered_on_which_it_is_of_no_use_or_its_reader_free() -> None:
    ends = replace(FIRE, due_at=at(28), ends_at=datetime(2027, 10, 4, 9, tzinfo=UTC))
    assert offered(ends, NINE, ACCRA, NOW) == [date(2027, 9, 29)]
    holiday = replace(ACCRA, holiday=lambda day: day in (date(2027, 9, 29), date(2027, 10, 4)))
    assert offered(replace(FIRE, due_at=at(28)), NINE, holiday, NOW) == [date(2027, 9, 30), date(2027, 10, 5)]
    assert offered(replace(FIRE, ends_at=NOW), NINE, ACCRA, NOW) == []


def test_every_day_that_is_offered_can_be_had() -> None:
    for days in range(0, 60, 3):
        fire = replace(FIRE, due_at=at(28) + timedelta(days=days))
        for day in offered(fire, NINE, ACCRA, NOW):
            assert move(fire, day, NINE, ACCRA, NOW).due_at.date() == day
