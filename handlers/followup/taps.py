"""Callback data of what comes unasked; see `callbacks`."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


@dataclass(frozen=True, slots=True)
class FireShow(Action, verb="fs"):
    """Show one of the things in a message, with its answers; `menu` is which of them, and "list" all things again."""

    fire: int
    menu: str


@dataclass(frozen=True, slots=True)
class FireDo(Action, verb="fd"):
    """Answer something that was asked: what an answer is called depends on what was asked."""

    fire: int
    answer: str


@dataclass(frozen=True, slots=True)
class SkipLine(Action, verb="fl"):
    """Give no line on what is in the way."""

    plan: int
    action: int


@dataclass(frozen=True, slots=True)
class SkipMeasure(Action, verb="fm"):
    """A measure's value isn't known yet."""

    plan: int
    action: int
    kpi: int


@dataclass(frozen=True, slots=True)
class WishDo(Action, verb="fw"):
    """Decide about what somebody who was reminded (`fire`) would have otherwise: "grant" it, or "keep" it as it is."""

    fire: int
    do: str
