"""Typed instead of tapped: which words mean which button."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.words import clean
from handlers.render import says


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("back", "Back"),
        (" BACK! ", "Back"),
        ("[Back]", "Back"),
        ("don't know", "Don’t know"),
        ("dont know", "Don't know"),
        ("next event", "Next: Event"),
        ("governance", "✓ Governance"),
        ("-2", "−2"),
        ("２", "2"),
        ("e\u0301tape", "Étape"),
        ("शासन", "शासन"),
        ("שלום", "\u2068שלום\u2069"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👍🏽", "👍🏽"),
        ("straße", "STRASSE"),
    ],
)
def test_typed_words_mean_the_button_with_these_words(typed, label):
    assert says(typed, label)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("", ""),
        (" ", "Back"),
        ("\u200b", "\u200b"),
        ("backs", "Back"),
        ("2", "−2"),
        ("का", "की"),
        ("👍", "👎"),
        ("1", "1 2"),
    ],
)
def test_other_words_mean_no_button(typed, label):
    assert not says(typed, label)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_a_label_typed_as_it_stands_means_its_button(label):
    assert says(label, label) == bool(clean(label))
