"""The facilitators' board: where every group is, who is stuck, and all that can be done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import reduce

from bot.core.dialogue import Person, SeeGroup
from bot.core.errors import Refusal
from bot.core.exercise import Exercise, Programme
from bot.core.message import Choice, ContentText, Phrase, Screen
from bot.core.plan import ActionPlan
from bot.core.run import Run, is_stuck, steps_done
from bot.core.sequence import for_groups, groups_without, next_exercise, run_of, unformed
from bot.core.words import shortened
from bot.core.workshop import Workshop
from handlers import callbacks as to
from handlers.context import Here, Reader, button, command, lines, screen, tap
from handlers.exercises import named

COLUMNS = 4  # exercises side by side: 9 + 4 × 6 characters fit on a narrow phone
MOST_TABLES = 3
AWAY = timedelta(hours=2)  # a group silent for longer isn't stuck: it has gone home
PER_ROW = 2


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
    plans = await reader.plans_of(workshop.id)
    text = lines(
        Phrase("room.heading", {"title": workshop.title}),
        Phrase("room.closed") if workshop.closed_at else None,
        await _facts(reader, workshop),
        *_tables(programme, workshop, runs),
        *(_stuck(programme, workshop, runs, plans, now) if workshop.closed_at is None else []),
    )
    return Screen("lines", text, _rows(programme, workshop, runs))


async def _facts(reader: Reader, workshop: Workshop) -> Phrase:
    """How many are in the room, and for how many of them the bot's messages don't count."""
    participants = workshop.participants()
    people = [await reader.person(each.user_id) for each in participants if each.user_id is not None]
    facts = [Phrase("room.joined", {"count": len(participants)})]
    if without := len(participants) - len(people):
        facts.append(Phrase("room.no_phone", {"count": without}))
    if away := sum(1 for each in people if each is not None and each.unreachable):
        facts.append(Phrase("room.unreachable", {"count": away}))
    return joined("room.dot", facts)


def joined(key: str, parts: Iterable[Phrase]) -> Phrase:
    """Phrases one after another, put together by the sentence `key`."""
    return reduce(lambda left, right: Phrase(key, {"left": left, "right": right}), parts)


def _families(programme: Programme) -> list[list[Exercise]]:
    """Exercises that follow each other in the same groups and belong together: 2.4.1.a, b and c, or 4.3 and 4.4."""
    families: dict[tuple[str, str], list[Exercise]] = {}
    for exercise in for_groups(programme):
        families.setdefault((exercise.grouping, _head(exercise)), []).append(exercise)
    return [each[at : at + COLUMNS] for each in families.values() for at in range(0, len(each), COLUMNS)]


def _head(exercise: Exercise) -> str:
    return exercise.id.rpartition(".")[0]


def _tables(programme: Programme, workshop: Workshop, runs: list[Run]) -> list[Phrase | str]:
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
    at_work = {run.exercise for run in runs if run.published_at is None}
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
    if run is None:
        return Phrase("room.not_open")
    if run.published_at is not None:
        return Phrase("room.done")
    return Phrase("room.steps", {"done": steps_done(exercise, run, members), "of": len(exercise.steps)})


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


def _rows(programme: Programme, workshop: Workshop, runs: list[Run]) -> tuple[tuple[Choice, ...], ...]:
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
    groups = "label.form_groups" if lacking else "label.groups"
    style = "primary" if lacking and following is None else ""
    rows.append((button(groups, to.ShowGroups(workshop.id), style=style), *_see(workshop, runs)))
    rows.append(
        (button("label.broadcast", to.Announce(workshop.id)), button("label.people", to.ShowPeople(workshop.id, 0)))
    )
    return tuple(rows)


def _see(workshop: Workshop, runs: list[Run]) -> list[Choice]:
    return [button("label.see_group", to.RoomGroup(workshop.id, ""))] if runs else []


# A group's sheet -------------------------------------------------------------------------------------------------


@tap(to.RoomGroup)
async def see_group(here: Here, action: to.RoomGroup) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    if not _with_runs(here.turn.programme(workshop), workshop, await here.turn.runs_of(workshop.id)):
        raise Refusal("see.nothing")
    here.ask(SeeGroup(workshop_id=workshop.id, exercise=action.exercise))


def _with_runs(programme: Programme, workshop: Workshop, runs: list[Run]) -> list[Exercise]:
    """The exercises that are open for some group as it is now, the newest last."""
    opened: dict[str, Exercise] = {}
    for run in runs:
        exercise = programme.exercises.get(run.exercise)
        if exercise and len(groups_without(workshop, runs, exercise)) < _size(workshop, exercise):
            opened.pop(exercise.id, None)
            opened[exercise.id] = exercise
    return list(opened.values())


def _size(workshop: Workshop, exercise: Exercise) -> int:
    formation = workshop.formation(exercise.grouping)
    return len(formation.groups) if formation else 0


@screen(SeeGroup)
async def see_group_screen(reader: Reader, person: Person, dialogue: SeeGroup) -> Screen | None:
    """Every group's sheet of one exercise, and the way to the other exercises."""
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None:
        return None
    programme, runs = reader.programme(workshop), await reader.runs_of(workshop.id)
    opened = _with_runs(programme, workshop, runs)
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
