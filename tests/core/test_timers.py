"""A group's time: what is left follows from an instant, and what is told of it too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import timers
from bot.core.errors import Refusal
from bot.core.timers import Timer

NOW = datetime(2027, 6, 15, 14, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(minutes: float) -> datetime:
    return NOW + minutes * MINUTE


def test_time_runs_out():
    timer = timers.start(20 * MINUTE, NOW)
    assert timers.left_of(timer, at(12.5)) == 7.5 * MINUTE
    assert timers.minutes_left(timer, at(12.5)) == 8
    assert not timers.is_over(timer, at(19.9))
    assert timers.is_over(timer, at(20))
    assert timers.left_of(timer, at(25)) == timedelta(0)


def test_five_minutes_more_are_five_minutes_more_and_from_now_once_it_is_over():
    timer = timers.start(10 * MINUTE, NOW)
    assert timers.more(timer, 5 * MINUTE, at(3)).ends_at == at(15)
    assert timers.more(timer, 5 * MINUTE, at(12)).ends_at == at(17)
    standing = timers.pause(timer, at(4))
    assert timers.left_of(timers.more(standing, 5 * MINUTE, at(9)), at(30)) == 11 * MINUTE


def test_what_stands_still_loses_nothing():
    timer = timers.start(10 * MINUTE, NOW)
    standing = timers.pause(timer, at(4))
    assert standing.paused
    assert timers.signals(standing) == []
    assert timers.left_of(standing, at(60)) == 6 * MINUTE
    again = timers.go_on(standing, at(60))
    assert again.ends_at == at(66)
    assert timers.go_on(again, at(61)) == again
    assert timers.pause(standing, at(70)) == standing


def test_what_is_over_cannot_stand_still_and_ends_once():
    timer = timers.start(MINUTE, NOW)
    with pytest.raises(Refusal) as refusal:
        timers.pause(timer, at(1))
    assert refusal.value.key == "time.over_already"
    assert timers.end(timer, at(2)) == timer
    assert timers.end(timer, at(0.5)).ends_at == at(0.5)
    assert timers.end(timers.pause(timer, at(0.5)), at(3)).ends_at == at(3)


@pytest.mark.parametrize("minutes", [0, -5, 241])
def test_lengths_that_make_no_sense_are_refused(minutes):
    with pytest.raises(Refusal):
        timers.start(minutes * MINUTE, NOW)
    with pytest.raises(Refusal):
        timers.more(timers.start(timers.LONGEST, NOW), MINUTE, NOW)


def test_groups_are_told_at_two_minutes_at_thirty_seconds_and_at_the_end():
    timer = timers.start(20 * MINUTE, NOW)
    assert timers.signals(timer) == [
        (120, at(18), at(19.5)),
        (30, at(19.5), at(20)),
        (0, at(20), at(30)),
    ]
    assert timers.signals(None) == []


def test_a_sheet_says_seldom_that_it_is_less():
    timer = timers.start(60 * MINUTE, NOW)
    said = [timers.mark(timer, NOW + timedelta(seconds=second)) for second in range(0, 3600, 10)]
    assert sorted(set(said), reverse=True) == [60, 45, 30, 20, 15, 10, 5, 2, 1]
    assert said == sorted(said, reverse=True)
    assert timers.mark(timers.start(200 * MINUTE, NOW), NOW) == 200


STEPS = st.lists(
    st.tuples(st.sampled_from(["more", "pause", "go_on", "end"]), st.integers(0, 600)), min_size=1, max_size=12
)


@given(st.integers(1, 60), STEPS)
def test_whatever_is_done_to_it_time_is_never_lost_nor_found(minutes: int, steps: list[tuple[str, int]]):
    """What is left is what was given, less what has run; to a second for each time that it was stopped."""
    timer, now, left = timers.start(minutes * MINUTE, NOW), NOW, float(minutes * 60)
    stops = 0
    for what, seconds in steps:
        now += timedelta(seconds=seconds)
        if not timer.paused:
            left = max(0.0, left - seconds)
        timer, left, stopped = _done(timer, what, now, left)
        stops += stopped
        assert abs(timers.left_of(timer, now).total_seconds() - left) <= stops


def _done(timer: Timer, what: str, now: datetime, left: float) -> tuple[Timer, float, int]:
    match what:
        case "more":
            return timers.more(timer, MINUTE, now), left + 60, 0
        case "pause" if not timers.is_over(timer, now):
            return timers.pause(timer, now), left, 1
        case "end":
            return timers.end(timer, now), 0.0, 0
        case _:
            return timers.go_on(timer, now), left, 0
