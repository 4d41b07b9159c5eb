"""A plan's table as CSV, for programs: the same columns as the workbook's."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO

from bot.exports.table import Cell, PlanTable

BOM = "\ufeff"  # without it Excel takes UTF-8 for something else
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what spreadsheets begin a formula with


def table(tables: Sequence[PlanTable]) -> bytes:
    """The rows of all plans under one heading; where there are several, the first column says whose each is."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if tables:
        several = len(tables) > 1
        writer.writerow([*([""] if several else []), *map(_cell, tables[0].columns)])
        for each in tables:
            for row in each.rows:
                writer.writerow([*([_cell(each.name)] if several else []), *map(_cell, row)])
    return (BOM + out.getvalue()).encode()


def _cell(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    return f"'{cell}" if cell.startswith(RISKY) else cell
