"""If it gets stuck: a group agrees on who is told, and after how many days. Nobody is, unless it chooses somebody."""

from __future__ import annotations

from typing import Any

from bot.core import escalating
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Phrase, Priority, Screen
from bot.core.owners_dialogue import Escalating
from bot.core.plan import Party
from bot.core.plan_dialogue import PlanView
from handlers.callbacks import pack
from handlers.context import Here, Reader, button, lines, on_text, screen, tap
from handlers.plan.desk import PlanDesk, plan_desk_for, plan_desk_of
from handlers.plan.escalation_taps import AskStuck, StuckAfter, StuckTo
from handlers.plan.list_taps import ShowPlan
from handlers.render import says

PER_ROW = 2


def rule_line(desk: PlanDesk) -> Phrase | None:
    """Who is told where an action is stuck, as it is agreed."""
    agreed = desk.plan.escalation
    if agreed is None or not desk.actor.plans:
        return None
    return Phrase("escalation.line", {"name": desk.name(agreed.to), "count": agreed.after})


async def _desk(here: Here, plan_id: int) -> PlanDesk:
    desk = await plan_desk_of(here, plan_id)
    if not desk.actor.plans:
        raise Refusal("plan.not_yours")
    return desk


def _offered(desk: PlanDesk) -> list[Party]:
    return escalating.may_be_told(desk.programme, desk.workshop, desk.plan)


@screen(Escalating)
async def escalating_screen(reader: Reader, person: Person, dialogue: Escalating) -> Screen | None:
    desk = await plan_desk_for(reader, person, await reader.plan(dialogue.plan_id))
    if desk is None or not desk.actor.plans:
        return None
    plan, agreed = desk.plan.id, desk.plan.escalation
    heading = Phrase("escalation.heading", {"group": desk.plan.group})
    if dialogue.to:
        text = lines(heading, "", Phrase("escalation.after", {"name": desk.name(dialogue.to)}))
        days = tuple(button("label.escalation.days", StuckAfter(plan, each), count=each) for each in escalating.OFFERED)
        return Screen("lines", text, (days, (button("label.back", AskStuck(plan)),)), closing=heading)
    text = lines(heading, rule_line(desk), "", Phrase("escalation.who"), Phrase("escalation.sees"))
    people = [_choice(desk, party, chosen=agreed is not None and agreed.to == party) for party in _offered(desk)]
    rows = [tuple(people[at : at + PER_ROW]) for at in range(0, len(people), PER_ROW)]
    if agreed is not None:
        rows.append((button("label.escalation.nobody", StuckTo(plan, "")),))
    back = button("label.back", ShowPlan(desk.workshop.id, plan, 0, "list", ""))
    return Screen("lines", text, (*rows, (back,)), closing=heading)


def _choice(desk: PlanDesk, party: Party, *, chosen: bool) -> Choice:
    name = desk.name(party)
    label: Any = Phrase("label.chosen", {"label": name}) if chosen else name
    return Choice(label, pack(StuckTo(desk.plan.id, party)))


@tap(AskStuck)
async def ask_stuck(here: Here, action: AskStuck) -> None:
    desk = await _desk(here, action.plan)
    here.ask(Escalating(plan_id=desk.plan.id))


@tap(StuckTo)
async def stuck_to(here: Here, action: StuckTo) -> None:
    desk = await _desk(here, action.plan)
    if not action.party:
        here.turn.put(escalating.nobody(desk.plan))
        here.ask(PlanView(workshop_id=desk.workshop.id, plan_id=desk.plan.id))
        return
    if action.party not in _offered(desk):
        raise Refusal("tap.old")
    here.ask(Escalating(plan_id=desk.plan.id, to=action.party))


@tap(StuckAfter)
async def stuck_after(here: Here, action: StuckAfter) -> None:
    dialogue = here.person.dialogue
    if not isinstance(dialogue, Escalating) or dialogue.plan_id != action.plan or not dialogue.to:
        raise Refusal("tap.old")
    await _agree(here, dialogue, action.days)


@on_text(Escalating)
async def escalating_text(here: Here, dialogue: Escalating, text: str) -> None:
    """Somebody's name, or how many days."""
    desk = await _desk(here, dialogue.plan_id)
    if dialogue.to:
        await _agree(here, dialogue, escalating.days_typed(text))
    else:
        named = [party for party in _offered(desk) if says(text, desk.name(party))]
        if len(named) != 1:
            raise Refusal("input.choose")
        here.ask(Escalating(plan_id=desk.plan.id, to=named[0]))
    here.acknowledge()


async def _agree(here: Here, dialogue: Escalating, days: int) -> None:
    desk = await _desk(here, dialogue.plan_id)
    if dialogue.to not in _offered(desk):
        raise Refusal("tap.old")
    plan = escalating.agree_on(desk.plan, dialogue.to, days)
    here.ask(PlanView(workshop_id=desk.workshop.id, plan_id=plan.id))
    user_id = desk.user_id(dialogue.to)
    if plan == desk.plan:
        return
    here.turn.put(plan)
    if user_id is not None and user_id != here.user_id:
        about: dict[str, Any] = {"name": desk.name(desk.actor.party), "group": plan.group, "count": days}
        await here.turn.say(user_id, "escalation.told", priority=Priority.LIVE, unasked=True, **about)
