"""The last steps of a request: waiting for its turn in the overall pace, leaving, and what came of it."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Mapping
from itertools import count
from typing import Any, TypeAlias

from bot.crashpoints import reach
from bot.delivery.lanes import Job, Lanes
from bot.delivery.outcomes import Meaning, Verdict, verdict
from bot.delivery.pacing import Pacer, Refusals
from bot.views import Request

Call: TypeAlias = Callable[[str, dict[str, Any], Mapping[str, tuple[str, bytes]]], Awaitable[Any]]
"""`await call(method, payload, files)` gives the answer's `result` or raises a telegram.error type."""


def counts(method: str) -> bool:
    """Say whether a method counts to the pace: what sends or edits does."""
    return method.startswith(("send", "edit"))


class Outlet:
    """Sends requests one by one at the overall pace, those of higher priority first."""

    def __init__(self, call: Call, pacer: Pacer, lanes: Lanes, departed: Callable[[Job], None]) -> None:
        self._call = call
        self.pacer = pacer
        self.lanes = lanes
        self._departed = departed
        self._refusals = Refusals()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._timer: asyncio.TimerHandle | None = None

    async def send(self, request: Request, job: Job) -> Any | Verdict:
        """Make a request when its turn comes; return the answer's result, or what the failure means."""
        loop = asyncio.get_running_loop()
        paced = counts(request.method)
        if paced:
            await self._turn(job.priority)
        self._departed(job)
        job.attempts += 1
        reach("before-send")
        try:
            result = await self._call(request.method, request.payload, request.files)
        except Exception as error:
            found = verdict(error)
            if found.meaning is Meaning.SLOW:
                self._hold(job.chat_id, loop.time(), found.seconds)
            return found
        finally:
            # A chat's messages leave one after another. Counted when it was answered, a message is never counted
            # earlier than by the server, however long it was on its way.
            if paced:
                now = loop.time()
                self.lanes.lane(job.chat_id, now).pace.take(now)
        reach("after-send")
        self._refusals.accepted()
        return result

    def _hold(self, chat_id: int, now: float, seconds: float) -> None:
        if self._refusals.refused(chat_id):
            self.pacer.hold(now + seconds)
        self.lanes.hold(chat_id, now, now + seconds)

    async def _turn(self, priority: int) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not self._waiting and self.pacer.at() <= now:
            self.pacer.take(now)
            return
        turn: asyncio.Future[None] = loop.create_future()
        heapq.heappush(self._waiting, (priority, next(self._numbers), turn))
        if self._timer is None:
            self._timer = loop.call_at(self.pacer.at(), self._release)
        await turn

    def _release(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        while self._waiting and self.pacer.at() <= now:
            turn = heapq.heappop(self._waiting)[2]
            if not turn.done():  # else its sender was cancelled
                self.pacer.take(now)
                turn.set_result(None)
        self._timer = loop.call_at(self.pacer.at(), self._release) if self._waiting else None

    def close(self) -> None:
        """Forget those who wait."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
