"""Local times as instants, and the hours in which somebody may be written to."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.hours import Hours, day_of, instant
from bot.workweek import hours_in

FRIDAY_AND_SATURDAY = frozenset({4, 5})
ZONES = (
    *("UTC", "Africa/Accra", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe"),
    *("Pacific/Kiritimati", "Etc/GMT-14", "Etc/GMT+12", "Pacific/Niue", "Pacific/Apia", "Pacific/Chatham"),
    *("Africa/Cairo", "Asia/Beirut", "Africa/Casablanca", "America/St_Johns", "America/Santiago", "Antarctica/Troll"),
)


def utc(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


# Local times as instants ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        ("2027-06-14", "09:00", "Africa/Accra", "2027-06-14T09:00"),
        ("2027-07-01", "09:00", "Europe/Berlin", "2027-07-01T07:00"),
        ("2027-01-04", "09:00", "Europe/Berlin", "2027-01-04T08:00"),
        ("2027-03-14", "02:30", "America/New_York", "2027-03-14T07:30"),  # not there: 03:30 on the new clock
        ("2027-11-07", "01:30", "America/New_York", "2027-11-07T05:30"),  # there twice: the first time
        ("2027-10-31", "02:30", "Europe/Berlin", "2027-10-31T00:30"),
        ("2027-04-04", "01:45", "Australia/Lord_Howe", "2027-04-03T14:45"),  # by half an hour only
        ("2027-10-03", "02:15", "Australia/Lord_Howe", "2027-10-02T15:45"),
        ("2027-06-14", "09:00", "Pacific/Kiritimati", "2027-06-13T19:00"),
        ("2027-06-14", "09:00", "Etc/GMT+12", "2027-06-14T21:00"),
        ("2027-06-14", "09:00", "Pacific/Niue", "2027-06-14T20:00"),
        ("2028-02-29", "09:00", "Asia/Kathmandu", "2028-02-29T03:15"),
        ("2011-12-30", "09:00", "Pacific/Apia", "2011-12-30T19:00"),  # a day that Samoa left out: 31 December, 09:00
    ],
)
def test_a_local_time_is_one_instant_even_where_it_is_left_out_or_comes_twice(day, at, zone, expected) -> None:
    assert instant(date.fromisoformat(day), time.fromisoformat(at), zone) == utc(expected)


def test_the_same_instant_is_another_day_elsewhere() -> None:
    at = utc("2027-06-14T11:00")
    days = [day_of(at, zone).day for zone in ("Etc/GMT+12", "Pacific/Niue", "Africa/Accra", "Pacific/Kiritimati")]
    assert days == [13, 14, 14, 15]


def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change() -> None:
    for day in (date(2027, 3, 27), date(2027, 3, 28), date(2027, 3, 29), date(2027, 10, 30), date(2027, 11, 1)):
        assert instant(day, time(9), "Europe/Berlin").astimezone(ZoneInfo("Europe/Berlin")).time() == time(9)


# Hours ---------------------------------------------------------------------------------------------------------------


def next_open(hours: Hours, at: str) -> str:
    """When somebody may next be written to, as their own clock shows it."""
    found = hours.next_open(datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(hours.zone)))
    return found.astimezone(ZoneInfo(hours.zone)).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-06-14T08:00", "2027-06-14T08:00"),
        ("2027-06-14T07:59", "2027-06-14T08:00"),
        ("2027-06-14T17:59", "2027-06-14T17:59"),
        ("2027-06-14T18:00", "2027-06-15T08:00"),
        ("2027-06-11T18:00", "2027-06-14T08:00"),  # Friday evening
        ("2027-06-12T12:00", "2027-06-14T08:00"),
        ("2028-02-28T18:00", "2028-02-29T08:00"),
        ("2027-02-26T20:00", "2027-03-01T08:00"),
        ("2027-12-31T18:30", "2028-01-03T08:00"),
    ],
)
def test_outside_of_working_hours_it_waits_for_the_next_ones(at, expected) -> None:
    assert next_open(Hours(zone="Africa/Accra"), at) == expected


def test_a_weekend_is_what_a_country_says() -> None:
    cairo = Hours(zone="Africa/Cairo", off=FRIDAY_AND_SATURDAY)
    assert next_open(cairo, "2027-06-10T18:00") == "2027-06-13T08:00"  # from Thursday to Sunday
    assert hours_in("EG", "Africa/Cairo").off == FRIDAY_AND_SATURDAY
    assert hours_in("IR", "Asia/Tehran").off == {4}
    assert hours_in("GH", "Africa/Accra").off == {5, 6}


def test_holidays_in_a_row_are_passed_over_with_the_weekend_between_them() -> None:
    free = {date(2027, 12, day) for day in (23, 24, 27, 28)}
    hours = Hours(zone="Africa/Accra", holiday=free.__contains__)
    assert next_open(hours, "2027-12-22T18:00") == "2027-12-29T08:00"
    assert hours.next_day(date(2027, 12, 22)) == date(2027, 12, 29)
    ghana = hours_in("GH", "Africa/Accra")
    assert next_open(ghana, "2027-03-25T18:00") == "2027-03-30T08:00"  # Good Friday to Easter Monday


def test_a_calendar_without_a_working_day_holds_nothing_up_for_good() -> None:
    never = Hours(zone="Africa/Accra", off=frozenset(range(7)))
    at = utc("2027-06-14T12:00")
    assert not never.are_open(at)
    assert never.next_open(at) == at
    assert never.next_day(at.date()) > at.date()


@pytest.mark.parametrize("country", ["", "XX", "AQ", "KI"])
def test_a_country_that_the_calendar_does_not_know_has_the_usual_weekend(country) -> None:
    hours = hours_in(country, "Pacific/Kiritimati")
    assert hours.off == {5, 6}
    assert hours.works_on(date(2027, 12, 24))
    assert hours.works_on(date(9999, 12, 31))


TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@st.composite
def any_hours(draw: st.DrawFn) -> Hours:
    opens, shuts = sorted(draw(st.lists(TIMES, min_size=2, max_size=2, unique=True)))
    off = draw(st.frozensets(st.integers(0, 6), max_size=6))
    free = draw(st.frozensets(st.integers(0, 30), max_size=20))
    return Hours(
        zone=draw(st.sampled_from(ZONES)), off=off, holiday=lambda day: day.day in free, opens=opens, shuts=shuts
    )


@settings(max_examples=300, deadline=None)
@given(any_hours(), st.datetimes(datetime(2010, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_next_opening_is_never_before_and_there_is_none_between(hours: Hours, at: datetime) -> None:
    found = hours.next_open(at)
    assert found >= at
    assert (found == at) or not hours.are_open(at)
    assert hours.next_open(found) == found or not hours.are_open(found)  # a time that was left out may be past its end
    step = (found - at) / 50
    assert not any(hours.are_open(at + step * number) for number in range(50)) or found == at


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ZONES), st.dates(date(2000, 1, 1), date(2040, 1, 1)), TIMES)
def test_a_local_time_comes_back_as_it_was_or_later_by_what_was_left_out(zone: str, day: date, at: time) -> None:
    found = instant(day, at, zone)
    shown = found.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wanted = datetime.combine(day, at)
    assert timedelta(0) <= shown - wanted <= timedelta(days=1)
    assert shown - wanted in (
        timedelta(0),
        timedelta(minutes=30),
        timedelta(hours=1),
        timedelta(hours=2),
        timedelta(days=1),
    )
    assert found == instant(day, at.replace(fold=1), zone)
