"""What a group made, as one picture for a phone or a wall: an iceberg level by level, a map of what is at hand, or how
the views of statements lie.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.core.exercise import Drawing
from bot.exports.press import Order, printed
from bot.exports.wording import words

MOST_STATED = 16  # statements, each with its bars
MOST_LINES = 12  # under one heading: more make the picture so tall that a phone shows it too small to read


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How many gave one number; `agreed`: the group settled on it; `apart`: it is no number of the scale."""

    label: str
    count: int
    agreed: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A statement with how the views of it lie. `said` is what the group settled on, `few` why there are no bars;
    `flags` are what stands out, each with its kind."""

    text: str
    bars: tuple[Bar, ...] = ()
    few: str = ""
    said: str = ""
    flags: tuple[tuple[str, str], ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """A heading and what stands under it; `numbered` where it is a list. `stated` are statements that were rated."""

    title: str
    lines: tuple[str, ...] = ()
    numbered: bool = False
    stated: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything in words of one language. `parts` are drawn as the levels of an iceberg, from the surface down, or as
    the fields of a map; `above` and `below` stand around them. `more` says how many lines are left out, as {count}."""

    drawing: Drawing
    title: str
    note: str
    above: tuple[Plate, ...] = ()
    parts: tuple[Plate, ...]
    below: tuple[Plate, ...] = ()
    more: str = "+{count}"
    language: str = "en"


@lru_cache(maxsize=16)
def png(card: Card) -> bytes:
    """The card as PNG, 1080 pixels wide. A room asks for the same one many times. Raises PressError."""
    data: dict[str, Any] = {
        "title": words(card.title),
        "note": words(card.note),
        **{name: [_plate(each, card) for each in getattr(card, name)] for name in ("above", "parts", "below")},
    }
    return printed(Order(template=f"{card.drawing}.typ", language=card.language, data=data, form="png"))


def _plate(plate: Plate, card: Card) -> dict[str, Any]:
    hidden = max(len(plate.lines) - MOST_LINES, len(plate.stated) - MOST_STATED)
    more = card.more.replace("{count}", str(hidden)) if hidden > 0 else ""
    return {
        "title": words(plate.title),
        "lines": [words(each) for each in plate.lines[:MOST_LINES]],
        "numbered": plate.numbered,
        "more": words(more),
        "stated": [_stated(each) for each in plate.stated[:MOST_STATED]],
    }


def _stated(each: Stated) -> dict[str, Any]:
    highest = max([1, *(bar.count for bar in each.bars)])
    return {
        "text": words(each.text),
        "bars": [
            {
                "label": words(bar.label),
                "count": bar.count,
                "part": bar.count / highest,
                "agreed": bar.agreed,
                "apart": bar.apart,
            }
            for bar in each.bars
        ],
        "few": words(each.few),
        "said": words(each.said),
        "flags": [{"kind": kind, "text": words(text)} for kind, text in each.flags],
        "why": words(each.why),
    }
