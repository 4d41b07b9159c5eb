"""People who are named in a plan and aren't in the room."""

from __future__ import annotations

from handlers.context import Here
from handlers.plan_desk import PlanDesk


async def named(here: Here, before: PlanDesk, after: PlanDesk) -> None:
    """Stand-in."""


async def offer_picker(here: Here) -> None:
    """Stand-in."""
