"""SIGKILL whenever something is due: everybody is told what they would have been told otherwise, and nothing twice."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.crashpoints import NAMES
from bot.rehearsal import stored
from bot.rehearsal.process import BotProcess
from tests.e2e.rig import FAST, until
from tests.stage import TOKEN, Stage, stage
from tests.transcripts.setups import only, reminding_several

BEGINS = datetime(2027, 8, 16, 7, tzinfo=UTC)  # weeks after the workshop
ENDS = datetime(2027, 10, 2, 12, tzinfo=UTC)
RULES = ("due", "overdue", "decide", "milestone", "check_in", "review", "digest", "tell", "untold", "measure")
PEOPLE = ("Esi", "Marco", "Kofi", "Li Na", "Ama", "Jon")
LEAST = 10  # moments at which something is due, and the bot is killed


async def months_after(on: Stage) -> None:
    """Two plans that are followed up by every rule, and nobody who answers."""
    on.restarting = False
    await reminding_several(on)
    await only(on, *RULES)
    await on.wind(BEGINS)


def told(on: Stage, since: dict[str, int]) -> dict[str, Counter[str]]:
    """How often each of them was sent each message."""
    return {
        name: Counter(each.text for each in on.phone(name).transcript[since[name] :] if each.kind == "received")
        for name in PEOPLE
    }


def seen(on: Stage) -> dict[str, int]:
    return {name: len(on.phone(name).transcript) for name in PEOPLE}


class Life:
    """The bot as a process, on what a stage has left, with a clock that can be wound."""

    def __init__(self, folder: Path, on: Stage) -> None:
        self.on = on
        self.clock = folder / "clock"
        settings = {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": on.url,
            "ORGANISER_IDS": "1001",
            "REHEARSAL_CLOCK": str(self.clock),
        }
        self.bot = BotProcess(folder, FAST | settings)
        self.crashes: list[str] = []

    def wind(self, to: datetime) -> None:
        self.on.time = max(self.on.time, to)
        self.clock.write_text(f"{self.on.time.timestamp() - time.time():.0f}", encoding="ascii")

    def _is_said(self) -> bool:
        return not self.bot.running or not stored.waits(self.bot.data, self.on.time)

    async def due(self, at: datetime, crash: str) -> None:
        """Something is due: it is said, unless the bot crashes before that; and it is killed right after."""
        self.wind(at + timedelta(seconds=2))
        kept = self.bot.settings
        self.bot.settings = kept | ({"CRASH_AT": crash} if crash else {})
        await self.bot.start()
        self.bot.settings = kept
        await until(self._is_said, f"what was due at {at}", 30)
        if not self.bot.running:
            self.crashes.append(crash)
        await self.bot.kill()


def _unknown(data: Path) -> int:
    with closing(sqlite3.connect(data / stored.FILE)) as database:
        found = database.execute("SELECT value FROM settings WHERE name = 'unknown_outcomes'").fetchone()
    return int(found[0]) if found else 0


async def test_killed_at_whatever_is_due_it_says_all_of_it_once(tmp_path: Path) -> None:
    async with stage(tmp_path / "plain") as on:
        await months_after(on)
        since = seen(on)
        await on.wind(ENDS)
        wanted = told(on, since)
    async with stage(tmp_path / "data") as on:
        await months_after(on)
        since = seen(on)
        await on.close()
        life, moments = Life(tmp_path, on), 0
        async with asyncio.timeout(240):
            while (at := stored.next_due_at(life.bot.data)) is not None and at < ENDS:
                moments += 1
                crash = f"{NAMES[moments // 2 % len(NAMES)]}:1" if moments % 2 else ""
                await life.due(max(at, on.time), crash)
            await life.due(ENDS, "")  # what the last crash left
        found = told(on, since)
    assert moments >= LEAST
    assert len(life.crashes) >= LEAST // 3, life.bot.log.read_text("utf-8")[-2000:]
    assert {name: set(each) for name, each in found.items()} == {name: set(each) for name, each in wanted.items()}
    twice = sum((found[name] - wanted[name]).total() for name in PEOPLE)
    assert twice <= _unknown(life.bot.data)
    assert "Traceback" not in life.bot.log.read_text("utf-8")
