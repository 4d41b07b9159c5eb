"""What is stored comes back as the value it was."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.dialogue import Entries, NewWorkshop
from bot.core.message import Choice, ContentText, Phrase, Screen
from bot.core.run import Value
from storage import codec
from tests.storage.generated import CHOICES, DIALOGUES, SCREENS, any_of, of_type

NAIVE = datetime(2026, 3, 2, 9)  # noqa: DTZ001
NAIROBI = timezone(timedelta(hours=3))


@pytest.mark.parametrize("kind", DIALOGUES, ids=lambda kind: kind.__name__)
def test_every_question_comes_back_as_it_was_asked(kind):
    @settings(max_examples=25, deadline=None)
    @given(any_of(kind))
    def comes_back(dialogue):
        loaded = codec.load_dialogue(codec.dump_dialogue(dialogue))
        assert loaded == dialogue
        assert type(loaded) is kind

    comes_back()


def test_no_two_questions_go_by_one_name():
    names = [each.default for kind in DIALOGUES for each in fields(kind) if each.name == "kind"]
    assert len(set(names)) == len(names) == len(DIALOGUES)


def test_no_question_is_none():
    assert codec.load_dialogue(codec.dump_dialogue(None)) is None


def test_a_question_of_an_older_version_loses_what_it_no_longer_has_and_gains_what_it_has_now():
    older = '{"kind": "entries", "run_id": 3, "step": "gap", "mood": "fine"}'
    assert codec.load_dialogue(older) == Entries(run_id=3, step="gap")


@pytest.mark.parametrize(
    "text",
    ['{"kind": "gone"}', '{"kind": "entries"}', '{"kind": "people", "workshop_id": 1, "asks": "?"}', "[]", "{", ""],
)
def test_a_question_that_no_longer_exists_is_dropped(text):
    assert codec.load_dialogue(text) is None


@settings(max_examples=200, deadline=None)
@given(of_type(Value))
def test_an_answer_comes_back_with_its_type(value):
    loaded = codec.load_value(codec.dump_value(value))
    assert loaded == value
    assert type(loaded) is type(value)


@settings(max_examples=100, deadline=None)
@given(SCREENS, st.lists(CHOICES, max_size=3).map(tuple))
def test_a_screen_and_its_choices_come_back_as_they_were_meant(screen, choices):
    assert codec.load_screen(codec.dump_screen(screen)) == screen
    assert codec.load_choices(codec.dump_choices(choices)) == choices


def test_peoples_words_are_never_taken_for_a_date_or_a_message():
    words = '{"$at": "2026-03-02T09:00:00+00:00"}'
    screen = Screen("plain", {"text": words}, ((Choice(words, "a"),),))
    assert codec.load_screen(codec.dump_screen(screen)) == screen


def test_what_a_parameter_can_be_keeps_its_kind():
    params = {
        "day": date(2026, 3, 2),
        "at": datetime(2026, 3, 2, 12, tzinfo=NAIROBI),
        "inner": Phrase("plain", {"text": [ContentText("p", "Gap"), 3, "x"]}),
    }
    loaded = codec.load_screen(codec.dump_screen(Screen("k", params))).params
    assert loaded == params
    assert type(loaded["day"]) is date
    assert loaded["at"].utcoffset() == timedelta(0)


def test_instants_sort_as_text_in_the_order_of_time():
    first = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    instants = [first + timedelta(microseconds=step) for step in (0, 1, 10**6, 10**6 + 1, 10**10)]
    texts = [codec.instant(at.astimezone(NAIROBI)) for at in instants]
    assert texts == sorted(texts)
    assert [codec.from_instant(text) for text in texts] == instants
    assert codec.from_maybe_instant(codec.maybe_instant(None)) is None
    assert codec.from_maybe_instant(codec.maybe_instant(first)) == first


@pytest.mark.parametrize(
    "dump",
    [
        lambda: codec.instant(NAIVE),
        lambda: codec.maybe_instant(NAIVE),
        lambda: codec.dump_screen(Screen("k", {"at": NAIVE})),
        lambda: codec.dump_dialogue(NewWorkshop(at=NAIVE)),
    ],
)
def test_an_instant_without_a_zone_is_not_stored(dump):
    with pytest.raises((ValueError, TypeError)):
        dump()


@pytest.mark.parametrize("value", [object(), b"x", 2**64, {1, "a"}, "\ud800"])
def test_what_could_not_come_back_is_not_stored(value):
    with pytest.raises(TypeError):
        codec.dumps({"value": value})
