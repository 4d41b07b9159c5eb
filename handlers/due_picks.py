"""Days to choose by a tap: a few near ones, and a calendar of buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.core.message import Phrase, Rows
from handlers.callbacks import Action


def quick_picks(today: date, country: str) -> list[tuple[str, date]]:
    """Days that are often meant, each a working day of the country, with the key of its label; see `pick_label`."""
    return []


def pick_label(key: str, day: date, language: str) -> Phrase:
    """What a quick pick says: In 2 weeks · 28 Jun."""
    return Phrase(key)


def month_page(day: date) -> int:
    """The number of a day's month, as `PlanAsk.page` keeps it. Never 0."""
    return day.year * 12 + day.month - 1


def month_at(page: int, today: date) -> date:
    """The first day of the month with this number; of the present month for 0 and for what has passed."""
    return today.replace(day=1)


def month_name(first: date, language: str) -> str:
    """June 2026."""
    return ""


def month_rows(
    first: date,
    *,
    pick: Callable[[date], Action],
    turn: Callable[[date], Action],
    today: date,
    country: str,
    language: str,
) -> Rows:
    """A month as a calendar: weekdays, a row for each week, and the months before and after it by name.

    `first` is the month's first day (see `month_at`); `pick` makes the tap for a day, `turn` the one for another
    month, given by its first day. Days before today can't be chosen. At most 51 buttons, 7 in a row.
    """
    return ()
