"""When something is to go out, as people type it."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.broadcasts.when import read_when

NOW = datetime(2027, 6, 14, 8, 0, tzinfo=UTC)  # a Monday, 11:00 in Nairobi


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:30", "14 11:30"),
        ("2 pm", "14 11:00"),
        ("at 14.30", "14 11:30"),
        ("1430", "14 11:30"),
        ("9:00", "15 06:00"),  # it has passed today
        ("11:00", "15 08:00"),
        ("tomorrow 9:00", "15 06:00"),
        ("9:00 tomorrow", "15 06:00"),
        ("tomorrow at 9:00", "15 06:00"),
        ("tomorrow, 2 pm", "15 11:00"),
        ("wednesday 8h30", "16 05:30"),
        ("17 June 14:00", "17 11:00"),
        ("on 17 June at 14:00", "17 11:00"),
        ("17.06.2027 14:00", "17 11:00"),
        ("today 10:00", "14 07:00"),  # that it has passed is for the rule to say
    ],
)
def test_times_and_days_are_read_in_the_zone(text: str, expected: str):
    found = read_when(text, "en", NOW, "Africa/Nairobi")
    assert found is not None, text
    assert f"{found:%d %H:%M}" == expected
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "minutes"), [("in 20 minutes", 20), ("20 min", 20), ("dans 5 minutes", 5), ("in 1 minute", 1), ("90m", 90)]
)
def test_so_many_minutes_from_now(text: str, minutes: int):
    assert read_when(text, "fr", NOW, "Africa/Nairobi") == NOW + timedelta(minutes=minutes)


def test_french_is_read():
    assert read_when("demain à 9h30", "fr", NOW, "Africa/Nairobi") == datetime(2027, 6, 15, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "tomorrow", "17 June", "yesterday 9:00", "25:00", "in a while", "9" * 80])
def test_anything_else_is_no_time(text: str):
    assert read_when(text, "en", NOW, "Africa/Nairobi") is None
