"""A facilitator opens exercises: for one group or all, and before their turn where the room needs it."""

from __future__ import annotations

from bot.core.dialogue import OpenExercise, Person
from bot.core.errors import Refusal
from bot.core.exercise import Exercise, Programme
from bot.core.message import Choice, Phrase, Screen
from bot.core.run import Run
from bot.core.sequence import for_each, for_groups, groups_of, groups_without, is_ready, next_exercise, waits_for
from bot.core.steering import deed
from bot.core.workshop import Workshop
from handlers import callbacks as to
from handlers.assess import own
from handlers.context import Here, Reader, button, command, lines, screen, tap
from handlers.exercises import named, numbers, open_for
from handlers.steering.doing import note

MOST_BUTTONS = 80  # on one screen: Telegram takes 100
PER_ROW = 2


@command("open")
async def open_(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    await here.facilitator(workshop.id)
    here.ask(OpenExercise(workshop_id=workshop.id))


@tap(to.RoomOpen)
async def room_open(here: Here, action: to.RoomOpen) -> None:
    workshop, member = await here.facilitator(action.workshop)
    if not action.exercise:
        here.ask(OpenExercise(workshop_id=workshop.id))
        return
    turn, programme = here.turn, here.turn.programme(workshop)
    exercise = programme.exercises.get(action.exercise)
    if exercise is None:
        raise Refusal("tap.old")
    if exercise.personal:
        await own.open_for_everyone(here, workshop, exercise)
        return
    if workshop.formation(exercise.grouping) is None:
        raise Refusal("opening.unformed", id=exercise.id)
    runs = await turn.runs_of(workshop.id)
    wanted = groups_without(workshop, runs, exercise)
    if action.group:
        wanted = [group for group in wanted if group == action.group]
    ready = [group for group in wanted if is_ready(programme, workshop, runs, exercise, group)]
    if len(ready) < len(wanted) and action.anyway == 0:
        here.ask(OpenExercise(workshop_id=workshop.id, exercise=exercise.id, group=action.group))
        return
    chosen = ready if action.anyway == 2 else wanted
    opened = [await open_for(turn, workshop, exercise, group, turn.now) for group in chosen]
    if opened:
        known = {run.id: run for run in runs}
        pairs = [(known.get(run.id), run) for run in opened]
        of = tuple(chosen) if len(chosen) < len(groups_of(workshop, exercise)) else ()
        await note(turn, workshop, deed("open", member.number, pairs, turn.now, exercise=exercise.id, groups=of))
    here.ask(None)
    if opened and exercise.whole_room:
        here.change(sheet_run_id=opened[0].id, acting_for=None)  # whoever opens it leads through it
        await here.reply("opening.opened_room", id=exercise.id)
    elif chosen:
        await here.reply("opening.opened", id=exercise.id, **numbers(chosen))
    else:
        await here.reply("opening.all_open", id=exercise.id)


@screen(OpenExercise)
async def opening_screen(reader: Reader, person: Person, dialogue: OpenExercise) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None:
        return None
    programme, runs = reader.programme(workshop), await reader.runs_of(workshop.id)
    exercise = programme.exercises.get(dialogue.exercise)
    if exercise is None:
        return _which(programme, workshop, runs)
    return _early(programme, workshop, runs, exercise, dialogue.group)


def _which(programme: Programme, workshop: Workshop, runs: list[Run]) -> Screen:
    """Every exercise with the groups that don't have it yet: one tap opens it."""
    rows: list[tuple[Choice, ...]] = []
    unformed: list[Phrase] = []
    alone: list[Phrase] = []
    shown = 0
    following = next_exercise(programme, workshop, runs)
    at_work = {programme.exercises[run.exercise].module for run in runs if run.exercise in programme.exercises}
    near = at_work | {following.module if following else ""}
    for exercise in for_each(programme):
        alone.append(own.how_many(workshop, runs, exercise))
        if own.without(workshop, runs, exercise):
            shown += 1
            rows.append((button("label.open_for_all", to.RoomOpen(workshop.id, 0, 0, exercise.id), id=exercise.id),))
    for exercise in for_groups(programme):
        if workshop.formation(exercise.grouping) is None:
            unformed.append(Phrase("opening.unformed", {"id": exercise.id}))
            continue
        missing = groups_without(workshop, runs, exercise)
        if not missing or shown + len(missing) > MOST_BUTTONS:
            continue
        shown += len(missing) + 1
        rows.append((button("label.open_for_all", to.RoomOpen(workshop.id, 0, 0, exercise.id), id=exercise.id),))
        choices = [
            button(
                "label.open_for_one",
                to.RoomOpen(workshop.id, group, 0, exercise.id),
                id=exercise.id,
                group=Phrase("group", {"number": group}),
            )
            for group in missing
            if not exercise.whole_room and exercise.module in near  # what is far off is opened for all, if at all
        ]
        rows += [tuple(choices[at : at + PER_ROW]) for at in range(0, len(choices), PER_ROW)]
    asks = Phrase("opening.which" if rows else "opening.nothing") if rows or not unformed else None
    rows.append((button("label.close", to.Close()),))
    return Screen("lines", lines(asks, *alone, *unformed), tuple(rows))


def _early(programme: Programme, workshop: Workshop, runs: list[Run], exercise: Exercise, group: int) -> Screen:
    """Some groups aren't ready: open it where they are, or all the same."""
    missing = groups_without(workshop, runs, exercise)
    wanted = [each for each in missing if not group or each == group]
    ready = [each for each in wanted if is_ready(programme, workshop, runs, exercise, each)]
    waiting = sorted({before for each in wanted for before in waits_for(programme, workshop, runs, exercise, each)})
    rows: list[tuple[Choice, ...]] = []
    if ready:
        action = to.RoomOpen(workshop.id, group, 2, exercise.id)
        rows.append((button("label.open_ready", action, style="primary", **numbers(ready)),))
    if len(ready) < len(wanted):
        label = "label.open_all_anyway" if len(wanted) > 1 else "label.open_anyway"
        rows.append((button(label, to.RoomOpen(workshop.id, group, 1, exercise.id)),))
    rows.append((button("label.cancel", to.Close()),))
    if not wanted:
        state = Phrase("opening.all_open", {"id": exercise.id})
    elif len(ready) == len(wanted):
        state = Phrase("opening.ready_now")
    elif waiting:
        state = Phrase("opening.early", {"before": exercise.after, **numbers(waiting)})
    else:
        state = Phrase("opening.early_unformed", {"before": exercise.after})
    return Screen("lines", lines(Phrase("opening.about", named(programme, exercise)), state), tuple(rows))
