"""Statements from a file: what its rows say, checked row by row and then as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.message import Phrase
from bot.core.statements import ID, LONGEST, Mistake, Statement, mistakes
from bot.core.words import clean_line

FIELDS = ("topic", "text", "id")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A row of a file: what stands where. `places` are cells, by field; in a file without cells there are none, and the
    row goes by its number."""

    number: int
    values: Mapping[str, Any]
    places: Mapping[str, str]

    def place(self, field: str) -> str | Phrase:
        return self.places.get(field) or Phrase("statements.nth", {"at": self.number})


def folded(text: str) -> str:
    """A topic's name as it is compared."""
    return _SPACES.sub(" ", text).strip().casefold()


def taken_in(
    rows: Sequence[Sent], topics: Mapping[str, str], called: Mapping[str, str]
) -> tuple[tuple[Statement, ...], list[Phrase]]:
    """The statements of a file, and every mistake in it. `topics` are ids with their names in the reader's language,
    `called` whatever else people may call them, folded, with the id that it means."""
    found = [_statement(row, called) for row in rows]
    wrong = [(at, _at(row, *each)) for at, row in enumerate(rows) for each in _of_row(row)]
    together = mistakes(found, topics)
    wrong += [(len(rows) if each.at is None else each.at, _said(rows, each)) for each in together]
    return tuple(found), [each for _, each in sorted(wrong, key=lambda each: each[0])]


def _of_row(row: Sent) -> list[tuple[str, str, dict[str, Any]]]:
    found: list[tuple[str, str, dict[str, Any]]] = []
    for field in ("topic", "text"):
        value = row.values.get(field)
        if value is None or (isinstance(value, str) and not clean_line(value)):
            found.append((field, f"statements.no_{field}", {}))
        elif not isinstance(value, str):
            found.append((field, "statements.not_text", {}))
    text = row.values.get("text")
    if isinstance(text, str) and len(clean_line(text)) > LONGEST:
        found.append(("text", "input.too_long", {"length": len(clean_line(text)), "longest": LONGEST}))
    id = row.values.get("id")
    if id not in (None, "") and not (isinstance(id, str) and ID.fullmatch(id)):
        found.append(("id", "statements.bad_id", {}))
    unknown = [each for each in row.values if each not in FIELDS]
    return found + [(each, "statements.unknown_field", {"name": each[:40]}) for each in unknown]


def _statement(row: Sent, called: Mapping[str, str]) -> Statement:
    def words(field: str) -> str:
        value = row.values.get(field)
        return clean_line(value) if isinstance(value, str) else ""

    id = words("id")
    topic = words("topic")
    return Statement(
        id=id if ID.fullmatch(id) else f"s{row.number}", topic=called.get(folded(topic), topic), text=words("text")
    )


def _at(row: Sent, field: str, key: str, params: Mapping[str, Any]) -> Phrase:
    return Phrase("import.cell", {"cell": row.place(field), "problem": Phrase(key, params)})


def _said(rows: Sequence[Sent], mistake: Mistake) -> Phrase:
    if mistake.at is None:
        return Phrase(mistake.key, mistake.params)
    return _at(rows[mistake.at], mistake.field, mistake.key, mistake.params)
