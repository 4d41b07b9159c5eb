"""Callback data of the assessment; see `callbacks`."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


@dataclass(frozen=True, slots=True)
class ItemSure(Action, verb="itu"):
    """Say how sure one is of the number; `base` is what stood there (0: nothing)."""

    run: int
    base: int
    sure: int
    step: str
    item: str


@dataclass(frozen=True, slots=True)
class Carry(Action, verb="acr"):
    """Begin from what one gave before; `do`: keep, look (go through them)."""

    run: int
    step: str
    do: str


@dataclass(frozen=True, slots=True)
class OwnOpen(Action, verb="own"):
    """Begin an exercise that each does alone, or go on with it."""

    workshop: int
    exercise: str


@dataclass(frozen=True, slots=True)
class OwnDo(Action, verb="owd"):
    """`do`: reopen what was finished, newest (go over to the newest statements)."""

    run: int
    do: str


@dataclass(frozen=True, slots=True)
class ShowStatements(Action, verb="sts"):
    """The statements in use; `page` is a topic."""

    workshop: int
    page: int


@dataclass(frozen=True, slots=True)
class StatementsDo(Action, verb="std"):
    """`do`: bring (ask for a file), form (send the statements in use as one), use (those of the file that was read)."""

    workshop: int
    do: str
