"""Saying something in a group chat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.core.message import Priority
from bot.core.workshop import Workshop
from bot.turn import Turn


async def say_there(
    turn: Turn, chat_id: int, thread: int, key: str, *, expires_at: datetime | None = None, **params: Any
) -> None:
    """Say something in a group chat, or in a topic of it."""
    if thread:
        params["thread"] = thread
    await turn.say(chat_id, key, priority=Priority.LIVE, silent=True, expires_at=expires_at, **params)


async def say_to_group(
    turn: Turn,
    workshop: Workshop,
    grouping: str,
    group: int,
    key: str,
    *,
    expires_at: datetime | None = None,
    **params: Any,
) -> None:
    """Say something in the chats that are tied to a working group, besides its people's own."""
    for tied in await turn.mirrors():
        if (tied.workshop_id, tied.grouping, tied.group) == (workshop.id, grouping, group) and not tied.paused:
            await say_there(turn, tied.chat_id, tied.thread, key, expires_at=expires_at, **params)
