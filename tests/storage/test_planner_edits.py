"""Whatever changes, a commit plans as much anew as that has to do with: a night that plans everything finds nothing."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.errors import Refusal
from bot.core.plan import Field, Frequency, Progress
from storage.database import Database
from tests.storage.planned_life import ORGANISER, OUTSIDE, PROGRAMME, Life

Step = tuple[Any, ...]
ACTION = st.integers(1, 6)
PARTY = st.sampled_from(["m1", "m2", "m4", "m5", "m9", "c1"])
MEMBER = st.sampled_from([1, 2, 4, 6])
DAYS = st.integers(-20, 90)
PLACE = st.sampled_from(
    [("Africa/Accra", "GH"), ("Pacific/Kiritimati", "KI"), ("Africa/Cairo", "EG"), ("Etc/GMT+12", "")]
)


def steps(name: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Step]:
    return st.tuples(st.just(name), *arguments)


OF_PLAN = st.one_of(
    steps("field", ACTION, st.just(Field.OWNER), PARTY | st.just("")),
    steps("field", ACTION, st.just(Field.PROGRESS), st.sampled_from(Progress)),
    steps("due", ACTION, st.none() | DAYS),
    steps("does", ACTION, PARTY),
    steps("milestone", ACTION, DAYS),
    steps("tell", ACTION, PARTY | st.just(""), st.none() | st.sampled_from(Frequency), st.none() | DAYS),
    steps("measure", ACTION, st.sampled_from(Frequency)),
    steps("add"),
    steps("removed", ACTION),
    steps("report", ACTION, st.sampled_from(Progress)),
    steps("told", ACTION, DAYS),
    steps("reached", ACTION),
    steps("forgotten"),
    steps("agreed"),
    steps("escalates", PARTY | st.just("")),
    steps("contact", ACTION),
)
OF_PEOPLE = st.one_of(
    steps("comes_or_goes", MEMBER),
    steps("joins"),
    steps("reports_for", st.none() | MEMBER),
    steps("seat", MEMBER, st.integers(1, 3)),
    steps("hand_over", MEMBER),
    PLACE.map(lambda place: ("moved", *place)),
    st.tuples(st.sampled_from([1, 2, 4, ORGANISER, OUTSIDE]), PLACE | st.just(("", ""))).map(
        lambda found: ("is_in", found[0], *found[1])
    ),
    steps("first_on", st.integers(-30, 30)),
    steps("session", st.sampled_from(["s1", "s2"]), st.integers(0, 9), st.integers(7, 20), st.booleans()),
    steps("rule", st.sampled_from([rule.id for rule in PROGRAMME.rules]), st.booleans(), st.integers(6, 20)),
    steps("later", st.integers(1, 40)),
    steps("restart"),
)
FILLED = st.tuples(
    steps("due", st.just(1), DAYS),
    steps("field", st.just(1), st.just(Field.OWNER), PARTY),
    steps("field", st.just(2), st.just(Field.OWNER), PARTY),
    steps("tell", st.just(1), PARTY, st.sampled_from(Frequency), DAYS),
    steps("does", st.just(2), PARTY),
    steps("due", st.just(2), DAYS),
).map(list)


async def lived(happens: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(Path(folder) / "data")
        try:
            life = Life(database)
            await life.begin()
            for name, *arguments in happens:
                with contextlib.suppress(Refusal):  # then it doesn't happen
                    await getattr(life, name)(*arguments)
                assert await life.left_to_plan() == [], name
        finally:
            await database.close()


def found_nothing(happens: list[Step]) -> None:
    asyncio.run(lived(happens))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(FILLED, st.lists(OF_PLAN | OF_PEOPLE, min_size=3, max_size=12))
def test_after_each_commit_a_night_finds_nothing_to_plan(first: list[Step], then: list[Step]) -> None:
    found_nothing([*first, *then])


OWNED = [
    ("due", 1, 30),
    ("field", 1, Field.OWNER, "m2"),
    ("does", 1, "m5"),
    ("tell", 1, "c1", Frequency.WEEKLY, 60),
    ("due", 2, 40),
    ("field", 2, Field.OWNER, "m4"),
]


@pytest.mark.parametrize(
    "step",
    [
        ("joins",),
        ("comes_or_goes", 2),
        ("comes_or_goes", 1),
        ("reports_for", 4),
        ("seat", 1, 2),
        ("hand_over", 4),
        ("contact", 1),
        ("field", 2, Field.OWNER, "m2"),
        ("escalates", "m9"),
        ("moved", "Pacific/Kiritimati", "KI"),
        ("is_in", ORGANISER, "Africa/Cairo", "EG"),
        ("is_in", 1, "Etc/GMT+12", ""),
        ("is_in", 2, "Africa/Cairo", "EG"),
        ("session", "s2", 6, 9, False),
        ("first_on", 7),
        ("rule", "due", True, 14),
        ("agreed",),
    ],
    ids=lambda step: f"{step[0]}-{'-'.join(str(each).replace('/', '_') for each in step[1:])}",
)
async def test_each_change_that_somebody_is_asked_otherwise_by_is_planned_at_once(step: Step) -> None:
    await lived([*OWNED, step])
