"""Some time after the workshop: how does everything stand that somebody answers for? One message, ticked off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.core import amounts, reports
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind
from bot.core.message import Phrase, Rows, Screen
from bot.core.owners_dialogue import CheckInAsk
from bot.core.plan import Action, ActionPlan, Field, Kpi, Progress, ReportKind
from bot.core.planning import standing
from bot.core.words import shortened
from handlers.context import Here, Reader, button, lines, on_text, screen, tap
from handlers.days import dates
from handlers.followup.owned import desk_for, desk_of, numbered, owned
from handlers.followup.parts import PER_ROW, Part, answer_button, answers, part, show_again
from handlers.followup.taps import CheckInSkip, FireShow
from handlers.plan.card import reports as may_report
from handlers.plan.desk import PlanDesk, plan_desk_for, visible
from handlers.plan.words import item_words

MOST_LISTED = 10
TITLE_SHOWN = 60
OFFERED = ((Progress.DONE, Progress.ON_TRACK), (Progress.AT_RISK, Progress.BLOCKED))
STUCK = (Progress.AT_RISK, Progress.BLOCKED)


# How it looks ----------------------------------------------------------------------------------------------------


@part(FireKind.CHECK_IN)
async def check_in(reader: Reader, person: Person, fire: Fire, menu: str) -> Part | None:
    desk = await desk_for(reader, person, fire)
    asked = _asked(desk, fire)[:MOST_LISTED] if desk else []
    if desk is None or not asked:
        return None
    whose = "own" if fire.party == desk.actor.party else "of"
    about: dict[str, Any] = {"group": desk.plan.group, "name": desk.name(fire.party)}
    brief = Phrase(f"check_in.brief_{whose}", {**about, "count": len(asked), "title": _short(asked[0])})
    chosen = next((each for each in asked if menu == str(each.number)), None)
    if chosen is not None:
        return Part(brief, [_titled("check_in.one", chosen, person, desk)], _statuses(fire, chosen))
    done = [each for each in asked if _is_answered(desk.plan, each, fire)]
    body: list[Any] = [
        Phrase(f"check_in.heading_{whose}", about),
        Phrase("check_in.so_far", {"count": len(done), "all": len(asked)}) if len(asked) > 1 else None,
        *(_line(each, person, desk, ticked=each in done) for each in asked),
        "",
        Phrase("check_in.all" if len(done) == len(asked) else "followup.tap"),
    ]
    return Part(brief, [each for each in body if each is not None], _numbers(fire, asked))


def _asked(desk: PlanDesk, fire: Fire) -> list[Action]:
    """The actions of whoever is asked: those that are open, and those that were when it was asked."""
    mine = owned(desk, fire)
    return [each for each in mine if each.progress is not Progress.DONE or _is_answered(desk.plan, each, fire)]


def _is_answered(plan: ActionPlan, action: Action, fire: Fire) -> bool:
    """Whether somebody has said how an action stands since it was asked here."""
    said = reports.latest(plan, action.number, ReportKind.PROGRESS)
    return said is not None and fire.done_at is not None and said.at >= fire.done_at


def _short(action: Action) -> str:
    return shortened(action.title, TITLE_SHOWN)


def _line(action: Action, person: Person, desk: PlanDesk, *, ticked: bool) -> Phrase:
    if ticked:
        status = Phrase(f"plan.progress.{action.progress.value}")
        return Phrase("check_in.ticked", {"number": action.number, "title": _short(action), "status": status})
    return _titled("check_in.line", action, person, desk)


def _titled(key: str, action: Action, person: Person, desk: PlanDesk) -> Phrase:
    about: dict[str, Any] = {"number": action.number, "title": _short(action)}
    if action.due_on is None:
        return Phrase(key, about)
    day = dates.short(action.due_on, person.language, desk.workshop.first_on.year)
    return Phrase(f"{key}_day", {**about, "day": day})


def _numbers(fire: Fire, actions: Sequence[Action]) -> Rows:
    choices = [button("followup.number", FireShow(fire.id, str(each.number)), number=each.number) for each in actions]
    return tuple(tuple(choices[at : at + PER_ROW]) for at in range(0, len(choices), PER_ROW))


def _statuses(fire: Fire, action: Action) -> Rows:
    rows = tuple(
        tuple(answer_button(f"plan.progress.{each.value}", fire, f"{action.number}.{each.value}") for each in row)
        for row in OFFERED
    )
    return (*rows, (button("label.back", FireShow(fire.id, "")),))


# Its answers -----------------------------------------------------------------------------------------------------


@answers(FireKind.CHECK_IN)
async def answered(here: Here, fire: Fire, answer: str) -> None:
    number, _, status = answer.partition(".")
    desk = await desk_of(here, fire)
    action = standing(desk.plan, numbered(number))
    if not may_report(desk, action):
        raise Refusal("plan.not_yours")
    if status not in {each.value for row in OFFERED for each in row}:
        raise Refusal("tap.old")
    progress = Progress(status)
    plan = reports.report_progress(desk.plan, action.number, progress, by=desk.actor.party, now=here.turn.now)
    here.turn.put(plan)
    after = replace(desk, plan=plan)
    if all(_is_answered(plan, each, fire) for each in _asked(after, fire)):
        fire = replace(fire, answer="all", answered_at=here.turn.now)
        here.turn.put(fire)
    await show_again(here, fire, shown=fire.id)
    if progress in STUCK:
        here.ask_aside(CheckInAsk(plan_id=plan.id, action=action.number))
    elif action.kpis:
        here.ask_aside(CheckInAsk(plan_id=plan.id, action=action.number, kpi=action.kpis[0].id))


# What is asked after it ------------------------------------------------------------------------------------------


@screen(CheckInAsk)
async def asking(reader: Reader, person: Person, dialogue: CheckInAsk) -> Screen | None:
    desk = await plan_desk_for(reader, person, await reader.plan(dialogue.plan_id))
    action = desk.plan.action(dialogue.action) if desk else None
    if desk is None or action is None or not may_report(desk, action):
        return None
    status = Phrase(f"plan.progress.{action.progress.value}")
    heading = Phrase("check_in.stands", {"title": _short(action), "status": status})
    question = Phrase("check_in.in_the_way")
    if dialogue.kpi:
        kpi = action.item(Field.KPIS, dialogue.kpi)
        if not isinstance(kpi, Kpi):
            return None
        question = Phrase("check_in.value", {"measure": item_words(desk, kpi)})
    skip = button("label.skip", CheckInSkip(desk.plan.id, action.number, dialogue.kpi))
    return Screen("lines", lines(heading, "", question), ((skip,),), closing=heading)


@on_text(CheckInAsk)
async def said(here: Here, dialogue: CheckInAsk, text: str) -> None:
    desk, action = await _reporting(here, dialogue.plan_id, dialogue.action)
    by, now = desk.actor.party, here.turn.now
    if dialogue.kpi:
        if not amounts.has_number(text):
            raise Refusal("check_in.no_number")
        plan = reports.measure(desk.plan, action.number, dialogue.kpi, text, by=by, now=now)
    else:
        plan = reports.report_progress(desk.plan, action.number, action.progress, text=text, by=by, now=now)
    here.turn.put(plan)
    here.acknowledge()
    _go_on(here, dialogue, action)


@tap(CheckInSkip)
async def skip(here: Here, action: CheckInSkip) -> None:
    dialogue = here.person.dialogue
    if dialogue != CheckInAsk(plan_id=action.plan, action=action.action, kpi=action.kpi):
        raise Refusal("tap.old")
    _, found = await _reporting(here, action.plan, action.action)
    _go_on(here, CheckInAsk(plan_id=action.plan, action=action.action, kpi=action.kpi), found)


async def _reporting(here: Here, plan_id: int, number: int) -> tuple[PlanDesk, Action]:
    desk, action = await visible(here, plan_id, number)
    if not may_report(desk, action):
        raise Refusal("plan.not_yours")
    return desk, action


def _go_on(here: Here, dialogue: CheckInAsk, action: Action) -> None:
    """Ask for the next measure, where there is one."""
    later = [each.id for each in action.kpis if each.id > dialogue.kpi] if dialogue.kpi else []
    here.ask(replace(dialogue, kpi=later[0]) if later else None)
