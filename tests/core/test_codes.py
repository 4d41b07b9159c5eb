"""Codes that are tried: how many, and whether a claim code is the right one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core import attempts, claim, naming
from bot.core.errors import Refusal

NOW = datetime(2027, 6, 14, 8, 0, tzinfo=UTC)


def minutes(*ago: float) -> list[datetime]:
    return [NOW - timedelta(minutes=each) for each in ago]


def test_five_wrong_codes_in_ten_minutes_are_the_most():
    assert attempts.minutes_to_wait(minutes(4, 3, 2, 1), NOW) == 0
    assert attempts.minutes_to_wait(minutes(9.5, 4, 3, 2, 1), NOW) == 1
    assert attempts.minutes_to_wait(minutes(0, 0, 0, 0, 0), NOW) == 10
    assert attempts.minutes_to_wait(minutes(10, 4, 3, 2, 1), NOW) == 0


def test_older_attempts_are_forgotten_when_another_is_noted():
    assert attempts.noted(minutes(30, 11, 2), NOW) == (*minutes(2), NOW)


def test_waiting_ends_when_it_was_said_to():
    wrong: tuple[datetime, ...] = ()
    at = NOW
    for _ in range(5):
        wrong = attempts.noted(wrong, at)
        at += timedelta(seconds=30)
    wait = attempts.minutes_to_wait(wrong, at)
    assert wait > 0
    assert attempts.minutes_to_wait(wrong, at + timedelta(minutes=wait)) == 0


def test_a_claim_code_is_known_by_its_digest_however_it_is_typed():
    kept = claim.digest("ABCDEFGHJKMN")
    assert "ABCDEFGHJKMN" not in kept
    for typed in ("ABCDEFGHJKMN", "abcd-efgh-jkmn", " ABCD EFGH JKMN "):
        assert claim.looks_like(typed)
        assert claim.is_right(typed, kept)
    assert claim.written("ABCDEFGHJKMN") == "ABCD-EFGH-JKMN"


@pytest.mark.parametrize("typed", ["ABCD-EFGH-JKMP", "", "ABCDEF", "Ⅷ", "ABCD-EFGH-JKMN-ABCD"])
def test_another_code_is_wrong(typed: str):
    assert not claim.is_right(typed, claim.digest("ABCDEFGHJKMN"))


def test_no_code_is_right_once_it_has_been_used():
    assert not claim.is_right("", "")
    assert not claim.is_right("ABCDEFGHJKMN", "")


def test_ordinary_words_do_not_look_like_a_claim_code():
    assert not claim.looks_like("hello everyone")
    assert not claim.looks_like("ABCDEF")


def test_names_are_one_visible_line_with_a_letter():
    assert naming.checked_name("  Kofi\n Mensah\u202e ") == "Kofi Mensah"
    assert naming.checked_name("李娜") == "李娜"
    for typed, key in (("\u200b ", "input.empty"), ("42", "name.letters"), ("x" * 61, "input.too_long")):
        with pytest.raises(Refusal) as error:
            naming.checked_name(typed)
        assert error.value.key == key


def test_a_title_has_words_and_an_organisation_may_be_a_number():
    assert naming.checked_organisation("1199") == "1199"
    assert naming.checked_title("<b>2030</b>") == "<b>2030</b>"
    with pytest.raises(Refusal) as error:
        naming.checked_title("2030")
    assert error.value.key == "new.title_letters"
