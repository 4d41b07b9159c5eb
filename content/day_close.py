"""Reads close.toml: the questions at the end of each day."""

from __future__ import annotations

from bot.core.exercise import CloseDef, CloseQuestion, Option, StepKind
from content.fields import PLAIN_ID, Fields, report_twice
from content.problems import entry_of

KINDS = (StepKind.RATING, StepKind.CHOICE, StepKind.TEXT)
MOST_QUESTIONS = 8
MOST_OPTIONS = 8
MOST_MINUTES = 120
LONGEST = 500
LOWEST, HIGHEST = 0, 10


def read_close(fields: Fields) -> CloseDef:
    """The questions in the order in which they are asked."""
    questions = [_question(entry) for entry in fields.tables("questions", required=True)]
    minutes = fields.number("minutes", low=0, high=MOST_MINUTES, default=0)
    fields.finish()
    marks = [(f"{entry_of('questions', at)}.id", each.id) for at, each in enumerate(questions)]
    report_twice(marks, fields.report, "the id")
    if len(questions) > MOST_QUESTIONS:
        fields.report("questions", f"has {len(questions)} entries, and {MOST_QUESTIONS} fit; remove some")
    return CloseDef(questions=tuple(questions), minutes=minutes)


def _question(entry: Fields) -> CloseQuestion:
    kind = entry.one_of("kind", StepKind, StepKind.TEXT, required=True)
    if entry.right("kind") and kind not in KINDS:
        entry.report("kind", f'is "{kind.value}"; it has to be {", ".join(each.value for each in KINDS)}')
    rating, choice = kind is StepKind.RATING, kind is StepKind.CHOICE
    question = CloseQuestion(
        id=entry.id(pattern=PLAIN_ID),
        kind=kind,
        title=entry.text("title"),
        prompt=entry.text("prompt"),
        hint=entry.text("hint", required=False),
        options=_options(entry) if choice else (),
        minimum=entry.number("minimum", low=LOWEST, high=HIGHEST) if rating else 0,
        maximum=entry.number("maximum", low=LOWEST, high=HIGHEST) if rating else 0,
        max_length=entry.number("max_length", low=20, high=LONGEST, default=300) if kind is StepKind.TEXT else 300,
        optional=entry.flag("optional"),
    )
    entry.finish()
    if rating and entry.right("minimum", "maximum") and question.minimum >= question.maximum:
        entry.report("maximum", f"is {question.maximum}, not above minimum; give the scale two ends")
    return question


def _options(entry: Fields) -> tuple[Option, ...]:
    found = []
    for option in entry.tables("options", required=True):
        found.append(Option(id=option.id(pattern=PLAIN_ID), label=option.text("label")))
        option.finish()
    marks = [(f"{entry_of('options', at)}.id", each.id) for at, each in enumerate(found)]
    report_twice(marks, entry.report, "the id")
    if len(found) > MOST_OPTIONS:
        entry.report("options", f"has {len(found)} entries, and {MOST_OPTIONS} fit; remove some")
    return tuple(found)
