"""The broadcasts of a workshop: those that wait, to be moved or stopped, and those that went."""

from __future__ import annotations

from typing import Any

from bot.core.broadcast import Broadcast
from bot.core.broadcast_dialogue import Broadcasts
from bot.core.dialogue import Person
from bot.core.message import Choice, Moment, Phrase, Screen
from bot.core.words import shortened
from bot.core.workshop import Workshop
from handlers.broadcasts import taps as to
from handlers.broadcasts.words import along, named
from handlers.callbacks import Close, pack
from handlers.context import Here, Reader, button, lines, page_of, screen, tap

PER_PAGE = 6
QUOTED = 60  # characters of each


@tap(to.ShowBroadcasts)
async def show(here: Here, action: to.ShowBroadcasts) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    here.ask(Broadcasts(workshop_id=workshop.id, page=action.page))


def _in_order(broadcasts: list[Broadcast]) -> list[Broadcast]:
    """Those that wait by their time, then the others, the newest first."""
    waiting = sorted((each for each in broadcasts if each.waits), key=lambda each: (str(each.due_at), each.id))
    return [*waiting, *reversed([each for each in broadcasts if not each.waits])]


@screen(Broadcasts)
async def broadcasts_screen(reader: Reader, person: Person, dialogue: Broadcasts) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None:
        return None
    found = _in_order(await reader.broadcasts_of(workshop.id))
    shown, page, pages = page_of(found, dialogue.page, PER_PAGE)
    first = page * PER_PAGE + 1
    said: list[Any] = [_line(reader, workshop, number, each) for number, each in enumerate(shown, first)]
    text = lines(
        Phrase("broadcasts.heading") if found else Phrase("broadcasts.none"),
        *said,
        Phrase("page", {"page": page + 1, "pages": pages}) if pages > 1 else None,
    )
    choices = tuple(
        Choice(str(number), pack(to.BroadcastShow(workshop.id, each.id, -1)))
        for number, each in enumerate(shown, first)
    )
    turn = tuple(
        button(label, to.ShowBroadcasts(workshop.id, other))
        for label, other in (("label.earlier", page - 1), ("label.more", page + 1))
        if 0 <= other < pages
    )
    return Screen("lines", text, tuple(filter(None, (choices, turn, (button("label.close", Close()),)))))


def _line(reader: Reader, workshop: Workshop, number: int, broadcast: Broadcast) -> Phrase:
    about: dict[str, Any] = {"number": number, "to": named(reader, workshop, broadcast.audience)}
    if broadcast.text:
        about["text"] = Phrase("broadcast.quoted", {"text": shortened(broadcast.text, QUOTED)})
    elif broadcast.attachment is None:
        about["text"] = Phrase("broadcast.asks_to_finish")
    else:
        about["text"] = along(broadcast.attachment)
    if broadcast.waits and broadcast.due_at:
        return Phrase("broadcasts.waits", {**about, "at": Moment(broadcast.due_at)})
    if broadcast.sent_at is None:
        return Phrase("broadcasts.not_sent", about)
    return Phrase("broadcasts.went", {**about, "at": Moment(broadcast.sent_at)})
