"""A broadcast goes out: at once, or when its time has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core import broadcast as rules
from bot.core import hours
from bot.core.audience import To
from bot.core.broadcast import Broadcast
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind, FireStatus
from bot.core.message import Kind, Moment, Phrase, Priority, Rows
from bot.core.run import Run
from bot.core.workshop import Member, Membership, Workshop
from bot.turn import Turn
from handlers import callbacks as to
from handlers.broadcasts.taps import BroadcastShow
from handlers.broadcasts.words import named, readers, step_of
from handlers.context import button

SUBJECT = "b"  # starts the subject of a fire that is a broadcast's time: "b12"


def leads(workshop: Workshop, number: int) -> bool:
    """Whether a member is a facilitator who is still there."""
    member = workshop.members[number]
    return member.leads and member.status is Membership.ACTIVE


def signed(workshop: Workshop, broadcast: Broadcast, by: int) -> Broadcast:
    """A broadcast whose writer doesn't lead any more is that of whoever lets it go."""
    return broadcast if leads(workshop, broadcast.sender) else replace(broadcast, sender=by)


# Sending ---------------------------------------------------------------------------------------------------------


async def go_out(turn: Turn, workshop: Workshop, broadcast: Broadcast) -> Broadcast:
    """Write a broadcast to all whom it is for now. Refuses where that is nobody."""
    members = await readers(turn, workshop, broadcast.audience, broadcast.sender)
    if not members:
        raise Refusal("broadcast.nobody")
    aloud = tuple(each.number for each in members if each.user_id is None)
    sent = rules.send(broadcast, aloud, turn.now)
    turn.put(sent)
    sender = workshop.members[broadcast.sender]
    sheets = await _sheets(turn, workshop, broadcast)
    for member in members:
        if member.user_id is not None:
            await _write(turn, workshop, sent, sender, member.user_id, sheets.get(member.number))
    return sent


async def _write(
    turn: Turn, workshop: Workshop, broadcast: Broadcast, sender: Member, user_id: int, sheet: Run | None
) -> None:
    person = await turn.person(user_id)
    elsewhere = person is None or person.workshop_id != workshop.id
    params: dict[str, Any] = {"name": sender.name}
    kind = Kind.SEND
    if broadcast.attachment is not None:
        kind = Kind.PHOTO if broadcast.attachment.picture else Kind.DOCUMENT
        params["file_id"] = broadcast.attachment.file_id
    if broadcast.text:
        said: Any = broadcast.text
    elif broadcast.attachment is None:
        said = Phrase("broadcast.finish", step_of(turn, workshop, broadcast.audience))
    else:
        said = None
    key = "broadcast.message" if said is not None else "broadcast.bare"
    if elsewhere:
        key, params["title"] = f"{key}_elsewhere", workshop.title
    if said is not None:
        params["text"] = said
    rows: Rows = ((button("label.to_sheet", to.ShowSheet(sheet.id)),),) if sheet is not None else ()
    await turn.say(
        user_id, key, rows, kind=kind, priority=Priority.LIVE, batch=broadcast.id, unasked=bool(rows), **params
    )


async def _sheets(turn: Turn, workshop: Workshop, broadcast: Broadcast) -> dict[int, Run]:
    """Of those who are asked to finish something: the sheet on which it is, by member."""
    audience = broadcast.audience
    exercise = turn.programme(workshop).exercises.get(audience.exercise)
    if audience.to is not To.UNFINISHED or exercise is None:
        return {}
    found: dict[int, Run] = {}
    formation = workshop.formation(exercise.grouping)
    for run in await turn.runs_of(workshop.id):
        if run.exercise == exercise.id and run.published_at is None:
            theirs = formation.members_of(run.group) if run.group and formation else [run.member]
            found |= dict.fromkeys(theirs, run)
    return found


# At a time -------------------------------------------------------------------------------------------------------


async def wait_until(turn: Turn, workshop: Workshop, broadcast: Broadcast, due_at: datetime) -> Broadcast:
    """Have a broadcast go out at an instant."""
    waiting = rules.put_off(broadcast, due_at, turn.now)
    known = await turn.fires_by_key(waiting.key)
    on = hours.day_of(due_at, workshop.zone)
    standing = next((each for each in known if each.is_open), None)
    if standing is None:
        standing = Fire(
            id=turn.runner.next_id("fires"),
            key=waiting.key,
            version=str(len(known) + 1),
            kind=FireKind.BROADCAST,
            subject=f"{SUBJECT}{waiting.id}",
            series=waiting.key,
            workshop_id=workshop.id,
            on=on,
            due_at=due_at,
        )
    turn.put(waiting, replace(standing, on=on, due_at=due_at, by_hand=bool(known)))
    return waiting


async def forget_time(turn: Turn, broadcast: Broadcast) -> None:
    """Nothing is to happen at its time any more."""
    known = await turn.fires_by_key(broadcast.key)
    turn.put(*(replace(each, status=FireStatus.CANCELLED, done_at=turn.now) for each in known if each.is_open))


@dataclass(frozen=True, slots=True)
class OnTime:
    """A broadcast whose time has come."""

    fire: Fire

    async def say(self, turn: Turn) -> None:
        broadcast = await turn.broadcast(int(self.fire.subject.removeprefix(SUBJECT)))
        workshop = await turn.workshop(self.fire.workshop_id)
        if broadcast is None or workshop is None or not broadcast.waits:
            self._over(turn, FireStatus.MISSED, "stale")
            return
        theirs = leads(workshop, broadcast.sender)
        if not theirs or rules.is_too_late(self.fire.due_at, turn.now):
            self._over(turn, FireStatus.MISSED, "too_late" if theirs else "not_leading")
            turn.put(rules.stop(broadcast, 0, turn.now))
            await self._tell(turn, workshop, broadcast, "broadcast.too_late" if theirs else "broadcast.not_leading")
            return
        try:
            await go_out(turn, workshop, broadcast)
        except Refusal as refusal:
            self._over(turn, FireStatus.MISSED, "nobody")
            turn.put(rules.stop(broadcast, 0, turn.now))
            await self._tell(turn, workshop, broadcast, refusal.key)
            return
        self._over(turn, FireStatus.DONE, "")
        await self._tell(turn, workshop, broadcast, "broadcast.goes")

    async def give_up(self, turn: Turn) -> None:
        self._over(turn, FireStatus.MISSED, "failed")

    def _over(self, turn: Turn, status: FireStatus, reason: str) -> None:
        turn.put(replace(self.fire, status=status, reason=reason, done_at=turn.now))

    async def _tell(self, turn: Turn, workshop: Workshop, broadcast: Broadcast, key: str) -> None:
        """Tell whoever wrote it, or the organiser where they don't lead any more, what becomes of it."""
        sender = workshop.members[broadcast.sender]
        told = sender if leads(workshop, sender.number) else workshop.organiser
        if told.user_id is None:
            return
        rows: Rows = ((button("label.how_it_goes", BroadcastShow(workshop.id, broadcast.id, -1)),),)
        about: dict[str, Any] = {
            "at": Moment(self.fire.due_at),
            "to": named(turn, workshop, broadcast.audience),
            "name": sender.name,
        }
        told_of = Phrase("broadcast.nobody_then", about) if key == "broadcast.nobody" else Phrase(key, about)
        await turn.say(told.user_id, "plain", rows, priority=Priority.LIVE, unasked=True, silent=True, text=told_of)
