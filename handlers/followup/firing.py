"""Saying what is due: who gets what now, in which message; what has to wait, and what is of no use any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core import due
from bot.core.dialogue import Person
from bot.core.due import Addressee
from bot.core.fires import TO_THE_ROOM, Fire, FireKind
from bot.core.message import Priority
from bot.planner import hours_of
from bot.turn import Turn
from handlers.agenda.announcing import by_day
from handlers.broadcasts.going import OnTime
from handlers.followup.parts import PARTS, message_of
from handlers.followup.unreached import ToFocalPoint
from handlers.plenary.due import OF_PLENARY, OfPlenary
from handlers.steering.parking import AtTheEnd
from handlers.steering.time import to_groups

MOST = 100  # fires in one commit: whoever taps meanwhile doesn't wait for more


class Due(Protocol):
    """Something to be done because it is due, in a turn of its own; and what is done where that fails."""

    async def say(self, turn: Turn) -> None: ...
    async def give_up(self, turn: Turn) -> None: ...


async def what_is_due(turn: Turn) -> list[Due]:
    """What there is to say now. What has to wait is put off, and what is of no use any more noted as missed."""
    found = await turn.due(MOST)
    unknown = [each for each in found if not await _has_content(turn, each)]
    turn.put(*due.missed(unknown, "unknown", turn.now))
    found = [each for each in found if each not in unknown]
    rooms: list[Due] = [*by_day([each for each in found if each.kind is FireKind.SESSION])]
    rooms += to_groups([each for each in found if each.kind is FireKind.TIMER])
    rooms += [AtTheEnd(each) for each in found if each.kind is FireKind.PARKED]
    rooms += [OnTime(each) for each in found if each.kind is FireKind.BROADCAST]
    rooms += [OfPlenary(each) for each in found if each.kind in OF_PLENARY]
    theirs = [each for each in found if each.kind not in TO_THE_ROOM | {FireKind.BROADCAST, *OF_PLENARY}]
    away = await _out_of_reach(turn, theirs)
    theirs = [each for each in theirs if each.user_id not in {one.person.user_id for one in away}]
    people: dict[int, Addressee] = {}
    for each in theirs:
        if each.user_id not in people:
            people[each.user_id] = await _addressee(turn, each)
    soon = [each for user_id in people for each in await turn.upcoming(user_id, turn.now + due.TOGETHER)]
    together = {each.id: each for each in [*theirs, *soon]}
    outcome = due.sort_out(together.values(), people, turn.now)
    turn.put(*outcome.moved, *outcome.missed)
    return [*rooms, *away, *(ToOne(user_id, fires) for user_id, fires in outcome.said.items())]


async def _out_of_reach(turn: Turn, fires: Sequence[Fire]) -> list[ToFocalPoint]:
    """What is due to people whom messages don't reach."""
    found = []
    for user_id in dict.fromkeys(each.user_id for each in fires):
        person = await turn.person(user_id)
        if person is not None and person.unreachable:
            found.append(ToFocalPoint(person, [each for each in fires if each.user_id == user_id]))
    return found


async def _has_content(turn: Turn, fire: Fire) -> bool:
    """Whether there is anything to say it with: a programme may have been taken away."""
    workshop = await turn.workshop(fire.workshop_id)
    return workshop is not None and workshop.programme in turn.programmes


async def _addressee(turn: Turn, fire: Fire) -> Addressee:
    person, workshop = await turn.person(fire.user_id), await turn.workshop(fire.workshop_id)
    if workshop is None:
        raise LookupError(fire.subject)
    return Addressee(
        hours=hours_of(turn, workshop, person),
        muted_until=person.muted_until if person else None,
        opted_out=person.opted_out if person else False,
        last_at=await turn.last_said_at(fire.user_id),
    )


@dataclass(frozen=True, slots=True)
class ToOne:
    """What is due to one person, in one message."""

    user_id: int
    fires: Sequence[Fire]

    async def say(self, turn: Turn) -> None:
        person = await turn.person(self.user_id)
        if person is None:
            turn.put(*due.missed(self.fires, "unknown", turn.now))
            return
        batch = turn.runner.next_id("batches")
        said = [due.said(each, batch, turn.now) for each in self.fires if each.kind in PARTS]
        useful = [each for each in said if await PARTS[each.kind](turn, person, each, "") is not None]
        kept, older = due.newest(useful)  # what is not said itself is no reason not to say what came before it
        screen = await message_of(turn, person, kept) if kept else None
        still = {each.id for each in useful}
        turn.put(*due.missed([each for each in self.fires if each.id not in still], "stale", turn.now))
        if screen is not None:
            before = {each.id for each in older}
            turn.put(*kept, *due.missed([each for each in self.fires if each.id in before], "superseded", turn.now))
            params, rows = dict(screen.params), screen.rows
            await turn.say(self.user_id, screen.key, rows, priority=Priority.LATER, unasked=True, **params)

    async def give_up(self, turn: Turn) -> None:
        """What can't be said is dropped by itself; the rest is still due, and said without it."""
        person = await turn.person(self.user_id)
        broken = [each for each in self.fires if person is None or await _is_broken(turn, person, each)]
        turn.put(*due.missed(broken or self.fires, "failed", turn.now))


async def _is_broken(turn: Turn, person: Person, fire: Fire) -> bool:
    try:
        await PARTS[fire.kind](turn, person, due.said(fire, 0, turn.now), "")
    except Exception:  # it has been logged: this is about which one it was
        return True
    return False
