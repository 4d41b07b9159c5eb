"""broadcasts: what facilitators write to many, rows ↔ Broadcast. How it fared by name is in the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Row

from pydantic import TypeAdapter

from bot.core.audience import Audience
from bot.core.broadcast import Attachment, Broadcast
from storage import codec
from storage.database import Database, Write

_AUDIENCE: TypeAdapter[Audience] = TypeAdapter(Audience)
_ATTACHMENT: TypeAdapter[Attachment] = TypeAdapter(Attachment)
_COLUMNS = "id, workshop_id, sender, audience, text, attachment, due_at, sent_at, stopped_at, stopped_by, aloud"
_PLACES = ", ".join("?" * (_COLUMNS.count(",") + 1))
_UPSERT = f"""
    INSERT INTO broadcasts ({_COLUMNS}) VALUES ({_PLACES})
    ON CONFLICT (id) DO UPDATE SET
        sender = excluded.sender, due_at = excluded.due_at, sent_at = excluded.sent_at,
        stopped_at = excluded.stopped_at, stopped_by = excluded.stopped_by, aloud = excluded.aloud
"""  # noqa: S608 - the columns are this module's own


def _broadcast(row: Row) -> Broadcast:
    return Broadcast(
        id=row["id"],
        workshop_id=row["workshop_id"],
        sender=row["sender"],
        audience=_AUDIENCE.validate_json(row["audience"]),
        text=row["text"],
        attachment=_ATTACHMENT.validate_json(row["attachment"]) if row["attachment"] else None,
        due_at=codec.from_maybe_instant(row["due_at"]),
        sent_at=codec.from_maybe_instant(row["sent_at"]),
        stopped_at=codec.from_maybe_instant(row["stopped_at"]),
        stopped_by=row["stopped_by"],
        aloud=tuple(codec.loads(row["aloud"])),
    )


async def load(database: Database, broadcast_id: int) -> Broadcast | None:
    rows = await database.read(f"SELECT {_COLUMNS} FROM broadcasts WHERE id = ?", (broadcast_id,))  # noqa: S608
    return _broadcast(rows[0]) if rows else None


async def of_workshop(database: Database, workshop_id: int) -> list[Broadcast]:
    """All of a workshop, in the order in which they were written."""
    sql = f"SELECT {_COLUMNS} FROM broadcasts WHERE workshop_id = ? ORDER BY id"  # noqa: S608
    return [_broadcast(row) for row in await database.read(sql, (workshop_id,))]


def changes(broadcasts: Sequence[Broadcast]) -> list[Write]:
    rows = [
        (
            each.id,
            each.workshop_id,
            each.sender,
            _AUDIENCE.dump_json(each.audience).decode(),
            each.text,
            _ATTACHMENT.dump_json(each.attachment).decode() if each.attachment else None,
            codec.maybe_instant(each.due_at),
            codec.maybe_instant(each.sent_at),
            codec.maybe_instant(each.stopped_at),
            each.stopped_by,
            codec.dumps(list(each.aloud)),
        )
        for each in broadcasts
    ]
    return [(_UPSERT, rows)] if rows else []
