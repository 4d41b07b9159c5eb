"""To whom a broadcast goes, in words, and the people behind that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate, takewhile
from typing import Any

from bot.core.audience import Audience, To, members_of
from bot.core.broadcast import Attachment
from bot.core.message import ContentText, Phrase
from bot.core.workshop import Member, Workshop
from handlers.context import Reader, joined
from handlers.exercises import numbers

MOST_NAMED = 20
LETTERS = 600  # of names, in a message that holds a broadcast of 3000 as well


async def readers(reader: Reader, workshop: Workshop, audience: Audience, sender: int = 0) -> list[Member]:
    """Those whom an audience is right now, without whoever writes."""
    seen: dict[int, datetime | None] = {}
    if audience.to is To.AWAY:
        for member in workshop.participants():
            person = await reader.person(member.user_id) if member.user_id is not None else None
            if person is not None:
                seen[person.user_id] = person.seen_at
    runs = await reader.runs_of(workshop.id) if audience.to in (To.STEP, To.UNFINISHED) else []
    found = members_of(audience, workshop, reader.programme(workshop), runs, seen, reader.present())
    return [each for each in found if each.number != sender]


def named(reader: Reader, workshop: Workshop, audience: Audience) -> Phrase:
    """An audience as "all participants", "Groups 1 and 3", …"""
    match audience.to:
        case To.ALL:
            return Phrase("broadcast.all")
        case To.GROUPS:
            return Phrase("broadcast.groups", numbers(list(audience.groups)))
        case To.ROLE:
            return Phrase(f"broadcast.role_{audience.role}")
        case To.STEP:
            return Phrase("broadcast.at_step", step_of(reader, workshop, audience))
        case To.UNFINISHED:
            return Phrase("broadcast.unfinished", step_of(reader, workshop, audience))
        case To.AWAY:
            return away(audience.minutes)


def away(minutes: int) -> Phrase:
    """Those who weren't seen for so long."""
    if minutes < 60:
        return Phrase("broadcast.away_minutes", {"count": minutes})
    return Phrase("broadcast.away_hours", {"count": minutes // 60})


def step_of(reader: Reader, workshop: Workshop, audience: Audience) -> dict[str, Any]:
    """A step by its exercise's id and its own title, as parameters."""
    programme = reader.programme(workshop)
    exercise = programme.exercises.get(audience.exercise)
    step = exercise.step(audience.step) if exercise else None
    title: Any = ContentText(programme.name, step.title) if step else audience.step
    return {"id": audience.exercise, "step": title}


def along(attachment: Attachment) -> Phrase:
    """What goes along with a text, or instead of one."""
    if attachment.picture:
        return Phrase("broadcast.with_picture")
    return Phrase("broadcast.with_file", {"name": attachment.name})


async def facts(reader: Reader, members: Sequence[Member]) -> Phrase:
    """How many they are, and how many of them it can't reach."""
    people = [await reader.person(each.user_id) for each in members if each.user_id is not None]
    found = [Phrase("broadcast.people", {"count": len(members)})]
    if without := len(members) - len(people):
        found.append(Phrase("room.no_phone", {"count": without}))
    if unreachable := sum(1 for each in people if each is not None and each.unreachable):
        found.append(Phrase("room.unreachable", {"count": unreachable}))
    return joined("room.dot", found)


def few(names: Sequence[str]) -> list[Any]:
    """As many names as fit beside a text of the greatest length."""
    room = accumulate(len(name) + len(", ") for name in names)
    most = max(1, sum(1 for used in takewhile(lambda used: used <= LETTERS, room)))
    return some(names, min(most, MOST_NAMED))


def some(names: Sequence[Any], most: int = MOST_NAMED) -> list[Any]:
    """As many names as can be read at a glance."""
    if len(names) <= most:
        return list(names)
    return [*names[:most], Phrase("more", {"count": len(names) - most})]
