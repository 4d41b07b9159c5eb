"""A facilitator writes to the room, or to groups of it, and sees by name whom it didn't reach."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.core import checked
from bot.core.dialogue import Broadcasting, BroadcastResult, Person
from bot.core.errors import Refusal
from bot.core.message import Choice, ContentText, Phrase, Priority, Screen
from bot.core.words import shortened
from bot.core.workshop import Member, Workshop
from handlers import callbacks as to
from handlers.context import Here, Reader, button, command, joined, lines, on_text, screen, tap
from handlers.exercises import numbers
from handlers.groups import newest
from handlers.typed import by_number
from storage.broadcasts import Broadcast

LONGEST = 3000  # characters: with the sender's name they fit into one message
QUOTED = 200  # characters of a text that waits for its readers
PER_ROW = 3
_NUMBERS = re.compile(r"\s*[0-9]{1,4}([\s,]+[0-9]{1,4})*\s*$")


def recipients(workshop: Workshop, grouping: str, groups: tuple[int, ...]) -> list[Member]:
    """The participants that a broadcast is for: all, or those of some groups."""
    formation = workshop.formations.get(grouping)
    if not groups or formation is None:
        return [] if groups else workshop.participants()
    seated = {member for group in groups for member in formation.members_of(group)}
    return [member for member in workshop.participants() if member.number in seated]


# Asking ----------------------------------------------------------------------------------------------------------


@command("broadcast")
async def broadcast(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    await here.facilitator(workshop.id)
    text = checked.words(rest, LONGEST) if rest else ""
    here.ask(Broadcasting(workshop_id=workshop.id, text=text, grouping=_first_grouping(workshop)))


@tap(to.Announce)
async def announce(here: Here, action: to.Announce) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    here.ask(Broadcasting(workshop_id=workshop.id, grouping=_first_grouping(workshop)))


def _first_grouping(workshop: Workshop) -> str:
    now = newest(workshop)
    return now.grouping if now else ""


async def _open(here: Here, workshop_id: int) -> tuple[Workshop, Member, Broadcasting]:
    """The broadcast that is being put together. Refuses when there is none any more."""
    workshop, member = await here.facilitator(workshop_id)
    dialogue = here.person.dialogue
    if not isinstance(dialogue, Broadcasting) or dialogue.workshop_id != workshop_id:
        raise Refusal("tap.old")
    return workshop, member, dialogue


@tap(to.BroadcastTo)
async def broadcast_to(here: Here, action: to.BroadcastTo) -> None:
    workshop, _, dialogue = await _open(here, action.workshop)
    formation = workshop.formations.get(action.grouping)
    if action.group == 0:
        _go_on(here, workshop, replace(dialogue, groups=()))
    elif action.group == -1 and dialogue.groups:
        _go_on(here, workshop, dialogue)
    elif formation is not None and action.group == -2:
        here.ask(replace(dialogue, asks="to", grouping=action.grouping, groups=()))
    elif formation is not None and action.group in formation.groups:
        before = set(dialogue.groups) if dialogue.grouping == action.grouping else set()
        chosen = tuple(sorted(before ^ {action.group}))
        here.ask(replace(dialogue, asks="to", grouping=action.grouping, groups=chosen))
    else:
        raise Refusal("tap.old")


def _go_on(here: Here, workshop: Workshop, dialogue: Broadcasting) -> None:
    """To the text, or straight to the preview where there is one already."""
    if not recipients(workshop, dialogue.grouping, dialogue.groups):
        raise Refusal("broadcast.nobody")
    here.ask(replace(dialogue, asks="preview" if dialogue.text else "text"))


@on_text(Broadcasting)
async def broadcast_text(here: Here, dialogue: Broadcasting, text: str) -> None:
    """Words before it is known for whom are kept (numbers mean groups there); later ones replace them."""
    workshop, _ = await here.facilitator(dialogue.workshop_id)
    formation = workshop.formations.get(dialogue.grouping)
    if dialogue.asks == "to" and formation is not None and _NUMBERS.match(text):
        groups = sorted({int(number) for number in text.replace(",", " ").split()})
        if unknown := [number for number in groups if number not in formation.groups]:
            raise Refusal("groups.no_such", number=unknown[0])
        _go_on(here, workshop, replace(dialogue, groups=tuple(groups)))
        return
    if dialogue.asks == "preview" and await by_number(here, text):
        return
    words = checked.words(text, LONGEST)
    here.ask(replace(dialogue, text=words, asks="to" if dialogue.asks == "to" else "preview"))


@tap(to.BroadcastDo)
async def broadcast_do(here: Here, action: to.BroadcastDo) -> None:
    workshop, member, dialogue = await _open(here, action.workshop)
    match action.what:
        case "send" if dialogue.text and dialogue.asks == "preview":
            await _send(here, workshop, member, dialogue)
        case "edit":
            here.ask(replace(dialogue, asks="text"))
        case "cancel":
            here.ask(None)
        case _:
            raise Refusal("tap.old")


async def _send(here: Here, workshop: Workshop, sender: Member, dialogue: Broadcasting) -> None:
    turn = here.turn
    everyone = recipients(workshop, dialogue.grouping, dialogue.groups)
    if not everyone:
        raise Refusal("broadcast.nobody")
    sent = Broadcast(
        id=turn.runner.next_id("broadcasts"),
        workshop_id=workshop.id,
        sender=sender.number,
        text=dialogue.text,
        grouping=dialogue.grouping if dialogue.groups else "",
        groups=dialogue.groups,
        sent_at=turn.now,
    )
    turn.record(sent)
    for member in everyone:
        if member.user_id is None:
            continue
        person = await turn.person(member.user_id)
        elsewhere = person is None or person.workshop_id != workshop.id
        key = "broadcast.message_elsewhere" if elsewhere else "broadcast.message"
        params: dict[str, Any] = {"name": sender.name, "title": workshop.title, "text": dialogue.text}
        await turn.say(member.user_id, key, priority=Priority.LIVE, batch=sent.id, **params)
    aloud = tuple(member.number for member in everyone if member.user_id is None)
    here.ask(BroadcastResult(workshop_id=workshop.id, broadcast_id=sent.id, aloud=aloud))


# Screens ---------------------------------------------------------------------------------------------------------


@screen(Broadcasting)
async def broadcast_screen(reader: Reader, person: Person, dialogue: Broadcasting) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None:
        return None
    cancel = button("label.cancel", to.BroadcastDo(workshop.id, "cancel"))
    match dialogue.asks:
        case "to":
            return _to_whom(reader, workshop, dialogue, cancel)
        case "text":
            key = "broadcast.text_again" if dialogue.text else "broadcast.text"
            return Screen(key, {"to": _readers(dialogue), "longest": LONGEST}, ((cancel,),))
    everyone = recipients(workshop, dialogue.grouping, dialogue.groups)
    people = [await reader.person(each.user_id) for each in everyone if each.user_id is not None]
    facts = [Phrase("broadcast.people", {"count": len(everyone)})]
    if without := len(everyone) - len(people):
        facts.append(Phrase("room.no_phone", {"count": without}))
    if away := sum(1 for each in people if each is not None and each.unreachable):
        facts.append(Phrase("room.unreachable", {"count": away}))
    params = {"to": _readers(dialogue), "facts": joined("room.dot", facts), "text": dialogue.text}
    send = button("label.send", to.BroadcastDo(workshop.id, "send"), style="primary")
    return Screen(
        "broadcast.preview", params, ((send, button("label.edit", to.BroadcastDo(workshop.id, "edit"))), (cancel,))
    )


def _readers(dialogue: Broadcasting) -> Phrase:
    return Phrase("broadcast.groups", numbers(list(dialogue.groups))) if dialogue.groups else Phrase("broadcast.all")


def _to_whom(reader: Reader, workshop: Workshop, dialogue: Broadcasting, cancel: Choice) -> Screen:
    rows: list[tuple[Choice, ...]] = [(button("label.everyone", to.BroadcastTo(workshop.id, 0, "")),)]
    formation = workshop.formations.get(dialogue.grouping)
    if formation is not None:
        choices = []
        for number in formation.groups:
            name = Phrase("group", {"number": number})
            action = to.BroadcastTo(workshop.id, number, formation.grouping)
            picked = number in dialogue.groups
            choices.append(button("label.chosen", action, label=name) if picked else Choice(name, to.pack(action)))
        rows += [tuple(choices[at : at + PER_ROW]) for at in range(0, len(choices), PER_ROW)]
    if dialogue.groups:
        action = to.BroadcastTo(workshop.id, -1, dialogue.grouping)
        rows.insert(0, (button("label.write_to", action, style="primary", **numbers(list(dialogue.groups))),))
    programme = reader.programme(workshop)
    rows += [
        (
            Choice(
                ContentText(programme.name, programme.groupings[name].title),
                to.pack(to.BroadcastTo(workshop.id, -2, name)),
            ),
        )
        for name in workshop.formations
        if name != dialogue.grouping and name in programme.groupings
    ]
    kept = Phrase("broadcast.kept", {"text": shortened(dialogue.text, QUOTED)}) if dialogue.text else None
    return Screen("lines", lines(Phrase("broadcast.to"), kept), (*rows, (cancel,)))
