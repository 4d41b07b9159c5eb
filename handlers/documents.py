"""Documents are made when they are delivered: of what is stored then, and one at a time, beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.runner import Runner
from handlers import plan_files
from handlers.plan_files import File
from handlers.render import Renderer


class Documents:
    """Makes documents for people, by a message's parameters."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._one = asyncio.Lock()  # a workbook, or a page being set, takes much memory for a moment

    async def make(self, user_id: int, params: Mapping[str, Any], renderer: Renderer) -> File | None:
        """The file; None where its reader may not have it any more. Raises whatever making it raises."""
        person = await self._runner.person(user_id)
        workshop = await self._runner.workshop(params["workshop"])
        if person is None or workshop is None:
            return None
        desks = await plan_files.desks_of(self._runner, person, workshop)
        wanted = [desk for desk in desks if params["plan"] in (0, desk.plan.id)]
        if not wanted:
            return None
        what = await plan_files.planned(self._runner, wanted)
        async with self._one:
            return await asyncio.to_thread(
                plan_files.make, params["form"], what, renderer, self._runner.now(), params["part"] - 1
            )
