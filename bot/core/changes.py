"""Changing what stands on a sheet: other words, a row's columns, removing and putting back, ending a conflict. Who may
do it, and when, is in the table of `walk`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.core import checked, walk
from bot.core.errors import Refusal
from bot.core.exercise import Step, StepKind, Who
from bot.core.run import Actor, Entry, Overtaken, Run, Value


def _changeable(run: Run, step: Step, actor: Actor, number: int, mine: Value) -> Entry:
    """The entry that somebody means to change. Refuses whoever may not, and when it isn't there any more."""
    walk.check_may_answer(run, step, actor)
    entry = run.entries.get(number)
    if entry is None or entry.step != step.id:
        raise Overtaken(None, mine)
    _check_may_change(step, entry, actor)
    if entry.removed_at is not None:
        raise Overtaken(None, mine)
    return entry


def _check_may_change(step: Step, entry: Entry, actor: Actor) -> None:
    if step.who is Who.EACH and entry.author != actor.member and not actor.leads:
        raise Refusal("sheet.not_yours")


def change(run: Run, step: Step, actor: Actor, number: int, version: int, text: str, *, now: datetime) -> Run:
    """Put other words into an entry of a text or list step. `version` is the one its changer had in front of them."""
    if step.kind not in (StepKind.TEXT, StepKind.LIST):
        raise Refusal("input.nothing_asked")
    words = checked.words(text, step.max_length)
    entry = _changeable(run, step, actor, number, words)
    if entry.value == words:
        return run
    if entry.version != version:
        raise Overtaken(entry, words)
    _check_place(run, step, entry, words)
    return walk.set_value(run, entry, words, now, step)


def _check_place(run: Run, step: Step, entry: Entry, value: Value) -> None:
    """Whether an entry can stand on the sheet with this value: beside no other of the same name, and not as one too
    many. Refuses with the answer that stands instead where a step has only one."""
    others = [each for each in walk.beside(run, step, entry.author) if each.number != entry.number]
    if step.many:
        walk.check_new_name(step, others, walk.name_of(step, value))
    if entry.removed_at is None:
        return
    if step.many:
        walk.check_room(step, others)
    elif others:
        raise Overtaken(others[0], value)


def set_column(
    run: Run,
    step: Step,
    actor: Actor,
    number: int,
    column: str,
    value: str | int,
    *,
    base: str | int | None,
    now: datetime,
) -> Run:
    """Fill in or change one column of a row. `base` is what its changer saw there (None: nothing), so that two people
    in different columns of one row don't stand in each other's way."""
    field = step.column(column)
    if field is None:
        raise Refusal("input.nothing_asked")
    value = checked.cell(field, value)
    entry = _changeable(run, step, actor, number, value)
    row = _row(entry)
    if row.get(column) == value:
        return run
    if row.get(column) != base:
        raise Overtaken(entry, value)
    changed = {**row, column: value}
    _check_place(run, step, entry, changed)
    return walk.set_value(run, entry, changed, now, step)


def _row(entry: Entry) -> Mapping[str, str | int]:
    return entry.value if isinstance(entry.value, Mapping) else {}


def remove(run: Run, step: Step, actor: Actor, number: int, version: int, *, now: datetime) -> Run:
    """Take an entry off the sheet. Its words stay stored, so that `put_back` can undo it."""
    walk.check_may_answer(run, step, actor)
    entry = run.entry(number)
    if entry is None or entry.step != step.id:
        return run
    _check_may_change(step, entry, actor)
    if entry.version != version:
        raise Overtaken(entry, None)
    return walk.drop(run, entry, now)


def put_back(run: Run, step: Step, actor: Actor, number: int, *, now: datetime) -> Run:
    """Undo a removal."""
    walk.check_may_answer(run, step, actor)
    entry = run.entries.get(number)
    if entry is None or entry.removed_at is None or entry.step != step.id:
        return run
    _check_may_change(step, entry, actor)
    _check_place(run, step, entry, entry.value)
    back = replace(entry, removed_at=None, version=entry.version + 1)
    return replace(run, entries={**run.entries, number: back}, skipped=run.skipped - {step.id}, active_at=now)


def settle(
    run: Run, step: Step, actor: Actor, number: int, version: int, value: Value, *, column: str = "", now: datetime
) -> Run:
    """End a conflict with one's own version, after having seen theirs (`version`). Where it was removed meanwhile,
    it comes back with these words. Refuses again when a third person was quicker still."""
    walk.check_may_answer(run, step, actor)
    entry = run.entries.get(number)
    if entry is None or entry.step != step.id:
        raise Refusal("sheet.gone")
    _check_may_change(step, entry, actor)
    if entry.version != version:
        raise Overtaken(run.entry(number), value)
    if column and isinstance(value, str | int):
        value = {**_row(entry), column: value}
    _check_place(run, step, entry, value)
    return walk.set_value(run, replace(entry, removed_at=None), value, now, step)
