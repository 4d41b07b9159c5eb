"""How a broadcast fares, by name: who has it, who hasn't and why, and to whom it has to be read."""

from __future__ import annotations

from typing import Any

from bot.core.dialogue import BroadcastResult, Person
from bot.core.message import Phrase, Screen, Status
from handlers import callbacks as to
from handlers.context import Reader, button, lines, screen

MOST_NAMED = 20
_REASONS = {
    "blocked": "sent.blocked",
    "deactivated": "sent.gone",
    "not_started": "sent.never",
    "chat_not_found": "sent.never",
}


@screen(BroadcastResult)
async def result_screen(reader: Reader, person: Person, dialogue: BroadcastResult) -> Screen | None:
    """Who has it, who hasn't and why: true at any moment, since it is read from what was sent."""
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None:
        return None
    copies = await reader.ledger(dialogue.broadcast_id)
    if not copies and not dialogue.aloud:
        return None  # long ago: what was sent isn't kept for ever
    sent = sum(1 for each in copies if each.status is Status.SENT)
    missed = [each for each in copies if each.status in (Status.FAILED, Status.EXPIRED)]
    coming = len(copies) - sent - len(missed)
    by_chat = {member.user_id: member.name for member in workshop.members.values()}
    names: list[Any] = [
        Phrase(
            "sent.missed_one",
            {"name": by_chat.get(each.chat_id, ""), "reason": Phrase(_REASONS.get(each.reason, "sent.other"))},
        )
        for each in missed
    ]
    aloud: list[Any] = [workshop.members[number].name for number in dialogue.aloud]
    text = lines(
        Phrase("sent.delivered", {"sent": sent, "all": len(copies)}) if copies else None,
        Phrase("sent.to_come", {"count": coming}) if coming else None,
        Phrase("sent.missed", {"names": _some(names)}) if names else None,
        Phrase("sent.aloud", {"names": _some(aloud)}) if aloud else None,
    )
    # All of it stays in the chat when something else is asked: those named still have to be told.
    return Screen("lines", text, ((button("label.close", to.Close()),),), closing=Phrase("lines", text))


def _some(names: list[Any]) -> list[Any]:
    """As many names as can be read at a glance."""
    if len(names) <= MOST_NAMED:
        return names
    return [*names[:MOST_NAMED], Phrase("more", {"count": len(names) - MOST_NAMED})]
