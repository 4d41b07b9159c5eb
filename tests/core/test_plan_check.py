"""What could be better about an action, and what a plan leaves open."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.plan import Action, Barrier, Communication, Frequency, Kpi, Resource
from bot.core.plan_check import (
    LACKS,
    WEAK,
    Lack,
    Question,
    Words,
    find,
    findings,
    first_finding,
    lacks_verb,
    means_everyone,
    open_questions,
    says_number,
)
from content.plan_words import plan_words

NOW = datetime(2027, 6, 14, 8, tzinfo=UTC)
WORDS = plan_words()
NAMES = {"m2": "Esi", "m3": "Marco", "c1": "Everyone", "c2": "Ministry of Works", "c3": "tout le monde"}

GOOD = Action(
    number=1,
    title="Publish the permit checklist online",
    responsible=("m2", "c2"),
    owner="m3",
    due_on=date(2027, 9, 30),
    resources_available=(Resource(what="web team", id=1),),
    barriers=(Barrier(who="Legal office", how="fears claims", answer="show them others", id=2),),
    communications=(Communication(audience="Applicants", sender="m2", frequency=Frequency.MONTHLY, id=3),),
    kpis=(Kpi(name="visits", baseline="900", target="600", id=4),),
    next_item=5,
    changed_at=NOW,
)


def name(party: str) -> str:
    return NAMES.get(party, "")


def keys(action: Action) -> list[str]:
    return [each.key for each in findings(action, name, WORDS)]


def test_a_good_action_lacks_nothing():
    assert keys(GOOD) == []
    assert first_finding(GOOD, name, WORDS) is None


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"responsible": ("c1",)}, ["everyone:c1"]),
        ({"responsible": ("m2", "c3")}, ["everyone:c3"]),
        ({"responsible": ()}, ["nobody"]),
        ({"owner": ""}, ["no_owner"]),
        ({"owner": "", "responsible": ()}, ["no_owner"]),
        ({"title": "Permits"}, ["no_verb"]),
        ({"title": "The permit checklist"}, ["no_verb"]),
        ({"title": "L’affichage des prix"}, ["no_verb"]),
        ({"due_on": None}, ["no_date"]),
        ({"resources_available": ()}, ["no_resources"]),
        ({"resources_available": (), "resources_needed": (Resource(what="a scanner", id=9),)}, []),
        ({"barriers": (Barrier(who="Legal office", id=7),)}, ["unanswered:7"]),
        ({"barriers": ()}, []),
        ({"communications": ()}, ["no_one_told"]),
        ({"communications": (Communication(audience="A", id=8),)}, ["untold:8", "how_often:8"]),
        ({"kpis": ()}, ["no_kpi"]),
        ({"kpis": (Kpi(name="visits", baseline="900", target="fewer", id=6),)}, ["kpi_no_number:6"]),
        ({"kpis": (Kpi(name="visits", target="600", id=6),)}, ["kpi_no_number:6"]),
        ({"kpis": (Kpi(name="visits", baseline="Esi counts them in March", target="600", id=6),)}, []),
        ({"kpis": (Kpi(name="visits", baseline="900", target="half", id=6),)}, []),
        ({"kpis": (Kpi(name="visits", baseline="٩٠٠", target="६००", id=6),)}, []),
    ],
)
def test_what_is_found(changes, found):
    assert keys(replace(GOOD, **changes)) == found


def test_what_was_called_fine_is_not_found_again():
    action = replace(GOOD, owner="", barriers=(Barrier(who="A", id=7), Barrier(who="B", id=8)))
    assert keys(action) == ["no_owner", "unanswered:7", "unanswered:8"]
    assert keys(replace(action, settled=frozenset({"no_owner", "unanswered:7"}))) == ["unanswered:8"]


def test_the_first_one_is_never_weak_and_is_found_by_its_key():
    action = Action(number=1, title="Publish the list", changed_at=NOW)
    first = first_finding(action, name, WORDS)
    assert first is not None
    assert first.lack is Lack.NO_OWNER
    assert find(action, "no_owner", name, WORDS) == first
    assert find(GOOD, "no_owner", name, WORDS) is None
    settled = frozenset(lack.value for lack in Lack if lack not in WEAK)
    assert first_finding(replace(action, settled=settled), name, WORDS) is None
    assert keys(replace(action, settled=settled)) == ["no_resources", "no_one_told", "no_kpi"]


# Words ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["everyone", "Everyone.", " ALL  of us ", "Tout le monde", "l’équipe", "الجميع", "大家", "Все"]
)
def test_names_that_mean_everybody(text):
    assert means_everyone(text, WORDS)


@pytest.mark.parametrize("text", ["", "Allan", "Esi", "All Saints School", "Ministry of Works", "Все для людей"])
def test_names_that_dont(text):
    assert not means_everyone(text, WORDS)


@pytest.mark.parametrize(
    "title",
    [
        "Publish the list",
        "publier la liste",
        "发布许可清单",
        "เผยแพร่รายการ",
        "Better inform applicants",
        "2. Train staff",
        "",
        "2027",
    ],
)
def test_titles_that_may_say_what_to_do(title):
    assert not lacks_verb(title, WORDS)


@pytest.mark.parametrize(
    "title", ["Permits", "The list", "Our counters", "2. The list", "Les guichets", "Digitalisierung"]
)
def test_titles_that_surely_dont(title):
    assert lacks_verb(title, WORDS)


def test_a_language_without_words_has_the_rule_of_one_word_only():
    nothing = Words()
    assert lacks_verb("Permits", nothing)
    assert not lacks_verb("The permits", nothing)
    assert not means_everyone("everyone", nothing)
    assert not says_number("half", nothing)


DIGITS = st.characters(categories=["Nd"])
LETTERS = st.text(st.characters(categories=["Ll", "Lu"]), max_size=10)


@given(LETTERS, DIGITS, LETTERS)
def test_a_digit_of_any_script_is_a_number(before, digit, after):
    assert unicodedata.category(digit) == "Nd"
    assert says_number(before + digit + after, Words())


@given(LETTERS)
def test_letters_alone_are_none(text):
    assert not says_number(text, Words())


@given(st.text(), st.text())
def test_any_words_can_be_looked_at(title, other):
    means_everyone(other, WORDS)
    says_number(other, WORDS)
    action = Action(number=1, title=title, kpis=(Kpi(name=other, target=other),), changed_at=NOW)
    found = findings(action, name, WORDS)
    assert len({each.key for each in found}) == len(found)


def test_the_languages_of_the_words_are_small_letters_as_they_are_compared():
    for word in WORDS.everyone | WORDS.no_verb | WORDS.numbers:
        assert word == word.casefold().strip(), word
    assert not WORDS.no_verb & {"a", "as", "o", "on", "die", "pour", "mise"}  # verbs somewhere


# The six questions ---------------------------------------------------------------------------------------------------


def test_a_plan_of_good_actions_answers_all_six():
    assert open_questions([GOOD, replace(GOOD, number=2)], name, WORDS) == dict.fromkeys(Question, ())
    assert open_questions([], name, WORDS) == dict.fromkeys(Question, ())


def test_each_question_names_the_actions_that_leave_it_open():
    bare = Action(number=3, title="Permits", changed_at=NOW)
    late = replace(GOOD, number=2, due_on=None)
    found = open_questions([GOOD, late, bare], name, WORDS)
    assert found == {
        Question.WHAT: (3,),
        Question.WHO: (3,),
        Question.WHEN: (2, 3),
        Question.MEANS: (3,),
        Question.TOLD: (3,),
        Question.SUCCESS: (3,),
    }


def test_every_lack_belongs_to_one_question():
    listed = [lack for lacks in LACKS.values() for lack in lacks]
    assert sorted(listed) == sorted(Lack)
