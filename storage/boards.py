"""boards: rows ↔ Board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.core.message import Board
from storage.database import Database, Write

_COLUMNS = "chat_id, slot, subject, part, message_id, shown, pushed, closing"
_UPSERT = f"""
    INSERT INTO boards ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (chat_id, slot) DO UPDATE SET
        subject = excluded.subject, part = excluded.part, message_id = excluded.message_id,
        shown = excluded.shown, pushed = excluded.pushed, closing = excluded.closing
"""  # noqa: S608 - the columns are this module's own


async def load_all(database: Database) -> list[Board]:
    """All living messages, for the start."""
    rows = await database.read(f"SELECT {_COLUMNS} FROM boards ORDER BY chat_id, slot")  # noqa: S608
    return [Board(**{name: row[name] for name in row.keys()}) for row in rows]  # noqa: SIM118 - a Row is no dict


def put(boards: Sequence[Board]) -> list[Write]:
    """What to write for boards that are new or have changed."""
    rows = [
        (each.chat_id, each.slot, each.subject, each.part, each.message_id, each.shown, each.pushed, each.closing)
        for each in boards
    ]
    return [(_UPSERT, rows)] if rows else []


def drop(keys: Iterable[tuple[int, str]]) -> list[Write]:
    """What to write for boards, by chat and slot, that are no more."""
    rows = list(keys)
    return [("DELETE FROM boards WHERE chat_id = ? AND slot = ?", rows)] if rows else []


def move(old_chat: int, new_chat: int) -> list[Write]:
    """What to write when a group became a supergroup: its messages have no ids there that could be edited."""
    return [
        (
            "UPDATE OR REPLACE boards SET chat_id = ?, message_id = 0, shown = '' WHERE chat_id = ?",
            [(new_chat, old_chat)],
        )
    ]
