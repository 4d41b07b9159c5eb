"""Fifteen people of one group write their plan at the same time, with a kill -9 in the middle: nothing is lost, nothing
is overwritten unseen, and in the end everybody's phone shows the same plan."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from itertools import groupby
from pathlib import Path

import orjson

from bot.rehearsal.stored import FILE
from tests.e2e.house import Guest, House, words
from tests.e2e.rig import rig, until

FIRST = ("Ama", "Ben", "Chi", "Dao", "Eve", "Fay", "Gus", "Hal", "Ivo")
NAMES = [f"{name}{letter}" for name in FIRST for letter in "abcde"][:43]  # so that fifteen are in the first group
MOST_SECONDS = 120.0
TITLES = {name: f"Publish list number {number}" for number, name in enumerate(NAMES)}
DAY = "30 September 2027"


def stored(data: Path) -> dict[str, dict]:
    """The actions as they stand, by title."""
    with closing(sqlite3.connect(data / FILE)) as database:
        rows = database.execute(
            "SELECT body FROM action_versions AS newest WHERE version ="
            " (SELECT MAX(version) FROM action_versions WHERE plan_id = newest.plan_id AND number = newest.number)"
        ).fetchall()
    actions = [orjson.loads(body) for (body,) in rows]
    assert len({each["title"] for each in actions}) == len(actions)
    return {each["title"]: each for each in actions}


def days(data: Path) -> int:
    """How many days in October the first action has had."""
    with closing(sqlite3.connect(data / FILE)) as database:
        rows = database.execute("SELECT body FROM action_versions WHERE number = 1 ORDER BY version").fetchall()
    found = [orjson.loads(body)["due_on"] or "" for (body,) in rows]
    return len(list(groupby(day for day in found if day.startswith("2027-10"))))


async def _asked(each: Guest, key: str) -> None:
    """Wait until a question stands at the bottom of the phone."""
    await each.until(lambda: words(key) in each.phone.last.text, f"the question {key}")


async def _row(each: Guest) -> None:
    """One whole action, by typing alone."""
    each.phone.send("/plan")
    await each.press("label.plan.add")
    await _asked(each, "plan.ask.title")
    await each.say(TITLES[each.name])
    await _asked(each, "plan.ask.responsible")
    await each.say(each.name)
    await _asked(each, "plan.ask.responsible")  # again, with a name chosen
    await each.say("Next")
    await _asked(each, "plan.ask.owner")
    await each.say(each.name)
    await _asked(each, "plan.ask.supporters")
    await each.say("Nobody")
    await _asked(each, "plan.ask.due_on")
    await each.say(DAY)
    await each.press("label.right")
    await _asked(each, "plan.ask.milestones")
    for answer, key in (
        ("Nothing", "plan.ask.resources_available"),
        ("The web team", "plan.ask.resources_available.kind"),
        ("Human", "plan.again"),
        ("Next", "plan.ask.resources_needed"),
        ("Nothing", "plan.ask.barriers"),
        ("Legal office: fears claims", "plan.ask.barriers.answer"),
        ("Show them the rules", "plan.again"),
        ("Next", "plan.ask.communications"),
        ("Nothing", "plan.ask.kpis"),
    ):
        await each.say(answer)
        await _asked(each, key)
    await each.say("Nothing")


async def test_a_group_of_fifteen_writes_its_plan_at_the_same_time(tmp_path: Path) -> None:
    async with asyncio.timeout(MOST_SECONDS), rig(tmp_path) as on:
        await on.start()
        house = House(on.world, NAMES)
        await house.open()
        await house.join()
        await house.form()
        group = house.group(1)
        assert len(group) == 15
        async with asyncio.TaskGroup() as tasks:
            for each in group:
                tasks.create_task(_row(each))
            await until(lambda: len(stored(on.bot.data)) >= 10, "ten of them to have begun", MOST_SECONDS)
            await on.kill()
            await on.start()
        insisted = await _change_one(group)
        assert await on.bot.stop() == 0
        on.check()
        on.check_duplicates()
    actions = stored(on.bot.data)
    assert set(actions) == {TITLES[each.name] for each in group}
    for each in group:
        action = actions[TITLES[each.name]]
        assert (action["responsible"], action["supporters"]) == ([action["owner"]], [])
        assert [item["what"] for item in action["resources_available"]] == ["The web team"]
        assert [(item["who"], item["how"], item["answer"]) for item in action["barriers"]] == [
            ("Legal office", "fears claims", "Show them the rules")
        ]
    # The first one's day, and the day of each who insisted after having seen the one before: nothing else went.
    assert days(on.bot.data) == insisted + 1


async def _change_one(group: list[Guest]) -> int:
    """All are asked for the same action's day at the same time, and each says another one. Who is second is shown both;
    every other one of them insists. How many did."""

    async def asked(each: Guest) -> None:
        each.phone.send("/plan")
        await each.until(lambda: "1. Publish" in each.phone.last.text, "the plan")
        await each.say("1")
        await each.press("label.plan.change")
        await each.press("plan.field.due_on")
        await _asked(each, "plan.ask.due_on")

    async def answers(at: int, each: Guest) -> bool:
        await each.say(f"{at + 1} October 2027")
        await each.press("label.right")
        await each.until(lambda: _card(each) or _conflict(each), "the card, or both days")
        if not _conflict(each):
            return False
        await each.press("label.use_mine" if at % 2 else "label.keep_theirs")
        await each.until(lambda: _card(each), "the card")
        return bool(at % 2)

    await asyncio.gather(*(asked(each) for each in group))
    return sum(await asyncio.gather(*(answers(at, each) for at, each in enumerate(group))))


def _card(each: Guest) -> bool:
    return "Owner" in each.phone.last.text and "Change" in str(each.phone.last.buttons)


def _conflict(each: Guest) -> bool:
    return words("plan.conflict") in each.phone.last.text
