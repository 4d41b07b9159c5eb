"""Plans as a Word document: across the page, headings on every page, styles that Word's own outline knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.exports.lines import runs_left, unfenced
from bot.exports.table import Line, PlanPages

PAGE = (29.7, 21.0)  # centimetres: A4 across
MARGIN = 1.3
SIZE = 9  # points
SHARES = (3.1, 2.0, 2.0, 2.6, 2.9, 3.2, 2.9)  # of the width, column by column
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(plans: Sequence[PlanPages], now: datetime) -> bytes:
    """Plans as one document, each beginning on a page of its own."""
    made = Document()
    first = plans[0]
    properties = made.core_properties
    properties.title, properties.author, properties.comments = _clean(first.title), "", ""
    properties.language = first.language
    properties.created = properties.modified = now.astimezone(UTC)
    _styles(made, first)
    for number, plan in enumerate(plans):
        if number:
            made.add_section(WD_SECTION.NEW_PAGE)
        _across(made.sections[-1])
        _plan(made, plan)
    _footer(made.sections[0], first)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _styles(made: Any, plan: PlanPages) -> None:
    normal = made.styles["Normal"]
    normal.font.size = Pt(SIZE)
    normal.font.name = "Calibri"
    normal.paragraph_format.space_after = Pt(2)
    properties = normal.element.get_or_add_rPr()
    properties.rFonts.set(qn("w:cs"), "Arial")
    _in(properties, "w:szCs", val=str(2 * SIZE))
    language = OxmlElement("w:lang")
    for kind in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(kind), plan.language)
    properties.append(language)
    made.styles["Heading 1"].paragraph_format.space_before = Pt(0)


def _across(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(PAGE[0]), Cm(PAGE[1])
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(MARGIN)


def _plan(made: Any, plan: PlanPages) -> None:
    _directed(made.add_heading(_clean(plan.title), level=1)._p, plan)
    for line in plan.lines if plan.rows else (*plan.lines, plan.empty):
        _directed(made.add_paragraph(_clean(line))._p, plan)
    if not plan.rows:
        return
    made.element.body.insert(len(made.element.body) - 1, _table(plan))


def _directed(paragraph: Any, plan: PlanPages, text: str = "") -> None:
    """Have a paragraph run the way its text begins, else the way the plan's language does."""
    if runs_left(text) or (plan.rtl and not text):
        paragraph.get_or_add_pPr().append(OxmlElement("w:bidi"))


# The table -------------------------------------------------------------------------------------------------------
# Put together element by element: the library looks all cells of a row up anew for each one of them.


def _table(plan: PlanPages) -> Any:
    table = OxmlElement("w:tbl")
    properties = _in(table, "w:tblPr")
    _in(properties, "w:tblStyle", val="TableGrid")
    if plan.rtl:
        _in(properties, "w:bidiVisual")
    _in(properties, "w:tblW", w="5000", type="pct")
    _in(properties, "w:tblLayout", type="fixed")
    _in(properties, "w:tblLook", val="0620", firstRow="1")
    grid = _in(table, "w:tblGrid")
    widths = [round(567 * (PAGE[0] - 2 * MARGIN) * share / sum(SHARES)) for share in SHARES]
    for width in widths:
        _in(grid, "w:gridCol", w=str(width))
    _row(table, widths, ([_paragraph([(each, True)], plan)] for each in plan.columns), heading=True)
    for row in plan.rows:
        _row(
            table,
            widths,
            (
                [
                    _paragraph(_runs(line, f"{row.number}. " if not column and not at else ""), plan, plain=line.plain)
                    for at, line in enumerate(lines)
                ]
                for column, lines in enumerate(row.cells)
            ),
        )
    return table


def _runs(line: Line, number: str) -> list[tuple[str, bool]]:
    """A line's words, each with whether they are bold: labels, and the title behind its number."""
    if number:
        return [(number, False), (line.text, True)]
    label = f"{line.label}: " if line.text else line.label
    return [(label, True), (line.text, False)] if line.label else [(line.text, False)]


def _row(table: Any, widths: Sequence[int], cells: Iterable[list[Any]], *, heading: bool = False) -> None:
    row = _in(table, "w:tr")
    properties = _in(row, "w:trPr")
    if heading:
        _in(properties, "w:cantSplit")
        _in(properties, "w:tblHeader")
    for width, paragraphs in zip(widths, cells, strict=True):
        cell = _in(row, "w:tc")
        of_cell = _in(cell, "w:tcPr")
        _in(of_cell, "w:tcW", w=str(width), type="dxa")
        if heading:
            _in(of_cell, "w:shd", val="clear", color="auto", fill="E3E3E3")
        for paragraph in paragraphs:
            cell.append(paragraph)
        if not paragraphs:
            _in(cell, "w:p")


def _paragraph(runs: Iterable[tuple[str, bool]], plan: PlanPages, *, plain: bool = False) -> Any:
    paragraph = OxmlElement("w:p")
    written = list(runs)
    _directed(paragraph, plan, "" if plain else "".join(words for words, _ in written))
    for words, bold in written:
        run = _in(paragraph, "w:r")
        properties = _in(run, "w:rPr")
        if bold:
            _in(properties, "w:b")
            _in(properties, "w:bCs")
        if runs_left(words):
            _in(properties, "w:rtl")
        text = _in(run, "w:t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = _clean(words)
    return paragraph


def _footer(section: Any, plan: PlanPages) -> None:
    """The page's number and how many there are, as the language has it."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = 1  # in the middle
    for part in re.split(r"(\{pages?\})", plan.page):
        if part in ("{page}", "{pages}"):
            field = _in(paragraph._p, "w:fldSimple")
            field.set(qn("w:instr"), "PAGE" if part == "{page}" else "NUMPAGES")
            _in(_in(field, "w:r"), "w:t").text = "1"
        elif part:
            paragraph.add_run(_clean(part))


def _in(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", unfenced(text))
