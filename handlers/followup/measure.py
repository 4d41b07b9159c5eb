"""What has a measure come to? Asked of the owner at the measure's own rhythm."""

from __future__ import annotations

from typing import Any

from bot.core import reports
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind
from bot.core.message import Phrase
from bot.core.words import shortened
from handlers.context import Here, Reader, button
from handlers.followup.later import CHOICES, MENU, later_rows, put_off, put_off_line
from handlers.followup.measuring import ask_measures, known_values, measure_of
from handlers.followup.owned import desk_for, desk_of
from handlers.followup.parts import Part, answer_button, answers, part, settle, show_again
from handlers.followup.taps import FireShow
from handlers.plan.card import reports as may_report
from handlers.plan.list_taps import ShowAction

TITLE_SHOWN = 80


@part(FireKind.MEASURE)
async def measure(reader: Reader, person: Person, fire: Fire, menu: str) -> Part | None:
    desk = await desk_for(reader, person, fire)
    action = desk.plan.action(fire.action) if desk else None
    kpi = measure_of(action, fire.item) if action else None
    if desk is None or action is None or kpi is None:
        return Part(Phrase("measure.gone"), [Phrase("measure.gone")]) if fire.done_at else None
    brief = Phrase("measure.brief", {"measure": kpi.name})
    card = ((button("label.plan.see", ShowAction(desk.plan.id, action.number, 0, "card")),),)
    if fire.answer == MENU:
        return Part(brief, [put_off_line(fire, kpi.name)], card)
    if fire.answer == "measured" and (said := reports.values(desk.plan, action, kpi)):
        return Part(brief, [Phrase("measure.said", {"measure": kpi.name, "value": said[-1].text})], card)
    if fire.answer:
        return Part(brief, [Phrase("measure.unknown", {"measure": kpi.name})], card)
    about: dict[str, Any] = {"measure": kpi.name, "unit": kpi.unit}
    body = [
        Phrase("line.heading", {"title": shortened(action.title, TITLE_SHOWN)}),
        Phrase("measure.ask_in" if kpi.unit else "measure.ask", about),
        *known_values(desk, action, kpi, person.language),
    ]
    give = answer_button("label.measure.give", fire, "give", style="primary")
    unknown = answer_button("label.measure.unknown", fire, "unknown")
    rows = later_rows(fire) if menu == MENU else ((give, unknown), (button("label.later", FireShow(fire.id, MENU)),))
    return Part(brief, body, rows)


@answers(FireKind.MEASURE)
async def measure_answered(here: Here, fire: Fire, answer: str) -> None:
    desk = await desk_of(here, fire)
    action = desk.plan.action(fire.action)
    if action is None or measure_of(action, fire.item) is None or fire.answer:
        await show_again(here, fire, shown=fire.id)
    elif not may_report(desk, action):
        raise Refusal("plan.not_yours")
    elif answer == "give":
        ask_measures(here, desk, action, [fire.item], fire)
    elif answer == "unknown":
        await settle(here, fire, answer)
    elif answer in CHOICES:
        await put_off(here, fire, answer)
    else:
        raise Refusal("tap.old")
