"""The tables of the board: exercise × group, with the steps that are done."""

from __future__ import annotations

from bot.core.exercise import Exercise, Programme
from bot.core.message import ContentText, Phrase
from bot.core.run import Run, is_at_work, steps_done
from bot.core.sequence import for_groups, next_exercise, run_of, unformed, was_taken_back
from bot.core.words import shortened
from bot.core.workshop import Workshop
from handlers.context import joined, lines

COLUMNS = 4  # exercises side by side: 9 + 4 × 6 characters fit on a narrow phone
MOST_TABLES = 3


def _families(programme: Programme) -> list[list[Exercise]]:
    """Exercises that follow each other in the same groups and belong together: 2.4.1.a, b and c, or 4.3 and 4.4."""
    families: dict[tuple[str, str], list[Exercise]] = {}
    for exercise in for_groups(programme):
        families.setdefault((exercise.grouping, _head(exercise)), []).append(exercise)
    return [each[at : at + COLUMNS] for each in families.values() for at in range(0, len(each), COLUMNS)]


def _head(exercise: Exercise) -> str:
    return exercise.id.rpartition(".")[0]


def tables(programme: Programme, workshop: Workshop, runs: list[Run]) -> list[Phrase | str]:
    """Exercise × group, for what is being worked on or comes next; or the groups that this needs first."""
    if not workshop.formations:
        return [Phrase("room.no_groups")]
    needed = unformed(programme, workshop)
    missing = [
        Phrase("groups.not_formed", {"title": ContentText(programme.name, programme.groupings[name].title)})
        for name in programme.groupings
        if name in needed
    ]
    formed = [family for family in _families(programme) if workshop.formation(family[0].grouping)]
    following = next_exercise(programme, workshop, runs)
    at_work = {run.exercise for run in runs if is_at_work(run)}
    shown = [
        family for family in formed if following in family or any(exercise.id in at_work for exercise in family)
    ] or formed[-1:]
    return [*missing, *(_table(workshop, runs, family) for family in shown[-MOST_TABLES:])]


def _table(workshop: Workshop, runs: list[Run], family: list[Exercise]) -> Phrase:
    formation = workshop.formation(family[0].grouping)
    head = _head(family[0])
    short = "." in head  # of 4.3 the 4 alone would say nothing
    heads = [
        Phrase("plain", {"text": shortened(exercise.id.rpartition(".")[2] if short else exercise.id, 5)})
        for exercise in family
    ]
    table = [_line(Phrase("plain", {"text": shortened(head, 8) if short else ""}), heads)]
    for number in formation.groups if formation else ():
        members = len(formation.members_of(number)) if formation else 0
        cells = [_cell(exercise, run_of(runs, exercise.id, number), members) for exercise in family]
        label = Phrase("room.all") if family[0].whole_room else Phrase("group", {"number": number})
        table.append(_line(label, cells))
    return Phrase("room.table", {"table": Phrase("lines", lines(*table))})


def _line(label: Phrase, cells: list[Phrase]) -> Phrase:
    return joined(
        "room.join", [Phrase("room.label", {"text": label}), *(Phrase("room.cell", {"text": each}) for each in cells)]
    )


def _cell(exercise: Exercise, run: Run | None, members: int) -> Phrase:
    if run is None or was_taken_back(run):
        return Phrase("room.not_open")
    if run.published_at is not None:
        return Phrase("room.done")
    if run.closed_at is not None:
        return Phrase("room.shut")
    return Phrase("room.steps", {"done": steps_done(exercise, run, members), "of": len(exercise.steps)})
