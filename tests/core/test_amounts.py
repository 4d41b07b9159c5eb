"""Lines taken apart: everything that was typed is somewhere afterwards, and reads the same when written again."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.amounts import Measure, audience_line, barrier_line, has_number, kpi_line, kpi_text, pair_text
from bot.core.words import clean_line

PARTS = st.sampled_from(
    [
        *["visits", "to the counter", "a month", "from", "to", "CO2", "Q3", "at least", "will be measured by a survey"],
        *["900", "600", "1 200", "1,200.5", "−3", "< 5", "45 %", "45%", "$9", "10-15", "3:1", "٩٠٠", "½", "600/month"],
        *[":", "：", "→", "->", "=>", "-", "–", ",", ";", ".", "(", ")", "/", "https://x.org", " ", "\n"],
    ]
)
LINES = st.one_of(
    st.text(),
    st.lists(PARTS, max_size=10).map(" ".join),
    st.lists(PARTS, max_size=10).map("".join),
    st.lists(st.sampled_from("a1 :→->to,.%–/'"), max_size=14).map("".join),
)


def words(text: str) -> Counter[str]:
    """The words and numbers of a text."""
    return Counter(re.findall(r"[^\W\d_]+|\d+", text))


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("visits to the counter: 900 → 600 a month", ("visits to the counter", "900", "600", "a month")),
        ("visits to the counter: 900 -> 600 a month", ("visits to the counter", "900", "600", "a month")),
        ("Visits from 900 to 600 a month.", ("Visits", "900", "600", "a month")),
        ("visits: 900 to 600", ("visits", "900", "600", "")),
        ("Waiting time: from 9 weeks to 2 weeks", ("Waiting time", "9 weeks", "2", "weeks")),
        ("visits 900 => 600", ("visits", "900", "600", "")),
        ("900 → 600 visits a month", ("visits a month", "900", "600", "")),
        ("Visits: from 900 → 600", ("Visits", "900", "600", "")),
        ("permits issued online: 600 a month", ("permits issued online", "", "600", "a month")),
        ("permits online: → 90 %", ("permits online", "", "90 %", "")),
        ("visits: 900 →", ("visits", "900", "", "")),
        ("processing time: at most 5 days", ("processing time", "", "at most 5 days", "")),
        ("trust: will be measured by a survey → 4.5 of 5", ("trust", "will be measured by a survey", "4.5", "of 5")),
        ("share of women: 1 200 → 2 400, each quarter", ("share of women", "1 200", "2 400", "each quarter")),
        ("cost: GHS 900 → GHS 600", ("cost", "GHS 900", "GHS 600", "")),
        ("CO2 in tonnes: 12.5 → 10–11", ("CO2 in tonnes", "12.5", "10–11", "")),
        ("Indicator 2.1: visits: 900 → 600/month", ("Indicator 2.1: visits", "900", "600", "/month")),
        ("الزيارات: ٩٠٠ → ٦٠٠ شهريا", ("الزيارات", "٩٠٠", "٦٠٠", "شهريا")),
        ("柜台访问量：900 → 600", ("柜台访问量", "900", "600", "")),
    ],
)  # fmt: skip
def test_a_measure_is_taken_apart(typed: str, parts: tuple[str, str, str, str]):
    name, baseline, target, unit = parts
    assert kpi_line(typed) == Measure(name=name, baseline=baseline, target=target, unit=unit)


@pytest.mark.parametrize(
    "typed",
    [
        "visits to the counter",
        "Fewer visits",
        "Reach 600 visits a month",
        "3 of 5 offices open",
        "paper → online",
        "Visits: fewer than before",
        "900 → 600",
        "→ 600",
        "See https://example.org/kpi",
        "Opens at 10:30",
        "",
    ],
)
def test_what_says_no_amounts_is_a_name(typed: str):
    assert kpi_line(typed) == Measure(name=typed)


def test_amounts_are_found_between_a_languages_own_words():
    line = "Visites au guichet : de 900 à 600 par mois"
    assert kpi_line(line, begins=["de"], ends=["à", "a"]) == Measure(
        name="Visites au guichet", baseline="900", target="600", unit="par mois"
    )


@given(LINES)
@example("a: 5 → 6 b → c")
@example("x 600, 5 to 7, 5 y")
def test_a_measure_reads_the_same_when_written_again(line: str):
    measure = kpi_line(line)
    assert kpi_line(kpi_text(measure)) == measure


@given(LINES)
@example("5 weeks to 7 weeks")
def test_nothing_of_a_measure_is_lost(line: str):
    measure = kpi_line(line)
    kept = words(" ".join([measure.name, measure.baseline, measure.target, measure.unit]))
    assert {each.casefold() for each in words(clean_line(line)) - kept} <= {"from", "to"}
    assert bool(measure.name) == bool(clean_line(line))


@pytest.mark.parametrize(
    ("typed", "pair"),
    [
        ("Legal office: fears claims", ("Legal office", "fears claims")),
        ("Bureau juridique : craint des recours", ("Bureau juridique", "craint des recours")),
        ("Legal office – fears claims: many", ("Legal office", "fears claims: many")),
        ("Co-op members - see no use", ("Co-op members", "see no use")),
        ("法律处：担心索赔", ("法律处", "担心索赔")),
        ("Legal office", ("Legal office", "")),
        ("Legal office:", ("Legal office", "")),
        (": fears claims", (": fears claims", "")),
        ("Those who come before 10:30", ("Those who come before 10:30", "")),
        ("Readers of https://example.org", ("Readers of https://example.org", "")),
        ("", ("", "")),
    ],
)
def test_a_barrier_and_an_audience_are_taken_apart(typed: str, pair: tuple[str, str]):
    assert barrier_line(typed) == audience_line(typed) == pair


@given(LINES)
def test_a_pair_reads_the_same_when_written_again_and_nothing_is_lost(line: str):
    first, second = barrier_line(line)
    assert barrier_line(pair_text(first, second)) == (first, second)
    assert words(f"{first} {second}") == words(clean_line(line))


@pytest.mark.parametrize("text", ["9", "at 45%", "٩٠٠", "९", "½", "②", "x²"])
def test_a_number_may_be_in_any_script(text: str):
    assert has_number(text)


@pytest.mark.parametrize("text", ["", "many", "一些", "…"])
def test_words_are_no_number(text: str):
    assert not has_number(text)
