"""Callback data of what somebody settles for themselves; see `callbacks`."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


@dataclass(frozen=True, slots=True)
class SetMute(Action, verb="mu"):
    """`to`: week, never, or again (reminded as ever)."""

    to: str


@dataclass(frozen=True, slots=True)
class PickCountry(Action, verb="oc"):
    """One's own country, or "" for the workshop's country and zone."""

    country: str


@dataclass(frozen=True, slots=True)
class PickZone(Action, verb="oz"):
    """One's own time zone, in the country that was chosen."""

    zone: str


@dataclass(frozen=True, slots=True)
class ShowUpcoming(Action, verb="us"):
    """Look at what will come, or at one `fire` of it; `asks` is as in `Upcoming`."""

    page: int
    fire: int
    asks: str


@dataclass(frozen=True, slots=True)
class MoveFire(Action, verb="um"):
    """Have something come on another day: YYYY-MM-DD; in older buttons tomorrow, monday or week."""

    fire: int
    day: str


@dataclass(frozen=True, slots=True)
class CancelFire(Action, verb="ux"):
    """Have something not come at all, or (`undo` is 1) come after all."""

    fire: int
    undo: int
