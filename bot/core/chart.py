"""A measure's way from where it stood to what is aimed for, as rows of bars: words with a number in them, drawn in a
few signs that every phone has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

WIDTH = 10  # signs of the longest bar
FULL, HALF = "█", "▌"
_NUMBER = re.compile(r"[-−]?\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?|[-−]?\d+(?:[.,]\d+)*")


class Row(NamedTuple):
    """One value: what it is called, as it was written, and its bar; empty where there is no number in it."""

    label: str
    value: str
    bar: str


def number_in(text: str) -> float | None:
    """The first number in somebody's words: 1 200, 1,200.5, 8,5 or 45 %; None where there is none."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    digits = re.sub(r"[ \u00a0\u202f'’]", "", found.group()).replace("−", "-")
    parts = re.split(r"([.,])", digits)
    # A comma or a point parts thousands where three digits follow it and it isn't the only sign of its kind to do
    # otherwise: 1,200 and 1.200.000; before one or two digits it begins the fraction.
    if len(parts) > 1:
        whole, last = "".join(parts[0:-2:2]), parts[-1]
        digits = whole + last if len(last) == 3 and whole not in ("0", "-0") else f"{whole}.{last}"
    return float(digits)


def rows(values: Sequence[tuple[str, str]]) -> list[Row]:
    """Values with their labels, in order, each with a bar as long as its part of the largest one. Below zero there is
    no bar."""
    numbers = [number_in(value) for _, value in values]
    largest = max((each for each in numbers if each is not None), default=0.0)
    return [Row(label, value, _bar(number, largest)) for (label, value), number in zip(values, numbers, strict=True)]


def _bar(number: float | None, largest: float) -> str:
    if number is None or number <= 0 or largest <= 0:
        return ""
    halves = max(1, round(number / largest * WIDTH * 2))
    return FULL * (halves // 2) + HALF * (halves % 2)
