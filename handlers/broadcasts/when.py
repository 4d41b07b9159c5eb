"""When something is to go out, as people type it: 14:30, tomorrow 9:00, 17 June at 2 pm, in 20 minutes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.words import clean_line
from handlers.agenda.clock import read_time
from handlers.days.due_dates import read_due

LONGEST = 60  # characters
_MINUTES = re.compile(r"(?:in|dans)?\s*(\d{1,3})\s*(?:m|mn|min|mins|minutes?)\.?", re.IGNORECASE)
_CLOCK = re.compile(r"[:h]|\d\.\d\d|\d{4}|[ap]\.?m", re.IGNORECASE)
_BESIDE = " ,;·-–—"
_AT = re.compile(r"\s+(?:at|um|à)$|^(?:on|le)\s+", re.IGNORECASE)


def read_when(text: str, language: str, now: datetime, zone: str, *, country: str = "") -> datetime | None:
    """The instant that typed words mean in a zone: a time of day is the next such one. None where they mean none."""
    text = clean_line(text)
    if not text or len(text) > LONGEST:
        return None
    if found := _MINUTES.fullmatch(text):
        return now + timedelta(minutes=int(found[1]))
    here = now.astimezone(ZoneInfo(zone))
    at = read_time(text)
    if at is not None:
        today = _instant(here.date(), at, zone)
        return today if today > now else _instant(here.date() + timedelta(days=1), at, zone)
    return _day_and_time(text, language, here.date(), zone, country)


def _day_and_time(text: str, language: str, today: date, zone: str, country: str) -> datetime | None:
    words = text.split()
    for place in range(1, len(words)):
        first, last = " ".join(words[:place]), " ".join(words[place:])
        for day, clock in ((first, last), (last, first)):
            at = read_time(clock.strip(_BESIDE)) if _CLOCK.search(clock) else None
            days = read_due(_AT.sub("", day.strip(_BESIDE)), language, today, country=country) if at else []
            if at is not None and len(days) == 1:
                return _instant(days[0], at, zone)
    return None


def _instant(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
