"""Toasts and reactions: no pace holds them back, only how many may be under way at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.core.message import Kind
from bot.courier import Courier
from bot.lanes import Job

QUICK = frozenset({Kind.TOAST, Kind.REACT})


class Quick:
    """A queue of its own, so that answering a tap never waits behind messages. `over` is called after each job."""

    def __init__(self, courier: Courier, over: Callable[[], None]) -> None:
        self._courier = courier
        self._over = over
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()
        self._timers: set[asyncio.TimerHandle] = set()
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
            wait = at - loop.time()
            timer = loop.call_later(max(wait, 0.25), self._jobs.put_nowait, job)
            self._timers = {each for each in self._timers if not each.cancelled() and each.when() > loop.time()}
            self._timers.add(timer)

    def close(self) -> None:
        """Forget what waits to be tried again; it is in the outbox still."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
