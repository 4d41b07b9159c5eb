"""Broadcasts in front of a facilitator, as values; see `dialogue`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.core.audience import Audience
from bot.core.broadcast import Attachment


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcasting:
    """A facilitator writes to an `audience`: the groups on show are those of a `grouping`. With a time it goes out
    then. `nudge`: it asks those who have yet to answer a step to do so, in the bot's words unless there is a `text`.
    """

    kind: Literal["broadcast"] = "broadcast"
    workshop_id: int
    asks: Literal["to", "role", "step", "away", "text", "preview", "time"] = "to"
    grouping: str = ""
    audience: Audience = field(default_factory=Audience)
    text: str = ""
    attachment: Attachment | None = None
    at: datetime | None = None
    nudge: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastResult:
    """What becomes of a broadcast: it waits, goes out, went, or was stopped. `page` is one of the list by name
    (-1: it isn't on show)."""

    kind: Literal["sent"] = "sent"
    workshop_id: int
    broadcast_id: int
    page: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastTime:
    """A facilitator is asked when a broadcast that hasn't gone yet shall go."""

    kind: Literal["broadcast_time"] = "broadcast_time"
    workshop_id: int
    broadcast_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcasts:
    """The broadcasts that wait, and those that went."""

    kind: Literal["broadcasts"] = "broadcasts"
    workshop_id: int
    page: int = 0
