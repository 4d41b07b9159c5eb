"""Calling a facilitator: once a group, taken by one, ticked off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core import calls
from bot.core.calls import Call
from bot.core.errors import Refusal

NOW = datetime(2027, 6, 15, 14, tzinfo=UTC)


def called(known: dict[int, Call], group: int, member: int = 5) -> dict[int, Call]:
    return calls.call(known, grouping="three", group=group, run_id=group, member=member, now=NOW)


def refused(key: str, function, *args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        function(*args, **kwargs)
    assert refusal.value.key == key
    return refusal.value.params


def test_a_group_has_one_call_at_a_time_and_the_first_is_first():
    known = called(called({}, 3), 1)
    assert [each.group for each in calls.open_calls(known)] == [3, 1]
    refused("calls.already", called, known, 3, 6)
    known = calls.end(known, 1, NOW)
    assert [each.group for each in calls.open_calls(called(known, 3))] == [1, 3]
    assert max(called(known, 3)) == 3  # numbers aren't used again: old buttons mean the old call


def test_groups_of_other_formations_are_others():
    known = called({}, 1)
    assert calls.of_group(known, "six", 1) is None
    assert calls.of_group(known, "three", 1) == known[1]


def test_one_facilitator_comes_and_the_second_hears_who_it_is():
    known = calls.take(called({}, 2), 1, by=1, now=NOW)
    assert known[1].taken_by == 1
    assert calls.take(known, 1, by=1, now=NOW + timedelta(minutes=1)) == known
    assert refused("calls.taken", calls.take, known, 1, by=4, now=NOW) == {"member": 1}


def test_what_is_over_is_neither_taken_nor_ended_again():
    known = calls.end(called({}, 2), 1, NOW)
    for function in (calls.end, lambda found, number, now: calls.take(found, number, 1, now)):
        refused("calls.over", function, known, 1, NOW)
        refused("calls.over", function, known, 9, NOW)
