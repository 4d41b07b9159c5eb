"""What groups made, as a Word document: upright, with headings that Word's own outline knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from docx.shared import Cm

from bot.exports.day import Block, Day
from bot.exports.word import begun, saved
from bot.exports.word_parts import clean, directed, gridded, paragraph, row_of

PAGE = (21.0, 29.7)  # centimetres: A4 upright
MARGIN = 1.8
SIZE, SMALL = 11, 8  # points, of the text and in wide tables
FIELD_ORDER = ((2, 3), (0, 1))  # of a grid, as they stand on it: the upper ones first


def document(day: Day, now: datetime) -> bytes:
    """All of it as one document, each exercise beginning on a page of its own."""
    made = begun(day, now, SIZE)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(PAGE[0]), Cm(PAGE[1])
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(MARGIN)
    _heading(made, day.title, 0, day)
    for line in day.lines:
        _line(made, line, day)
    for number, chapter in enumerate(day.chapters):
        heading = _heading(made, chapter.title, 1, day)
        heading.paragraph_format.page_break_before = number > 0
        for each in chapter.made:
            _heading(made, each.title, 2, day)
            if each.line:
                _line(made, each.line, day)
            for block in each.blocks:
                _block(made, block, day)
    return saved(made, day)


def _heading(made: Any, text: str, level: int, day: Day) -> Any:
    heading = made.add_heading(clean(text), level=level)
    directed(heading._p, day.rtl, text)
    return heading


def _line(made: Any, text: str, day: Day) -> None:
    directed(made.add_paragraph(clean(text))._p, day.rtl, text)


def _block(made: Any, block: Block, day: Day) -> None:
    _heading(made, block.title, 3, day)
    for number, line in enumerate(block.lines, 1):
        _line(made, f"{number}. {line}" if block.numbered else line, day)
    if block.records:
        _append(made, _records(block, day))
    if block.fields:
        _append(made, _fields(block, day))
    if block.note:
        _line(made, block.note, day)


def _append(made: Any, table: Any) -> None:
    """Put a table at the end: before what says how the page looks, and with a line below it, without which Word would
    join it to a next one."""
    body = made.element.body
    body.insert(len(body) - 1, table)
    made.add_paragraph("")


def _widths(shares: list[int]) -> list[int]:
    return [round(567 * (PAGE[0] - 2 * MARGIN) * share / sum(shares)) for share in shares]


def _records(block: Block, day: Day) -> Any:
    widths = _widths(block.widths())
    table = gridded(widths, rtl=day.rtl)
    size = SMALL if block.wide else 0
    row_of(table, widths, ([paragraph([(each, True)], day.rtl, size=size)] for each in block.columns), heading=True)
    for record in block.records:
        cells = [(record.name, True), *((cell, False) for cell in record.cells)]
        row_of(table, widths, ([paragraph([cell], day.rtl, size=size)] for cell in cells), whole=True)
    return table


def _fields(block: Block, day: Day) -> Any:
    widths = _widths([1, 1])
    table = gridded(widths, rtl=day.rtl)
    for pair in FIELD_ORDER:
        row_of(table, widths, (list(_field(*block.fields[at], day)) for at in pair), whole=True)
    return table


def _field(name: str, names: tuple[str, ...], day: Day) -> Iterator[Any]:
    yield paragraph([(name, True)], day.rtl)
    for each in names or ("–",):
        yield paragraph([(each, False)], day.rtl)
