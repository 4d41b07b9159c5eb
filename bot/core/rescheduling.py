"""What waits for somebody, moved by them to another day, cancelled, or put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.core.errors import Refusal
from bot.core.fires import Fire, FireStatus
from bot.core.hours import Hours, day_of, instant

FURTHEST = timedelta(days=400)  # from now


def waiting(fire: Fire) -> Fire:
    """The fire, if it still waits. Refuses what has come, what came to nothing, and what was cancelled."""
    if fire.status is FireStatus.CANCELLED:
        raise Refusal("upcoming.is_cancelled")
    if not fire.is_open:
        raise Refusal("upcoming.came")
    return fire


def move(fire: Fire, day: date, at: time, hours: Hours, now: datetime) -> Fire:
    """Have it come on another day, at this hour or when its reader is next at work. Refuses days that are over or far
    off, and those on which it would be of no use any more."""
    waiting(fire)
    if not 0 <= (day - day_of(now, hours.zone)).days <= FURTHEST.days:
        raise Refusal("upcoming.day_range")
    due_at = hours.next_open(max(instant(day, at, hours.zone), now))
    if fire.ends_at is not None and due_at >= fire.ends_at:
        raise Refusal("upcoming.no_use", day=day_of(fire.ends_at, hours.zone))
    return replace(fire, due_at=due_at, meant_at=None, by_hand=True)


def offered(fire: Fire, at: time, hours: Hours, now: datetime) -> list[date]:
    """The days that make sense to move it to, in order: its reader's next working day, where that is sooner; the one
    after it is due, the Monday after that, and a week later. Not those on which it would be of no use."""
    due_on, tomorrow = day_of(fire.due_at, hours.zone), hours.next_day(day_of(now, hours.zone))
    monday = due_on + timedelta(days=7 - due_on.weekday())
    wanted = [*([tomorrow] if tomorrow < due_on else []), hours.next_day(due_on), monday, due_on + timedelta(days=7)]
    found = []
    for day in wanted:
        try:
            moved = move(fire, day, at, hours, now)
        except Refusal:
            continue
        found.append(day_of(moved.due_at, hours.zone))
    return sorted({day for day in found if day != due_on})


def cancel(fire: Fire, now: datetime) -> Fire:
    """It never comes. What has been cancelled already stays so."""
    if fire.status is FireStatus.CANCELLED:
        return fire
    return replace(waiting(fire), status=FireStatus.CANCELLED, done_at=now)


def put_back(fire: Fire, now: datetime) -> Fire:
    """It comes after all, unless its time has passed. What waits already stays so."""
    if fire.status is not FireStatus.CANCELLED:
        return waiting(fire)
    if fire.due_at <= now:
        raise Refusal("upcoming.passed")
    return replace(fire, status=FireStatus.PENDING, done_at=None)
