"""What somebody settles for themselves about what the bot says of its own accord, as values; see `dialogue`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Muting:
    """/mute: whether somebody is reminded. `workshop_id` is where they are, for the hours of their day (0: nowhere)."""

    kind: Literal["muting"] = "muting"
    workshop_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnZone:
    """/zone: in which country and time zone somebody is. `near` are the countries that may be meant; once there is a
    `country`, its zones are asked for."""

    kind: Literal["own_zone"] = "own_zone"
    workshop_id: int = 0
    country: str = ""
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """/upcoming: what will be said to somebody, page by page, or one `fire` of it; `asks` for the day on which it shall
    come instead."""

    kind: Literal["upcoming"] = "upcoming"
    workshop_id: int = 0
    page: int = 0
    fire: int = 0
    asks: Literal["", "day"] = ""
