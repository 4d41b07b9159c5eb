"""100,000 things that wait for their time: how late those leave that are due, how long a start takes with them, and how
much memory the bot has."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from bot.core.fires import Fire, FireKind
from storage import fires, plans
from storage.database import Database
from tests.bench import processes, rooms
from tests.bench.environments import CACHE
from tests.bench.plans import a_plan, memory
from tests.bench.world import TOKEN, BenchWorld, served, until

ROWS = 100_000
DUE = 300  # of them, each for somebody else, so that none waits for the hour to be over
SPREAD = 20.0  # seconds over which they are due
ROOMS = 8
FIRST_DUE = 12.0  # seconds after the clock is set: the bot has to be up by then
NOON = datetime.combine(date(2027, 6, 16), time(12), UTC)  # a working day where the rooms are


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds: of each thing that was due, how late its message came; of a start, to the first answer. Memory in
    megabytes."""

    late: list[float]
    start: float
    memory: float
    problems: list[str] = field(default_factory=list)


def _rows(plan_ids: list[int], now: datetime) -> Iterator[Fire]:
    """Reminders of actions that stand in the plans: the first are due soon, the others in the months to come."""
    for number in range(1, ROWS + 1):
        plan_id, action = plan_ids[number % len(plan_ids)], number % 150 + 1
        soon = number <= DUE
        due_at = now + (
            timedelta(seconds=FIRST_DUE + SPREAD * number / DUE) if soon else timedelta(days=1, minutes=number)
        )
        yield Fire(
            id=number,
            key=f"bench.{number}",
            version="1",
            kind=FireKind.DUE,
            subject=f"p{plan_id}.a{action}",
            series=f"bench.{number}",
            workshop_id=plan_id,
            plan_id=plan_id,
            action=action,
            rule="due",
            on=date(2027, 7, 1) + timedelta(days=action),
            due_at=due_at,
        )


async def furnish(data: Path, programmes: Path) -> dict[int, datetime]:
    """Rooms with plans, and rows about their actions; whom something is due to, and when."""
    made = await rooms.furnish(data, programmes, rooms=ROOMS, exercise="2.4.1.b", step="stakeholders", shown=False)
    found = []
    for room in made:
        formation = next(iter(room.workshop.formations.values()))
        found.append(a_plan(room.workshop.id, room.workshop.id, 1, formation.members_of(1), NOON))
    owned = {room.workshop.id: [user for group in room.users.values() for user in group] for room in made}
    waiting: list[Fire] = []
    for number, each in enumerate(_rows([plan.id for plan in found], NOON), 1):
        users = owned[each.workshop_id]
        waiting.append(replace(each, user_id=users[number // ROOMS % len(users)]))
    database = await Database.open(data)
    try:
        await database.write([*plans.changes([(None, plan) for plan in found]), *fires.changes(waiting)])
    finally:
        await database.close()
    return {each.user_id: each.due_at for each in waiting[:DUE]}


async def measure() -> Outcome:
    with tempfile.TemporaryDirectory(dir=CACHE) as name:
        folder, programmes = Path(name), rooms.programmes()
        due = await furnish(folder / "data", programmes)
        clock = folder / "clock"
        offset = NOON.timestamp() - datetime.now(UTC).timestamp()
        clock.write_text(f"{offset:.6f}", encoding="ascii")
        settings = {**processes.HIGH, "REHEARSAL_CLOCK": str(clock)}
        async with served() as (world, address):
            phones = world.cast(1 + ROOMS * rooms.MEMBERS)
            arrived: dict[int, datetime] = {}

            def came(method: str, params: dict[str, Any], at: float) -> None:
                if method == "sendmessage" and int(params["chat_id"]) in due:
                    arrived.setdefault(int(params["chat_id"]), datetime.now(UTC) + timedelta(seconds=offset))

            world.on_call = came
            began = perf_counter()
            async with processes.plenary(TOKEN, address, folder, programmes, settings) as bot:
                phones[0].send("/help")
                await asked_first(world, phones[0])
                start = perf_counter() - began
                with suppress(TimeoutError):  # what is missing is told below
                    await until(lambda: len(arrived) == len(due), FIRST_DUE + SPREAD + 20.0, "what was due")
                most = memory(bot.process.pid)
        late = sorted((arrived[user] - due[user]).total_seconds() for user in due if user in arrived)
        problems = [*world.refused()]
        if len(late) != len(due):
            problems.append(f"{len(due)} things were due, and {len(late)} of them were said")
        return Outcome(late, start, most, problems)


async def asked_first(world: BenchWorld, phone: Any) -> None:
    """Wait for the first answer after a start."""
    await world.seen(phone.user.id, lambda: any(each.from_bot for each in phone.messages), 60.0)
