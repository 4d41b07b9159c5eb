"""Plans as an Excel workbook: every cell is a text or a day, never a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.exports.became import LogCell, LogTable
from bot.exports.lines import unfenced
from bot.exports.table import COLUMNS, Column, PlanTable

WIDTHS = {
    Column.ACTION: 32,
    Column.WHO: 18,
    Column.WHEN: 13,
    Column.RESOURCES: 32,
    Column.BARRIERS: 32,
    Column.COMMUNICATION: 36,
    Column.KPIS: 34,
    Column.OWNER: 18,
    Column.SUPPORTERS: 18,
    Column.MILESTONES: 28,
    Column.STATUS: 14,
}  # in characters
LONGEST_TAB = 31
ROW_HEIGHT = 15.0  # points of a line
TALLEST = 400.0  # points, of the 409 that Excel allows
_NOT_IN_TABS = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def workbook(tables: Sequence[PlanTable], logs: Sequence[LogTable] = (), title: str = "") -> bytes:
    """A sheet for each plan, one for each table of a log, and one that says how to fill plans in. Without plans the
    workbook needs a title."""
    out = BytesIO()
    # Whatever begins with = or http is a text like any other: nothing is taken for a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": title or tables[0].title, "author": "", "company": ""})
        taken: set[str] = set()
        for table in tables:
            _sheet(book, book.add_worksheet(_tab(table.name, taken)), table)
        for log in logs:
            _log(book, book.add_worksheet(_tab(log.name, taken)), log)
        if tables and tables[0].guide:
            _guide(book, book.add_worksheet(_tab(tables[0].guide_title, taken)), tables[0])
    return out.getvalue()


def _tab(name: str, taken: set[str]) -> str:
    """A name for a tab that Excel takes and that no other tab has."""
    plain = " ".join(_NOT_IN_TABS.sub(" ", name).split()).strip("'")[:LONGEST_TAB].strip("' ") or "Plan"
    if plain.casefold() == "history":  # Excel keeps this one for itself
        plain = f"{plain} 1"
    found, number = plain, 2
    while found.casefold() in taken:
        found = f"{plain[: LONGEST_TAB - 4].strip()} {number}"
        number += 1
    taken.add(found.casefold())
    return found


def _sheet(book: Workbook, sheet: Worksheet, table: PlanTable) -> None:
    text, day = _format(book, table), _format(book, table, num_format="yyyy-mm-dd", align="left")
    head = _format(book, table, bold=True, bg_color="#E3E8EE")
    _page(sheet, table)
    for column, each in enumerate(COLUMNS):
        sheet.set_column(column, column, WIDTHS[each])
    row = _title(book, sheet, table)
    for column, heading in enumerate(table.columns):
        sheet.write_string(row, column, heading, head)
    sheet.set_row(row, 2 * ROW_HEIGHT)
    sheet.freeze_panes(row + 1, 1)
    sheet.repeat_rows(row)
    widths = [WIDTHS[each] for each in COLUMNS]
    for number, cells in enumerate(table.rows, row + 1):
        sheet.set_row(number, _height(cells, widths))
        for column, cell in enumerate(cells):
            _cell(sheet, number, column, cell, text, day)


def _cell(sheet: Worksheet, row: int, column: int, cell: LogCell, text: Format, day: Format) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
    elif isinstance(cell, float):
        sheet.write_number(row, column, cell, text)
    elif cell:
        sheet.write_string(row, column, cell, text)
    else:
        sheet.write_blank(row, column, None, text)


def _log(book: Workbook, sheet: Worksheet, log: LogTable) -> None:
    """Rows under headings by which they can be sorted and filtered."""
    text, day = _format(book, log), _format(book, log, num_format="yyyy-mm-dd", align="left")
    _page(sheet, log)
    for column, (heading, width) in enumerate(zip(log.columns, log.widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, _format(book, log, bold=True, bg_color="#E3E8EE"))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, len(log.rows), len(log.columns) - 1)
    for number, cells in enumerate(log.rows, 1):
        sheet.set_row(number, _height(cells, log.widths))
        for column, cell in enumerate(cells):
            _cell(sheet, number, column, unfenced(cell) if isinstance(cell, str) else cell, text, day)


def _title(book: Workbook, sheet: Worksheet, table: PlanTable) -> int:
    """What stands above the table; returns the row below it."""
    order = {"reading_order": 2 if table.rtl else 1}
    sheet.write_string(0, 0, unfenced(table.title), book.add_format({"bold": True, "font_size": 14, **order}))
    for row, line in enumerate(table.lines, 1):
        sheet.write_string(row, 0, unfenced(line), book.add_format(order))
    return len(table.lines) + 2


def _format(book: Workbook, table: PlanTable | LogTable, **more: object) -> Format:
    reading = 2 if table.rtl else 1
    return book.add_format({"text_wrap": True, "valign": "top", "border": 1, "reading_order": reading, **more})


def _page(sheet: Worksheet, table: PlanTable | LogTable) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    if table.rtl:
        sheet.right_to_left()


def _height(cells: tuple[LogCell, ...], widths: Sequence[int]) -> float:
    """How high a row has to be for its texts, since programs other than Excel don't work it out themselves."""
    lines = 1
    for width, cell in zip(widths, cells, strict=True):
        if isinstance(cell, str):
            lines = max(lines, sum(1 + _width(each) // width for each in cell.split("\n")))
    return min(lines * ROW_HEIGHT, TALLEST)


def _width(text: str) -> int:
    """About how many characters wide a text is; East Asian ones take the room of two."""
    return len(text) + sum("\u2e80" <= char <= "\uffdc" for char in text)


def _guide(book: Workbook, sheet: Worksheet, table: PlanTable) -> None:
    _page(sheet, table)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    text, head = _format(book, table), _format(book, table, bold=True)
    sheet.write_string(0, 0, table.guide_title, book.add_format({"bold": True, "font_size": 14}))
    for row, (heading, how) in enumerate(table.guide, 2):
        sheet.write_string(row, 0, heading, head)
        sheet.write_string(row, 1, how, text)
