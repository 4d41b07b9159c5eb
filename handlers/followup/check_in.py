"""Some time after the workshop: how does everything stand that somebody answers for? One message, ticked off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.core import planning, reports
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind
from bot.core.message import Phrase, Rows
from bot.core.plan import Action, ActionPlan, Progress, ReportKind
from bot.core.words import shortened
from handlers.context import Here, Reader, button
from handlers.days import dates
from handlers.followup import standing
from handlers.followup.measuring import ask_measures
from handlers.followup.owned import desk_for, desk_of, numbered, owned
from handlers.followup.parts import PER_ROW, Part, answer_button, answers, outcome, part
from handlers.followup.taps import FireShow
from handlers.plan.desk import PlanDesk

MOST_LISTED = 10
TITLE_SHOWN = 60
OFFERED = ((Progress.DONE, Progress.ON_TRACK), (Progress.AT_RISK, Progress.BLOCKED))


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
    done = [each for each in asked if _is_answered(desk.plan, each, fire)]
    chosen = next((each for each in asked if menu == str(each.number)), None)
    if chosen is None and len(asked) == 1 and not done:
        chosen = asked[0]
    if chosen is not None:
        question = _titled("check_in.one", chosen, person, desk)
        others = [] if whose == "own" else [Phrase("check_in.in_place", {"name": about["name"]})]
        return Part(brief, [question, *others], _statuses(fire, chosen, back=len(asked) > 1))
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
    day = dates.short(action.due_on, person.language, desk.year)
    return Phrase(f"{key}_day", {**about, "day": day})


def _numbers(fire: Fire, actions: Sequence[Action]) -> Rows:
    choices = [button("followup.number", FireShow(fire.id, str(each.number)), number=each.number) for each in actions]
    return tuple(tuple(choices[at : at + PER_ROW]) for at in range(0, len(choices), PER_ROW))


def _statuses(fire: Fire, action: Action, *, back: bool) -> Rows:
    rows = tuple(
        tuple(answer_button(f"plan.progress.{each.value}", fire, f"{action.number}.{each.value}") for each in row)
        for row in OFFERED
    )
    return (*rows, (button("label.back", FireShow(fire.id, "")),)) if back else rows


# Its answers -----------------------------------------------------------------------------------------------------


@outcome(FireKind.CHECK_IN)
async def all_answered(reader: Reader, person: Person, fire: Fire) -> str:
    desk = await desk_for(reader, person, fire)
    asked = _asked(desk, fire) if desk else []
    return "all" if desk is None or all(_is_answered(desk.plan, each, fire) for each in asked) else ""


@answers(FireKind.CHECK_IN)
async def answered(here: Here, fire: Fire, answer: str) -> None:
    number, _, status = answer.partition(".")
    desk = await desk_of(here, fire)
    action = planning.standing(desk.plan, numbered(number))
    if status not in {each.value for row in OFFERED for each in row}:
        raise Refusal("tap.old")
    await standing.report(here, desk, action, Progress(status), fire)
    if status == Progress.ON_TRACK:
        ask_measures(here, desk, action, [each.id for each in action.kpis])
