"""What the bot has stored, read from a copy of its database file: no code of the bot's stands in between."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

FILE = "plenary.db"

Stood: TypeAlias = Mapping[tuple[str, int, str], list[tuple[int, Any]]]  # (exercise, group, step) → (number, value)


StoredPlans: TypeAlias = Mapping[tuple[int, str], Mapping[str, Any]]  # (group, title) → an action, people by name


@dataclass(frozen=True, slots=True)
class Stored:
    """`answers` counts what was accepted: every entry, and every change of one, raises a version by one.
    `sheets` holds what stands on the sheets now; `authors` how many entries of anonymous steps name anybody.
    `seats` are (grouping, group) → user ids. `sent` are the messages that the bot knows it has sent, `interrupted`
    how many were being sent at the moment of the copy, `undelivered` (chat and description) what has not arrived.
    """

    answers: int
    sheets: Stood
    anonymous_authors: int
    seats: Mapping[tuple[str, int], set[int]]
    sent: frozenset[int]
    interrupted: int
    undelivered: list[tuple[int, str]]
    dead_letters: int


@contextmanager
def _copy(data: Path) -> Iterator[sqlite3.Connection]:
    """The database as a crash would leave it: a copy of the file and of its journal."""
    with tempfile.TemporaryDirectory(prefix="plenary-copy-") as folder:
        for name in (FILE, f"{FILE}-wal"):
            if (data / name).exists():
                shutil.copy(data / name, folder)
        with closing(sqlite3.connect(Path(folder) / FILE)) as connection:
            yield connection


def read(data: Path, anonymous_steps: set[str]) -> Stored:
    """Everything that the rehearsal checks, from the folder of a bot that isn't running."""
    with _copy(data) as database:
        rows = database.execute(
            "SELECT exercise, group_number, entries.step, number, value, author FROM entries"
            " JOIN runs ON runs.id = run_id WHERE removed_at IS NULL ORDER BY run_id, number"
        ).fetchall()
        sheets: dict[tuple[str, int, str], list[tuple[int, Any]]] = {}
        for exercise, group, step, number, value, _ in rows:
            sheets.setdefault((exercise, group, step), []).append((number, json.loads(value)))
        seats: dict[tuple[str, int], set[int]] = {}
        for grouping, group, user_id in database.execute(
            "SELECT grouping, group_number, user_id FROM seats"
            " JOIN members ON members.workshop_id = seats.workshop_id AND members.number = seats.member"
        ):
            seats.setdefault((grouping, group), set()).add(user_id)
        open_rows = database.execute(
            "SELECT chat_id, kind, status, reason FROM outbox WHERE status NOT IN ('sent', 'expired')"
        ).fetchall()
        return Stored(
            answers=database.execute("SELECT COALESCE(SUM(version), 0) FROM entries").fetchone()[0],
            sheets=sheets,
            anonymous_authors=sum(1 for row in rows if row[2] in anonymous_steps and row[5] is not None),
            seats=seats,
            sent=frozenset(row[0] for row in database.execute("SELECT sent_message_id FROM outbox")),
            interrupted=sum(1 for _, _, status, _ in open_rows if status == "sending"),
            undelivered=[(chat_id, f"{kind} {status} {reason}".strip()) for chat_id, kind, status, reason in open_rows],
            dead_letters=database.execute("SELECT COUNT(*) FROM dead_letters").fetchone()[0],
        )


def read_plans(data: Path) -> StoredPlans:
    """The actions as they stand in the plans, from the folder of a bot that isn't running."""
    found: dict[tuple[int, str], Mapping[str, Any]] = {}
    with _copy(data) as database:
        names = {
            (workshop, f"m{number}"): name
            for workshop, number, name in database.execute("SELECT workshop_id, number, name FROM members")
        }
        for plan_id, workshop, group in database.execute("SELECT id, workshop_id, group_number FROM plans").fetchall():
            called = {party: name for (where, party), name in names.items() if where == workshop}
            for number, name in database.execute("SELECT number, name FROM contacts WHERE plan_id = ?", (plan_id,)):
                called[f"c{number}"] = name
            newest: dict[int, Any] = {}
            for number, body in database.execute(
                "SELECT number, body FROM action_versions WHERE plan_id = ? ORDER BY number, version", (plan_id,)
            ):
                newest[number] = json.loads(body)
            for action in newest.values():
                if not action["removed"]:
                    for field in ("responsible", "supporters"):
                        action[field] = [called[party] for party in action[field]]
                    action["owner"] = called.get(action["owner"], "")
                    found[group, action["title"]] = action
    return found


# While the bot runs ------------------------------------------------------------------------------------------------


def _value(data: Path, sql: str, *params: object) -> Any:
    with closing(sqlite3.connect(f"{(data / FILE).absolute().as_uri()}?mode=ro", uri=True)) as database:
        return database.execute(sql, params).fetchone()[0]


def next_due_at(data: Path) -> datetime | None:
    """When the bot will next say something of its own accord."""
    found = _value(data, "SELECT MIN(due_at) FROM fires WHERE status = 'pending'")
    return datetime.fromisoformat(found) if found else None


def waits(data: Path, now: datetime) -> bool:
    """Whether something that is due hasn't been said, or hasn't arrived yet."""
    due = "SELECT COUNT(*) FROM fires WHERE status = 'pending' AND due_at <= ?"
    open_rows = "SELECT COUNT(*) FROM outbox WHERE status IN ('queued', 'sending')"
    return bool(_value(data, due, now.isoformat(timespec="microseconds")) or _value(data, open_rows))
