"""The workshop somebody is working in: choosing it, entering it, leaving it behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.core.dialogue import Person, WhichWorkshop
from bot.core.errors import Refusal
from bot.core.message import Choice, Phrase, Screen
from bot.core.sequence import run_in_hand
from bot.core.workshop import Workshop
from bot.turn import Turn
from handlers import places
from handlers.callbacks import Close, PickWorkshop, pack
from handlers.context import COMMANDS, Here, Reader, button, command, lines, screen, tap


async def work_in(turn: Turn, person: Person, workshop: Workshop) -> Person:
    """Somebody with the workshop, and what they work on there, in front of them."""
    member = workshop.active_user(person.user_id)
    runs = await turn.runs_of(workshop.id)
    run = run_in_hand(turn.programme(workshop), workshop, runs, member.number) if member and not member.leads else None
    return replace(
        person,
        workshop_id=workshop.id,
        sheet_run_id=run.id if run else None,
        acting_for=None,
        room_id=None,
        dialogue=None,
        laid_aside=None,
    )


async def put_away(turn: Turn, workshop: Workshop, user_id: int) -> Workshop | None:
    """Take a workshop out of the hands of someone who is no longer in it. Returns the one that they work in now;
    whoever has several left is asked which."""
    person = await turn.person(user_id)
    if person is None:
        return None
    if person.workshop_id != workshop.id:
        if getattr(person.dialogue, "workshop_id", None) == workshop.id:
            turn.put(replace(person, dialogue=None, laid_aside=None))
        return await turn.workshop(person.workshop_id)
    empty: Any = dict.fromkeys(("workshop_id", "sheet_run_id", "acting_for", "room_id", "dialogue", "laid_aside"))
    person = replace(person, **empty)
    others = await turn.workshops_of(user_id)
    if len(others) == 1:
        turn.put(await work_in(turn, person, others[0]))
        return others[0]
    turn.put(replace(person, dialogue=_which(others) if others else None))
    return None


# Which one -------------------------------------------------------------------------------------------------------


def _which(workshops: Sequence[Workshop], then: str = "") -> WhichWorkshop:
    return WhichWorkshop(workshops=tuple(each.id for each in workshops), then=then)


async def ask_which(here: Here, name: str, rest: str) -> bool:
    """A command needs to know which workshop is meant: take the only one, or ask and go on then. False when there is
    none."""
    workshops = await here.turn.workshops_of(here.user_id)
    if not workshops:
        return False
    if len(workshops) > 1:
        here.ask(_which(workshops, f"{name} {rest}".strip()))
        return True
    here.change(workshop_id=workshops[0].id)
    await COMMANDS[name](here, rest)
    return True


@command("workshop", "workshops")
async def workshop_(here: Here, rest: str) -> None:
    workshops = await here.turn.workshops_of(here.user_id)
    if not workshops:
        raise Refusal("access.no_workshop")
    if len(workshops) > 1:
        here.ask(_which(workshops))
        return
    if here.person.workshop_id != workshops[0].id:
        here.change(workshop_id=workshops[0].id)
    await here.say("which.only", title=workshops[0].title, number=_number(workshops[0], here.user_id))


def _number(workshop: Workshop, user_id: int) -> int:
    member = workshop.active_user(user_id)
    return member.number if member else 0


@screen(WhichWorkshop)
async def which_screen(reader: Reader, person: Person, dialogue: WhichWorkshop) -> Screen | None:
    found = [await reader.workshop(id) for id in dialogue.workshops]
    mine = [each for each in found if each and each.active_user(person.user_id)]
    if not mine:
        return None
    described, rows = [], []
    for at, workshop in enumerate(mine, 1):
        programme = reader.programme(workshop)
        days = places.days_of(workshop.first_on, programme.days, workshop.country, person.language)
        where = places.city(workshop.zone, person.language)
        key = "which.line_now" if workshop.id == person.workshop_id else "which.line"
        described.append(Phrase(key, {"at": at, "title": workshop.title, "where": where, "days": days}))
        twice = sum(each.title == workshop.title for each in mine) > 1
        label = f"{at} {workshop.title}" if twice else workshop.title
        rows.append((Choice(label, pack(PickWorkshop(workshop.id))),))
    rows.append((button("label.cancel", Close()),))
    return Screen("lines", lines(Phrase("which.ask", {"count": len(mine)}), "", *described), tuple(rows))


@tap(PickWorkshop)
async def pick_workshop(here: Here, action: PickWorkshop) -> None:
    workshop, member = await here.member(action.workshop)
    dialogue = here.person.dialogue
    then = dialogue.then if isinstance(dialogue, WhichWorkshop) else ""
    if here.person.workshop_id != workshop.id:
        here.become(await work_in(here.turn, here.person, workshop))
    await here.done("which.set", title=workshop.title, number=member.number)
    name, _, rest = then.partition(" ")
    if name in COMMANDS:
        await COMMANDS[name](here, rest)
