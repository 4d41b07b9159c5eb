"""What became of a plan, as files say it: how its actions were reported on, who was told, what its measures came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class Sort(StrEnum):
    """What a bar stands for. They differ in their filling, so that they do in grey, too."""

    START = "start"
    VALUE = "value"
    AIM = "aim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A value in people's own words. `span` is where its bar begins, at nothing, and ends, as parts of the whole width;
    None where there is no number in it."""

    label: str
    value: str
    span: tuple[float, float] | None
    sort: Sort = Sort.VALUE


# For reading -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A line of a log: a day, who, and what. Nobody is named where nobody did what was to be done."""

    day: str
    name: str = ""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something about an action under a heading: what was said of it, or a measure with its bars. `about` names what
    it is, where the heading doesn't."""

    heading: str
    about: str = ""
    lines: tuple[Said, ...] = ()
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionBecame:
    """What became of an action; only of one of which there is something to say."""

    title: str
    status: str = ""
    parts: tuple[Part, ...]


# For working on --------------------------------------------------------------------------------------------------

LogCell: TypeAlias = str | date | float
"""A text (empty where there is nothing to say), a day or a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogTable:
    """Rows of one kind: reports, who was told, measures, or answers. `widths` are in characters."""

    name: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[LogCell, ...], ...]
    rtl: bool = False
