"""A grid of four fields as a picture: numbered points where things stand, and their names below, for a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import hypot
from typing import Any

from bot.core.words import shortened
from bot.exports.lines import runs_left
from bot.exports.press import Order, printed

MOST_POINTS = 60
LONGEST_NAME = 110  # characters below the grid
ROOM = 0.7  # of a step, at both ends of an axis
NAMED = 0.055  # of the grid's side, above and below: where the fields' names stand
STEPS = 24  # halves of a point's size, as far as it may be moved aside
_LONG_WORD = re.compile(r"\S{24}(?=\S)")
_BREAK = "\u200b"  # of no width: a line may be broken there


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    label: str
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing on the grid; `apart`: people differ on where it stands."""

    name: str
    across: float
    up: float
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A grid in words of one language. High begins at `middle` on both axes; `fields` are the names of low-low, high
    across, high up, high-high. `more` says how many points are left out. `unplaced` are things without a
    place, under a heading; `apart` says what an empty point means."""

    title: str
    note: str
    across: Axis
    up: Axis
    middle: int
    fields: tuple[str, ...]
    points: tuple[Point, ...]
    more: str = ""
    apart: str = ""
    unplaced: tuple[str, ...] = ()
    unplaced_heading: str = ""
    language: str = "en"


@lru_cache(maxsize=32)
def png(grid: Grid) -> bytes:
    """The grid as PNG, 1080 pixels wide. A room asks for the same one many times. Raises PressError."""
    size = _size(len(grid.points))
    places = _places(grid, size)
    numbered = list(enumerate(zip(grid.points, places, strict=True), 1))
    data: dict[str, Any] = {
        "title": _words(grid.title),
        "note": _words(grid.note),
        "across": {"label": _words(grid.across.label), "ticks": _ticks(grid.across)},
        "up": {"label": _words(grid.up.label), "ticks": _ticks(grid.up)},
        "middle": [_border(grid.across, grid.middle), _border(grid.up, grid.middle)],
        "fields": [_words(each) for each in grid.fields],
        "size": size,
        "points": [{"number": at, "x": x, "y": y, "apart": point.apart} for at, (point, (x, y)) in numbered],
        "names": [{"number": at, "name": _words(point.name), "apart": point.apart} for at, (point, _) in numbered],
        "more": _words(grid.more),
        "apart": _words(grid.apart if any(point.apart for point in grid.points) else ""),
        "unplaced": [_words(each) for each in grid.unplaced],
        "unplaced_heading": _words(grid.unplaced_heading),
    }
    return printed(Order(template="grid.typ", language=grid.language, data=data, form="png"))


def _words(text: str) -> dict[str, str | bool]:
    """Somebody's words, with the direction in which they run; a word that fits on no line may be broken."""
    return {"text": _LONG_WORD.sub(rf"\g<0>{_BREAK}", shortened(text, LONGEST_NAME)), "rtl": runs_left(text)}


def _ticks(axis: Axis) -> list[dict[str, str | float]]:
    numbers = range(axis.lowest, axis.highest + 1)
    return [{"at": _along(axis, each), "label": str(each).replace("-", "\u2212")} for each in numbers]


def _along(axis: Axis, value: float) -> float:
    """Where a value stands, from 0 to 1, with room at both ends: the fields' names stand there."""
    return (value - axis.lowest + ROOM) / (axis.highest - axis.lowest + 2 * ROOM)


def _border(axis: Axis, middle: int) -> float:
    """Between the last low number and the first high one. What lies halfway counts as low."""
    return _along(axis, middle - 0.25)


def _size(count: int) -> float:
    """A point's diameter, as a part of the grid's side."""
    return 0.085 if count <= 16 else 0.06 if count <= 40 else 0.045


def _places(grid: Grid, size: float) -> list[tuple[float, float]]:
    """Where the points are drawn: where they stand or, where others stand already, as near as there is room in the same
    field."""
    placed: list[tuple[float, float]] = []
    border = (_border(grid.across, grid.middle), _border(grid.up, grid.middle))
    for point in grid.points:
        at = (_along(grid.across, point.across), _along(grid.up, point.up))
        free = (each for each in _near(at, size) if _fits(each, at, border, size) and _is_free(each, placed, size))
        placed.append(next(free, at))
    return placed


def _near(at: tuple[float, float], size: float) -> Iterator[tuple[float, float]]:
    """The place itself and those around it, the nearest first."""
    yield at
    offsets = sorted(_OFFSETS, key=lambda each: hypot(*each))
    yield from ((at[0] + x * size, at[1] + y * size) for x, y in offsets)


_OFFSETS: Sequence[tuple[float, float]] = [
    (x / 2, y / 2) for x, y in product(range(-STEPS, STEPS + 1), repeat=2) if (x, y) != (0, 0)
]


def _fits(place: tuple[float, float], at: tuple[float, float], border: tuple[float, float], size: float) -> bool:
    """Whether a point drawn there is inside the grid, and in the field in which it stands."""
    inside = all(edge <= each <= 1 - edge for each, edge in zip(place, (size / 2, NAMED + size / 2), strict=True))
    same = all(
        (stands < line and drawn <= line - size / 2) or (stands >= line and drawn >= line + size / 2)
        for drawn, stands, line in zip(place, at, border, strict=True)
    )
    return inside and (same or place == at)


def _is_free(place: tuple[float, float], placed: Sequence[tuple[float, float]], size: float) -> bool:
    return all(hypot(place[0] - x, place[1] - y) >= size for x, y in placed)
