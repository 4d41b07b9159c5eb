"""Callback data of broadcasts; see `callbacks`."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


@dataclass(frozen=True, slots=True)
class Announce(Action, verb="ba"):
    """Begin a broadcast."""

    workshop: int


@dataclass(frozen=True, slots=True)
class Nudge(Action, verb="bn"):
    """Ask those who have yet to answer a step to do so: begin with which."""

    workshop: int


@dataclass(frozen=True, slots=True)
class BroadcastTo(Action, verb="bt"):
    """Choose to whom: `group` 0 is all participants, another number takes a group in or out, -1 goes on with those
    chosen, -2 shows the groups of this grouping."""

    workshop: int
    group: int
    grouping: str


@dataclass(frozen=True, slots=True)
class BroadcastRole(Action, verb="br"):
    """To those with a role."""

    workshop: int
    role: str


@dataclass(frozen=True, slots=True)
class BroadcastStep(Action, verb="bs"):
    """To those at a step."""

    workshop: int
    exercise: str
    step: str


@dataclass(frozen=True, slots=True)
class BroadcastAway(Action, verb="bw"):
    """To those not seen for so many minutes."""

    workshop: int
    minutes: int


@dataclass(frozen=True, slots=True)
class BroadcastDo(Action, verb="bd"):
    """`what`: send, edit, cancel, later, now, to, role, step, nudge, away, bare."""

    workshop: int
    what: str


@dataclass(frozen=True, slots=True)
class BroadcastIn(Action, verb="bm"):
    """It goes out in so many minutes."""

    workshop: int
    minutes: int


@dataclass(frozen=True, slots=True)
class BroadcastShow(Action, verb="bv"):
    """What becomes of a broadcast; `page` as in `BroadcastResult`."""

    workshop: int
    broadcast: int
    page: int


@dataclass(frozen=True, slots=True)
class BroadcastChange(Action, verb="bc"):
    """`what`: stop, now, time."""

    workshop: int
    broadcast: int
    what: str


@dataclass(frozen=True, slots=True)
class ShowBroadcasts(Action, verb="bl"):
    workshop: int
    page: int
