"""What becomes of a tied chat: the bot is put out, the chat deleted, a topic closed, a group turned into a supergroup.
People's own chats go on in any case; facilitators are told once, in theirs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core import mirror as rules
from bot.core.message import Phrase, Priority
from bot.core.mirror import Mirror
from bot.turn import Turn

LOST, SILENCED = "lost", "silenced"
TOPIC_CLOSED = "topic_closed"


async def moved(turn: Turn, old: int, new: int) -> None:
    """A group became a supergroup: everything goes on there."""
    for mirror in await turn.mirrors_in(old):
        before, after = rules.moved(mirror, new)
        turn.put(before, after)
    chat = await turn.group_chat(old)
    if chat is not None:
        turn.put(replace(chat, over=True), replace(chat, chat_id=new))


async def lost(turn: Turn, chat_id: int, reason: str) -> None:
    """Nothing reaches a chat any more: the bot isn't in it, or it isn't there. Where it only may not write, its mirrors
    wait until it may again."""
    silenced = reason == "no_rights"
    chat = await turn.group_chat(chat_id)
    found = [each for each in await turn.mirrors_in(chat_id) if not (silenced and each.paused)]
    for mirror in found:
        turn.put(replace(mirror, paused=reason) if silenced else replace(mirror, over=True))
        await _tell(turn, mirror, chat.title if chat else "", SILENCED if silenced else LOST)
    if chat is not None and not silenced:
        turn.put(replace(chat, over=True))


async def back(turn: Turn, chat_id: int) -> None:
    """The bot may write into a chat again."""
    turn.put(*(replace(each, paused="") for each in await turn.mirrors_in(chat_id) if each.paused == "no_rights"))


async def shut(turn: Turn, chat_id: int, thread: int, reason: str) -> None:
    """A topic takes nothing: closed, it may be opened again; deleted, it is gone."""
    closed = reason == TOPIC_CLOSED
    chat = await turn.group_chat(chat_id)
    for mirror in await turn.mirrors_in(chat_id):
        if mirror.thread != thread or (closed and mirror.paused):
            continue
        turn.put(replace(mirror, paused=reason) if closed else replace(mirror, over=True))
        await _tell(turn, mirror, chat.title if chat else "", "topic_closed" if closed else "topic_gone")


async def reopened(turn: Turn, chat_id: int, thread: int) -> None:
    """A topic is open again: its mirror shows how things stand by now."""
    found = [each for each in await turn.mirrors_in(chat_id) if each.thread == thread and each.paused == TOPIC_CLOSED]
    turn.put(*(replace(each, paused="") for each in found))


async def taken_over(turn: Turn, mirror: Mirror) -> None:
    """A chat is tied in another workshop from now on: facilitators of the one before hear of it."""
    chat = await turn.group_chat(mirror.chat_id)
    await _tell(turn, mirror, chat.title if chat else "", LOST)


async def _tell(turn: Turn, mirror: Mirror, title: str, what: str) -> None:
    """Tell whoever tied it, where they still lead, else the organiser."""
    workshop = await turn.workshop(mirror.workshop_id)
    if workshop is None:
        return
    tied_by = workshop.members.get(mirror.tied_by)
    leads = tied_by is not None and tied_by.leads and workshop.active_user(tied_by.user_id or 0) is not None
    told = tied_by if leads and tied_by is not None else workshop.organiser
    if told.user_id is not None:
        about: dict[str, Any] = {"chat": title or "–", "group": mirror.group}
        await turn.say(
            told.user_id, "plain", priority=Priority.LIVE, unasked=True, text=Phrase(f"mirror.{what}", about)
        )
