"""runs and entries: rows ↔ Run. Only what differs from what is stored is written."""

from __future__ import annotations

from collections import defaultdict
from sqlite3 import Row

from bot.core.run import Entry, Run
from bot.core.timers import Timer
from storage import codec
from storage.database import Database, Write

_UPSERT_RUN = """
    INSERT INTO runs (id, workshop_id, exercise, group_number, member, step, skipped, opened_at, active_at,
        published_at, next_entry, closed_at, gate, ends_at, seconds_left, edition)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
        step = excluded.step, skipped = excluded.skipped, active_at = excluded.active_at,
        published_at = excluded.published_at, next_entry = excluded.next_entry, closed_at = excluded.closed_at,
        gate = excluded.gate, ends_at = excluded.ends_at, seconds_left = excluded.seconds_left,
        edition = excluded.edition
"""
_UPSERT_ENTRY = """
    INSERT INTO entries (run_id, number, step, author, entered_by, value, version, created_at, changed_at, removed_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (run_id, number) DO UPDATE SET
        author = excluded.author, entered_by = excluded.entered_by, value = excluded.value,
        version = excluded.version, changed_at = excluded.changed_at, removed_at = excluded.removed_at
"""


def _entry(row: Row) -> Entry:
    return Entry(
        number=row["number"],
        step=row["step"],
        author=row["author"],
        entered_by=row["entered_by"],
        value=codec.load_value(row["value"]),
        version=row["version"],
        created_at=codec.from_instant(row["created_at"]),
        changed_at=codec.from_instant(row["changed_at"]),
        removed_at=codec.from_maybe_instant(row["removed_at"]),
    )


def _run(row: Row, entries: dict[int, Entry]) -> Run:
    return Run(
        id=row["id"],
        workshop_id=row["workshop_id"],
        exercise=row["exercise"],
        group=row["group_number"],
        member=row["member"],
        step=row["step"],
        skipped=frozenset(codec.loads(row["skipped"])),
        opened_at=codec.from_instant(row["opened_at"]),
        active_at=codec.from_instant(row["active_at"]),
        published_at=codec.from_maybe_instant(row["published_at"]),
        next_entry=row["next_entry"],
        entries=entries,
        edition=row["edition"],
        closed_at=codec.from_maybe_instant(row["closed_at"]),
        gate=row["gate"],
        timer=_timer(row),
    )


def _timer(row: Row) -> Timer | None:
    if row["ends_at"] is None and row["seconds_left"] is None:
        return None
    return Timer(ends_at=codec.from_maybe_instant(row["ends_at"]), left=row["seconds_left"])


async def load(database: Database, run_id: int) -> Run | None:
    rows = await database.read("SELECT * FROM runs WHERE id = ?", (run_id,))
    if not rows:
        return None
    entries = await database.read("SELECT * FROM entries WHERE run_id = ? ORDER BY number", (run_id,))
    return _run(rows[0], {row["number"]: _entry(row) for row in entries})


async def of_workshop(database: Database, workshop_id: int) -> list[Run]:
    rows = await database.read("SELECT * FROM runs WHERE workshop_id = ? ORDER BY id", (workshop_id,))
    entries: defaultdict[int, dict[int, Entry]] = defaultdict(dict)
    for row in await database.read(
        "SELECT entries.* FROM entries JOIN runs ON runs.id = run_id WHERE workshop_id = ? ORDER BY run_id, number",
        (workshop_id,),
    ):
        entries[row["run_id"]][row["number"]] = _entry(row)
    return [_run(row, entries[row["id"]]) for row in rows]


def _run_row(run: Run) -> tuple[object, ...]:
    return (
        run.id,
        run.workshop_id,
        run.exercise,
        run.group,
        run.member,
        run.step,
        codec.dumps(run.skipped),
        codec.instant(run.opened_at),
        codec.instant(run.active_at),
        codec.maybe_instant(run.published_at),
        run.next_entry,
        codec.maybe_instant(run.closed_at),
        run.gate,
        codec.maybe_instant(run.timer.ends_at) if run.timer else None,
        run.timer.left if run.timer else None,
        run.edition,
    )


def _entry_row(run: Run, entry: Entry) -> tuple[object, ...]:
    return (
        run.id,
        entry.number,
        entry.step,
        entry.author,
        entry.entered_by,
        codec.dump_value(entry.value),
        entry.version,
        codec.instant(entry.created_at),
        codec.instant(entry.changed_at),
        codec.maybe_instant(entry.removed_at),
    )


def changes(pairs: list[tuple[Run | None, Run]]) -> list[Write]:
    """What to write so that each stored run (the first of a pair; None: not stored yet) becomes the second."""
    if not pairs:
        return []
    entries = [
        _entry_row(after, entry)
        for before, after in pairs
        for number, entry in after.entries.items()
        if before is None or before.entries.get(number) is not entry
    ]
    writes: list[Write] = [(_UPSERT_RUN, [_run_row(after) for _, after in pairs])]
    if entries:
        writes.append((_UPSERT_ENTRY, entries))
    return writes
