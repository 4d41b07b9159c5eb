"""What is rated and voted on: actions of plans and earlier answers; whose plan is whose to read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core import agreement, planning, rating, walk
from bot.core.candidates import (
    Candidate,
    action_words,
    answers_of,
    candidates,
    goal_of,
    limited,
    next_group,
    plotted,
    reader_of,
)
from bot.core.exercise import Layout, Ref, StepKind
from bot.core.message import Phrase
from bot.core.plan import Field
from bot.core.plan_steps import SoFar, is_begun, so_far
from bot.core.product import middle, product
from bot.core.run import OPEN, Actor, Run
from tests.core.planned import (
    BEFORE,
    NOW,
    PEN,
    PLAN,
    PLENARY,
    PROGRAMME,
    RATE,
    REVIEW,
    around,
    plan,
    run,
    step,
    the,
    workshop,
)

ONE = plan(1, "Publish the list", "Train deputies")
TWO = plan(2, "Drill wells")


def ids(found: list[Candidate]) -> list[str]:
    return [each.id for each in found]


# What there is ---------------------------------------------------------------------------------------------------


def test_a_group_rates_its_own_actions_and_the_room_votes_on_all():
    own = candidates(around(TWO, ONE), run(RATE), the(RATE, "doable"))
    assert own == [
        Candidate(id="+1.1", text="Publish the list"),
        Candidate(id="+1.2", text="Train deputies"),
    ]
    everyone = candidates(around(TWO, ONE), run(PLENARY), the(PLENARY, "doubles"))
    assert [(each.id, each.group) for each in everyone] == [("+1.1", 1), ("+1.2", 1), ("+2.1", 2)]
    assert candidates(around(TWO), run(RATE), the(RATE, "doable")) == []


def test_what_was_tapped_as_double_stands_back_in_the_vote():
    chosen = walk.pick(run(PLENARY), the(PLENARY, "doubles"), PEN, "+1.2", now=NOW)
    assert ids(candidates(around(ONE, TWO), chosen, the(PLENARY, "vote"))) == ["+1.1", "+2.1"]


def test_an_action_that_was_chosen_keeps_its_name_when_it_is_reworded_or_removed():
    reworded = planning.set_field(ONE, 1, Field.TITLE, "Publish it", by="m1", now=NOW)
    gone = planning.remove(reworded, 1, 2, by="m1", now=NOW)
    assert action_words(around(reworded), "+1.1") == "Publish it"
    assert action_words(around(gone), "+1.1") == "Publish it"
    assert ids(candidates(around(gone), run(RATE), the(RATE, "doable"))) == ["+1.2"]


@pytest.mark.parametrize("pick", ["+", "+1", "+1.", "+.1", "+9.1", "+1.9", "+1.x", "~own words", "=1", ""])
def test_what_names_no_action_has_no_words(pick: str):
    assert action_words(around(ONE), pick) == ""


def test_earlier_answers_are_rated_by_their_numbers():
    listed = step(StepKind.RATING, "each", items_from=Ref("before", "needs"), minimum=1, maximum=5)
    answered = run(BEFORE, id=3)
    for words in ("water", "roads"):
        answered = walk.write(answered, the(BEFORE, "needs"), PEN, words, now=NOW)
    other = walk.write(run(BEFORE, group=2, id=4), the(BEFORE, "needs"), PEN, "wells", now=NOW)
    here = around(runs=[answered, other])
    assert candidates(here, run(RATE), listed) == [
        Candidate(id="3=1", text="water"),
        Candidate(id="3=2", text="roads"),
    ]
    inside = replace(listed, items_from=Ref("before", "needs"))
    assert ids(candidates(here, answered, inside)) == ["=1", "=2"]
    nowhere = replace(listed, items_from=Ref("gone", "needs"))
    assert candidates(here, run(RATE), nowhere) == []


def test_the_group_settles_what_it_differs_on_and_what_too_few_rated():
    made = run(RATE)
    for member, numbers in enumerate(((5, 1), (5, 1), (4, 5), (4, 5)), 1):
        for item, number in zip(("+1.1", "+1.2"), numbers, strict=True):
            actor = Actor(member=member)
            made = rating.rate_item(
                made, the(RATE, "doable"), actor, ("+1.1", "+1.2"), item, number, base=OPEN, now=NOW
            )
    made = replace(made, step="doable_settled")
    assert ids(candidates(around(ONE), made, the(RATE, "doable_settled"))) == ["+1.2"]
    assert ids(candidates(around(ONE), made, the(RATE, "matters_settled"))) == ["+1.1", "+1.2"]


def test_a_share_raises_how_many_may_be_picked():
    vote = the(PLENARY, "vote")
    assert [limited(vote, offered).maximum for offered in (0, 3, 12, 13, 17, 40)] == [3, 3, 3, 4, 5, 10]
    assert limited(the(RATE, "five"), 40).maximum == 5


# Whose plan ------------------------------------------------------------------------------------------------------


def test_every_group_reads_the_next_one_s_plan_round_the_room():
    here = around()
    assert [next_group(here, group) for group in (1, 2, 3, 9)] == [2, 3, 1, 0]
    assert [reader_of(here, group) for group in (1, 2, 3, 9)] == [3, 1, 2, 0]
    alone = replace(here, workshop=replace(workshop(), formations={}))
    assert (next_group(alone, 1), reader_of(alone, 1)) == (0, 0)


def test_a_goal_is_what_was_set_else_what_was_answered_else_what_the_sheet_began_with():
    before = walk.write(run(BEFORE, id=3), the(BEFORE, "aim"), PEN, "water for all", now=NOW)
    assert goal_of(around(ONE), ONE) == ""
    assert goal_of(around(ONE, runs=[before]), ONE) == "water for all"
    assert goal_of(around(ONE, runs=[before]), TWO) == ""
    said = walk.write(run(PLAN, id=4), the(PLAN, "goal"), PEN, "water by June", now=NOW)
    assert goal_of(around(ONE, runs=[before, said]), ONE) == "water by June"
    assert goal_of(around(runs=[before, said]), replace(ONE, goal="set")) == "set"
    assert answers_of(around(runs=[said]), 1, Ref("plenary", "vote")) == []
    assert answers_of(around(runs=[said]), 1, None) == []


# How far it is ---------------------------------------------------------------------------------------------------


def test_an_action_is_whole_when_nothing_is_left_to_ask():
    made = ONE
    assert so_far(made) == SoFar(actions=2, whole=0)
    assert so_far(None) == SoFar(actions=0, whole=0)
    assert not is_begun(made.actions()[0])
    made = planning.set_field(made, 1, Field.OWNER, "m1", by="m1", now=NOW)
    assert is_begun(made.actions()[0])
    while (field := planning.next_open(made.actions()[0])) is not None:
        made = planning.pass_over(made, 1, field, by="m1", now=NOW)
    assert so_far(made) == SoFar(actions=2, whole=0)  # nobody said by when
    made = planning.set_field(made, 1, Field.DUE_ON, NOW.date(), by="m1", now=NOW)
    assert so_far(made) == SoFar(actions=2, whole=1)
    first = the(PLAN, "first")
    assert so_far(made).reaches(first)
    assert not so_far(ONE).reaches(first)
    assert not so_far(None).reaches(replace(first, whole=0))


# What comes of it ------------------------------------------------------------------------------------------------


def rated_by_four(scores: dict[str, tuple[int, int]], *, apart: str = "") -> Run:
    made = run(RATE)
    for member in range(1, 5):
        for item, (doable, matters) in scores.items():
            for step_id, number in (("doable", doable), ("matters", matters)):
                given = 1 if item == apart and member < 3 else number
                actor = Actor(member=member)
                made = rating.rate_item(made, the(RATE, step_id), actor, tuple(scores), item, given, base=OPEN, now=NOW)
    return replace(made, step="grid")


def test_what_was_rated_falls_into_four_fields():
    four = plan(1, "A", "B", "C", "D", "E")
    made = rated_by_four({"+1.1": (5, 5), "+1.2": (3, 4), "+1.3": (4, 3), "+1.4": (1, 1)})
    (grid, five) = product("p", RATE, made, around(four)).parts
    assert [(title.text, list(names)) for title, names in grid.fields] == [
        ("Leave", ["D"]),
        ("Fit in", ["C"]),
        ("Prepare", ["B"]),
        ("Do", ["A"]),
    ]
    assert grid.unplaced == ("E",)
    assert five.empty
    assert len(plotted(around(four), RATE, made, the(RATE, "grid"))) == 5
    assert plotted(around(four), RATE, made, the(RATE, "five")) == []


def test_what_people_differ_on_is_marked():
    made = rated_by_four({"+1.1": (5, 5)}, apart="+1.1")
    (grid, _) = product("p", RATE, made, around(ONE)).parts
    names = [name for _, names in grid.fields for name in names]
    assert names == [Phrase("plot.disputed", {"name": "Publish the list"})]


def test_a_product_shows_what_was_picked_and_voted_by_its_words():
    five = the(RATE, "five")
    made = walk.pick(replace(run(RATE), step="five"), five, PEN, "+1.2", now=NOW)
    (_, picked) = product("p", RATE, made, around(ONE)).parts
    assert picked.lines == ("Train deputies",)
    cast = run(PLENARY, at="vote")
    for member in range(1, 5):
        cast = walk.pick(cast, the(PLENARY, "vote"), Actor(member=member), "+2.1", now=NOW)
    (votes,) = product("p", PLENARY, replace(cast, step="send"), around(ONE, TWO)).parts
    assert votes.lines == (Phrase("votes.line", {"text": "Drill wells", "count": 4}),)
    (running,) = product("p", PLENARY, cast, around(ONE, TWO)).parts
    assert running.empty


def test_a_product_shows_the_plan_as_it_stands_and_where_it_was_agreed_as_it_was():
    draft = replace(ONE, goal="Permits in ten days")
    (part,) = product("p", PLAN, run(PLAN), around(draft)).parts
    assert part.layout is Layout.PLAN
    assert part.lines == (
        Phrase("draft.goal", {"text": "Permits in ten days"}),
        Phrase("draft.line", {"number": 1, "title": "Publish the list"}),
        Phrase("draft.line", {"number": 2, "title": "Train deputies"}),
    )
    agreed = agreement.agree(draft, now=NOW)
    later = planning.add_action(agreed, "Drill", by="m1", now=NOW)
    later = planning.set_field(later, 1, Field.DUE_ON, NOW.date(), by="m1", now=NOW)
    assert product("p", REVIEW, run(REVIEW), around(later)).parts[0].lines == part.lines
    (now,) = product("p", PLAN, run(PLAN), around(later)).parts
    assert [line.key for line in now.lines if isinstance(line, Phrase)] == [
        "draft.goal",
        "draft.line_by",
        "draft.line",
        "draft.line",
    ]
    assert product("p", PLAN, run(PLAN), around()).parts[0].empty


@pytest.mark.parametrize(("value", "written"), [(4.0, "4"), (3.5, "3½"), (0.5, "½"), (0.0, "0"), (-2.0, "−2")])
def test_a_middle_between_two_numbers_is_written_with_a_half(value: float, written: str):
    assert middle(value) == written


def test_the_programme_of_these_tests_is_one_that_could_be():
    assert [each.about_plans for each in PROGRAMME.exercises.values()] == [False, True, True, True, True]
