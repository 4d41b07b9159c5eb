"""Updates a second: the whole bot on the walk beside two echo bots, each in turn, on the same local server."""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from bot.rehearsal.phone import Phone
from tests.bench import processes, rooms, sheets
from tests.bench.environments import CACHE, ROOT
from tests.bench.processes import Bot
from tests.bench.world import TOKEN, BenchWorld, served

EXERCISE, STEP = "2.4.1.a", "patterns"
ROUNDS = 4  # lines of each person in a room; fifteen people then have the 60 on their list that it takes
WARM_ROOMS = 4  # that write before the stopwatch starts
REACTION = "setmessagereaction"
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

    @property
    def own_rate(self) -> float:
        """Updates for each second that the bot was on a processor: hardly moved by what else the machine does."""
        return self.rate / self.bot_share if self.bot_share else 0.0


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


def fill(by_room: Sequence[Sequence[Phone]]) -> int:
    """One room after another fills its lists."""
    return sum(write(phones, ROUNDS, "Line") for phones in by_room)


async def echo_lap(name: str, people: int, updates: int) -> Lap:
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        async with served() as (world, address):
            phones = world.cast(people)
            async with processes.echo(name, TOKEN, address, Path(folder)) as bot:
                await bot.ready(world)
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


async def plenary_lap(count: int, profile: Path | None = None) -> Lap:
    """`count` rooms, one after another: everyone writes for the list in front of them. A list takes 60 entries, so
    that many more people than 45 are needed for thousands of answers.
    """
    with tempfile.TemporaryDirectory(dir=CACHE) as name:
        folder, programmes = Path(name), rooms.programmes()
        count += WARM_ROOMS
        made = await rooms.furnish(folder / "data", programmes, rooms=count, exercise=EXERCISE, step=STEP)
        async with served() as (world, address):
            crowd = world.cast(1 + count * rooms.MEMBERS)[1:]
            by_room = [crowd[at : at + rooms.MEMBERS] for at in range(0, len(crowd), rooms.MEMBERS)]
            async with processes.plenary(TOKEN, address, folder, programmes, processes.HIGH, profile) as bot:
                await bot.ready(world)
                await world.quiet(1.0)
                watch = Stopwatch(world, bot)
                await watch.take(lambda: fill(by_room[:WARM_ROOMS]), REACTION)
                await world.quiet(2.5)
                if profile:
                    bot.process.send_signal(signal.SIGUSR1)
                    await asyncio.sleep(0.2)
                _, lap = await watch.take(lambda: fill(by_room[WARM_ROOMS:]), REACTION)
                if profile:
                    bot.process.send_signal(signal.SIGUSR2)
                await world.quiet(2.5)
                if lap.problems:
                    lap.problems.append(bot.told())
            lap.problems.extend(await check(folder / "data", made, crowd))
            lap.problems.extend(
                await sheets.problems(world, folder / "data", programmes, [phone.user.id for phone in crowd])
            )
            lap.problems.extend(world.refused())
            return lap


async def check(data: Path, made: Sequence[rooms.Room], crowd: Sequence[Phone]) -> list[str]:
    """Every line that somebody wrote is stored once and was acknowledged."""
    written: Counter[str] = Counter()
    found = []
    for phone in crowd:
        mine = [message for message in phone.messages if not message.from_bot]
        written.update(message.text for message in mine)
        if bare := sum(1 for message in mine if not message.reactions):
            found.append(f"{phone.user.name}: {bare} of {len(mine)} lines were not acknowledged")
    runs = await rooms.stored(data, made)
    kept = Counter(str(entry.value) for run in runs for entry in run.entries_of(STEP))
    if kept != written:
        lost, extra = (written - kept).total(), (kept - written).total()
        found.append(f"{written.total()} lines were written, {kept.total()} are stored: {lost} lost, {extra} too many")
    return found


async def ceiling(messages: int = 20_000) -> float:
    """Messages a second that the server takes from a client that does nothing else."""
    async with served() as (world, address):
        world.cast(45)
        command = ["-m", "tests.bench.load", address.rpartition(":")[2], TOKEN, "45", str(messages)]
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, stdout=asyncio.subprocess.PIPE, cwd=ROOT
        )
        told, _ = await process.communicate()
        return float(told)


def middle(laps: Sequence[Lap]) -> Lap:
    """The medians of each figure, and all problems."""
    return Lap(
        rate=median(lap.rate for lap in laps),
        calls=median(lap.calls for lap in laps),
        bot_share=median(lap.bot_share for lap in laps),
        server_share=median(lap.server_share for lap in laps),
        problems=[problem for lap in laps for problem in lap.problems],
    )
