"""Boards that wait for their interval to be over: one heap and one timer for all of them."""

from __future__ import annotations

import asyncio
import heapq
import math
from collections.abc import Callable
from itertools import count
from typing import Generic, Protocol, TypeVar


class Waiting(Protocol):
    """Something that is due at an instant of the event loop's clock; infinity: not any more."""

    due_at: float


W = TypeVar("W", bound=Waiting)


class Dues(Generic[W]):
    """Calls `due` with each entry when its `due_at` has come; an entry whose `due_at` has changed since is stale."""

    def __init__(self, due: Callable[[W], None]) -> None:
        self._due = due
        self._heap: list[tuple[float, int, W]] = []
        self._numbers = count()
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = math.inf  # kept here: a timer that uvloop fires at once can't say when it is due

    def add(self, entry: W) -> None:
        """Wait for an entry's `due_at`."""
        heapq.heappush(self._heap, (entry.due_at, next(self._numbers), entry))
        self._arm()

    def any(self) -> bool:
        """Say whether something is waited for."""
        return any(entry.due_at == due_at for due_at, _, entry in self._heap)

    def drain(self) -> None:
        """Take everything for due."""
        self._fire(math.inf)

    def close(self) -> None:
        """Let nothing become due any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self) -> None:
        if self._heap and (self._timer is None or self._timer_at > self._heap[0][0]):
            self.close()
            self._timer_at = self._heap[0][0]
            self._timer = asyncio.get_running_loop().call_at(self._timer_at, self._fire)

    def _fire(self, until: float | None = None) -> None:
        self.close()
        until = asyncio.get_running_loop().time() if until is None else until
        while self._heap and self._heap[0][0] <= until:
            due_at, _, entry = heapq.heappop(self._heap)
            if entry.due_at == due_at:
                entry.due_at = math.inf
                self._due(entry)
        self._arm()
