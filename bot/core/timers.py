"""The time that a group has for an exercise: running until an instant, or standing still with some of it left.

A timer is a value on a run, so that a restart changes nothing about it: what is left follows from the instant at which
it ends. What is told to the group on the way is due at instants that follow from it too (`signals`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bot.core.errors import Refusal

LONGEST = timedelta(hours=4)
SIGNALS = (timedelta(minutes=2), timedelta(seconds=30), timedelta(0))  # so much before the end, groups are told
MARKS = (120, 90, 60, 45, 30, 20, 15, 10, 5, 2, 1)  # minutes: a sheet says "under" one of these, to be edited seldom


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """`ends_at` is set while it runs, and stays when it is over; `left` are the seconds left of one that stands
    still."""

    ends_at: datetime | None = None
    left: int | None = None

    @property
    def paused(self) -> bool:
        return self.ends_at is None


def start(length: timedelta, now: datetime) -> Timer:
    """A timer that begins now."""
    if not timedelta(0) < length <= LONGEST:
        raise Refusal("time.too_long", most=int(LONGEST.total_seconds()) // 60)
    return Timer(ends_at=now + length)


def left_of(timer: Timer, now: datetime) -> timedelta:
    """How much is left; nothing once it is over."""
    if timer.ends_at is None:
        return timedelta(seconds=timer.left or 0)
    return max(timer.ends_at - now, timedelta(0))


def is_over(timer: Timer, now: datetime) -> bool:
    return timer.ends_at is not None and timer.ends_at <= now


def more(timer: Timer, extra: timedelta, now: datetime) -> Timer:
    """So much longer; one that is over runs on from now."""
    if left_of(timer, now) + extra > LONGEST:
        raise Refusal("time.too_long", most=int(LONGEST.total_seconds()) // 60)
    if timer.ends_at is None:
        return Timer(left=(timer.left or 0) + int(extra.total_seconds()))
    return Timer(ends_at=max(timer.ends_at, now) + extra)


def pause(timer: Timer, now: datetime) -> Timer:
    """Have it stand still. Refuses when nothing is left of it."""
    if timer.ends_at is None:
        return timer
    if is_over(timer, now):
        raise Refusal("time.over_already")
    return Timer(left=-(-left_of(timer, now) // timedelta(seconds=1)))


def go_on(timer: Timer, now: datetime) -> Timer:
    """Have it run again with what was left."""
    if timer.ends_at is not None:
        return timer
    return Timer(ends_at=now + timedelta(seconds=timer.left or 0))


def end(timer: Timer, now: datetime) -> Timer:
    """Have it be over now."""
    return timer if is_over(timer, now) else Timer(ends_at=now)


def signals(timer: Timer | None) -> list[tuple[int, datetime, datetime]]:
    """What a group is told of a timer that runs: with how many seconds left, when, and from when on that is of no use:
    the next signal says more, and after the last one people look at the clock themselves."""
    if timer is None or timer.ends_at is None:
        return []
    before = [*SIGNALS, -timedelta(minutes=10)]
    return [
        (int(left.total_seconds()), timer.ends_at - left, timer.ends_at - after) for left, after in pairwise(before)
    ]


def minutes_left(timer: Timer, now: datetime) -> int:
    """How many minutes are left, one that has begun counted whole."""
    return -(-left_of(timer, now) // timedelta(minutes=1))


def mark(timer: Timer, now: datetime) -> int:
    """The smallest of `MARKS` that what is left doesn't exceed; the minutes themselves above them all."""
    left = left_of(timer, now)
    fitting = [each for each in MARKS if left <= timedelta(minutes=each)]
    return min(fitting, default=minutes_left(timer, now))
