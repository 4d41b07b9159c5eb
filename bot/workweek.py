"""The working weeks and public holidays of countries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from functools import lru_cache

from bot.core.hours import OPENS, SHUTS, Hours

_WEEKEND = frozenset({5, 6})
_KNOWN_YEARS = range(1900, 2200)


@lru_cache(maxsize=256)
def weekend(country: str) -> frozenset[int]:
    """The days of the week without work, Monday being 0."""
    import holidays

    try:
        return frozenset(holidays.country_holidays(country).weekend)
    except NotImplementedError:  # a country that the library doesn't know
        return _WEEKEND


@lru_cache(maxsize=256)
def _holidays(country: str, year: int) -> frozenset[date]:
    """A year's public holidays."""
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


@lru_cache(maxsize=256)
def is_holiday(country: str) -> Callable[[date], bool]:
    """What says whether a day is a public holiday in a country."""
    return lambda day: day.year in _KNOWN_YEARS and day in _holidays(country, day.year)


@lru_cache(maxsize=1024)
def hours_in(country: str, zone: str, opens: time = OPENS, shuts: time = SHUTS) -> Hours:
    """When people in a country and a time zone may be written to."""
    return Hours(zone=zone, off=weekend(country), holiday=is_holiday(country), opens=opens, shuts=shuts)
