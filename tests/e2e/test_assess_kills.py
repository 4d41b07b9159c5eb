"""People rate alone while the bot is killed again and again; each number, and how sure one is, is there in the end."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

from bot.core.assessment import SURE
from bot.crashpoints import NAMES
from bot.rehearsal.stored import FILE
from content.loader import load_all
from tests.e2e.house import Guest, House
from tests.e2e.rig import Rig, rig, until

PEOPLE = ("Esi", "Marco", "Kofi", "Li Na", "Ama", "Jon")
STATEMENTS = [f"0.{each.id}" for each in load_all()["innovation_digital_government"].statements]
KILLS = 8
EACH = 2 * len(STATEMENTS)  # answers of one person: a number, and how sure they are of it
MOST_SECONDS = 200.0


def number(person: int, at: int) -> int:
    """What somebody gives the statement at a place."""
    return 1 + (person + 3 * at) % 4


async def test_what_is_rated_alone_outlives_eight_kills(tmp_path: Path) -> None:
    async with asyncio.timeout(MOST_SECONDS), rig(tmp_path) as on:
        await on.start()
        house = House(on.world, PEOPLE)
        await house.open()
        await house.join()
        async with asyncio.TaskGroup() as tasks:
            for person, each in enumerate(house.guests, 1):
                tasks.create_task(_rates(each, person))
            tasks.create_task(_kills(on, house))
        assert await on.bot.stop() == 0
        on.check()
        on.check_duplicates()
        _check(on.bot.data / FILE)
    assert len(on.kills) == KILLS


async def _rates(guest: Guest, person: int) -> None:
    guest.phone.send("/assess")
    await guest.press("label.items.rate")
    for at in range(len(STATEMENTS)):
        await guest.say(str(number(person, at)))
        await guest.say("2")  # the second of the buttons: fairly sure


async def _kills(on: Rig, house: House) -> None:
    dice = random.Random(7)
    for at in range(KILLS):
        due = (at + 1) * EACH * len(PEOPLE) // (KILLS + 1)
        await until(partial(_enough, on, house, due), "answers", MOST_SECONDS)
        await on.kill()
        name = NAMES[at % len(NAMES)]
        point = {"CRASH_AT": f"{name}:{dice.randint(3, 25)}"} if at % 2 and at + 1 < KILLS else {}
        await on.start(**point)


def _enough(on: Rig, house: House, due: int) -> bool:
    """There are answers that it should live to see, or it has died by itself."""
    return house.tally.answers >= due or not on.bot.running


def _check(path: Path) -> None:
    """Each person's own run has one entry, with what they gave and nothing else."""
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute(
            "SELECT runs.member, entries.author, entries.value FROM entries JOIN runs ON runs.id = run_id"
            " WHERE exercise = '1.6' AND removed_at IS NULL ORDER BY runs.member"
        ).fetchall()
    assert [row[0] for row in rows] == [row[1] for row in rows] == list(range(2, 2 + len(PEOPLE)))
    for person, (_, _, value) in enumerate(rows, 1):
        expected = {item: number(person, at) for at, item in enumerate(STATEMENTS)}
        assert json.loads(value) == expected | {item + SURE: 2 for item in STATEMENTS}
