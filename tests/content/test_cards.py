"""cards.toml: what is read of it, each mistake with the way to mend it, and that what is shipped fits on a screen."""

from __future__ import annotations

import pytest

from bot.core import cards
from content.catalogues import Catalogues
from content.loader import check, load, load_all
from tests.content.conftest import Folder

CARDS = """
[[cards]]
id = "loops"
title = "Loops"
text = \"\"\"
What comes back.

• Again\"\"\"

[[cards]]
id = "small"
title = "Small loops"
text = "A loop of two."
part_of = "loops"
"""


@pytest.fixture
def carded(folder: Folder) -> Folder:
    folder.write("cards.toml", CARDS)
    return folder


def test_a_programme_needs_no_cards(folder: Folder):
    assert load(folder.path).cards == ()


def test_cards_are_read_in_order(carded: Folder):
    assert check(carded.path) == []
    known = load(carded.path).cards
    assert [(each.id, each.part_of) for each in known] == [("loops", ""), ("small", "loops")]
    assert known[0].text == "What comes back.\n\n• Again"
    assert [each.id for each in cards.below(known, "")] == ["loops"]
    assert [each.id for each in cards.below(known, "loops")] == ["small"]


MISTAKES = {
    "no cards": (CARDS, "", "cards", "is missing; add entries"),
    "no text": ('text = "A loop of two."', "", "cards[2].text", "is missing"),
    "too long": ('"A loop of two."', f'"{"o" * 901}"', "cards[2].text", "900 fit; shorten it"),
    "a long title": ('"Small loops"', f'"{"o" * 31}"', "cards[2].title", "30 fit; shorten it"),
    "an id twice": ('id = "small"', 'id = "loops"', "cards[2].id", 'the id "loops" stands already'),
    "a title twice": ('"Small loops"', '"Loops"', "cards[2].title", 'the title "Loops" stands already'),
    "a part of nothing": ('part_of = "loops"', 'part_of = "lops"', "cards[2].part_of", "no card of this file"),
    "a part of itself": ('part_of = "loops"', 'part_of = "small"', "cards[2].part_of", "is itself a part"),
    "an unknown key": ("part_of", "part_off", "cards[2].part_off", "did you mean part_of?"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_named(carded: Folder, name: str):
    old, new, key, message = MISTAKES[name]
    carded.replace("cards.toml", old, new)
    problems = check(carded.path)
    assert [(problem.file, problem.key) for problem in problems] == [("cards.toml", key)]
    assert message in problems[0].message


def test_more_cards_than_buttons_are_refused(folder: Folder):
    many = "".join(f'[[cards]]\nid = "c{at}"\ntitle = "T{at}"\ntext = "x"\n' for at in range(21))
    folder.write("cards.toml", many)
    (problem,) = check(folder.path)
    assert problem.key == "cards[21].part_of"
    assert "20 fit" in problem.message


def test_what_is_shipped_has_what_people_look_up_in_both_languages():
    programme = load_all()["innovation_digital_government"]
    known = {each.id for each in programme.cards}
    wanted = {"principles", "strategies", "systems", "archetypes", "stakeholders", "framework", "four_steps", "day_1"}
    assert wanted <= known
    archetype = programme.exercises["2.4.1.a"].step("archetype")
    assert archetype is not None
    assert len(cards.below(programme.cards, "archetypes")) == 8
    french = Catalogues().translations(programme.name, "fr")
    for card in programme.cards:
        assert french.gettext(card.text) != card.text
        assert len(french.gettext(card.text)) <= 900
