"""The order of exercises, and what one takes over from an earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.core.exercise import Exercise, Programme, Ref, Step
from bot.core.run import OWN_WORDS, Entry, Run
from bot.core.workshop import Workshop

EARLIER = "="  # starts a pick that stands for an earlier entry: "=12"


def run_of(runs: Iterable[Run], exercise: str, group: int) -> Run | None:
    return next((run for run in runs if run.exercise == exercise and run.group == group), None)


def earlier_runs(
    workshop: Workshop, programme: Programme, runs: Iterable[Run], exercise_id: str, run: Run
) -> list[Run]:
    """The runs of another exercise that lead up to this one: the same group's, or, where that exercise was done in
    another formation, those of the groups that had this group's topics."""
    here, there = programme.exercises[run.exercise].grouping, programme.exercises[exercise_id].grouping
    candidates = [each for each in runs if each.exercise == exercise_id]
    if here == there:
        return [each for each in candidates if each.group == run.group]
    mine, theirs = workshop.formations.get(here), workshop.formations.get(there)
    if mine is None or theirs is None or run.group not in mine.groups:
        return []
    topics = set(mine.groups[run.group].topics)
    return [
        each for each in candidates if each.group in theirs.groups and topics & set(theirs.groups[each.group].topics)
    ]


def is_ready(programme: Programme, workshop: Workshop, runs: Iterable[Run], exercise: Exercise, group: int) -> bool:
    """Whether what the exercise builds on is published: by this group, or by every group of another formation."""
    if not exercise.after:
        return True
    before = programme.exercises[exercise.after]
    done = {run.group for run in runs if run.exercise == before.id and run.published_at is not None}
    if before.grouping == exercise.grouping:
        return group in done
    formation = workshop.formations.get(before.grouping)
    return formation is not None and set(formation.groups) <= done


def entry_text(entry: Entry, column: str = "") -> str:
    """An earlier answer as words: a text, a list's entry, or a table's column (the first by default)."""
    if isinstance(entry.value, str):
        return entry.value
    if isinstance(entry.value, Mapping):
        return str(entry.value.get(column, "") if column else next(iter(entry.value.values()), ""))
    if isinstance(entry.value, tuple):
        return ", ".join(each.removeprefix(OWN_WORDS) for each in entry.value if each.startswith(OWN_WORDS))
    return "" if entry.value is None else str(entry.value)


def earlier_answers(workshop: Workshop, programme: Programme, runs: Iterable[Run], run: Run, ref: Ref) -> list[str]:
    """The words that a reference points at, none empty."""
    source = programme.exercises.get(ref.exercise)
    if source is None:
        return []
    found = [run] if source.id == run.exercise else earlier_runs(workshop, programme, runs, source.id, run)
    texts = [entry_text(entry, ref.column) for each in found for entry in each.entries_of(ref.step)]
    return [text for text in texts if text]


def earlier_options(
    workshop: Workshop, programme: Programme, runs: Iterable[Run], run: Run, step: Step
) -> list[tuple[str, str]]:
    """What a choice among earlier answers offers: (pick, words) pairs. An entry of the same run is picked by its
    number, so that the pick follows when the entry is reworded; one of another exercise by its words."""
    ref = step.options_from
    if ref is None:
        return []
    if ref.exercise == run.exercise:
        pairs = [(f"{EARLIER}{entry.number}", entry_text(entry, ref.column)) for entry in run.entries_of(ref.step)]
        return [(pick, words) for pick, words in pairs if words]
    return [(OWN_WORDS + words, words) for words in earlier_answers(workshop, programme, runs, run, ref)]
