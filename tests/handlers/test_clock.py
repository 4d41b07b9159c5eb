"""Times of day as people type them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.agenda.clock import read_time, read_times

HALF_PAST_NINE = (
    "9:30",
    "09:30",
    "9.30",
    "0930",
    "930",
    "9h30",
    "9 h 30",
    "9H30",
    "9:30 am",
    "9.30 a.m.",
    "9 heures 30",
)
TWO = ("14", "14:00", "14h", "14 h", "14 heures", "2 pm", "2pm", "2 p.m.", "2 PM.", "２ pm")


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        *((each, time(9, 30)) for each in HALF_PAST_NINE),
        *((each, time(14)) for each in TWO),
        ("9", time(9)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("12:15 a.m.", time(0, 15)),
        ("0:00", time(0)),
        ("at 9:30", time(9, 30)),
        ("à 9h30", time(9, 30)),
    ],
)
def test_a_time_is_read(typed: str, means: time):
    assert read_time(typed) == means


@pytest.mark.parametrize(
    "typed", ["", "soon", "24:00", "9:60", "9:3", "13 pm", "0 am", "9:30:00", "-9", "nine", "9 or 10", "123456", "9;30"]
)
def test_what_is_no_time_is_not_guessed(typed: str):
    assert read_time(typed) is None


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("9:30", (time(9, 30), None)),
        ("9:30 – 12:00", (time(9, 30), time(12))),
        ("9-12", (time(9), time(12))),
        ("9 am to 1 pm", (time(9), time(13))),
        ("from 9 until 12.30", (time(9), time(12, 30))),
        ("9h à 12h", (time(9), time(12))),
        ("de 9 h à 12 h 30", (time(9), time(12, 30))),
        ("9h jusqu’à 12h", (time(9), time(12))),
        ("9h a\u0300 12h", (time(9), time(12))),
    ],
)
def test_from_when_to_when_is_read(typed: str, means: tuple[time, time | None]):
    assert read_times(typed) == means


@pytest.mark.parametrize("typed", ["9 to", "to 12", "9 – noon", "9 – 12 – 14", "", "morning"])
def test_half_of_it_is_not_enough(typed: str):
    assert read_times(typed) is None


@given(st.times(), st.sampled_from(["{:%H:%M}", "{:%H.%M}", "{:%Hh%M}", "{:%H%M}", "{:%I:%M %p}"]))
def test_a_clock_is_read_back(at: time, written: str):
    assert read_time(written.format(at)) == at.replace(second=0, microsecond=0)


@given(st.text())
def test_nothing_that_is_typed_breaks_it(typed: str):
    read_times(typed)
