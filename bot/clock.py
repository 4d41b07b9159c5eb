"""The clockwork: what happens every night and every half minute. What is due is never kept here, only when to look."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from storage import outbox, updates
from storage.database import Database

logger = logging.getLogger(__name__)

TICK_SECONDS = 30
LOOK_SECONDS = 0.1  # what is due leaves so much late at most; looking costs a comparison
CATCH_UP_SECONDS = 2  # after a start: what is due and who wrote meanwhile come first
NIGHT_HOUR = 2  # UTC
BACKUPS_KEPT = 7
UPDATES_KEPT = timedelta(days=3)  # Telegram repeats none after 24 hours
SENT_KEPT = timedelta(days=30)


class Clock:
    """Calls `tick` every 30 seconds, `look` ten times a second to see whether something is due, and backs up and
    tidies the database every night. `now` is the wall clock, `tidy` more work for the night, and `catch_up` does what
    a night would have done, where one was missed."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        tick: Callable[[], Awaitable[None]],
        tidy: Callable[[], Awaitable[None]] | None = None,
        look: Callable[[], Awaitable[None]] | None = None,
        catch_up: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._database = database
        self._now = now
        self._tick = tick
        self._tidy = tidy
        self._look = look
        self._catch_up = catch_up
        self._stopped = False
        # However late a run is, it is made; of several that were missed, one.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def start(self) -> None:
        """Wind it up, inside the event loop."""
        self._scheduler.add_job(self._ticked, "interval", seconds=TICK_SECONDS)
        self._scheduler.add_job(self._looked, "interval", seconds=LOOK_SECONDS)
        self._scheduler.add_job(self.night, "cron", hour=NIGHT_HOUR)
        soon = datetime.now(UTC) + timedelta(seconds=CATCH_UP_SECONDS)
        self._scheduler.add_job(self._caught_up, "interval", seconds=TICK_SECONDS, next_run_time=soon)
        self._scheduler.start()

    def stop(self) -> None:
        """Start nothing more."""
        if self.alive:
            self._stopped = True
            self._scheduler.shutdown(wait=False)  # takes effect in the event loop's next round

    @property
    def alive(self) -> bool:
        """It goes."""
        return bool(self._scheduler.running) and not self._stopped

    async def night(self) -> None:
        """Back up, forget what is kept long enough. Each is done though the other fails."""
        for work in (self._backup, self._retention, self._tidy):
            try:
                if work is not None:
                    await work()
            except Exception as error:
                logger.error("The night's work failed: %s", type(error).__name__)

    async def _backup(self) -> None:
        folder = self._database.folder / "backups"
        await self._database.backup(folder / f"plenary-{self._now().astimezone(UTC):%Y%m%d-%H%M%S}.db")
        _keep_newest(folder)

    async def _retention(self) -> None:
        now = self._now()
        await self._database.write([*updates.prune(now - UPDATES_KEPT), *outbox.prune(now - SENT_KEPT)])

    async def _looked(self) -> None:
        try:
            if self._look is not None:
                await self._look()
        except Exception as error:
            logger.error("What is due can't be said: %s", type(error).__name__)

    async def _caught_up(self) -> None:
        try:
            if self._catch_up is not None:
                await self._catch_up()
        except Exception as error:
            logger.error("A missed night's work failed: %s", type(error).__name__)

    async def _ticked(self) -> None:
        try:
            await self._tick()
        except Exception as error:
            logger.error("A tick failed: %s", type(error).__name__)


def _keep_newest(folder: Path) -> None:
    for old in sorted(folder.glob("plenary-*.db"))[:-BACKUPS_KEPT]:
        old.unlink()
