"""What Word documents are put together of, element by element: the library looks all cells of a row up anew for each
one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
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


def paragraph(runs: Iterable[tuple[str, bool]], rtl: bool, *, plain: bool = False) -> Any:
    """A paragraph of runs, each with whether it is bold. It runs the way its words do, a `plain` one the way the page
    does."""
    made = OxmlElement("w:p")
    written = list(runs)
    directed(made, rtl, "" if plain else "".join(words for words, _ in written))
    for words, bold in written:
        run = inside(made, "w:r")
        properties = inside(run, "w:rPr")
        if bold:
            inside(properties, "w:b")
            inside(properties, "w:bCs")
        if runs_left(words):
            inside(properties, "w:rtl")
        text = inside(run, "w:t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = clean(words)
    return made
