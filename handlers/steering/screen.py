"""What can be done about an exercise, on one screen: how each group stands, its time, whether it is open, whether it
waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.core.dialogue import Person
from bot.core.exercise import Exercise, Programme
from bot.core.message import Choice, ContentText, Phrase, Screen
from bot.core.room_dialogue import Steering
from bot.core.run import Run, current, is_at_work, position
from bot.core.sequence import for_groups, run_of, was_taken_back
from bot.core.steering import Deed, can_be_taken_back
from bot.core.timers import is_over
from bot.core.workshop import Workshop
from handlers import callbacks as to
from handlers.context import Here, Reader, button, joined, lines, screen, tap
from handlers.exercises import named
from handlers.steering.doing import mark_of
from handlers.steering.on_behalf import rows_of
from handlers.steering.taps import ShowSteering, Steer, TakeBack
from handlers.steering.time import on_board

LENGTHS = (5, 10, 15, 20, 30)  # minutes, beside what the exercise takes by its content
PER_ROW = 3


@tap(ShowSteering)
async def show_steering(here: Here, action: ShowSteering) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    here.ask(Steering(workshop_id=workshop.id, exercise=action.exercise, group=action.group))


def opened(programme: Programme, workshop: Workshop, runs: Sequence[Run]) -> list[Exercise]:
    """The exercises that are open for some group as it is now, the newest last."""
    found: dict[str, Exercise] = {}
    for run in runs:
        exercise = programme.exercises.get(run.exercise)
        formation = workshop.formation(exercise.grouping) if exercise else None
        if exercise and formation and run.group in formation.groups and not was_taken_back(run):
            found.pop(exercise.id, None)
            found[exercise.id] = exercise
    return list(found.values())


def in_hand(
    programme: Programme, workshop: Workshop, runs: Sequence[Run], exercise: str = "", group: int = 0
) -> Exercise | None:
    """The exercise that is meant: the named one; else the newest that a group, or any, is at work on."""
    known = opened(programme, workshop, runs)
    named_one = programme.exercises.get(exercise)
    if named_one in for_groups(programme):
        return named_one
    at_work = {run.exercise for run in runs if is_at_work(run) and (not group or run.group == group)}
    return next((each for each in reversed(known) if each.id in at_work), known[-1] if known else None)


@screen(Steering)
async def steering_screen(reader: Reader, person: Person, dialogue: Steering) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or not member.leads:
        return None
    programme, runs, now = reader.programme(workshop), await reader.runs_of(workshop.id), reader.present()
    exercise = in_hand(programme, workshop, runs, dialogue.exercise, dialogue.group)
    close = (button("label.close", to.Close()),)
    if exercise is None:
        return Screen("steer.not_open", rows=(close,))
    formation = workshop.formation(exercise.grouping)
    groups = list(formation.groups) if formation else []
    group = dialogue.group if dialogue.group in groups and not exercise.whole_room else 0
    shown = [number for number in groups if not group or number == group]
    found = [(number, run_of(runs, exercise.id, number)) for number in shown]
    theirs = [run for _, run in found if run is not None and not was_taken_back(run)]
    last = (await reader.room(workshop.id)).last
    rows: list[tuple[Choice, ...]] = [
        *undo_row(workshop, last, now),
        *_time_rows(workshop, exercise, group, theirs, now),
        *_door_rows(workshop, exercise, group, [run for _, run in found if run is not None]),
        *_sheets(workshop, exercise, group, theirs),
        *_others(programme, workshop, runs, exercise, group, groups),
        close,
    ]
    key = "steer.heading_room" if exercise.whole_room else "steer.heading_one" if group else "steer.heading"
    text = [_line(programme, exercise, number, run, now) for number, run in found]
    return Screen("lines", lines(Phrase(key, {**named(programme, exercise), "group": group}), *text), tuple(rows))


def undo_row(workshop: Workshop, last: Deed | None, now: datetime) -> list[tuple[Choice, ...]]:
    """Ten seconds in which what was done last can be taken back."""
    if last is None or not can_be_taken_back(last, now):
        return []
    return [(button("label.steer.back", TakeBack(workshop.id, mark_of(last))),)]


def _line(programme: Programme, exercise: Exercise, group: int, run: Run | None, now: datetime) -> Phrase:
    facts: list[Phrase] = []
    if run is None or was_taken_back(run):
        facts.append(Phrase("steer.not_there"))
    elif run.published_at is not None:
        facts.append(Phrase("steer.published"))
    else:
        at, of = position(exercise, current(exercise, run))
        facts.append(Phrase("steer.at", {"at": at, "of": of}))
        facts += [Phrase("steer.closed")] if run.closed_at is not None else []
        gate = exercise.step(run.gate)
        if gate is not None and is_at_work(run):
            facts.append(Phrase("steer.waits", {"step": ContentText(programme.name, gate.title)}))
        facts += filter(None, [on_board(run, now)])
    key = "steer.everyone" if exercise.whole_room else "steer.group"
    return Phrase(key, {"group": group, "facts": joined("room.dot", facts)})


# Buttons ---------------------------------------------------------------------------------------------------------


def _time_rows(
    workshop: Workshop, exercise: Exercise, group: int, runs: Sequence[Run], now: datetime
) -> list[tuple[Choice, ...]]:
    at_work = [run for run in runs if is_at_work(run)]
    timers = [run.timer for run in at_work if run.timer is not None]

    def does(what: str, key: str, style: str = "") -> Choice:
        return button(key, Steer(workshop.id, group, what, 0, exercise.id), style=style)

    rows: list[tuple[Choice, ...]] = []
    if timers:
        paused = any(each.paused for each in timers)
        running = any(not each.paused and not is_over(each, now) for each in timers)
        row = [does("more", "label.steer.more")]
        row += [does("pause", "label.steer.pause")] if running else []
        row += [does("resume", "label.steer.resume", "primary")] if paused else []
        row += [does("end", "label.steer.end")] if running or paused else []
        rows.append(tuple(row))
    if at_work and sum(not is_over(each, now) for each in timers) < len(at_work):
        lengths = sorted({*LENGTHS, exercise.minutes} - {0})
        starts = [
            button("label.steer.start", Steer(workshop.id, group, "start", each, exercise.id), count=each)
            for each in lengths
        ]
        rows += [tuple(starts[at : at + PER_ROW]) for at in range(0, len(starts), PER_ROW)]
    return rows


def _door_rows(workshop: Workshop, exercise: Exercise, group: int, runs: Sequence[Run]) -> list[tuple[Choice, ...]]:
    at_work = [run for run in runs if is_at_work(run)]

    def does(what: str, key: str, style: str = "", **params: Any) -> Choice:
        return button(key, Steer(workshop.id, group, what, 0, exercise.id), style=style, **params)

    rows: list[tuple[Choice, ...]] = []
    if any(run.gate for run in at_work):
        rows.append((does("on", "label.steer.on", "primary"), does("free", "label.steer.free")))
    elif at_work:
        rows.append((does("hold", "label.steer.hold"),))
    doors: list[Choice] = []
    if any(run.closed_at is not None for run in runs):
        doors.append(does("reopen", "label.steer.reopen", id=exercise.id))
    if at_work:
        doors.append(does("close", "label.steer.close", id=exercise.id))
    return [*rows, *([tuple(doors)] if doors else [])]


def _sheets(workshop: Workshop, exercise: Exercise, group: int, runs: Sequence[Run]) -> list[tuple[Choice, ...]]:
    """The sheet itself, where one is meant, and the same in the name of people who have no phone."""
    if not (group or exercise.whole_room) or not runs:
        return []
    sheet = (button("label.steer.sheet", to.ShowSheet(runs[0].id), id=exercise.id),)
    return [sheet, *rows_of(workshop, exercise, runs)]


def _others(
    programme: Programme, workshop: Workshop, runs: Sequence[Run], exercise: Exercise, group: int, groups: Sequence[int]
) -> list[tuple[Choice, ...]]:
    """The way to one group, to all of them, and to what else is open."""
    ways: list[Choice] = []
    if not exercise.whole_room:
        if group:
            ways.append(button("label.steer.all", ShowSteering(workshop.id, 0, exercise.id)))
        ways += [
            button("label.steer.one", ShowSteering(workshop.id, each, exercise.id), number=each)
            for each in groups
            if each != group
        ]
    others = [
        Choice(each.id, to.pack(ShowSteering(workshop.id, group if each.grouping == exercise.grouping else 0, each.id)))
        for each in opened(programme, workshop, runs)
        if each.id != exercise.id
    ][-6:]
    return [
        *(tuple(ways[at : at + PER_ROW]) for at in range(0, len(ways), PER_ROW)),
        *(tuple(others[at : at + PER_ROW]) for at in range(0, len(others), PER_ROW)),
    ]
