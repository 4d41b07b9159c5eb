"""What people's views of statements come to, and what may be seen of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import assessment, rating
from bot.core.assessment import SURE, WHY, Flag, View
from bot.core.candidates import Around, candidates
from bot.core.errors import Refusal
from bot.core.exercise import Exercise, Programme, Step
from bot.core.grouping import Formation, Group, Seat
from bot.core.run import APART, DONT_KNOW, OPEN, Actor, Overtaken, Run, have_answered, open_run, ratings
from bot.core.statements import Statement, StatementSet
from bot.core.workshop import Workshop
from content.loader import load_all

NOW = datetime(2027, 6, 14, 9, 0, tzinfo=UTC)
PROGRAMME: Programme = load_all()["innovation_digital_government"]
ALONE, GROUP = PROGRAMME.exercises["1.6"], PROGRAMME.exercises["2.3"]
ITEMS = [f"0.{each}" for each in ("roles", "standards", "joint", "users_say")]
FIRST = ITEMS[0]
PEN = Actor(member=1, pen=True)


def the(exercise: Exercise, step_id: str) -> Step:
    step = exercise.step(step_id)
    assert step is not None
    return step


OWN, AGREED, SPREAD = the(GROUP, "own"), the(GROUP, "agreed"), the(GROUP, "spread")


def workshop(**more: Any) -> Workshop:
    group = Group(number=1, topics=("governance",))
    seats = {number: Seat(member=number, group=1, counted=1) for number in range(1, 9)}
    six = Formation(grouping="six", formed_at=NOW, groups={1: group}, seats=seats)
    made = Workshop(
        id=1,
        programme=PROGRAMME.name,
        title="Test",
        first_on=date(2027, 6, 14),
        country="GH",
        zone="Africa/Accra",
        code="ABCDEF",
        link_token="l",
        facilitator_token=None,
        created_at=NOW,
        formations={"six": six},
    )
    return replace(made, **more)


def around(*runs: Run, **more: Any) -> Around:
    return Around(workshop=workshop(**more), programme=PROGRAMME, runs=runs)


def run(exercise: Exercise = GROUP, *, step: str = "", **more: int) -> Run:
    made = open_run(id=1, workshop_id=1, exercise=exercise, now=NOW, **({"group": 1} | more))
    return replace(made, step=step or exercise.steps[0].id)


def rated(made: Run, step: Step, given_by: dict[int, str], item: str = FIRST) -> Run:
    """The run after each member gave one statement a number; "?" is for don't know."""
    for member, number in given_by.items():
        value = int(number) if number.isdecimal() else None
        made = rating.rate_item(made, step, Actor(member=member), ITEMS, item, value, base=OPEN, now=NOW)
    return made


def numbers(text: str) -> dict[int, str]:
    return dict(enumerate(text, 1))


# What is asked about ---------------------------------------------------------------------------------------------


def test_a_group_is_asked_about_its_topics_and_one_person_about_all_of_them():
    assert [each.id for each in candidates(around(), run(step="own"), OWN)] == ITEMS
    alone = run(ALONE, group=0, member=3)
    assert len(candidates(around(), alone, ALONE.steps[0])) == 24
    assert {each.domain for each in candidates(around(), alone, ALONE.steps[0])} == {PROGRAMME.name}


def test_what_was_brought_is_asked_where_it_was_opened_with_and_nowhere_else():
    brought = StatementSet(
        edition=1,
        name="x.toml",
        statements=(Statement(id="s1", topic="governance", text="One desk answers for all"),),
        added_at=NOW,
        added_by=1,
    )
    here = around(statements={1: brought})
    assert [each.id for each in candidates(here, run(step="own"), OWN)] == ITEMS
    newer = replace(run(step="own"), edition=1)
    assert [(each.id, each.words) for each in candidates(here, newer, OWN)] == [("1.s1", "One desk answers for all")]


# What may be seen ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given_by", "seen"), [("123", False), ("123?", True), ("????", True), ("1234", True)])
def test_counts_are_seen_from_four_answers_on(given_by: str, seen: bool):
    made = replace(rated(run(step="own"), OWN, numbers(given_by)), step="spread")
    assert (assessment.spread(made, OWN, FIRST) is not None) == seen


def test_nothing_is_seen_before_the_group_has_moved_on():
    made = rated(run(step="own"), OWN, numbers("11223344"))
    assert assessment.spread(made, OWN, FIRST) is None
    assert [each.id for each in candidates(around(), made, replace(AGREED))] == ITEMS


@given(st.lists(st.sampled_from("1234?"), max_size=8))
def test_counts_are_those_of_the_answers_and_of_nothing_else(given_by: list[str]):
    made = replace(rated(run(step="own"), OWN, dict(enumerate(given_by, 1))), step="spread")
    lie = assessment.spread(made, OWN, FIRST)
    if len(given_by) < 4:
        assert lie is None
        return
    assert lie is not None
    assert list(lie.counts) == [given_by.count(str(number)) for number in (1, 2, 3, 4)]
    assert (lie.dont_know, lie.answers) == (given_by.count("?"), len(given_by))


def test_the_widest_apart_comes_first_and_what_too_few_rated_last():
    made = run(step="own")
    for item, given_by in zip(ITEMS, ("2222", "123", "2233", "1144"), strict=True):
        made = rated(made, OWN, numbers(given_by), item)
    made = replace(made, step="agreed")
    assert [each.id for each in candidates(around(), made, AGREED)] == [ITEMS[3], ITEMS[2], ITEMS[0], ITEMS[1]]
    shown = assessment.results(around(), GROUP, made, SPREAD)
    assert [each.candidate.id for each in shown] == [ITEMS[3], ITEMS[2], ITEMS[0], ITEMS[1]]


# What stands out -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_by", "stands_out"),
    [
        ("1144", [Flag.APART]),
        ("1234", [Flag.APART]),
        ("2222", [Flag.GAP]),
        ("1122", [Flag.GAP]),
        ("2233", []),  # the middle lies between low and high
        ("3344", []),
        ("22??", [Flag.UNKNOWN]),
        ("14??", [Flag.APART, Flag.UNKNOWN]),
    ],
)
def test_views_that_lie_so_stand_out_so(given_by: str, stands_out: list[Flag]):
    made = replace(rated(run(step="own"), OWN, numbers(given_by)), step="spread")
    shown = next(each for each in assessment.results(around(), GROUP, made, SPREAD) if each.candidate.id == FIRST)
    assert list(shown.flags) == stands_out


@pytest.mark.parametrize(
    ("said", "stands_out"),
    [
        (View(given=APART, why="Two of us see it otherwise"), [Flag.APART]),
        (View(given=DONT_KNOW), [Flag.UNKNOWN]),
        (View(given=4, sure=1), [Flag.UNKNOWN]),
        (View(given=2, sure=3), [Flag.GAP]),
        (View(given=3, sure=2), []),
    ],
)
def test_what_the_group_settled_on_counts_before_how_its_views_lie(said: View, stands_out: list[Flag]):
    made = replace(rated(run(step="own"), OWN, numbers("1144")), step="spread")
    lie = assessment.spread(made, OWN, FIRST)
    assert list(assessment.flags(OWN, lie, said)) == stands_out


# Rating ----------------------------------------------------------------------------------------------------------


def test_what_is_added_to_a_number_stays_when_another_is_rated():
    made = rated(run(step="own"), OWN, {1: "3"})
    me = Actor(member=1)
    made = rating.add_to_item(made, OWN, me, ITEMS, FIRST, SURE, 2, base=OPEN, now=NOW)
    made = rating.add_to_item(made, OWN, me, ITEMS, FIRST, WHY, "Seen it", base=OPEN, now=NOW)
    made = rating.rate_item(made, OWN, me, ITEMS, ITEMS[1], 4, base=OPEN, now=NOW)
    given_by_me = ratings(made.entries_of("own")[0])
    assert assessment.view(given_by_me, FIRST) == View(given=3, sure=2, why="Seen it")
    assert assessment.view(given_by_me, ITEMS[1]) == View(given=4)
    assert have_answered(made, OWN) == 0  # two are open


def test_nothing_is_added_to_what_has_no_number_and_nobody_overwrites_unseen():
    made = run(step="own")
    me = Actor(member=1)
    with pytest.raises(Refusal, match=r"sheet\.need_answer"):
        rating.add_to_item(made, OWN, me, ITEMS, FIRST, WHY, "Seen it", base=OPEN, now=NOW)
    made = rated(made, OWN, {1: "3"})
    made = rating.add_to_item(made, OWN, me, ITEMS, FIRST, WHY, "Seen it", base=OPEN, now=NOW)
    with pytest.raises(Overtaken):
        rating.add_to_item(made, OWN, me, ITEMS, FIRST, WHY, "Heard it", base=OPEN, now=NOW)


def test_only_a_group_that_agrees_may_say_that_it_cannot():
    made = rated(run(step="own"), OWN, numbers("1144"))
    with pytest.raises(Refusal):
        rating.rate_item(made, OWN, Actor(member=1), ITEMS, FIRST, APART, base="1", now=NOW)
    made = rating.rate_item(replace(made, step="agreed"), AGREED, PEN, ITEMS, FIRST, APART, base=OPEN, now=NOW)
    assert ratings(made.entries_of("agreed")[0])[FIRST] == APART
    with pytest.raises(Refusal, match=r"sheet\.pen_only"):
        rating.rate_item(made, AGREED, Actor(member=2), ITEMS, FIRST, 3, base=APART, now=NOW)


def test_what_was_given_before_is_taken_over_with_its_reasons_once():
    before: dict[str, str | int] = {
        FIRST: 3,
        FIRST + SURE: 1,
        ITEMS[1]: DONT_KNOW,
        "0.sponsor": 4,
        "0.sponsor" + WHY: "Elsewhere",
    }
    me = Actor(member=1)
    made = rating.carry_over(run(step="own"), OWN, me, ITEMS, before, now=NOW)
    taken = ratings(made.entries_of("own")[0])
    assert taken == {FIRST: 3, FIRST + SURE: 1, ITEMS[1]: DONT_KNOW, ITEMS[2]: OPEN, ITEMS[3]: OPEN}
    changed = rating.rate_item(made, OWN, me, ITEMS, FIRST, 2, base=3, now=NOW)
    assert rating.carry_over(changed, OWN, me, ITEMS, before, now=NOW) is changed


def test_what_was_rated_stays_with_the_statements_it_was_rated_on():
    me = Actor(member=1, pen=True)
    view = ALONE.steps[0]
    made = rating.rate_item(run(ALONE, group=0, member=1), view, me, ["0.roles"], "0.roles", 3, base=OPEN, now=NOW)
    newer = rating.rate_item(replace(made, edition=1), view, me, ["1.s1", "1.s2"], "1.s1", 2, base=OPEN, now=NOW)
    assert ratings(newer.entries_of("view")[0]) == {"0.roles": 3, "1.s1": 2, "1.s2": OPEN}
