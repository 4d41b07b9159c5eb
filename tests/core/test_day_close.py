"""The daily close: each question once, nobody's answer to be told from others', and nothing shown of a few."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import day_close
from bot.core.day_close import CloseAnswer, DayClose
from bot.core.errors import Refusal
from bot.core.exercise import CloseQuestion, Option, StepKind
from bot.core.tally import SHOWN_FROM

NOW = datetime(2027, 6, 14, 17, tzinfo=UTC)
QUESTIONS = (
    CloseQuestion(id="useful", kind=StepKind.RATING, title="Useful", prompt="?", minimum=1, maximum=5),
    CloseQuestion(id="pace", kind=StepKind.CHOICE, title="Pace", prompt="?", options=(Option(id="ok", label="OK"),)),
    CloseQuestion(id="keep", kind=StepKind.TEXT, title="Keep", prompt="?", optional=True),
)
OPEN = DayClose(on=NOW.date(), opened_at=NOW)


def answered(close: DayClose, member: int, at: int, text: str | None, number: int = 0) -> DayClose:
    numbers = count(number or 1000 * member + at + 1)
    return day_close.answer(close, QUESTIONS, member, at, text, lambda: next(numbers))


def test_a_member_goes_through_all_questions_once():
    close = OPEN
    for at, text in enumerate(("4", "ok", None)):
        assert day_close.next_of(close, QUESTIONS, 7) == at
        close = answered(close, 7, at, text)
    assert day_close.next_of(close, QUESTIONS, 7) is None
    assert [(each.question, each.value) for each in close.answers.values()] == [("useful", "4"), ("pace", "ok")]
    with pytest.raises(Refusal, match=r"wrap\.once"):
        answered(close, 7, 0, "1")


@pytest.mark.parametrize(
    ("at", "text", "key"), [(0, "6", "input.number"), (1, "no", "input.choose"), (2, " ", "input.empty")]
)
def test_what_is_not_asked_for_is_refused_and_nothing_is_kept(at, text, key):
    close = OPEN
    for each, given_text in enumerate(("4", "ok")[:at]):
        close = answered(close, 7, each, given_text)
    with pytest.raises(Refusal) as refusal:
        answered(close, 7, at, text)
    assert refusal.value.key == key


def test_only_an_optional_question_is_passed_over():
    with pytest.raises(Refusal, match=r"wrap\.needed"):
        answered(OPEN, 7, 0, None)


def test_an_answer_has_neither_author_nor_time():
    assert {each.name for each in fields(CloseAnswer)} == {"number", "question", "value", "shown"}


def test_a_number_that_is_taken_is_drawn_again():
    first = answered(OPEN, 1, 0, "4", number=5)
    second = answered(first, 2, 0, "5", number=5)
    assert sorted(second.answers) == [5, 6]


@given(st.lists(st.integers(1, 5), max_size=23), st.booleans())
def test_results_come_in_handfuls_and_the_rest_at_the_end(ratings: list[int], over: bool):
    close, members = OPEN, range(1, 60)
    for member, rating in enumerate(ratings, 1):
        before = len(day_close.results(close, QUESTIONS)[0].counts)
        close = day_close.revealed(answered(close, member, 0, str(rating)), QUESTIONS, members)
        shown = day_close.results(close, QUESTIONS)[0]
        assert shown.count == member - member % SHOWN_FROM
        assert shown.hidden == member % SHOWN_FROM
        assert shown.count or not before
    if over:
        close = day_close.revealed(day_close.ended(close, NOW), QUESTIONS, members)
        shown = day_close.results(close, QUESTIONS)[0]
        enough = len(ratings) >= SHOWN_FROM
        assert shown.count == (len(ratings) if enough else 0)
        assert sum(shown.counts.values()) == shown.count


def test_once_everybody_is_through_all_of_it_is_shown():
    close = OPEN
    for member in range(1, 6):
        for at, text in enumerate(("4", "ok", f"Words of {member}")):
            close = day_close.revealed(answered(close, member, at, text), QUESTIONS, range(1, 6))
    assert [each.hidden for each in day_close.results(close, QUESTIONS)] == [0, 0, 0]


@given(st.permutations(range(1, 9)), st.permutations(range(1, 9)))
def test_the_order_of_texts_says_nothing_of_the_order_in_which_they_came(order, numbers):
    close = OPEN
    for member, number in zip(order, numbers, strict=True):
        for at, text in enumerate(("4", "ok")):
            close = answered(close, member, at, text)
        close = answered(close, member, 2, f"Words {number}", number=number)
    close = day_close.revealed(close, QUESTIONS, range(1, 9))
    texts = day_close.results(close, QUESTIONS)[2].texts
    assert texts == tuple(f"Words {number}" for number in range(1, 9))


def test_what_is_over_takes_no_answers():
    close = day_close.ended(OPEN, NOW)
    with pytest.raises(Refusal, match=r"wrap\.over"):
        answered(close, 7, 0, "4")
    with pytest.raises(Refusal, match=r"wrap\.over"):
        day_close.ended(close, NOW)
    assert close.on == date(2027, 6, 14)
