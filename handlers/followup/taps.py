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
class CheckInSkip(Action, verb="cks"):
    """Leave open what is in the way of an action, or what a measure of it has come to."""

    plan: int
    action: int
    kpi: int
