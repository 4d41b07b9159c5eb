"""A file of statements, as a workbook or as TOML, read with care: it may come from anywhere."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from bot.core.errors import Refusal
from bot.core.sent_statements import Sent, folded
from bot.exports.filled import check_archive

MOST_BYTES = 1 << 20  # of a TOML file; a workbook may be as large as one with a plan
MOST_ROWS = 400  # that have something, or are looked at behind the last one that has
MOST_COLUMNS = 20
HEADINGS_WITHIN = 30  # rows from the top
LONGEST_CELL = 2000  # characters


def read(name: str, data: bytes, headings: Mapping[str, str]) -> list[Sent]:
    """The rows of a file. `headings` are what the columns of a workbook may be called, folded, with the field that each
    is. Raises Refusal for what isn't such a file, is too large, or holds formulas."""
    if name.lower().endswith(".toml"):
        rows = _toml(data)
    elif name.lower().endswith(".xlsx"):
        rows = _workbook(data, headings)
    else:
        raise Refusal("statements.no_file")
    if not rows:
        raise Refusal("statements.empty")
    return rows


def _toml(data: bytes) -> list[Sent]:
    if len(data) > MOST_BYTES:
        raise Refusal("import.too_large", most=MOST_BYTES >> 20)
    try:
        found = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Refusal("statements.no_toml") from None
    listed = found.get("statements")
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed) or len(found) > 1:
        raise Refusal("statements.no_toml")
    if len(listed) > MOST_ROWS:
        raise Refusal("statements.too_many_rows", most=MOST_ROWS)
    return [Sent(number=at, values=each, places={}) for at, each in enumerate(listed, 1)]


def _workbook(data: bytes, headings: Mapping[str, str]) -> list[Sent]:
    from openpyxl import load_workbook

    check_archive(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    except Exception:  # whatever is wrong with it, and that can be anything
        raise Refusal("import.no_workbook") from None
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # they may say anything
            rows = _rows(sheet)
            for _, row in zip(range(HEADINGS_WITHIN), rows, strict=False):
                if places := _headed(row, headings):
                    return list(_sent(rows, places))
        raise Refusal("statements.no_headings")
    except Refusal:
        raise
    except Exception:
        raise Refusal("import.no_workbook") from None
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > MOST_ROWS:
            raise Refusal("statements.too_many_rows", most=MOST_ROWS)
        yield row


def _headed(row: tuple[Any, ...], headings: Mapping[str, str]) -> dict[str, int]:
    """Which field is in which column, if this row has the headings: both that are needed."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        field = headings.get(folded(cell.value)) if isinstance(cell.value, str) else None
        if field is not None:
            found.setdefault(field, at)
    return found if {"topic", "text"} <= set(found) else {}


def _sent(rows: Iterator[tuple[Any, ...]], columns: Mapping[str, int]) -> Iterator[Sent]:
    number = 0
    for row in rows:
        cells = {field: row[at] for field, at in columns.items() if at < len(row)}
        for cell in cells.values():
            if cell.data_type == "f":
                raise Refusal("import.formula", cell=cell.coordinate)
        values = {field: _value(cell.value) for field, cell in cells.items()}
        if all(each in (None, "") for each in values.values()):
            continue
        number += 1
        line = next(cell.row for cell in cells.values() if cell.value is not None)
        places = {field: f"{_letter(at)}{line}" for field, at in columns.items()}
        yield Sent(number=number, values=values, places=places)


def _value(value: Any) -> Any:
    """What a cell says: a text, or something that isn't one."""
    return value.strip()[:LONGEST_CELL] if isinstance(value, str) else value


def _letter(column: int) -> str:
    return chr(ord("A") + column)
