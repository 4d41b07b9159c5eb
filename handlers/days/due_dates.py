"""Days of a plan as people type them: when something is due, a milestone, until when somebody is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time

from dateutil.relativedelta import relativedelta

from bot.core.message import Phrase
from bot.core.words import clean_line
from bot.workweek import weekend
from content.catalogues import SOURCE
from handlers import places
from handlers.days import dates
from handlers.days.reading import Reading, days, readings
from handlers.days.words import Sort, vocabulary

LONGEST = 60  # characters of a typed day: "by the end of the second quarter of next year" has 45
LONGEST_NAMED = 300  # the same with a name beside it: what is longer is no milestone
FAR_YEARS = 10  # what is due later than that was probably typed wrong
_MARKS = " .,;:!?()[]…·–—-"
_NUMBERS = re.compile(r"\d{1,4}\s*[-/.年년月월]\s*\d{1,2}(\s*[-/.月월]\s*\d{1,4})?\s*[日일]?")
_FULL_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_YEAR = re.compile(_FULL_YEAR.pattern + r"|\d\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d")
_PARTING = re.compile(r"\s*[,;，；、(（]\s*|\s*[:：](?!\d)\s*|\s+[-–—·|=→]+\s+")
_AROUND_NAME = " ,;:，；：、–—-·|=→(（["


def read_due(text: str, language: str, today: date, *, country: str = "") -> list[date]:
    """The days that typed words may mean, in the reader's language or in English: none, one, or several where day and
    month could be either way round.

    A period stands for its last day: a month, a quarter, "next week" (its last working day in the `country`). A day
    that has passed is meant only where its year was typed and no other reading is ahead.
    """
    text = clean_line(text).strip(_MARKS)
    if not text or len(text) > LONGEST:
        return []
    found = _understood(text, language, today, country, lambda reading: True)
    return _numbered(text, language, today) if found is None else _likely(found, text, today)


def _understood(
    text: str, language: str, today: date, country: str, suits: Callable[[Reading], bool]
) -> list[date] | None:
    """The days that the words of a text mean by themselves; None where they aren't known, or there are numbers that
    may say more than they do."""
    is_known = False
    for each in dict.fromkeys([language, SOURCE]):
        known = readings(text, each)
        if known is None:
            continue
        if any(Sort.PAST in reading.shape for reading in known):
            return []
        is_known = True
        if found := [day for reading in known if suits(reading) for day in days(reading, today, country)]:
            return list(dict.fromkeys(found))
    return [] if is_known and not any(char.isdigit() for char in text) else None


def _numbered(text: str, language: str, today: date) -> list[date]:
    """What else a text may mean: days in numbers, and what other languages say in other words."""
    text = _bare(text, language)
    now = datetime.combine(today, time(12), UTC)
    return _likely(dates.read(text, language, now), text, today) if len(text) <= dates.LONGEST else []


def _likely(found: list[date], text: str, today: date) -> list[date]:
    ahead = [day for day in found if day >= today]
    return ahead or (found if _YEAR.search(text) else [])


def _bare(text: str, language: str) -> str:
    """A text without the words around a day that say nothing: "by 30/3 please"."""
    words = text.split()
    for each in dict.fromkeys([language, SOURCE]):
        nothing = vocabulary(each).says_nothing
        counts = range(len(words), 0, -1)
        words = words[next((count for count in counts if nothing(" ".join(words[:count]))), 0) :]
        counts = range(len(words), 0, -1)
        words = words[: len(words) - next((count for count in counts if nothing(" ".join(words[-count:]))), 0)]
    return " ".join(words)


# A name with a day -----------------------------------------------------------------------------------------------


def milestone(text: str, language: str, today: date, *, country: str = "") -> tuple[str, list[date]]:
    """A milestone's name and the days that it may be due on: "Draft agreed, 15 March", "15 March: draft agreed",
    "Draft agreed by end of April". What can't be read as a day stays in the name; a day alone has an empty name."""
    text = clean_line(text)

    def read(part: str, suits: Callable[[Reading], bool]) -> list[date]:
        return _part(part.strip(_MARKS), language, today, country, suits)

    if len(text) > LONGEST_NAMED:
        return text, []
    if found := read(text, _can_stand_apart):
        return "", found
    parted = [(text[: each.start()], text[each.end() :]) for each in _PARTING.finditer(text)]
    for name, day in [*parted, *((name, day) for day, name in reversed(parted))]:
        if name.strip(_AROUND_NAME) and (found := read(day, _can_stand_apart)):
            return name.strip(_AROUND_NAME), found
    words = text.split()
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    for name, day in splits:
        if found := read(day, _can_follow):
            return name.strip(_AROUND_NAME), found
    for day, name in reversed(splits):
        if found := read(day, _can_lead):
            return name.strip(_AROUND_NAME), found
    return text, []


def _part(text: str, language: str, today: date, country: str, suits: Callable[[Reading], bool]) -> list[date]:
    if not text or len(text) > LONGEST:
        return []
    found = _understood(text, language, today, country, suits)
    if found is None:
        bare = _bare(text, language)
        by_itself = suits is _can_stand_apart or bare != text or (suits is _can_follow and _FULL_YEAR.search(bare))
        if by_itself and _NUMBERS.fullmatch(bare):
            return _numbered(text, language, today)
    return _likely(found or [], text, today)


def _can_stand_apart(reading: Reading) -> bool:
    """Whether it is a day where a mark parts it from a name: "Pilot (2 weeks)" and "Phase, 2" name none."""
    return not reading.is_number and (reading.introduced or reading.shape != "#u" or bool(reading.edge))


def _can_follow(reading: Reading) -> bool:
    """The same behind a name, without a mark."""
    return reading.is_certain or _can_lead(reading)


def _can_lead(reading: Reading) -> bool:
    """The same before a name, without a mark: "By Friday the draft is agreed"."""
    return reading.introduced and not reading.is_number


# A day that was read ---------------------------------------------------------------------------------------------


def shown(day: date, language: str) -> str:
    """A day as it is read back: in full, with its weekday."""
    return dates.full(day, language)


def doubts(day: date, *, today: date, last_day: date, country: str, language: str) -> list[Phrase]:
    """Why a day is asked about once before it is taken; empty when nothing speaks against it. `last_day` is that of
    the workshop. Each is one sentence."""
    if day < today:
        return [Phrase("due.past")]
    found = []
    if day < last_day:
        found.append(Phrase("due.early", {"day": last_day}))
    where = places.country_name(country, language)
    if name := places.holiday(day, country, language):
        found.append(Phrase("due.holiday", {"name": name, "country": where}))
    elif day.weekday() in weekend(country):
        found.append(Phrase("due.weekend", {"country": where}))
    if day > today + relativedelta(years=FAR_YEARS):
        found.append(Phrase("due.far"))
    return found
