"""Taps on the calendar of a due date that ask for nothing."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.errors import Refusal
from handlers.callbacks import Action
from handlers.context import Here, tap


@dataclass(frozen=True, slots=True)
class Blank(Action, verb="blank"):
    """A cell of the calendar that is no day to choose: a heading, a day that has passed."""


@tap(Blank)
async def blank(here: Here, action: Blank) -> None:
    """A tap is answered by nothing; whoever typed what stands in the cell is told what may be typed."""
    if not here.query_id:
        raise Refusal("input.choose")
