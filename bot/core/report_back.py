"""The report-back queue: one group after the other speaks to the room, each for a few minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core import timers
from bot.core.errors import Refusal
from bot.core.timers import Timer

LENGTH = timedelta(minutes=3)
MORE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQueue:
    """Groups that report on an exercise: `on` is the one that speaks (0: none), `waiting` those to come in their order,
    `past` those that were on in theirs, of which `skipped` didn't speak."""

    number: int
    exercise: str
    opened_at: datetime
    waiting: tuple[int, ...] = ()
    on: int = 0
    past: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    timer: Timer | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


def begin(number: int, exercise: str, groups: Sequence[int], now: datetime) -> ReportQueue:
    """A queue of groups in their order; the first is called by `advance`."""
    if not groups:
        raise Refusal("report.nothing")
    return ReportQueue(number=number, exercise=exercise, opened_at=now, waiting=tuple(groups))


def advance(queue: ReportQueue, now: datetime) -> ReportQueue:
    """Call the next group; whoever was on has reported."""
    _check_open(queue)
    if not queue.on and not queue.waiting:
        raise Refusal("report.all_done")
    return _call(replace(queue, past=_past(queue)), now)


def skip(queue: ReportQueue, now: datetime) -> ReportQueue:
    """Pass over whoever is on."""
    _check_on(queue)
    return _call(replace(queue, past=_past(queue), skipped=(*queue.skipped, queue.on)), now)


def later(queue: ReportQueue, now: datetime) -> ReportQueue:
    """Move whoever is on to the end."""
    _check_on(queue)
    if not queue.waiting:
        raise Refusal("report.is_last")
    return _call(replace(queue, waiting=(*queue.waiting, queue.on)), now)


def back(queue: ReportQueue, now: datetime) -> ReportQueue:
    """Call the one before once more; whoever was on comes after them."""
    _check_open(queue)
    if not queue.past:
        raise Refusal("report.is_first")
    again = queue.past[-1]
    waiting = (queue.on, *queue.waiting) if queue.on else queue.waiting
    skipped = tuple(each for each in queue.skipped if each != again)
    return _call(replace(queue, waiting=(again, *waiting), past=queue.past[:-1], skipped=skipped), now)


def more_time(queue: ReportQueue, now: datetime) -> ReportQueue:
    """A minute more for whoever is on."""
    _check_on(queue)
    if queue.timer is None:
        return queue
    return replace(queue, timer=timers.more(queue.timer, MORE, now))


def end(queue: ReportQueue, now: datetime) -> ReportQueue:
    _check_open(queue)
    return replace(queue, past=_past(queue), on=0, timer=None, ended_at=now)


def _call(queue: ReportQueue, now: datetime) -> ReportQueue:
    """Have the first of those who wait be on, if there is one."""
    if not queue.waiting:
        return replace(queue, on=0, timer=None)
    return replace(queue, on=queue.waiting[0], waiting=queue.waiting[1:], timer=timers.start(LENGTH, now))


def _past(queue: ReportQueue) -> tuple[int, ...]:
    return (*queue.past, queue.on) if queue.on else queue.past


def _check_open(queue: ReportQueue) -> None:
    if not queue.is_open:
        raise Refusal("report.over")


def _check_on(queue: ReportQueue) -> None:
    _check_open(queue)
    if not queue.on:
        raise Refusal("report.nobody_on")


def joined(queue: ReportQueue, groups: Sequence[int]) -> ReportQueue:
    """The queue with those who have something to report by now, behind the others."""
    known = {queue.on, *queue.waiting, *queue.past}
    new = tuple(each for each in groups if each not in known)
    return replace(queue, waiting=(*queue.waiting, *new)) if new else queue
