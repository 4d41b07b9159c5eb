"""Callback data of what facilitators steer; see `callbacks`."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


@dataclass(frozen=True, slots=True)
class ShowSteering(Action, verb="sv"):
    """Show what can be done about an exercise ("": the one at work), for a group or (0) for all."""

    workshop: int
    group: int
    exercise: str


@dataclass(frozen=True, slots=True)
class Steer(Action, verb="st"):
    """Do it, for a group or (0) for all. `what`: start (with `minutes`), more, pause, resume, end, close, reopen, hold,
    on, free."""

    workshop: int
    group: int
    what: str
    minutes: int
    exercise: str


@dataclass(frozen=True, slots=True)
class TakeBack(Action, verb="stb"):
    """Undo what was done last; `done` is the instant of that, in milliseconds."""

    workshop: int
    done: int
