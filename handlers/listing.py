"""What there is to do for one's own group, with how it stands and what is missing; and the way to its sheets."""

from __future__ import annotations

from bot.core.dialogue import OpenExercise, Person, Reading
from bot.core.errors import Refusal
from bot.core.exercise import Exercise, Programme
from bot.core.message import Phrase, Screen
from bot.core.run import Run, current, position
from bot.core.sequence import Standing, for_groups, is_past, opens_itself, run_of, standing, waits_for, was_taken_back
from bot.core.workshop import Member, Workshop
from handlers import callbacks as to
from handlers.assess import own
from handlers.context import Here, Reader, button, command, lines, tap
from handlers.desk import desk_of
from handlers.exercises import bring_sheet, named, numbers


@command("exercises")
async def exercises(here: Here, rest: str) -> None:
    _show(here, *await here.current_workshop())


@tap(to.ShowExercises)
async def show_exercises(here: Here, action: to.ShowExercises) -> None:
    _show(here, *await here.member(action.workshop))


def _show(here: Here, workshop: Workshop, member: Member) -> None:
    if member.leads:
        here.ask(OpenExercise(workshop_id=workshop.id))
    else:
        here.ask(Reading(what="exercises", workshop_id=workshop.id))


async def exercises_screen(reader: Reader, person: Person, dialogue: Reading) -> Screen | None:
    """What there is to do for one's own group, and what is missing for it."""
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None:
        return None
    programme, runs = reader.programme(workshop), await reader.runs_of(workshop.id)
    listed, rows = await own.listed(reader, person, workshop, member)
    offered = False
    for exercise in for_groups(programme):
        if is_past(programme, workshop, exercise) and not any(run.exercise == exercise.id for run in runs):
            continue
        formation = workshop.formation(exercise.grouping)
        seat = formation.seats.get(member.number) if formation else None
        group = seat.group if seat else 0
        listed.append(_line(programme, workshop, runs, exercise, group))
        run = run_of(runs, exercise.id, group) if group else None
        if run is not None and run.published_at is not None:
            rows.append((button("label.read", to.ShowProduct(run.id, 0), id=exercise.id),))
        elif run is not None and not was_taken_back(run):
            rows.append((button("label.go_to", to.ShowSheet(run.id), id=exercise.id),))
        elif group and opens_itself(programme, exercise) and not offered:
            offered = True
            ready = standing(programme, workshop, runs, exercise, group) is Standing.READY
            action = to.OpenNext(workshop.id, group, exercise.id)
            rows.append((button("label.open", action, style="primary" if ready else "", id=exercise.id),))
    rows.append((button("label.close", to.Close()),))
    if not listed:
        return Screen("exercises.none", rows=tuple(rows))
    return Screen("lines", lines(Phrase("exercises.heading"), *listed), tuple(rows))


def _line(programme: Programme, workshop: Workshop, runs: list[Run], exercise: Exercise, group: int) -> Phrase:
    state = standing(programme, workshop, runs, exercise, group)
    about = named(programme, exercise)
    match state:
        case Standing.OPEN:
            run = run_of(runs, exercise.id, group)
            at, of = position(exercise, current(exercise, run)) if run else (1, len(exercise.steps))
            return Phrase("exercises.open", {**about, "at": at, "of": of})
        case Standing.CLOSED:
            return Phrase("exercises.shut", about)
        case Standing.WAITING:
            before = programme.exercises[exercise.after]
            groups = waits_for(programme, workshop, runs, exercise, group)
            if before.grouping == exercise.grouping or not groups:
                return Phrase("exercises.waiting", {**about, "before": before.id})
            return Phrase("exercises.waiting_groups", {**about, "before": before.id, **numbers(groups)})
        case Standing.READY if not opens_itself(programme, exercise):
            return Phrase("exercises.first", about)
        case _:
            return Phrase(f"exercises.{state.value}", about)


@tap(to.ShowSheet)
async def show_sheet(here: Here, action: to.ShowSheet) -> None:
    """Put a sheet in front of somebody: their own group's, or any for a facilitator to look at and write on."""
    desk = await desk_of(here, action.run)
    if here.person.sheet_run_id != desk.run.id:
        here.change(workshop_id=desk.workshop.id, sheet_run_id=desk.run.id, acting_for=None)
    here.ask(None)
    here.turn.lower(here.user_id, "sheet")


@command("sheet")
async def sheet(here: Here, rest: str) -> None:
    """Bring one's sheet to the bottom, or the group's if none is open."""
    if here.person.sheet_run_id is None:
        workshop, member = await here.current_workshop()
        await bring_sheet(here.turn, workshop, member.number)
        here.person = await here.turn.person(here.user_id) or here.person
    if here.person.sheet_run_id is None:
        raise Refusal("sheet.none")
    here.turn.lower(here.user_id, "sheet")
