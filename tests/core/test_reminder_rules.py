"""On which days a rule reminds, and how a workshop has it otherwise."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import Refusal
from bot.core.followup_action import KINDS
from bot.core.plan import Frequency
from bot.core.reminder_rules import (
    KNOWN,
    MOST_DAYS,
    MOST_LISTED,
    Anchor,
    Rule,
    RuleChange,
    To,
    checked_days,
    effective,
)

DUE_ON = date(2027, 9, 30)
FAR = date(2030, 1, 1)


def a_rule(*days: int, **more) -> Rule:
    return Rule(id="due", title="Due", anchor=Anchor.DUE, to=To.RESPONSIBLE, days=days, **more)


def days_of(rule: Rule, anchor: date = DUE_ON, until: date = FAR) -> list[str]:
    return [day.isoformat() for _, day in rule.days_from(anchor, until)]


def test_it_reminds_on_the_days_it_lists_in_order() -> None:
    assert days_of(a_rule(0, -3, -14)) == ["2027-09-16", "2027-09-27", "2027-09-30"]
    assert days_of(a_rule(0, -3, -14), until=date(2027, 9, 27)) == ["2027-09-16", "2027-09-27"]
    assert days_of(a_rule()) == []


def test_overdue_comes_after_a_day_and_a_week_then_weekly_and_four_times_at_most() -> None:
    overdue = a_rule(1, 7, every=Frequency.WEEKLY, most=4)
    assert days_of(overdue) == ["2027-10-01", "2027-10-07", "2027-10-14", "2027-10-21"]
    assert [offset for offset, _ in overdue.days_from(DUE_ON, FAR)] == [1, 7, 14, 21]


def test_more_days_than_it_comes_in_all_are_not_reminded_of() -> None:
    assert len(days_of(a_rule(1, 2, 3, 4, 5, 6, every=Frequency.WEEKLY, most=4))) == 4
    assert len(days_of(a_rule(1, every=Frequency.WEEKLY))) == MOST_LISTED


def test_what_comes_monthly_keeps_the_day_of_the_month_it_counts_from() -> None:
    monthly = a_rule(every=Frequency.MONTHLY, most=4)
    assert days_of(monthly, date(2027, 12, 31)) == ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]


def test_a_workshop_has_some_of_it_otherwise_and_the_rest_as_it_is() -> None:
    rules = (a_rule(-3), a_rule(1, every=Frequency.WEEKLY))
    assert effective(rules, {}) == rules
    (changed, *_) = effective(rules, {"due": RuleChange(id="due", days=(-5,), at=time(16))})
    assert (changed.days, changed.at, changed.on, changed.title) == ((-5,), time(16), True, "Due")
    assert not any(rule.on for rule in effective(rules, {"due": RuleChange(id="due", on=False)}))
    assert effective(rules, {"gone": RuleChange(id="gone", on=False)}) == rules


@pytest.mark.parametrize("days", [(), tuple(range(MOST_LISTED + 1)), (MOST_DAYS + 1,), (-MOST_DAYS - 1,)])
def test_too_many_days_or_too_far_away_are_refused(days) -> None:
    with pytest.raises(Refusal, match=r"rules\.bad_days"):
        checked_days(days)


def test_days_that_were_typed_are_taken_once_each_in_order() -> None:
    assert checked_days((0, -3, 0, -14)) == (-14, -3, 0)


def test_for_everything_that_the_bot_knows_how_to_say_there_is_a_kind() -> None:
    assert set(KINDS) == KNOWN


@given(
    st.frozensets(st.integers(-MOST_DAYS, MOST_DAYS), max_size=MOST_LISTED),
    st.sampled_from([None, *(each for each in Frequency if each not in (Frequency.ONCE, Frequency.MILESTONES))]),
    st.integers(0, 12),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(-900, 900),
)
def test_days_come_in_order_once_each_and_none_too_many_or_too_late(days, every, most, anchor, last) -> None:
    until = date.fromordinal(anchor.toordinal() + last)
    found = list(a_rule(*days, every=every, most=most).days_from(anchor, until))
    assert found == sorted(set(found))
    assert all((day - anchor).days == offset and day <= until for offset, day in found)
    assert len(found) <= (most or MOST_LISTED)
