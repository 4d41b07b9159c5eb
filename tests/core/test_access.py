"""Who sees a product."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core import walk
from bot.core.access import may_see_product
from bot.core.exercise import Visibility
from bot.core.grouping import Formation, Group, Seat
from bot.core.workshop import Member, Membership, Role, Workshop, open_workshop
from tests.core.small import BEN, EXERCISE, NOW, published, started, the

INSIDE, OUTSIDE, UNSEATED, FACILITATOR, ORGANISER = 2, 3, 4, 5, 1
EVERYONE = (INSIDE, OUTSIDE, UNSEATED, FACILITATOR, ORGANISER)


@pytest.fixture
def workshop() -> Workshop:
    opened = open_workshop(
        id=1,
        programme="small",
        title="W",
        first_on=NOW.date(),
        country="KE",
        zone="Africa/Nairobi",
        code="ABCDEF",
        link_token="l",
        facilitator_token="f",
        organiser_id=100,
        organiser_name="Ada",
        now=NOW,
    )
    members = {
        number: Member(
            number=number,
            name=f"M{number}",
            user_id=100 + number,
            joined_at=NOW,
            role=Role.FACILITATOR if number == FACILITATOR else Role.PARTICIPANT,
        )
        for number in (INSIDE, OUTSIDE, UNSEATED, FACILITATOR)
    }
    seats = {
        INSIDE: Seat(member=INSIDE, group=1, counted=1),
        OUTSIDE: Seat(member=OUTSIDE, group=2, counted=2),
    }
    groups = {1: Group(number=1), 2: Group(number=2)}
    formation = Formation(grouping="two", formed_at=NOW, groups=groups, seats=seats)
    return replace(opened, members={**opened.members, **members}, formations={"two": formation})


def seen_by(workshop, visibility, run):
    exercise = replace(EXERCISE, product=replace(EXERCISE.product, visibility=visibility))
    return {number for number in EVERYONE if may_see_product(workshop, exercise, run, workshop.members[number])}


def answered():
    return walk.write(started(), the("ideas"), BEN, "boats", now=NOW)


@pytest.mark.parametrize(
    ("visibility", "before", "after"),
    [
        (Visibility.ME, {INSIDE}, {INSIDE}),
        (Visibility.GROUP, {INSIDE}, {INSIDE}),
        (Visibility.FACILITATORS, {INSIDE, FACILITATOR, ORGANISER}, {INSIDE, FACILITATOR, ORGANISER}),
        (Visibility.ROOM, {INSIDE, FACILITATOR, ORGANISER}, set(EVERYONE)),
    ],
)
def test_a_product_is_seen_as_its_exercise_promises_before_and_after_it_is_published(
    workshop, visibility, before, after
):
    run = answered()
    assert seen_by(workshop, visibility, run) == before
    assert seen_by(workshop, visibility, published(run)) == after


def test_a_persons_own_product_is_theirs_and_no_groups(workshop):
    own = replace(answered(), group=0, member=OUTSIDE)
    assert seen_by(workshop, Visibility.ME, own) == {OUTSIDE}
    assert seen_by(workshop, Visibility.GROUP, published(own)) == {OUTSIDE}
    assert seen_by(replace(workshop, formations={}), Visibility.GROUP, own) == {OUTSIDE}


def test_whoever_is_moved_sees_the_product_of_the_group_they_came_to(workshop):
    formation = workshop.formations["two"]
    seats = {**formation.seats, OUTSIDE: replace(formation.seats[OUTSIDE], group=1)}
    moved = replace(workshop, formations={"two": replace(formation, seats=seats)})
    assert seen_by(moved, Visibility.GROUP, answered()) == {INSIDE, OUTSIDE}


@pytest.mark.parametrize("visibility", list(Visibility))
@pytest.mark.parametrize("status", [Membership.LEFT, Membership.REMOVED])
def test_who_is_no_longer_in_the_workshop_sees_nothing(workshop, visibility, status):
    members = {number: replace(member, status=status) for number, member in workshop.members.items()}
    assert seen_by(replace(workshop, members=members), visibility, published(answered())) == set()


def test_no_product_of_another_workshop_is_seen(workshop):
    elsewhere = replace(published(answered()), workshop_id=2)
    assert seen_by(workshop, Visibility.ROOM, elsewhere) == set()
