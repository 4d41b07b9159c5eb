"""handled_updates and dead_letters: which updates are done with, and which couldn't be handled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from storage import codec
from storage.database import Database, Write


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An update that couldn't be handled: its kind ("message", "callback_query") and the error's class. Neither
    people's words nor an error's text, which may repeat them, are kept.
    """

    update_id: int
    kind: str
    error: str


async def unseen(database: Database, update_ids: Sequence[int]) -> set[int]:
    """Those of the updates that haven't been handled yet."""
    packed = orjson.dumps(list(update_ids)).decode()
    rows = await database.read(
        "SELECT update_id FROM handled_updates WHERE update_id IN (SELECT value FROM json_each(?))", (packed,)
    )
    return set(update_ids).difference(row[0] for row in rows)


async def highest(database: Database) -> int:
    """The highest id of a handled update; 0 where there is none."""
    rows = await database.read("SELECT COALESCE(MAX(update_id), 0) FROM handled_updates")
    return int(rows[0][0])


def handled(update_ids: Iterable[int], at: datetime) -> list[Write]:
    """What to write with the work of some updates. An update that is handled already makes the transaction fail."""
    packed = orjson.dumps(list(update_ids)).decode()
    sql = "INSERT INTO handled_updates (update_id, handled_at) SELECT value, ? FROM json_each(?)"
    return [(sql, [(codec.instant(at), packed)])] if packed != "[]" else []


def dead(letters: Sequence[DeadLetter], at: datetime) -> list[Write]:
    """What to write for updates that couldn't be handled, besides marking them as handled."""
    rows = [(each.update_id, each.kind, each.error, codec.instant(at)) for each in letters]
    sql = "INSERT OR REPLACE INTO dead_letters (update_id, kind, error, died_at) VALUES (?, ?, ?, ?)"
    return [(sql, rows)] if rows else []


async def dead_letters(database: Database) -> list[DeadLetter]:
    """All dead letters, the oldest first."""
    rows = await database.read("SELECT update_id, kind, error FROM dead_letters ORDER BY update_id")
    return [DeadLetter(*row) for row in rows]


def prune(before: datetime) -> list[Write]:
    """What to write to forget updates that were handled before an instant; Telegram repeats none after 24 hours."""
    return [("DELETE FROM handled_updates WHERE handled_at < ?", [(codec.instant(before),)])]
