"""mirrors, group_chats: rows ↔ Mirror, GroupChat. There are few of them: all mirrors are read at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.mirror import GroupChat, Mirror
from storage import codec
from storage.database import Database, Write

_MIRROR = "chat_id, thread, workshop_id, grouping, group_number, language, tied_by, tied_at, paused"
_CHAT = "chat_id, title, language, greeted_at, asked_workshop, asked_thread, strangers"
_PUT_MIRROR = f"INSERT OR REPLACE INTO mirrors ({_MIRROR}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_PUT_CHAT = f"INSERT OR REPLACE INTO group_chats ({_CHAT}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608


async def load_all(database: Database) -> list[Mirror]:
    """Every chat and topic that is tied, in an order that stays."""
    rows = await database.read(f"SELECT {_MIRROR} FROM mirrors ORDER BY chat_id, thread")  # noqa: S608
    return [
        Mirror(
            chat_id=row["chat_id"],
            thread=row["thread"],
            workshop_id=row["workshop_id"],
            grouping=row["grouping"],
            group=row["group_number"],
            language=row["language"],
            tied_by=row["tied_by"],
            tied_at=codec.from_instant(row["tied_at"]),
            paused=row["paused"],
        )
        for row in rows
    ]


async def chat(database: Database, chat_id: int) -> GroupChat | None:
    """What is known of a group chat."""
    rows = await database.read(f"SELECT {_CHAT} FROM group_chats WHERE chat_id = ?", (chat_id,))  # noqa: S608
    if not rows:
        return None
    row = rows[0]
    return GroupChat(
        chat_id=row["chat_id"],
        title=row["title"],
        language=row["language"],
        greeted_at=codec.from_maybe_instant(row["greeted_at"]),
        asked_workshop=row["asked_workshop"],
        asked_thread=row["asked_thread"],
        strangers=tuple(codec.loads(row["strangers"])),
    )


def changes(mirrors: Sequence[Mirror], chats: Sequence[GroupChat]) -> list[Write]:
    """What to write so that these stand as they are now; those that are over go."""
    ended = [each.key for each in mirrors if each.over]
    gone = [(each.chat_id,) for each in chats if each.over]
    tied = [
        (
            each.chat_id,
            each.thread,
            each.workshop_id,
            each.grouping,
            each.group,
            each.language,
            each.tied_by,
            codec.instant(each.tied_at),
            each.paused,
        )
        for each in mirrors
        if not each.over
    ]
    known = [
        (
            each.chat_id,
            each.title,
            each.language,
            codec.maybe_instant(each.greeted_at),
            each.asked_workshop,
            each.asked_thread,
            codec.dumps(list(each.strangers)),
        )
        for each in chats
        if not each.over
    ]
    writes: list[Write] = [
        ("DELETE FROM mirrors WHERE chat_id = ? AND thread = ?", ended),
        ("DELETE FROM group_chats WHERE chat_id = ?", gone),
        (_PUT_MIRROR, tied),
        (_PUT_CHAT, known),
    ]
    return [(sql, rows) for sql, rows in writes if rows]
