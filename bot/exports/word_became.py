"""What became of a plan, in a Word document: logs as tables without lines, and measures as bars that are cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from bot.exports.became import ActionBecame, Bar, Part, Sort
from bot.exports.table import PlanPages
from bot.exports.word_parts import inside, paragraph

DAY, NAME, TEXT = 1500, 2700, 10200  # twentieths of a point: how wide the columns of a log are
LABEL, VALUE = 2300, 4000
UNITS, UNIT = 60, 85  # a bar is so many of the narrow columns of its table at most, and so wide is one
_FILLS = {Sort.START: "A5A5A5", Sort.VALUE: "262626", Sort.AIM: "DEDEDE"}


def became(plan: PlanPages) -> Iterator[Any]:
    """What stands below a plan's table, element by element."""
    if plan.became:
        yield _heading(plan.became_title, 2, plan.rtl)
    for action in plan.became:
        yield _heading(_title(action), 3, plan.rtl)
        for part in action.parts:
            yield _about(part, plan.rtl)
            yield _chart(part.bars, plan.rtl) if part.bars else _log(part, plan.rtl)


def _title(action: ActionBecame) -> str:
    return f"{action.title} · {action.status}" if action.status else action.title


def _heading(text: str, level: int, rtl: bool) -> Any:
    made = paragraph([(text, False)], rtl, plain=True)
    made.style = f"Heading{level}"
    return made


def _about(part: Part, rtl: bool) -> Any:
    runs = [(f"{part.heading}: ", False), (part.about, True)] if part.about else [(part.heading, False)]
    made = paragraph(runs, rtl, plain=True)
    properties = made.get_or_add_pPr()
    properties.insert(0, OxmlElement("w:keepNext"))
    properties.get_or_add_spacing().set(qn("w:before"), "100")
    return made


def _table(widths: Sequence[int], rtl: bool) -> Any:
    table = OxmlElement("w:tbl")
    properties = inside(table, "w:tblPr")
    if rtl:
        inside(properties, "w:bidiVisual")
    inside(properties, "w:tblW", w=str(sum(widths)), type="dxa")
    inside(properties, "w:tblLayout", type="fixed")
    grid = inside(table, "w:tblGrid")
    for width in widths:
        inside(grid, "w:gridCol", w=str(width))
    return table


def _cell(row: Any, width: int, text: str = "", *, rtl: bool, span: int = 1, bold: bool = False) -> Any:
    """A cell, and its properties, for more of them."""
    cell = inside(row, "w:tc")
    properties = inside(cell, "w:tcPr")
    inside(properties, "w:tcW", w=str(width), type="dxa")
    if span > 1:
        inside(properties, "w:gridSpan", val=str(span))
    cell.append(paragraph([(text, bold)] if text else [], rtl, plain=True))
    return properties


def _log(part: Part, rtl: bool) -> Any:
    table = _table((DAY, NAME, TEXT), rtl)
    for line in part.lines:
        row = inside(table, "w:tr")
        inside(inside(row, "w:trPr"), "w:cantSplit")
        for width, text in ((DAY, line.day), (NAME, line.name), (TEXT, line.text)):
            _cell(row, width, text, rtl=rtl)
    return table


# Bars ------------------------------------------------------------------------------------------------------------


def _chart(bars: Sequence[Bar], rtl: bool) -> Any:
    table = _table((LABEL, *UNITS * [UNIT], VALUE), rtl)
    for bar in bars:
        row = inside(table, "w:tr")
        inside(inside(row, "w:trPr"), "w:cantSplit")
        _cell(row, LABEL, bar.label, rtl=rtl)
        for units, filled in _lane(bar):
            _fill(_cell(row, units * UNIT, rtl=rtl, span=units), bar.sort if filled else None)
        _cell(row, VALUE, bar.value, rtl=rtl, bold=True)
    return table


def _lane(bar: Bar) -> list[tuple[int, bool]]:
    """How many units are blank, filled, and blank again; what has a number other than nothing is seen."""
    begin, end = sorted(bar.span) if bar.span else (0.0, 0.0)
    before = min(round(begin * UNITS), UNITS - 1)
    length = max(round(end * UNITS) - before, 1) if end > begin else 0
    lane = [(before, False), (length, True), (UNITS - before - length, False)]
    return [each for each in lane if each[0] > 0]


def _fill(properties: Any, sort: Sort | None) -> None:
    """Bars stand apart by white lines; dark is what was reached, lighter where it stood, lightest what is aimed for."""
    borders = inside(properties, "w:tcBorders")
    for side in ("w:top", "w:bottom"):
        inside(borders, side, val="single", sz="24", space="0", color="FFFFFF")
    if sort is not None:
        inside(properties, "w:shd", val="clear", color="auto", fill=_FILLS[sort])
