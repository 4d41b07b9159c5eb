"""An action in front of somebody: which of its screens is on show, and keeping what was changed there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core.errors import Refusal
from bot.core.plan import Action, ActionPlan
from bot.core.plan_dialogue import ActionView, PlanGoal, PlanView
from handlers.context import Here
from handlers.plan.desk import PlanDesk, visible


def look_at(here: Here, desk: PlanDesk, number: int, **what: Any) -> None:
    """Put an action's card on show, or what `what` names in its place."""
    here.ask(card_of(here, desk, number, **what))


def card_of(here: Here, desk: PlanDesk, number: int, **what: Any) -> ActionView:
    """An action's card, or what `what` names in its place. [Back] leads to the list of the workshop's plans that it was
    opened from."""
    dialogue = here.person.dialogue
    back: PlanView | None = None
    if isinstance(dialogue, ActionView) and dialogue.plan_id == desk.plan.id:
        back = dialogue.back
    elif isinstance(dialogue, PlanView) and dialogue.workshop_id == desk.workshop.id:
        back = replace(dialogue, elsewhere=())
    return ActionView(plan_id=desk.plan.id, action=number, back=back, **what)


def led_to(here: Here, view: ActionView | PlanView) -> None:
    """Show something of a plan, from a button. Such buttons stand on a plan's own screens, and below messages that may
    have come in the middle of any question: that one comes back afterwards."""
    if isinstance(here.person.dialogue, ActionView | PlanView | PlanGoal):
        here.ask(view)
    else:
        here.ask_aside(view)


async def planned(here: Here, plan_id: int, number: int) -> tuple[PlanDesk, Action]:
    """A plan and one of its actions, for the group whose plan it is, and for those who lead."""
    desk, action = await visible(here, plan_id, number)
    if not desk.actor.plans:
        raise Refusal("plan.not_yours")
    return desk, action


def keep(here: Here, desk: PlanDesk, plan: ActionPlan) -> PlanDesk:
    """Note how the plan is from now on."""
    if plan is not desk.plan:
        here.turn.put(plan)
    return replace(desk, plan=plan)
