"""Local times as instants, and the hours in which somebody may be written to without having asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS = time(8)
SHUTS = time(18)
MOST_DAYS_OFF = 400  # in a row; a calendar with more of them is wrong, and nothing would ever be due


def instant(day: date, at: time, zone: str) -> datetime:
    """The instant (UTC) at which clocks in `zone` show this. A time that comes twice is meant the first time; one that
    is left out when clocks go forward is as much later as they go."""
    return datetime.combine(day, at.replace(fold=0), ZoneInfo(zone)).astimezone(UTC)


def day_of(at: datetime, zone: str) -> date:
    """The day on which an instant falls in `zone`."""
    return at.astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Somebody's working time: `off` are the days of the week without work (Monday is 0), `holiday` says which other
    days are free, and between `opens` and `shuts` in `zone` they may be written to."""

    zone: str
    off: frozenset[int] = frozenset({5, 6})
    holiday: Callable[[date], bool] = field(default=lambda day: False, compare=False)
    opens: time = OPENS
    shuts: time = SHUTS

    def works_on(self, day: date) -> bool:
        return day.weekday() not in self.off and not self.holiday(day)

    def are_open(self, at: datetime) -> bool:
        """Whether an instant is within them."""
        local = at.astimezone(ZoneInfo(self.zone))
        return self.opens <= local.time() < self.shuts and self.works_on(local.date())

    def next_open(self, at: datetime) -> datetime:
        """The instant itself where it is within them, else when they next begin."""
        if self.are_open(at):
            return at
        local = at.astimezone(ZoneInfo(self.zone))
        day = local.date() if local.time() < self.opens else local.date() + timedelta(days=1)
        for _ in range(MOST_DAYS_OFF):
            if self.works_on(day):
                return max(at, instant(day, self.opens, self.zone))  # an hour that comes twice may be over
            day += timedelta(days=1)
        return at

    def next_day(self, day: date) -> date:
        """The first working day after a day."""
        for _ in range(MOST_DAYS_OFF):
            day += timedelta(days=1)
            if self.works_on(day):
                break
        return day
