"""What measures have come to: asked for one after the other, with what was aimed for and what was said last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.core import reports
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.fires import Fire
from bot.core.followup_dialogue import AskMeasure
from bot.core.message import Phrase, Screen
from bot.core.plan import Action, Field, Kpi
from bot.core.words import shortened
from handlers.callbacks import Close
from handlers.context import Here, Reader, button, lines, on_text, screen, tap
from handlers.days import dates
from handlers.followup.parts import settle
from handlers.followup.taps import SkipMeasure
from handlers.plan.card import reports as may_report
from handlers.plan.desk import PlanDesk, plan_desk_for, visible

TITLE_SHOWN = 120


def ask_measures(here: Here, desk: PlanDesk, action: Action, kpis: Sequence[int], fire: Fire | None = None) -> None:
    """Ask what measures of an action have come to; nothing where there are none."""
    if not kpis:
        return
    message = here.message_id if here.query_id and fire is not None else 0
    here.ask_aside(
        AskMeasure(
            plan_id=desk.plan.id,
            action=action.number,
            kpis=tuple(kpis),
            all=len(kpis),
            fire=fire.id if fire else 0,
            message=message,
        )
    )


def measure_of(action: Action, id: int) -> Kpi | None:
    found = action.item(Field.KPIS, id)
    return found if isinstance(found, Kpi) else None


def known_values(desk: PlanDesk, action: Action, kpi: Kpi, language: str) -> list[Phrase]:
    """Where a measure stood, what is aimed for, and what was said last."""
    found = []
    if kpi.baseline:
        found.append(Phrase("measure.baseline", {"value": kpi.baseline}))
    if kpi.target:
        found.append(Phrase("measure.target", {"value": kpi.target}))
    if said := reports.values(desk.plan, action, kpi):
        day = dates.today_in(said[-1].at, desk.workshop.zone)
        last = {"value": said[-1].text, "day": dates.short(day, language, desk.year)}
        found.append(Phrase("measure.last", last))
    return found


@screen(AskMeasure)
async def measure_screen(reader: Reader, person: Person, dialogue: AskMeasure) -> Screen | None:
    desk = await plan_desk_for(reader, person, await reader.plan(dialogue.plan_id))
    action = desk.plan.action(dialogue.action) if desk else None
    kpi = measure_of(action, dialogue.kpis[0]) if action else None
    if desk is None or action is None or kpi is None or not may_report(desk, action):
        return None
    heading = Phrase("line.heading", {"title": shortened(action.title, TITLE_SHOWN)})
    if dialogue.all > 1:
        at = dialogue.all - len(dialogue.kpis) + 1
        heading = Phrase(
            "measure.heading", {"title": shortened(action.title, TITLE_SHOWN), "at": at, "of": dialogue.all}
        )
    params: dict[str, Any] = {"measure": kpi.name}
    text = lines(
        heading,
        "",
        Phrase("measure.ask_in" if kpi.unit else "measure.ask", {**params, "unit": kpi.unit} if kpi.unit else params),
        *known_values(desk, action, kpi, person.language),
    )
    row = (
        button("label.measure.unknown", SkipMeasure(desk.plan.id, action.number, kpi.id)),
        button("label.cancel", Close()),
    )
    return Screen("lines", text, (row,), closing=heading)


@on_text(AskMeasure)
async def value_given(here: Here, dialogue: AskMeasure, text: str) -> None:
    desk, action = await visible(here, dialogue.plan_id, dialogue.action)
    if not may_report(desk, action):
        raise Refusal("plan.not_yours")
    if not any(each.isdigit() for each in text):
        raise Refusal("measure.no_number")
    by = desk.actor.party
    here.turn.put(reports.measure(desk.plan, action.number, dialogue.kpis[0], text, by=by, now=here.turn.now))
    here.acknowledge()
    await _next(here, dialogue, "measured")


@tap(SkipMeasure)
async def skip(here: Here, action: SkipMeasure) -> None:
    dialogue = here.person.dialogue
    asked = (action.plan, action.action, action.kpi)
    if not isinstance(dialogue, AskMeasure) or (dialogue.plan_id, dialogue.action, dialogue.kpis[0]) != asked:
        raise Refusal("tap.old")
    await _next(here, dialogue, "unknown")


async def _next(here: Here, dialogue: AskMeasure, answer: str) -> None:
    """The next measure, or the end."""
    if len(dialogue.kpis) > 1:
        here.change(dialogue=replace(dialogue, kpis=dialogue.kpis[1:]))
        return
    here.ask(None)
    fire = await here.turn.fire(dialogue.fire) if dialogue.fire else None
    if fire is not None and fire.user_id == here.user_id:
        await settle(here, fire, answer, message=dialogue.message)
