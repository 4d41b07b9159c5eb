"""Files that people send are fetched from Telegram outside of any transaction, and come back as an input.

What is to be fetched stands in the database, so that a file which a crash cut off is fetched after the next start.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterable

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.backoff import backoff
from bot.committed import Fetch

logger = logging.getLogger(__name__)

AT_ONCE = 2
TRIES = 4
LONGEST = 120.0  # seconds for a file that keeps coming, and never comes to an end


class Fetching:
    """Fetches files and hands them on. `download` gets one (None: too large), `arrived` takes it, or None where it
    can't be had."""

    def __init__(
        self,
        download: Callable[[str], Awaitable[bytes | None]],
        arrived: Callable[[Fetch, bytes | None], Awaitable[None]],
    ) -> None:
        self._download = download
        self._arrived = arrived
        self._tasks: set[asyncio.Task[None]] = set()
        self._free = asyncio.Semaphore(AT_ONCE)

    def take(self, fetches: Iterable[Fetch]) -> None:
        """Begin to fetch."""
        for fetch in fetches:
            task = asyncio.create_task(self._fetch(fetch))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def quiet(self) -> None:
        """Return when nothing is being fetched."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def stop(self) -> None:
        """End. What isn't there by now is fetched after the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _fetch(self, fetch: Fetch) -> None:
        async with self._free:
            data = await self._got(fetch)
            try:
                await self._arrived(fetch, data)
            except Exception as error:
                # The class alone: the text of an error may repeat what people wrote.
                logger.error("A file that came in can't be handled: %s", type(error).__name__)

    async def _got(self, fetch: Fetch) -> bytes | None:
        for attempt in range(1, TRIES + 1):
            try:
                async with asyncio.timeout(LONGEST):
                    return await self._download(fetch.file_id)
            except (BadRequest, InvalidToken):  # the file is gone, or too large for bots: asking again is no use
                return None
            except (TelegramError, TimeoutError) as error:
                logger.warning("A file can't be fetched (%s)", type(error).__name__)
                if attempt < TRIES:
                    await asyncio.sleep(backoff(attempt, random.random()))  # noqa: S311 - spreads retries
            except Exception as error:  # an answer that makes no sense: whoever waits is told that it didn't work
                logger.error("A file can't be fetched (%s)", type(error).__name__)
                return None
        return None
