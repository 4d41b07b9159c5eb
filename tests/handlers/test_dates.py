"""Typed days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from handlers.days import dates

NOW = datetime(2026, 6, 3, 9, 0, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("language", "typed", "days"),
    [
        ("en", "15 june", ["2026-06-15"]),
        ("en", "15 JUN 2026.", ["2026-06-15"]),
        ("en", "monday 15 june 2026", ["2026-06-15"]),
        ("en", "30 sept", ["2026-09-30"]),
        ("en", "1 june", ["2027-06-01"]),
        ("en", "2026-06-15", ["2026-06-15"]),
        ("en", "15.6.2026", ["2026-06-15"]),
        ("en", "15/6", ["2026-06-15"]),
        ("en", "3/4/2027", ["2027-04-03", "2027-03-04"]),
        ("en", "3/4", ["2027-04-03", "2027-03-04"]),
        ("en", "4/4/27", ["2027-04-04"]),
        ("en", "29/2", ["2028-02-29"]),
        ("en", "tomorrow", ["2026-06-04"]),
        ("en", "in 2 weeks", ["2026-06-17"]),
        ("en", "next Monday", ["2026-06-08"]),
        ("en", "wednesday", ["2026-06-10"]),
        ("fr", "lundi prochain", ["2026-06-08"]),
        ("fr", "le 15 juin 2026", ["2026-06-15"]),
        ("fr", "15 June", ["2026-06-15"]),
        ("es", "próximo lunes", ["2026-06-08"]),
        ("pt-br", "15 de junho", ["2026-06-15"]),
        ("ru", "15 июня", ["2026-06-15"]),
        ("ar", "١٥ يونيو ٢٠٢٦", ["2026-06-15"]),
        ("ar", "١٥/٦/٢٠٢٦", ["2026-06-15"]),
        ("zh-hans", "6月15日", ["2026-06-15"]),
        ("zh-hans", "2026年6月15日", ["2026-06-15"]),
        ("en-xa", "15 june", ["2026-06-15"]),
    ],
)
def test_a_day_is_read_in_its_writers_language(language: str, typed: str, days: list[str]):
    assert [day.isoformat() for day in dates.read(typed, language, NOW)] == days


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hello",
        "1",
        "2026",
        "may",
        "31/2/2027",
        "15/13",
        "99999999999999999999",
        "monday or tuesday",
        "\u200b",
        "🙂" * 50,
    ],
)
def test_what_names_no_day_is_not_read_as_one(typed: str):
    assert dates.read(typed, "en", NOW) == []


def test_a_day_years_away_is_not_sensible():
    assert dates.is_near(date(2026, 1, 5), NOW)
    assert dates.is_near(date(2028, 12, 1), NOW)
    assert not dates.is_near(date(3026, 6, 15), NOW)
    assert not dates.is_near(date(2020, 1, 1), NOW)


def test_a_day_is_past_only_when_it_is_over_everywhere():
    assert not dates.is_past(date(2026, 6, 3), NOW)
    assert not dates.is_past(date(2026, 6, 2), NOW)
    assert dates.is_past(date(2026, 6, 1), NOW)
    assert dates.is_past(date(2026, 6, 2), NOW.replace(hour=13))


def test_mondays_on_offer_are_ahead():
    assert dates.next_mondays(NOW, 2) == [date(2026, 6, 8), date(2026, 6, 15)]
    assert dates.next_mondays(datetime(2026, 6, 8, tzinfo=UTC), 1) == [date(2026, 6, 15)]


def test_days_are_written_as_their_reader_writes_them():
    assert dates.full(date(2026, 6, 15), "fr") == "lundi 15 juin 2026"
    assert "15" in dates.on_button(date(2026, 6, 15), "en")
    assert dates.without_weekday(date(2026, 4, 3), "en-XA") == dates.without_weekday(date(2026, 4, 3), "en")


def test_a_workshop_goes_on_over_a_weekend():
    saturday_sunday, friday_saturday = frozenset({5, 6}), frozenset({4, 5})
    assert dates.last_day(date(2026, 6, 15), 5, saturday_sunday) == date(2026, 6, 19)
    assert dates.last_day(date(2026, 6, 18), 5, saturday_sunday) == date(2026, 6, 24)
    assert dates.last_day(date(2026, 6, 14), 5, friday_saturday) == date(2026, 6, 18)
    assert dates.span(date(2026, 6, 15), 1, saturday_sunday, "fr") == "15 juin 2026"
    assert dates.span(date(2026, 6, 15), 5, saturday_sunday, "fr") == "15–19 juin 2026"


def test_the_clock_of_a_zone():
    assert dates.clock(NOW, "Asia/Kathmandu", "fr") == "14:45"
    assert dates.today_in(datetime(2026, 6, 3, 23, 0, tzinfo=UTC), "Asia/Tokyo") == date(2026, 6, 4)


@pytest.mark.parametrize(
    ("typed", "language", "days"),
    [
        ("Monday", "en", {0}),
        ("Tuesdays and Friday", "en", {1, 4}),
        ("lundi, jeudi", "fr", {0, 3}),
        ("mon/thu", "fr", {0, 3}),
        ("1 5", "en", {0, 4}),
        ("daily, 8, 0", "en", set()),
        ("", "en", set()),
    ],
)
def test_weekdays_are_read_by_name_or_number(typed: str, language: str, days: set[int]):
    assert dates.weekdays(typed, language) == days
