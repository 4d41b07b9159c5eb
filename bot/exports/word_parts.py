"""What Word documents are put together of, element by element: the library looks all cells of a row up anew for each
one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from bot.exports.lines import runs_left, unfenced

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def inside(parent: Any, tag: str, **attributes: str) -> Any:
    """A new element at the end of another one."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def clean(text: str) -> str:
    """Words as XML takes them, and without fences that a program may show as boxes."""
    return _NOT_IN_XML.sub("", unfenced(text))


def directed(made: Any, rtl: bool, text: str = "") -> None:
    """Have a paragraph run the way its text begins, else the way the page does."""
    if runs_left(text) or (rtl and not text):
        made.get_or_add_pPr().append(OxmlElement("w:bidi"))


def paragraph(runs: Iterable[tuple[str, bool]], rtl: bool, *, plain: bool = False, size: int = 0) -> Any:
    """A paragraph of runs, each with whether it is bold. It runs the way its words do, a `plain` one the way the page
    does. A `size` in points is another one than the document's."""
    made = OxmlElement("w:p")
    written = list(runs)
    directed(made, rtl, "" if plain else "".join(words for words, _ in written))
    for words, bold in written:
        run = inside(made, "w:r")
        properties = inside(run, "w:rPr")
        if bold:
            inside(properties, "w:b")
            inside(properties, "w:bCs")
        if size:
            inside(properties, "w:sz", val=str(2 * size))
            inside(properties, "w:szCs", val=str(2 * size))
        if runs_left(words):
            inside(properties, "w:rtl")
        text = inside(run, "w:t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = clean(words)
    return made


def gridded(widths: Sequence[int], *, rtl: bool) -> Any:
    """A table across the page, without rows yet; `widths` of its columns are in twentieths of a point."""
    table = OxmlElement("w:tbl")
    properties = inside(table, "w:tblPr")
    inside(properties, "w:tblStyle", val="TableGrid")
    if rtl:
        inside(properties, "w:bidiVisual")
    inside(properties, "w:tblW", w="5000", type="pct")
    inside(properties, "w:tblLayout", type="fixed")
    inside(properties, "w:tblLook", val="0620", firstRow="1")
    grid = inside(table, "w:tblGrid")
    for width in widths:
        inside(grid, "w:gridCol", w=str(width))
    return table


def row_of(
    table: Any, widths: Sequence[int], cells: Iterable[list[Any]], *, heading: bool = False, whole: bool = False
) -> None:
    """A row at the end of a table: each cell's paragraphs. A heading stands on every page; it and a `whole` row aren't
    broken between pages."""
    row = inside(table, "w:tr")
    properties = inside(row, "w:trPr")
    if heading or whole:
        inside(properties, "w:cantSplit")
    if heading:
        inside(properties, "w:tblHeader")
    for width, paragraphs in zip(widths, cells, strict=True):
        cell = inside(row, "w:tc")
        of_cell = inside(cell, "w:tcPr")
        inside(of_cell, "w:tcW", w=str(width), type="dxa")
        if heading:
            inside(of_cell, "w:shd", val="clear", color="auto", fill="E3E3E3")
        for each in paragraphs:
            cell.append(each)
        if not paragraphs:
            inside(cell, "w:p")
