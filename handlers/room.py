"""The facilitators' board: where every group is, who is stuck, and all that can be done about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core import parking
from bot.core.dialogue import Person, SeeGroup
from bot.core.errors import Refusal
from bot.core.exercise import Exercise, Programme
from bot.core.message import Choice, Phrase, Screen
from bot.core.plan import ActionPlan
from bot.core.run import Run, is_at_work, is_stuck
from bot.core.sequence import groups_of, next_exercise, run_of, unformed
from bot.core.workshop import Workshop
from handlers import callbacks as to
from handlers.broadcasts.taps import Announce, Nudge
from handlers.context import Here, Reader, button, command, lines, screen, tap
from handlers.exercises import named
from handlers.plenary.taps import ShowPlenary
from handlers.steering import board, calls, leading
from handlers.steering.screen import in_hand, undo_row
from handlers.steering.screen import opened as opened_in
from handlers.steering.tables import tables
from handlers.steering.taps import ShowLot, ShowSteering, Steer
from handlers.steering.time import is_timed

AWAY = timedelta(hours=2)  # a group silent for longer isn't stuck: it has gone home
PER_ROW = 2
GROUPS_PER_ROW = 3
MOST_GROUPS = 12


@command("room")
async def room(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    await _show(here, workshop)


@tap(to.ShowRoom)
async def show_room(here: Here, action: to.ShowRoom) -> None:
    workshop, _ = await here.member(action.workshop)
    await _show(here, workshop)


async def _show(here: Here, workshop: Workshop) -> None:
    await here.facilitator(workshop.id)
    here.change(room_id=workshop.id, dialogue=None)
    here.turn.lower(here.user_id, "room")


# The board -------------------------------------------------------------------------------------------------------


async def screen_of(here: Here) -> Screen | None:
    """The board on somebody's phone, if there is one."""
    workshop = await here.turn.workshop(here.person.room_id)
    member = workshop.active_user(here.user_id) if workshop else None
    if workshop is None or member is None or not member.leads:
        return None
    return await room_screen(here.turn, here.person, workshop, here.turn.now)


async def room_screen(reader: Reader, person: Person, workshop: Workshop, now: datetime) -> Screen:
    programme, runs = reader.programme(workshop), await reader.runs_of(workshop.id)
    plans, around = await reader.plans_of(workshop.id), await reader.room(workshop.id)
    is_open = workshop.closed_at is None
    text = lines(
        Phrase("room.heading", {"title": workshop.title}),
        *(board.agenda_lines(reader, workshop, now) if is_open else [Phrase("room.closed")]),
        await board.present(reader, workshop, now),
        *board.lead_line(workshop, around),
        *tables(programme, workshop, runs),
        *(board.time_lines(programme, workshop, runs, now) if is_open else []),
        *(_stuck(programme, workshop, runs, plans, now) if is_open else []),
        *calls.board_lines(workshop, around, now),
        *board.deed_line(workshop, around, now),
    )
    rows = [
        *undo_row(workshop, around.last, now),
        *calls.board_rows(workshop, around),
        *_rows(programme, workshop, runs),
    ]
    hand_over = leading.button_of(workshop, around, workshop.active_user(person.user_id))
    if left := len(parking.open_ones(around.parked)):
        hand_over.insert(0, button("label.parking.open", ShowLot(workshop.id, 0, 0), count=left))
    return Screen("lines", text, (*rows, *([tuple(hand_over)] if hand_over else [])))


def _with_plan(programme: Programme, plans: list[ActionPlan], exercise: Exercise, run: Run) -> Run:
    """A run as active as what is done in its group's plan, where that is what its exercise is about."""
    if not exercise.about_plans or programme.plan is None or programme.plan.grouping != exercise.grouping:
        return run
    changes = [action.changed_at for plan in plans if plan.group == run.group for action in plan.actions()]
    return replace(run, active_at=max([run.active_at, *changes]))


def _stuck(
    programme: Programme, workshop: Workshop, runs: list[Run], plans: list[ActionPlan], now: datetime
) -> list[Phrase]:
    """Groups in whose newest exercise nothing has happened for a while, nor in their plan."""
    newest: dict[tuple[str, int], Run] = {}
    for run in runs:
        exercise = programme.exercises.get(run.exercise)
        formation = workshop.formation(exercise.grouping) if exercise and not exercise.whole_room else None
        if exercise and formation and run.group in formation.groups:
            newest[exercise.grouping, run.group] = _with_plan(programme, plans, exercise, run)
    return [
        Phrase(
            "room.stuck",
            {"group": run.group, "count": int((now - run.active_at).total_seconds()) // 60, "id": run.exercise},
        )
        for _, run in sorted(newest.items())
        if is_stuck(run, now=now) and now - run.active_at < AWAY
    ]


def _rows(programme: Programme, workshop: Workshop, runs: list[Run]) -> list[tuple[Choice, ...]]:
    rows: list[tuple[Choice, ...]] = []
    following = next_exercise(programme, workshop, runs)
    lacking = bool(unformed(programme, workshop))
    if workshop.closed_at is None and following is not None:
        rows.append(
            (
                button("label.open", to.RoomOpen(workshop.id, 0, 0, following.id), style="primary", id=following.id),
                button("label.open_other", to.RoomOpen(workshop.id, 0, 0, "")),
            )
        )
    if workshop.closed_at is None:
        rows += _steering(programme, workshop, runs)
    groups = "label.form_groups" if lacking else "label.groups"
    style = "primary" if lacking and following is None else ""
    together = button("label.plenary", ShowPlenary(workshop.id))
    rows.append((button(groups, to.ShowGroups(workshop.id), style=style), *_see(programme, workshop, runs), together))
    write = [button("label.broadcast", Announce(workshop.id))]
    if workshop.closed_at is None and any(is_at_work(run) and run.group for run in runs):
        write.append(button("label.nudge", Nudge(workshop.id)))
    rows.append((*write, button("label.people", to.ShowPeople(workshop.id, 0))))
    return rows


def _steering(programme: Programme, workshop: Workshop, runs: list[Run]) -> list[tuple[Choice, ...]]:
    """Everything about an exercise is on one screen: that of all groups, or that of one."""
    exercise = in_hand(programme, workshop, runs)
    if exercise is None:
        return []
    time: tuple[Choice, ...] = (button("label.steer.time", ShowSteering(workshop.id, 0, exercise.id)),)
    if any(run.exercise == exercise.id and is_timed(run) for run in runs):
        time = (button("label.steer.more", Steer(workshop.id, 0, "more", 0, exercise.id)), *time)
    groups = groups_of(workshop, exercise)
    if exercise.whole_room or len(groups) > MOST_GROUPS:
        return [time]
    ways = [button("label.steer.one", ShowSteering(workshop.id, each, ""), number=each) for each in groups]
    return [time, *(tuple(ways[at : at + GROUPS_PER_ROW]) for at in range(0, len(ways), GROUPS_PER_ROW))]


def _see(programme: Programme, workshop: Workshop, runs: list[Run]) -> list[Choice]:
    """Where there are too many groups for a button each, the list of their sheets."""
    exercise = in_hand(programme, workshop, runs)
    few = exercise is None or len(groups_of(workshop, exercise)) <= MOST_GROUPS
    return [] if few else [button("label.see_group", to.RoomGroup(workshop.id, ""))]


# A group's sheet -------------------------------------------------------------------------------------------------


@tap(to.RoomGroup)
async def see_group(here: Here, action: to.RoomGroup) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    if not opened_in(here.turn.programme(workshop), workshop, await here.turn.runs_of(workshop.id)):
        raise Refusal("see.nothing")
    here.ask(SeeGroup(workshop_id=workshop.id, exercise=action.exercise))


@screen(SeeGroup)
async def see_group_screen(reader: Reader, person: Person, dialogue: SeeGroup) -> Screen | None:
    """Every group's sheet of one exercise, and the way to the other exercises."""
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None:
        return None
    programme, runs = reader.programme(workshop), await reader.runs_of(workshop.id)
    opened = opened_in(programme, workshop, runs)
    if not opened:
        return None
    exercise = next((each for each in opened if each.id == dialogue.exercise), opened[-1])
    formation = workshop.formation(exercise.grouping)
    label = "label.room_at" if exercise.whole_room else "label.group_at"
    groups = [
        button(label, to.ShowSheet(run.id), number=number, id=exercise.id)
        for number in (formation.groups if formation else ())
        if (run := run_of(runs, exercise.id, number))
    ]
    others = [Choice(each.id, to.pack(to.RoomGroup(workshop.id, each.id))) for each in opened if each.id != exercise.id]
    rows = [tuple(groups[at : at + PER_ROW]) for at in range(0, len(groups), PER_ROW)]
    rows += [tuple(others[at : at + PER_ROW]) for at in range(0, len(others), PER_ROW)]
    return Screen("see.which", named(programme, exercise), (*rows, (button("label.close", to.Close()),)))
