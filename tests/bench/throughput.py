"""Updates a second: the whole bot on the walk beside two echo bots, each in turn, on the same local server."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from bot.rehearsal.phone import Phone
from tests.bench import processes
from tests.bench.environments import CACHE
from tests.bench.processes import Bot
from tests.bench.world import TOKEN, BenchWorld, served

WARM_UP = 4  # messages of each person, before the stopwatch starts
LONGEST = 90.0  # seconds for one repetition


@dataclass(frozen=True, slots=True)
class Lap:
    """One repetition. Shares are of one core: 1.0 is all of it. `calls` came to the server, getUpdates aside."""

    rate: float
    calls: float
    bot_share: float
    server_share: float
    problems: list[str] = field(default_factory=list)


class Stopwatch:
    """Takes the time from the first hand-out of what `send` writes to the last of the replies to it."""

    def __init__(self, world: BenchWorld, bot: Bot) -> None:
        self.world = world
        self.bot = bot

    async def take(self, send: Callable[[], int], reply: str) -> tuple[float, Lap]:
        """`reply` is the method that answers an update, once each."""
        world, done = self.world, asyncio.Event()
        calls: Counter[str] = Counter()
        last = 0.0
        wanted = send()  # nothing is handed out before the next await

        def count(method: str, params: dict[str, Any], at: float) -> None:
            nonlocal last
            calls[method] += 1
            if method == reply:
                last = at
                if calls[reply] >= wanted:
                    done.set()

        world.on_call, world.handed_out_at = count, 0.0
        server, busy = process_time(), self.bot.busy()
        problems = []
        try:
            async with asyncio.timeout(LONGEST):
                await done.wait()
        except TimeoutError:
            problems.append(f"{wanted - calls[reply]} of {wanted} replies didn't come")
        server, busy = process_time() - server, self.bot.busy() - busy
        world.on_call = lambda method, params, at: None
        wall = max(last - world.handed_out_at, 1e-9)
        lap = Lap(wanted / wall, sum(calls.values()) / wall, busy / wall, server / wall, problems)
        return wall, lap


def write(phones: Sequence[Phone], rounds: int, mark: str) -> int:
    """Everyone writes, in turn, so many times; returns how many messages that made."""
    for number in range(rounds):
        for phone in phones:
            phone.send(f"{mark} {number + 1}: the files of {phone.user.first_name} wait for a second signature")
    return rounds * len(phones)


async def echo_lap(name: str, people: int, updates: int) -> Lap:
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        async with served() as (world, address):
            phones = world.cast(people)
            async with processes.echo(name, TOKEN, address, Path(folder)) as bot:
                await world.polling()
                watch = Stopwatch(world, bot)
                await watch.take(lambda: write(phones, WARM_UP, "Warm-up"), "sendmessage")
                _, lap = await watch.take(lambda: write(phones, updates // people, "Line"), "sendmessage")
                if lap.problems:
                    lap.problems.append(bot.told())
            for phone in phones:
                said = Counter(message.text for message in phone.messages if not message.from_bot)
                heard = Counter(message.text for message in phone.messages if message.from_bot)
                if said != heard:
                    lap.problems.append(f"{name}: {phone.user.name} wrote {said.total()}, heard {heard.total()}")
            return lap


def middle(laps: Sequence[Lap]) -> Lap:
    """The medians of each figure, and all problems."""
    return Lap(
        *(median(getattr(lap, name) for lap in laps) for name in ("rate", "calls", "bot_share", "server_share")),
        [problem for lap in laps for problem in lap.problems],
    )
