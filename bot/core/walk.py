"""Walking through an exercise. Answering is here; `changes` has what may be done to an answer afterwards, `moves` has
moving on and publishing. See `run` for the values.

What may happen, and who may do it:

    event                 who                                   refused when
    answer a step         anyone · scribe: the pen · each       published, empty, too long, full, already there, out of
                                                                range, not what the step asks for
    change, remove,       the same; for `each` only the author  the same; somebody else was quicker (Overtaken)
      put back
    next                  the pen                               published; the step needs more; it is not the step on
                                                                show; it is the last; the group waits for a facilitator
    skip, back            the pen                               published; it is not the step on show; nothing after
                                                                it, nothing before it; for skip, the group waits
    publish (confirm)     the pen                               it is not the step on show; nothing is answered at all

Facilitators may do all of it, at any time, and after the product is published; but they have no say of their own in
what is counted. What is closed (`steering`) nobody changes before it is opened again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.core import checked
from bot.core.errors import Refusal
from bot.core.exercise import Step, StepKind, Who
from bot.core.run import (
    MOST_ENTRIES,
    OWN_WORDS,
    Actor,
    Entry,
    Overtaken,
    Run,
    Value,
    check_open,
)
from bot.core.words import clean, pieces, same

# What stands on the sheet ----------------------------------------------------------------------------------------


def check_may_answer(run: Run, step: Step, actor: Actor) -> None:
    check_open(run)
    if run.published_at is not None and not actor.leads:
        raise Refusal("sheet.published")
    if step.who is Who.SCRIBE and not actor.steers:
        raise Refusal("sheet.pen_only")
    if step.counted and actor.leads and actor.entered_by is None:
        raise Refusal("items.members_only")


def _is_beside(entry: Entry, step: Step, author: int | None) -> bool:
    """Whether an entry stands on the sheet that this author writes on: the group's, or for `each` their own."""
    return entry.step == step.id and (step.who is not Who.EACH or (author is not None and entry.author == author))


def beside(run: Run, step: Step, author: int | None) -> list[Entry]:
    return [entry for entry in run.entries_of(step.id) if _is_beside(entry, step, author)]


def standing(run: Run, step: Step, actor: Actor) -> Entry | None:
    """The one answer that a text, choice or rating step has: the group's, or for `each` the actor's own."""
    return next(iter(beside(run, step, actor.member)), None)


def name_of(step: Step, value: Value) -> str:
    """What an entry of a list or a table goes by: its words, or its first column."""
    if isinstance(value, Mapping):
        return str(value.get(step.columns[0].id, ""))
    return value if isinstance(value, str) else ""


def check_new_name(step: Step, others: list[Entry], name: str) -> None:
    if any(same(name_of(step, entry.value), name) for entry in others):
        raise Refusal("input.already_there")


def check_room(step: Step, others: list[Entry]) -> None:
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


def set_value(run: Run, entry: Entry, value: Value, now: datetime, step: Step) -> Run:
    changed = replace(
        entry,
        value=value,
        version=entry.version + 1,
        changed_at=entry.changed_at if step.anonymous else now,
    )
    return replace(run, entries={**run.entries, entry.number: changed}, skipped=run.skipped - {step.id}, active_at=now)


def drop(run: Run, entry: Entry, now: datetime) -> Run:
    gone = replace(entry, removed_at=now, version=entry.version + 1)
    return replace(run, entries={**run.entries, entry.number: gone}, active_at=now)


# Answering -------------------------------------------------------------------------------------------------------


def write(run: Run, step: Step, actor: Actor, text: str, *, now: datetime) -> Run:
    """Take words in on the step on show: a text, one more entry of a list, the first column of a new row, or the
    group's own words where a choice allows them. Of a step that is answered in the plan only that it was."""
    check_may_answer(run, step, actor)
    match step.kind:
        case StepKind.TEXT:
            return answer(run, step, actor, checked.words(text, step.max_length), now)
        case StepKind.LIST:
            words = checked.words(text, step.max_length)
            return _add(run, step, actor, words, words, now)
        case StepKind.TABLE:
            words = checked.words(text, step.columns[0].max_length)
            return _add(run, step, actor, words, {step.columns[0].id: words}, now)
        case StepKind.CHOICE if step.own_words:
            return pick(run, step, actor, OWN_WORDS + checked.words(text, step.max_length), now=now)
        case StepKind.CHOICE:
            raise Refusal("input.choose")
        case StepKind.RATING if step.items_from is None:
            return rate(run, step, actor, checked.number(text, step.minimum, step.maximum), now=now)
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


def answer(run: Run, step: Step, actor: Actor, value: Value, now: datetime, version: int | None = None) -> Run:
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
    return set_value(run, entry, value, now, step)


def _add(run: Run, step: Step, actor: Actor, name: str, value: Value, now: datetime) -> Run:
    others = beside(run, step, actor.member)
    check_new_name(step, others, name)
    check_room(step, others)
    return _append(run, step, actor, value, now)


def pick(run: Run, step: Step, actor: Actor, option: str, *, now: datetime, version: int | None = None) -> Run:
    """Choose an option; where several may be chosen, choosing one again takes it back. With a `version` only what its
    chooser saw chosen is taken back: the same tap twice, or two people's, is one choice."""
    check_may_answer(run, step, actor)
    if step.kind is not StepKind.CHOICE:
        raise Refusal("input.nothing_asked")
    if step.maximum <= 1:
        return answer(run, step, actor, (option,), now, version)
    entry = standing(run, step, actor)
    picks = run.picks(entry)
    if entry is not None and option in picks:
        if version is not None and version != entry.version:
            return run
        chosen = tuple(each for each in picks if each != option)
        return set_value(run, entry, chosen, now, step) if chosen else drop(run, entry, now)
    if len(picks) >= step.maximum:
        raise Refusal("input.too_many", most=step.maximum)
    if entry is None:
        return _append(run, step, actor, (option,), now)
    return set_value(run, entry, (*picks, option), now, step)


def rate(run: Run, step: Step, actor: Actor, number: int | None, *, now: datetime, version: int | None = None) -> Run:
    """Give a number, or None for "don't know" where the step allows it."""
    check_may_answer(run, step, actor)
    if step.kind is not StepKind.RATING or step.items_from is not None:
        raise Refusal("input.nothing_asked")
    check_rating(step, number)
    return answer(run, step, actor, number, now, version)


def check_rating(step: Step, number: int | None) -> None:
    if (number is None and not step.dont_know) or (number is not None and not step.minimum <= number <= step.maximum):
        raise Refusal("input.number", minimum=step.minimum, maximum=step.maximum)
