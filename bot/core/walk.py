"""Walking through an exercise: answering, changing, moving on, publishing. See `run` for the values.

What may happen, and who may do it:

    event                 who                                   refused when
    answer a step         anyone · scribe: the pen · each       published, empty, too long, full, already there, out of
                                                                range, not what the step asks for
    change, remove,       the same; for `each` only the author  the same; somebody else was quicker (Overtaken)
      put back
    next                  the pen                               published; the step needs more; it is not the step on
                                                                show; it is the last
    skip, back            the pen                               published; it is not the step on show; nothing after
                                                                it, nothing before it
    publish (confirm)     the pen                               it is not the step on show; nothing is answered at all

Facilitators may do all of it, at any time, and after the product is published.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.errors import Refusal
from bot.core.exercise import Column, Exercise, Step, StepKind, Who
from bot.core.run import (
    DONT_KNOW,
    MOST_ENTRIES,
    OPEN,
    OWN_WORDS,
    Actor,
    Entry,
    Overtaken,
    Run,
    Value,
    answered,
    current,
    given,
    have_answered,
    needed,
    ratings,
)
from bot.core.words import clean, pieces, same

_NUMBER = re.compile(r"([+-]?) ?(\d{1,9})")

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


def _is_beside(entry: Entry, step: Step, author: int | None) -> bool:
    """Whether an entry stands on the sheet that this author writes on: the group's, or for `each` their own."""
    return entry.step == step.id and (step.who is not Who.EACH or (author is not None and entry.author == author))


def _beside(run: Run, step: Step, author: int | None) -> list[Entry]:
    return [entry for entry in run.entries_of(step.id) if _is_beside(entry, step, author)]


def standing(run: Run, step: Step, actor: Actor) -> Entry | None:
    """The one answer that a text, choice or rating step has: the group's, or for `each` the actor's own."""
    return next(iter(_beside(run, step, actor.member)), None)


def _name(step: Step, value: Value) -> str:
    """What an entry of a list or a table goes by: its words, or its first column."""
    if isinstance(value, Mapping):
        return str(value.get(step.columns[0].id, ""))
    return value if isinstance(value, str) else ""


def _check_new_name(step: Step, others: list[Entry], name: str) -> None:
    if any(same(_name(step, entry.value), name) for entry in others):
        raise Refusal("input.already_there")


def _check_room(step: Step, others: list[Entry]) -> None:
    most = min(step.maximum or MOST_ENTRIES, MOST_ENTRIES)
    if len(others) >= most:
        raise Refusal("sheet.full", most=most)


def _append(run: Run, step: Step, actor: Actor, value: Value, now: datetime) -> Run:
    # An anonymous entry keeps no author and no time of its own: neither could be taken back to a phone.
    when = run.opened_at if step.anonymous else now
    # A button that was made for an answer since removed must not fit the next one.
    before = (
        0
        if step.many
        else max((entry.version for entry in run.entries.values() if _is_beside(entry, step, actor.member)), default=0)
    )
    entry = Entry(
        number=run.next_entry,
        step=step.id,
        author=None if step.anonymous else actor.member,
        value=value,
        version=before + 1,
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
    group's own words where a choice allows them. Of a step that is answered in the plan only that it was."""
    _check_may_answer(run, step, actor)
    match step.kind:
        case StepKind.TEXT:
            return _answer(run, step, actor, check_words(text, step.max_length), now)
        case StepKind.LIST:
            words = check_words(text, step.max_length)
            return _add(run, step, actor, words, words, now)
        case StepKind.TABLE:
            words = check_words(text, step.columns[0].max_length)
            return _add(run, step, actor, words, {step.columns[0].id: words}, now)
        case StepKind.CHOICE if step.own_words:
            return pick(run, step, actor, OWN_WORDS + check_words(text, step.max_length), now=now)
        case StepKind.CHOICE:
            raise Refusal("input.choose")
        case StepKind.RATING if step.items_from is None:
            return rate(run, step, actor, check_number(text, step.minimum, step.maximum), now=now)
        case StepKind.PLAN:
            return replace(run, active_at=now)  # the words themselves go into the plan
        case _:
            raise Refusal("input.nothing_asked")


def write_in_parts(run: Run, step: Step, actor: Actor, text: str, *, now: datetime) -> Run:
    """Take a text that is too long for one entry of a list as several; a part that stands there already is left out."""
    before = run
    for part in pieces(clean(text), step.max_length):
        try:
            run = write(run, step, actor, part, now=now)
        except Refusal as refusal:
            if refusal.key != "input.already_there":
                raise
    if run is before:
        raise Refusal("input.already_there")
    return run


def check_number(text: str, minimum: int, maximum: int) -> int:
    """A whole number as people type it, in any script's digits. Refuses anything else and what is out of range."""
    typed = _NUMBER.fullmatch(clean(text).replace("\u2212", "-").replace("\u2013", "-"))
    number = int(typed[1] + typed[2]) if typed else None
    if number is None or not minimum <= number <= maximum:
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


def _add(run: Run, step: Step, actor: Actor, name: str, value: Value, now: datetime) -> Run:
    others = _beside(run, step, actor.member)
    _check_new_name(step, others, name)
    _check_room(step, others)
    return _append(run, step, actor, value, now)


def pick(run: Run, step: Step, actor: Actor, option: str, *, now: datetime, version: int | None = None) -> Run:
    """Choose an option; where several may be chosen, choosing one again takes it back. With a `version` only what its
    chooser saw chosen is taken back: the same tap twice, or two people's, is one choice."""
    _check_may_answer(run, step, actor)
    if step.kind is not StepKind.CHOICE:
        raise Refusal("input.nothing_asked")
    if step.maximum <= 1:
        return _answer(run, step, actor, (option,), now, version)
    entry = standing(run, step, actor)
    picks = run.picks(entry)
    if entry is not None and option in picks:
        if version is not None and version != entry.version:
            return run
        chosen = tuple(each for each in picks if each != option)
        return _set(run, entry, chosen, now, step) if chosen else _drop(run, entry, now)
    if len(picks) >= step.maximum:
        raise Refusal("input.too_many", most=step.maximum)
    if entry is None:
        return _append(run, step, actor, (option,), now)
    return _set(run, entry, (*picks, option), now, step)


def rate(run: Run, step: Step, actor: Actor, number: int | None, *, now: datetime, version: int | None = None) -> Run:
    """Give a number, or None for "don't know" where the step allows it."""
    _check_may_answer(run, step, actor)
    if step.kind is not StepKind.RATING or step.items_from is not None:
        raise Refusal("input.nothing_asked")
    _check_rating(step, number)
    return _answer(run, step, actor, number, now, version)


def _check_rating(step: Step, number: int | None) -> None:
    if (number is None and not step.dont_know) or (number is not None and not step.minimum <= number <= step.maximum):
        raise Refusal("input.number", minimum=step.minimum, maximum=step.maximum)


def rate_item(
    run: Run,
    step: Step,
    actor: Actor,
    items: Sequence[str],
    item: str,
    number: int | None,
    *,
    base: str | int,
    now: datetime,
) -> Run:
    """Rate one of the `items` that a step asks about; None for "don't know". `base` is what the rater saw there (OPEN:
    nothing), so that two phones of one rater, or two holders of the pen, don't overwrite each other unseen."""
    _check_may_answer(run, step, actor)
    if step.kind is not StepKind.RATING or step.items_from is None:
        raise Refusal("input.nothing_asked")
    if item not in items:
        raise Refusal("items.gone")
    _check_rating(step, number)
    entry = standing(run, step, actor)
    given = ratings(entry)
    value = DONT_KNOW if number is None else number
    if entry is not None and given.get(item, OPEN) == value:
        return replace(run, active_at=now)
    if given.get(item, OPEN) != base:
        raise Overtaken(entry, value)
    # What is still open stands there too: whether somebody is done can be told from their entry alone.
    rated = {each: given.get(each, OPEN) for each in items} | {item: value}
    return _answer(run, step, actor, rated, now, entry.version if entry else 0)


# Changing --------------------------------------------------------------------------------------------------------


def _changeable(run: Run, step: Step, actor: Actor, number: int, mine: Value) -> Entry:
    """The entry that somebody means to change. Refuses whoever may not, and when it isn't there any more."""
    _check_may_answer(run, step, actor)
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
    words = check_words(text, step.max_length)
    entry = _changeable(run, step, actor, number, words)
    if entry.value == words:
        return run
    if entry.version != version:
        raise Overtaken(entry, words)
    _check_place(run, step, entry, words)
    return _set(run, entry, words, now, step)


def _check_place(run: Run, step: Step, entry: Entry, value: Value) -> None:
    """Whether an entry can stand on the sheet with this value: beside no other of the same name, and not as one too
    many. Refuses with the answer that stands instead where a step has only one."""
    others = [each for each in _beside(run, step, entry.author) if each.number != entry.number]
    if step.many:
        _check_new_name(step, others, _name(step, value))
    if entry.removed_at is None:
        return
    if step.many:
        _check_room(step, others)
    elif others:
        raise Overtaken(others[0], value)


def check_column(column: Column, text: str) -> str | int:
    """A column's value as typed. Options are matched by whoever knows the reader's language, not here."""
    match column.kind:
        case StepKind.RATING:
            return check_number(text, column.minimum, column.maximum)
        case StepKind.CHOICE:
            raise Refusal("input.choose")
        case _:
            return check_words(text, column.max_length)


def _check_cell(column: Column, value: str | int) -> str | int:
    """A column's value, if it can be one."""
    if column.kind is StepKind.CHOICE:
        if column.option(str(value)) is None:
            raise Refusal("input.choose")
        return value
    return check_column(column, str(value))


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
    value = _check_cell(field, value)
    entry = _changeable(run, step, actor, number, value)
    row = _row(entry)
    if row.get(column) == value:
        return run
    if row.get(column) != base:
        raise Overtaken(entry, value)
    changed = {**row, column: value}
    _check_place(run, step, entry, changed)
    return _set(run, entry, changed, now, step)


def _row(entry: Entry) -> Mapping[str, str | int]:
    return entry.value if isinstance(entry.value, Mapping) else {}


def _drop(run: Run, entry: Entry, now: datetime) -> Run:
    gone = replace(entry, removed_at=now, version=entry.version + 1)
    return replace(run, entries={**run.entries, entry.number: gone}, active_at=now)


def remove(run: Run, step: Step, actor: Actor, number: int, version: int, *, now: datetime) -> Run:
    """Take an entry off the sheet. Its words stay stored, so that `put_back` can undo it."""
    _check_may_answer(run, step, actor)
    entry = run.entry(number)
    if entry is None or entry.step != step.id:
        return run
    _check_may_change(step, entry, actor)
    if entry.version != version:
        raise Overtaken(entry, None)
    return _drop(run, entry, now)


def put_back(run: Run, step: Step, actor: Actor, number: int, *, now: datetime) -> Run:
    """Undo a removal."""
    _check_may_answer(run, step, actor)
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
    _check_may_answer(run, step, actor)
    entry = run.entries.get(number)
    if entry is None or entry.step != step.id:
        raise Refusal("sheet.gone")
    _check_may_change(step, entry, actor)
    if entry.version != version:
        raise Overtaken(run.entry(number), value)
    if column and isinstance(value, str | int):
        value = {**_row(entry), column: value}
    _check_place(run, step, entry, value)
    return _set(run, replace(entry, removed_at=None), value, now, step)


# Moving ----------------------------------------------------------------------------------------------------------


def _check_may_steer(run: Run, actor: Actor) -> None:
    if run.published_at is not None and not actor.leads:
        raise Refusal("sheet.published")
    if not actor.steers:
        raise Refusal("sheet.pen_moves")


def _check_may_move(exercise: Exercise, run: Run, actor: Actor, step_id: str) -> int:
    _check_may_steer(run, actor)
    step = current(exercise, run)
    if step.id != step_id:
        raise Refusal("sheet.moved_on")
    return exercise.steps.index(step)


def next_step(exercise: Exercise, run: Run, actor: Actor, step_id: str, *, members: int, now: datetime) -> Run:
    """Go on from the step that the mover sees. `members` is how many are in the group."""
    index = _check_may_move(exercise, run, actor, step_id)
    step = exercise.steps[index]
    if step.kind is StepKind.CONFIRM:
        raise Refusal("sheet.last_step")
    if not step.optional and step.id not in run.skipped:
        _check_answered(run, step, members)
    return _goto(exercise, run, index + 1, now)


def _check_answered(run: Run, step: Step, members: int) -> None:
    if answered(run, step, members):
        return
    if step.who is Who.EACH:
        raise Refusal("sheet.need_each", have=have_answered(run, step), need=members)
    if step.many or needed(step) > 1:
        raise Refusal("sheet.need_more", have=given(run, step, run.entries_of(step.id)), need=needed(step))
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
    _check_may_steer(run, actor)
    step = exercise.step(step_id)
    return run if step is None else _goto(exercise, run, exercise.steps.index(step), now)


def unanswered(exercise: Exercise, run: Run, members: int) -> list[Step]:
    """What is still open, for the confirm step to name."""
    return [
        step
        for step in exercise.steps
        if step.kind is not StepKind.CONFIRM and not step.optional and not answered(run, step, members)
    ]


def publish(exercise: Exercise, run: Run, actor: Actor, step_id: str, *, now: datetime) -> Run:
    """Agree on the product. Publishing twice is the same as once."""
    if run.published_at is not None:
        return run
    index = _check_may_move(exercise, run, actor, step_id)
    if exercise.steps[index].kind is not StepKind.CONFIRM:
        raise Refusal("sheet.moved_on")
    on_sheet = any(entry.removed_at is None for entry in run.entries.values())
    if not on_sheet and not any(step.kind is StepKind.PLAN for step in exercise.steps):
        raise Refusal("sheet.nothing_to_publish")
    return replace(run, published_at=now, active_at=now)
