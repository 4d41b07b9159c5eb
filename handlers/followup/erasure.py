"""What is going to be forgotten for good, and the way to take it out before."""

from __future__ import annotations

from typing import Any

from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind
from bot.core.message import Phrase
from bot.core.plan_dialogue import PlanExport
from bot.core.workshop import Workshop
from handlers.context import Here, Reader
from handlers.files.making import desks_of, may_take
from handlers.followup.owned import desk_for
from handlers.followup.parts import Part, answer_button, answers, part
from handlers.plan.desk import PlanDesk


@part(FireKind.ERASURE)
async def erasure(reader: Reader, person: Person, fire: Fire, menu: str) -> Part | None:
    workshop = await reader.workshop(fire.workshop_id)
    if workshop is None:
        return None
    leads = workshop.organiser.user_id == person.user_id
    desk = await desk_for(reader, person, fire) if fire.plan_id else None
    if leads == bool(fire.plan_id) or (fire.plan_id and desk is None):
        return None  # the organiser is told once, of all of it
    about: dict[str, Any] = {"title": workshop.title, "day": workshop.kept_until, "organiser": workshop.organiser.name}
    brief = Phrase("erasure.brief", about)
    if desk is None:
        there = bool(await desks_of(reader, person, workshop))
        body = Phrase("erasure.all", about)
    else:
        there = may_take(desk)
        body = Phrase("erasure.plan" if there else "erasure.plan_no_file", {**about, "group": desk.plan.group})
    return Part(
        brief, [body], ((answer_button("label.erasure.file", fire, "file", style="primary"),),) if there else ()
    )


@answers(FireKind.ERASURE)
async def answered(here: Here, fire: Fire, answer: str) -> None:
    if answer != "file":
        raise Refusal("tap.old")
    workshop = (await here.member(fire.workshop_id))[0]
    desks = await desks_of(here.turn, here.person, workshop)
    here.ask_aside(_export(workshop, desks, fire))


def _export(workshop: Workshop, desks: list[PlanDesk], fire: Fire) -> PlanExport:
    """The question in which form; where it isn't about one plan alone, of which one first."""
    plans = [desk.plan.id for desk in desks]
    if not plans:
        raise Refusal("export.no_plan")
    if fire.plan_id and fire.plan_id not in plans:
        raise Refusal("plan.not_yours")
    only = fire.plan_id or (plans[0] if len(plans) == 1 else 0)
    return PlanExport(workshop_id=workshop.id, plan_id=only)
