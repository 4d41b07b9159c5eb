"""What many people's ratings and votes come to, and when it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import rating, tally, walk
from bot.core.run import OPEN, Actor, Run
from bot.core.tally import SHOWN_FROM
from tests.core.planned import NOW, PEN, PLENARY, RATE, run, the

NUMBERS = st.lists(st.integers(1, 5), max_size=20)
ITEMS = ("+1.1", "+1.2")
DOABLE = the(RATE, "doable")


def rated(numbers: Mapping[int, int | None], *, at: str = "grid", item: str = "+1.1") -> Run:
    """A run in which members gave an item these numbers."""
    made = run(RATE)
    for member, number in numbers.items():
        actor = Actor(member=member)
        made = rating.rate_item(made, DOABLE, actor, ITEMS, item, number, base=OPEN, now=NOW)
    return replace(made, step=at)


@given(NUMBERS)
def test_the_middle_of_some_numbers_has_as_many_above_as_below(numbers: list[int]):
    if not numbers:
        return
    middle = tally.median(numbers)
    assert sum(each < middle for each in numbers) <= len(numbers) / 2
    assert sum(each > middle for each in numbers) <= len(numbers) / 2
    assert middle * 2 == int(middle * 2)


@given(NUMBERS)
def test_fewer_than_four_are_never_shown(numbers: list[int]):
    found = tally.tally(numbers)
    assert found.count == len(numbers)
    assert (found.median is None) == (len(numbers) < SHOWN_FROM)
    assert found.unsettled or found.spread < 2
    if found.median is not None:
        assert min(numbers) <= found.low <= found.median <= found.high <= max(numbers)


@pytest.mark.parametrize(
    ("numbers", "disputed"),
    [
        ([1, 1, 5, 5], True),
        ([2, 2, 4, 4], True),
        ([1, 2, 3, 4, 5], True),
        ([4, 4, 4, 1], False),  # one alone
        ([4, 4, 5, 5, 5, 1], False),
        ([3, 3, 4, 4], False),
        ([1] + [4] * 6 + [5], False),  # from end to end, and still of one mind
        ([1, 1, 1, 4, 4, 4, 4], True),
        ([1, 5, 5], False),  # too few to say so
    ],
)
def test_people_are_far_apart_when_the_middle_half_of_them_is(numbers: list[int], disputed: bool):
    assert tally.tally(numbers).disputed is disputed
    assert tally.tally(list(reversed(numbers))).disputed is disputed


def test_who_does_not_know_is_not_counted():
    found = tally.rated(rated({1: 4, 2: 4, 3: None, 4: None, 5: 5}), DOABLE, "+1.1")
    assert (found.count, found.median) == (3, None)
    assert tally.rated(rated({1: 4, 2: 4, 3: 5, 4: 5}), DOABLE, "+1.1").median == 4.5
    assert tally.rated(rated({1: 4, 2: 4, 3: 5, 4: 5}), DOABLE, "+1.2").count == 0


def test_nothing_is_shown_while_it_is_being_rated():
    given: dict[int, int | None] = {1: 4, 2: 4, 3: 5, 4: 5}
    assert tally.rated(rated(given, at="doable"), DOABLE, "+1.1").count == 0
    published = replace(rated(given, at="doable"), published_at=NOW)
    assert tally.rated(published, DOABLE, "+1.1").count == 4


def test_what_the_group_settled_on_stands_and_is_not_disputed_any_more():
    apart = rated({1: 1, 2: 1, 3: 5, 4: 5}, at="doable_settled")
    assert tally.score(RATE, apart, DOABLE, "+1.1") == tally.Score(value=3.0, disputed=True)
    settling = the(RATE, "doable_settled")
    settled = rating.rate_item(apart, settling, PEN, ["+1.1"], "+1.1", 2, base=OPEN, now=NOW)
    assert tally.score(RATE, settled, DOABLE, "+1.1") == tally.Score(value=2)
    unsure = rating.rate_item(apart, settling, PEN, ["+1.1"], "+1.1", None, base=OPEN, now=NOW)
    assert tally.score(RATE, unsure, DOABLE, "+1.1") == tally.Score(value=3.0, disputed=True)
    assert tally.score(RATE, apart, DOABLE, "+1.2") is None


def test_votes_are_counted_once_the_vote_is_over_and_four_have_voted():
    vote = the(PLENARY, "vote")
    cast = run(PLENARY, at="vote")
    for member, picks in ((1, "ab"), (2, "b"), (3, "bc"), (4, "a")):
        for pick in picks:
            cast = walk.pick(cast, vote, Actor(member=member), f"+1.{'abc'.index(pick) + 1}", now=NOW)
    offered = ["+1.3", "+1.1", "+1.2"]
    assert tally.votes(cast, vote, offered) == []
    over = replace(cast, step="send")
    assert tally.votes(over, vote, offered) == [("+1.2", 3), ("+1.1", 2), ("+1.3", 1)]
    fourth = next(entry for entry in cast.entries.values() if entry.author == 4)
    three = replace(over, entries={number: each for number, each in cast.entries.items() if number != fourth.number})
    assert tally.votes(three, vote, offered) == []


def test_what_is_equal_stays_in_order():
    doubles = the(PLENARY, "doubles")
    chosen = run(PLENARY)
    for pick in ("+2.1", "+1.1", "+1.2"):
        chosen = walk.pick(chosen, doubles, PEN, pick, now=NOW)
    assert [pick for pick, _ in tally.votes(chosen, doubles, ["+1.2", "+1.1"])] == ["+1.2", "+1.1", "+2.1"]
