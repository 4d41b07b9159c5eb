"""What has to hold at the end of a rehearsal. Every check gives lines that say what was expected and what was found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.core.exercise import Exercise, Layout, Programme, Ref, Section, Step, StepKind
from bot.rehearsal.cast import Cast, Value
from bot.rehearsal.group_walk import Walk
from bot.rehearsal.player import SHEET, Player, plain
from bot.rehearsal.stored import Stored
from bot.rehearsal.world import World

BLOCKED = "bot was blocked by the user"
OLD = "message can't be deleted for everyone"  # after two days: it loses its buttons instead
# What a process may get to hear that doesn't know what the one before it got done.
HARMLESS = (
    "message is not modified",
    "message to delete not found",
    "terminated by other getUpdates request",
    "query is too old",
)


# What is stored ----------------------------------------------------------------------------------------------------


def stored_answers(stored: Stored, walks: Sequence[Walk], programme: Programme, sent: int) -> Iterator[str]:
    """Every accepted answer exactly once, and every sheet as the scripts have it."""
    if stored.answers != sent:
        yield f"{sent} answers were sent, and {stored.answers} are stored"
    if stored.anonymous_authors:
        yield f"{stored.anonymous_authors} anonymous entries are stored with their author"
    if stored.dead_letters:
        yield f"{stored.dead_letters} updates could not be handled"
    for walk in walks:
        for exercise, steps in walk.sheets.items():
            for step_id, values in steps.items():
                step = programme.exercises[exercise].step(step_id)
                found = stored.sheets.get((exercise, walk.script.group, step_id), [])
                rows = _rows_of(step, stored, exercise, walk.script.group)
                if step is not None and (wanted := _as_stored(step, values, rows)) != _sorted(v for _, v in found):
                    yield (
                        f"Group {walk.script.group}, {exercise} {step.title}: expected {wanted},"
                        f" found {[value for _, value in found]}"
                    )


def _rows_of(step: Step | None, stored: Stored, exercise: str, group: int) -> dict[str, int]:
    """The numbers of the rows that a choice refers to, by name."""
    if step is None or not isinstance(step.options_from, Ref):
        return {}
    rows = stored.sheets.get((exercise, group, step.options_from.step), [])
    return {str(value[step.options_from.column]): number for number, value in rows}


def _as_stored(step: Step, values: list[Value], rows: Mapping[str, int]) -> list[Any]:
    if step.kind is StepKind.CHOICE:
        by_label = {option.label: option.id for option in step.options}
        return [[by_label.get(str(value)) or f"={rows.get(str(value))}" for value in values]]
    if step.kind is StepKind.TABLE:
        return _sorted(_row_as_stored(step, value) for value in values if isinstance(value, Mapping))
    return _sorted(values)


def _row_as_stored(step: Step, row: Mapping[str, str | int]) -> dict[str, str | int]:
    made = dict(row)
    for column in step.columns:
        for option in column.options:
            if made.get(column.id) == option.label:
                made[column.id] = option.id
    return made


def _sorted(values: Iterable[Any]) -> list[Any]:
    return sorted(values, key=lambda value: repr(sorted(value.items())) if isinstance(value, dict) else repr(value))


def groups(stored: Stored, cast: Cast) -> Iterator[str]:
    """Six groups by the number counted, three by the merge; the latecomer in the smallest."""
    names = {human.id: human.name for human in cast.people}
    for grouping, number_of, count in (("six", cast.counted, 6), ("three", cast.group, 3)):
        for group in range(1, count + 1):
            wanted = {human.id for human in cast.people if number_of(human) == group}
            found = stored.seats.get((grouping, group), set())
            if wanted != found:
                expected, seated = ([names.get(each, "?") for each in sorted(ids)] for ids in (wanted, found))
                yield f"Group {group} of {count}: expected {expected}, found {seated}"


# What is read ------------------------------------------------------------------------------------------------------


def products(walk: Walk, programme: Programme) -> Iterator[str]:
    """Each product has exactly the lines that the script leads to, whatever their order within a section."""
    for exercise_id, steps in walk.sheets.items():
        exercise = programme.exercises[exercise_id]
        pages = [page.partition("\n")[2] for page in walk.products.get(exercise_id, [])]
        lines = [_bare(line) for page in pages for line in plain(page).split("\n") if line.strip()]
        found = Counter(line for line in lines if not re.fullmatch(r"Page \d+ of \d+", line))
        wanted = Counter(line for section in exercise.product.sections for line in _section(exercise, section, steps))
        grids = _grid_names(exercise, steps)
        for line in list(found - wanted):
            label, _, rest = line.partition(": ")
            if label in grids and all(name in rest for name in grids[label]):
                found[line] -= 1
                del grids[label]
        where = f"Group {walk.script.group}, {exercise.product.title}"
        yield from (f"{where}: {line!r} is missing" for line in wanted - found)
        yield from (f"{where}: {line!r} should not be there" for line in found - wanted)
        yield from (f"{where}: the field {label!r} with {names} is missing" for label, names in grids.items())


def _bare(line: str) -> str:
    return re.sub(r"^\d+\. ", "", line)


def _section(exercise: Exercise, section: Section, steps: Mapping[str, list[Value]]) -> Iterator[str]:
    yield section.title
    step = exercise.step(section.step)
    if section.layout is Layout.GRID or step is None:
        return
    for value in steps[section.step]:
        if isinstance(value, str):
            yield value
            continue
        yield str(value[step.columns[0].id])
        for column in step.columns[1:]:
            if column.id in value:
                yield f"{column.label}: {_cell(value[column.id], signed=column.minimum < 0)}"


def _cell(value: str | int, *, signed: bool) -> str:
    if isinstance(value, str):
        return value
    return f"+{value}" if signed and value > 0 else str(value).replace("-", "\u2212")


def _grid_names(exercise: Exercise, steps: Mapping[str, list[Value]]) -> dict[str, list[str]]:
    """The grid's fields with the names that belong into each."""
    for section in exercise.product.sections:
        if section.layout is Layout.GRID:
            fields: dict[str, list[str]] = {field: [] for field in section.fields}
            for row in steps[section.step]:
                if isinstance(row, Mapping):
                    high = [int(row[each]) >= section.middle for each in (section.across, section.up)]
                    fields[section.fields[high[0] + 2 * high[1]]].append(str(row["name"]))
            return fields
    return {}


# What stands on the phones -----------------------------------------------------------------------------------------


def last_sheets(walk: Walk, last: str, copies: Collection[int], away: Collection[int]) -> Iterator[str]:
    """Every member's newest sheet is the published one, and no older sheet can still be tapped, apart from `copies`
    that came twice (message ids) and from what stood on the phones of those who had blocked the bot (`away`)."""
    for member in walk.members.values():
        sheet = member.sheet
        if sheet is None or (sheet.exercise, sheet.at) != (last, 0):
            yield f"{member.name}'s last sheet: expected {last} published, found {sheet and sheet.text!r}"
        elif not any("Read the result" in row for row in sheet.message.buttons):
            yield f"{member.name}'s last sheet has no button to read the result"
        if others := [
            m
            for m in ([] if member.human.id in away else _sheets(member))
            if m.rows and sheet and m is not sheet.message and m.message_id not in copies
        ]:
            yield f"{member.name} has {len(others)} older sheets with buttons: {[m.text[:60] for m in others]}"


def _sheets(player: Player) -> list[Any]:
    return [m for m in player.phone.messages if m.from_bot and SHEET.fullmatch(plain(m.text).partition("\n")[0])]


def requests(world: World, kills: Sequence[float], away: Collection[int]) -> Iterator[str]:
    """No call was refused, but for what a kill explains, and to those who had blocked the bot (`away`)."""
    for request in world.requests:
        after_a_kill = any(kill < request.tick for kill in kills)
        explained = after_a_kill and any(each in request.error for each in HARMLESS)
        blocked = request.chat_id in away and BLOCKED in request.error
        if request.outcome != "ok" and not explained and not blocked and OLD not in request.error:
            yield f"{request.method} ended with {request.outcome} {request.error}: {request.params}"
