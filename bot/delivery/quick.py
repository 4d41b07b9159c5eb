"""Toasts, reactions, menus: no pace holds them back, only how many may be under way at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.core.message import Kind
from bot.delivery.courier import Courier
from bot.delivery.lanes import Job

QUICK = frozenset({Kind.TOAST, Kind.REACT, Kind.MENU})
LEAST_WAIT = 0.25  # seconds


class Quick:
    """A queue of its own, so that answering a tap never waits behind messages. `over` is called after each job."""

    def __init__(self, courier: Courier, over: Callable[[], None]) -> None:
        self._courier = courier
        self._over = over
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()
        self._timers: dict[Job, asyncio.TimerHandle] = {}
        self.open = 0

    def push(self, job: Job) -> None:
        """Take a job; it is under way as soon as a worker is free."""
        job.departed = True  # it takes nobody's turn
        self.open += 1
        self._jobs.put_nowait(job)

    async def work(self) -> None:
        """Deliver one after another, without end."""
        loop = asyncio.get_running_loop()
        while True:
            job = await self._jobs.get()
            at = await self._courier.deliver(job)
            if at is None:
                self.open -= 1
                self._over()
                continue
            # Nobody waits for it in line: it is tried again by itself, until it expires.
            self._timers[job] = loop.call_later(max(at - loop.time(), LEAST_WAIT), self._again, job)

    def _again(self, job: Job) -> None:
        del self._timers[job]
        self._jobs.put_nowait(job)

    def close(self) -> None:
        """Forget what waits to be tried again; it is in the outbox still."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
