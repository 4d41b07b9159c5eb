"""A plan of 200 whole actions: how long /plan and an answer take, and how much memory the bot has then."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bot.core import planning
from bot.core.plan import (
    ActionPlan,
    Barrier,
    Communication,
    Field,
    Frequency,
    Item,
    Kpi,
    Milestone,
    Resource,
    ResourceKind,
    member_party,
)
from bot.rehearsal.phone import Phone
from storage import plans
from storage.database import Database
from tests.bench import processes, rooms
from tests.bench.environments import CACHE
from tests.bench.world import TOKEN, BenchWorld, served

ACTIONS = 200  # all that a plan takes; the last of them are added while it is measured
ADDED = 10
LOOKS = 40
_VERBS = ("Publish", "Train", "Agree on", "Buy", "Test", "Announce", "Review", "Move")
_THINGS = ("the permit checklist", "the counter clerks", "one form", "the registers", "the text messages")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds from a command, or from an answer, to what it shows; memory in megabytes. The `first` look comes after a
    start, when the plan has to be read."""

    first: float
    looks: list[float]
    answers: list[float]
    memory: float
    problems: list[str] = field(default_factory=list)


def a_plan(
    id: int, workshop_id: int, group: int, members: list[int], now: datetime, actions: int = ACTIONS - ADDED
) -> ActionPlan:
    """A plan in which every field of every action is filled in, each by a change of its own."""
    plan = planning.open_plan(id=id, workshop_id=workshop_id, group=group, now=now)
    plan = planning.set_goal(plan, "Eight in ten permits are issued within five working days")
    for number in range(1, actions + 1):
        plan = _with_action(plan, number, [member_party(each) for each in members], now)
    return plan


def _with_action(plan: ActionPlan, number: int, people: list[str], now: datetime) -> ActionPlan:
    by = people[number % len(people)]
    title = f"{_VERBS[number % len(_VERBS)]} {_THINGS[number % len(_THINGS)]} in district {number}"
    day = date(2027, 7, 1) + timedelta(days=number)
    plan = planning.add_action(plan, title, by=by, now=now)
    for party in (by, people[(number + 1) % len(people)]):
        plan = planning.name_party(plan, number, Field.RESPONSIBLE, party, on=True, by=by, now=now)
    plan = planning.set_field(plan, number, Field.OWNER, by, by=by, now=now)
    plan = planning.set_field(plan, number, Field.DUE_ON, day, by=by, now=now)
    items: list[tuple[Field, Item]] = [
        (Field.MILESTONES, Milestone(name="Draft agreed", due_on=day - timedelta(days=20))),
        (Field.AVAILABLE, Resource(what="The web team of the ministry", kind=ResourceKind.HUMAN)),
        (Field.NEEDED, Resource(what=f"A legal check of form {number}", kind=ResourceKind.POLITICAL)),
        (Field.BARRIERS, Barrier(who="Legal office", how="fears claims", answer="Show the rules of two others")),
        (
            Field.COMMUNICATIONS,
            Communication(
                audience="Permit applicants",
                message="which papers they no longer need",
                sender=by,
                channel="Radio",
                frequency=Frequency.MONTHLY,
                until=day,
            ),
        ),
        (Field.KPIS, Kpi(name="Visits to the counter", baseline="900", target="600", unit="visits a month")),
    ]
    for where, item in items:
        plan = planning.add_item(plan, number, where, item, by=by, now=now)
    return plan


async def furnish(data: Path, programmes: Path) -> ActionPlan:
    """A room whose first group has such a plan."""
    made = await rooms.furnish(data, programmes, rooms=1, exercise="2.4.1.b", step="stakeholders", shown=False)
    room = made[0]
    formation = next(iter(room.workshop.formations.values()))
    plan = a_plan(1, room.workshop.id, 1, formation.members_of(1), datetime.now(UTC))
    database = await Database.open(data)
    try:
        await database.write(plans.changes([(None, plan)]))
    finally:
        await database.close()
    return plan


def _shows(phone: Phone, text: str, after: int) -> bool:
    return any(m.from_bot and m.message_id > after and text in m.text for m in phone.messages)


async def _asked(world: BenchWorld, phone: Phone, words: str, text: str) -> float:
    began = perf_counter()
    sent = phone.send(words)
    try:
        await world.seen(phone.user.id, lambda: _shows(phone, text, sent.message_id))
    except TimeoutError:
        last = [each.text for each in phone.messages[-3:]]
        raise TimeoutError(f"{words!r} didn't lead to {text!r}: {last}") from None
    return perf_counter() - began


def memory(pid: int) -> float:
    """The most memory that a process has had so far, in megabytes; 0 where that isn't told."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


async def measure() -> Outcome:
    with tempfile.TemporaryDirectory(dir=CACHE) as name:
        folder, programmes = Path(name), rooms.programmes()
        await furnish(folder / "data", programmes)
        async with served() as (world, address):
            phone = world.cast(1 + rooms.MEMBERS)[1]
            async with processes.plenary(TOKEN, address, folder, programmes, processes.HIGH) as bot:
                await bot.ready(world)
                first = await _asked(world, phone, "/plan", "Action plan of Group 1")
                answers = []
                for number in range(ADDED):
                    await _asked(world, phone, "/plan", "Action plan of Group 1")
                    await _asked(world, phone, "Add an action", "What needs to be done?")
                    answers.append(await _asked(world, phone, f"Ask the mayor, part {number}", "Who does it?"))
                looks = [await _asked(world, phone, "/plan", "Action plan of Group 1") for _ in range(LOOKS)]
                most = memory(bot.process.pid)
        return Outcome(first, looks, answers, most, world.refused())
