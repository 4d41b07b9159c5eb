"""Cutting people's words: to a line that fits, and into pieces of which none is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.words import clean, pieces, shortened

FAMILY = "👩\u200d👩\u200d👧\u200d👦"
TEXTS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(["word", "a", "…", ". ", "? ", "\n", "。", " ", FAMILY, "🇺🇳", "e\u0323\u0301"])).map(
        "".join
    ),
)


# Shortened -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("exactly so", 10, "exactly so"),
        ("one\n two  three", 13, "one two three"),
        ("a land office with a queue", 16, "a land office…"),
        ("a land office, with a queue", 16, "a land office…"),
        ("Donaudampfschifffahrtsgesellschaft", 10, "Donaudamp…"),
        ("a Donaudampfschifffahrtsgesellschaft", 12, "a Donaudamp…"),
        ("🇺🇳🇺🇳🇺🇳", 4, "🇺🇳…"),
        ("a🇺🇳🇺🇳", 4, "a🇺🇳…"),
        ("ab🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", 6, "ab…"),
        (f"ab{FAMILY}cd", 8, "ab…"),
        ("👍🏽👍🏽👍🏽", 4, "👍🏽…"),
        ("abe\u0323\u0301de", 5, "ab…"),
        ("1\ufe0f\u20e32\ufe0f\u20e3", 5, "1\ufe0f\u20e3…"),
    ],
)
def test_a_text_is_cut_at_a_word_or_at_least_not_inside_a_sign(text, length, short):
    assert shortened(text, length) == short


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(1, 60))
def test_a_shortened_text_fits_on_a_line_and_begins_as_it_did(text, length):
    short = shortened(text, length)
    whole = " ".join(text.split())
    assert len(short) <= length
    assert "\n" not in short
    assert short == whole if len(whole) <= length else whole.startswith(short.removesuffix("…")) and short.endswith("…")


def test_marks_without_end_are_cut_all_the_same():
    assert len(shortened("a" + "\u0301" * 5000, 24)) == 24


# Pieces --------------------------------------------------------------------------------------------------------------


def visible(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=300, deadline=None)
@given(TEXTS.map(clean), st.integers(1, 60))
def test_pieces_fit_and_together_hold_every_word(text, length):
    parts = pieces(text, length)
    assert all(0 < len(part) <= length and part == part.strip() for part in parts)
    assert visible("".join(parts)) == visible(text)


@settings(max_examples=200, deadline=None)
@given(TEXTS.map(lambda text: clean(text * 9)), st.integers(20, 60))
def test_each_piece_is_an_entry_of_its_own(text, length):
    assert all(0 < len(clean(part)) <= length for part in pieces(text, length))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True)), st.integers(12, 60))
def test_no_word_that_fits_is_parted(words, length):
    parts = pieces(" ".join(words), length)
    assert [word for part in parts for word in part.split()] == words


@pytest.mark.parametrize(
    ("text", "length", "parts"),
    [
        ("", 10, []),
        ("short", 10, ["short"]),
        ("it fits", 7, ["it fits"]),
        ("First line\nsecond line", 15, ["First line", "second line"]),
        ("It is so. And more", 12, ["It is so.", "And more"]),
        ("Is it so? Yes! And more", 16, ["Is it so? Yes!", "And more"]),
        ("one two three four", 9, ["one two", "three", "four"]),
        ("一二三四五。六七八九。", 4, ["一二三四", "五。", "六七八九", "。"]),
        ("一二三四。五六七八。", 5, ["一二三四。", "五六七八。"]),
        ("🇺🇳🇺🇳🇺🇳", 3, ["🇺🇳", "🇺🇳", "🇺🇳"]),
        (FAMILY + FAMILY, 8, [FAMILY, FAMILY]),
    ],
)
def test_a_long_text_is_cut_at_lines_else_at_sentences_else_at_words(text, length, parts):
    assert pieces(text, length) == parts


def test_the_longest_message_fits_into_entries_of_any_size():
    text = clean("On Monday the office shut at ten. " * 120 + FAMILY * 100)
    for length in (1, 7, 160, 400, 4095):
        assert visible("".join(pieces(text, length))) == visible(text)
