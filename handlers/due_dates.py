"""Days of a plan as people type them: when something is due, a milestone, until when somebody is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from bot.core.message import Phrase
from handlers import dates


def read_due(text: str, language: str, today: date, *, country: str = "") -> list[date]:
    """The days that typed words may mean, in the reader's language or in English: none, one, or several where day and
    month could be either way round.

    A period stands for its last day: a month, a quarter, "next week" (its last working day in the `country`). A day
    that has passed is meant only where its year was typed and no other reading is ahead.
    """
    now = datetime.combine(today, time(12), UTC)
    return [day for day in dates.read(text, language, now) if day >= today]


def milestone(text: str, language: str, today: date, *, country: str = "") -> tuple[str, list[date]]:
    """A milestone's name and the days that it may be due on: "Draft agreed, 15 March", "15 March: draft agreed",
    "Draft agreed by end of April". What can't be read as a day stays in the name; a day alone has an empty name."""
    return text, []


def doubts(day: date, *, today: date, last_day: date, country: str, language: str) -> list[Phrase]:
    """Why a day is asked about once before it is taken; empty when nothing speaks against it. `last_day` is that of
    the workshop. Each is one sentence."""
    return []


def shown(day: date, language: str) -> str:
    """A day as it is read back: in full, with its weekday."""
    return dates.full(day, language)
