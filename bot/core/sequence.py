"""The order of exercises, and what one takes over from an earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from bot.core.exercise import WHOLE_ROOM, Exercise, Programme, Ref, Step
from bot.core.run import EARLIER, OWN_WORDS, Entry, Run, is_at_work
from bot.core.workshop import Workshop


class Standing(StrEnum):
    """How an exercise stands for a group."""

    UNFORMED = "unformed"  # the groups for it aren't formed yet
    WAITING = "waiting"  # what it builds on isn't published yet
    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"  # by a facilitator, for now
    PUBLISHED = "published"


def for_groups(programme: Programme) -> list[Exercise]:
    """The exercises that groups do, in the programme's order."""
    return [exercise for exercise in programme.exercises.values() if exercise.grouping]


def for_each(programme: Programme) -> list[Exercise]:
    """The exercises that everybody does alone."""
    return [exercise for exercise in programme.exercises.values() if exercise.personal]


def is_past(programme: Programme, workshop: Workshop, exercise: Exercise) -> bool:
    """Whether the groups of an exercise have been merged into others since, and nothing waits for what it yields: they
    don't sit together any more."""
    if programme.following(exercise.id) is not None:
        return False
    merged = (each for each in programme.groupings.values() if each.merge_of == exercise.grouping)
    return any(each.id in workshop.formations for each in merged)


def unformed(programme: Programme, workshop: Workshop) -> set[str]:
    """The groupings that exercises need and that aren't formed yet, for which it isn't too late."""
    return {
        each.grouping
        for each in for_groups(programme)
        if workshop.formation(each.grouping) is None and not is_past(programme, workshop, each)
    }


def own_run(runs: Iterable[Run], exercise: str, member: int) -> Run | None:
    """The run of a member's own."""
    return next((run for run in runs if run.exercise == exercise and not run.group and run.member == member), None)


def run_of(runs: Iterable[Run], exercise: str, group: int) -> Run | None:
    return next((run for run in runs if run.exercise == exercise and run.group == group), None)


def earlier_runs(
    workshop: Workshop, programme: Programme, runs: Iterable[Run], exercise_id: str, run: Run
) -> list[Run]:
    """The runs of another exercise that lead up to this one: the same group's, or, where that exercise was done in
    another formation, those of the groups that had this group's topics; in the whole room, or from it, all."""
    here, there = programme.exercises[run.exercise].grouping, programme.exercises[exercise_id].grouping
    candidates = [each for each in runs if each.exercise == exercise_id]
    if here == there:
        return [each for each in candidates if (each.group, each.member) == (run.group, run.member)]
    if WHOLE_ROOM in (here, there):
        return candidates
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
    formation = workshop.formation(before.grouping)
    return formation is not None and set(formation.groups) <= done


def opens_itself(programme: Programme, exercise: Exercise) -> bool:
    """Whether a group may go on to an exercise by itself: from the one before it, in the same module. A module begins
    with a facilitator."""
    before = programme.exercises.get(exercise.after)
    return before is not None and (before.module, before.grouping) == (exercise.module, exercise.grouping)


def waits_for(
    programme: Programme, workshop: Workshop, runs: Iterable[Run], exercise: Exercise, group: int
) -> list[int]:
    """The groups that have yet to publish what the exercise builds on: this one, or those of another formation."""
    before = programme.exercises.get(exercise.after)
    if before is None:
        return []
    if before.grouping == exercise.grouping:
        needed = {group}
    else:
        formation = workshop.formation(before.grouping)
        needed = set(formation.groups) if formation else set()
    return sorted(needed - {run.group for run in runs if run.exercise == before.id and run.published_at is not None})


def standing(programme: Programme, workshop: Workshop, runs: Sequence[Run], exercise: Exercise, group: int) -> Standing:
    formation = workshop.formation(exercise.grouping)
    if formation is None or group not in formation.groups:
        return Standing.UNFORMED
    run = run_of(runs, exercise.id, group)
    if run is not None and not was_taken_back(run):
        if run.published_at is not None:
            return Standing.PUBLISHED
        return Standing.OPEN if run.closed_at is None else Standing.CLOSED
    return Standing.READY if is_ready(programme, workshop, runs, exercise, group) else Standing.WAITING


def was_taken_back(run: Run) -> bool:
    """Whether a run was closed before anything was written: as if it had never been opened."""
    return run.closed_at is not None and not run.entries


def groups_of(workshop: Workshop, exercise: Exercise) -> list[int]:
    """The groups that do an exercise; none where they aren't formed."""
    formation = workshop.formation(exercise.grouping)
    return sorted(formation.groups) if formation else []


def groups_without(workshop: Workshop, runs: Iterable[Run], exercise: Exercise) -> list[int]:
    """The groups for which an exercise isn't open yet, or was only by mistake."""
    formation = workshop.formation(exercise.grouping)
    opened = {run.group for run in runs if run.exercise == exercise.id and not was_taken_back(run)}
    return sorted(set(formation.groups) - opened) if formation else []


def next_exercise(programme: Programme, workshop: Workshop, runs: Sequence[Run]) -> Exercise | None:
    """The first exercise that isn't open for every group of its formation. The whole room is always formed: for what it
    does together it isn't time before what that builds on was begun; and for what groups were to do that have been
    merged since, it isn't time any more."""
    begun = {"", *(run.exercise for run in runs)}
    return next(
        (
            each
            for each in for_groups(programme)
            if groups_without(workshop, runs, each)
            and not (each.whole_room and each.after not in begun)
            and not is_past(programme, workshop, each)
        ),
        None,
    )


def run_in_hand(programme: Programme, workshop: Workshop, runs: Iterable[Run], member: int) -> Run | None:
    """What a member's group is working on: the newest run or, where that is published, an earlier one of the same
    formation that isn't."""
    theirs = []
    for run in sorted(runs, key=lambda run: run.id, reverse=True):
        if was_taken_back(run):
            continue
        exercise = programme.exercises.get(run.exercise)
        formation = workshop.formation(exercise.grouping) if exercise else None
        seat = formation.seats.get(member) if formation else None
        if run.group and seat is not None and seat.group == run.group:
            theirs.append(run)
    if not theirs:
        return None
    grouping = programme.exercises[theirs[0].exercise].grouping
    alike = [run for run in theirs if programme.exercises[run.exercise].grouping == grouping]
    return next((run for run in alike if is_at_work(run)), theirs[0])


def groups_at_work(programme: Programme, runs: Iterable[Run], grouping: str) -> set[int]:
    """The groups of a grouping that have something on their sheets: they can't be done away with."""
    return {
        run.group
        for run in runs
        if run.entries and (exercise := programme.exercises.get(run.exercise)) and exercise.grouping == grouping
    }


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


def earlier_entries(
    workshop: Workshop, programme: Programme, runs: Iterable[Run], run: Run, ref: Ref
) -> list[tuple[str, str]]:
    """The entries of a list in exercises that were published and lead up to a run: what each goes by, and its words."""
    if ref.exercise not in programme.exercises:
        return []
    found = earlier_runs(workshop, programme, runs, ref.exercise, run)
    return [
        (f"{each.id}{EARLIER}{entry.number}", entry_text(entry))
        for each in found
        if each.published_at is not None
        for entry in each.entries_of(ref.step)
    ]


def earlier_options(
    workshop: Workshop, programme: Programme, runs: Iterable[Run], run: Run, step: Step
) -> list[tuple[str, str]]:
    """What a choice among earlier answers offers: (pick, words) pairs. An entry of the same run is picked by its
    number, so that the pick follows when the entry is reworded; one of another exercise by its words."""
    ref = step.options_from
    if not isinstance(ref, Ref):
        return []
    if ref.exercise == run.exercise:
        pairs = [(f"{EARLIER}{entry.number}", entry_text(entry, ref.column)) for entry in run.entries_of(ref.step)]
        return [(pick, words) for pick, words in pairs if words]
    texts = earlier_answers(workshop, programme, runs, run, ref)
    return [(OWN_WORDS + words, words) for words in dict.fromkeys(texts)]
