"""People's words as they are kept: everything that can be seen stays, nothing else does."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.words import clean, clean_line, same

FAMILY = "👩\u200d👩\u200d👧\u200d👦"
ODD = st.sampled_from(
    [
        *"\u200b\u200c\u200d\u200e\u202e\u2066\u2069\ufeff\u00ad\u034f\u3164\u2800\ufe0f\ufe0e\u061c\U000e0067\U000e007f",
        *"\n\r\t \x00\x0b\x85\u2028\u00a0\u3000\ufffc\ufdd0\ue000\ud800\u0301\u094d\u20e3",
        *"aéß1#ℹ☕👩🏽🏴🇫\u0915\u0645漢",
        "\U0001fae9",
    ]
)
TEXTS = st.one_of(
    st.text(), st.lists(ODD, max_size=12).map("".join), st.text(st.characters(categories=["Mn", "Cf", "Lo"]))
)


@pytest.mark.parametrize(
    "text",
    [
        FAMILY,
        "👨🏿\u200d🚀 👩🏽\u200d⚕\ufe0f",  # skin tones and professions
        "🇺🇳🇰🇪🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # flags, Scotland's too
        "🏳\ufe0f\u200d🌈 ❤\ufe0f\u200d🔥 👁\ufe0f\u200d🗨\ufe0f",
        "🙂\u200d↔\ufe0f",
        "1\ufe0f\u20e3 #\ufe0f\u20e3 ☎\ufe0e ℹ\ufe0f",
        "\U0001fae8\U0001f6dc\U0001fae9",  # newer than the Python that runs the tests
        "می\u200cخواهم",  # Persian, with a non-joiner between two letters
        "ه\u200d.ش",  # the abbreviation of a calendar, kept open by a joiner
        "അവന\u0d4d\u200d",  # Malayalam, with a joiner at the end of a word
        "ක\u0dca\u200dර",  # Sinhala
        "र\u094d\u200dय क\u094d\u200cष",
        "র\u200d\u09cdয\u09beব",  # Bengali
        "ᠮᠤ\u180bᠩ",  # Mongolian, with a selected form
        "葛\U000e0100城",  # Japanese, with a selected form
        "<b> & </i> _*[`{0}",
        "ﷺ ½ 漢字 𐓏 ﬁ",
        "Ελλάδα Кыргызстан ไทย한국어",
        "«quoted»\n\nnext paragraph",
        "²³ ™ � ",
        "שלום",
    ],
)
def test_what_can_be_seen_stays_as_it_was_written(text):
    assert clean(text) == unicodedata.normalize("NFC", text).strip()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a\u200bb\u2060c\ufeffd\u00ade\u034ff", "abcdef"),
        ("\u202eevil\u202c \u2066a\u2069\u2067b\u2069\u2068c\u2069\u200f\u200e\u061c", "evil abc"),
        ("b\x00e\x07l\x1bl", "bell"),
        ("pass\u200dword", "password"),
        ("pass\u200cword é\u200dé 漢\u200d字 👍\u200c👍", "password éé 漢字 👍👍"),
        ("آب،\u200c نان،\u200cنان", "آب، نان،نان"),
        ("\u200dword\u200c \u200d", "word"),
        ("👩\u200d", "👩"),
        ("👩\u200dx", "👩x"),
        ("می\u200c\u200c\u200cخواهم", "می\u200cخواهم"),
        ("می\u200c خواهم\u200c", "می خواهم"),
        ("a\ufe0f \ufe0fb\ufe0f\ufe0f\u3000\ufe0f \u200d\ufe0fc", "a b c"),
        ("1\ufe0f 2", "1 2"),
        ("x\U000e0068\U000e0069\U000e007f", "x"),  # words hidden in tags
        ("🏴\U000e0068 ", "🏴"),
        ("e\u200b\u0301", "é"),
        ("e\u0301", "é"),
        ("\u1100\u1161", "가"),
        ("one\ttwo\u00a0three\u3000four  five", "one two three four five"),
        ("one\x0btwo\x0cthree\x85four\u2028five\u2029six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        (" one \n\n\n\n two\n ", "one\n\ntwo"),
        ("one\n\u200b\n\u2800\n\ntwo", "one\n\ntwo"),
        ("dictated\ufffc word", "dictated word"),
        ("\ue000\uf8ffx\ufdd0\U0001fffe\ud83d", "x"),
    ],
)
def test_what_can_not_be_seen_goes(written, kept):
    assert clean(written) == kept


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\n\t\n", "\u200b", "\u200d\u200c", "\u2063", "\u00ad", "\u3164", "\uffa0 \u115f\u1160", "\u2800"),
        *("\ufe0f", "\ufe0e\ufe0f", "\U000e0100", "\u034f", "\u17b4", "\u180b", "\U000e0041\U000e0042", "\U000e0001"),
        *("\u202e\u202c", "\u2066\u2069", "\x00\x1f", "\ufffc", "\ue000", "\ufff9", "\u2028", "\ud83d", "\U0001d159"),
        *("\u2065", "\ufff0", "\U000e0fff", "\uffff", "\u180e", "\U0001bca0"),
    ],
)
def test_a_text_in_which_nothing_can_be_seen_is_empty(text):
    assert clean(text) == ""
    assert clean_line(text) == ""


def test_the_longest_message_keeps_its_length():
    for sign in ("x", "é", "漢", "👍"):
        assert clean(sign * 4096) == sign * 4096
    assert clean(FAMILY * 585) == FAMILY * 585
    assert clean("می\u200cخو " * 682) == ("می\u200cخو " * 682).strip()


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_cleaning_twice_is_the_same_as_once(text):
    once = clean(text)
    assert clean(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_what_is_kept_has_one_form_no_controls_and_no_direction_of_its_own(text):
    kept = clean(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == kept.strip()
    assert "\n\n\n" not in kept
    categories = {unicodedata.category(char) for char in kept if char != "\n" and char not in "\u200c\u200d"}
    tags = {char for char in kept if "\U000e0020" <= char <= "\U000e007f"}
    assert categories.isdisjoint({"Cc", "Cs", "Co", "Zl", "Zp"} if tags else {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    kept.encode()


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_no_letter_number_or_sign_is_lost(text):
    def signs(value: str) -> list[str]:
        decomposed = unicodedata.normalize("NFD", value)
        return [
            char for char in decomposed if not char.isspace() and char not in "\u2800\u3164\uffa0\u115f\u1160\ufffc"
        ]

    assert signs(clean(text)) == [sign for sign in signs(text) if sign != "\U0001d159"]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_line_has_no_break_and_single_spaces(text):
    line = clean_line(text)
    assert line == " ".join(line.split())
    assert line.split() == clean(text).split()


# The same ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [("Boats", "bOATS"), (" a  b\nc", "A B C"), ("Straße", "STRASSE"), ("ΣΊΣΥΦΟΣ", "σίσυφος"), ("", "  ")],
)
def test_letter_case_and_spaces_make_no_difference(one, other):
    assert same(one, other)


@pytest.mark.parametrize(("one", "other"), [("boat", "boats"), ("ab", "a b"), ("1", "−1"), ("resume", "résumé")])
def test_other_words_are_others(one, other):
    assert not same(one, other)
