"""Finding workshops and runs, in memory, in the batch and in the database alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core import membership, merging, planning
from bot.core.merging import MergeProposal, Place
from bot.runner import Runner
from bot.turn import Turn
from storage.database import Database
from tests.storage.turns import ADA, BEN, NOW, a_run, a_workshop, commit, started


@pytest_asyncio.fixture
async def runner(database: Database, tmp_path: Path) -> Runner:
    return await started(database, tmp_path)


@pytest.mark.parametrize(
    ("column", "value"), [("code", "CODE1"), ("link_token", "link1"), ("facilitator_token", "token1")]
)
async def test_a_workshop_is_found_by_its_codes_as_soon_as_it_is_opened(runner: Runner, column: str, value: str):
    turn = runner.begin()
    assert await turn.find_workshop(column, value) is None
    turn.put(ADA, a_workshop())
    assert await turn.find_workshop(column, value) == a_workshop()
    assert await turn.find_workshop(column, value.lower() + "x") is None
    runner.keep(turn)
    assert await runner.begin().find_workshop(column, value) == a_workshop()
    await runner.commit()
    runner.forget()
    assert await runner.begin().find_workshop(column, value) == a_workshop()


async def test_a_link_that_was_used_leads_nowhere_from_that_turn_on(runner: Runner):
    async def none_finds(turn: Turn) -> None:
        assert await turn.find_workshop("facilitator_token", "token1") is None
        assert await turn.find_workshop("code", "CODE1") is not None

    await commit(runner, ADA, a_workshop())
    opened, used = runner.begin(), runner.begin()
    opened.put(replace(a_workshop(), title="V"))
    runner.keep(opened)
    workshop, _ = membership.join_as_facilitator(a_workshop(), user_id=6, name="Ben", now=NOW)
    used.put(BEN, workshop)
    await none_finds(used)
    runner.keep(used)
    await none_finds(runner.begin())
    await runner.commit()
    runner.forget()
    await none_finds(runner.begin())


async def test_somebodys_workshops_are_those_they_are_in_the_newest_first(runner: Runner):
    joined, _, _ = membership.join(a_workshop(2), user_id=6, name="Ben", organisation="", now=NOW)
    await commit(runner, ADA, BEN, a_workshop(1), joined)
    turn = runner.begin()
    turn.put(a_workshop(3))
    assert [each.id for each in await turn.workshops_of(5)] == [3, 2, 1]
    assert [each.id for each in await turn.workshops_of(6)] == [2]
    turn.put(membership.leave(joined, 2))
    assert await turn.workshops_of(6) == []
    assert [each.id for each in await runner.begin().workshops_of(6)] == [2]


async def test_the_runs_of_a_workshop_are_all_of_them_as_they_are_now(runner: Runner):
    await commit(runner, ADA, a_workshop(1), a_workshop(2), a_run(2), a_run(1), a_run(5, workshop_id=2))
    runner.forget()
    assert await runner.run(1) == a_run(1)
    kept, turn = runner.begin(), runner.begin()
    kept.put(a_run(2, step="view"), a_run(3))
    runner.keep(kept)
    turn.put(a_run(4), a_run(1, step="send"))
    assert [(run.id, run.step) for run in await turn.runs_of(1)] == [(1, "send"), (2, "view"), (3, "gap"), (4, "gap")]
    for _ in ("from memory", "after what was kept is forgotten"):
        assert [(run.id, run.step) for run in await runner.runs_of(1)] == [(1, "gap"), (2, "gap")]
        runner.forget()
    assert (await runner.commit()).touched == frozenset()


async def test_a_proposal_is_found_until_it_is_ended(runner: Runner):
    """In the turn, in the batch, and in the database."""
    plan = planning.open_plan(id=1, workshop_id=1, group=1, now=NOW)
    made = MergeProposal(
        id=1,
        workshop_id=1,
        kept=Place(plan=1, action=2),
        other=Place(plan=1, action=5),
        proposed_by=1,
        asked={"kept": ("m2", "c1"), "other": ("m3",)},
        created_at=NOW,
    )
    half = merging.agree(made, ["other"])
    over = merging.end(half, now=NOW)
    await commit(runner, ADA, a_workshop(), a_workshop(2), plan)
    for state, is_open in ((made, True), (half, True), (over, False)):
        turn = runner.begin()
        turn.put(state)
        assert await turn.proposal(1) == state
        runner.keep(turn)
        for stored in (False, True):
            if stored:
                await runner.commit()
                runner.forget()
            assert await runner.begin().proposal(1) == state
            assert await runner.begin().open_proposals(1) == ([state] if is_open else [])
            assert await runner.begin().open_proposals(2) == []
    assert await runner.begin().proposal(2) is None
