"""What comes again and again: on which days somebody is to be told, or a measure is asked for."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import count, takewhile

from dateutil.relativedelta import relativedelta

from bot.core.plan import Action, Communication, Frequency, Kpi

PERIODS: Mapping[Frequency, relativedelta] = {
    Frequency.WEEKLY: relativedelta(weeks=1),
    Frequency.FORTNIGHTLY: relativedelta(weeks=2),
    Frequency.MONTHLY: relativedelta(months=1),
    Frequency.QUARTERLY: relativedelta(months=3),
}
LONGEST = timedelta(days=365)  # that something is told or measured where nothing says until when
FURTHEST = timedelta(days=3 * 365)  # that it comes again at all: a plan may have a day in 9999


def repeated(begins: date, period: relativedelta) -> Iterator[date]:
    """The days one period, two periods … after a day, without end. Counted from that day: a 31st comes back after a
    month that has none."""
    months, days = period.years * 12 + period.months, timedelta(days=period.days)
    for times in count(1):
        year, month = divmod(begins.month - 1 + months * times, 12)
        year, month = begins.year + year, month + 1
        yield date(year, month, min(begins.day, monthrange(year, month)[1])) + days * times


def days_to_tell(action: Action, told: Communication, begins: date) -> list[date]:
    """On which days an audience is to be told, from first to last; none where nothing says when.

    Again and again from one period after `begins` on, at least once, and to the last day that was set (else the
    action's own, else a year on); at each milestone that has a day; or once, on that last day.
    """
    last = told.until or action.due_on
    if told.frequency is Frequency.MILESTONES:
        found = {each.due_on for each in action.milestones if each.due_on is not None}
        return sorted(day for day in found if told.until is None or day <= told.until)
    if told.frequency is not None and told.frequency in PERIODS:
        return _until(begins, told.frequency, last)
    return [last] if last is not None else []


def days_to_measure(action: Action, kpi: Kpi, begins: date, until: date) -> list[date]:
    """On which days a measure is asked for: at its rhythm to `until`, at least once; at each milestone; or once when
    the action is due."""
    if kpi.frequency is Frequency.MILESTONES:
        return sorted({each.due_on for each in action.milestones if each.due_on is not None})
    if kpi.frequency is not None and kpi.frequency in PERIODS:
        return _until(begins, kpi.frequency, until)
    return [action.due_on] if kpi.frequency is Frequency.ONCE and action.due_on is not None else []


@lru_cache(maxsize=256)  # all that a plan has at one rhythm begins on the same day
def _foreseen(begins: date, frequency: Frequency) -> tuple[date, ...]:
    furthest = begins + FURTHEST
    return tuple(takewhile(lambda day: day <= furthest, repeated(begins, PERIODS[frequency])))


def _until(begins: date, frequency: Frequency, last: date | None) -> list[date]:
    days = _foreseen(begins, frequency)
    last = min(last or days[0] + LONGEST, begins + FURTHEST)
    return list(days[: bisect_right(days, last)]) or [last]
