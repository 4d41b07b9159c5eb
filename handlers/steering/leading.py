"""Who leads the room: handed over on purpose, and taken over by a tap; until then nothing changes."""

from __future__ import annotations

from typing import Any

from bot.core import room as rules
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Priority, Screen
from bot.core.room import Room, leader
from bot.core.room_dialogue import HandRoom
from bot.core.words import shortened
from bot.core.workshop import Member, Workshop
from handlers import callbacks as to
from handlers.context import Here, Reader, button, screen, tap
from handlers.steering.taps import LeadDo, LeadTo

PER_ROW = 2
LABEL = 30  # characters of a name on a button


def button_of(workshop: Workshop, room: Room, member: Member | None) -> list[Choice]:
    """The way to hand the room over, for who leads it, where there is somebody to take it."""
    if member is None or leader(room, workshop) != member.number or len(_others(workshop, member)) == 0:
        return []
    return [button("label.hand_room", LeadTo(workshop.id, 0))]


def _others(workshop: Workshop, member: Member) -> list[Member]:
    return [each for each in workshop.facilitators() if each.number != member.number and each.user_id is not None]


@tap(LeadTo)
async def lead_to(here: Here, action: LeadTo) -> None:
    workshop, member = await here.facilitator(action.workshop)
    room = await here.turn.room(workshop.id)
    if not action.member:
        if leader(room, workshop) != member.number:
            raise Refusal("lead.not_yours", name=workshop.members[leader(room, workshop)].name)
        here.ask(HandRoom(workshop_id=workshop.id))
        return
    here.turn.put(rules.offer(room, workshop, member.number, action.member))
    other = workshop.members[action.member]
    if other.user_id is None:
        raise Refusal("lead.nobody")
    rows = (
        (
            button("label.lead.accept", LeadDo(workshop.id, "accept"), style="primary"),
            button("label.lead.decline", LeadDo(workshop.id, "decline")),
        ),
    )
    about: dict[str, Any] = {"name": member.name, "title": workshop.title}
    await here.turn.say(other.user_id, "lead.asked", rows, priority=Priority.LIVE, unasked=True, **about)
    here.ask(HandRoom(workshop_id=workshop.id))


@screen(HandRoom)
async def hand_room_screen(reader: Reader, person: Person, dialogue: HandRoom) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or not member.leads:
        return None
    room = await reader.room(workshop.id)
    close = button("label.close", to.Close())
    if leader(room, workshop) != member.number:
        return Screen("lead.now", {"name": workshop.members[leader(room, workshop)].name}, ((close,),))
    offered = workshop.members.get(room.offered) if room.offered is not None else None
    if offered is not None:
        withdraw = button("label.lead.withdraw", LeadDo(workshop.id, "withdraw"))
        return Screen("lead.waits", {"name": offered.name}, ((withdraw, close),))
    ways = [
        Choice(shortened(each.name, LABEL), to.pack(LeadTo(workshop.id, each.number)))
        for each in _others(workshop, member)
    ]
    return Screen(
        "lead.whom", rows=(*(tuple(ways[at : at + PER_ROW]) for at in range(0, len(ways), PER_ROW)), (close,))
    )


@tap(LeadDo)
async def lead_do(here: Here, action: LeadDo) -> None:
    workshop, member = await here.facilitator(action.workshop)
    turn = here.turn
    room = await turn.room(workshop.id)
    before = workshop.members[leader(room, workshop)]
    match action.what:
        case "accept":
            turn.put(rules.accept(room, workshop, member.number))
            await here.instead(Screen("lead.yours", {"title": workshop.title}))
            told = "lead.taken"
        case "decline" if room.offered == member.number:
            turn.put(rules.decline(room, workshop, member.number))
            await here.instead(Screen("lead.left"))
            told = "lead.declined"
        case "withdraw" if before.number == member.number:
            turn.put(rules.decline(room, workshop, member.number))
            here.ask(None)
            return
        case _:
            raise Refusal("lead.gone")
    if before.user_id is not None and before.number != member.number:
        await turn.say(before.user_id, told, priority=Priority.LIVE, unasked=True, name=member.name)
