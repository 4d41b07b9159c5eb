"""Publishing a plan: what stands is agreed, and the group is told."""

from __future__ import annotations

from typing import Any

from bot.core import agreement, planning
from bot.core.message import Priority
from bot.core.plan_dialogue import PlanView
from handlers.context import Here, button, tap
from handlers.plan import list_taps as to
from handlers.plan.desk import PlanDesk, goal_of, plan_desk_of
from handlers.plan.state_screens import may_agree, not_agreeing


@tap(to.AgreePlan)
async def agree_plan(here: Here, action: to.AgreePlan) -> None:
    desk = await plan_desk_of(here, action.plan)
    if not may_agree(desk):
        raise not_agreeing(desk)
    plan = desk.plan
    if not plan.goal and (goal := await goal_of(here.turn, desk)):
        plan = planning.set_goal(plan, goal[: planning.LONGEST_GOAL])  # what was found before is agreed, too
    plan = agreement.agree(plan, now=here.turn.now)
    here.turn.put(plan)
    await _tell_group(here, desk)
    here.ask(PlanView(workshop_id=desk.workshop.id, plan_id=plan.id))


async def _tell_group(here: Here, desk: PlanDesk) -> None:
    see = button("label.plan.see", to.ShowPlan(desk.workshop.id, desk.plan.id, 0, "list", ""))
    params: dict[str, Any] = {"name": desk.name(desk.actor.party), "count": len(desk.plan.actions())}
    for party in desk.members:
        user_id = desk.user_id(party)
        if user_id is not None and user_id != here.user_id:
            await here.turn.say(user_id, "agree.told", ((see,),), priority=Priority.LIVE, **params)
