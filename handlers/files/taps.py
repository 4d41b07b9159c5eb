"""Taps about plans as files; see callbacks."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


@dataclass(frozen=True, slots=True)
class ExportPlan(Action, verb="export"):
    """Send a plan in a form; without one, ask in which."""

    plan: int
    form: str


@dataclass(frozen=True, slots=True)
class ExportAll(Action, verb="exportall"):
    """The same with all plans of a workshop."""

    workshop: int
    form: str


@dataclass(frozen=True, slots=True)
class ExportDay(Action, verb="exportday"):
    """Send what groups made on a day of a workshop in a form; without one, ask in which."""

    workshop: int
    day: int
    form: str


@dataclass(frozen=True, slots=True)
class ExportWhich(Action, verb="exportwhich"):
    """Ask which plan."""

    workshop: int


@dataclass(frozen=True, slots=True)
class ImportPlan(Action, verb="import"):
    """Ask for a file for a group's plan; for a group of 0, whose."""

    workshop: int
    group: int


@dataclass(frozen=True, slots=True)
class ImportYes(Action, verb="importyes"):
    """Add what was found in a file."""

    workshop: int
    group: int
