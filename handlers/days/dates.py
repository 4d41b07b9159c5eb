"""Days as people type and read them, in their language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time, get_day_names

from bot.core.words import clean_line
from content.catalogues import SOURCE, locale_of

LONGEST = 40  # characters of a typed date
FURTHEST = timedelta(days=3 * 365)
OLDEST = timedelta(days=366)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_EAST_ASIAN = re.compile(r"(?:(\d{4})\s*[年년]\s*)?(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
_NUMBERS = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{4}|\d{2}))?")


def full(day: date, language: str) -> str:
    """With weekday and year: Monday, 15 June 2026."""
    return str(format_date(day, "full", locale=locale_of(language)))


def on_button(day: date, language: str) -> str:
    """Mon, 15 Jun."""
    return str(format_skeleton("MMMEd", day, locale=locale_of(language)))


def without_weekday(day: date, language: str) -> str:
    """3 April 2026."""
    return str(format_date(day, "long", locale=locale_of(language)))


def short(day: date, language: str, year: int) -> str:
    """15 Jun, with the year where it isn't this one."""
    return str(format_skeleton("MMMd" if day.year == year else "yMMMd", day, locale=locale_of(language)))


def clock(at: datetime, zone: str, language: str) -> str:
    """The time of day in a zone: 14:25."""
    return str(format_time(at, "short", tzinfo=ZoneInfo(zone), locale=locale_of(language)))


def time_of_day(at: time, language: str) -> str:
    """14:25, wherever one is."""
    return str(format_time(at, "short", locale=locale_of(language)))


def weekday(number: int, language: str) -> str:
    """Its name; Monday is 0."""
    return str(get_day_names("wide", locale=locale_of(language))[number % 7])


def span(first_on: date, days: int, weekend: frozenset[int], language: str) -> str:
    """A workshop's days: 15 – 19 June 2026."""
    last = last_day(first_on, days, weekend)
    if last == first_on:
        return without_weekday(first_on, language)
    return str(format_interval(first_on, last, "yMMMd", locale=locale_of(language)))


def last_day(first_on: date, days: int, weekend: frozenset[int]) -> date:
    """The last of so many days in a row, over weekends."""
    last, left = first_on, days - 1
    while left > 0:
        last += timedelta(days=1)
        left -= last.weekday() not in weekend
    return last


def today_in(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


def is_past(day: date, now: datetime) -> bool:
    """Whether a day is over wherever on earth it is."""
    return day < (now - timedelta(hours=12)).date()


def next_mondays(now: datetime, count: int) -> list[date]:
    today = now.date()
    first = today + timedelta(days=7 - today.weekday())
    return [first + timedelta(weeks=week) for week in range(count)]


# What somebody typed ---------------------------------------------------------------------------------------------


def read(text: str, language: str, now: datetime) -> list[date]:
    """The days that typed words may mean: none, one, or two where day and month could be either way round.

    A day without a year is the next such day.
    """
    text = clean_line(text)[:LONGEST].strip(" .,;!?")
    today = now.date()
    found = _numbers(text, today) or _weekday(text, language, today) or _words(text, language, now)
    return list(dict.fromkeys(found))


def is_near(day: date, now: datetime) -> bool:
    """Whether a workshop can sensibly begin then."""
    return now.date() - OLDEST <= day <= now.date() + FURTHEST


def _numbers(text: str, today: date) -> list[date]:
    if match := _YEAR_FIRST.fullmatch(text):
        return _days(int(match[1]), [(int(match[3]), int(match[2]))])
    if match := _EAST_ASIAN.fullmatch(text):
        year, either = match[1], [(int(match[3]), int(match[2]))]
    elif match := _NUMBERS.fullmatch(text):
        year, either = match[3], [(int(match[1]), int(match[2])), (int(match[2]), int(match[1]))]
    else:
        return []
    if year is not None:
        return _days(int(year) + (2000 if len(year) == 2 else 0), either)
    return _without_year(either, today)


def _without_year(days_and_months: Sequence[tuple[int, int]], today: date) -> list[date]:
    """For each, the next such day; 29 February may be years ahead."""
    years = range(today.year, today.year + 9)
    found = ([day for year in years for day in _days(year, [each]) if day >= today] for each in days_and_months)
    return [days[0] for days in found if days]


def _days(year: int, days_and_months: Sequence[tuple[int, int]]) -> list[date]:
    found = []
    for day, month in days_and_months:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return found


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).strip(".,")


@lru_cache(maxsize=64)
def _weekdays(language: str) -> dict[str, int]:
    locales = dict.fromkeys([locale_of(language), Locale.parse(SOURCE)])
    names: dict[str, int] = {}
    for locale in locales:
        for width in ("wide", "abbreviated"):
            for number, name in get_day_names(width, locale=locale).items():
                names.setdefault(_plain(name), number)
    return names


def _weekday(text: str, language: str, today: date) -> list[date]:
    """A weekday by name, with words around it such as "next": the next one after today. Nothing when numbers say
    which day it is."""
    if any(char.isdigit() for char in text):
        return []
    names = _weekdays(language)
    named = {names[word] for word in map(_plain, text.split()) if word in names}
    if len(named) != 1:
        return []
    return [today + timedelta(days=(named.pop() - today.weekday() - 1) % 7 + 1)]


def weekdays(text: str, language: str) -> set[int]:
    """The weekdays that somebody named, or numbered from Monday as 1; Monday is 0."""
    words = [_plain(word) for word in re.split(r"[\s,;/]+", text)]
    names = _weekdays(language)
    named = {names[each] for word in words for each in (word, word.removesuffix("s")) if each in names}
    return named | {int(word) - 1 for word in words if word in set("1234567")}


def _words(text: str, language: str, now: datetime) -> list[date]:
    import dateparser

    for each in dict.fromkeys([locale_of(language).language, SOURCE]):
        try:
            found = dateparser.parse(
                text,
                languages=[each],
                settings={
                    "RELATIVE_BASE": datetime.combine(now.date(), time(12)),
                    "PREFER_DATES_FROM": "future",
                    "REQUIRE_PARTS": ["day", "month"],
                },
            )
        except (ValueError, OverflowError):  # a language that it doesn't know, a number that is no year
            continue
        if found is not None:
            return [found.date()]
    return []
