"""How does an action stand? Asked before the day on which it or a milestone is due, on it, and after it; and when
nothing has helped, its owner is asked what shall become of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.core import hours, planning
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind, FireStatus
from bot.core.message import Moment, Phrase, Rows, ShortDay
from bot.core.plan import Action, Field, Progress
from bot.core.words import shortened
from bot.planner import hours_of
from handlers.context import Here, Reader, button
from handlers.days import dates
from handlers.followup import standing
from handlers.followup.later import CHOICES, MENU, later_rows, put_off, put_off_line
from handlers.followup.parts import Part, answer_button, answers, part, settle, show_again
from handlers.followup.taps import FireShow
from handlers.plan import asides
from handlers.plan.desk import PlanDesk, plan_desk_for
from handlers.plan.list_taps import ShowAction, ShowPlan

TITLE_SHOWN = 120
KEEP_ON = timedelta(weeks=4)  # until an owner who keeps on is asked again
DROP = "drop"
ASKED = {"date": Field.DUE_ON, "else": Field.RESPONSIBLE}  # what an answer asks for in the plan
WISHES = {"date": "date", "else": "person"}  # the same for somebody who may not change it
SAID = ("wish_date", "wish_person", "date", "else", "keep")


async def desk_of(reader: Reader, person: Person, fire: Fire) -> PlanDesk | None:
    """The plan that something is about, for its reader; None where they have no business with it any more."""
    return await plan_desk_for(reader, person, await reader.plan(fire.plan_id))


@part(FireKind.DUE, FireKind.MILESTONE, FireKind.DECIDE)
async def reminder(reader: Reader, person: Person, fire: Fire, menu: str) -> Part | None:
    desk = await desk_of(reader, person, fire)
    versions = desk.plan.history.get(fire.action) if desk else None
    if desk is None or not versions:
        return None
    action = versions[-1]
    today = hours.day_of(fire.done_at or reader.present(), desk.workshop.zone)
    brief = when(fire, action, (fire.on - today).days)
    card = (button("label.plan.see", ShowAction(desk.plan.id, action.number, 0, "card")),)
    if fire.answer:
        return Part(brief, [outcome(fire, action)], () if action.removed else (card,))
    if (changed := changed_since(desk, fire, action, person.language)) is not None:
        everything = (button("label.plan.see", ShowPlan(desk.workshop.id, desk.plan.id, 0, "list", "")),)
        return Part(brief, [changed], (everything if action.removed else card,)) if fire.done_at else None
    asked: list[Any] = [brief]
    if fire.party and fire.party != desk.actor.party and fire.kind is not FireKind.DECIDE:
        asked.append(Phrase("remind.in_place", {"name": desk.name(fire.party)}))
    if fire.kind is FireKind.DECIDE:
        asked.append(Phrase("remind.drop_ask" if menu == DROP else "remind.decide"))
    return Part(brief, asked, _rows(fire, menu))


def when(fire: Fire, action: Action, days: int) -> Phrase:
    """An action, or its milestone, and in how many days it is due."""
    milestone = action.item(Field.MILESTONES, fire.item) if fire.item else None
    title = getattr(milestone, "name", "") or action.title
    about: dict[str, Any] = {"title": shortened(title, TITLE_SHOWN), "day": ShortDay(fire.on)}
    if days == 0:
        return Phrase("remind.today", about)
    return Phrase("remind.before" if days > 0 else "remind.after", {**about, "count": abs(days)})


def _rows(fire: Fire, menu: str) -> Rows:
    if menu == MENU:
        return later_rows(fire)
    if menu == DROP:
        drop = answer_button("label.remind.drop_yes", fire, "drop_yes", style="danger")
        return ((drop, button("label.back", FireShow(fire.id, ""))),)
    date, other = (answer_button(f"label.remind.{each}", fire, each) for each in ASKED)
    if fire.kind is FireKind.DECIDE:
        done = answer_button("plan.progress.done", fire, Progress.DONE.value)
        drop = button("label.remind.drop", FireShow(fire.id, DROP))
        return ((done, date), (other, drop), (answer_button("label.remind.keep", fire, "keep"),))
    asked = [
        answer_button(f"plan.progress.{each.value}", fire, each.value)
        for each in (Progress.DONE, Progress.ON_TRACK, Progress.AT_RISK, Progress.BLOCKED)
    ]
    later = button("label.later", FireShow(fire.id, MENU))
    return (tuple(asked[:2]), tuple(asked[2:]), (date, other), (later,))


def outcome(fire: Fire, action: Action) -> Phrase:
    """What came of it."""
    title = shortened(action.title, TITLE_SHOWN)
    if fire.answer == MENU:
        return put_off_line(fire, title)
    if fire.answer == "keep":
        return Phrase("remind.kept_on", {"title": title, "at": Moment(fire.due_at, "day")})
    if fire.answer == "date" and action.due_on is not None and action.due_on != fire.on:
        return Phrase("remind.new_day", {"title": title, "day": ShortDay(action.due_on)})
    if fire.answer in (*SAID, "drop_yes"):
        return Phrase(f"remind.said.{fire.answer}", {"title": title})
    return Phrase("followup.answered", {"title": title, "status": Phrase(f"plan.progress.{fire.answer}")})


def changed_since(desk: PlanDesk, fire: Fire, action: Action, language: str) -> Phrase | None:
    """What has become of an action since it was asked about, where that leaves nothing to answer."""
    by = desk.name(action.changed_by)
    day = dates.short(dates.today_in(action.changed_at, desk.workshop.zone), language, desk.workshop.first_on.year)
    about: dict[str, Any] = {"title": shortened(action.title, TITLE_SHOWN), "name": by, "day": day}
    if action.removed:
        return Phrase("since.removed", about)
    if action.progress is Progress.DONE:
        return Phrase("since.done", about)
    milestone = action.item(Field.MILESTONES, fire.item) if fire.item else None
    due_on = getattr(milestone, "due_on", None) if fire.item else action.due_on
    if due_on is None:
        return Phrase("since.no_day", about)
    if due_on != fire.on:
        return Phrase("since.new_day", {**about, "due": ShortDay(due_on)})
    named = (action.owner,) if fire.kind is FireKind.DECIDE else action.responsible or (action.owner,)
    if fire.party and fire.party not in named:
        return Phrase("since.others", {**about, "names": [desk.name(each) for each in named if each]})
    return None


# Answers ---------------------------------------------------------------------------------------------------------


@answers(FireKind.DUE, FireKind.MILESTONE, FireKind.DECIDE)
async def answered(here: Here, fire: Fire, answer: str) -> None:
    desk = await desk_of(here.turn, here.person, fire)
    if desk is None:
        raise Refusal("plan.not_yours")
    action = desk.plan.action(fire.action)
    if action is None or fire.answer or changed_since(desk, fire, action, here.person.language) is not None:
        await show_again(here, fire, shown=fire.id)  # it says what has changed
        return
    if answer in CHOICES and fire.kind is not FireKind.DECIDE:
        await put_off(here, fire, answer)
    elif answer in ASKED:
        await _otherwise(here, desk, action, fire, answer)
    elif fire.kind is FireKind.DECIDE and answer == "keep":
        await _keep_on(here, desk, fire)
    elif fire.kind is FireKind.DECIDE and answer == "drop_yes":
        if not desk.actor.changes(desk.plan, action):
            raise Refusal("plan.not_yours")
        by = desk.actor.party
        here.turn.put(planning.remove(desk.plan, action.number, action.version, by=by, now=here.turn.now))
        await settle(here, fire, answer)
    elif answer in set(Progress) - {Progress.NOT_STARTED}:
        await standing.report(here, desk, action, Progress(answer), fire)
    else:
        raise Refusal("tap.old")


async def _otherwise(here: Here, desk: PlanDesk, action: Action, fire: Fire, answer: str) -> None:
    """Another day, or somebody else: asked for where they may change it, else passed on to whoever answers for it."""
    if desk.actor.changes(desk.plan, action):
        await asides.ask_who(here, desk.plan.id, action.number, ASKED[answer])
        await settle(here, fire, answer)
    else:
        await standing.wish(here, desk.plan.id, action.number, WISHES[answer], fire)


async def _keep_on(here: Here, desk: PlanDesk, fire: Fire) -> None:
    own = hours_of(here.turn, desk.workshop, here.person)
    due_at = own.next_open(here.turn.now + KEEP_ON)
    pending = replace(fire, status=FireStatus.PENDING, due_at=due_at, meant_at=None, by_hand=True, done_at=None)
    await settle(here, pending, "keep")
