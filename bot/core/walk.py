"""Walking through an exercise: answering, changing, moving on, publishing. See `run` for the values.

What may happen, and who may do it:

    event                 who                                   refused when
    answer a step         anyone · scribe: the pen · each       published (but for facilitators), empty, too long,
                                                                full, already there, out of range
    change, remove        the same; for `each` only the author  somebody else was quicker (Overtaken)
    next                  the pen                               the step needs more; it is not the step on show
    skip, back            the pen                               it is not the step on show; nothing before it
    publish (confirm)     the pen                               nothing is answered at all

Facilitators may do all of it, at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.core.errors import Refusal
from bot.core.exercise import Column, Exercise, Step, StepKind, Who
from bot.core.run import (
    MOST_ENTRIES,
    OWN_WORDS,
    Actor,
    Entry,
    Overtaken,
    Run,
    Value,
    answered,
    current,
    missing_columns,
)
from bot.core.words import clean, same

# Answering -------------------------------------------------------------------------------------------------------


def _check_may_answer(run: Run, step: Step, actor: Actor) -> None:
    if run.published_at is not None and not actor.leads:
        raise Refusal("sheet.published")
    if step.who is Who.SCRIBE and not actor.steers:
        raise Refusal("sheet.pen_only")


def check_words(text: str, longest: int) -> str:
    """Somebody's words as they are kept. Refuses what is empty or longer than `longest` characters."""
    words = clean(text)
    if not words:
        raise Refusal("input.empty")
    if len(words) > longest:
        raise Refusal("input.too_long", length=len(words), longest=longest)
    return words


def standing(run: Run, step: Step, actor: Actor) -> Entry | None:
    """The one answer that a text, choice or rating step has: the group's, or for `each` the actor's own."""
    return next(
        (entry for entry in run.entries_of(step.id) if step.who is not Who.EACH or entry.author == actor.member), None
    )


def _append(run: Run, step: Step, actor: Actor, value: Value, now: datetime) -> Run:
    if len(run.entries_of(step.id)) >= MOST_ENTRIES and step.who is not Who.EACH:
        raise Refusal("sheet.full", most=MOST_ENTRIES)
    # An anonymous entry keeps no author and no time of its own: neither could be taken back to a phone.
    when = run.opened_at if step.anonymous else now
    entry = Entry(
        number=run.next_entry,
        step=step.id,
        author=None if step.anonymous else actor.member,
        value=value,
        created_at=when,
        changed_at=when,
        entered_by=None if step.anonymous else actor.entered_by,
    )
    return replace(
        run,
        entries={**run.entries, entry.number: entry},
        next_entry=entry.number + 1,
        skipped=run.skipped - {step.id},
        active_at=now,
    )


def _set(run: Run, entry: Entry, value: Value, now: datetime, step: Step) -> Run:
    changed = replace(
        entry,
        value=value,
        version=entry.version + 1,
        changed_at=entry.changed_at if step.anonymous else now,
    )
    return replace(run, entries={**run.entries, entry.number: changed}, skipped=run.skipped - {step.id}, active_at=now)


def write(run: Run, step: Step, actor: Actor, text: str, *, now: datetime) -> Run:
    """Take words in on the step on show: a text, one more entry of a list, the first column of a new row, or the
    group's own words where a choice allows them."""
    _check_may_answer(run, step, actor)
    match step.kind:
        case StepKind.TEXT:
            return _answer(run, step, actor, check_words(text, step.max_length), now)
        case StepKind.LIST:
            return _add_to_list(run, step, actor, check_words(text, step.max_length), now)
        case StepKind.TABLE:
            return _add_row(run, step, actor, check_words(text, step.columns[0].max_length), now)
        case StepKind.CHOICE if step.own_words:
            return pick(run, step, actor, OWN_WORDS + check_words(text, step.max_length), now=now)
        case StepKind.CHOICE:
            raise Refusal("input.choose")
        case StepKind.RATING:
            return rate(run, step, actor, check_number(text, step.minimum, step.maximum), now=now)
        case _:
            raise Refusal("input.nothing_asked")


def check_number(text: str, minimum: int, maximum: int) -> int:
    """A whole number as people type it, in any script's digits. Refuses anything else and what is out of range."""
    words = clean(text).replace("\u2212", "-").replace(" ", "")
    try:
        number = int(words)
    except ValueError:
        raise Refusal("input.number", minimum=minimum, maximum=maximum) from None
    if not minimum <= number <= maximum:
        raise Refusal("input.number", minimum=minimum, maximum=maximum)
    return number


def _answer(run: Run, step: Step, actor: Actor, value: Value, now: datetime, version: int | None = None) -> Run:
    """Set the one answer of a step. With a `version` the answer must still be that one (0: none yet); without, only
    its author and whoever steers replace it unasked."""
    entry = standing(run, step, actor)
    if entry is None:
        if version:
            raise Overtaken(None, value)
        return _append(run, step, actor, value, now)
    if entry.value == value:
        return replace(run, active_at=now)
    if version is None and not (actor.steers or entry.author == actor.member):
        raise Overtaken(entry, value)
    if version is not None and version != entry.version:
        raise Overtaken(entry, value)
    return _set(run, entry, value, now, step)


def _add_to_list(run: Run, step: Step, actor: Actor, words: str, now: datetime) -> Run:
    entries = run.entries_of(step.id)
    mine = [entry for entry in entries if step.who is not Who.EACH or entry.author == actor.member]
    if any(isinstance(entry.value, str) and same(entry.value, words) for entry in mine):
        raise Refusal("input.already_there")
    if step.maximum and len(mine) >= step.maximum:
        raise Refusal("sheet.full", most=step.maximum)
    return _append(run, step, actor, words, now)


def _add_row(run: Run, step: Step, actor: Actor, words: str, now: datetime) -> Run:
    first = step.columns[0].id
    entries = run.entries_of(step.id)
    if any(isinstance(entry.value, Mapping) and same(str(entry.value.get(first, "")), words) for entry in entries):
        raise Refusal("input.already_there")
    if step.maximum and len(entries) >= step.maximum:
        raise Refusal("sheet.full", most=step.maximum)
    return _append(run, step, actor, {first: words}, now)


def pick(run: Run, step: Step, actor: Actor, option: str, *, now: datetime, version: int | None = None) -> Run:
    """Choose an option; where several may be chosen, choosing one again takes it back."""
    _check_may_answer(run, step, actor)
    entry = standing(run, step, actor)
    picks = entry.value if entry and isinstance(entry.value, tuple) else ()
    if step.maximum <= 1:
        return _answer(run, step, actor, (option,), now, version)
    if option in picks:
        chosen = tuple(each for each in picks if each != option)
    elif len(picks) >= step.maximum:
        raise Refusal("input.too_many", most=step.maximum)
    else:
        chosen = (*picks, option)
    if entry is None:
        return _append(run, step, actor, chosen, now)
    if not chosen:
        return _drop(run, entry, now)
    return _set(run, entry, chosen, now, step)


def rate(run: Run, step: Step, actor: Actor, number: int | None, *, now: datetime, version: int | None = None) -> Run:
    """Give a number, or None for "don't know" where the step allows it."""
    _check_may_answer(run, step, actor)
    if (number is None and not step.dont_know) or (number is not None and not step.minimum <= number <= step.maximum):
        raise Refusal("input.number", minimum=step.minimum, maximum=step.maximum)
    return _answer(run, step, actor, number, now, version)


# Changing --------------------------------------------------------------------------------------------------------


def _check_may_change(run: Run, step: Step, entry: Entry, actor: Actor) -> None:
    _check_may_answer(run, step, actor)
    if step.who is Who.EACH and entry.author != actor.member and not actor.leads:
        raise Refusal("sheet.not_yours")


def change(run: Run, step: Step, actor: Actor, number: int, version: int, text: str, *, now: datetime) -> Run:
    """Put other words into an entry of a text or list step. `version` is the one its changer had in front of them."""
    words = check_words(text, step.max_length)
    entry = run.entry(number)
    if entry is None:
        raise Overtaken(None, words)
    _check_may_change(run, step, entry, actor)
    if entry.value == words:
        return run
    if entry.version != version:
        raise Overtaken(entry, words)
    return _set(run, entry, words, now, step)


def check_column(column: Column, text: str) -> str | int:
    """A column's value as typed. Options are matched by whoever knows the reader's language, not here."""
    match column.kind:
        case StepKind.RATING:
            return check_number(text, column.minimum, column.maximum)
        case StepKind.CHOICE:
            raise Refusal("input.choose")
        case _:
            return check_words(text, column.max_length)


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
    entry = run.entry(number)
    if entry is None:
        raise Overtaken(None, value)
    _check_may_change(run, step, entry, actor)
    row = dict(entry.value) if isinstance(entry.value, Mapping) else {}
    if row.get(column) == value:
        return run
    if row.get(column) != base:
        raise Overtaken(entry, value)
    return _set(run, entry, {**row, column: value}, now, step)


def _drop(run: Run, entry: Entry, now: datetime) -> Run:
    gone = replace(entry, removed_at=now, version=entry.version + 1)
    return replace(run, entries={**run.entries, entry.number: gone}, active_at=now)


def remove(run: Run, step: Step, actor: Actor, number: int, version: int, *, now: datetime) -> Run:
    """Take an entry off the sheet. Its words stay stored, so that `put_back` can undo it."""
    entry = run.entry(number)
    if entry is None:
        return run
    _check_may_change(run, step, entry, actor)
    if entry.version != version:
        raise Overtaken(entry, None)
    return _drop(run, entry, now)


def put_back(run: Run, step: Step, actor: Actor, number: int, *, now: datetime) -> Run:
    """Undo a removal."""
    entry = run.entries.get(number)
    if entry is None or entry.removed_at is None:
        return run
    _check_may_change(run, step, entry, actor)
    back = replace(entry, removed_at=None, version=entry.version + 1)
    return replace(run, entries={**run.entries, number: back}, active_at=now)


def settle(
    run: Run, step: Step, actor: Actor, number: int, version: int, value: Value, *, column: str = "", now: datetime
) -> Run:
    """End a conflict with one's own version, after having seen theirs (`version`). Where it was removed meanwhile,
    it comes back with these words. Refuses again when a third person was quicker still."""
    entry = run.entries.get(number)
    if entry is None:
        raise Refusal("sheet.gone")
    _check_may_change(run, step, entry, actor)
    if entry.version != version:
        raise Overtaken(run.entry(number), value)
    if column and isinstance(value, str | int):
        row = dict(entry.value) if isinstance(entry.value, Mapping) else {}
        value = {**row, column: value}
    return _set(run, replace(entry, removed_at=None), value, now, step)


# Moving ----------------------------------------------------------------------------------------------------------


def _check_may_move(exercise: Exercise, run: Run, actor: Actor, step_id: str) -> int:
    if not actor.steers:
        raise Refusal("sheet.pen_moves")
    step = current(exercise, run)
    if step.id != step_id:
        raise Refusal("sheet.moved_on")
    return exercise.steps.index(step)


def next_step(exercise: Exercise, run: Run, actor: Actor, step_id: str, *, members: int, now: datetime) -> Run:
    """Go on from the step that the mover sees. `members` is how many are in the group."""
    index = _check_may_move(exercise, run, actor, step_id)
    step = exercise.steps[index]
    if not step.optional and step.id not in run.skipped:
        _check_answered(run, step, members)
    return _goto(exercise, run, index + 1, now)


def _check_answered(run: Run, step: Step, members: int) -> None:
    if answered(run, step, members):
        return
    entries = run.entries_of(step.id)
    if step.who is Who.EACH:
        raise Refusal("sheet.need_each", have=len(entries), need=members)
    if step.kind is StepKind.TABLE:
        entries = [entry for entry in entries if not missing_columns(step, entry)]
    if step.many:
        raise Refusal("sheet.need_more", have=len(entries), need=max(step.minimum, 1))
    raise Refusal("sheet.need_answer")


def _goto(exercise: Exercise, run: Run, index: int, now: datetime) -> Run:
    index = max(0, min(index, len(exercise.steps) - 1))
    return replace(run, step=exercise.steps[index].id, active_at=now)


def skip(exercise: Exercise, run: Run, actor: Actor, step_id: str, *, now: datetime) -> Run:
    """Go on without what the step asks; the product says so. What stands there already is kept."""
    index = _check_may_move(exercise, run, actor, step_id)
    if exercise.steps[index].kind is StepKind.CONFIRM:
        raise Refusal("sheet.last_step")
    skipped = run.skipped | {step_id} if not run.entries_of(step_id) else run.skipped
    return _goto(exercise, replace(run, skipped=skipped), index + 1, now)


def back(exercise: Exercise, run: Run, actor: Actor, step_id: str, *, now: datetime) -> Run:
    index = _check_may_move(exercise, run, actor, step_id)
    if index == 0:
        raise Refusal("sheet.first_step")
    return _goto(exercise, run, index - 1, now)


def go_to(exercise: Exercise, run: Run, actor: Actor, step_id: str, *, now: datetime) -> Run:
    """Show another step of the exercise."""
    if not actor.steers:
        raise Refusal("sheet.pen_moves")
    step = exercise.step(step_id)
    return run if step is None else _goto(exercise, run, exercise.steps.index(step), now)


def unanswered(exercise: Exercise, run: Run, members: int) -> list[Step]:
    """What is still open, for the confirm step to name."""
    return [
        step
        for step in exercise.steps
        if step.kind not in (StepKind.READ, StepKind.CONFIRM) and not step.optional and not answered(run, step, members)
    ]


def publish(exercise: Exercise, run: Run, actor: Actor, step_id: str, *, now: datetime) -> Run:
    """Agree on the product. Publishing twice is the same as once."""
    if run.published_at is not None:
        return run
    _check_may_move(exercise, run, actor, step_id)
    if not any(entry.removed_at is None for entry in run.entries.values()):
        raise Refusal("sheet.nothing_to_publish")
    return replace(run, published_at=now, active_at=now)
