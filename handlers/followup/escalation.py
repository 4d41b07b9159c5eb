"""An action is stuck for as long as its group agreed to wait: whoever it chose is told, and may ask the owner."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.core import digest, escalating, hours, reports
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind
from bot.core.message import Phrase, Priority, Screen
from bot.core.owners_dialogue import Correcting
from bot.core.plan import Action, Progress, ReportKind
from bot.core.words import shortened
from handlers.callbacks import Close
from handlers.context import Here, Reader, button, lines, on_text, screen, tap
from handlers.days import dates
from handlers.followup.owned import desk_for, desk_of
from handlers.followup.parts import Part, answer_button, answers, part, settle
from handlers.plan.asides import open_card
from handlers.plan.card import reports as may_report
from handlers.plan.desk import PlanDesk, plan_desk_for, visible
from handlers.plan.escalation_taps import SayDone
from handlers.plan.list_taps import ShowAction

TITLE_SHOWN = 120
NAME_SHOWN = 18


@part(FireKind.ESCALATE)
async def escalated(reader: Reader, person: Person, fire: Fire, menu: str) -> Part | None:
    desk = await desk_for(reader, person, fire)
    action = desk.plan.action(fire.action) if desk else None
    if desk is None or action is None or not desk.actor.sees(desk.plan, action):
        return None
    today = hours.day_of(reader.present(), desk.workshop.zone)
    owner = _owner(desk, action)
    if not escalating.is_stuck(action, today) or owner == person.user_id:
        return None
    first = _stuck(action, fire, today, person.language)
    line = digest.line_of(desk.plan, action)
    body = [
        first,
        Phrase("escalate.line", {"line": line}) if line else None,
        _being_done(desk, action),
        "",
        Phrase("escalate.agreed", {"group": desk.plan.group}),
        Phrase(f"escalate.{fire.answer}", {"name": desk.name(_asked(desk, action))}) if fire.answer else None,
    ]
    choices = []
    if owner is not None and not fire.answer:
        name = shortened(desk.name(_asked(desk, action)), NAME_SHOWN)
        choices.append((answer_button("label.escalate.ask", fire, "asked", style="primary", name=name),))
    last = [answer_button("label.plan.see", fire, "show")]
    if not fire.answer:
        last.append(answer_button("label.escalate.seen", fire, "seen"))
    return Part(first, [each for each in body if each is not None], (*choices, tuple(last)))


def _asked(desk: PlanDesk, action: Action) -> str:
    """Who is asked in the owner's name; the reporter where nobody answers for it."""
    return desk.asked_instead(action.owner, action.number)


def _owner(desk: PlanDesk, action: Action) -> int | None:
    return desk.user_id(_asked(desk, action))


def _stuck(action: Action, fire: Fire, today: date, language: str) -> Phrase:
    """What is stuck, and since when: as it stands, whatever it was when this was planned."""
    blocked = action.progress is Progress.BLOCKED
    since = fire.on if blocked or action.due_on is None else action.due_on
    about: dict[str, Any] = {
        "title": shortened(action.title, TITLE_SHOWN),
        "day": dates.short(since, language, today.year),
        "count": (today - since).days,
    }
    return Phrase("escalate.blocked" if blocked else "escalate.late", about)


def _being_done(desk: PlanDesk, action: Action) -> Phrase:
    if not action.owner:
        return Phrase("escalate.no_owner")
    found = digest.done_about(desk.plan, action)
    if found is None:
        return Phrase("escalate.nothing_said", {"name": desk.name(action.owner)})
    return Phrase("escalate.being_done", {"name": desk.name(found.by), "line": found.text})


@answers(FireKind.ESCALATE)
async def answered(here: Here, fire: Fire, answer: str) -> None:
    desk = await desk_of(here, fire)
    if answer == "show":
        await open_card(here, desk.plan.id, fire.action)
        return
    action = (await visible(here, desk.plan.id, fire.action))[1]
    if answer not in ("seen", "asked") or fire.answer:
        raise Refusal("tap.old")
    owner = _owner(desk, action)
    if answer == "asked" and owner is not None:
        say = button("label.escalate.say", SayDone(desk.plan.id, action.number), style="primary")
        see = button("label.plan.see", ShowAction(desk.plan.id, action.number, 0, "card"))
        about: dict[str, Any] = {"name": desk.name(desk.actor.party), "title": shortened(action.title, TITLE_SHOWN)}
        await here.turn.say(
            owner, "escalate.ask_owner", ((say,), (see,)), priority=Priority.LIVE, unasked=True, **about
        )
    await settle(here, fire, answer)


# What is being done about it -------------------------------------------------------------------------------------


async def _may_say(here: Here, plan_id: int, number: int) -> tuple[PlanDesk, Action]:
    desk, action = await visible(here, plan_id, number)
    if not may_report(desk, action):
        raise Refusal("plan.not_yours")
    return desk, action


@tap(SayDone)
async def say_done(here: Here, action: SayDone) -> None:
    await _may_say(here, action.plan, action.action)
    here.ask_aside(Correcting(plan_id=action.plan, action=action.action))


@screen(Correcting)
async def correcting_screen(reader: Reader, person: Person, dialogue: Correcting) -> Screen | None:
    desk = await plan_desk_for(reader, person, await reader.plan(dialogue.plan_id))
    action = desk.plan.action(dialogue.action) if desk else None
    if desk is None or action is None or not may_report(desk, action):
        return None
    title = shortened(action.title, TITLE_SHOWN)
    text = lines(Phrase("correct.ask", {"title": title}), Phrase("correct.sees"))
    return Screen("lines", text, ((button("label.cancel", Close()),),))


@on_text(Correcting)
async def correct(here: Here, dialogue: Correcting, text: str) -> None:
    desk, action = await _may_say(here, dialogue.plan_id, dialogue.action)
    plan = reports.correct(desk.plan, action.number, text, by=desk.actor.party, now=here.turn.now)
    here.turn.put(plan)
    here.acknowledge()
    about: dict[str, Any] = {"title": shortened(action.title, TITLE_SHOWN), "line": plan.reports[-1].text}
    await here.done("correct.done", **about)
    see = button("label.plan.see", ShowAction(plan.id, action.number, 0, "card"))
    about["name"] = desk.name(desk.actor.party)
    for user_id in await _who_waits(here, desk, action):
        await here.turn.say(user_id, "correct.told", ((see,),), priority=Priority.LIVE, unasked=True, **about)


async def _who_waits(here: Here, desk: PlanDesk, action: Action) -> set[int]:
    """The accounts of who said that an action is stuck, and of who was told because it was stuck for long."""
    said = reports.latest(desk.plan, action.number, ReportKind.PROGRESS)
    told = await here.turn.said_about(desk.plan.id)
    found = {each.user_id for each in told if each.kind is FireKind.ESCALATE and each.action == action.number}
    if said is not None:
        found.add(desk.user_id(said.by) or 0)
    return found - {0, here.user_id}
