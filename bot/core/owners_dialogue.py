"""What is asked of owners, and of groups about their plan, long after the workshop; see `dialogue`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.core.plan import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalating:
    """Who is told where an action of a plan is stuck, and (once `to` is known) after how many days."""

    kind: Literal["escalating"] = "escalating"
    plan_id: int
    to: Party = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correcting:
    """What is being done about an action that is stuck."""

    kind: Literal["correcting"] = "correcting"
    plan_id: int
    action: int
