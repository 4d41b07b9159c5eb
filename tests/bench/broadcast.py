"""Taps while a broadcast goes out, at the paces that Telegram allows and to a server that holds to them strictly.

Half of the taps are answered by a line on top alone, which counts to no pace: while those are tapped the broadcast has
the whole pace to itself. The other half open a message each, and messages share the pace.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from bot.rehearsal import Limits
from bot.rehearsal.phone import Phone
from tests.bench import processes, rooms
from tests.bench.environments import CACHE
from tests.bench.world import FIRST_USER, TOKEN, BenchWorld, served

EXERCISE, STEP = "2.4.1.a", "patterns"
TEXT = "Coffee is ready. We go on at ten past eleven, in the same groups."
EVERY = 0.1  # seconds between two taps


@dataclass(frozen=True, slots=True)
class Outcome:
    """`ideal` is how long all messages sent meanwhile take at 30 a second; `again` how many came back with a 429, which
    happens where this machine is so busy that they arrive closer together than they left. `lines` are the times of taps
    that are answered by a line, `answers` and `questions` those of taps that open a message, to either.
    """

    lines: list[float]
    answers: list[float]
    questions: list[float]
    people: int
    seconds: float
    ideal: float
    again: int
    problems: list[str]


async def measure(people: int = 1000, *, opens: bool = False) -> Outcome:
    """`opens`: each tap opens a message, too."""
    with tempfile.TemporaryDirectory(dir=CACHE) as name:
        folder, programmes = Path(name), rooms.programmes()
        made = await rooms.furnish(
            folder / "data", programmes, rooms=1, exercise=EXERCISE, step=STEP, count=people, shown=False
        )
        async with served(Limits.strict()) as (world, address):
            cast = world.cast(1 + people)
            async with processes.plenary(TOKEN, address, folder, programmes) as bot:
                await bot.ready(world)
                await world.quiet(1.0)
                outcome = await _during(world, cast, made[0], opens=opens)
                if outcome.problems:
                    outcome.problems.append(bot.told())
        return outcome


async def _during(world: BenchWorld, cast: list[Phone], room: rooms.Room, *, opens: bool) -> Outcome:
    organiser, members = cast[0], cast[1:]
    run_of = {user: run.id for run in room.runs for user in room.users[run.group]}
    arrived: Counter[int] = Counter()
    last = 0.0

    def count(method: str, params: dict[str, Any], at: float) -> None:
        nonlocal last
        if method == "sendmessage" and TEXT in params.get("text", ""):
            chat = int(params["chat_id"])
            arrived[chat] += chat != FIRST_USER
            last = at

    organiser.send(f"/broadcast {TEXT}")
    await world.seen(FIRST_USER, lambda: "bt:1:0:" in _data(organiser))
    organiser.tap_data("bt:1:0:")
    await world.seen(FIRST_USER, lambda: "bd:1:send" in _data(organiser))
    world.on_call = count
    began = perf_counter()
    organiser.tap_data("bd:1:send")
    taps: list[asyncio.Task[tuple[float, float]]] = []
    tapping = iter(reversed(members))
    while arrived.total() < len(members) and perf_counter() - began < 30 + len(members) / 20:
        await asyncio.sleep(EVERY)
        if arrived and (phone := next(tapping, None)):
            run = run_of[phone.user.id]
            # Without the pen nobody moves a group on: that is looked up, and said in a line.
            work = _tap(world, phone, f"show:{run}:help:{STEP}") if opens else _line(world, phone, f"n:{run}:{STEP}")
            taps.append(asyncio.create_task(work))
    results = await asyncio.gather(*taps, return_exceptions=True)
    times = [each for each in results if isinstance(each, tuple)]
    problems = (
        [f"{len(results) - len(times)} of {len(results)} taps weren't answered"] if len(times) < len(results) else []
    )
    if arrived != Counter(phone.user.id for phone in members):
        problems.append(f"{len(arrived)} of {len(members)} got the broadcast, {arrived.total()} copies of it")
    again = sum(count for what, count in world.refusals.items() if "Too Many Requests" in what)
    problems += [line for line in world.refused() if "Too Many Requests" not in line]
    answers, questions = [each[0] for each in times], [each[1] for each in times]
    ideal = (len(members) + (len(times) if opens else 0)) / 30
    shown = ([], answers, questions) if opens else (answers, [], [])
    return Outcome(*shown, len(members), last - began, ideal, again, problems)


def _data(phone: Phone) -> list[str]:
    return [button.get("callback_data", "") for message in phone.messages for row in message.rows for button in row]


async def _line(world: BenchWorld, phone: Phone, data: str) -> tuple[float, float]:
    """Seconds to the line that answers a tap."""
    began = perf_counter()
    tap = phone.tap_data(data, 1)
    await world.seen(phone.user.id, lambda: tap.query_id not in phone.waiting)
    return perf_counter() - began, 0.0


async def _tap(world: BenchWorld, phone: Phone, data: str) -> tuple[float, float]:
    """Seconds to the answer of the tap, and to the message that it opens."""
    before, began = len(phone.messages), perf_counter()
    tap = phone.tap_data(data, 1)
    await world.seen(phone.user.id, lambda: tap.query_id not in phone.waiting)
    answered = perf_counter() - began
    await world.seen(phone.user.id, lambda: len(phone.messages) > before and "x" in _data(phone))
    return answered, perf_counter() - began
