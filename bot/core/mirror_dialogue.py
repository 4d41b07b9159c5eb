"""Group chats in front of a facilitator, as a value; see `dialogue`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Chats:
    """Which working groups have a group chat, and how the others get one."""

    kind: Literal["chats"] = "chats"
    workshop_id: int
