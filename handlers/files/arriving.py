"""A file that somebody sent has been fetched: it goes to whatever asked for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.committed import Fetch
from bot.runner import Runner
from bot.turn import Turn
from handlers.assess import statements
from handlers.files import taking_in


async def arrived(runner: Runner, fetch: Fetch, data: bytes | None) -> Callable[[Turn], Awaitable[None]]:
    """What the file (None: it can't be had) leads to, in a turn."""
    if statements.waiting(await runner.person(fetch.user_id), fetch) is not None:
        return await statements.arrived(runner, fetch, data)
    return await taking_in.arrived(runner, fetch, data)
