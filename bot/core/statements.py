"""The statements of an assessment: those of the programme, and others that an organiser brings.

Sets are numbered within a workshop: 0 is the programme's own. Whatever has been rated stays with the statements that it
was rated on, so a statement goes by its set's number and its own id together, and a set never changes.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.words import same

LONGEST = 200  # characters: a statement is read on a phone in one glance
MOST = 60  # in a set
ID = re.compile(r"[a-z0-9_-]{1,14}")  # short: it travels in a button


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something that people say how far it is true; `topic` is what it belongs to."""

    id: str
    topic: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementSet:
    """The statements that an organiser brought, in the words of the file; `added_by` is a member's number."""

    edition: int
    name: str
    statements: tuple[Statement, ...]
    added_at: datetime
    added_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What is wrong with a set: of the statement `at` (from 0; None: of the set as a whole), in one of its fields."""

    at: int | None
    field: str
    key: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def item_id(edition: int, statement: Statement) -> str:
    """What a statement goes by in a workshop."""
    return f"{edition}.{statement.id}"


def edition_of(sets: Mapping[int, StatementSet]) -> int:
    """The set that is in use: the newest."""
    return max(sets, default=0)


def of_topics(statements: Iterable[Statement], topics: Sequence[str]) -> list[Statement]:
    """The statements of some topics, in the topics' order."""
    listed = list(statements)
    return [each for topic in topics for each in listed if each.topic == topic]


def mistakes(statements: Sequence[Statement], topics: Mapping[str, str]) -> list[Mistake]:
    """What statements lack together. `topics` are ids with their names. Of what is empty nothing is said here."""
    found: list[Mistake] = []
    for at, each in enumerate(statements):
        if each.topic and each.topic not in topics:
            names = {"text": each.topic[:40], "names": ", ".join(topics.values())}
            found.append(Mistake(at=at, field="topic", key="statements.unknown_topic", params=names))
        found += _twice(statements, at, "id", lambda one, other: one.id == other.id)
        found += _twice(statements, at, "text", lambda one, other: bool(one.text) and same(one.text, other.text))
    if len(statements) > MOST:
        found.append(
            Mistake(at=None, field="", key="statements.too_many", params={"count": len(statements), "most": MOST})
        )
    covered = {each.topic for each in statements}
    for topic, name in topics.items():
        if topic not in covered:
            found.append(Mistake(at=None, field="", key="statements.topic_without", params={"name": name}))
    return found


def _twice(
    statements: Sequence[Statement], at: int, name: str, alike: Callable[[Statement, Statement], bool]
) -> list[Mistake]:
    for earlier, other in enumerate(statements[:at]):
        if alike(statements[at], other):
            return [Mistake(at=at, field=name, key="statements.twice", params={"at": earlier + 1})]
    return []
