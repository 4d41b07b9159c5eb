"""On which days an audience is told and a measure is asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cadence import LONGEST, PERIODS, days_to_measure, days_to_tell, repeated
from bot.core.plan import Action, Communication, Frequency, Kpi, Milestone

NOW = datetime(2027, 6, 14, 8, tzinfo=UTC)
DAYS = st.dates(date(2027, 1, 1), date(2032, 12, 31))
MONTHLY, QUARTERLY, WEEKLY = relativedelta(months=1), relativedelta(months=3), relativedelta(weeks=1)


def an_action(due_on: date | None = None, *milestones: date | None) -> Action:
    named = tuple(Milestone(name=f"Milestone {at}", due_on=day, id=at) for at, day in enumerate(milestones, 1))
    return Action(number=1, title="Publish the list", due_on=due_on, milestones=named, changed_at=NOW)


def told(frequency: Frequency | None, until: date | None = None) -> Communication:
    return Communication(audience="Applicants", frequency=frequency, until=until, id=9)


def first(begins: date, period: relativedelta, count: int) -> list[str]:
    return [day.isoformat() for day in islice(repeated(begins, period), count)]


def test_the_31st_comes_back_after_shorter_months():
    assert first(date(2027, 8, 31), MONTHLY, 5) == [
        "2027-09-30",
        "2027-10-31",
        "2027-11-30",
        "2027-12-31",
        "2028-01-31",
    ]


@pytest.mark.parametrize(
    ("begins", "february"),
    [("2027-12-31", "2028-02-29"), ("2028-12-31", "2029-02-28"), ("2027-12-29", "2028-02-29")],
)
def test_february_has_a_last_day_in_leap_years_and_others(begins: str, february: str):
    days = first(date.fromisoformat(begins), MONTHLY, 3)
    assert days[1] == february
    assert days[2][-2:] == begins[-2:]


def test_a_leap_day_comes_back_each_quarter_and_on_the_28th_a_year_on():
    assert first(date(2028, 2, 29), QUARTERLY, 4) == ["2028-05-29", "2028-08-29", "2028-11-29", "2029-02-28"]


def test_a_quarter_from_the_30th_of_november():
    assert first(date(2027, 11, 30), QUARTERLY, 2) == ["2028-02-29", "2028-05-30"]


def test_weeks_keep_their_day():
    days = list(islice(repeated(date(2027, 12, 20), WEEKLY), 3))
    assert [day.weekday() for day in days] == [0, 0, 0]
    assert days[0] == date(2027, 12, 27)


# Whom to tell ----------------------------------------------------------------------------------------------------


def test_until_its_last_day_which_counts():
    action, begins = an_action(date(2027, 12, 31)), date(2027, 6, 30)
    until = told(Frequency.MONTHLY, date(2027, 9, 30))
    assert days_to_tell(action, until, begins) == [date(2027, 7, 30), date(2027, 8, 30), date(2027, 9, 30)]
    assert days_to_tell(action, told(Frequency.MONTHLY), begins)[-1] == date(2027, 12, 30)


def test_a_year_on_where_nothing_says_until_when():
    days = days_to_tell(an_action(), told(Frequency.QUARTERLY), date(2027, 6, 18))
    assert days[0] == date(2027, 9, 18)
    assert days[-1] == date(2028, 6, 18)


def test_once_is_on_the_last_day():
    action, begins = an_action(date(2027, 9, 30)), date(2027, 6, 18)
    assert days_to_tell(action, told(Frequency.ONCE), begins) == [date(2027, 9, 30)]
    assert days_to_tell(action, told(None, date(2027, 8, 1)), begins) == [date(2027, 8, 1)]
    assert days_to_tell(an_action(), told(Frequency.ONCE), begins) == []


def test_what_ends_before_its_first_time_is_told_once():
    early = told(Frequency.QUARTERLY, date(2027, 7, 1))
    assert days_to_tell(an_action(date(2027, 12, 31)), early, date(2027, 6, 18)) == [date(2027, 7, 1)]


def test_at_each_milestone_that_has_a_day():
    one, other = date(2027, 8, 1), date(2027, 7, 1)
    action = an_action(date(2027, 9, 30), one, None, other, one)
    assert days_to_tell(action, told(Frequency.MILESTONES), date(2027, 6, 18)) == [other, one]
    assert days_to_tell(action, told(Frequency.MILESTONES, other), date(2027, 6, 18)) == [other]
    assert days_to_tell(an_action(date(2027, 9, 30)), told(Frequency.MILESTONES), date(2027, 6, 18)) == []


@given(st.sampled_from(sorted(PERIODS)), DAYS, st.none() | DAYS, st.none() | DAYS)
def test_days_are_in_order_a_period_apart_and_end_in_time(
    frequency: Frequency, begins: date, due_on: date | None, until: date | None
):
    days = days_to_tell(an_action(due_on), told(frequency, until), begins)
    assert days
    assert days == sorted(set(days))
    last = until or due_on
    if last is None:
        assert days[-1] <= begins + PERIODS[frequency] + LONGEST
    else:
        assert days[-1] <= last
    shortest = min(PERIODS[frequency].days or 28 * PERIODS[frequency].months, 89)
    assert all((later - earlier).days >= shortest for earlier, later in pairwise(days))
    if len(days) > 1:
        assert days == [begins + PERIODS[frequency] * times for times in range(1, len(days) + 1)]


# What is measured ------------------------------------------------------------------------------------------------


def asked(frequency: Frequency | None, action: Action, until: date = date(2027, 9, 18)) -> list[date]:
    return days_to_measure(action, Kpi(name="Visits", frequency=frequency), date(2027, 6, 18), until)


def test_a_measure_is_asked_for_at_its_rhythm():
    action = an_action(date(2027, 9, 30), date(2027, 8, 1))
    assert asked(Frequency.MONTHLY, action) == [date(2027, month, 18) for month in (7, 8, 9)]
    assert asked(Frequency.MILESTONES, action) == [date(2027, 8, 1)]
    assert asked(Frequency.ONCE, action) == [date(2027, 9, 30)]
    assert asked(None, action) == []
    assert asked(Frequency.ONCE, an_action()) == []


def test_a_measure_whose_first_time_comes_too_late_is_asked_for_once():
    assert asked(Frequency.QUARTERLY, an_action(), until=date(2027, 7, 1)) == [date(2027, 7, 1)]


@given(st.sampled_from(sorted(PERIODS)), st.integers(0, 900))
def test_no_measure_is_asked_for_beyond_its_time(frequency: Frequency, length: int):
    until = date(2027, 6, 18) + timedelta(days=length)
    assert all(date(2027, 6, 18) <= day <= until for day in asked(frequency, an_action(), until))
