"""What a plan is to achieve, in one sentence: written and rewritten by its group."""

from __future__ import annotations

from dataclasses import replace

from bot.core import planning
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Phrase, Screen
from bot.core.plan_dialogue import PlanGoal, PlanView
from bot.core.planning import LONGEST_GOAL, Overtaken
from handlers.context import Here, Reader, button, lines, on_text, screen, tap
from handlers.plan import list_taps as to
from handlers.plan.desk import PlanDesk, goal_of, plan_desk_for, plan_desk_of


async def _desk(here: Here, plan_id: int) -> PlanDesk:
    """The plan, for a change of its goal. Refuses whoever isn't of its group and doesn't lead."""
    desk = await plan_desk_of(here, plan_id)
    if not desk.actor.plans:
        raise Refusal("plan.not_yours")
    return desk


@tap(to.ChangeGoal)
async def change_goal(here: Here, action: to.ChangeGoal) -> None:
    desk = await _desk(here, action.plan)
    here.ask(PlanGoal(plan_id=desk.plan.id, base=desk.plan.goal))


@screen(PlanGoal)
async def goal_screen(reader: Reader, person: Person, dialogue: PlanGoal) -> Screen | None:
    desk = await plan_desk_for(reader, person, await reader.plan(dialogue.plan_id))
    if desk is None or not desk.actor.plans:
        return None
    plan = desk.plan
    if dialogue.mine:
        rows = (
            (button("label.keep_theirs", to.SettleGoal(plan.id, 0)),),
            (button("label.use_mine", to.SettleGoal(plan.id, 1)),),
        )
        return Screen("plan.conflict", {"theirs": plan.goal, "mine": dialogue.mine}, rows)
    goal = await goal_of(reader, desk)
    heading = Phrase("plans.heading", {"title": desk.title})
    text = lines(
        heading,
        Phrase("plan.now", {"text": goal}) if goal else None,
        "",
        Phrase("goal.ask", {"longest": LONGEST_GOAL}),
    )
    back = button("label.back", to.ShowPlan(plan.workshop_id, plan.id, 0, "list", ""))
    return Screen("lines", text, ((back,),), closing=heading)


@on_text(PlanGoal)
async def write_goal(here: Here, dialogue: PlanGoal, text: str) -> None:
    desk = await _desk(here, dialogue.plan_id)
    if dialogue.mine:
        raise Refusal("input.choose")
    try:
        plan = planning.set_goal(desk.plan, text, base=dialogue.base)
    except Overtaken as overtaken:
        here.ask(replace(dialogue, mine=overtaken.mine))
        return
    here.turn.put(plan)
    here.acknowledge()
    here.ask(PlanView(workshop_id=plan.workshop_id, plan_id=plan.id))


@tap(to.SettleGoal)
async def settle_goal(here: Here, action: to.SettleGoal) -> None:
    dialogue = here.person.dialogue
    if not isinstance(dialogue, PlanGoal) or dialogue.plan_id != action.plan or not dialogue.mine:
        raise Refusal("tap.old")
    desk = await _desk(here, action.plan)
    if action.mine:
        here.turn.put(planning.set_goal(desk.plan, dialogue.mine))
    here.ask(PlanView(workshop_id=desk.workshop.id, plan_id=desk.plan.id))
