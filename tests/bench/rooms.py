"""Rooms of people in the middle of an exercise, written into a data folder by the project's own rules and storage."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.core import grouping, moves, walk
from bot.core.dialogue import Person
from bot.core.exercise import Exercise, Programme, StepKind
from bot.core.run import Actor, Run, current, open_run
from bot.core.workshop import Member, Workshop, open_workshop
from content import loader
from storage import people, runs, workshops
from storage.database import Database
from tests.bench.environments import CACHE
from tests.bench.world import FIRST_USER

NAME = "innovation_digital_government"
ORGANISER = FIRST_USER
GROUPS = 3
GROUP_OF = 15
MEMBERS = GROUPS * GROUP_OF
MOST_ON_A_STEP = 60  # entries, the core's own limit where content sets none
_BEFORE = "We want land titles in two weeks and they take eleven months"


@dataclass(frozen=True, slots=True)
class Room:
    """A workshop with its groups, their runs and the Telegram ids of the members by group."""

    workshop: Workshop
    runs: tuple[Run, ...]
    users: dict[int, list[int]]


def programmes() -> Path:
    """A folder with the shipped programme; its lists and tables take as much as the core allows, not only what an
    exercise of a quarter of an hour needs."""
    target = CACHE / "programmes"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(loader.programmes_folder() / NAME, target / NAME)
    for file in (target / NAME / "exercises").glob("*.toml"):
        blocks = re.split(r"(?m)^(?=\[\[steps\]\])", file.read_text(encoding="utf-8"))
        many = re.compile(r'(?m)^kind = "(list|table)"$')
        for at, block in enumerate(blocks):
            head, mark, rest = block.partition("[[steps.")
            if many.search(head):
                blocks[at] = re.sub(r"(?m)^maximum = \d+\n", "", head) + mark + rest
        file.write_text("".join(blocks), encoding="utf-8")
    return target


def _walked(exercise: Exercise, run: Run, actor: Actor, until: str, now: datetime) -> Run:
    """The run when its group has come to a step, with the least that each earlier one needs."""
    while current(exercise, run).id != until:
        step = current(exercise, run)
        match step.kind:
            case StepKind.TEXT:
                run = walk.write(run, step, actor, _BEFORE, now=now)
            case StepKind.LIST:
                for number in range(max(step.minimum, 1)):
                    run = walk.write(run, step, actor, f"{_BEFORE}, reason {number + 1}", now=now)
            case StepKind.CHOICE:
                for option in step.options[: max(step.minimum, 1)]:
                    run = walk.pick(run, step, actor, option.id, now=now)
            case _:
                run = moves.skip(exercise, run, actor, step.id, now=now)
                continue
        run = moves.next_step(exercise, run, actor, step.id, members=GROUP_OF, now=now)
    return run


def _room(number: int, programme: Programme, exercise: str, step: str, now: datetime, count: int) -> Room:
    first = FIRST_USER + 1 + (number - 1) * count
    workshop = open_workshop(
        id=number,
        programme=NAME,
        title=f"Room {number}",
        first_on=now.date(),
        country="GH",
        zone="Africa/Accra",
        code=f"R{number:05}",
        link_token=f"link{number}",
        facilitator_token=f"lead{number}",
        organiser_id=ORGANISER,
        organiser_name="Person 1",
        now=now,
    )
    members = {
        at + 2: Member(number=at + 2, name=f"Person {first + at - FIRST_USER + 1}", user_id=first + at, joined_at=now)
        for at in range(count)
    }
    workshop = replace(workshop, members={**workshop.members, **members})
    definition = next(each for each in programme.groupings.values() if each.groups == GROUPS)
    topics = [topic.id for topic in programme.topics]
    formation = grouping.count_off(definition, sorted(members), topics, now=now, groups=GROUPS)
    made, users = [], {}
    for group in formation.groups.values():
        seated = formation.members_of(group.number)
        formation = replace(
            formation, groups={**formation.groups, group.number: replace(group, pen=seated[0], pen_at=now)}
        )
        users[group.number] = [first + member - 2 for member in seated]
        wanted = programme.exercises[exercise]
        run = open_run(
            id=(number - 1) * GROUPS + group.number,
            workshop_id=number,
            exercise=wanted,
            group=group.number,
            now=now,
        )
        made.append(_walked(wanted, run, Actor(member=seated[0], pen=True), step, now))
    return Room(replace(workshop, formations={definition.id: formation}), tuple(made), users)


def _people(room: Room, shown: bool) -> Iterator[Person]:
    for run in room.runs:
        for user in room.users[run.group]:
            name = f"Person {user - FIRST_USER + 1}"
            sheet = run.id if shown else None
            yield Person(user_id=user, name=name, language="en", workshop_id=room.workshop.id, sheet_run_id=sheet)


async def furnish(
    data: Path, folder: Path, *, rooms: int, exercise: str, step: str, count: int = MEMBERS, shown: bool = True
) -> list[Room]:
    """Write rooms into a new data folder; `folder` holds the programmes. With `shown` everyone is to have the step's
    sheet on their phone: the bot sends it when it starts.
    """
    now = datetime.now(UTC)
    programme = loader.load(folder / NAME)
    made = [_room(number, programme, exercise, step, now, count) for number in range(1, rooms + 1)]
    crowd = [Person(user_id=ORGANISER, name="Person 1", language="en", workshop_id=1)]
    crowd += [person for room in made for person in _people(room, shown)]
    database = await Database.open(data)
    try:
        await database.write(
            [
                *workshops.changes([(None, room.workshop) for room in made]),
                *runs.changes([(None, run) for room in made for run in room.runs]),
                *people.changes(crowd),
            ]
        )
    finally:
        await database.close()
    return made


async def stored(data: Path, rooms: Sequence[Room]) -> list[Run]:
    """The runs as they are in the data folder now."""
    database = await Database.open(data)
    try:
        return [run for room in rooms for run in await runs.of_workshop(database, room.workshop.id)]
    finally:
        await database.close()
