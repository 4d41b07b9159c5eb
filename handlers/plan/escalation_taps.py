"""Callback data of what is agreed on for when an action gets stuck; see `callbacks`."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


@dataclass(frozen=True, slots=True)
class AskStuck(Action, verb="esc"):
    """Ask who is told."""

    plan: int


@dataclass(frozen=True, slots=True)
class StuckTo(Action, verb="esct"):
    """Choose who is told; an empty `party` is nobody."""

    plan: int
    party: str


@dataclass(frozen=True, slots=True)
class StuckAfter(Action, verb="esca"):
    """Choose after how many days."""

    plan: int
    days: int


@dataclass(frozen=True, slots=True)
class SayDone(Action, verb="escs"):
    """Say what is being done about an action."""

    plan: int
    action: int
