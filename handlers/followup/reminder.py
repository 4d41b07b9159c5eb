"""How does an action stand? Asked before the day on which it or a milestone is due, on it, and after it."""

from __future__ import annotations

from typing import Any

from bot.core import hours, reports
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind
from bot.core.message import Phrase, Rows, ShortDay
from bot.core.plan import Action, Field, Progress
from bot.core.words import shortened
from handlers.context import Here, Reader
from handlers.followup.parts import Part, answer_button, answers, part, settle
from handlers.plan.card import reports as may_report
from handlers.plan.desk import PlanDesk, plan_desk_for

TITLE_SHOWN = 120
ONE_TAP = (Progress.DONE, Progress.ON_TRACK)


async def desk_of(reader: Reader, person: Person, fire: Fire) -> tuple[PlanDesk, Action] | None:
    """The plan and the action that something is about, for its reader; None where there is nothing to ask any more."""
    desk = await plan_desk_for(reader, person, await reader.plan(fire.plan_id))
    action = desk.plan.action(fire.action) if desk else None
    return (desk, action) if desk is not None and action is not None else None


@part(FireKind.DUE, FireKind.MILESTONE)
async def reminder(reader: Reader, person: Person, fire: Fire, menu: str) -> Part | None:
    found = await desk_of(reader, person, fire)
    if found is None:
        return None
    desk, action = found
    today = hours.day_of(fire.done_at or reader.present(), desk.workshop.zone)
    brief = when(fire, action, (fire.on - today).days)
    if fire.answer:
        status = Phrase(f"plan.progress.{action.progress.value}")
        return Part(brief, [Phrase("followup.answered", {"title": action.title, "status": status})])
    return Part(brief, [brief], _rows(fire))


def when(fire: Fire, action: Action, days: int) -> Phrase:
    """An action, or its milestone, and in how many days it is due."""
    milestone = action.item(Field.MILESTONES, fire.item) if fire.item else None
    title = getattr(milestone, "name", "") or action.title
    about: dict[str, Any] = {"title": shortened(title, TITLE_SHOWN), "day": ShortDay(fire.on)}
    if days == 0:
        return Phrase("remind.today", about)
    return Phrase("remind.before" if days > 0 else "remind.after", {**about, "count": abs(days)})


def _rows(fire: Fire) -> Rows:
    return (tuple(answer_button(f"plan.progress.{each.value}", fire, each.value) for each in ONE_TAP),)


@answers(FireKind.DUE, FireKind.MILESTONE)
async def answered(here: Here, fire: Fire, answer: str) -> None:
    found = await desk_of(here.turn, here.person, fire)
    if found is None:
        raise Refusal("plan.gone")
    desk, action = found
    if not may_report(desk, action):
        raise Refusal("plan.not_yours")
    plan = reports.report_progress(desk.plan, action.number, Progress(answer), by=desk.actor.party, now=here.turn.now)
    here.turn.put(plan)
    await settle(here, fire, answer)
