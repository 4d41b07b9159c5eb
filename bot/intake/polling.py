"""Long polling: asks Telegram for updates, hands them on, and confirms them by asking for the next."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.backoff import backoff
from bot.botapi import BotApi
from bot.intake.intake import ALLOWED_UPDATES, Stopped
from bot.transport import retry_after_seconds

logger = logging.getLogger(__name__)

POLL_SECONDS = 25
MORE_SECONDS = 10.0  # to wait for an answer beyond the time that the server holds it back
LIMIT = 100

BAD_TOKEN = "Telegram doesn't accept BOT_TOKEN: copy it again from @BotFather."  # noqa: S105 - a sentence
CONFLICT = "Another program fetches this bot's updates: stop that one first, or use another bot."


class Polling:
    """Fetches updates until it is stopped."""

    def __init__(self, api: BotApi, take: Callable[[Sequence[Any]], Awaitable[None]]) -> None:
        self._api = api
        self._take = take
        self._offset = 0
        self._failures = 0
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Fetch and hand on, without end; returns after `stop`. A server that can't be reached is asked again.

        Raises Stopped where asking again is no use.
        """
        await until_done(lambda: self._api("deleteWebhook", {}), self._stopping)
        while not self._stopping.is_set():
            try:
                await self.take_once(POLL_SECONDS)
                self._failures = 0
            except (InvalidToken, Conflict) as error:
                raise stopped(error) from None
            except Exception as error:  # the database's errors too: what couldn't be written is fetched again
                self._failures += 1
                await _pause(error, self._failures, self._stopping)

    async def take_once(self, seconds: int = 0) -> int:
        """Hand on what is waiting, or comes within so many seconds; how many updates that were.

        Raises TelegramError, and what handing them on raises; they are fetched again then.
        """
        payload = {
            "offset": self._offset,
            "limit": LIMIT,
            "timeout": seconds,
            "allowed_updates": ALLOWED_UPDATES,
        }
        fetching = asyncio.ensure_future(self._api("getUpdates", payload, read_timeout=seconds + MORE_SECONDS))
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait([fetching, stopping], return_when=asyncio.FIRST_COMPLETED)
            if not fetching.done():
                return 0
            updates = fetching.result()
        finally:
            fetching.cancel()
            stopping.cancel()
            await asyncio.gather(fetching, stopping, return_exceptions=True)
        if not updates:
            return 0
        await self._take(updates)
        self._offset = max(each["update_id"] for each in updates) + 1
        return len(updates)

    def stop(self) -> None:
        """Fetch no more. What has been fetched is still handed on."""
        self._stopping.set()


def stopped(error: TelegramError) -> Stopped:
    """The plain line for a refusal that asking again won't change."""
    if isinstance(error, InvalidToken):
        return Stopped(2, BAD_TOKEN)
    return Stopped(3, CONFLICT)


async def until_done(call: Callable[[], Awaitable[Any]], stopping: asyncio.Event) -> Any:
    """Make a call until it is answered, or `stopping` is set. Raises Stopped where asking again is no use."""
    failures = 0
    while not stopping.is_set():
        try:
            return await call()
        except (InvalidToken, Conflict) as error:
            raise stopped(error) from None
        except TelegramError as error:
            failures += 1
            await _pause(error, failures, stopping)
    return None


async def _pause(error: Exception, failures: int, stopping: asyncio.Event) -> None:
    wait = backoff(failures, random.random())  # noqa: S311 - spreads retries, keeps no secret
    if isinstance(error, RetryAfter):
        wait = max(wait, retry_after_seconds(error))
    # The class alone: the text may hold an address.
    logger.warning("No updates can be taken (%s); trying again in %.1f s", type(error).__name__, wait)
    waiting = asyncio.ensure_future(stopping.wait())
    await asyncio.wait([waiting], timeout=wait)
    waiting.cancel()
