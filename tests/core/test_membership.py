"""Joining, leaving, coming back, removing, handing over; opening and closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core import membership, workshop
from bot.core.errors import Refusal
from bot.core.exercise import Grouping
from bot.core.grouping import GroupRole, count_off, move
from bot.core.roles import volunteer
from bot.core.workshop import Membership, Role, Workshop

NOW = datetime(2027, 6, 14, 8, 0, tzinfo=UTC)
TWO = Grouping(id="two", title="Two groups", groups=2, count_off=2)


def opened() -> Workshop:
    return workshop.open_workshop(
        id=7,
        programme="p",
        title="Workshop",
        first_on=date(2027, 6, 14),
        country="GH",
        zone="Africa/Accra",
        code="ABCDEF",
        link_token="link",
        facilitator_token="once",
        organiser_id=1001,
        organiser_name="Amina",
        now=NOW,
    )


def joined(at: Workshop, *user_ids: int) -> Workshop:
    for user_id in user_ids:
        at, _, _ = membership.join(at, user_id=user_id, name=f"P{user_id}", organisation="", now=NOW)
    return at


def in_groups(at: Workshop) -> Workshop:
    seated = count_off(TWO, [each.number for each in at.participants()], ["a", "b"], now=NOW)
    return replace(at, formations={"two": seated})


def refused(key: str):
    return pytest.raises(Refusal, match=f"^{key.replace('.', chr(92) + '.')}$")


def test_the_organiser_is_number_one_and_leads():
    at = opened()
    assert at.organiser.number == 1
    assert at.organiser.leads
    assert at.participants() == []


def test_numbers_are_given_in_order_and_never_again():
    at = joined(opened(), 11, 12)
    at = membership.leave(at, 3)
    at = joined(at, 13)
    assert [member.number for member in at.participants()] == [2, 4]


def test_joining_twice_is_refused_with_the_number():
    at = joined(opened(), 11)
    with refused("join.already") as error:
        joined(at, 11)
    assert error.value.params == {"title": "Workshop", "number": 2}


def test_who_comes_back_has_the_old_number_and_organisation():
    at, _, _ = membership.join(opened(), user_id=11, name="Kofi", organisation="Works", now=NOW)
    at = membership.leave(at, 2)
    assert at.active_user(11) is None
    at, member, back = membership.join(at, user_id=11, name="Kofi M", organisation="", now=NOW)
    assert back
    assert (member.number, member.name, member.organisation) == (2, "Kofi M", "Works")


def test_a_facilitator_who_left_comes_back_by_the_common_link_as_a_participant():
    at, member = membership.join_as_facilitator(opened(), user_id=12, name="Bo", now=NOW)
    at = membership.leave(at, member.number)
    at, member, back = membership.join(at, user_id=12, name="Bo", organisation="", now=NOW)
    assert back
    assert member.role is Role.PARTICIPANT


def test_removed_people_stay_out_and_a_closed_workshop_takes_nobody():
    at = membership.remove(joined(opened(), 11), 2)
    with refused("join.removed"):
        joined(at, 11)
    with refused("join.removed"):
        membership.join_as_facilitator(at, user_id=11, name="P", now=NOW)
    closed = workshop.close(at, NOW)
    for enter in (lambda: joined(closed, 12), lambda: membership.enter(closed, name="No phone", now=NOW)):
        with refused("join.closed"):
            enter()


def test_the_facilitators_link_works_once_and_keeps_a_participants_number():
    at = joined(opened(), 11)
    at, member = membership.join_as_facilitator(at, user_id=11, name="ignored", now=NOW)
    assert (member.number, member.role, member.name) == (2, Role.FACILITATOR, "P11")
    assert at.facilitator_token is None
    assert workshop.renew_facilitator_link(at, "again").facilitator_token == "again"
    with refused("join.already"):
        membership.join_as_facilitator(at, user_id=11, name="P", now=NOW)


def test_a_participant_who_becomes_a_facilitator_leaves_their_group():
    at = in_groups(joined(opened(), 11, 12, 13, 14))
    at, member = membership.join_as_facilitator(at, user_id=11, name="P", now=NOW)
    assert member.number not in at.formations["two"].seats


def test_leaving_frees_seat_and_roles():
    at = in_groups(joined(opened(), 11, 12, 13, 14))
    seated = volunteer(at.formations["two"], 2, GroupRole.SCRIBE, now=NOW)
    at = membership.leave(replace(at, formations={"two": seated}), 2)
    group = at.formations["two"].groups[1]
    assert 2 not in at.formations["two"].seats
    assert (group.scribe, group.pen) == (None, None)


def test_the_organiser_hands_over_before_leaving():
    at, heir = membership.join_as_facilitator(opened(), user_id=12, name="Bo", now=NOW)
    for out in (membership.leave, membership.remove):
        with pytest.raises(Refusal):
            out(at, 1)
    at = membership.hand_over(at, heir.number)
    assert at.organiser.number == heir.number
    assert at.members[1].role is Role.FACILITATOR
    assert membership.leave(at, 1).members[1].status is Membership.LEFT


def test_only_a_facilitator_who_is_there_can_take_over():
    at = joined(opened(), 11)
    with refused("people.heir_leads"):
        membership.hand_over(at, 2)
    at, heir = membership.join_as_facilitator(at, user_id=12, name="Bo", now=NOW)
    with refused("people.heir_leads"):
        membership.hand_over(membership.leave(at, heir.number), heir.number)


def test_a_removal_can_be_undone_with_the_seat_as_it_was():
    at = in_groups(joined(opened(), 11, 12, 13, 14))
    at = replace(at, formations={"two": move(at.formations["two"], 3, 1)})
    seats = membership.seats_of(at, 3)
    removed = membership.remove(at, 3)
    assert 3 not in removed.formations["two"].seats
    back = membership.restore(removed, 3, seats)
    assert back.formations["two"].seats[3] == at.formations["two"].seats[3]
    assert back.members[3] == at.members[3]
    with refused("people.not_removed"):
        membership.restore(back, 3, seats)


def test_a_seat_in_a_group_that_is_gone_is_not_given_back():
    at = in_groups(joined(opened(), 11, 12, 13, 14))
    seats = {"two": replace(at.formations["two"].seats[3], group=9), "three": at.formations["two"].seats[3]}
    assert 3 not in membership.restore(membership.remove(at, 3), 3, seats).formations["two"].seats


def test_facilitators_manage_participants_and_the_organiser_everyone():
    at = joined(opened(), 11)
    at, bo = membership.join_as_facilitator(at, user_id=12, name="Bo", now=NOW)
    at = workshop.renew_facilitator_link(at, "again")
    at, cy = membership.join_as_facilitator(at, user_id=13, name="Cy", now=NOW)
    organiser, participant = at.members[1], at.members[2]
    assert all(membership.may_manage(organiser, each) for each in (organiser, participant, bo, cy))
    assert membership.may_manage(bo, participant)
    assert membership.may_manage(bo, bo)
    assert not membership.may_manage(bo, cy)
    assert not membership.may_manage(bo, organiser)
    assert not membership.may_manage(participant, participant)
    with refused("people.organiser_only"):
        membership.check_may_manage(at, bo, cy)


def test_people_without_a_phone_are_members_like_others():
    at, member = membership.enter(opened(), name="Ama", organisation="Works", now=NOW)
    assert member.user_id is None
    assert at.participants() == [member]
    at = membership.set_organisation(membership.rename(at, member.number, "Ama B"), member.number, "")
    assert (at.members[2].name, at.members[2].organisation) == ("Ama B", "")


def test_closing_takes_the_facilitators_link_away_and_can_be_undone():
    closed = workshop.close(opened(), NOW)
    assert closed.facilitator_token is None
    with refused("close.already"):
        workshop.close(closed, NOW)
    again = workshop.reopen(closed)
    assert (again.closed_at, again.code, again.link_token) == (None, "ABCDEF", "link")
    with refused("close.not_closed"):
        workshop.reopen(again)


def test_a_workshop_is_kept_for_longer_than_its_follow_up():
    assert opened().kept_until - opened().first_on >= timedelta(days=120)
