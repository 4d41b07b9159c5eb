"""The ways from a message that came unasked into the plan: what somebody was in the middle of comes back afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core import plan_filling
from bot.core.plan import Field
from bot.core.plan_dialogue import ActionView, PlanView
from handlers.context import Here
from handlers.days import dates
from handlers.plan.desk import PlanDesk, changeable, visible


async def open_card(here: Here, plan_id: int, number: int, **what: Any) -> None:
    """Show an action, or what `what` names of it."""
    await visible(here, plan_id, number)
    here.ask_aside(ActionView(plan_id=plan_id, action=number, **what))


async def open_fields(here: Here, plan_id: int, number: int) -> None:
    """Show what can be changed about an action."""
    await changeable(here, plan_id, number)
    here.ask_aside(ActionView(plan_id=plan_id, action=number, view="fields"))


def open_plan(here: Here, desk: PlanDesk) -> None:
    here.ask_aside(PlanView(workshop_id=desk.workshop.id, plan_id=desk.plan.id))


async def ask_who(
    here: Here, plan_id: int, number: int, field: Field = Field.OWNER, item: int = 0, *, fire: int = 0
) -> None:
    """Ask who takes over: as the owner, as one of those responsible, or as the one who tells an audience (`item`); or
    for another day, of the action or of a milestone (`item`). With `fire`, the message that was tapped on says what
    came of it."""
    desk, _ = await changeable(here, plan_id, number)
    part = "due_on" if field is Field.MILESTONES else "sender"
    asked = (
        plan_filling.ask_part(desk.plan, number, field, item, part, only=True)
        if item
        else plan_filling.ask(desk.plan, number, field, only=True)
    )
    message = here.message_id if here.query_id and fire else 0
    today = dates.today_in(here.turn.now, desk.workshop.zone)
    here.ask_aside(replace(asked, on=today, fire=fire, message=message))
