"""A facilitator puts a broadcast together: the text, a picture or a file, now or at a time; a look before it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.core import broadcast as rules
from bot.core import checked
from bot.core.broadcast import Attachment, Broadcast
from bot.core.broadcast_dialogue import Broadcasting, BroadcastResult, BroadcastTime
from bot.core.dialogue import Dialogue, Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Moment, Phrase, Screen
from bot.core.words import clean_line, shortened
from bot.core.workshop import Member, Workshop
from handlers.broadcasts import choosing
from handlers.broadcasts import taps as to
from handlers.broadcasts.going import go_out, signed, wait_until
from handlers.broadcasts.when import read_when
from handlers.broadcasts.words import along, facts, few, named, readers, step_of
from handlers.context import Here, Reader, SentFile, button, command, lines, on_file, on_text, screen, tap
from handlers.typed import by_number

LONGEST = 3000  # characters: with the sender's name they fit into one message
LONGEST_CAPTION = 800  # the same below a picture or a file
LONGEST_FILE = 60  # characters of its name
IN_MINUTES = (10, 30, 60)


def longest(attachment: Attachment | None) -> int:
    return LONGEST_CAPTION if attachment else LONGEST


# Asking ----------------------------------------------------------------------------------------------------------


@command("broadcast")
async def broadcast(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    await here.facilitator(workshop.id)
    text = checked.words(rest, LONGEST) if rest else ""
    here.ask(Broadcasting(workshop_id=workshop.id, text=text, grouping=choosing.first_grouping(workshop)))


@tap(to.Announce)
async def announce(here: Here, action: to.Announce) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    here.ask(Broadcasting(workshop_id=workshop.id, grouping=choosing.first_grouping(workshop)))


@tap(to.Nudge)
async def nudge(here: Here, action: to.Nudge) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    grouping = choosing.first_grouping(workshop)
    here.ask(Broadcasting(workshop_id=workshop.id, grouping=grouping, asks="step", nudge=True))


@on_text(Broadcasting)
async def broadcast_text(here: Here, dialogue: Broadcasting, text: str) -> None:
    """Words before it is known for whom are kept (numbers mean groups there); later ones replace them."""
    workshop, member = await here.facilitator(dialogue.workshop_id)
    if dialogue.asks == "to" and await choosing.typed_groups(here, workshop, dialogue, text):
        return
    if dialogue.asks in ("preview", "role", "step", "away") and await by_number(here, text):
        return
    if dialogue.asks in ("role", "step", "away"):
        raise Refusal("input.choose")
    if dialogue.asks == "time":
        await _at(here, workshop, member, dialogue, _time(here, workshop, text))
        return
    words = checked.words(text, longest(dialogue.attachment))
    here.ask(replace(dialogue, text=words, asks="to" if dialogue.asks == "to" else "preview"))


@on_file(Broadcasting)
async def broadcast_file(here: Here, dialogue: Broadcasting, file: SentFile | None) -> None:
    """A picture or a file, with the words that came with it or those that were there."""
    await here.facilitator(dialogue.workshop_id)
    if file is None:
        raise Refusal("broadcast.no_such_file")
    if dialogue.asks not in ("to", "text", "preview"):
        raise Refusal("input.choose")
    text = checked.words(file.caption, LONGEST_CAPTION) if file.caption.strip() else dialogue.text
    if len(text) > LONGEST_CAPTION:
        raise Refusal("broadcast.caption_long", length=len(text), longest=LONGEST_CAPTION)
    name = shortened(clean_line(file.name), LONGEST_FILE)
    kept = replace(dialogue, text=text, attachment=Attachment(file.id, file.picture, name))
    here.ask(kept if dialogue.asks == "to" else replace(kept, asks="preview"))
    here.acknowledge()


@tap(to.BroadcastDo)
async def broadcast_do(here: Here, action: to.BroadcastDo) -> None:
    workshop, member, dialogue = await choosing.open_one(here, action.workshop)
    ready = dialogue.asks == "preview"
    match action.what:
        case "send" if ready:
            await _send(here, workshop, member, dialogue)
        case "later" if ready:
            here.ask(replace(dialogue, asks="time"))
        case "now" if ready:
            here.ask(replace(dialogue, at=None))
        case "edit":
            here.ask(replace(dialogue, asks="text"))
        case "bare" if dialogue.attachment is not None:
            kept = replace(dialogue, attachment=None)
            here.ask(kept if kept.text or kept.nudge else replace(kept, asks="text"))
        case "role" | "step" | "away" if dialogue.asks == "to":
            here.ask(replace(dialogue, asks=action.what, nudge=False))
        case "nudge" if dialogue.asks == "to":
            here.ask(replace(dialogue, asks="step", nudge=True))
        case "to":
            here.ask(replace(dialogue, asks="to", nudge=False))
        case "cancel":
            here.ask(None)
        case _:
            raise Refusal("tap.old")


async def _send(here: Here, workshop: Workshop, sender: Member, dialogue: Broadcasting) -> None:
    """Let it go out, or wait for its time."""
    turn = here.turn
    if not dialogue.text and dialogue.attachment is None and not dialogue.nudge:
        raise Refusal("tap.old")
    made = Broadcast(
        id=turn.runner.next_id("broadcasts"),
        workshop_id=workshop.id,
        sender=sender.number,
        audience=dialogue.audience,
        text=dialogue.text,
        attachment=dialogue.attachment,
    )
    if dialogue.at is not None:
        await wait_until(turn, workshop, made, dialogue.at)
    else:
        await go_out(turn, workshop, made)
    here.ask(BroadcastResult(workshop_id=workshop.id, broadcast_id=made.id))


# At a time -------------------------------------------------------------------------------------------------------


@tap(to.BroadcastIn)
async def broadcast_in(here: Here, action: to.BroadcastIn) -> None:
    workshop, member = await here.facilitator(action.workshop)
    if action.minutes not in IN_MINUTES:
        raise Refusal("tap.old")
    await _at(here, workshop, member, here.person.dialogue, here.turn.now + timedelta(minutes=action.minutes))


@on_text(BroadcastTime)
async def another_time(here: Here, dialogue: BroadcastTime, text: str) -> None:
    workshop, member = await here.facilitator(dialogue.workshop_id)
    await _at(here, workshop, member, dialogue, _time(here, workshop, text))


def _time(here: Here, workshop: Workshop, text: str) -> datetime:
    """When something is to go out, as it was typed. Refuses what is no time, or none to come."""
    zone = here.person.zone or workshop.zone
    at = read_when(text, here.person.language, here.turn.now, zone, country=workshop.country)
    if at is None:
        raise Refusal("broadcast.no_time")
    rules.check_time(at, here.turn.now)
    return at


async def _at(here: Here, workshop: Workshop, member: Member, dialogue: Dialogue | None, at: datetime) -> None:
    """The time that was asked for: of a broadcast that is being put together, or of one that waits."""
    match dialogue:
        case Broadcasting(asks="time") if dialogue.workshop_id == workshop.id:
            here.ask(replace(dialogue, asks="preview", at=at))
        case BroadcastTime() if dialogue.workshop_id == workshop.id:
            waiting = await here.turn.broadcast(dialogue.broadcast_id)
            if waiting is None or waiting.workshop_id != workshop.id:
                raise Refusal("tap.old")
            await wait_until(here.turn, workshop, signed(workshop, waiting, member.number), at)
            here.ask(BroadcastResult(workshop_id=workshop.id, broadcast_id=waiting.id))
        case _:
            raise Refusal("tap.old")


# Screens ---------------------------------------------------------------------------------------------------------


@screen(Broadcasting)
async def broadcast_screen(reader: Reader, person: Person, dialogue: Broadcasting) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None:
        return None
    cancel = button("label.cancel", to.BroadcastDo(workshop.id, "cancel"))
    back = (button("label.back", to.BroadcastDo(workshop.id, "to")), cancel)
    whom = named(reader, workshop, dialogue.audience)
    match dialogue.asks:
        case "to":
            return await choosing.to_whom(reader, workshop, dialogue, cancel)
        case "role":
            return await choosing.by_role(reader, workshop, dialogue, back)
        case "step":
            return await choosing.by_step(reader, workshop, dialogue, back)
        case "away":
            return await choosing.not_seen(reader, workshop, dialogue, back)
        case "text":
            key = "broadcast.text_again" if dialogue.text or dialogue.nudge else "broadcast.text"
            return Screen(key, {"to": whom, "longest": longest(dialogue.attachment)}, ((cancel,),))
        case "time":
            return Screen("broadcast.time", rows=(_times(workshop), (cancel,)))
        case "preview":
            return await _preview(reader, person, workshop, dialogue, cancel)


@screen(BroadcastTime)
async def time_screen(reader: Reader, person: Person, dialogue: BroadcastTime) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    broadcast = await reader.broadcast(dialogue.broadcast_id)
    if workshop is None or broadcast is None:
        return None
    back = button("label.back", to.BroadcastShow(workshop.id, broadcast.id, -1))
    return Screen("broadcast.time", rows=(_times(workshop), (back,)))


def _times(workshop: Workshop) -> tuple[Choice, ...]:
    """Some times that are near."""
    return tuple(
        button("label.in_minutes", to.BroadcastIn(workshop.id, minutes), count=minutes) for minutes in IN_MINUTES
    )


async def _preview(
    reader: Reader, person: Person, workshop: Workshop, dialogue: Broadcasting, cancel: Choice
) -> Screen:
    member = workshop.active_user(person.user_id)
    members = await readers(reader, workshop, dialogue.audience, member.number if member else 0)
    whom = {"to": named(reader, workshop, dialogue.audience), "facts": await facts(reader, members)}
    text = lines(
        Phrase("broadcast.heading", whom),
        Phrase("broadcast.names", {"names": few([each.name for each in members])}) if members else None,
        "",
        *content(reader, workshop, dialogue),
        "",
        Phrase("broadcast.at", {"at": Moment(dialogue.at)}) if dialogue.at else None,
        Phrase("broadcast.who_then") if dialogue.at else None,
        Phrase("broadcast.signed"),
    )
    act = "label.plan_it" if dialogue.at else "label.send"
    first = (
        button(act, to.BroadcastDo(workshop.id, "send"), style="primary"),
        button("label.edit", to.BroadcastDo(workshop.id, "edit")),
    )
    second = [button("label.another_time" if dialogue.at else "label.at_a_time", to.BroadcastDo(workshop.id, "later"))]
    if dialogue.at:
        second.append(button("label.not_later", to.BroadcastDo(workshop.id, "now")))
    if dialogue.attachment:
        key = "label.without_picture" if dialogue.attachment.picture else "label.without_file"
        second.append(button(key, to.BroadcastDo(workshop.id, "bare")))
    return Screen("lines", text, (first, tuple(second), (cancel,)))


def content(reader: Reader, workshop: Workshop, of: Broadcasting | Broadcast) -> list[Any]:
    """What a broadcast says, and what goes along."""
    found: list[Any] = []
    if of.text:
        found.append(Phrase("broadcast.quoted", {"text": of.text}))
    elif of.attachment is None:
        asked = Phrase("broadcast.finish", step_of(reader, workshop, of.audience))
        found.append(Phrase("broadcast.quoted", {"text": asked}))
    if of.attachment is not None:
        found.append(along(of.attachment))
    return found
