"""The bot as a process of its own beside the local server, for the length of a test."""

from __future__ import annotations

import asyncio
import contextlib
import re
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.rehearsal.process import BotProcess
from bot.rehearsal.server import serve
from bot.rehearsal.stored import FILE
from bot.rehearsal.world import World
from tests.oracles import check_all

TOKEN = "1000001:AAE-opens-nothing-but-a-local-server"
ORGANISER = 7100
START = datetime(2027, 6, 14, 8, 0, tzinfo=UTC)  # a Monday
FAST = {
    "PACE_PER_SECOND": "2000",
    "PACE_CHAT_PER_SECOND": "500",
    "PACE_CHAT_BURST": "500",
    "BOARD_INTERVAL_SECONDS": "0.05",
}
FIRST_CALL = "getMe"  # what every start of the bot begins with
STARTED = 40.0  # seconds that a start may take, on a machine with much else to do


@dataclass(slots=True)
class Rig:
    """A world, and the bot in it. `kills` are the monotonic times at which it was killed."""

    world: World
    bot: BotProcess
    kills: list[float] = field(default_factory=list)
    _served: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)
    _port: int = 0

    async def serve(self) -> str:
        """Let the server be reachable: its address, the same every time."""
        url = await self._served.enter_async_context(serve(self.world, self._port, webhook_retry_seconds=0.2))
        self._port = int(url.rpartition(":")[2])
        return url

    async def unreachable(self) -> None:
        """Let nobody reach the server any more, until `serve`."""
        await self._served.aclose()

    @property
    def log(self) -> str:
        return self.bot.log.read_text(encoding="utf-8") if self.bot.log.exists() else ""

    async def start(self, **settings: str) -> None:
        """Start the bot, with settings of this start alone, and wait until it talks to the server."""
        before = self.calls(FIRST_CALL)
        kept, self.bot.settings = self.bot.settings, self.bot.settings | settings
        try:
            await self.bot.start()
        finally:
            self.bot.settings = kept
        await until(lambda: self.calls(FIRST_CALL) > before or not self.bot.running, "the bot to start", STARTED)

    async def kill(self) -> None:
        """A power cut."""
        await self.bot.kill()
        self.kills.append(self.world.monotonic())

    def calls(self, method: str, outcome: str = "ok") -> int:
        """How many calls of a method ended so."""
        return self.world.counts[method, outcome]

    def check(self) -> None:
        """Every request is one that Telegram would take, and the log holds neither a token nor a traceback."""
        assert check_all(self.world.requests)
        assert TOKEN.partition(":")[2] not in self.log
        assert "Traceback" not in self.log, self.log[-3000:]

    def check_duplicates(self, news: str = r"(?!)") -> int:
        """No more messages stand on phones without the bot's knowledge than it counted unknown outcomes, and on no
        phone more than it made attempts for there; how many do. Each was sent again, as the bot couldn't know better.
        Those that `news` (a pattern) fits are copies of broadcasts, and are held against these alone.
        """
        with closing(sqlite3.connect(self.bot.data / FILE)) as database:
            rows = database.execute(
                "SELECT chat_id, batch > 0, sent_message_id, attempts, status FROM outbox"
            ).fetchall()
            counted = database.execute("SELECT value FROM settings WHERE name = 'unknown_outcomes'").fetchall()
        known, again, twice = {row[2] for row in rows}, Counter[tuple[int, bool]](), Counter[tuple[int, bool]]()
        for chat_id, is_news, _, attempts, status in rows:
            again[chat_id, bool(is_news)] += attempts - (status == "sent")
        for phone in self.world.phones.values():
            strays = [each.text for each in phone.messages if each.from_bot and each.message_id not in known]
            twice.update((phone.user.id, bool(re.search(news, text))) for text in strays)
        assert not twice - again, (twice, again)
        assert twice.total() <= (int(counted[0][0]) if counted else 0), twice
        return twice.total()


async def until(holds: Callable[[], object], what: str, seconds: float = 10.0) -> None:
    """Wait until a condition holds. Raises AssertionError when it doesn't in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        await asyncio.sleep(0.002)


def _clock(folder: Path, offset: float) -> Path:
    """A file that puts the bot's clock forward."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = folder / "clock"
    clock.write_text(f"{offset:.0f}", encoding="ascii")
    return clock


@contextlib.asynccontextmanager
async def rig(folder: Path, **settings: str) -> AsyncIterator[Rig]:
    """A server and a bot that isn't started yet; at the end it is stopped (or killed, where it doesn't stop)."""
    offset = START.timestamp() - time.time()
    world = World(TOKEN, clock=lambda: time.time() + offset)
    settings = {**FAST, "REHEARSAL_CLOCK": str(_clock(folder, offset)), "ORGANISER_IDS": str(ORGANISER), **settings}
    made = Rig(world, BotProcess(folder, {"BOT_TOKEN": TOKEN, **settings}))
    made.bot.settings["BOT_API_URL"] = await made.serve()
    try:
        yield made
    finally:
        with contextlib.suppress(TimeoutError):
            await asyncio.shield(made.bot.stop(6.0))
        await made.unreachable()
