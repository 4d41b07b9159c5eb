"""Callback data of what became of a plan; see `callbacks`."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


@dataclass(frozen=True, slots=True)
class ShowHistory(Action, verb="ph"):
    """What was reported about an action, the newest first."""

    plan: int
    action: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowChart(Action, verb="pch"):
    """How a measure went, as a picture."""

    plan: int
    action: int
    kpi: int
