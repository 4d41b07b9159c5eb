"""Workshops whose plans are followed up, written into a data folder by the project's own rules and storage, until
100,000 rows wait; and what planning costs: an edit, and a night."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bot import nights, planner
from bot.core import agreement, planning
from bot.core.dialogue import Person
from bot.core.exercise import Programme
from bot.core.grouping import count_off
from bot.core.plan import ActionPlan, Field, Frequency
from bot.core.workshop import Member, Workshop, open_workshop
from bot.runner import Runner
from content import loader
from content.catalogues import Catalogues
from storage.database import Database
from tests.bench import plans, rooms
from tests.bench.world import FIRST_USER

ROWS = 100_000
ACTIONS = 15  # of a plan; the first of all has as many as a plan takes
NOON = datetime(2027, 6, 16, 12, tzinfo=UTC)  # a working day where the rooms are
EDITS = 60
BIG = 1  # the id of the plan with most actions


def account(workshop: int, member: int) -> int:
    return FIRST_USER + workshop * 100 + member


@asynccontextmanager
async def runner_on(data: Path) -> AsyncIterator[Runner]:
    """A runner on a data folder whose bot doesn't run."""
    programmes = loader.load_all()
    database = await Database.open(data)
    try:
        made = Runner(database, programmes, lambda: NOON, catalogues=Catalogues())
        await made.start()
        yield made
    finally:
        await database.close()


def _workshop(id: int, programme: Programme) -> Workshop:
    made = open_workshop(
        id=id,
        programme=programme.name,
        title=f"Room {id}",
        first_on=date(2027, 6, 7),
        country="GH",
        zone="Africa/Accra",
        code=f"R{id:05}",
        link_token=f"link{id}",
        facilitator_token=f"lead{id}",
        organiser_id=FIRST_USER,
        organiser_name="Person 1",
        now=NOON,
    )
    numbers = range(2, rooms.MEMBERS + 2)
    members = {
        each: Member(number=each, name=f"Person {each}", user_id=account(id, each), joined_at=NOON) for each in numbers
    }
    assert programme.plan is not None
    grouping = programme.groupings[programme.plan.grouping]
    formation = count_off(
        grouping, list(numbers), [each.id for each in programme.topics], now=NOON, groups=rooms.GROUPS
    )
    return replace(made, members={**made.members, **members}, formations={programme.plan.grouping: formation})


def _plan(id: int, workshop: Workshop, group: int, actions: int) -> ActionPlan:
    (formation,) = workshop.formations.values()
    plan = plans.a_plan(id, workshop.id, group, formation.members_of(group), NOON, actions)
    for action in plan.actions():
        kpi = action.kpis[0].id
        plan = planning.set_part(
            plan, action.number, Field.KPIS, kpi, "frequency", Frequency.MONTHLY, by=action.owner, now=NOON
        )
    return agreement.agree(plan, now=NOON)


async def furnish(data: Path) -> int:
    """Have so many rows wait; how many workshops those are of."""
    async with runner_on(data) as runner:
        programme = runner.programmes[rooms.NAME]
        id = waiting = 0
        while waiting < ROWS:
            id += 1
            workshop = _workshop(id, programme)
            made = [
                _plan(
                    (id - 1) * rooms.GROUPS + group,
                    workshop,
                    group,
                    plans.ACTIONS if (id, group) == (1, 1) else ACTIONS,
                )
                for group in range(1, rooms.GROUPS + 1)
            ]
            turn = runner.begin()
            turn.put(workshop, *made)
            for member in workshop.members.values():
                assert member.user_id is not None
                turn.put(Person(user_id=member.user_id, name=member.name, language="en", workshop_id=id))
            runner.keep(turn)
            await runner.commit()
            runner.forget()
            found = await runner.database.read("SELECT COUNT(*) FROM fires WHERE status = 'pending'")
            waiting = int(found[0][0])
        return id


async def have_due(data: Path, due: dict[int, datetime]) -> None:
    """Have one reminder of each of these people wait for another time, as if they had moved it themselves."""
    async with runner_on(data) as runner:
        sql = """
            UPDATE fires SET due_at = ?, by_hand = 1
            WHERE id = (SELECT MIN(id) FROM fires WHERE kind = 'due' AND user_id = ? AND status = 'pending')
        """
        rows = [(at.isoformat(timespec="microseconds"), user_id) for user_id, at in due.items()]
        await runner.database.write([(sql, rows)])


async def people_with_reminders(data: Path, count: int) -> list[int]:
    async with runner_on(data) as runner:
        sql = "SELECT DISTINCT user_id FROM fires WHERE kind = 'due' AND status = 'pending' ORDER BY user_id LIMIT ?"
        return [row[0] for row in await runner.database.read(sql, (count,))]


async def was_planned(data: Path) -> bool:
    """Whether the bot has done a night's planning meanwhile."""
    async with runner_on(data) as runner:
        return bool(runner.kept_setting(nights.PLANNED))


async def night(data: Path) -> list[float]:
    """A night's planning: seconds of each step."""
    found = []
    async with runner_on(data) as runner:
        async for step in nights.steps(runner):
            began = perf_counter()
            await step()
            found.append(perf_counter() - began)
    return found


async def edits(data: Path) -> list[float]:
    """Edits of a plan that has as many actions as it may: seconds that each costs what is due."""
    dice, found = random.Random(1), []
    async with runner_on(data) as runner:
        for number in range(EDITS):
            plan = await runner.plan(BIG)
            assert plan is not None
            turn = runner.begin()
            turn.put(_edited(plan, dice.randint(1, len(plan.history)), number, dice))
            runner.keep(turn)
            began = perf_counter()
            await planner.replan(runner.begin(), runner._committed, runner._batch)
            found.append(perf_counter() - began)
            await runner.commit()
    return found


def _edited(plan: ActionPlan, number: int, kind: int, dice: random.Random) -> ActionPlan:
    action = plan.actions()[number - 1]
    match kind % 3:
        case 0:
            return planning.set_field(plan, number, Field.TITLE, f"Another title {kind}", by=action.owner, now=NOON)
        case 1:
            day = date(2027, 8, 1) + timedelta(days=dice.randint(1, 200))
            return planning.set_field(plan, number, Field.DUE_ON, day, by=action.owner, now=NOON)
    owner = dice.choice([each.owner for each in plan.actions() if each.owner != action.owner])
    return planning.set_field(plan, number, Field.OWNER, owner, by=action.owner, now=NOON)
