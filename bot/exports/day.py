"""What groups made, for reading: chapters by exercise, in each what every group has. As PDF by typst."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.exports.press import Order, printed
from bot.exports.wording import words

WIDEST = 14  # characters that a column's share of the width is reckoned by
MANY = 5  # columns
PADDING = 4  # the same of what stands beside them: borders, and bold letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of a table: its name, and its other cells in the order of the block's columns."""

    name: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A section of a product: lines (`numbered` or not), records under `columns`, or four fields of a grid (low-low,
    high across, high up, high-high) with what stands in each. `note` says why there is nothing, or what has no place.
    """

    title: str
    lines: tuple[str, ...] = ()
    numbered: bool = False
    columns: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    note: str = ""

    @property
    def wide(self) -> bool:
        """Whether its table has so many columns that letters have to be smaller."""
        return len(self.columns) > MANY

    def widths(self) -> list[int]:
        """How the columns share the width: by their longest cells, none narrower than its heading's longest word."""
        cells = [(record.name, *record.cells) for record in self.records]
        found = []
        for at, heading in enumerate(self.columns):
            longest = max((len(row[at]) for row in cells if at < len(row)), default=0)
            word = max(map(len, heading.split()), default=0)
            found.append(PADDING + max(word, min(longest, WIDEST)))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What one group made, under its name; `line` says where it stands."""

    title: str
    line: str = ""
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """An exercise, and what was made in it."""

    title: str
    made: tuple[Made, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Everything in words of one language. `page` is how a page is numbered, with {page} and {pages} in it."""

    title: str
    lines: tuple[str, ...] = ()
    chapters: tuple[Chapter, ...]
    page: str = "{page} / {pages}"
    language: str = "en"
    rtl: bool = False


def pdf(day: Day, now: datetime) -> bytes:
    """All of it on A4, each exercise beginning on a page of its own. Raises PressError."""
    data: dict[str, Any] = {
        "title": words(day.title),
        "lines": [words(each) for each in day.lines],
        "chapters": [
            {"title": words(chapter.title), "made": [_made(made) for made in chapter.made]} for chapter in day.chapters
        ],
        "page": day.page,
        "rtl": day.rtl,
    }
    return printed(Order(template="day.typ", language=day.language, data=data, form="pdf", at=int(now.timestamp())))


def _made(made: Made) -> dict[str, Any]:
    return {"title": words(made.title), "line": words(made.line), "blocks": [_block(each) for each in made.blocks]}


def _block(block: Block) -> dict[str, Any]:
    return {
        "title": words(block.title),
        "lines": [words(each) for each in block.lines],
        "numbered": block.numbered,
        "columns": [words(each) for each in block.columns],
        "widths": block.widths(),
        "wide": block.wide,
        "records": [[words(each) for each in (record.name, *record.cells)] for record in block.records],
        "fields": [{"name": words(name), "names": [words(each) for each in names]} for name, names in block.fields],
        "note": words(block.note),
    }
