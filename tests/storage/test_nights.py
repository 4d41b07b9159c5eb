"""What a night plans, step by step, and what stays of it in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import nights, planner
from bot.core import followup_action, planning
from bot.core.plan import ActionPlan, Communication, Field, Frequency
from storage import fires
from storage.database import Database
from tests.stage import stage
from tests.storage.planned_life import PLAN, Life
from tests.transcripts import setups

MANY = 50


def told_each_week(plan: ActionPlan, life: Life) -> ActionPlan:
    for number in range(1, MANY + 1):
        if plan.action(number) is None:
            plan = planning.add_action(plan, f"Action {number}", by="m1", now=life.now)
        plan = planning.set_field(plan, number, Field.OWNER, f"m{number % 2 + 1}", by="m1", now=life.now)
        told = Communication(audience="All", frequency=Frequency.WEEKLY)
        plan = planning.add_item(plan, number, Field.COMMUNICATIONS, told, by="m1", now=life.now)
    return plan


@pytest.fixture
async def life(database: Database) -> Life:
    """Two months went by without a night."""
    made = Life(database)
    await made.begin()
    await made.put(told_each_week(await made.plan(), made))
    made.now += timedelta(days=60)
    return made


async def test_a_night_plans_what_time_has_brought_near_and_keeps_nothing_in_memory(life: Life) -> None:
    assert await life.left_to_plan()
    life.runner.forget()
    number = 0
    async for step in nights.steps(life.runner):
        await step()
        number += 1
    assert number == len(("workshop", "plan", "note")) + 3  # and fifty actions, twenty at a time
    assert (life.runner.held_plan(PLAN), life.runner.held_workshop(1)) == (None, None)
    assert not any(life.runner.held_person(id) for id in range(1, 10))
    assert await life.left_to_plan() == []
    assert life.runner.next_due_at == await fires.next_due_at(life.runner.database)


async def test_no_step_plans_more_than_a_handful_of_actions(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    planned: list[int] = []
    of_action = followup_action.of_action

    def counted(view: Any, action: Any) -> Any:
        planned.append(action.number)
        return of_action(view, action)

    monkeypatch.setattr(planner, "of_action", counted)
    seen: list[int] = []
    async for step in nights.steps(life.runner):
        await step()
        assert len(planned) <= planner.HANDFUL
        seen += planned
        planned.clear()
    assert seen == list(range(1, MANY + 1))


@pytest.mark.parametrize("remembered", [True, False])
async def test_what_changes_between_two_steps_is_planned_as_it_is_by_then(life: Life, remembered: bool) -> None:
    if not remembered:
        life.runner.forget()
    number = 0
    async for step in nights.steps(life.runner):
        await step()
        number += 1
        if number == 3:
            day = (life.now + timedelta(days=20)).date()
            await life.field(2, Field.DUE_ON, day)
            await life.field(MANY, Field.DUE_ON, day)
            await life.field(MANY - 1, Field.OWNER, "m4")
            await life.put(replace(await life.workshop(), zone="Africa/Cairo", country="EG"))
    assert await life.left_to_plan() == []


async def test_a_night_that_was_missed_is_caught_up_with(life: Life) -> None:
    runner = life.runner
    assert nights.is_due(runner)
    async for step in nights.steps(runner):
        await step()
    for hours, due in ((0, False), (24, False), (-24, False), (27, True), (-27, True)):
        at = life.now + timedelta(hours=hours)
        runner.now = lambda at=at: at  # type: ignore[misc]
        assert nights.is_due(runner) is due, hours
    again = Life(runner.database)  # after a restart
    again.now = life.now
    await again.runner.start()
    assert not nights.is_due(again.runner)


async def test_what_cannot_be_planned_keeps_nothing_else_from_being_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage(tmp_path, restarting=False) as on:
        await setups.reminding(on)
        usual, seen = planner.plan_plan, []

        async def plan_plan(turn: Any, plan: ActionPlan, what: Any) -> Any:
            seen.append(plan.id)
            if plan.id == 1:
                raise LookupError("broken")
            return await usual(turn, plan, what)

        monkeypatch.setattr(planner, "plan_plan", plan_plan)
        await on.app.clock.night()
        assert set(seen) == {1, 2}
        assert on.app.runner.held_workshop(1) is None  # however many there are, a day's are in memory at most
        assert not nights.is_due(on.app.runner)
