"""What is forgotten for good: workshops whose time of keeping is over, and people who are in no other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from storage.database import Database, Write

# In an order that leaves no row pointing at one that is gone. Each takes a workshop's id.
# The topics of one chat may be tied to groups of several workshops: what stands in the others stays.
_CHATS_ONLY_THERE = """
    SELECT chat_id FROM mirrors WHERE workshop_id = ?1
    EXCEPT SELECT chat_id FROM mirrors WHERE workshop_id <> ?1
"""
_STATEMENTS = (
    "DELETE FROM entries WHERE run_id IN (SELECT id FROM runs WHERE workshop_id = ?)",
    (
        "UPDATE people SET sheet_run_id = NULL, acting_for = NULL, dialogue = NULL, laid_aside = NULL,"
        " offers = '[]' WHERE sheet_run_id IN (SELECT id FROM runs WHERE workshop_id = ?)"
    ),
    "UPDATE people SET workshop_id = NULL, dialogue = NULL, laid_aside = NULL, offers = '[]' WHERE workshop_id = ?",
    "UPDATE people SET room_id = NULL WHERE room_id = ?",
    "DELETE FROM runs WHERE workshop_id = ?",
    "DELETE FROM merge_proposals WHERE workshop_id = ?",
    "DELETE FROM fires WHERE workshop_id = ?",
    "DELETE FROM sessions WHERE workshop_id = ?",
    "DELETE FROM rules WHERE workshop_id = ?",
    "DELETE FROM poll_votes WHERE poll_id IN (SELECT poll_id FROM poll_copies WHERE workshop_id = ?)",
    "DELETE FROM poll_copies WHERE workshop_id = ?",
    "DELETE FROM quick_polls WHERE workshop_id = ?",
    "DELETE FROM statement_sets WHERE workshop_id = ?",
    "DELETE FROM dots WHERE workshop_id = ?",
    "DELETE FROM dot_votes WHERE workshop_id = ?",
    "DELETE FROM remarks WHERE workshop_id = ?",
    "DELETE FROM report_queues WHERE workshop_id = ?",
    "DELETE FROM close_answers WHERE workshop_id = ?",
    "DELETE FROM close_progress WHERE workshop_id = ?",
    "DELETE FROM day_closes WHERE workshop_id = ?",
    "DELETE FROM calls WHERE workshop_id = ?",
    "DELETE FROM parked WHERE workshop_id = ?",
    "DELETE FROM rooms WHERE workshop_id = ?",
    "DELETE FROM reports WHERE plan_id IN (SELECT id FROM plans WHERE workshop_id = ?)",
    "DELETE FROM action_versions WHERE plan_id IN (SELECT id FROM plans WHERE workshop_id = ?)",
    "DELETE FROM seats WHERE workshop_id = ?",
    "DELETE FROM groups WHERE workshop_id = ?",
    "DELETE FROM formations WHERE workshop_id = ?",
    "DELETE FROM broadcasts WHERE workshop_id = ?",
    *(f"DELETE FROM {table} WHERE chat_id IN ({_CHATS_ONLY_THERE})" for table in ("boards", "outbox", "group_chats")),  # noqa: S608
    "DELETE FROM mirrors WHERE workshop_id = ?",
)
_ONLY_THERE = """
    SELECT user_id FROM known WHERE workshop_id = ? AND user_id NOT IN (
        SELECT user_id FROM known WHERE workshop_id NOT IN (SELECT value FROM json_each(?))
    )
"""  # members, and the contacts of its plans
_KNOWN = """
    WITH known (workshop_id, user_id) AS (
        SELECT workshop_id, user_id FROM members WHERE user_id IS NOT NULL
        UNION SELECT workshop_id, user_id FROM contacts JOIN plans ON plans.id = plan_id WHERE user_id IS NOT NULL
    )
"""


async def begun_before(database: Database, day: date) -> list[int]:
    """The ids of the workshops whose first day was before a day."""
    rows = await database.read("SELECT id FROM workshops WHERE first_on < ? ORDER BY id", (day.isoformat(),))
    return [row[0] for row in rows]


def workshops(ids: Sequence[int]) -> list[Write]:
    """What to write to forget workshops with everything in them. A person who was in no other is forgotten too: what
    was said to them, and who they were."""
    if not ids:
        return []
    each = [(id,) for id in ids]
    known = [(id, f"[{', '.join(map(str, ids))}]") for id in ids]
    return [
        *((sql, each) for sql in _STATEMENTS),
        (f"{_KNOWN} DELETE FROM outbox WHERE chat_id IN ({_ONLY_THERE})", known),  # noqa: S608
        (f"{_KNOWN} DELETE FROM boards WHERE chat_id IN ({_ONLY_THERE})", known),  # noqa: S608
        (f"{_KNOWN} DELETE FROM people WHERE user_id IN ({_ONLY_THERE})", known),  # noqa: S608
        ("DELETE FROM contacts WHERE plan_id IN (SELECT id FROM plans WHERE workshop_id = ?)", each),
        ("DELETE FROM plans WHERE workshop_id = ?", each),
        ("DELETE FROM members WHERE workshop_id = ?", each),
        ("DELETE FROM workshops WHERE id = ?", each),
    ]
