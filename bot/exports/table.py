"""What files are made of: plans as tables, pages and times, with all words in one language already.

Handlers make these values for a reader; the modules beside this one turn them into bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from bot.core.plan import Frequency
from bot.exports.became import ActionBecame


class Column(StrEnum):
    """The columns of a plan's sheet, in their order: the slide's seven, then what the slide has no cell for."""

    ACTION = "action"
    WHO = "who"
    WHEN = "when"
    RESOURCES = "resources"
    BARRIERS = "barriers"
    COMMUNICATION = "communication"
    KPIS = "kpis"
    OWNER = "owner"
    SUPPORTERS = "supporters"
    MILESTONES = "milestones"
    STATUS = "status"


COLUMNS = tuple(Column)
SLIDE = COLUMNS[:7]
"""The seven columns of the slide."""

Cell: TypeAlias = str | date
"""A cell of a sheet: a text, empty where there is nothing to say, or a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTable:
    """A plan as rows and columns, to be filled in and read back (`lines` has the syntax of its cells).

    `name` is short, for a tab; `lines` stand under the title. `columns` are the headings, as `COLUMNS` has them, and
    `guide` says of each how it is filled in, under `guide_title`.
    """

    name: str
    title: str
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    guide_title: str = ""
    guide: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    rtl: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a cell that is only read, with a label before it, if any. It runs the way its words do; a `plain` one,
    such as a name in a list, the way the page does."""

    text: str
    label: str = ""
    plain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """An action for reading: `cells` are the slide's seven, the first one the action itself."""

    number: int
    cells: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPages:
    """A plan for print and for the eye. `page` is how a page is numbered, with {page} and {pages} in it; `empty` is
    said where there are no actions. Below the table stands what became of it, under `became_title`, if anything did."""

    title: str
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...]
    rows: tuple[PageRow, ...]
    page: str = "{page} / {pages}"
    empty: str = ""
    became_title: str = ""
    became: tuple[ActionBecame, ...] = ()
    language: str = "en"
    rtl: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A day on an action's line: its due day, or a milestone."""

    on: date
    label: str
    due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """An action on the timeline; `note` has its owner and how it stands. An action without a day has no marks."""

    title: str
    note: str = ""
    marks: tuple[Mark, ...] = ()
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Plans over time. `ticks` are the days that the scale names, in order."""

    title: str
    lines: tuple[str, ...] = ()
    rows: tuple[TimelineRow, ...]
    today: date
    today_label: str
    ticks: tuple[tuple[date, str], ...] = ()
    due_label: str = ""
    milestone_label: str = ""
    page: str = "{page} / {pages}"
    empty: str = ""
    language: str = "en"
    rtl: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something for a calendar, all day long. `key` tells it from all others, and stays the same in every export;
    `version` grows with each change of its action. With `every` it comes again until `until`."""

    key: str
    title: str
    note: str = ""
    on: date
    every: Frequency | None = None
    until: date | None = None
    version: int = 1
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    name: str
    entries: tuple[Entry, ...]
    language: str = "en"
