"""broadcasts: what facilitators sent to many, and how it fared by name (the ledger is the outbox)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage import codec
from storage.database import Database, Write

_INSERT = """
    INSERT INTO broadcasts (id, workshop_id, sender, text, grouping, groups, sent_at) VALUES (?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """`sender` is a member's number; `grouping` is "" when it went to everyone."""

    id: int
    workshop_id: int
    sender: int
    text: str
    grouping: str = ""
    groups: tuple[int, ...] = ()
    sent_at: datetime


async def load(database: Database, broadcast_id: int) -> Broadcast | None:
    rows = await database.read("SELECT * FROM broadcasts WHERE id = ?", (broadcast_id,))
    if not rows:
        return None
    row = rows[0]
    return Broadcast(
        id=row["id"],
        workshop_id=row["workshop_id"],
        sender=row["sender"],
        text=row["text"],
        grouping=row["grouping"],
        groups=tuple(codec.loads(row["groups"])),
        sent_at=codec.from_instant(row["sent_at"]),
    )


def changes(broadcasts: list[Broadcast]) -> list[Write]:
    if not broadcasts:
        return []
    rows = [
        (
            each.id,
            each.workshop_id,
            each.sender,
            each.text,
            each.grouping,
            codec.dumps(list(each.groups)),
            codec.instant(each.sent_at),
        )
        for each in broadcasts
    ]
    return [(_INSERT, rows)]
