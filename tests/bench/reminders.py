"""100,000 things that wait for their time: how late those leave that are due, while a night's planning goes on; how
long a start takes with them, and how much memory the bot has; what planning costs."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.bench import processes, rooms, waiting
from tests.bench.environments import CACHE
from tests.bench.plans import memory
from tests.bench.waiting import NOON, ROWS
from tests.bench.world import TOKEN, BenchWorld, served, until

__all__ = ["DUE", "ROWS", "SPREAD", "TOGETHER", "Outcome", "measure"]

DUE = 300  # each for somebody else, so that none waits for the hour to be over
TOGETHER = 100  # of them at one instant
SPREAD = 20.0  # seconds over which the others are due
FIRST_DUE = 12.0  # seconds after the clock is set: the bot has to be up by then


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds: of each thing that was due, how late its message came; of a start, to the first answer; of each step of
    a night, and of each edit, what they took. Memory in megabytes."""

    workshops: int
    late: list[float]
    start: float
    memory: float
    night: list[float]
    edits: list[float]
    problems: list[str] = field(default_factory=list)


async def _due(data: Path) -> dict[int, datetime]:
    """Whom something is due to, and when."""
    people = await waiting.people_with_reminders(data, DUE)
    first, several = NOON + timedelta(seconds=FIRST_DUE), DUE - TOGETHER
    found = {user: first + timedelta(seconds=SPREAD * at / several) for at, user in enumerate(people[:several])}
    found |= dict.fromkeys(people[several:], first + timedelta(seconds=SPREAD + 2))
    await waiting.have_due(data, found)
    return found


async def measure() -> Outcome:
    with tempfile.TemporaryDirectory(dir=CACHE) as name:
        folder, programmes = Path(name), rooms.programmes()
        data = folder / "data"
        workshops = await waiting.furnish(data)
        due = await _due(data)
        clock = folder / "clock"
        offset = NOON.timestamp() - datetime.now(UTC).timestamp()
        clock.write_text(f"{offset:.6f}", encoding="ascii")
        settings = {**processes.HIGH, "REHEARSAL_CLOCK": str(clock)}
        async with served() as (world, address):
            phone = world.cast(1)[0]
            for user in due:
                world.phone(user, f"Person {user}").chat.started = True
            arrived: dict[int, datetime] = {}

            def came(method: str, params: dict[str, Any], at: float) -> None:
                if method == "sendmessage" and int(params["chat_id"]) in due:
                    arrived.setdefault(int(params["chat_id"]), datetime.now(UTC) + timedelta(seconds=offset))

            world.on_call = came
            began = perf_counter()
            async with processes.plenary(TOKEN, address, folder, programmes, settings) as bot:
                phone.send("/help")
                await asked_first(world, phone)
                start = perf_counter() - began
                with suppress(TimeoutError):  # what is missing is told below
                    await until(lambda: len(arrived) == len(due), FIRST_DUE + SPREAD + 20.0, "what was due")
                most = memory(bot.process.pid)
        late = sorted((arrived[user] - due[user]).total_seconds() for user in due if user in arrived)
        problems = [*world.refused()]
        if len(late) != len(due):
            problems.append(f"{len(due)} things were due, and {len(late)} of them were said")
        if not await waiting.was_planned(data):
            problems.append("a night's planning wasn't done meanwhile")
        night = await waiting.night(data)
        return Outcome(workshops, late, start, most, night, await waiting.edits(data), problems)


async def asked_first(world: BenchWorld, phone: Any) -> None:
    """Wait for the first answer after a start."""
    await world.seen(phone.user.id, lambda: any(each.from_bot for each in phone.messages), 60.0)
