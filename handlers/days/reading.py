"""What the words of a day mean: a period and which end of it, a stretch from today, a weekday, a day of a month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice, pairwise, product

from dateutil.relativedelta import relativedelta

from bot.workweek import weekend
from handlers.days.words import FORTNIGHT, HALF_YEAR, MONTH, WEEK, YEAR, Meaning, Sort, Unit, Words, tokens, vocabulary

MOST_READINGS = 32  # of one text, where its words have several meanings
_YEARS_AHEAD = 9  # 29 February can be that far off
_DAY_OFF = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a day that say something, in order. `edge` is "start", "middle" or "end" of a period, `relation`
    whether the one that is now or the next is meant. `introduced`: they stand behind words such as "by"."""

    words: Words
    edge: str = ""
    relation: Sort | None = None
    introduced: bool = False

    @property
    def shape(self) -> str:
        """The sorts of words in it, whatever their order: no language is expected to have a certain one."""
        return "".join(sorted(sort for sort, _ in self.words))

    @property
    def is_number(self) -> bool:
        return self.shape in ("#", "o")

    @property
    def is_certain(self) -> bool:
        """Whether it is a day wherever it stands in a sentence. "March", "2 weeks", "Friday" may be something else."""
        if self.shape in ("#m", "#my", "mo", "moy", "my", "ouy", "#uy", "#mw", "#mwy", "mow", "mowy"):
            return True
        return bool(self.edge) and self.shape in ("m", "y", "u", "uy", "ou", "#u", "mu", "muy")

    def value(self, wanted: Sort, otherwise: int = 0) -> int:
        return next((value for sort, value in self.words if sort is wanted and isinstance(value, int)), otherwise)

    @property
    def unit(self) -> Unit | None:
        return next((value for _, value in self.words if isinstance(value, Unit)), None)

    def stands_before(self, one: Sort, other: Sort) -> bool:
        sorts = [sort for sort, _ in self.words]
        return sorts.index(one) < sorts.index(other)


def readings(text: str, language: str) -> list[Reading] | None:
    """The words of a text in one language, once for each way to understand them; None where one is unknown."""
    found = vocabulary(language).find(tokens(text))
    if found is None:
        return None
    return [made for each in islice(product(*found), MOST_READINGS) if (made := _reading(each)) is not None]


def _reading(meanings: tuple[Meaning, ...]) -> Reading | None:
    """None where nothing is said, or one thing twice."""
    words: list[Meaning] = []
    for before, word in pairwise([(Sort.BY, ""), *meanings]):
        joined = _joined(before if word[0] is Sort.FILLER else words[-1], word) if words else None
        if joined:
            words[-1] = joined
        elif word[0] not in (Sort.BY, Sort.FILLER):
            words.append(word)
    edges = [str(value) for sort, value in words if sort is Sort.EDGE]
    relations = [sort for sort, _ in words if sort in (Sort.NEXT, Sort.THIS)]
    rest = tuple(word for word in words if word[0] not in (Sort.EDGE, Sort.NEXT, Sort.THIS))
    if not rest or len({sort for sort, _ in rest}) < len(rest) or len(edges) > 1 or len(relations) > 1:
        return None
    return Reading(rest, "".join(edges), next(iter(relations), None), meanings[0][0] is Sort.BY)


def _joined(before: Meaning, word: Meaning) -> Meaning | None:
    """Two words as one: "2nd" and "2 of" are places in a row, "next" and "year" a year, counted from the present."""
    match before, word:
        case (Sort.NUMBER, number), (Sort.SUFFIX | Sort.FILLER, _):
            return Sort.ORDINAL, number
        case ((Sort.NEXT | Sort.THIS) as relation, _), (Sort.UNIT, unit) if unit == YEAR:
            return Sort.YEAR, int(relation is Sort.NEXT)
        case (Sort.UNIT, unit), ((Sort.NEXT | Sort.THIS) as relation, _) if unit == YEAR:
            return Sort.YEAR, int(relation is Sort.NEXT)
    return None


def days(reading: Reading, today: date, country: str) -> list[date]:
    """The days that a reading may mean; none where its words make no sense together. A day that has passed is meant
    only where the year was given."""
    try:
        return _days(_simplified(reading, today), today, country)
    except (ValueError, OverflowError):  # 31 April, in 9999 years
        return []


def _simplified(reading: Reading, today: date) -> Reading:
    """The month of March is March, the year 2027 is 2027, next year has its number, and so has next month where a day
    of it is named."""
    words = tuple((sort, _year(value, today) if sort is Sort.YEAR else value) for sort, value in reading.words)
    rest = tuple(word for word in words if word[0] is not Sort.UNIT)
    said = {sort for sort, _ in rest}
    if (reading.unit == MONTH and Sort.MONTH in said) or (reading.unit == YEAR and Sort.YEAR in said):
        return replace(reading, words=rest)
    if reading.unit == MONTH and said == {Sort.ORDINAL} and reading.relation is not None:
        month = today + relativedelta(months=int(reading.relation is Sort.NEXT))
        return replace(reading, words=(*rest, (Sort.MONTH, month.month), (Sort.YEAR, month.year)), relation=None)
    return replace(reading, words=words)


def _year(value: int | str | Unit, today: date) -> int | str | Unit:
    return today.year + value if value in (0, 1) and isinstance(value, int) else value


def _days(reading: Reading, today: date, country: str) -> list[date]:
    year, edge, unit = reading.value(Sort.YEAR), reading.edge, reading.unit
    number = reading.value(Sort.NUMBER) or reading.value(Sort.ORDINAL)
    month = reading.value(Sort.MONTH)
    match reading.shape:
        case "d" if not edge:
            return [today + timedelta(days=reading.value(Sort.NEAR))]
        case "w" | "uw" | "#uw" if not edge:
            return _weekdays(reading, today)
        case "#" | "o" if not edge:
            return _next([_day(*_month_after(today, ahead), number) for ahead in range(12)], today)
        case "#m" | "#my" | "mo" | "moy" | "#mw" | "#mwy" | "mow" | "mowy" if not edge:
            years = [year] if year else range(today.year, today.year + _YEARS_AHEAD)
            return _next([_day(each, month, number) for each in years], date.min if year else today)
        case "#m":  # end of March 27
            return [_edge(date(2000 + number, month, 1), 1, edge)] if 9 < number < 100 else []
        case "m" | "my":
            return _in_year(month, 1, reading, today)
        case "y":
            return [_edge(date(year, 1, 1), 12, edge)]
        case "u" if unit is not None and (edge or reading.relation):
            return _around_now(unit, reading, today, country)
        case "u" if unit in (FORTNIGHT, HALF_YEAR) and reading.introduced:
            return [today + relativedelta(months=unit.months, days=unit.days)]
        case "#u" | "ou" | "#uy" | "ouy" if unit is not None:
            return _numbered(unit, number, reading, today)
    return []


def _next(found: list[date | None], today: date) -> list[date]:
    return [day for day in found if day is not None and day >= today][:1]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_after(today: date, months: int) -> tuple[int, int]:
    later = today.replace(day=1) + relativedelta(months=months)
    return later.year, later.month


# Weekdays --------------------------------------------------------------------------------------------------------


def _weekdays(reading: Reading, today: date) -> list[date]:
    """A weekday is the next one after today. Weeks are added to that or to this week: it may have been meant so."""
    weekday = reading.value(Sort.WEEKDAY)
    following = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    in_this_week = today + timedelta(days=weekday - today.weekday())
    if reading.unit is None:
        return [following]
    if reading.unit != WEEK:
        return []
    if reading.shape == "#uw":
        weeks = timedelta(weeks=reading.value(Sort.NUMBER))
        return sorted(day for day in {following + weeks, in_this_week + weeks} if day >= today)
    match reading.relation:
        case Sort.NEXT:
            return [in_this_week + timedelta(weeks=1)]
        case Sort.THIS:
            return [in_this_week] if in_this_week >= today else []
    return [following + timedelta(weeks=1)]  # Monday week


# Periods ---------------------------------------------------------------------------------------------------------


def _edge(first: date, months: int, edge: str) -> date:
    """A day of a period that begins on a day and lasts some months: its last, where nothing else was said."""
    match edge:
        case "start":
            return first
        case "middle":
            half = first + relativedelta(months=months // 2)
            return half + timedelta(days=14 if months % 2 else -1)
    return first + relativedelta(months=months) - timedelta(days=1)


def _in_year(month: int, months: int, reading: Reading, today: date) -> list[date]:
    """A period of months that begins with one of them: in the year given, else the next that isn't over."""
    if year := reading.value(Sort.YEAR):
        return [_edge(date(year, month, 1), months, reading.edge)]
    later = today if reading.relation is Sort.NEXT else date.min
    firsts = [first for year in (0, 1, 2) if (first := date(today.year + year, month, 1)) > later]
    return _next([_edge(first, months, reading.edge) for first in firsts], today)


def _around_now(unit: Unit, reading: Reading, today: date, country: str) -> list[date]:
    """This week, month, quarter or year or the next one; where its start or middle was asked for and is over, that of
    the next one."""
    ahead = reading.relation is Sort.NEXT
    if unit == WEEK:
        return _week(reading, today, country)
    if not unit.months:
        return [today + timedelta(days=unit.days * ahead)]
    month = (today.month - 1) // unit.months * unit.months + 1
    first = today.replace(month=month, day=1) + relativedelta(months=unit.months * ahead)
    found = _edge(first, unit.months, reading.edge)
    if found < today and reading.relation is None:
        found = _edge(first + relativedelta(months=unit.months), unit.months, reading.edge)
    return [found] if found >= today else []


def _week(reading: Reading, today: date, country: str) -> list[date]:
    """The working week of the country: on a weekend, this week is the one ahead as the next one is."""
    free = weekend(country) or _DAY_OFF
    last = today
    while last.weekday() in free or (last.weekday() + 1) % 7 not in free:
        last += timedelta(days=1)
    if reading.relation is Sort.NEXT and today.weekday() not in free:
        last += timedelta(weeks=1)
    found = last - timedelta(days={"start": 4, "middle": 2}.get(reading.edge, 0))
    return [found if found >= today else found + timedelta(weeks=1)]


def _numbered(unit: Unit, number: int, reading: Reading, today: date) -> list[date]:
    """In 2 quarters, or quarter 2 and the second quarter."""
    counted = reading.shape.startswith("#")
    if counted and reading.stands_before(Sort.NUMBER, Sort.UNIT):
        if reading.edge or reading.relation is Sort.THIS or "y" in reading.shape:
            return []
        return [today + relativedelta(months=unit.months * number, days=unit.days * number)]
    if unit.months in (3, 6) and 1 <= number <= 12 // unit.months:
        return _in_year((number - 1) * unit.months + 1, unit.months, reading, today)
    return []
