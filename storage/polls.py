"""poll_copies and poll_votes: the polls that Telegram made in people's chats, and what was chosen in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from storage.database import Database, Write


@dataclass(frozen=True, slots=True)
class PollCopy:
    """A quick poll (its workshop and number there) as it stands in one chat."""

    poll_id: str
    workshop_id: int
    number: int
    chat_id: int
    message_id: int


_PUT = """
    INSERT INTO poll_copies (poll_id, workshop_id, number, chat_id, message_id) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (poll_id) DO NOTHING
"""
_VOTE = (
    "INSERT INTO poll_votes (poll_id, picks) VALUES (?, ?) ON CONFLICT (poll_id) DO UPDATE SET picks = excluded.picks"
)
_FORGET = (
    "DELETE FROM poll_votes WHERE poll_id IN (SELECT poll_id FROM poll_copies WHERE workshop_id = ? AND number = ?)",
    "DELETE FROM poll_copies WHERE workshop_id = ? AND number = ?",
)
_COPY = "SELECT poll_id, workshop_id, number, chat_id, message_id FROM poll_copies"


def sent(copy: PollCopy) -> list[Write]:
    """What to write once Telegram has made a poll."""
    return [(_PUT, [(copy.poll_id, copy.workshop_id, copy.number, copy.chat_id, copy.message_id)])]


def voted(votes: Mapping[str, tuple[int, ...]]) -> list[Write]:
    """What to write for what was chosen, by poll. It counts once it is known which poll that is."""
    rows = [(poll_id, orjson.dumps(picks).decode()) for poll_id, picks in votes.items()]
    return [(_VOTE, rows)] if rows else []


def forget(workshop_id: int, number: int) -> list[Write]:
    """What to write when a poll is over."""
    return [(sql, [(workshop_id, number)]) for sql in _FORGET]


async def copy(database: Database, poll_id: str) -> PollCopy | None:
    rows = await database.read(f"{_COPY} WHERE poll_id = ?", (poll_id,))
    return PollCopy(*rows[0]) if rows else None


async def copies(database: Database, workshop_id: int, number: int) -> list[PollCopy]:
    rows = await database.read(f"{_COPY} WHERE workshop_id = ? AND number = ?", (workshop_id, number))
    return [PollCopy(*row) for row in rows]


async def votes(database: Database, workshop_id: int, number: int) -> dict[str, tuple[int, ...]]:
    """What was chosen in each copy of a poll."""
    rows = await database.read(
        "SELECT poll_id, picks FROM poll_votes JOIN poll_copies USING (poll_id) WHERE workshop_id = ? AND number = ?",
        (workshop_id, number),
    )
    return {row["poll_id"]: tuple(orjson.loads(row["picks"])) for row in rows}
