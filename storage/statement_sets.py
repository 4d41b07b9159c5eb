"""statement_sets: rows ↔ StatementSet, a part of Workshop. A set never changes once it is written."""

from __future__ import annotations

from bot.core.statements import Statement, StatementSet
from bot.core.workshop import Workshop
from storage import codec
from storage.database import Database

INSERT = """
    INSERT INTO statement_sets (workshop_id, edition, name, statements, added_at, added_by) VALUES (?, ?, ?, ?, ?, ?)
"""


async def of_workshop(database: Database, workshop_id: int) -> dict[int, StatementSet]:
    rows = await database.read("SELECT * FROM statement_sets WHERE workshop_id = ? ORDER BY edition", (workshop_id,))
    return {
        row["edition"]: StatementSet(
            edition=row["edition"],
            name=row["name"],
            statements=tuple(
                Statement(id=id, topic=topic, text=text) for id, topic, text in codec.loads(row["statements"])
            ),
            added_at=codec.from_instant(row["added_at"]),
            added_by=row["added_by"],
        )
        for row in rows
    }


def new_rows(before: Workshop | None, after: Workshop) -> list[tuple[object, ...]]:
    """The rows of sets that a workshop hadn't before."""
    known = before.statements if before else {}
    return [
        (
            after.id,
            edition,
            each.name,
            codec.dumps([[one.id, one.topic, one.text] for one in each.statements]),
            codec.instant(each.added_at),
            each.added_by,
        )
        for edition, each in after.statements.items()
        if edition not in known
    ]
