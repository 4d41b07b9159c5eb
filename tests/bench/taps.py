"""45 people in 3 groups fill in one table at once, each as fast as the next question is on their phone."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time

from bot.rehearsal.phone import Phone
from tests.bench import processes, rooms, sheets
from tests.bench.environments import CACHE
from tests.bench.world import TOKEN, BenchWorld, served

EXERCISE, STEP = "2.4.1.b", "stakeholders"
ROWS = 3  # of each person
Row = dict[str, str | int]


@dataclass(slots=True)
class Times:
    """Seconds from a tap or a text to its answer (the tap's own answer, the reaction to a text), and to the next
    question on the phone.
    """

    taps: list[float] = field(default_factory=list)
    texts: list[float] = field(default_factory=list)
    questions: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    times: Times
    seconds: float
    bot_share: float
    server_share: float
    problems: list[str]


def p(values: Sequence[float], percent: int) -> float:
    """A percentile, in milliseconds."""
    if len(values) < 2:
        return 1000 * sum(values)
    return 1000 * quantiles(values, n=100, method="inclusive")[percent - 1]


def question(phone: Phone) -> tuple[str, list[str]]:
    """What is being asked: the cell ("7:impact") and the callback data of the values offered."""
    for message in reversed(phone.messages):
        data = [button.get("callback_data", "") for row in message.rows for button in row]
        skips = [each for each in data if each.startswith("cs:")]
        if skips:
            _, _, entry, column = skips[0].split(":", 3)
            return f"{entry}:{column}", [each for each in data if each.startswith("cv:")]
    return "", []


class Writer:
    """One person at work."""

    def __init__(self, world: BenchWorld, phone: Phone, times: Times) -> None:
        self.world, self.phone, self.times = world, phone, times
        self.rows: dict[str, Row] = {}

    async def text(self, words: str) -> None:
        began = perf_counter()
        message = self.phone.send(words)
        await self.world.seen(self.phone.user.id, lambda: bool(message.reactions))
        self.times.texts.append(perf_counter() - began)

    async def tap(self, data: str) -> None:
        began = perf_counter()
        tap = self.phone.tap_data(data, self._message_with(data))
        await self.world.seen(self.phone.user.id, lambda: tap.query_id not in self.phone.waiting)
        self.times.taps.append(perf_counter() - began)

    def _message_with(self, data: str) -> int:
        return next(
            message.message_id
            for message in reversed(self.phone.messages)
            if any(button.get("callback_data") == data for row in message.rows for button in row)
        )

    async def work(self) -> None:
        for number in range(ROWS):
            name = f"Unit {number + 1} of {self.phone.user.name}"
            row = self.rows[name] = {"name": name}
            before, began = question(self.phone)[0], perf_counter()
            await self.text(name)
            await self._fill(row, before, began)

    async def _next_after(self, before: str) -> None:
        await self.world.seen(self.phone.user.id, lambda: question(self.phone)[0] != before)

    async def _fill(self, row: Row, before: str, began: float) -> None:
        """Answer one question after another until none is open."""
        while True:
            await self._next_after(before)
            self.times.questions.append(perf_counter() - began)
            before, values = question(self.phone)
            if not before:
                return
            column, began = before.partition(":")[2], perf_counter()
            if values:
                chosen = values[len(row) % len(values)]
                value = chosen.split(":", 4)[4] if chosen.count(":") >= 4 else chosen.rpartition(":")[2]
                row[column] = int(value) if value.lstrip("-").isdigit() else value
                await self.tap(chosen)
            else:
                row[column] = f"{column} as {self.phone.user.name} sees it, {len(self.rows)}"
                await self.text(str(row[column]))


async def measure() -> Outcome:
    with tempfile.TemporaryDirectory(dir=CACHE) as name:
        folder, programmes, times = Path(name), rooms.programmes(), Times()
        made = await rooms.furnish(folder / "data", programmes, rooms=1, exercise=EXERCISE, step=STEP)
        async with served() as (world, address):
            phones = world.cast(1 + rooms.MEMBERS)[1:]
            writers = [Writer(world, phone, times) for phone in phones]
            async with processes.plenary(TOKEN, address, folder, programmes, processes.HIGH) as bot:
                await bot.ready(world)
                await world.quiet(1.0)
                began, server, busy = perf_counter(), process_time(), bot.busy()
                results = await asyncio.gather(*(writer.work() for writer in writers), return_exceptions=True)
                seconds = perf_counter() - began
                shares = (bot.busy() - busy) / seconds, (process_time() - server) / seconds
                found = [f"{w.phone.user.name}: {e!r}" for w, e in zip(writers, results, strict=True) if e][:5]
                await world.quiet(2.5)
            if found or bot.process.returncode:
                found.append(bot.told())
            found += await check(folder / "data", made, writers)
            found += await sheets.problems(world, folder / "data", programmes, [phone.user.id for phone in phones])
            found += world.refused()
        return Outcome(times, seconds, *shares, found)


async def check(data: Path, made: list[rooms.Room], writers: Sequence[Writer]) -> list[str]:
    """Every row is stored once, with the values that its author gave."""
    expected = {name: row for writer in writers for name, row in writer.rows.items()}
    entries = [entry.value for run in await rooms.stored(data, made) for entry in run.entries_of(STEP)]
    found = [f"{len(entries)} rows are stored, {len(expected)} were written"] if len(entries) != len(expected) else []
    for value in entries:
        row = dict(value) if isinstance(value, dict) else {}
        if row != expected.get(str(row.get("name"))):
            found.append(f"stored {row}, written {expected.get(str(row.get('name')))}")
    return found
