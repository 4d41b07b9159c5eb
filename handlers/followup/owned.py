"""The plan that a message is about, for its reader, and the actions of whoever it is meant for."""

from __future__ import annotations

from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.fires import Fire
from bot.core.plan import Action
from handlers.context import Here, Reader
from handlers.plan.desk import PlanDesk, plan_desk_for

MOST_LISTED = 8  # actions with a button each


async def desk_for(reader: Reader, person: Person, fire: Fire) -> PlanDesk | None:
    """The plan that something is about, for its reader; None where they have no business with it any more."""
    return await plan_desk_for(reader, person, await reader.plan(fire.plan_id))


async def desk_of(here: Here, fire: Fire) -> PlanDesk:
    """The same for an answer. Refuses whoever has no business with the plan any more."""
    desk = await desk_for(here.turn, here.person, fire)
    if desk is None:
        raise Refusal("plan.not_yours")
    return desk


def owned(desk: PlanDesk, fire: Fire) -> list[Action]:
    """The actions of whoever something is meant for: those that they answer for."""
    return [each for each in desk.plan.actions() if each.owner and each.owner == fire.party]


def numbered(answer: str) -> int:
    """The number of an action within an answer. Refuses what no button of ours says."""
    if not answer.isdecimal():
        raise Refusal("tap.old")
    return int(answer)
