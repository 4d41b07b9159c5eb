"""A group's roles and its pen: volunteers before the rota, everyone once, and a pen that never gets stuck."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import grouping as g
from bot.core import roles as r
from bot.core.errors import Refusal
from bot.core.grouping import Formation, GroupRole
from tests.core.test_grouping import NOW, SIX, TOPICS, sixes

# Roles -----------------------------------------------------------------------------------------------------------


@given(st.integers(1, 8), st.data())
def test_by_rota_everyone_has_one_role_while_there_are_people_enough(size, data):
    members = list(range(1, size + 1))
    phones = data.draw(st.sets(st.sampled_from(members)))
    one = g.count_off(SIX, members, TOPICS, now=NOW, groups=1)
    group = r.fill_roles(one, 1, now=NOW, phones=phones).groups[1]
    roles = {role: group.holder(role) for role in GroupRole}
    assert (roles[GroupRole.SCRIBE] is None) == (not phones)
    assert roles[GroupRole.SCRIBE] is None or roles[GroupRole.SCRIBE] in phones
    assert group.pen == roles[GroupRole.SCRIBE]
    given_out = [holder for holder in roles.values() if holder is not None]
    assert len(given_out) >= 2
    assert len(set(given_out)) == min(len(given_out), size)


@given(st.integers(1, 8), st.sampled_from(GroupRole), st.data())
def test_the_rota_leaves_volunteers_their_role(size, role, data):
    members = list(range(1, size + 1))
    volunteer = data.draw(st.sampled_from(members))
    formation = g.count_off(SIX, members, TOPICS, now=NOW, groups=1)
    formation = r.volunteer(formation, volunteer, role, now=NOW)
    group = r.fill_roles(formation, 1, now=NOW, phones=members).groups[1]
    assert group.holder(role) == volunteer
    if size >= 3:
        assert len({group.reporter, group.scribe, group.timekeeper}) == 3


def test_a_role_that_somebody_has_is_refused_to_others_but_not_to_them():
    formation = r.volunteer(sixes(list(range(1, 13))), 1, GroupRole.REPORTER, now=NOW)
    with pytest.raises(Refusal) as refusal:
        r.volunteer(formation, 7, GroupRole.REPORTER, now=NOW)
    assert (refusal.value.key, refusal.value.params["member"]) == ("groups.role_taken", 1)
    assert r.volunteer(formation, 1, GroupRole.REPORTER, now=NOW).groups[1].reporter == 1
    with pytest.raises(Refusal, match=r"groups\.not_seated"):
        r.volunteer(formation, 99, GroupRole.REPORTER, now=NOW)


def test_when_the_scribe_leaves_the_rota_hands_the_pen_on():
    members = list(range(1, 5))
    formation = g.count_off(SIX, members, TOPICS, now=NOW, groups=1)
    formation = r.fill_roles(formation, 1, now=NOW, phones=members)
    left = g.vacate(formation, 1)
    group = r.fill_roles(left, 1, now=NOW, phones=[2, 3, 4]).groups[1]
    assert (group.scribe, group.pen) == (4, 4)  # the one who had no role yet


# The pen ---------------------------------------------------------------------------------------------------------


def held() -> Formation:
    formation = g.count_off(SIX, [1, 2, 3], TOPICS, now=NOW, groups=1)
    return r.fill_roles(formation, 1, now=NOW, phones=[1, 2, 3])


def test_the_pen_is_asked_for_while_it_moves_and_taken_after_a_minute_of_silence():
    asked = r.ask_for_pen(held(), 2, now=NOW + timedelta(seconds=59))
    assert (asked.groups[1].pen, asked.groups[1].pen_asked) == (1, 2)
    taken = r.ask_for_pen(asked, 3, now=NOW + timedelta(seconds=60))
    assert (taken.groups[1].pen, taken.groups[1].pen_asked) == (3, None)


def test_whoever_uses_the_pen_keeps_it_alive():
    busy = r.touch_pen(held(), 1, now=NOW + timedelta(seconds=50))
    asked = r.ask_for_pen(busy, 2, now=NOW + timedelta(seconds=100))
    assert asked.groups[1].pen == 1
    assert r.touch_pen(busy, 2, now=NOW + timedelta(seconds=100)) is busy


def test_the_pen_goes_to_nobody_outside_the_group():
    with pytest.raises(Refusal, match=r"pen\.not_in_group"):
        r.give_pen(held(), 1, 9, now=NOW)
    with pytest.raises(Refusal, match=r"pen\.yours"):
        r.ask_for_pen(held(), 1, now=NOW)
    kept = r.keep_pen(r.ask_for_pen(held(), 2, now=NOW), 1, now=NOW)
    assert (kept.groups[1].pen, kept.groups[1].pen_asked) == (1, None)
