"""Reads the steps of an exercise, with their options and columns."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.exercise import Column, Option, Plans, Ref, Source, Statements, Step, StepKind, Visibility, Who
from content.fields import PLAIN_ID, Fields, report_twice
from content.problems import entry_of
from content.step_checks import (
    check_agreeing,
    check_anonymous,
    check_bounds,
    check_choice,
    check_items,
    check_plan,
)

MOST_STEPS = 30
MOST_ENTRIES = 50
MOST_OPTIONS = 20
MOST_COLUMNS = 12
MOST_RECALLED = 3
NOTES_FIT = 1800  # characters of all the notes of one step's options
LONGEST_ANSWER = 1000
LONGEST_ENTRY = 400

_ANSWERED = frozenset(StepKind) - {StepKind.READ, StepKind.PLAN, StepKind.CONFIRM}
_COUNTED = frozenset({StepKind.LIST, StepKind.CHOICE, StepKind.RATING, StepKind.TABLE})

# The kinds of step in which a key means something; keys not named here do in all of them.
_KINDS_OF: Mapping[str, frozenset[StepKind]] = {
    "example": _ANSWERED | {StepKind.PLAN},
    "who": frozenset(StepKind) - {StepKind.READ},
    "anonymous": _ANSWERED,
    "optional": _ANSWERED,
    "minimum": _COUNTED | {StepKind.PLAN},
    "maximum": _COUNTED,
    "max_length": frozenset({StepKind.TEXT, StepKind.LIST, StepKind.CHOICE}),
    "dont_know": frozenset({StepKind.RATING}),
    "own_words": frozenset({StepKind.CHOICE}),
    "options": frozenset({StepKind.CHOICE}),
    "options_from": frozenset({StepKind.CHOICE}),
    "without": frozenset({StepKind.CHOICE}),
    "share": frozenset({StepKind.CHOICE}),
    "items_from": frozenset({StepKind.RATING}),
    "disputed": frozenset({StepKind.RATING}),
    "agrees": frozenset({StepKind.RATING}),
    "sure": frozenset({StepKind.RATING}),
    "carries": frozenset({StepKind.RATING}),
    "reveals": frozenset({StepKind.READ}),
    "columns": frozenset({StepKind.TABLE}),
    "prefill": frozenset({StepKind.TEXT, StepKind.TABLE}),
    "offers": frozenset({StepKind.TEXT}),
    "plot": frozenset({StepKind.READ}),
    "whole": frozenset({StepKind.PLAN}),
    "blanks": frozenset({StepKind.READ}),
    "read_next": frozenset({StepKind.READ, StepKind.TEXT, StepKind.LIST, StepKind.CHOICE}),
    "agrees_plan": frozenset({StepKind.CONFIRM}),
}
_COLUMN_KINDS = (StepKind.TEXT, StepKind.CHOICE, StepKind.RATING)


def read_steps(fields: Fields, exercise: str, visibility: Visibility) -> tuple[tuple[Step, ...], frozenset[str]]:
    """All steps, and the ids of those whose kind can't be told, which later checks leave alone.

    Where a step doesn't say who sees its answer, `visibility` holds.
    """
    entries = list(fields.tables("steps", required=True))
    steps = tuple(_step(entry, exercise, visibility) for entry in entries)
    unsure = frozenset(step.id for entry, step in zip(entries, steps, strict=True) if not entry.right("kind"))
    report_twice(
        [(f"{entry_of('steps', index)}.id", step.id) for index, step in enumerate(steps)], fields.report, "the id"
    )
    if len(steps) > MOST_STEPS:
        fields.report("steps", f"has {len(steps)} entries, and {MOST_STEPS} fit; make it two exercises")
    return steps, unsure


def _step(fields: Fields, exercise: str, visibility: Visibility) -> Step:
    kind = fields.one_of("kind", StepKind, StepKind.READ, required=True)
    kind_known = fields.right("kind")
    if kind_known:
        for key, kinds in _KINDS_OF.items():
            if key in fields and kind not in kinds:
                fields.report(key, f'means nothing in a step of kind "{kind}"; remove it, or change the kind')
    low, high = (-10, 10) if kind is StepKind.RATING else (0, MOST_ENTRIES)
    longest = LONGEST_ANSWER if kind is StepKind.TEXT else LONGEST_ENTRY
    step = Step(
        id=fields.id(pattern=PLAIN_ID),
        kind=kind,
        title=fields.text("title"),
        prompt=fields.text("prompt"),
        hint=fields.text("hint", required=False),
        example=fields.text("example", required=False),
        why=fields.text("why", required=False),
        who=fields.one_of("who", Who, Who.ANYONE),
        visibility=fields.one_of("visibility", Visibility, visibility),
        anonymous=fields.flag("anonymous"),
        optional=fields.flag("optional"),
        minimum=fields.number("minimum", low=low, high=high, default=0),
        maximum=fields.number("maximum", low=low, high=high, default=0),
        max_length=fields.number("max_length", low=1, high=longest, default=min(longest, 500)),
        dont_know=fields.flag("dont_know"),
        own_words=fields.flag("own_words"),
        options=_options(fields),
        options_from=_source(fields, "options_from", exercise),
        without=_ref(fields, "without", exercise),
        share=fields.number("share", low=2, high=10, default=0),
        items_from=_source(fields, "items_from", exercise),
        disputed=fields.flag("disputed"),
        agrees=fields.flag("agrees"),
        sure=fields.flag("sure"),
        carries=_ref(fields, "carries", exercise),
        reveals=fields.word("reveals"),
        columns=_columns(fields),
        prefill=_ref(fields, "prefill", exercise),
        offers=_ref(fields, "offers", exercise),
        recall=_refs(fields, "recall", exercise),
        plot=fields.words("plot"),
        whole=fields.number("whole", low=0, high=MOST_ENTRIES, default=0),
        blanks=fields.flag("blanks"),
        read_next=fields.flag("read_next"),
        from_readers=_refs(fields, "from_readers", exercise),
        agrees_plan=fields.flag("agrees_plan"),
    )
    fields.finish()
    if kind_known:
        check_bounds(fields, step.kind, step.minimum, step.maximum)
        check_choice(fields, step)
        check_items(fields, step)
        check_agreeing(fields, step)
        check_anonymous(fields, step)
        check_plan(fields, step)
        if step.kind is StepKind.TABLE and not step.columns and fields.right("columns"):
            fields.report("columns", "is missing; add entries under [[steps.columns]]")
    return step


def _options(fields: Fields) -> tuple[Option, ...]:
    found: list[Option] = []
    for entry in fields.tables("options"):
        found.append(
            Option(id=entry.id(pattern=PLAIN_ID), label=entry.text("label"), note=entry.text("note", required=False))
        )
        entry.finish()
    _report_twins(fields, "options", [(option.id, option.label) for option in found])
    if len(found) > MOST_OPTIONS:
        fields.report("options", f"has {len(found)} entries, and {MOST_OPTIONS} fit on a phone; leave some out")
    if (notes := sum(len(option.note) for option in found)) > NOTES_FIT:
        fields.report("options", f"has notes of {notes} characters together, and {NOTES_FIT} fit; shorten them")
    return tuple(found)


def _columns(fields: Fields) -> tuple[Column, ...]:
    found = tuple(_column(entry) for entry in fields.tables("columns"))
    _report_twins(fields, "columns", [(column.id, column.label) for column in found])
    if len(found) > MOST_COLUMNS:
        fields.report("columns", f"has {len(found)} entries, and {MOST_COLUMNS} fit; leave some out")
    if found and (found[0].optional or found[0].kind is not StepKind.TEXT):
        fields.report(f"{entry_of('columns', 0)}", 'names the row, so it has to be of kind "text" and not optional')
    return found


def _column(fields: Fields) -> Column:
    kind = fields.one_of("kind", StepKind, StepKind.TEXT)
    if kind not in _COLUMN_KINDS:
        fields.report("kind", f'is "{kind}", and a column is one of "text", "choice", "rating"; change it')
    elif fields.right("kind"):
        for key, fitting in (("options", StepKind.CHOICE), ("max_length", StepKind.TEXT)):
            if key in fields and kind is not fitting:
                fields.report(key, f'means nothing in a column of kind "{kind}"; remove it, or change the kind')
        for key in ("minimum", "maximum"):
            if key in fields and kind is not StepKind.RATING:
                fields.report(key, f'means nothing in a column of kind "{kind}"; remove it, or change the kind')
    column = Column(
        id=fields.id(pattern=PLAIN_ID),
        label=fields.text("label"),
        prompt=fields.text("prompt"),
        kind=kind,
        hint=fields.text("hint", required=False),
        example=fields.text("example", required=False),
        optional=fields.flag("optional"),
        options=_options(fields),
        minimum=fields.number("minimum", low=-10, high=10, default=0),
        maximum=fields.number("maximum", low=-10, high=10, default=0),
        max_length=fields.number("max_length", low=1, high=LONGEST_ENTRY, default=200),
    )
    fields.finish()
    if fields.right("kind"):
        if kind is StepKind.RATING:
            check_bounds(fields, kind, column.minimum, column.maximum)
        if kind is StepKind.CHOICE and not column.options and fields.right("options"):
            fields.report("options", "is missing; a choice needs entries under [[steps.columns.options]]")
    return column


def _report_twins(fields: Fields, key: str, entries: list[tuple[str, str]]) -> None:
    """Ids lead to the answer, and labels may be typed instead of tapped: neither may stand twice."""
    report_twice(
        [(f"{entry_of(key, index)}.id", each) for index, (each, _) in enumerate(entries)], fields.report, "the id"
    )
    labels = [(f"{entry_of(key, index)}.label", label.casefold()) for index, (_, label) in enumerate(entries)]
    report_twice(labels, fields.report, "the label")


def _ref(fields: Fields, key: str, exercise: str) -> Ref | None:
    written = fields.word(key)
    return _parsed(fields, key, written, exercise) if written or (key in fields and fields.right(key)) else None


def _source(fields: Fields, key: str, exercise: str) -> Source | None:
    """Where items or options come from: plans, statements, or an earlier answer."""
    written = fields.word(key)
    if written in set(Statements) and key == "items_from":
        return Statements(written)
    return Plans(written) if written in set(Plans) else _ref(fields, key, exercise)


def _refs(fields: Fields, key: str, exercise: str) -> tuple[Ref, ...]:
    written = fields.words(key)
    if len(written) > MOST_RECALLED:
        fields.report(key, f"names {len(written)} answers, and {MOST_RECALLED} fit above a question; leave some out")
    found = (_parsed(fields, entry_of(key, index), each, exercise) for index, each in enumerate(written))
    return tuple(ref for ref in found if ref is not None)


def _parsed(fields: Fields, key: str, written: str, exercise: str) -> Ref | None:
    try:
        return Ref.parse(written, exercise=exercise)
    except ValueError:
        fields.report(key, f'is "{written[:60]}"; write "exercise#step", "#step", or either with ".column" added')
        return None
