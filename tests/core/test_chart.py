"""Measures as bars: what number somebody's words have, and that every line fits on a small phone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import chart
from bot.core.chart import BAR, FULL, HALF, LABEL, VALUE, number_in, rows, spans, width_of

WORDS = st.text(max_size=40) | st.sampled_from(
    ["900", "about 790", "45 %", "will be measured by July", "1 200 a month", "每月约870次", "٨٧٠ زيارة", "Ünïcödé 7,5"]
)
LABELS = st.text(max_size=20) | st.sampled_from(["Jul 19", "19 juil.", "7月19日", "١٩ يوليو"])


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("900", 900),
        ("about 790 visits", 790),
        ("8,5", 8.5),
        ("8.25 days", 8.25),
        ("1,200", 1200),
        ("1.200.000", 1_200_000),
        ("1,200.5", 1200.5),
        ("1.200,5", 1200.5),
        ("1 200 a month", 1200),
        ("12\u202f500", 12500),
        ("2’000", 2000),
        ("45 %", 45),
        ("0.125", 0.125),
        ("-3 points", -3),
        ("−3", -3),
        ("Covid-19", 19),
        ("between 10 and 20", 10),
        ("٨٧٠", 870),
        ("2027 1 200", 2027),  # not a thousand of anything
        ("", None),
        ("will be measured by July", None),
    ],
)
def test_the_first_number_in_words_counts(words: str, number: float | None):
    assert number_in(words) == number


@given(st.lists(st.tuples(LABELS, WORDS), max_size=8))
def test_every_line_has_its_width(values: list[tuple[str, str]]):
    made = rows(values)
    assert len(made) == len(values)
    for row in made:
        assert width_of(row.label) == LABEL
        assert width_of(row.value) == VALUE
        assert len(row.bar) <= BAR
        assert set(row.bar) <= {FULL, HALF}


@given(st.lists(st.integers(-50, 10_000), min_size=1, max_size=8))
def test_bars_are_as_long_as_their_numbers(numbers: list[int]):
    made = rows([("x", str(each)) for each in numbers])
    lengths = [2 * row.bar.count(FULL) + row.bar.count(HALF) for row in made]
    for (one, shorter), (other, longer) in zip(
        sorted(zip(numbers, lengths, strict=True)), sorted(zip(numbers, lengths, strict=True))[1:], strict=False
    ):
        assert one <= other
        assert shorter <= longer
    if max(numbers) > 0:
        assert max(lengths) == 2 * BAR
    assert all((length > 0) == (number > 0) for number, length in zip(numbers, lengths, strict=True))


def test_a_target_that_falls_and_one_that_rises():
    def bars(*values: str) -> list[int]:
        return [len(row.bar) for row in rows([("x", each) for each in values])]

    assert bars("900", "750", "600") == [10, 9, 7]
    assert bars("20 %", "35 %", "80 %") == [3, 5, 10]


def test_what_isnt_known_yet_has_no_bar():
    start, now = rows([("Start", "will be measured by July"), ("Jul 19", "870")])
    assert (start.value.strip(), start.bar) == (chart.UNKNOWN, "")
    assert (now.value.strip(), len(now.bar)) == ("870", BAR)


def test_of_words_that_do_not_fit_the_number_stays():
    [row] = rows([("Monday 19 July", "somewhat over 1 200 visits")])
    assert row.value.strip() == "1 200"
    assert row.label == "Monday…".ljust(LABEL)


@given(st.lists(st.integers(-50, 10_000) | st.none(), max_size=8))
def test_bars_of_a_picture_lie_within_it_and_begin_at_nothing(numbers: list[int | None]):
    made = spans(["unknown" if each is None else str(each) for each in numbers])
    assert [span is None for span in made] == [each is None for each in numbers]
    known = [(number, span) for number, span in zip(numbers, made, strict=True) if number is not None and span]
    assert len({begin for _, (begin, _) in known}) <= 1
    for number, (begin, end) in known:
        assert 0 <= begin <= 1
        assert 0 <= end <= 1
        assert (begin < end, begin > end) == (number > 0, number < 0)
