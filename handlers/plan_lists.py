"""Plans on show. Stand-in until the real one is merged."""

from __future__ import annotations

from bot.core.dialogue import Person
from bot.core.message import Phrase, Screen
from bot.core.plan import Field
from bot.core.plan_access import group_of
from bot.core.plan_dialogue import PlanView
from handlers.context import Here, Reader, button, command, lines, screen
from handlers.plan_desk import PlanDesk, plan_desk_for, plan_of_group
from handlers.plan_taps import PlanAdd, PlanResume
from handlers.plan_words import value_words


def show_action(here: Here, desk: PlanDesk, number: int) -> None:
    here.ask(PlanView(workshop_id=desk.workshop.id, plan_id=desk.plan.id, view="action", action=number))


@screen(PlanView)
async def plan_view(reader: Reader, person: Person, dialogue: PlanView) -> Screen | None:
    desk = await plan_desk_for(reader, person, await reader.plan(dialogue.plan_id))
    if desk is None:
        return None
    action = desk.plan.action(dialogue.action)
    if action is None:
        rows = tuple(
            (button("label.plan.go_on", PlanResume(desk.plan.id, each.number)),) for each in desk.plan.actions()
        )
        return Screen("lines", lines(desk.title), (*rows, (button("label.open", PlanAdd(desk.plan.id), id="+"),)))
    body = [
        Phrase(
            "entries.cell", {"label": Phrase(f"plan.field.{field.value}"), "text": value_words(desk, action.get(field))}
        )
        for field in Field
        if action.get(field) not in ("", None, ()) and field is not Field.PROGRESS
    ]
    return Screen("lines", lines(*body), ((button("label.close", PlanAdd(desk.plan.id)),),))


@command("plan")
async def plan_(here: Here, rest: str) -> None:
    workshop, member = await here.current_workshop()
    plan = await plan_of_group(here.turn, workshop, group_of(here.turn.programme(workshop), workshop, member))
    here.ask(PlanView(workshop_id=workshop.id, plan_id=plan.id))
