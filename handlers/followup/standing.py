"""Saying how an action stands: in one tap where all is well, with a line where it isn't. Its owner is told then, and
asked what is done about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core import reports
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.fires import Fire
from bot.core.followup_dialogue import AskLine
from bot.core.message import Choice, Phrase, Screen
from bot.core.owners_dialogue import Correcting
from bot.core.plan import Action, Progress
from bot.core.words import shortened
from handlers.callbacks import Close
from handlers.context import Here, Reader, button, lines, on_text, screen, tap
from handlers.followup import wishes
from handlers.followup.measuring import ask_measures
from handlers.followup.parts import settle
from handlers.followup.reach import Reached, meant_for, owner_of, pass_on
from handlers.followup.taps import SkipLine
from handlers.plan.card import reports as may_report
from handlers.plan.desk import PlanDesk, plan_desk_for, visible
from handlers.plan.escalation_taps import SayDone
from handlers.plan.list_taps import ShowAction

TITLE_SHOWN = 120
LINES = (Progress.AT_RISK, Progress.BLOCKED)  # what takes a line to explain


async def report(here: Here, desk: PlanDesk, action: Action, progress: Progress, fire: Fire) -> None:
    """Take in how an action stands, as an answer to `fire`. Refuses whoever has no say in that."""
    if not may_report(desk, action):
        raise Refusal("plan.not_yours")
    if progress in LINES:
        ask_line(here, desk, action, progress.value, fire)
        return
    plan = reports.report_progress(desk.plan, action.number, progress, by=desk.actor.party, now=here.turn.now)
    here.turn.put(plan)
    await settle(here, fire, progress.value)
    if progress is Progress.DONE:
        ask_measures(here, replace(desk, plan=plan), action, [each.id for each in action.kpis])


async def reached(here: Here, desk: PlanDesk, action: Action, fire: Fire) -> None:
    """Take in that a milestone has been reached."""
    if not may_report(desk, action):
        raise Refusal("plan.not_yours")
    here.turn.put(reports.reach(desk.plan, action.number, fire.item, by=desk.actor.party, now=here.turn.now))
    await settle(here, fire, "reached")


def ask_line(here: Here, desk: PlanDesk, action: Action, asks: str, fire: Fire | None = None) -> None:
    """Ask for one line about an action; the message that was tapped on is told what came of it."""
    message = here.message_id if here.query_id else 0
    line = AskLine(
        plan_id=desk.plan.id,
        action=action.number,
        asks=asks,  # type: ignore[arg-type]  # a progress or one of the others, as the callers have it
        item=fire.item if fire else 0,
        fire=fire.id if fire else 0,
        message=message,
    )
    here.ask_aside(line)


@screen(AskLine)
async def line_screen(reader: Reader, person: Person, dialogue: AskLine) -> Screen | None:
    desk = await plan_desk_for(reader, person, await reader.plan(dialogue.plan_id))
    action = desk.plan.action(dialogue.action) if desk else None
    if desk is None or action is None or not desk.actor.sees(desk.plan, action):
        return None
    party, account = await owner_of(reader, desk, action)
    heading = Phrase("line.heading", {"title": shortened(action.title, TITLE_SHOWN)})
    mine = account in (person.user_id, None)
    key = f"line.{dialogue.asks}" if mine else f"line.{dialogue.asks}_seen"
    text = lines(heading, "", Phrase(key, {"name": desk.name(party)}))
    row = [button("label.cancel", Close())]
    if dialogue.asks in LINES:
        row.insert(0, button("label.skip", SkipLine(desk.plan.id, action.number)))
    return Screen("lines", text, (tuple(row),), closing=heading)


@on_text(AskLine)
async def line_given(here: Here, dialogue: AskLine, text: str) -> None:
    await _take(here, dialogue, text)
    here.acknowledge()


@tap(SkipLine)
async def skip_line(here: Here, action: SkipLine) -> None:
    dialogue = here.person.dialogue
    if not isinstance(dialogue, AskLine) or (dialogue.plan_id, dialogue.action) != (action.plan, action.action):
        raise Refusal("tap.old")
    if dialogue.asks not in LINES:
        raise Refusal("tap.old")
    await _take(here, dialogue, "")


async def _take(here: Here, dialogue: AskLine, text: str) -> None:
    desk, action = await visible(here, dialogue.plan_id, dialogue.action)
    match dialogue.asks:
        case "date" | "person" | "teller":
            await wishes.passed_on(here, desk, action, dialogue, text)
        case _:
            await _in_the_way(here, desk, action, dialogue, text)


async def _in_the_way(here: Here, desk: PlanDesk, action: Action, dialogue: AskLine, text: str) -> None:
    """An action is at risk or blocked: noted, with a line; its owner is told, and asked what is done about it."""
    if not may_report(desk, action):
        raise Refusal("plan.not_yours")
    progress = Progress(dialogue.asks)
    plan = reports.report_progress(
        desk.plan, action.number, progress, text=text, by=desk.actor.party, now=here.turn.now
    )
    here.turn.put(plan)
    desk = replace(desk, plan=plan)
    reached = await owner_of(here.turn, desk, action)
    if reached.account == here.user_id:
        here.change(dialogue=Correcting(plan_id=plan.id, action=action.number))
    else:
        here.ask(None)
        await _tell_owner(here, desk, action, reached, progress, plan.reports[-1].text)
    await _settle(here, dialogue, progress.value)


async def _tell_owner(
    here: Here, desk: PlanDesk, action: Action, reached: Reached, progress: Progress, line: str
) -> None:
    if reached.account is None:
        return
    rows: tuple[tuple[Choice, ...], ...] = (
        (button("label.escalate.say", SayDone(desk.plan.id, action.number), style="primary"),),
        (button("label.plan.see", ShowAction(desk.plan.id, action.number, 0, "card")),),
    )
    key = f"standing.told_{progress.value}" + ("" if line else "_bare")
    about: dict[str, Any] = {
        "name": desk.name(desk.actor.party),
        "title": shortened(action.title, TITLE_SHOWN),
        "line": line,
    }
    text = lines(Phrase(key, about), meant_for(desk, action, reached), Phrase("standing.what_is_done"))
    await pass_on(here.turn, desk, reached.account, "lines", rows, **text)


async def _settle(here: Here, dialogue: AskLine, answer: str) -> None:
    fire = await here.turn.fire(dialogue.fire) if dialogue.fire else None
    if fire is not None and fire.user_id == here.user_id:
        await settle(here, fire, answer, message=dialogue.message)
