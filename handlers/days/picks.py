"""Days to choose by a tap: a few near ones, and a calendar of buttons."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, date, timedelta

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, get_day_names, get_month_names
from dateutil.relativedelta import relativedelta

from bot.core.message import Choice, Phrase, Rows
from bot.workweek import weekend
from content.catalogues import SOURCE, locale_of
from handlers import places
from handlers.callbacks import Action, pack
from handlers.days.taps import Blank

NEAR = timedelta(days=10)  # a month that ends sooner leaves no time to do anything
_NOTHING = "·"

# Near days -------------------------------------------------------------------------------------------------------


def quick_picks(today: date, country: str) -> list[tuple[str, date]]:
    """Days that are often meant, soonest first, each a working day of the country, with the key of its label; see
    `pick_label`."""
    month_end = _last_of_month(today)
    if month_end - today < NEAR:
        month_end = _last_of_month(month_end + timedelta(days=1))
    picks = [
        ("due.in_2_weeks", _working_day(today + timedelta(weeks=2), country, 1)),
        ("due.month_end", _working_day(month_end, country, -1)),
        ("due.in_3_months", _working_day(today + relativedelta(months=3), country, 1)),
        ("due.in_6_months", _working_day(today + relativedelta(months=6), country, 1)),
    ]
    ahead = {day: key for key, day in reversed(picks) if day > today}
    return [(ahead[day], day) for day in sorted(ahead)]


def pick_label(key: str, day: date, language: str) -> Phrase:
    """What a quick pick says: In 2 weeks · 28 Jun."""
    return Phrase(key, {"day": short(day, language), "month": _month(day, language)})


def is_day_off(day: date, country: str) -> bool:
    """Whether nobody works in the country that day."""
    return day.weekday() in weekend(country) or bool(places.holiday(day, country, SOURCE))


def _working_day(day: date, country: str, step: int) -> date:
    """The day, or the next one before (-1) or after it (1) that is worked on."""
    found = day
    while is_day_off(found, country):
        found += timedelta(days=step)
    return found


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def short(day: date, language: str) -> str:
    """15 Jun: there is no more room on a button."""
    return str(format_skeleton("MMMd", day, locale=locale_of(language)))


def _month(day: date, language: str) -> str:
    return str(get_month_names("wide", locale=locale_of(language))[day.month])


# A calendar ------------------------------------------------------------------------------------------------------


def month_page(day: date) -> int:
    """The number of a day's month, as `PlanAsk.page` keeps it. Never 0."""
    return day.year * 12 + day.month - 1


def month_at(page: int, today: date) -> date:
    """The first day of the month with this number; of the present month for 0 and for what has passed."""
    shown = min(max(page, month_page(today)), MAXYEAR * 12 + 11)
    return date(shown // 12, shown % 12 + 1, 1)


def month_name(first: date, language: str) -> str:
    """June 2026."""
    return str(format_skeleton("yMMMM", first, locale=locale_of(language)))


def month_rows(
    first: date,
    *,
    pick: Callable[[date], Action],
    turn: Callable[[date], Action],
    today: date,
    country: str,
    language: str,
) -> Rows:
    """A month as a calendar: weekdays, a row for each week that isn't over, and the months before and after by name.

    `first` is the month's first day (see `month_at`); `pick` makes the tap for a day, `turn` the one for another
    month, given by its first day. Days before today can't be chosen. At most 51 buttons, 7 in a row.
    """
    begins = _first_weekday(country)
    rows = [tuple(_blank(name) for name in _weekdays(begins, language))]
    cells = [_NO_DAY] * ((first.weekday() - begins) % 7)
    for number in range(1, monthrange(first.year, first.month)[1] + 1):
        day = first.replace(day=number)
        cells.append(Choice(str(number), pack(pick(day))) if day >= today else _NO_DAY)
    cells += [_NO_DAY] * (-len(cells) % 7)
    weeks = (tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))
    rows += [week for week in weeks if any(cell != _NO_DAY for cell in week)]
    return (*rows, tuple(_other_months(first, turn, today, language)))


def _blank(label: str) -> Choice:
    return Choice(label, pack(Blank()))


_NO_DAY = _blank(_NOTHING)


def _other_months(first: date, turn: Callable[[date], Action], today: date, language: str) -> list[Choice]:
    found = []
    if first > today:
        before = month_at(month_page(first) - 1, today)
        found.append(Choice(f"‹ {_title(before, first, language)}", pack(turn(before))))
    after = month_at(month_page(first) + 1, today)
    if after > first:
        found.append(Choice(f"{_title(after, first, language)} ›", pack(turn(after))))
    return found


def _title(other: date, first: date, language: str) -> str:
    """A month by name, with its year where it is another one, written large as all buttons are."""
    name = _month(other, language) if other.year == first.year else month_name(other, language)
    return name[:1].upper() + name[1:]


def _first_weekday(country: str) -> int:
    """The day that a week begins with in a country, Monday being 0."""
    try:
        return int(Locale.parse(f"und_{country}").first_week_day)
    except (UnknownLocaleError, ValueError):
        return 0


def _weekdays(begins: int, language: str) -> list[str]:
    """The initials of the weekdays in the order of a country's week: two letters would break on a narrow button."""
    names = get_day_names("narrow", locale=locale_of(language))
    return [str(names[(begins + offset) % 7]) for offset in range(7)]
