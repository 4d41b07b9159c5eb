"""Calling a facilitator: a group has one call at a time, which somebody takes and ticks off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """`member` called for their `group` of a `grouping`, at the exercise of a run; `taken_by` is a facilitator."""

    number: int
    grouping: str
    group: int
    run_id: int
    member: int
    called_at: datetime
    taken_by: int | None = None
    taken_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


def open_calls(calls: Mapping[int, Call]) -> list[Call]:
    """Those that wait or are being seen to, the longest waiting first."""
    return sorted((each for each in calls.values() if each.is_open), key=lambda each: each.number)


def of_group(calls: Mapping[int, Call], grouping: str, group: int) -> Call | None:
    """A group's open call."""
    return next((each for each in open_calls(calls) if (each.grouping, each.group) == (grouping, group)), None)


def call(
    calls: Mapping[int, Call], *, grouping: str, group: int, run_id: int, member: int, now: datetime
) -> dict[int, Call]:
    """A group calls. Refuses when it has called already: nobody comes sooner for being called twice."""
    if of_group(calls, grouping, group) is not None:
        raise Refusal("calls.already")
    number = max(calls, default=0) + 1
    made = Call(number=number, grouping=grouping, group=group, run_id=run_id, member=member, called_at=now)
    return {**calls, number: made}


def take(calls: Mapping[int, Call], number: int, by: int, now: datetime) -> dict[int, Call]:
    """A facilitator goes there. Refuses whoever comes second; the same one twice is once."""
    found = _standing(calls, number)
    if found.taken_by == by:
        return dict(calls)
    if found.taken_by is not None:
        raise Refusal("calls.taken", member=found.taken_by)
    return {**calls, number: replace(found, taken_by=by, taken_at=now)}


def end(calls: Mapping[int, Call], number: int, now: datetime) -> dict[int, Call]:
    """Ticked off, by a facilitator or the group itself."""
    found = _standing(calls, number)
    return {**calls, number: replace(found, ended_at=now)}


def _standing(calls: Mapping[int, Call], number: int) -> Call:
    found = calls.get(number)
    if found is None or not found.is_open:
        raise Refusal("calls.over")
    return found
