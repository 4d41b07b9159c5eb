"""A commit plans no more anew than its change has to do with: a big plan costs an edit no more than a small one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot import planner
from bot.core import followup_action, planning, reports
from bot.core.plan import ActionPlan, Communication, Field, Frequency, Progress
from storage import fires
from storage.database import Database
from tests.storage.planned_life import OUTSIDE, Life

BIG = 40
OWNERS = ("m1", "m2", "m4")  # of thirteen actions each; m6 answers for the last one alone


def big(plan: ActionPlan, life: Life) -> ActionPlan:
    for number in range(1, BIG + 1):
        if plan.action(number) is None:
            plan = planning.add_action(plan, f"Action {number}", by="m1", now=life.now)
        owner = "m6" if number == BIG else OWNERS[number % 3]
        for field, value in ((Field.OWNER, owner), (Field.DUE_ON, life.now.date().replace(month=9))):
            plan = planning.set_field(plan, number, field, value, by="m1", now=life.now)
        told = Communication(audience="All", frequency=Frequency.WEEKLY)
        plan = planning.add_item(plan, number, Field.COMMUNICATIONS, told, by="m1", now=life.now)
    return plan


class Seen:
    """What was planned anew and what was read for it, since the last commit."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.actions: set[int] = set()
        self.read = 0
        of_action, of_subjects = followup_action.of_action, fires.of_subjects

        def planned(view: Any, action: Any) -> Any:
            self.actions.add(action.number)
            return of_action(view, action)

        async def read(*args: Any) -> Any:
            found = await of_subjects(*args)
            self.read += len(found)
            return found

        monkeypatch.setattr(planner, "of_action", planned)
        monkeypatch.setattr(fires, "of_subjects", read)

    def again(self) -> None:
        self.actions, self.read = set(), 0


@pytest.fixture
async def life(database: Database) -> Life:
    made = Life(database)
    await made.begin()
    await made.put(big(await made.plan(), made))
    return made


@pytest.fixture
def seen(life: Life, monkeypatch: pytest.MonkeyPatch) -> Seen:
    return Seen(monkeypatch)


async def test_an_edit_plans_its_action_and_reads_nothing_else(life: Life, seen: Seen) -> None:
    for field, value in ((Field.TITLE, "Another"), (Field.DUE_ON, None), (Field.PROGRESS, Progress.AT_RISK)):
        seen.again()
        await life.field(3, field, value)
        assert seen.actions == {3}
        assert seen.read < 60
    seen.again()
    await life.put(reports.report_progress(await life.plan(), 3, Progress.ON_TRACK, by="m1", now=life.now))
    assert seen.actions == {3}
    assert await life.left_to_plan() == []


async def test_another_owner_is_another_digest_and_nobody_elses(life: Life, seen: Seen) -> None:
    await life.field(3, Field.OWNER, "m2")
    assert seen.actions == {3}
    assert seen.read < 200
    assert await life.left_to_plan() == []


async def test_whoever_answers_for_a_second_action_gets_a_digest_and_not_single_messages(
    life: Life, seen: Seen
) -> None:
    await life.field(3, Field.OWNER, "m6")
    assert seen.actions == {3, BIG}
    assert await life.left_to_plan() == []


async def test_somebodys_own_zone_has_to_do_with_what_they_are_asked(life: Life, seen: Seen) -> None:
    await life.is_in(6, "Africa/Cairo", "EG")
    assert seen.actions == {BIG}
    seen.again()
    await life.is_in(OUTSIDE, "Africa/Cairo", "EG")
    assert not seen.actions
    assert await life.left_to_plan() == []


async def test_whoever_comes_or_goes_has_to_do_with_what_they_are_asked(life: Life, seen: Seen) -> None:
    await life.comes_or_goes(6)
    assert seen.actions == {BIG}
    seen.again()
    await life.joins()  # somebody whom no action names
    assert not seen.actions
    seen.again()
    workshop = await life.workshop()
    renamed = replace(workshop.members[1], name="Another")
    await life.put(replace(workshop, place="Hall 2", members={**workshop.members, 1: renamed}))
    assert not seen.actions
    assert await life.left_to_plan() == []


async def test_a_session_that_is_moved_has_to_do_with_no_action(life: Life, seen: Seen) -> None:
    await life.session("s2", 1, 10, False)
    assert not seen.actions
    await life.rule("minutes", False, 9)
    assert not seen.actions
    await life.session("s2", 6, 10, False)  # it ends the workshop, and so begins the follow-up
    assert len(seen.actions) == BIG
    assert await life.left_to_plan() == []


async def test_who_wants_to_hear_again_hears_of_what_was_kept(life: Life, seen: Seen) -> None:
    person = await life.runner.person(6)
    assert person is not None
    await life.put(replace(person, muted_until=life.now.replace(month=12)))
    assert not seen.actions
    person = await life.runner.person(6)
    assert person is not None
    await life.put(replace(person, muted_until=None))
    assert seen.actions == {BIG}
