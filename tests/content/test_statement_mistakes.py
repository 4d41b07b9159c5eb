"""Each mistake in statements, and in exercises that ask about them, is named with the way to mend it."""

from __future__ import annotations

import pytest

from bot.core.exercise import Ref, Statements
from content.loader import check, load
from tests.content.conftest import Folder

S, ALONE, GROUP = "statements.toml", "exercises/1.1.toml", "exercises/2.1.toml"
STATEMENTS = "".join(
    f'[[statements]]\nid = "{topic}_{number}"\ntopic = "{topic}"\ntext = "Number {number} is true of {topic}."\n\n'
    for topic in ("air", "sea", "land", "fire")
    for number in (1, 2)
)
FIRST = """\
id = "1.1"
module = "1.1"
title = "Alone"
about = "What I think."
minutes = 10

[[steps]]
id = "view"
kind = "rating"
title = "View"
who = "each"
visibility = "me"
items_from = "statements"
sure = true
prompt = "How true?"
minimum = 1
maximum = 4
dont_know = true

[[steps]]
id = "end"
kind = "confirm"
title = "Finish"
prompt = "Done?"

[product]
title = "Mine"
visibility = "me"

[[product.sections]]
title = "Given"
step = "view"
layout = "rated"
"""
SECOND = """\
id = "2.1"
module = "2.1"
grouping = "four"
title = "Together"
about = "What we think."
minutes = 10

[[steps]]
id = "own"
kind = "rating"
title = "Own"
who = "each"
visibility = "me"
items_from = "statements"
carries = "1.1#view"
prompt = "How true?"
minimum = 1
maximum = 4
dont_know = true

[[steps]]
id = "spread"
kind = "read"
title = "Spread"
reveals = "own"
prompt = "So it lies."

[[steps]]
id = "agreed"
kind = "rating"
title = "Agreed"
who = "scribe"
items_from = "#own"
agrees = true
sure = true
prompt = "What do you agree on?"
minimum = 1
maximum = 4

[[steps]]
id = "gaps"
kind = "list"
title = "Gaps"
recall = ["#agreed"]
prompt = "What is missing?"

[[steps]]
id = "start"
kind = "text"
title = "Start"
offers = "#gaps"
prompt = "With which?"

[[steps]]
id = "end"
kind = "confirm"
title = "Publish"
prompt = "Publish?"

[product]
title = "Card"
visibility = "room"

[[product.sections]]
title = "Agreed"
step = "agreed"
layout = "rated"
"""


@pytest.fixture
def assessed(folder: Folder) -> Folder:
    for file, text in ((S, STATEMENTS), (ALONE, FIRST), (GROUP, SECOND)):
        folder.write(file, text)
    return folder


def test_statements_and_what_asks_about_them_are_read(assessed: Folder):
    programme = load(assessed.path)
    assert [each.id for each in programme.statements][:2] == ["air_1", "air_2"]
    own, agreed = programme.exercises["2.1"].step("own"), programme.exercises["2.1"].step("agreed")
    assert own is not None
    assert agreed is not None
    assert (own.items_from, own.carries, own.counted) == (Statements.ASKED, Ref("1.1", "view"), True)
    assert (agreed.agrees, agreed.sure, agreed.counted) == (True, True, False)
    assert programme.exercises["1.1"].personal


# name: (file, text, what it becomes, key, words of the message)
MISTAKES = {
    "no text": (S, 'text = "Number 1 is true of air."\n', "", "statements[1].text", "is missing"),
    "an empty text": (S, '"Number 1 is true of air."', '""', "statements[1].text", "is empty"),
    "a long text": (S, "Number 1 is true of air.", "a" * 201, "statements[1].text", "200 fit"),
    "a number for a text": (S, '"Number 1 is true of air."', "1", "statements[1].text", "is a number"),
    "no topic": (S, 'topic = "air"\n', "", "statements[1].topic", "is missing"),
    "an unknown topic": (S, 'topic = "air"', 'topic = "ether"', "statements[1].topic", "is none of these"),
    "a long id": (S, '"air_1"', f'"{"a" * 15}"', "statements[1].id", "1 to 14"),
    "an id twice": (S, '"air_2"', '"air_1"', "statements[2].id", "stands already in statement 1"),
    "a text twice": (S, "Number 2 is true of air.", "Number 1 is true of air.", "statements[2].text", "stands already"),
    "an unknown key": (S, 'id = "air_1"', 'id = "air_1"\nweight = 3', "statements[1].weight", "is not a known key"),
    "sure of what isn't asked": (ALONE, 'items_from = "statements"\n', "", "steps[1].sure", "is asked of statements"),
    "carried from nowhere": (GROUP, '"1.1#view"', '"1.1#vew"', "steps[1].carries", "does not have"),
    "carried from another kind": (GROUP, '"1.1#view"', '"2.1.a#ideas"', "steps[1].carries", "later"),
    "revealed nothing": (GROUP, 'reveals = "own"', 'reveals = "agreed"', "steps[2].reveals", "no rating for each"),
    "agreed on by each": (GROUP, 'who = "scribe"', 'who = "each"', "steps[3].who", "settles together"),
    "agreed and disputed": (GROUP, "agrees = true", "agrees = true\ndisputed = true", "steps[3].agrees", "disputed"),
    "agreed on statements": (GROUP, '"#own"', '"statements"', "steps[3].agrees", "name a rating"),
    "agreed on another scale": (
        GROUP,
        'prompt = "What do you agree on?"\nminimum = 1\nmaximum = 4',
        'prompt = "What do you agree on?"\nminimum = 1\nmaximum = 5',
        "steps[3].items_from",
        "use the same numbers",
    ),
    "offered a choice": (GROUP, 'offers = "#gaps"', 'offers = "2.1.b#whom"', "steps[5].offers", "comes later"),
    "offered a rating": (GROUP, 'offers = "#gaps"', 'offers = "#agreed"', "steps[5].offers", "rating of items"),
    "offers in a list": (GROUP, 'recall = ["#agreed"]', 'offers = "#agreed"', "steps[4].offers", "means nothing"),
    "rated what is no rating": (
        GROUP,
        'step = "agreed"\nlayout = "rated"',
        'step = "gaps"\nlayout = "rated"',
        "product.sections[1].layout",
        "can't show",
    ),
}
LEAD_TO_OTHERS = {"agreed on by each", "agreed on statements", "sure of what isn't asked", "offers in a list"}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named(assessed: Folder, name: str):
    file, old, new, key, words = MISTAKES[name]
    assessed.replace(file, old, new)
    problems = check(assessed.path)
    named = [problem for problem in problems if (problem.file, problem.key) == (file, key)]
    assert named, problems
    assert words in named[0].message
    assert len(problems) == 1 or name in LEAD_TO_OTHERS, problems


def test_a_topic_without_a_statement_is_named(assessed: Folder):
    assessed.write(S, STATEMENTS.replace('topic = "fire"', 'topic = "land"'))
    assert [(each.file, each.key, each.message) for each in check(assessed.path)] == [
        (S, "statements", "fire has no statement")
    ]


def test_without_statements_nothing_asks_about_them(assessed: Folder):
    (assessed.path / S).unlink()
    problems = check(assessed.path)
    assert {(each.file, each.key) for each in problems} == {
        (ALONE, "steps[1].items_from"),
        (GROUP, "steps[1].items_from"),
    }
    assert all("add statements.toml" in each.message for each in problems)
