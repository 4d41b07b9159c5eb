"""Reads statements.toml: what people say, in an assessment, how far it is true."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import statements as rules
from bot.core.exercise import Topic
from bot.core.marking import N_
from bot.core.statements import Mistake, Statement
from content.fields import Fields
from content.problems import entry_of

STATEMENTS_FILE = "statements.toml"

# What is said about a mistake, here and to whoever sends a file of statements.
MISTAKES: dict[str, str | tuple[str, str]] = {
    "statements.unknown_topic": N_("“{text}” is none of these: {names}"),
    "statements.twice": N_("stands already in statement {at}"),
    "statements.too_many": N_("there are {count} statements, and {most} fit"),
    "statements.topic_without": N_("{name} has no statement"),
}


def read_statements(fields: Fields, topics: Sequence[Topic]) -> tuple[Statement, ...]:
    """The statements of a programme."""
    found: list[Statement] = []
    for entry in fields.tables("statements", required=True):
        found.append(
            Statement(
                id=entry.id(pattern=rules.ID, most=14),
                topic=entry.word("topic"),
                text=entry.text("text"),
            )
        )
        if not found[-1].topic and entry.right("topic"):
            entry.report("topic", "is missing; add the id of the topic that it belongs to")
        entry.finish()
    fields.finish()
    if fields.right("statements"):
        for mistake in rules.mistakes(found, {topic.id: topic.id for topic in topics}):
            at = "" if mistake.at is None else f"{entry_of('statements', mistake.at)}.{mistake.field}"
            fields.report(at or "statements", said(mistake))
    return tuple(found)


def said(mistake: Mistake) -> str:
    """A mistake in the source's language."""
    words = MISTAKES[mistake.key]
    return (words if isinstance(words, str) else words[0]).format_map(mistake.params)
