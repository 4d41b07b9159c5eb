"""A dot vote: as many dots as there are, one on each thing, changed until the end; then totals, and nobody's dots."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import dot_vote
from bot.core.dot_vote import DotVote
from bot.core.errors import Refusal
from bot.core.tally import SHOWN_FROM

NOW = datetime(2027, 6, 15, 11, tzinfo=UTC)
TEXTS = [(1, "One list"), (1, "A counter"), (2, "Meters"), (3, "Radio")]


def begun(dots: int = 2) -> DotVote:
    return dot_vote.begin(1, "2.4.1.c", "innovations", TEXTS, dots, NOW)


@pytest.mark.parametrize("dots", [0, 4, 99])
def test_there_are_fewer_dots_than_things(dots):
    with pytest.raises(Refusal, match="how_many"):
        begun(dots)


def test_it_takes_two_things():
    with pytest.raises(Refusal, match="too_few"):
        dot_vote.begin(1, "2.4.1.c", "innovations", TEXTS[:1], 1, NOW)


def test_a_dot_is_put_and_taken_away():
    vote = dot_vote.toggle(dot_vote.toggle(begun(), 5, 1), 5, 3)
    with pytest.raises(Refusal, match="no_dots"):
        dot_vote.toggle(vote, 5, 2)
    vote = dot_vote.toggle(dot_vote.toggle(vote, 5, 1), 5, 2)
    assert vote.placed == {5: (3, 2)}
    with pytest.raises(Refusal, match=r"tap\.old"):
        dot_vote.toggle(vote, 5, 9)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 4)), max_size=60))
def test_totals_are_what_was_put_and_only_at_the_end(taps):
    vote = begun()
    for member, item in taps:
        try:
            vote = dot_vote.toggle(vote, member, item)
        except Refusal:
            continue
        assert all(len(mine) <= vote.dots and len(set(mine)) == len(mine) for mine in vote.placed.values())
        assert dot_vote.ranked(vote) == []
        assert vote.totals == {}
    placed = vote.placed
    voters = dot_vote.voters(vote)
    vote = dot_vote.end(vote, NOW)
    assert vote.placed == {}
    assert dot_vote.voters(vote) == voters == sum(1 for mine in placed.values() if mine)
    ranked = dot_vote.ranked(vote)
    if voters < SHOWN_FROM:
        assert ranked == []
        return
    assert {each.number: count for each, count in ranked} == {
        each.number: sum(each.number in mine for mine in placed.values()) for each in vote.items
    }
    assert [count for _, count in ranked] == sorted((count for _, count in ranked), reverse=True)


def test_what_is_over_stays_as_it_is():
    vote = dot_vote.end(begun(), NOW)
    with pytest.raises(Refusal, match=r"dots\.over"):
        dot_vote.toggle(vote, 5, 1)
    with pytest.raises(Refusal, match=r"dots\.over"):
        dot_vote.end(vote, NOW)


def test_no_group_s_words_are_left_out_however_many_there_are():
    texts = [(group, f"{group}: {at}") for group in range(1, 7) for at in range(10)]
    assert [(item.group, item.text) for item in dot_vote.begin(1, "2.3", "gaps", texts, 3, NOW).items] == texts
