"""Documents are made when they are delivered: of what is stored then, and one at a time, beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.runner import Runner
from handlers.days import dates
from handlers.files import making as plan_files
from handlers.files.making import File, Planned
from handlers.render import Renderer

MOST_KEPT = 6  # files


class Documents:
    """Makes documents for people, by a message's parameters. The newest ones are kept: a room that has just agreed on
    its plan asks for the same file many times."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._one = asyncio.Lock()  # a workbook, or a page being set, takes much memory for a moment
        self._kept: dict[tuple[Any, ...], tuple[Planned, File]] = {}

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
        now = self._runner.now()
        key = (params["form"], params["part"], renderer.language, dates.today_in(now, workshop.zone))
        async with self._one:
            kept = self._kept.pop(key, None)
            if kept is None or not _same(kept[0], what):
                file = await asyncio.to_thread(plan_files.make, params["form"], what, renderer, now, params["part"] - 1)
                kept = what, file
            self._kept[key] = kept
            while len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        return kept[1]


def _same(one: Planned, other: Planned) -> bool:
    """Whether two are of the same plans, unchanged: what is committed is the same value until something changes it."""
    return one.goals == other.goals and [(id(each.plan), id(each.workshop)) for each in one.desks] == [
        (id(each.plan), id(each.workshop)) for each in other.desks
    ]
