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
