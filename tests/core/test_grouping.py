"""Splitting the room: what must hold however many people there are, wherever they were moved, whoever leaves."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import grouping as g
from bot.core import roles
from bot.core.errors import Refusal
from bot.core.exercise import Grouping
from bot.core.grouping import Formation, GroupRole

NOW = datetime(2027, 6, 14, 8, 0, tzinfo=UTC)
TOPICS = ["leadership", "strategy", "governance", "legal", "technology", "workforce"]
SIX = Grouping(id="six", title="Six", groups=6, count_off=6)
THREE = Grouping(
    id="three",
    title="Three",
    groups=3,
    count_off=6,
    topics_per_group=2,
    merge_of="six",
    merges=((1, 2), (3, 4), (5, 6)),
)

people = st.sets(st.integers(1, 300), min_size=6, max_size=80).map(sorted)


def sixes(members: list[int]) -> Formation:
    return g.count_off(SIX, members, TOPICS, now=NOW, merges=THREE.merges)


def spread(formation: Formation) -> int:
    sizes = formation.sizes().values()
    return max(sizes) - min(sizes)


# Counting off ----------------------------------------------------------------------------------------------------


@given(people, st.integers(1, 12))
def test_everyone_sits_somewhere_and_sizes_differ_by_one_at_most(members, groups):
    if groups > len(members):
        groups = len(members)
    formation = g.count_off(SIX, members, TOPICS, now=NOW, groups=groups)
    assert sorted(formation.seats) == members
    assert sorted(formation.groups) == list(range(1, groups + 1))
    assert spread(formation) <= 1


def test_six_are_counted_as_on_the_slide():
    formation = sixes(list(range(1, 14)))
    assert [formation.seats[member].counted for member in range(1, 14)] == [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1]
    assert [group.topics for group in formation.groups.values()] == [(topic,) for topic in TOPICS]


@given(people, st.integers(1, 12))
def test_no_topic_is_left_out_and_no_group_goes_without(members, groups):
    formation = g.count_off(SIX, members, TOPICS, now=NOW, groups=min(groups, len(members)))
    assert {topic for group in formation.groups.values() for topic in group.topics} >= set(
        TOPICS if len(formation.groups) <= 6 else ()
    )
    assert all(group.topics for group in formation.groups.values())


@given(st.integers(0, 5))
def test_fewer_people_than_groups_are_refused(count):
    with pytest.raises(Refusal) as refusal:
        sixes(list(range(1, count + 1)))
    assert refusal.value.key == "groups.too_few"
    assert refusal.value.params == {"people": count, "groups": 6}


@given(people, st.data())
def test_whoever_was_moved_stays_there_when_counted_again(members, data):
    formation = sixes(members)
    moves = data.draw(st.dictionaries(st.sampled_from(members), st.integers(1, 6), max_size=5))
    for member, group in moves.items():
        formation = g.move(formation, member, group)
    stays = data.draw(st.sets(st.sampled_from(members), min_size=6).map(sorted))
    again = g.count_off(SIX, stays, TOPICS, now=NOW, before=formation)
    assert sorted(again.seats) == stays
    for member, group in moves.items():
        if member in again.seats:
            assert again.seats[member].group == group
    # The rest evens out as far as the moves leave that possible.
    counted = dict.fromkeys(again.groups, 0)
    for member, seat in again.seats.items():
        counted[seat.group] += member not in moves
    largest_of_counted = max((again.sizes()[number] for number in counted if counted[number]), default=0)
    assert largest_of_counted - min(again.sizes().values()) <= 1


def test_a_move_into_a_group_that_is_gone_is_forgotten():
    formation = g.move(sixes(list(range(1, 13))), 1, 6)
    again = g.count_off(SIX, list(range(1, 13)), TOPICS, now=NOW, groups=3, before=formation)
    assert again.seats[1].group <= 3


def test_counting_again_leaves_roles_with_those_who_stay_in_their_group():
    formation = roles.volunteer(sixes(list(range(1, 13))), 4, GroupRole.SCRIBE, now=NOW)
    again = g.count_off(SIX, list(range(1, 13)), TOPICS, now=NOW, before=formation)
    assert (again.groups[4].scribe, again.groups[4].pen) == (4, 4)
    gone = g.count_off(SIX, [1, 2, 3, *range(5, 13)], TOPICS, now=NOW, before=formation)
    assert all(group.scribe is None and group.pen is None for group in gone.groups.values())


# Merging ---------------------------------------------------------------------------------------------------------


@given(people)
def test_merging_keeps_topics_and_numbers(members):
    earlier = sixes(members)
    merged = g.merge(THREE, earlier, members, now=NOW)
    assert [group.topics for group in merged.groups.values()] == [
        ("leadership", "strategy"),
        ("governance", "legal"),
        ("technology", "workforce"),
    ]
    for member in members:
        assert merged.seats[member].counted == earlier.seats[member].counted
        assert merged.seats[member].group == (earlier.seats[member].group + 1) // 2


@given(people)
def test_merged_groups_are_even_where_they_were_counted_to_be_merged(members):
    assert spread(g.merge(THREE, sixes(members), members, now=NOW)) <= 1


@given(people, st.integers(1, 12))
def test_who_is_left_over_sits_evenly_whatever_is_merged_later(members, groups):
    groups = min(groups, len(members))
    formation = g.count_off(SIX, members, TOPICS, now=NOW, groups=groups, merges=THREE.merges)
    assert sorted(formation.seats) == members
    assert spread(formation) <= 1


@given(people, st.sets(st.integers(301, 320), max_size=8))
def test_whoever_came_since_is_seated_when_merging_and_whoever_left_is_not(members, late):
    gone, present = members[0], [*members[1:], *sorted(late)]
    merged = g.merge(THREE, sixes(members), present, now=NOW)
    assert sorted(merged.seats) == sorted(present)
    assert gone not in merged.seats


def test_whoever_was_moved_after_merging_stays_when_merged_again():
    members = list(range(1, 19))
    earlier = g.move(sixes(members), 1, 6)  # a move among the six isn't one among the three
    merged = g.move(g.merge(THREE, earlier, members, now=NOW), 2, 3)
    earlier = g.move(earlier, 1, 3)
    again = g.merge(THREE, earlier, members, now=NOW, before=merged)
    assert (again.seats[1].group, again.seats[2].group) == (2, 3)


def test_other_groups_than_the_merge_names_are_refused():
    five = g.count_off(SIX, list(range(1, 11)), TOPICS, now=NOW, groups=5)
    with pytest.raises(Refusal, match=r"groups\.cant_merge"):
        g.merge(THREE, five, list(range(1, 11)), now=NOW)


# Latecomers, moves, leaving --------------------------------------------------------------------------------------


@given(people, st.integers(1, 20))
def test_latecomers_keep_the_groups_even(members, late):
    formation = sixes(members)
    for member in range(1001, 1001 + late):
        smallest = min(formation.sizes().values())
        seated = g.seat_latecomer(formation, member)
        assert formation.sizes()[seated.seats[member].group] == smallest
        assert {each: seat for each, seat in seated.seats.items() if each != member} == dict(formation.seats)
        formation = seated
    assert spread(formation) <= 1


def test_a_latecomer_who_is_seated_stays_put():
    formation = sixes(list(range(1, 13)))
    assert g.seat_latecomer(formation, 3) is formation


def test_moving_leaves_roles_and_pen_behind():
    formation = roles.volunteer(sixes(list(range(1, 13))), 1, GroupRole.SCRIBE, now=NOW)
    moved = g.move(formation, 1, 2)
    assert moved.seats[1].group == 2
    assert moved.seats[1].moved
    assert (moved.groups[1].scribe, moved.groups[1].pen) == (None, None)
    assert g.move(formation, 1, 1).groups[1].scribe == 1  # put where they are: only kept there from now on


def test_there_is_no_moving_into_a_group_that_is_not_there():
    with pytest.raises(Refusal, match=r"groups\.no_such"):
        g.move(sixes(list(range(1, 13))), 1, 7)


@given(people, st.data())
def test_vacating_frees_everything_and_moves_nobody_else(members, data):
    formation = sixes(members)
    for number in formation.groups:
        formation = roles.fill_roles(formation, number, now=NOW, phones=members)
    gone = data.draw(st.sampled_from(members))
    number = formation.seats[gone].group
    asked = replace(formation.groups[number], pen_asked=gone)
    formation = replace(formation, groups={**formation.groups, number: asked})
    after = g.vacate(formation, gone)
    assert gone not in after.seats
    for group in after.groups.values():
        assert gone not in (group.reporter, group.scribe, group.timekeeper, group.pen, group.pen_asked)
    assert {member: seat for member, seat in formation.seats.items() if member != gone} == dict(after.seats)
    assert g.vacate(after, gone) is after
