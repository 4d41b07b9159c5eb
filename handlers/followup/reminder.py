"""How does an action stand? Asked before the day on which it or a milestone is due, on it, and after it; and when
nothing has helped, its owner is asked what shall become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.core import digest, hours, merging, planning, reports
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind, FireStatus
from bot.core.message import Choice, Moment, Phrase, Rows, ShortDay
from bot.core.plan import Action, Field, Party, Progress
from bot.core.words import shortened
from bot.planner import hours_of
from handlers.context import Here, Reader, button
from handlers.days import dates
from handlers.followup import standing, wishes
from handlers.followup.later import CHOICES, MENU, later_rows, put_off, put_off_line
from handlers.followup.owned import desk_for, desk_of
from handlers.followup.parts import Part, answer_button, answers, part, settle, show_again
from handlers.followup.taps import FireShow
from handlers.followup.wishes import subject
from handlers.plan import asides
from handlers.plan.desk import PlanDesk

TITLE_SHOWN = 120
KEEP_ON = timedelta(weeks=4)  # until an owner who keeps on is asked again
DROP = "drop"
OFFERED = (Progress.DONE, Progress.ON_TRACK, Progress.AT_RISK, Progress.BLOCKED)
WISHES = {"date": "date", "else": "person"}  # what an answer would have otherwise; see `wishes`
SAID = ("drop_yes", *(f"{what}{asks}" for what in (wishes.WISH, wishes.KEPT) for asks in WISHES.values()))
SHOW = "show"
KNOWING = "/"  # in an answer: how it stands, and what stood on the phone when it was tapped


@part(FireKind.DUE, FireKind.MILESTONE, FireKind.DECIDE)
async def reminder(reader: Reader, person: Person, fire: Fire, menu: str) -> Part | None:
    desk = await desk_for(reader, person, fire)
    versions = desk.plan.history.get(fire.action) if desk else None
    if desk is None or not versions:
        return None
    action = versions[-1]
    today = hours.day_of(fire.done_at or reader.present(), desk.workshop.zone)
    brief = when(fire, action, (fire.on - today).days)
    see = (answer_button("label.plan.see", fire, SHOW),)
    same = ("asked", fire.kind, desk.plan.id, action.number, fire.item, fire.on, fire.answer)
    if fire.answer:
        return Part(brief, [outcome(desk, fire, action)], () if action.removed else (see,), same=same)
    if (changed := await changed_since(reader, desk, fire, action, person.language)) is not None:
        return Part(brief, [changed], (see,)) if fire.done_at else None
    asked: list[Any] = [brief]
    if action.progress in standing.LINES or _said_since(desk, fire, action):
        asked.append(so_far(desk, action, person.language))
    if fire.kind is FireKind.DECIDE:
        asked.append(Phrase("remind.drop_ask" if menu == DROP else "remind.decide"))
        return Part(brief, asked, _rows(fire, action, menu))
    absent = (desk.name(fire.party),) if fire.party not in ("", desk.actor.party) else ()
    return Part(brief, asked, _rows(fire, action, menu), absent, same)


def when(fire: Fire, action: Action, days: int) -> Phrase:
    """An action, or its milestone, and in how many days it is due."""
    about: dict[str, Any] = {"title": subject(action, fire), "day": ShortDay(fire.on)}
    if days == 0:
        return Phrase("remind.today", about)
    return Phrase("remind.before" if days > 0 else "remind.after", {**about, "count": abs(days)})


def so_far(desk: PlanDesk, action: Action, language: str) -> Phrase:
    """How an action stands, as it was last said."""
    said = _who_said(desk, action)
    about: dict[str, Any] = {
        "status": Phrase(f"plan.progress.{action.progress.value}"),
        "name": desk.name(said.changed_by),
        "day": _day(desk, said, language),
        "line": digest.line_of(desk.plan, action),
    }
    return Phrase("remind.so_far_line" if about["line"] else "remind.so_far", about)


def _who_said(desk: PlanDesk, action: Action) -> Action:
    """The version of an action since which it stands as it does."""
    return desk.plan.since(action.number, lambda each: each.progress)


def _said_since(desk: PlanDesk, fire: Fire, action: Action) -> bool:
    """Whether somebody has said how an action stands since that was asked."""
    return fire.done_at is not None and _who_said(desk, action).changed_at > fire.done_at


def _day(desk: PlanDesk, version: Action, language: str) -> str:
    """When a version was made."""
    return dates.short(dates.today_in(version.changed_at, desk.workshop.zone), language, desk.year)


def _rows(fire: Fire, action: Action, menu: str) -> Rows:
    if menu == MENU:
        return later_rows(fire)
    if menu == DROP:
        drop = answer_button("label.remind.drop_yes", fire, "drop_yes", style="danger")
        return ((drop, button("label.back", FireShow(fire.id, ""))),)
    date, other = (answer_button(f"label.remind.{each}", fire, each) for each in WISHES)
    if fire.kind is FireKind.DECIDE:
        done = _progress_button(fire, action, Progress.DONE)
        drop = button("label.remind.drop", FireShow(fire.id, DROP))
        return ((done, date), (other, drop), (answer_button("label.remind.keep", fire, "keep"),))
    asked = [_progress_button(fire, action, each) for each in OFFERED]
    later = button("label.later", FireShow(fire.id, MENU))
    return (tuple(asked[:2]), tuple(asked[2:]), (date, other), (later,))


def _progress_button(fire: Fire, action: Action, progress: Progress) -> Choice:
    """A button that also knows what stood on the phone: see `answered`."""
    return answer_button(f"plan.progress.{progress.value}", fire, f"{progress.value}{KNOWING}{action.progress.value}")


def outcome(desk: PlanDesk, fire: Fire, action: Action) -> Phrase:
    """What came of it."""
    title = subject(action, fire)
    if fire.answer == MENU:
        return put_off_line(fire, title)
    if fire.answer == "keep":
        return Phrase("remind.kept_on", {"title": title, "at": Moment(fire.due_at, "day")})
    if fire.answer in ("date", f"{wishes.GIVEN}date"):
        day = _due_on(action, fire)
        return Phrase("remind.new_day", {"title": title, "day": ShortDay(day) if day is not None else "–"})
    if fire.answer in ("else", f"{wishes.GIVEN}person"):
        return Phrase("remind.others", {"title": title, "names": [desk.name(each) for each in _asked(action, fire)]})
    if fire.answer == "reached":
        return Phrase("followup.reached", {"title": title})
    if fire.answer in SAID:
        return Phrase(f"remind.said.{fire.answer}", {"title": title})
    return Phrase("followup.answered", {"title": title, "status": Phrase(f"plan.progress.{fire.answer}")})


async def changed_since(reader: Reader, desk: PlanDesk, fire: Fire, action: Action, language: str) -> Phrase | None:
    """What has become of an action since it was asked about, where that leaves nothing to answer; by whom, and when."""
    number = action.number

    def said(key: str, fact: Callable[[Action], object], **more: Any) -> Phrase:
        version = desk.plan.since(number, fact)
        by = {"name": desk.name(version.changed_by), "day": _day(desk, version, language)}
        return Phrase(f"since.{key}", {"title": subject(action, fire), **by, **more})

    whole = shortened(action.title, TITLE_SHOWN)
    if action.removed:
        went_into = merging.became(await reader.plans_of(desk.workshop.id), action)
        if went_into is None:
            return said("removed", lambda each: each.removed, title=whole)
        other = shortened(went_into[1].title, TITLE_SHOWN)
        return said("merged", lambda each: each.removed, title=whole, other=other)
    if action.progress is Progress.DONE:
        return said("done", lambda each: each.progress, title=whole)
    if fire.kind is FireKind.MILESTONE and (found := reports.reached(desk.plan, number, fire.item)) is not None:
        day = dates.short(dates.today_in(found.at, desk.workshop.zone), language, desk.year)
        return Phrase("since.reached", {"title": subject(action, fire), "name": desk.name(found.by), "day": day})
    if (due_on := _due_on(action, fire)) is None:
        return said("no_day", lambda each: _due_on(each, fire))
    if due_on != fire.on:
        return said("new_day", lambda each: _due_on(each, fire), due=ShortDay(due_on))
    if fire.party and fire.party not in _asked(action, fire):
        names = [desk.name(each) for each in _asked(action, fire)]
        return said("others", lambda each: _asked(each, fire), names=names)
    return None


def _due_on(action: Action, fire: Fire) -> date | None:
    milestone = action.item(Field.MILESTONES, fire.item) if fire.kind is FireKind.MILESTONE else None
    day: date | None = getattr(milestone, "due_on", None) if fire.kind is FireKind.MILESTONE else action.due_on
    return day


def _asked(action: Action, fire: Fire) -> tuple[Party, ...]:
    """Who is to answer."""
    named = (action.owner,) if fire.kind is FireKind.DECIDE else action.responsible or (action.owner,)
    return tuple(each for each in named if each)


# Answers ---------------------------------------------------------------------------------------------------------


@answers(FireKind.DUE, FireKind.MILESTONE, FireKind.DECIDE)
async def answered(here: Here, fire: Fire, answer: str) -> None:
    desk = await desk_of(here, fire)
    action = desk.plan.history[fire.action][-1]
    if answer == SHOW:
        await _show(here, desk, action)
        return
    if fire.answer or await changed_since(here.turn, desk, fire, action, here.person.language) is not None:
        await show_again(here, fire, shown=fire.id)  # it says what has changed
        return
    progress, _, known = answer.partition(KNOWING)
    if answer in CHOICES and fire.kind is not FireKind.DECIDE:
        await put_off(here, fire, answer)
    elif answer in WISHES:
        await _otherwise(here, desk, action, fire, answer)
    elif fire.kind is FireKind.DECIDE and answer == "keep":
        await _keep_on(here, desk, fire)
    elif fire.kind is FireKind.DECIDE and answer == "drop_yes":
        await _drop(here, desk, action, fire)
    elif progress not in {each.value for each in OFFERED}:
        raise Refusal("tap.old")
    elif known != action.progress.value and _who_said(desk, action).changed_by != desk.actor.party:
        await show_again(here, fire, shown=fire.id)  # somebody else has said how it stands in between
    elif fire.kind is FireKind.MILESTONE and progress == Progress.DONE.value:
        await standing.reached(here, desk, action, fire)
    else:
        await standing.report(here, desk, action, Progress(progress), fire)


async def _show(here: Here, desk: PlanDesk, action: Action) -> None:
    """Show what it was about: the action, what it went into, or the plan that it left."""
    plan_id, number = desk.plan.id, action.number
    if action.removed:
        went_into = merging.became(await here.turn.plans_of(desk.workshop.id), action)
        if went_into is None:
            asides.open_plan(here, desk)
            return
        plan_id, number = went_into[0].id, went_into[1].number
    await asides.open_card(here, plan_id, number)


async def _otherwise(here: Here, desk: PlanDesk, action: Action, fire: Fire, answer: str) -> None:
    """Another day, or somebody else: asked for where they may change it, else passed on to whoever answers for it."""
    if desk.actor.changes(desk.plan, action):
        field, item = wishes.place(fire, WISHES[answer])
        await asides.ask_who(here, desk.plan.id, action.number, field, item, fire=fire.id)
    else:
        standing.ask_line(here, desk, action, WISHES[answer], fire)


async def _drop(here: Here, desk: PlanDesk, action: Action, fire: Fire) -> None:
    if not desk.actor.changes(desk.plan, action):
        raise Refusal("plan.not_yours")
    by = desk.actor.party
    here.turn.put(planning.remove(desk.plan, action.number, action.version, by=by, now=here.turn.now))
    await settle(here, fire, "drop_yes")


async def _keep_on(here: Here, desk: PlanDesk, fire: Fire) -> None:
    own = hours_of(here.turn, desk.workshop, here.person)
    due_at = own.next_open(here.turn.now + KEEP_ON)
    pending = replace(fire, status=FireStatus.PENDING, due_at=due_at, meant_at=None, by_hand=True, done_at=None)
    await settle(here, pending, "keep")
