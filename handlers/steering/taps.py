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


@dataclass(frozen=True, slots=True)
class CallFor(Action, verb="cf"):
    """A group calls a facilitator to the sheet of a run (`off`: 1 when it needs nobody any more)."""

    run: int
    off: int


@dataclass(frozen=True, slots=True)
class CallDo(Action, verb="cd"):
    """A facilitator sees to a call. `what`: take, end."""

    workshop: int
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class LeadTo(Action, verb="lto"):
    """Ask another facilitator to lead the room; a `member` of 0 asks whom."""

    workshop: int
    member: int


@dataclass(frozen=True, slots=True)
class LeadDo(Action, verb="ldo"):
    """`what`: accept or decline to lead the room, or (by who leads it) withdraw."""

    workshop: int
    what: str


@dataclass(frozen=True, slots=True)
class ParkIt(Action, verb="pk"):
    """Put what was written into the parking lot; `nameless`: 1 without a name."""

    workshop: int
    nameless: int


@dataclass(frozen=True, slots=True)
class ShowLot(Action, verb="pkl"):
    """What is parked, or (not 0) one `item` of it."""

    workshop: int
    page: int
    item: int


@dataclass(frozen=True, slots=True)
class LotDo(Action, verb="pkd"):
    """`what`: answer, to_author, to_room, tick, put_back."""

    workshop: int
    item: int
    what: str


@dataclass(frozen=True, slots=True)
class AnswerIn(Action, verb="ai"):
    """Answer for a member without a phone, on the sheet of a run."""

    workshop: int
    member: int
    run: int
