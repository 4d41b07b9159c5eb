"""The night's planning: what comes again and again is planned for some months only, and so planned anew each night.

It goes plan by plan, in steps between which updates get their turn, and keeps nothing of what it read in memory.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from bot import planner
from bot.core.dialogue import Person
from bot.core.plan import ActionPlan
from bot.core.scope import Scope
from bot.core.workshop import Workshop
from bot.runner import Runner
from bot.turn import Turn
from storage import people, plans, workshops

PLANNED = "planned_at"  # when everything was last planned anew
EVERY = timedelta(hours=26)  # a night comes every 24 hours; the bot may have been away for it, or its clock wound on

Step: TypeAlias = Callable[[], Awaitable[None]]
"""Something to be done while no batch is under way."""


def is_due(runner: Runner) -> bool:
    """Whether a night was missed."""
    last = runner.kept_setting(PLANNED)
    return not last or abs(runner.now() - datetime.fromisoformat(last)) > EVERY  # before: the clock was set back


async def steps(runner: Runner) -> AsyncIterator[Step]:
    """What planning everything anew consists of. Each step is to be done before the next is asked for."""
    began = runner.now()
    for id in await workshops.ids(runner.database):
        passing = _Passing(runner)
        yield passing.workshop_itself(id)
        for plan_id in await plans.ids_of_workshop(runner.database, id):
            yield passing.plan_as_a_whole(plan_id)
            for some in passing.handfuls:
                yield passing.actions(plan_id, some)
            passing.let_go()
    yield lambda: runner.keep_setting(PLANNED, began.isoformat())


class _Passing(Turn):
    """Reads what is committed without leaving it in the runner's memory, and plans a workshop bit by bit.

    What the runner has in memory is taken from there: it may have changed since the last step. What it hasn't, nobody
    has changed.
    """

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.handfuls: list[list[int]] = []  # of a plan's actions
        self._people: dict[int, Person | None] = {}
        self._workshops: dict[int, Workshop | None] = {}
        self._plans: dict[int, ActionPlan | None] = {}

    def let_go(self) -> None:
        """Forget a plan that is done with."""
        self._plans.clear()
        self.handfuls = []

    async def person(self, user_id: int) -> Person | None:
        if (held := self.runner.held_person(user_id)) is not None:
            return held
        if user_id not in self._people:
            self._people[user_id] = await people.load(self.runner.database, user_id)
        return self._people[user_id]

    async def workshop(self, workshop_id: int | None) -> Workshop | None:
        held = self.runner.held_workshop(workshop_id)
        if held is not None or workshop_id is None:
            return held
        if workshop_id not in self._workshops:
            self._workshops[workshop_id] = await workshops.load(self.runner.database, workshop_id)
        return self._workshops[workshop_id]

    async def plan(self, plan_id: int | None) -> ActionPlan | None:
        held = self.runner.held_plan(plan_id)
        if held is not None or plan_id is None:
            return held
        if plan_id not in self._plans:
            self._plans[plan_id] = await plans.load(self.runner.database, plan_id)
        return self._plans[plan_id]

    # Steps ---------------------------------------------------------------------------------------------------------

    def workshop_itself(self, id: int) -> Step:
        async def step() -> None:
            self.now = self.runner.now()
            workshop = await self.workshop(id)
            if workshop is not None and workshop.programme in self.programmes:
                await self.runner.write_planned(await planner.plan_workshop(self, workshop))

        return step

    def plan_as_a_whole(self, id: int) -> Step:
        async def step() -> None:
            await self._plan(id, Scope(owners=None))
            numbers = sorted(plan.history) if (plan := await self.plan(id)) else []
            self.handfuls = [numbers[at : at + planner.HANDFUL] for at in range(0, len(numbers), planner.HANDFUL)]

        return step

    def actions(self, id: int, numbers: list[int]) -> Step:
        return lambda: self._plan(id, Scope(frozenset(numbers)))

    async def _plan(self, id: int, what: Scope) -> None:
        self.now = self.runner.now()
        plan = await self.plan(id)
        if plan is not None:
            await self.runner.write_planned(await planner.plan_plan(self, plan, what))
