"""What becomes of a broadcast: it waits for its time, goes out, went, or was stopped; by name who has it, who hasn't
and why, and to whom it has to be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.core import broadcast as rules
from bot.core.broadcast import Broadcast
from bot.core.broadcast_dialogue import BroadcastResult, BroadcastTime
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Moment, Phrase, Rows, Screen, Status
from bot.core.workshop import Workshop
from handlers import callbacks
from handlers.broadcasts import taps as to
from handlers.broadcasts.going import forget_time, go_out, signed
from handlers.broadcasts.words import named, some
from handlers.broadcasts.writing import content
from handlers.context import Here, Reader, button, lines, page_of, screen, tap
from storage.outbox import STOPPED, UNSURE, Receipt

PER_PAGE = 20
OVER = (Status.SENT, Status.FAILED, Status.EXPIRED)
_REASONS = {
    "blocked": "sent.blocked",
    "deactivated": "sent.gone",
    "not_started": "sent.never",
    "chat_not_found": "sent.never",
    STOPPED: "sent.stopped_before",
    UNSURE: "sent.unsure",
}


# Taps ------------------------------------------------------------------------------------------------------------


async def _one(here: Here, workshop_id: int, broadcast_id: int) -> tuple[Workshop, Broadcast, int]:
    """A broadcast of a workshop, and the number of the facilitator who asks. Refuses everybody else."""
    workshop, member = await here.facilitator(workshop_id)
    found = await here.turn.broadcast(broadcast_id)
    if found is None or found.workshop_id != workshop.id:
        raise Refusal("tap.old")
    return workshop, found, member.number


@tap(to.BroadcastShow)
async def show(here: Here, action: to.BroadcastShow) -> None:
    workshop, broadcast, _ = await _one(here, action.workshop, action.broadcast)
    here.ask(BroadcastResult(workshop_id=workshop.id, broadcast_id=broadcast.id, page=max(action.page, -1)))


@tap(to.BroadcastChange)
async def change(here: Here, action: to.BroadcastChange) -> None:
    workshop, broadcast, number = await _one(here, action.workshop, action.broadcast)
    match action.what:
        case "stop":
            copies = await here.turn.ledger(broadcast.id)
            if broadcast.sent_at is not None and all(each.status in OVER for each in copies):
                raise Refusal("broadcast.is_sent")
            here.turn.put(rules.stop(broadcast, number, here.turn.now))
            await forget_time(here.turn, broadcast)
        case "now":
            await go_out(here.turn, workshop, signed(workshop, broadcast, number))
            await forget_time(here.turn, broadcast)
        case "time":
            if broadcast.sent_at is not None:
                raise Refusal("broadcast.is_sent")
            here.ask(BroadcastTime(workshop_id=workshop.id, broadcast_id=broadcast.id))
            return
        case _:
            raise Refusal("tap.old")
    here.ask(BroadcastResult(workshop_id=workshop.id, broadcast_id=broadcast.id))


# Screens ---------------------------------------------------------------------------------------------------------


@screen(BroadcastResult)
async def result_screen(reader: Reader, person: Person, dialogue: BroadcastResult) -> Screen | None:
    """True at any moment, since it is read from what is stored and was sent."""
    workshop = await reader.workshop(dialogue.workshop_id)
    broadcast = await reader.broadcast(dialogue.broadcast_id)
    if workshop is None or broadcast is None:
        return None
    if broadcast.sent_at is None:
        return _not_gone(reader, workshop, broadcast)
    copies = await reader.ledger(broadcast.id)
    if dialogue.page >= 0:
        return _by_name(workshop, broadcast, copies, dialogue.page)
    return _gone(workshop, broadcast, copies)


def _not_gone(reader: Reader, workshop: Workshop, broadcast: Broadcast) -> Screen:
    """One that waits for its time, or was stopped before it."""
    at = {"at": Moment(broadcast.due_at)} if broadcast.due_at else {}
    whom = Phrase("broadcast.whom", {"to": named(reader, workshop, broadcast.audience)})
    if broadcast.waits:
        heading = Phrase("sent.waits", at)
    elif broadcast.stopped_by:
        heading = Phrase("sent.called_off", {"name": workshop.members[broadcast.stopped_by].name})
    else:
        heading = Phrase("sent.not_sent", at)
    said = [heading, whom, "", *content(reader, workshop, broadcast)]
    if broadcast.waits:
        said += ["", Phrase("broadcast.who_then")]
    rows: list[tuple[Choice, ...]] = [
        (
            button("label.send_now", to.BroadcastChange(workshop.id, broadcast.id, "now")),
            button("label.another_time", to.BroadcastChange(workshop.id, broadcast.id, "time")),
        )
    ]
    close = button("label.close", callbacks.Close())
    stop = button("label.dont_send", to.BroadcastChange(workshop.id, broadcast.id, "stop"))
    rows.append((stop, close) if broadcast.waits else (close,))
    return Screen("lines", lines(*said), tuple(rows))


def _gone(workshop: Workshop, broadcast: Broadcast, copies: Sequence[Receipt]) -> Screen:
    """How many have it, and by name whom it didn't reach."""
    sent = sum(1 for each in copies if each.status is Status.SENT)
    over = [each for each in copies if each.status in OVER[1:]]
    left_out = sum(1 for each in over if each.reason == STOPPED)
    coming = len(copies) - sent - len(over)
    names = _names(workshop)
    missed: list[Any] = [
        Phrase("sent.missed_one", {"name": names.get(each.chat_id, ""), "reason": _reason(each)})
        for each in over
        if each.reason != STOPPED
    ]
    aloud = [workshop.members[number].name for number in broadcast.aloud]
    text = lines(
        _counts(workshop, broadcast, sent, len(copies)) if copies else None,
        Phrase("sent.to_come", {"count": coming}) if coming else None,
        Phrase("sent.left_out", {"count": left_out}) if left_out else None,
        Phrase("sent.missed", {"names": some(missed)}) if missed else None,
        Phrase("sent.aloud", {"names": some(aloud)}) if aloud else None,
        None if copies or aloud else Phrase("sent.forgotten"),
    )
    row = []
    if coming and broadcast.stopped_at is None:
        row.append(button("label.stop_it", to.BroadcastChange(workshop.id, broadcast.id, "stop"), style="danger"))
    if copies:
        row.append(button("label.by_name", to.BroadcastShow(workshop.id, broadcast.id, 0)))
    rows: Rows = ((*row, button("label.close", callbacks.Close())),)
    # All of it stays in the chat when something else is asked: those named still have to be told.
    return Screen("lines", text, rows, closing=Phrase("lines", text))


def _counts(workshop: Workshop, broadcast: Broadcast, sent: int, copies: int) -> Phrase:
    if broadcast.stopped_at is None:
        return Phrase("sent.delivered", {"sent": sent, "all": copies})
    by = workshop.members[broadcast.stopped_by].name
    return Phrase("sent.stopped", {"name": by, "sent": sent, "all": copies})


def _by_name(workshop: Workshop, broadcast: Broadcast, copies: Sequence[Receipt], page: int) -> Screen:
    """Everybody whom it was for, a page at a time: first those who have yet to hear of it."""
    names = _names(workshop)
    aloud = [(workshop.members[number].name, Phrase("sent.no_phone")) for number in broadcast.aloud]
    there = [each for each in copies if each.status is Status.SENT]
    rest = [each for each in copies if each.status is not Status.SENT]
    everyone = [*((names.get(each.chat_id, ""), _standing(each)) for each in rest), *aloud]
    everyone += [(names.get(each.chat_id, ""), _standing(each)) for each in there]
    shown, page, pages = page_of(everyone, page, PER_PAGE)
    text = lines(
        *(Phrase("sent.line", {"name": name, "standing": standing}) for name, standing in shown),
        Phrase("page", {"page": page + 1, "pages": pages}) if pages > 1 else None,
    )
    turn = [
        button(label, to.BroadcastShow(workshop.id, broadcast.id, other))
        for label, other in (("label.earlier", page - 1), ("label.more", page + 1))
        if 0 <= other < pages
    ]
    back = button("label.back", to.BroadcastShow(workshop.id, broadcast.id, -1))
    return Screen("lines", text, tuple(filter(None, (tuple(turn), (back,)))))


def _names(workshop: Workshop) -> dict[int, str]:
    return {member.user_id: member.name for member in workshop.members.values() if member.user_id is not None}


def _reason(receipt: Receipt) -> Phrase:
    return Phrase(_REASONS.get(receipt.reason, "sent.other"))


def _standing(receipt: Receipt) -> Phrase:
    match receipt.status:
        case Status.SENT:
            return Phrase("sent.has_it")
        case Status.FAILED | Status.EXPIRED:
            return _reason(receipt)
        case _:
            return Phrase("sent.on_its_way")
