"""A measure's way from where it stood to what is aimed for, as rows of bars: words with a number in them, drawn in a
few signs that every phone has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

LABEL, VALUE, BAR = 8, 8, 10  # signs across; with a space between them they fill a line of a small phone
FULL, HALF = "█", "▌"
UNKNOWN = "–"
_SPACES = " \u00a0\u202f'’"  # that part thousands
_NUMBER = re.compile(rf"(?:(?<!\w)[-−])?(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*)")


class Row(NamedTuple):
    """One value, filled up with spaces to `LABEL` and `VALUE` signs, and its bar; empty where there is no number in it,
    or none above zero."""

    label: str
    value: str
    bar: str


def number_in(text: str) -> float | None:
    """The first number in somebody's words: 1 200, 1,200.5, 8,5 or 45 %; None where there is none."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    digits = re.sub(f"[{_SPACES}]", "", found.group()).replace("−", "-")
    parts = re.split(r"([.,])", digits)
    # A comma or a point parts thousands where three digits follow it and it isn't the only sign of its kind to do
    # otherwise: 1,200 and 1.200.000; before one or two digits it begins the fraction.
    if len(parts) > 1:
        whole, last = "".join(parts[0:-2:2]), parts[-1]
        digits = whole + last if len(last) == 3 and whole not in ("0", "-0") else f"{whole}.{last}"
    return float(digits)


def rows(values: Sequence[tuple[str, str]]) -> list[Row]:
    """Values with their labels, in order, each with a bar as long as its part of the largest one."""
    numbers = [number_in(value) for _, value in values]
    largest = max((each for each in numbers if each is not None), default=0.0)
    return [
        Row(_filled(_cut(label, LABEL), LABEL), _filled(_brief(value), VALUE, right=True), _bar(number, largest))
        for (label, value), number in zip(values, numbers, strict=True)
    ]


def spans(values: Sequence[str]) -> list[tuple[float, float] | None]:
    """Where the bars of values begin, at nothing, and end, as parts of the whole width. What lies below nothing ends
    before it; None for what has no number."""
    numbers = [number_in(value) for value in values]
    known = [0.0, *(each for each in numbers if each is not None)]
    lowest, width = min(known), max(known) - min(known) or 1.0
    zero = -lowest / width
    return [None if each is None else (zero, (each - lowest) / width) for each in numbers]


def width_of(text: str) -> int:
    """How many signs wide a text is in letters of one width: Chinese ones take two, accents and marks none."""
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text)
    none = sum(unicodedata.category(each) in ("Mn", "Me", "Cf") for each in text)
    return len(text) + wide - none


def _bar(number: float | None, largest: float) -> str:
    if number is None or number <= 0 or largest <= 0:
        return ""
    halves = max(1, round(number / largest * BAR * 2))
    return FULL * (halves // 2) + HALF * (halves % 2)


def _brief(value: str) -> str:
    """A value as far as it fits: all of its words, or the number alone."""
    value = " ".join(value.split())
    found = _NUMBER.search(value)
    if found is None:
        return UNKNOWN
    return value if width_of(value) <= VALUE else _cut(found.group(), VALUE)


def _cut(text: str, width: int) -> str:
    text = " ".join(text.split())
    if width_of(text) <= width:
        return text
    while width_of(text) >= width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _filled(text: str, width: int, *, right: bool = False) -> str:
    spaces = " " * (width - width_of(text))
    return spaces + text if right else text + spaces
