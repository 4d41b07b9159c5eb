"""Rules of reminding: on which days one fires, and as a workshop has it."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from bot.core.errors import Refusal
from bot.core.plan import Frequency
from bot.core.reminder_rules import MOST_DAYS, MOST_LISTED, Anchor, Rule, RuleChange, To, checked_days, effective

DUE = date(2027, 9, 30)
FAR = date(2030, 1, 1)


def rule(**about: Any) -> Rule:
    return Rule(id="due", title="Before it is due", anchor=Anchor.DUE, to=To.RESPONSIBLE, **about)


def fired(made: Rule, until: date = FAR) -> list[tuple[int, str]]:
    return [(offset, f"{day:%d %b}") for offset, day in made.days_from(DUE, until)]


def test_days_are_counted_from_the_anchor_in_order():
    assert fired(rule(days=(0, -14, -3))) == [(-14, "16 Sep"), (-3, "27 Sep"), (0, "30 Sep")]


def test_after_the_listed_days_it_comes_again_and_so_often_in_all():
    again = rule(days=(1, 7), every=Frequency.WEEKLY, most=4)
    assert fired(again) == [(1, "01 Oct"), (7, "07 Oct"), (14, "14 Oct"), (21, "21 Oct")]


def test_without_listed_days_it_is_counted_from_the_anchor_itself():
    monthly = rule(every=Frequency.MONTHLY, most=3)
    assert [day for _, day in fired(monthly)] == ["30 Oct", "30 Nov", "30 Dec"]


def test_what_comes_again_without_a_number_ends_by_itself():
    assert len(fired(rule(every=Frequency.WEEKLY))) == MOST_LISTED


def test_nothing_comes_after_the_end():
    assert fired(rule(days=(1, 7), every=Frequency.WEEKLY, most=4), until=date(2027, 10, 7)) == [
        (1, "01 Oct"),
        (7, "07 Oct"),
    ]


def test_fewer_times_than_days_are_listed_drops_the_last():
    assert [offset for offset, _ in fired(rule(days=(1, 7, 14), every=Frequency.WEEKLY, most=2))] == [1, 7]


def test_a_workshop_changes_a_part_of_a_rule_and_the_rest_stays():
    made = rule(days=(-3,), at=time(9))
    other = rule(days=(1,), at=time(9))
    changed = effective((made,), {"due": RuleChange(id="due", at=time(14))})[0]
    assert (changed.at, changed.days, changed.on) == (time(14), (-3,), True)
    assert effective((made,), {"due": RuleChange(id="due", on=False)})[0].on is False
    assert effective((other,), {"another": RuleChange(id="another", on=False)}) == (other,)


def test_typed_days_are_put_in_order_and_said_once():
    assert checked_days((0, -14, -3, -14)) == (-14, -3, 0)


@pytest.mark.parametrize("days", [(), tuple(range(MOST_LISTED + 1)), (MOST_DAYS + 1,), (-MOST_DAYS - 1,)])
def test_too_many_days_or_too_far_away_are_refused(days: tuple[int, ...]):
    with pytest.raises(Refusal, match=r"rules\.bad_days"):
        checked_days(days)
