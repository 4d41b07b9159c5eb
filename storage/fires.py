"""fires: rows ↔ Fire."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from sqlite3 import Row
from typing import Any

from bot.core.fires import Fire, FireKind, FireStatus
from storage import codec
from storage.database import Database, Write

_COLUMNS = (
    "id, key, version, kind, subject, series, workshop_id, plan_id, action, item, rule, party, user_id, due_on, due_at,"
    " meant_at, ends_at, status, reason, by_hand, done_at, batch, answer, answered_at"
)
_PLACES = ", ".join("?" * (_COLUMNS.count(",") + 1))
_UPSERT = f"""
    INSERT INTO fires ({_COLUMNS}) VALUES ({_PLACES})
    ON CONFLICT (id) DO UPDATE SET
        rule = excluded.rule, party = excluded.party, user_id = excluded.user_id, due_at = excluded.due_at,
        meant_at = excluded.meant_at, ends_at = excluded.ends_at, status = excluded.status, reason = excluded.reason,
        by_hand = excluded.by_hand, done_at = excluded.done_at, batch = excluded.batch, answer = excluded.answer,
        answered_at = excluded.answered_at
    ON CONFLICT (key, version) DO NOTHING
"""  # noqa: S608 - the columns are this module's own
_DELETE = "DELETE FROM fires WHERE id = ? AND status = 'pending'"


def _fire(row: Row) -> Fire:
    return Fire(
        id=row["id"],
        key=row["key"],
        version=row["version"],
        kind=FireKind(row["kind"]),
        subject=row["subject"],
        series=row["series"],
        workshop_id=row["workshop_id"],
        plan_id=row["plan_id"],
        action=row["action"],
        item=row["item"],
        rule=row["rule"],
        party=row["party"],
        user_id=row["user_id"],
        on=date.fromisoformat(row["due_on"]),
        due_at=codec.from_instant(row["due_at"]),
        meant_at=codec.from_maybe_instant(row["meant_at"]),
        ends_at=codec.from_maybe_instant(row["ends_at"]),
        status=FireStatus(row["status"]),
        reason=row["reason"],
        by_hand=bool(row["by_hand"]),
        done_at=codec.from_maybe_instant(row["done_at"]),
        batch=row["batch"],
        answer=row["answer"],
        answered_at=codec.from_maybe_instant(row["answered_at"]),
    )


async def _read(database: Database, which: str, *params: Any) -> list[Fire]:
    rows = await database.read(f"SELECT {_COLUMNS} FROM fires WHERE {which}", params)  # noqa: S608
    return [_fire(row) for row in rows]


async def load(database: Database, id: int) -> Fire | None:
    return next(iter(await _read(database, "id = ?", id)), None)


async def next_due_at(database: Database) -> datetime | None:
    """When the next one is due; it may have been long ago. None when nothing waits."""
    rows = await database.read("SELECT MIN(due_at) FROM fires WHERE status = 'pending'")
    return codec.from_maybe_instant(rows[0][0])


async def due(database: Database, now: datetime, most: int) -> list[Fire]:
    """What is due by now, the oldest first; so many at once."""
    which = "status = 'pending' AND due_at <= ? ORDER BY due_at, id LIMIT ?"
    return await _read(database, which, codec.instant(now), most)


async def pending_of(database: Database, user_id: int, until: datetime) -> list[Fire]:
    """What will be due to somebody until an instant, in order."""
    which = "status = 'pending' AND user_id = ? AND due_at <= ? ORDER BY due_at, id"
    return await _read(database, which, user_id, codec.instant(until))


async def last_said_at(database: Database, user_id: int, now: datetime) -> datetime | None:
    """When something was last said to somebody; what was said later than now was said before the clock was set back."""
    sql = "SELECT MAX(done_at) FROM fires WHERE status = 'done' AND user_id = ? AND done_at <= ?"
    rows = await database.read(sql, (user_id, codec.instant(now)))
    return codec.from_maybe_instant(rows[0][0])


async def of_batch(database: Database, batch: int) -> list[Fire]:
    """What was said in one message."""
    return await _read(database, "batch = ? AND batch > 0 ORDER BY due_at, id", batch)


async def last_batch(database: Database) -> int:
    """The highest number that ties together what was said in one message."""
    rows = await database.read("SELECT COALESCE(MAX(batch), 0) FROM fires WHERE batch > 0")
    last: int = rows[0][0]
    return last


async def by_key(database: Database, key: str) -> list[Fire]:
    """What there is of one key, in whichever version."""
    return await _read(database, "key = ?", key)


async def of_subjects(database: Database, subjects: Sequence[str], series: Collection[str] | None = None) -> list[Fire]:
    """Everything that was planned with these, whatever became of it; of these series only, where they are given."""
    which, wanted = "subject IN (SELECT value FROM json_each(?))", [codec.dumps(list(subjects))]
    if series is not None:
        which += " AND series IN (SELECT value FROM json_each(?))"
        wanted.append(codec.dumps(list(series)))
    return await _read(database, f"{which} ORDER BY id", *wanted)


async def said_about(database: Database, plan_id: int) -> list[Fire]:
    """What was said about a plan, the oldest first."""
    which = "workshop_id = (SELECT workshop_id FROM plans WHERE id = ?) AND plan_id = ? AND status = 'done'"
    return await _read(database, f"{which} ORDER BY done_at, id", plan_id, plan_id)


def changes(fires: Sequence[Fire]) -> list[Write]:
    """What to write so that these stand as they are now. One whose key and version are there already isn't added."""
    rows = [
        (
            each.id,
            each.key,
            each.version,
            each.kind.value,
            each.subject,
            each.series,
            each.workshop_id,
            each.plan_id,
            each.action,
            each.item,
            each.rule,
            each.party,
            each.user_id,
            each.on.isoformat(),
            codec.instant(each.due_at),
            codec.maybe_instant(each.meant_at),
            codec.maybe_instant(each.ends_at),
            each.status.value,
            each.reason,
            int(each.by_hand),
            codec.maybe_instant(each.done_at),
            each.batch,
            each.answer,
            codec.maybe_instant(each.answered_at),
        )
        for each in fires
    ]
    return [(_UPSERT, rows)] if rows else []


def dropped(fires: Sequence[Fire]) -> list[Write]:
    """What to write for what isn't planned any more."""
    return [(_DELETE, [(each.id,) for each in fires])] if fires else []
