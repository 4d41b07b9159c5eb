"""What people type to the questions about an action in other words than the buttons', in their language or in
English."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.plan import Field
from bot.core.plan_dialogue import PlanAsk
from handlers.plan.typed import joined_names, listed_names, move_of


def asked(field: Field, *, part: str = "", asks: Any = "") -> PlanAsk:
    return PlanAsk(plan_id=1, action=1, field=field, part=part, item=1 if part else 0, asks=asks)


@pytest.mark.parametrize("text", ["next", "Skip", "no", "Nothing.", "that’s all", "go on", "suivant", "RIEN", "non"])
@pytest.mark.parametrize("field", [Field.MILESTONES, Field.COMMUNICATIONS, Field.SUPPORTERS, Field.OWNER, Field.DUE_ON])
def test_a_list_a_person_or_a_day_is_left(field: Field, text: str):
    assert move_of(asked(field), text, "fr") == "next"


@pytest.mark.parametrize(("text", "move"), [("next", "next"), ("passer", "next"), ("nothing", ""), ("non", "")])
@pytest.mark.parametrize("part", ["answer", "how"])
def test_nothing_may_be_what_somebody_does_about_a_barrier(part: str, text: str, move: str):
    assert move_of(asked(Field.BARRIERS, part=part), text, "fr") == move


@pytest.mark.parametrize(("text", "move"), [("oui", "day_ok"), ("ok", "day_ok"), ("Non", "days"), ("suivant", "")])
def test_a_day_that_was_read_back_is_taken_or_not(text: str, move: str):
    assert move_of(asked(Field.DUE_ON, asks="day"), text, "fr") == move


@pytest.mark.parametrize(("text", "move"), [("d'accord", "ok"), ("no", "name"), ("skip", "next"), ("Printer", "")])
def test_a_name_that_was_asked_about_is_meant_or_not(text: str, move: str):
    assert move_of(asked(Field.OWNER, asks="new_name"), text, "fr") == move


@pytest.mark.parametrize("text", ["Nothing works without the director", "Personne ne vient", "Next year's budget", ""])
def test_words_that_begin_like_it_are_an_answer(text: str):
    assert move_of(asked(Field.BARRIERS), text, "fr") == ""


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Esi", "en", ["Esi"]),
        ("Esi, Marco", "en", ["Esi", "Marco"]),
        ("Esi, Marco and Kofi", "en", ["Esi", "Marco", "Kofi"]),
        ("Esi, Marco, AND Kofi;", "en", ["Esi", "Marco", "Kofi"]),
        ("Awa et Kossi & Esi\nMarco", "fr", ["Awa", "Kossi", "Esi", "Marco"]),
        ("Awa and Kossi", "fr", ["Awa", "Kossi"]),
        ("Etienne Andoh", "fr", ["Etienne Andoh"]),
        ("Esi和Marco", "zh-hans", ["Esi", "Marco"]),
        ("أمل ومريم، كوفي", "ar", ["أمل", "مريم", "كوفي"]),
    ],
)
def test_several_names_are_told_apart(text: str, language: str, names: list[str]):
    assert joined_names(text, language) == names


def test_and_within_a_name_is_part_of_it():
    assert listed_names("Esi, Ministry of Works and Housing") == ["Esi", "Ministry of Works and Housing"]
