"""merge_proposals: rows ↔ MergeProposal."""

from __future__ import annotations

from sqlite3 import Row

from bot.core.merging import MergeProposal, Place
from storage import codec
from storage.database import Database, Write

_UPSERT = """
    INSERT INTO merge_proposals (id, workshop_id, kept_plan, kept, other_plan, other, proposed_by, asked, agreed,
        created_at, ended_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET agreed = excluded.agreed, ended_at = excluded.ended_at
"""


async def load(database: Database, id: int) -> MergeProposal | None:
    rows = await database.read("SELECT * FROM merge_proposals WHERE id = ?", (id,))
    return _proposal(rows[0]) if rows else None


async def open_ones(database: Database, workshop_id: int) -> list[MergeProposal]:
    """The proposals of a workshop that nobody has ended, in the order in which they were made."""
    rows = await database.read(
        "SELECT * FROM merge_proposals WHERE workshop_id = ? AND ended_at IS NULL ORDER BY id", (workshop_id,)
    )
    return [_proposal(row) for row in rows]


def _proposal(row: Row) -> MergeProposal:
    return MergeProposal(
        id=row["id"],
        workshop_id=row["workshop_id"],
        kept=Place(plan=row["kept_plan"], action=row["kept"]),
        other=Place(plan=row["other_plan"], action=row["other"]),
        proposed_by=row["proposed_by"],
        asked={side: tuple(parties) for side, parties in codec.loads(row["asked"]).items()},
        agreed=frozenset(codec.loads(row["agreed"])),
        created_at=codec.from_instant(row["created_at"]),
        ended_at=codec.from_maybe_instant(row["ended_at"]),
    )


def changes(proposals: list[MergeProposal]) -> list[Write]:
    if not proposals:
        return []
    rows = [
        (
            each.id,
            each.workshop_id,
            each.kept.plan,
            each.kept.action,
            each.other.plan,
            each.other.action,
            each.proposed_by,
            codec.dumps({side: list(parties) for side, parties in each.asked.items()}),
            codec.dumps(each.agreed),
            codec.instant(each.created_at),
            codec.maybe_instant(each.ended_at),
        )
        for each in proposals
    ]
    return [(_UPSERT, rows)]
