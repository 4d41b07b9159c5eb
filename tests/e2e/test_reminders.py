"""What waits for its time, with the bot as a process of its own whose clock is wound: killed at every named point while
it says things, away for weeks, and with its clock set back and forth. Nothing is lost, and nothing said twice."""

from __future__ import annotations

import asyncio
import random
import time as stopwatch
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.crashpoints import NAMES
from bot.rehearsal.phone import Phone
from tests.e2e.followed import ON_THE_DAY, PEOPLE, furnish, moments, phones, rows, said, title
from tests.e2e.rig import Rig, rig, until

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
AWAY = "I was away"
RUNS = " is running."
PACE = 25
SETTLES = 0.7  # seconds in which what is due by then is said


def wind(on: Rig, to: datetime) -> None:
    """Set the clock of a bot that runs, or will."""
    beside = (on.bot.folder / "clock").with_suffix(".new")
    beside.write_text(f"{to.timestamp() - stopwatch.time():.3f}", encoding="ascii")
    beside.replace(on.bot.folder / "clock")


async def started(on: Rig) -> None:
    """Start the bot, and wait until it works."""
    before = on.log.count(RUNS)
    await on.start()
    await until(lambda: on.log.count(RUNS) > before, "the bot to run")


def unsaid(on: Rig, now: datetime) -> list[str]:
    """What is due and wasn't said, or wasn't delivered; the bot doesn't run."""
    found = rows(on.bot.data, "SELECT key FROM fires WHERE status = 'pending' AND due_at <= ?", now.isoformat())
    found += rows(on.bot.data, "SELECT status FROM outbox WHERE status NOT IN ('sent', 'expired')")
    return [each[0] for each in found]


def became(on: Rig) -> Counter[tuple[str, str]]:
    return Counter(rows(on.bot.data, "SELECT status, reason FROM fires WHERE status != 'pending' AND user_id > 0"))


async def test_a_power_cut_at_any_point_loses_no_reminder_and_says_none_twice(tmp_path: Path) -> None:
    """At each of seven times everybody is due a reminder, and the bot dies while it says them."""
    dice = random.Random(5)
    async with rig(tmp_path) as on:
        await furnish(on.bot.data, "due", "overdue")
        theirs, times = phones(on.world), moments(on.bot.data)
        for number, (moment, name) in enumerate(zip(times, [*NAMES, *NAMES], strict=False), 1):
            wind(on, moment + timedelta(seconds=1))
            passes = dice.randint(2, PEOPLE) if name.endswith("send") else 1
            await on.start(CRASH_AT=f"{name}:{passes}")
            await until(lambda: not on.bot.running, f"a crash at {name}:{passes}")
            await on.kill()
            await started(on)
            await until(
                lambda: all(len(said(phone)) >= number for phone in theirs.values()),  # noqa: B023
                f"everybody's reminder of {moment:%d %B}",
            )
            assert await on.bot.stop() == 0
            assert unsaid(on, moment + HOUR) == []
        assert became(on) == {("done", ""): 7 * PEOPLE}
        assert len(on.kills) == len(times) == 7
        twice = on.check_duplicates()
        assert sum(len(said(phone)) for phone in theirs.values()) == 7 * PEOPLE + twice
        for number, phone in theirs.items():
            assert all(title(number) in text and AWAY not in text for text in said(phone))
        on.check()


async def test_after_weeks_away_everybody_gets_one_message_and_all_leave_at_the_pace_that_telegram_allows(
    tmp_path: Path,
) -> None:
    back = datetime(2027, 7, 23, 10, tzinfo=UTC)  # a Friday, six weeks on
    pace = {"PACE_PER_SECOND": str(PACE), "PACE_CHAT_PER_SECOND": "1", "PACE_CHAT_BURST": "1"}
    async with rig(tmp_path, **pace) as on:
        await furnish(on.bot.data)
        theirs = phones(on.world)
        wind(on, back)
        await started(on)
        await until(lambda: all(said(phone) for phone in theirs.values()), "everybody's message", 15.0)
        await asyncio.sleep(1.0)  # for one more to anybody
        assert await on.bot.stop() == 0
        assert unsaid(on, back + MINUTE) == []
        found = {number: said(phone) for number, phone in theirs.items()}
        assert {len(texts) for texts in found.values()} == {1}
        for number, (text,) in found.items():
            assert AWAY in text
            assert title(number) in text
        reasons = became(on)
        assert reasons["missed", "superseded"] >= 4 * PEOPLE  # the older of each thing's reminders
        assert not {reason for _, reason in reasons} & {"failed", "unknown"}
        assert not [each.error for each in on.world.requests if each.error.startswith("429")]
        sent = sorted(each.tick for each in on.world.requests if each.method == "sendmessage")
        assert all(after - before >= 0.9 for before, after in zip(sent, sent[PACE:], strict=False))
        await on.start()  # once more, and nothing is left to be said
        await asyncio.sleep(1.5)
        assert await on.bot.stop() == 0
        assert {number: said(phone) for number, phone in theirs.items()} == found
        on.check()


def heard(theirs: dict[int, Phone], known: dict[int, int]) -> set[int]:
    """How many messages each got since."""
    return {len(said(phone)) - known[number] for number, phone in theirs.items()}


async def evening_before(on: Rig) -> tuple[dict[int, Phone], dict[int, int]]:
    """The bot runs, and has said what was due in the weeks before; everybody's phone, with how much is on it."""
    theirs = phones(on.world, 3)
    wind(on, ON_THE_DAY - 16 * HOUR)
    await started(on)
    await until(lambda: heard(theirs, dict.fromkeys(theirs, 0)) == {1}, "what came before")
    return theirs, dict.fromkeys(theirs, 1)


async def test_the_clock_set_forth_and_back_by_an_hour_says_nothing_twice(tmp_path: Path) -> None:
    """An audience is to be told at ten past eight, and a day is due at nine: as the clock is an hour fast by then, that
    is one message."""
    hours = {"due": time(9), "tell": time(8, 10)}
    async with rig(tmp_path) as on:
        await furnish(on.bot.data, *hours, at=hours, people=3)
        theirs, known = await evening_before(on)
        wind(on, ON_THE_DAY - 59 * MINUTE)
        await asyncio.sleep(SETTLES)
        assert heard(theirs, known) == {0}
        for minutes, expected in ((1, 1), (-58, 1), (-49, 1), (2, 1), (-40, 1), (59, 1), (-1, 1), (90, 1)):
            wind(on, ON_THE_DAY + minutes * MINUTE)
            await until(lambda: heard(theirs, known) == {expected}, f"{expected} messages at {minutes}")  # noqa: B023
            await asyncio.sleep(SETTLES)
            assert heard(theirs, known) == {expected}, minutes
        assert await on.bot.stop() == 0
        assert unsaid(on, ON_THE_DAY + HOUR) == []
        assert all("2 things for you" in said(phone)[-1] for phone in theirs.values())
        assert on.check_duplicates() == 0
        on.check()


async def test_after_the_clock_was_set_back_what_is_still_due_comes_at_its_time(tmp_path: Path) -> None:
    """It was an hour fast when an audience was to be told, at twenty past eight; the day is due at half past nine."""
    hours = {"due": time(9, 30), "tell": time(8, 20)}
    async with rig(tmp_path) as on:
        await furnish(on.bot.data, *hours, at=hours, people=3)
        theirs, known = await evening_before(on)
        for minutes, expected in ((-39, 1), (-99, 1), (-39, 1), (29, 1), (31, 2), (-29, 2), (32, 2), (100, 2)):
            wind(on, ON_THE_DAY + minutes * MINUTE)
            await until(lambda: heard(theirs, known) == {expected}, f"{expected} messages at {minutes}")  # noqa: B023
            await asyncio.sleep(SETTLES)
            assert heard(theirs, known) == {expected}, minutes
            if minutes == -99:  # and is started anew meanwhile
                assert await on.bot.stop() == 0
                await started(on)
        assert await on.bot.stop() == 0
        assert unsaid(on, ON_THE_DAY + HOUR) == []
        assert all(AWAY not in text for number, phone in theirs.items() for text in said(phone)[known[number] :])
        on.check()
