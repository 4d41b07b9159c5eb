"""Plans as a Word document: across the page, headings on every page, styles that Word's own outline knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Protocol

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.exports.table import Line, PlanPages
from bot.exports.word_became import became
from bot.exports.word_parts import clean, directed, gridded, inside, paragraph, row_of

PAGE = (29.7, 21.0)  # centimetres: A4 across
MARGIN = 1.3
SIZE = 9  # points
SHARES = (3.1, 2.0, 2.0, 2.6, 2.9, 3.2, 2.9)  # of the width, column by column


class Paper(Protocol):
    """What a document is about, as far as its frame has to know. `page` is how a page is numbered."""

    @property
    def title(self) -> str: ...
    @property
    def page(self) -> str: ...
    @property
    def language(self) -> str: ...


def document(plans: Sequence[PlanPages], now: datetime) -> bytes:
    """Plans as one document, each beginning on a page of its own."""
    first = plans[0]
    made = begun(first, now)
    for number, plan in enumerate(plans):
        if number:
            made.add_section(WD_SECTION.NEW_PAGE)
        _across(made.sections[-1])
        _plan(made, plan)
    return saved(made, first)


def begun(paper: Paper, now: datetime, size: int = SIZE) -> Any:
    """An empty document with its language, its title and its styles; `size` is in points."""
    made = Document()
    properties = made.core_properties
    properties.title, properties.author, properties.comments = clean(paper.title), "", ""
    properties.language = paper.language
    properties.created = properties.modified = now.astimezone(UTC)
    _styles(made, paper, size)
    return made


def saved(made: Any, paper: Paper) -> bytes:
    """A document with its pages numbered, as a file."""
    _footer(made.sections[0], paper)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _styles(made: Any, paper: Paper, size: int) -> None:
    normal = made.styles["Normal"]
    normal.font.size = Pt(size)
    normal.font.name = "Calibri"
    normal.paragraph_format.space_after = Pt(2)
    properties = normal.element.get_or_add_rPr()
    properties.rFonts.set(qn("w:cs"), "Arial")
    inside(properties, "w:szCs", val=str(2 * size))
    language = OxmlElement("w:lang")
    for kind in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(kind), paper.language)
    properties.append(language)
    made.styles["Heading 1"].paragraph_format.space_before = Pt(0)


def _across(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(PAGE[0]), Cm(PAGE[1])
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(MARGIN)


def _plan(made: Any, plan: PlanPages) -> None:
    directed(made.add_heading(clean(plan.title), level=1)._p, plan.rtl)
    for line in plan.lines if plan.rows else (*plan.lines, plan.empty):
        directed(made.add_paragraph(clean(line))._p, plan.rtl)
    last = len(made.element.body) - 1  # behind the text stands how the page looks
    below = [_table(plan)] if plan.rows else []
    for each in [*below, *became(plan)]:
        made.element.body.insert(last, each)
        last += 1


# The table -------------------------------------------------------------------------------------------------------


def _table(plan: PlanPages) -> Any:
    widths = [round(567 * (PAGE[0] - 2 * MARGIN) * share / sum(SHARES)) for share in SHARES]
    table = gridded(widths, rtl=plan.rtl)
    row_of(table, widths, ([paragraph([(each, True)], plan.rtl)] for each in plan.columns), heading=True)
    for row in plan.rows:
        row_of(
            table,
            widths,
            (
                [
                    paragraph(
                        _runs(line, f"{row.number}. " if not column and not at else ""), plan.rtl, plain=line.plain
                    )
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


def _footer(section: Any, paper: Paper) -> None:
    """The page's number and how many there are, as the language has it."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = 1  # in the middle
    for part in re.split(r"(\{pages?\})", paper.page):
        if part in ("{page}", "{pages}"):
            field = inside(paragraph._p, "w:fldSimple")
            field.set(qn("w:instr"), "PAGE" if part == "{page}" else "NUMPAGES")
            inside(inside(field, "w:r"), "w:t").text = "1"
        elif part:
            paragraph.add_run(clean(part))
