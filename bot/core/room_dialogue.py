"""What facilitators are asked about the room, and anyone about what they park, as values; see `dialogue`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Steering:
    """What can be done about an exercise ("": the one at work), for one group or (0) for all: its time, whether it is
    open, whether groups wait."""

    kind: Literal["steering"] = "steering"
    workshop_id: int
    exercise: str = ""
    group: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HandRoom:
    """Who is to lead the room from now on."""

    kind: Literal["hand_room"] = "hand_room"
    workshop_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkAsk:
    """/park: what somebody wants to have answered by the end of the day; once there is `text`, whether with their
    name."""

    kind: Literal["park_ask"] = "park_ask"
    workshop_id: int
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkingLot:
    """What is parked, page by page, or one `item` of it; `asks` for the answer to that, and then who is to get it."""

    kind: Literal["parking_lot"] = "parking_lot"
    workshop_id: int
    page: int = 0
    item: int = 0
    asks: Literal["", "answer", "whom"] = ""
    text: str = ""
