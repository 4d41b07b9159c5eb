"""Delivers updates to a webhook: in order for each lane, several lanes at once, again until the bot answers 200."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import aiohttp

from bot.rehearsal.updates import Queued, Webhook

if TYPE_CHECKING:
    from bot.rehearsal.world import World

_LONGEST_WAIT = 60.0  # seconds between attempts
_ANSWER_SECONDS = 30.0


class Pusher:
    """Runs beside the server. `retry_seconds` is the wait after the first failure; it doubles from there."""

    def __init__(self, world: World, retry_seconds: float = 1.0) -> None:
        self._world = world
        self._retry_seconds = retry_seconds
        self._ready = asyncio.Event()
        self._busy: dict[tuple[str, int], asyncio.Task[None]] = {}
        world.updates.on_change = self._ready.set

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_ANSWER_SECONDS)) as session:
            try:
                while True:
                    await self._ready.wait()
                    self._ready.clear()
                    if hook := self._world.updates.webhook:
                        self._start(session, hook)
            finally:
                for task in self._busy.values():
                    task.cancel()
                await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def _start(self, session: aiohttp.ClientSession, hook: Webhook) -> None:
        for queued in self._world.updates.pending():
            if len(self._busy) >= hook.max_connections:
                return
            if queued.lane not in self._busy:
                self._busy[queued.lane] = asyncio.create_task(self._deliver(session, hook, queued))

    async def _deliver(self, session: aiohttp.ClientSession, hook: Webhook, queued: Queued) -> None:
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
        body = json.dumps(queued.to_dict()).encode()
        wait = self._retry_seconds
        try:
            while self._world.updates.webhook is hook:
                problem = await self._attempt(session, hook.url, body, headers)
                if not problem:
                    self._world.updates.confirm(queued.update_id)
                    return
                hook.last_error, hook.last_error_date = problem, int(self._world.clock())
                await asyncio.sleep(wait)
                wait = min(wait * 2, _LONGEST_WAIT)
                if queued.expires <= self._world.clock():
                    return
        finally:
            self._busy.pop(queued.lane, None)
            self._ready.set()

    async def _attempt(self, session: aiohttp.ClientSession, url: str, body: bytes, headers: dict[str, str]) -> str:
        try:
            async with session.post(url, data=body, headers=headers) as answer:
                if 200 <= answer.status < 300:
                    return ""
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except (aiohttp.ClientError, OSError):
            return "Connection refused"
