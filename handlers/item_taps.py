"""Callback data of ratings item by item, of what an exercise shows of plans, and of pictures; see `callbacks`."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


@dataclass(frozen=True, slots=True)
class RateStart(Action, verb="its"):
    """Begin to rate item by item, or go on."""

    run: int
    step: str


@dataclass(frozen=True, slots=True)
class RateItem(Action, verb="itr"):
    """Rate an item; `base` is what its rater saw there, `number` is empty for "don't know", "!" for not agreed."""

    run: int
    step: str
    item: str
    base: str
    number: str


@dataclass(frozen=True, slots=True)
class RateMove(Action, verb="itm"):
    """`do`: back, skip; behind a number also: number (back to it), on (leave the rest unsaid)."""

    run: int
    step: str
    item: str
    do: str


@dataclass(frozen=True, slots=True)
class ReadPlan(Action, verb="xrp"):
    """Read the plan of another group, as a step asks for."""

    run: int
    page: int
    step: str


@dataclass(frozen=True, slots=True)
class Drawn(Action, verb="drw"):
    """Send a product as a picture."""

    run: int


@dataclass(frozen=True, slots=True)
class Picture(Action, verb="pic"):
    """Send the grid of a product as a picture; `step` is the one whose section it is."""

    run: int
    step: str


@dataclass(frozen=True, slots=True)
class TakeOffered(Action, verb="tof"):
    """Begin a text from an earlier entry; `item` is what it goes by."""

    run: int
    step: str
    item: str
