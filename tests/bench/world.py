"""The local server's world with a stopwatch: when updates were handed out, and when which answer came."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

from bot.rehearsal import ApiError, Limits, World, serve
from bot.rehearsal.phone import Phone

TOKEN = "123456:benchbenchbenchbenchbenchbenchbench"
FIRST_USER = 1001


class BenchWorld(World):
    """`on_call` sees every call that came through, with its time; a person's event is set by calls to their chat."""

    def __init__(self, limits: Limits | None = None) -> None:
        super().__init__(TOKEN, limits=limits, keep=False)
        self.polls = 0
        self.handed_out_at = 0.0
        self.called_at = 0.0
        self.refusals: Counter[str] = Counter()
        self.on_call: Callable[[str, dict[str, Any], float], None] = lambda method, params, at: None
        self.stirred: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)

    async def call(self, method: str, params: Any = None, files: Any = None) -> Any:
        name = method.lower()
        if name == "getupdates":
            self.polls += 1
            updates = await super().call(method, params, files)
            if updates and not self.handed_out_at:
                self.handed_out_at = perf_counter()
            return updates
        tap = self.taps.get(params.get("callback_query_id", ""))
        try:
            result = await super().call(method, params, files)
        except ApiError as error:
            self.refusals[f"{method}: {error}"] += 1
            raise
        self.called_at = perf_counter()
        self.on_call(name, params, self.called_at)
        if who := tap.user_id if tap else int(params.get("chat_id", 0)):
            self.stirred[who].set()
        return result

    async def seen(self, user_id: int, what: Callable[[], bool], seconds: float = 20.0) -> None:
        """Wait until something is so on one person's phone. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not what():
                self.stirred[user_id].clear()
                await self.stirred[user_id].wait()

    async def quiet(self, seconds: float, longest: float = 60.0) -> None:
        """Wait until no call has come for so long."""
        self.called_at = perf_counter()
        await until(lambda: perf_counter() - self.called_at > seconds, longest, "the bot to be done")

    def cast(self, count: int, first: int = FIRST_USER) -> list[Phone]:
        """People who have pressed Start, without the bot hearing of it."""
        made = []
        for number in range(count):
            phone = self.phone(first + number, f"Person {number + 1}")
            phone.chat.started = True
            made.append(phone)
        return made

    def refused(self) -> list[str]:
        """A line for each kind of error that calls were answered with."""
        return [f"{count} times {what}" for what, count in self.refusals.items()]


async def until(holds: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait for a condition. Raises TimeoutError, which says what was waited for."""
    try:
        async with asyncio.timeout(seconds):
            while not holds():  # noqa: ASYNC110 - not all that is waited for could set an event
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise TimeoutError(f"waited {seconds:.0f} s for {what}") from None


@asynccontextmanager
async def served(limits: Limits | None = None) -> AsyncIterator[tuple[BenchWorld, str]]:
    world = BenchWorld(limits)
    async with serve(world) as address:
        yield world, address
