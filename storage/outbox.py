"""outbox: rows ↔ OutboxMessage. Statuses are written for many messages at once.

Rows travel to SQLite as one JSON array per statement: a statement lets go of Python's lock for each row that it is
executed with, and getting it back while the bot is busy costs more than the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row
from typing import NamedTuple

import orjson

from bot.core.message import Kind, OutboxMessage, Priority, Status
from storage import codec
from storage.database import Database, Write

_COLUMNS = (
    "id, chat_id, kind, screen, priority, created_at, message_id, query_id, batch, silent, slot, status, attempts,"
    " next_attempt_at, expires_at, sent_message_id, reason"
)
_FIELDS = ", ".join(f"json_extract(value, '$[{place}]')" for place in range(_COLUMNS.count(",") + 1))
_INSERT = f"INSERT INTO outbox ({_COLUMNS}) SELECT {_FIELDS} FROM json_each(?)"  # noqa: S608 - our own columns
_OPEN = "status IN ('queued', 'sending', 'errored', 'unknown')"  # as the index outbox_open has it


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a message stands after an attempt."""

    id: int
    status: Status
    attempts: int
    sent_message_id: int = 0
    reason: str = ""
    next_attempt_at: datetime | None = None


class Receipt(NamedTuple):
    """How one copy of a broadcast stands."""

    chat_id: int
    status: Status
    reason: str


def insert(messages: Sequence[OutboxMessage]) -> list[Write]:
    """What to write for new messages."""
    return [(_INSERT, [(_pack([_row(each) for each in messages]),)])] if messages else []


def _pack(values: Iterable[object]) -> str:
    return orjson.dumps(list(values)).decode()


def _row(message: OutboxMessage) -> tuple[object, ...]:
    return (
        message.id,
        message.chat_id,
        message.kind.value,
        codec.dump_screen(message.screen),
        int(message.priority),
        codec.instant(message.created_at),
        message.message_id,
        message.query_id,
        message.batch,
        int(message.silent),
        message.slot,
        message.status.value,
        message.attempts,
        codec.maybe_instant(message.next_attempt_at),
        codec.maybe_instant(message.expires_at),
        message.sent_message_id,
        message.reason,
    )


def message(row: Row) -> OutboxMessage:
    """The message that a row holds."""
    return OutboxMessage(
        id=row["id"],
        chat_id=row["chat_id"],
        kind=Kind(row["kind"]),
        screen=codec.load_screen(row["screen"]),
        priority=Priority(row["priority"]),
        created_at=codec.from_instant(row["created_at"]),
        message_id=row["message_id"],
        query_id=row["query_id"],
        batch=row["batch"],
        silent=bool(row["silent"]),
        slot=row["slot"],
        status=Status(row["status"]),
        attempts=row["attempts"],
        next_attempt_at=codec.from_maybe_instant(row["next_attempt_at"]),
        expires_at=codec.from_maybe_instant(row["expires_at"]),
        sent_message_id=row["sent_message_id"],
        reason=row["reason"],
    )


STOPPED, UNSURE = "stopped", "unsure"
"""Why a copy of a broadcast that was stopped isn't sent: it hadn't left yet; or it had, and nobody knows whether it
arrived."""

_STOP = f"""
    UPDATE outbox SET
        reason = CASE status WHEN 'unknown' THEN '{UNSURE}' ELSE '{STOPPED}' END,
        status = CASE status WHEN 'unknown' THEN 'failed' ELSE 'expired' END, next_attempt_at = NULL
    WHERE batch > 0 AND status IN ('queued', 'errored', 'unknown')
"""  # noqa: S608


async def interrupted(database: Database) -> int:
    """For the start: what was being sent when the last process ended may have arrived, and becomes UNKNOWN; of a
    broadcast that was stopped nothing is sent again.

    Returns how many were being sent.
    """
    found = len(await database.read("SELECT id FROM outbox WHERE status = 'sending'"))
    sql = "UPDATE outbox SET status = 'unknown' WHERE status = 'sending'"
    stopped = f"{_STOP} AND batch IN (SELECT id FROM broadcasts WHERE stopped_at IS NOT NULL)"  # noqa: S608
    await database.write([(sql, [()]), (stopped, [()]), *count_unknown(found)])
    return found


def stop(batches: Iterable[int]) -> list[Write]:
    """What to write so that of some broadcasts nothing leaves any more; what is being sent at this moment may."""
    rows = [(batch,) for batch in batches]
    return [(f"{_STOP} AND batch = ?", rows)] if rows else []


async def load_open(database: Database) -> list[OutboxMessage]:
    """Everything that is still to be delivered, in the order in which it was written."""
    rows = await database.read(f"SELECT {_COLUMNS} FROM outbox WHERE {_OPEN} ORDER BY id")  # noqa: S608
    return [message(row) for row in rows]


def count_unknown(outcomes: int) -> list[Write]:
    """What to write when requests broke off after they had left: each may lead to one duplicate."""
    sql = """
        INSERT INTO settings (name, value) VALUES ('unknown_outcomes', ?)
        ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + excluded.value
    """
    return [(sql, [(str(outcomes),)])] if outcomes else []


async def unknown_outcomes(database: Database) -> int:
    """How many requests of this data folder ever broke off: no more messages than that arrived twice."""
    rows = await database.read("SELECT value FROM settings WHERE name = 'unknown_outcomes'")
    return int(rows[0][0]) if rows else 0


async def load(database: Database, message_id: int) -> OutboxMessage | None:
    """One message by its id in the outbox."""
    rows = await database.read(f"SELECT {_COLUMNS} FROM outbox WHERE id = ?", (message_id,))  # noqa: S608
    return message(rows[0]) if rows else None


def sending(ids: Iterable[int]) -> list[Write]:
    """What to write before requests leave, so that a crash can't forget that they may have left."""
    packed = _pack(ids)
    sql = "UPDATE outbox SET status = 'sending', attempts = attempts + 1 WHERE id IN (SELECT value FROM json_each(?))"
    return [(sql, [(packed,)])] if packed != "[]" else []


def outcomes(results: Sequence[Outcome]) -> list[Write]:
    """What to write when attempts are over."""
    rows = [
        (
            each.id,
            each.status.value,
            each.attempts,
            each.sent_message_id,
            each.reason,
            codec.maybe_instant(each.next_attempt_at),
        )
        for each in results
    ]
    if not rows:
        return []
    sql = """
        UPDATE outbox SET status = done.status, attempts = done.attempts, sent_message_id = done.sent,
            reason = done.reason, next_attempt_at = done.next
        FROM (SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS status,
                json_extract(value, '$[2]') AS attempts, json_extract(value, '$[3]') AS sent,
                json_extract(value, '$[4]') AS reason, json_extract(value, '$[5]') AS next
              FROM json_each(?)) AS done
        WHERE outbox.id = done.id
    """
    return [(sql, [(_pack(rows),)])]


def delete(ids: Iterable[int]) -> list[Write]:
    """What to write for messages that nobody asks about once they are done: toasts, reactions, edits."""
    packed = _pack(ids)
    return [("DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?))", [(packed,)])] if packed != "[]" else []


def move(old_chat: int, new_chat: int) -> list[Write]:
    """What to write when a group became a supergroup, under another id."""
    return [(f"UPDATE outbox SET chat_id = ? WHERE chat_id = ? AND {_OPEN}", [(new_chat, old_chat)])]  # noqa: S608


async def ledger(database: Database, batch: int) -> list[Receipt]:
    """How each copy of a broadcast stands, in the order in which they were written."""
    rows = await database.read("SELECT chat_id, status, reason FROM outbox WHERE batch = ? ORDER BY id", (batch,))
    return [Receipt(row["chat_id"], Status(row["status"]), row["reason"]) for row in rows]


def prune(before: datetime) -> list[Write]:
    """What to write to forget what was over before an instant. Broadcasts that are still going on keep their rows."""
    sql = f"DELETE FROM outbox WHERE created_at < ? AND NOT ({_OPEN})"  # noqa: S608
    return [(sql, [(codec.instant(before),)])]
