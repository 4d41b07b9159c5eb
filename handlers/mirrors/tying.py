"""Tying a group chat to a working group: by a link from the list of chats, or by /tie in the chat; a facilitator says
yes, in their own chat with the bot.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Phrase, Priority, Rows, Screen
from bot.core.mirror import GroupChat, Mirror
from bot.core.mirror_dialogue import Chats
from bot.core.workshop import Member, Workshop
from handlers.callbacks import Close, pack
from handlers.context import Here, Reader, button, command, lines, screen, tap
from handlers.groups import newest
from handlers.mirrors import ending
from handlers.mirrors.saying import say_there
from handlers.mirrors.taps import ShowChats, TieChat, UntieChat

PER_ROW = 3
_PAYLOAD = re.compile(r"g(\d{1,15})_(\d{1,4})_([a-z0-9_-]{1,24})")


def payload(workshop: Workshop, grouping: str, group: int) -> str:
    """What a startgroup link carries. It gives no right to anything: whoever comes with it has to lead the workshop."""
    return f"g{workshop.id}_{group}_{grouping}"


# The list of chats ---------------------------------------------------------------------------------------------------


@command("chats")
async def chats(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    await _show(here, workshop.id)


@tap(ShowChats)
async def show_chats(here: Here, action: ShowChats) -> None:
    await _show(here, action.workshop)


async def _show(here: Here, workshop_id: int) -> None:
    workshop, _ = await here.facilitator(workshop_id)
    if newest(workshop) is None:
        raise Refusal("mirror.no_groups")
    here.ask(Chats(workshop_id=workshop.id))


@screen(Chats)
async def chats_screen(reader: Reader, person: Person, dialogue: Chats) -> Screen | None:
    """Which groups have a chat, with the way to untie it; and a link for each of the others."""
    workshop = await reader.workshop(dialogue.workshop_id)
    formation = newest(workshop) if workshop else None
    if workshop is None or formation is None:
        return None
    tied = [each for each in await reader.mirrors() if each.workshop_id == workshop.id]
    said: list[Any] = []
    rows: list[tuple[Choice, ...]] = []
    for mirror in tied:
        chat = await reader.group_chat(mirror.chat_id)
        about = {"group": mirror.group, "chat": chat.title if chat else "–"}
        said.append(Phrase("mirror.paused" if mirror.paused else "mirror.tied_line", about))
        rows.append(
            (button("label.untie", UntieChat(workshop.id, mirror.chat_id, mirror.thread), number=mirror.group),)
        )
    there = {(each.grouping, each.group) for each in tied}
    links = [
        Choice(
            Phrase("label.chat_for", {"number": number}),
            url=f"https://t.me/{reader.bot_username}?startgroup={payload(workshop, formation.grouping, number)}",
        )
        for number in formation.groups
        if (formation.grouping, number) not in there
    ]
    rows += [tuple(links[at : at + PER_ROW]) for at in range(0, len(links), PER_ROW)]
    return Screen("lines", lines(Phrase("mirror.list"), *said), (*rows, (button("label.close", Close()),)))


@tap(UntieChat)
async def untie(here: Here, action: UntieChat) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    found = [each for each in await here.turn.mirrors_in(action.chat) if each.thread == action.thread]
    if not found or found[0].workshop_id != workshop.id:
        raise Refusal("tap.old")
    here.turn.put(replace(found[0], over=True))
    await say_there(here.turn, action.chat, action.thread, "mirror.untied")


# Asking for it -------------------------------------------------------------------------------------------------------


async def came_with(here: Here, chat: GroupChat, thread: int, given: str) -> None:
    """Somebody brought the bot in behind a link: who leads the workshop has said yes by that; others ask."""
    found = _PAYLOAD.fullmatch(given)
    workshop = await here.turn.workshop(int(found[1])) if found else None
    if workshop is None or found is None:
        await asked(here, chat, thread)
        return
    member = workshop.active_user(here.user_id)
    formation = workshop.formations.get(found[3])
    if member is not None and member.leads and formation is not None and int(found[2]) in formation.groups:
        await _tie(here, chat, thread, workshop, member, found[3], int(found[2]))
    else:
        await asked(here, chat, thread)


async def asked(here: Here, chat: GroupChat, thread: int) -> None:
    """/tie in a chat: facilitators are asked, in their own chats, and once, however often it is sent. Only somebody in
    a workshop can have them asked."""
    turn = here.turn
    workshop = await turn.workshop(here.person.workshop_id)
    if workshop is None or workshop.active_user(here.user_id) is None:
        theirs = await turn.workshops_of(here.user_id)
        workshop = theirs[0] if theirs else None
    formation = newest(workshop) if workshop else None
    if workshop is None or formation is None:
        await say_there(turn, chat.chat_id, thread, "mirror.who" if workshop is None else "mirror.no_groups_there")
        return
    member = workshop.active_user(here.user_id)
    again = (chat.asked_workshop, chat.asked_thread) == (workshop.id, thread)
    turn.put(replace(chat, asked_workshop=workshop.id, asked_thread=thread))
    leads = member is not None and member.leads
    asks = [member] if leads and member is not None else [] if again else workshop.facilitators()
    for each in asks:
        if each.user_id is not None:
            rows = _choices(workshop, chat.chat_id, thread)
            about: dict[str, Any] = {
                "chat": chat.title,
                "name": member.name if member else "",
                "workshop": workshop.title,
            }
            await turn.say(each.user_id, "mirror.ask", rows, priority=Priority.LIVE, unasked=True, **about)
    await say_there(turn, chat.chat_id, thread, "mirror.asked")


def _choices(workshop: Workshop, chat_id: int, thread: int) -> Rows:
    formation = newest(workshop)
    if formation is None:
        return ()
    groups = [
        Choice(
            Phrase("group", {"number": number}), pack(TieChat(workshop.id, chat_id, thread, number, formation.grouping))
        )
        for number in formation.groups
    ]
    no = button("label.dont_tie", TieChat(workshop.id, chat_id, thread, 0, ""))
    return (*(tuple(groups[at : at + PER_ROW]) for at in range(0, len(groups), PER_ROW)), (no,))


@tap(TieChat)
async def tie(here: Here, action: TieChat) -> None:
    """A facilitator says to which group a chat belongs that asked for it, or that it doesn't."""
    workshop, member = await here.facilitator(action.workshop)
    chat = await here.turn.group_chat(action.chat)
    if chat is None or (chat.asked_workshop, chat.asked_thread) != (workshop.id, action.thread):
        raise Refusal("tap.old")
    formation = workshop.formations.get(action.grouping)
    if action.group == 0:
        here.turn.put(replace(chat, asked_workshop=0, asked_thread=0))
        await here.instead(Screen("mirror.not_tied", {"chat": chat.title}))
        return
    if formation is None or action.group not in formation.groups:
        raise Refusal("groups.no_such", number=action.group)
    await _tie(here, chat, action.thread, workshop, member, action.grouping, action.group)
    await here.instead(Screen("mirror.is_tied", {"chat": chat.title, "group": action.group}))


async def _tie(
    here: Here, chat: GroupChat, thread: int, workshop: Workshop, member: Member, grouping: str, group: int
) -> None:
    turn = here.turn
    before = next((each for each in await turn.mirrors_in(chat.chat_id) if each.thread == thread), None)
    if before is not None and before.workshop_id != workshop.id:
        await ending.taken_over(turn, before)
    turn.put(replace(chat, asked_workshop=0, asked_thread=0, strangers=()))
    turn.put(
        Mirror(
            chat_id=chat.chat_id,
            thread=thread,
            workshop_id=workshop.id,
            grouping=grouping,
            group=group,
            language=here.person.language,
            tied_by=member.number,
            tied_at=turn.now,
        )
    )
    await say_there(turn, chat.chat_id, thread, "mirror.tied", group=group, workshop=workshop.title)
