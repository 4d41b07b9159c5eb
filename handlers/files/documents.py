"""Documents are made when they are delivered: of what is stored then, and one at a time, beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Any

from bot.core.workshop import Workshop
from bot.runner import Runner
from handlers.assess import statement_words
from handlers.days import dates
from handlers.files import day as day_files
from handlers.files import making as plan_files
from handlers.files.became import heard
from handlers.files.making import File
from handlers.render import Renderer

MOST_KEPT = 6  # files


class Documents:
    """Makes documents for people, by a message's parameters. The newest ones are kept: a room that has just agreed on
    its plan asks for the same file many times."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._one = asyncio.Lock()  # a workbook, or a page being set, takes much memory for a moment
        self._kept: dict[Hashable, tuple[tuple[object, ...], File]] = {}

    async def make(self, user_id: int, params: Mapping[str, Any], renderer: Renderer) -> File | None:
        """The file; None where its reader may not have it any more. Raises whatever making it raises."""
        person = await self._runner.person(user_id)
        workshop = await self._runner.workshop(params["workshop"])
        if person is None or workshop is None:
            return None
        now = self._runner.now()
        form, today = params["form"], dates.today_in(now, workshop.zone)
        if form == "statements":
            return await self._statements(user_id, workshop, renderer)
        if day := params.get("day", 0):
            found = await day_files.made_on(self._runner, person, workshop, day)
            if found is None:
                return None
            facts = (workshop, *(run for _, run in found.runs), *found.around.plans)
            return await self._once(
                (form, "day", day, renderer.language, today), facts, partial(day_files.make, form, found, renderer, now)
            )
        desks = await plan_files.desks_of(self._runner, person, workshop)
        wanted = [desk for desk in desks if params["plan"] in (0, desk.plan.id)]
        if not wanted:
            return None
        what = await plan_files.planned(self._runner, wanted)
        facts = (*what.goals, *(each for desk in what.desks for each in (desk.plan, desk.workshop)))
        work = partial(plan_files.make, form, what, renderer, now, params["part"] - 1)
        known = tuple((desk.actor.plans, heard(desk)) for desk in what.desks)  # not all know what was reported
        return await self._once((form, params["part"], renderer.language, today, known), facts, work)

    async def _statements(self, user_id: int, workshop: Workshop, renderer: Renderer) -> File | None:
        member = workshop.active_user(user_id)
        if member is None or not member.leads:
            return None
        work = partial(statement_words.form, renderer, self._runner.programme(workshop), workshop)
        facts = (workshop.programme, *workshop.statements.values())
        return await self._once(("statements", renderer.language), facts, work)

    async def _once(self, key: Hashable, facts: tuple[object, ...], make: Callable[[], File]) -> File:
        """A file of these facts: the one that was made before, where it was made of the same."""
        async with self._one:
            kept = self._kept.pop(key, None)
            if kept is None or not _same(kept[0], facts):
                kept = facts, await asyncio.to_thread(make)
            self._kept[key] = kept
            while len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        return kept[1]


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether nothing has changed: what is committed is the same value until something changes it."""
    same = (a is b or (isinstance(a, str) and a == b) for a, b in zip(one, other, strict=False))
    return len(one) == len(other) and all(same)
