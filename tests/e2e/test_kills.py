"""SIGKILL after SIGKILL while a dozen people work: no answer is lost, none counts twice."""

from __future__ import annotations

import asyncio
import random
from functools import partial
from pathlib import Path

from bot.crashpoints import NAMES
from tests.e2e.dozen import Dozen
from tests.e2e.rig import Rig, rig, until

ROOMS = 2
KILLS = 15  # in each room
PASSES = {"before-commit": (1, 5), "after-commit": (1, 5), "before-send": (2, 25), "after-send": (2, 25)}
NEWS = "News from the facilitator"
BREATH = 0.1  # seconds between two of them: broadcasts go before sheets, which must get their turn
MOST_SECONDS = 150.0


class Killer:
    """Kills the bot `KILLS` times, spread over the answers that come in: every other time at a named point."""

    def __init__(self, on: Rig, room: Dozen, seed: int) -> None:
        self.on = on
        self.room = room
        self.dice = random.Random(seed)
        self.named: list[str] = []

    async def run(self) -> None:
        await self.on.kill()
        for number in range(1, KILLS):
            name = NAMES[number // 2 % len(NAMES)] if number % 2 else ""
            await self.on.start(**({"CRASH_AT": f"{name}:{self.dice.randint(*PASSES[name])}"} if name else {}))
            due = self.room.tally.answers + self.dice.randint(8, 30)
            await until(partial(self._enough, 10**6 if name else due), "something to kill", MOST_SECONDS)
            if self.on.bot.running:
                await asyncio.sleep(self.dice.random() * 0.02)
            elif name:
                self.named.append(name)
            await self.on.kill()
        await self.on.start()

    def _enough(self, due: int) -> bool:
        """It is dead, or the answers are there that it should live to see, or there are no more."""
        return not self.on.bot.running or self.room.tally.answers >= due or len(self.room.done) == 3


async def test_thirty_kills_lose_no_answer_and_count_none_twice(tmp_path: Path) -> None:
    """In two rooms at the same time, with a bot each, since most of the time goes into starting it."""
    async with asyncio.timeout(MOST_SECONDS), asyncio.TaskGroup() as tasks:
        rooms = [tasks.create_task(_room(tmp_path / f"room{seed}", seed)) for seed in (1, 2)]
    assert sum(each.result() for each in rooms) == ROOMS * KILLS == 30


async def _broadcasts(room: Dozen) -> None:
    """The facilitator writes to everybody again and again: messages that aren't drawn anew but sent once."""
    number = 0
    while len(room.done) < 3:
        number += 1
        room.lead.phone.send(f"/broadcast {NEWS} {number}")
        await room.lead.press("label.everyone")
        await room.lead.press("label.send")
        for guest in room.guests:
            await guest.see(f"{NEWS} {number}")
        await asyncio.sleep(BREATH)
    for guest in room.guests:
        heard = [message.text for message in guest.phone.messages]
        assert all(any(text.endswith(f"{NEWS} {each}") for text in heard) for each in range(1, number + 1))


async def _room(folder: Path, seed: int) -> int:
    async with rig(folder) as on:
        await on.start()
        room = Dozen(on.world)
        await room.gather()
        killer = Killer(on, room, seed)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(room.walk())
            tasks.create_task(killer.run())
            tasks.create_task(_broadcasts(room))
        assert await on.bot.stop() == 0
    on.check()
    assert set(killer.named) == set(NAMES)
    assert not list(room.wrong(on.bot.data))
    on.check_duplicates(rf"{NEWS} \d+$")
    return len(on.kills)
