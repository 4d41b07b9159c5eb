"""A workbook that was filled in, read with care: it may come from anywhere."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any, TypeVar

from bot.core.errors import Refusal
from bot.core.message import Phrase
from bot.core.plan import Action, Party
from bot.core.plan_import import Incoming, Someone, checked_items
from bot.core.planning import MOST_PEOPLE, checked
from bot.exports.dictionary import Dictionary
from bot.exports.lines import folded
from bot.exports.table import COLUMNS, Column

MOST_BYTES = 5 << 20  # of the file
MOST_UNPACKED = 40 << 20  # bytes of all that is packed in it
MOST_PARTS = 500  # files that are packed in it
MOST_ACTIONS = 200
MOST_ROWS = 3000  # that are looked at, blank ones too
MOST_COLUMNS = 40
HEADINGS_WITHIN = 30  # rows from the top
LONGEST_CELL = 8000  # characters

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a workbook has: actions that can be added, and what is wrong, cell by cell. A row with a mistake is not
    among the actions."""

    incoming: Incoming
    errors: tuple[Phrase, ...] = ()


@dataclass(slots=True)
class _People:
    """The names in a workbook, each with a key of its own. `known` are names that are known here."""

    known: frozenset[str]
    keys: dict[str, Party] = field(default_factory=dict)

    def key(self, name: str) -> Party:
        return self.keys.setdefault(checked(name, "name"), f"n{len(self.keys) + 1}")

    def several(self, text: str) -> tuple[Party, ...]:
        """Those named in a cell, one a line; with commas between them only where somebody is known by a part of it."""
        names: list[str] = []
        for line in text.split("\n"):
            parts = [part.strip() for part in re.split("[,;،，、；]", line)]
            together = folded(line) in self.known or not any(folded(part) in self.known for part in parts)
            names += [line.strip()] if together else parts
        keys = tuple(dict.fromkeys(self.key(name) for name in names if name))
        if len(keys) > MOST_PEOPLE:
            raise Refusal("plan.too_many_people", most=MOST_PEOPLE)
        return keys


def read(data: bytes, dictionary: Dictionary, names: frozenset[str], now: datetime) -> Filled:
    """The actions of a workbook's first sheet that has the headings of a plan. `names` are those of people known here.

    Raises Refusal for what isn't such a workbook, is too large, or holds formulas.
    """
    from openpyxl import load_workbook

    check_archive(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    except Exception:  # whatever is wrong with it, and that can be anything
        raise Refusal("import.no_workbook") from None
    try:
        return _first_plan(book, dictionary, names, now)
    except Refusal:
        raise
    except Exception:
        raise Refusal("import.no_workbook") from None
    finally:
        book.close()


def check_archive(data: bytes) -> None:
    """Refuses what is no packed file, or unpacks to more than anybody fills in."""
    if len(data) > MOST_BYTES:
        raise Refusal("import.too_large", most=MOST_BYTES >> 20)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refusal("import.no_workbook") from None
    # What a part says of its size is what is read of it at most.
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refusal("import.unpacks_too_large")


def _first_plan(book: Any, dictionary: Dictionary, names: frozenset[str], now: datetime) -> Filled:
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # they may say anything
        rows = _rows(sheet)
        for _, row in zip(range(HEADINGS_WITHIN), rows, strict=False):
            if (places := _headings(row, dictionary)) is not None:
                return _filled(rows, places, dictionary, names, now)
    raise Refusal("import.no_headings")


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > MOST_ROWS:
            raise Refusal("import.too_many_rows", most=MOST_ACTIONS)
        yield row


def _headings(row: tuple[Any, ...], dictionary: Dictionary) -> dict[int, Column] | None:
    """Which column is where, if this row has the headings: the action's and at least two more."""
    places: dict[int, Column] = {}
    for place, cell in enumerate(row):
        meant = dictionary.columns.get(folded(cell.value)) if isinstance(cell.value, str) else None
        if meant is not None and COLUMNS[meant] not in places.values():
            places[place] = COLUMNS[meant]
    return places if Column.ACTION in places.values() and len(places) >= 3 else None


def _filled(
    rows: Iterator[tuple[Any, ...]],
    places: Mapping[int, Column],
    dictionary: Dictionary,
    names: frozenset[str],
    now: datetime,
) -> Filled:
    actions: list[Action] = []
    errors: list[Phrase] = []
    people = _People(names)
    used = 0  # rows that have something
    for row in rows:
        cells = {column: row[place] for place, column in places.items() if place < len(row)}
        filled = {column: cell for column, cell in cells.items() if _text(cell)}
        for cell in filled.values():
            if cell.data_type == "f":
                raise Refusal("import.formula", cell=cell.coordinate)
        if not filled:
            continue
        used += 1
        if used > MOST_ACTIONS:
            raise Refusal("import.too_many_rows", most=MOST_ACTIONS)
        action, wrong = _action(filled, next(iter(filled.values())), dictionary, people, now)
        errors += wrong
        if action is not None:
            actions.append(action)
    found = {key: Someone(name=name) for name, key in people.keys.items()}
    return Filled(incoming=Incoming(people=found, actions=tuple(actions)), errors=tuple(errors))


def _text(cell: Any) -> str:
    """What a cell says, as text."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _action(
    cells: Mapping[Column, Any], anywhere: Any, dictionary: Dictionary, people: _People, now: datetime
) -> tuple[Action | None, list[Phrase]]:
    """A row as an action, or what is wrong with it."""
    if Column.ACTION not in cells:
        return None, [Phrase("import.no_title", {"row": anywhere.row})]
    action, errors = Action(number=0, title="", changed_at=now), []
    for column, cell in cells.items():
        try:
            if len(text := _text(cell)) > LONGEST_CELL:
                raise Refusal("input.too_long", length=len(text), longest=LONGEST_CELL)
            action = _with(action, column, cell.value, text, dictionary, people)
        except Refusal as refusal:
            errors.append(
                Phrase("import.cell", {"cell": cell.coordinate, "problem": Phrase(refusal.key, refusal.params)})
            )
    return (None, errors) if errors else (action, [])


def _with(action: Action, column: Column, value: object, text: str, dictionary: Dictionary, people: _People) -> Action:
    match column:
        case Column.ACTION:
            return replace(action, title=checked(text, "title"))
        case Column.WHO:
            return replace(action, responsible=people.several(text))
        case Column.WHEN:
            return replace(action, due_on=_day(value, text, dictionary))
        case Column.RESOURCES:
            found = _each(text, dictionary.resource)
            available = [what for there, what in found if there]
            needed = [what for there, what in found if not there]
            return replace(action, resources_available=checked_items(available), resources_needed=checked_items(needed))
        case Column.BARRIERS:
            return replace(action, barriers=checked_items(_each(text, dictionary.barrier)))
        case Column.COMMUNICATION:
            told = _each(text, dictionary.communication)
            return replace(
                action,
                communications=checked_items(
                    [replace(each, sender=people.key(each.sender)) if each.sender else each for each in told]
                ),
            )
        case Column.KPIS:
            return replace(action, kpis=checked_items(_each(text, dictionary.kpi)))
        case Column.OWNER:
            owners = people.several(text)
            if len(owners) > 1:
                raise Refusal("import.one_owner")
            return replace(action, owner=owners[0])
        case Column.SUPPORTERS:
            return replace(action, supporters=people.several(text))
        case Column.MILESTONES:
            return replace(action, milestones=checked_items(_each(text, dictionary.milestone)))
        case Column.STATUS:
            return replace(action, progress=dictionary.progress(text))


def _day(value: object, text: str, dictionary: Dictionary) -> date:
    day = value.date() if isinstance(value, datetime) else value
    return dictionary.day(day.isoformat() if isinstance(day, date) else text)


def _each(text: str, read_line: Callable[[str], T]) -> list[T]:
    return [read_line(line) for line in text.split("\n") if line.strip()]
