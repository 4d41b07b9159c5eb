"""rooms, calls and parked: rows ↔ Room. Only what differs from what is stored is written."""

from __future__ import annotations

from datetime import date

from pydantic import TypeAdapter

from bot.core.calls import Call
from bot.core.parking import Parked
from bot.core.room import Room
from bot.core.steering import Deed
from storage import codec
from storage.database import Database, Write

_DEED: TypeAdapter[Deed] = TypeAdapter(Deed)
_UPSERT = """
    INSERT INTO rooms (workshop_id, lead, offered, last) VALUES (?, ?, ?, ?)
    ON CONFLICT (workshop_id) DO UPDATE SET lead = excluded.lead, offered = excluded.offered, last = excluded.last
"""
_UPSERT_CALL = """
    INSERT INTO calls (workshop_id, number, grouping, group_number, run_id, member, called_at, taken_by, taken_at,
        ended_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (workshop_id, number) DO UPDATE SET
        taken_by = excluded.taken_by, taken_at = excluded.taken_at, ended_at = excluded.ended_at
"""
_UPSERT_PARKED = """
    INSERT INTO parked (workshop_id, number, text, author, parked_on, answer, answered_by, to_room, ticked_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (workshop_id, number) DO UPDATE SET
        answer = excluded.answer, answered_by = excluded.answered_by, to_room = excluded.to_room,
        ticked_at = excluded.ticked_at
"""


async def load(database: Database, workshop_id: int) -> Room:
    """A workshop's room; an empty one where nothing has been noted yet."""
    of_room = await database.read("SELECT * FROM rooms WHERE workshop_id = ?", (workshop_id,))
    calls = await database.read("SELECT * FROM calls WHERE workshop_id = ? ORDER BY number", (workshop_id,))
    parked = await database.read("SELECT * FROM parked WHERE workshop_id = ? ORDER BY number", (workshop_id,))
    return Room(
        workshop_id=workshop_id,
        lead=of_room[0]["lead"] if of_room else None,
        offered=of_room[0]["offered"] if of_room else None,
        last=_load_deed(of_room[0]["last"]) if of_room else None,
        calls={
            row["number"]: Call(
                number=row["number"],
                grouping=row["grouping"],
                group=row["group_number"],
                run_id=row["run_id"],
                member=row["member"],
                called_at=codec.from_instant(row["called_at"]),
                taken_by=row["taken_by"],
                taken_at=codec.from_maybe_instant(row["taken_at"]),
                ended_at=codec.from_maybe_instant(row["ended_at"]),
            )
            for row in calls
        },
        parked={
            row["number"]: Parked(
                number=row["number"],
                text=row["text"],
                author=row["author"],
                parked_on=date.fromisoformat(row["parked_on"]),
                answer=row["answer"],
                answered_by=row["answered_by"],
                to_room=bool(row["to_room"]),
                ticked_at=codec.from_maybe_instant(row["ticked_at"]),
            )
            for row in parked
        },
    )


def _load_deed(text: str | None) -> Deed | None:
    """One from an older version that no longer fits can't be taken back any more anyway."""
    if text is None:
        return None
    try:
        return _DEED.validate_json(text)
    except ValueError:
        return None


def changes(pairs: list[tuple[Room | None, Room]]) -> list[Write]:
    """What to write so that each stored room (the first of a pair; None: not known) becomes the second."""
    rooms: list[tuple[object, ...]] = []
    calls: list[tuple[object, ...]] = []
    parked: list[tuple[object, ...]] = []
    for before, after in pairs:
        if before is None or (before.lead, before.offered, before.last) != (after.lead, after.offered, after.last):
            last = _DEED.dump_json(after.last).decode() if after.last is not None else None
            rooms.append((after.workshop_id, after.lead, after.offered, last))
        known_calls, known_parked = (before.calls, before.parked) if before else ({}, {})
        calls += [
            (
                after.workshop_id,
                number,
                each.grouping,
                each.group,
                each.run_id,
                each.member,
                codec.instant(each.called_at),
                each.taken_by,
                codec.maybe_instant(each.taken_at),
                codec.maybe_instant(each.ended_at),
            )
            for number, each in after.calls.items()
            if known_calls.get(number) is not each
        ]
        parked += [
            (
                after.workshop_id,
                number,
                each.text,
                each.author,
                each.parked_on.isoformat(),
                each.answer,
                each.answered_by,
                int(each.to_room),
                codec.maybe_instant(each.ticked_at),
            )
            for number, each in after.parked.items()
            if known_parked.get(number) is not each
        ]
    order = ((_UPSERT, rooms), (_UPSERT_CALL, calls), (_UPSERT_PARKED, parked))
    return [(sql, rows) for sql, rows in order if rows]
