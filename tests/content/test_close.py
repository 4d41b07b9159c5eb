"""close.toml: what is read of it, and each mistake with the way to mend it."""

from __future__ import annotations

import pytest

from bot.core.exercise import StepKind
from content.loader import check, load
from tests.content.conftest import Folder

CLOSE = """
minutes = 10

[[questions]]
id = "useful"
kind = "rating"
title = "Useful"
prompt = "How useful?"
minimum = 1
maximum = 5

[[questions]]
id = "pace"
kind = "choice"
title = "Pace"
prompt = "How fast?"

[[questions.options]]
id = "slow"
label = "Slow"

[[questions]]
id = "keep"
kind = "text"
title = "Keep"
prompt = "What to keep?"
optional = true
"""


@pytest.fixture
def closed(folder: Folder) -> Folder:
    folder.write("close.toml", CLOSE)
    return folder


def test_a_programme_needs_no_close(folder: Folder):
    assert load(folder.path).close is None


def test_questions_are_read_in_order(closed: Folder):
    assert check(closed.path) == []
    close = load(closed.path).close
    assert close is not None
    assert close.minutes == 10
    assert [(each.id, each.kind, each.optional) for each in close.questions] == [
        ("useful", StepKind.RATING, False),
        ("pace", StepKind.CHOICE, False),
        ("keep", StepKind.TEXT, True),
    ]


MISTAKES = {
    "nothing": (CLOSE, "minutes = 10", "questions", "is missing; add entries"),
    "too early": ("minutes = 10", "minutes = 900", "minutes", "from 0 to 120"),
    "a table": ('kind = "text"', 'kind = "table"', "questions[3].kind", "rating, choice, text"),
    "an id twice": ('id = "pace"', 'id = "useful"', "questions[2].id", 'the id "useful" stands already'),
    "a scale of one": ("maximum = 5", "maximum = 1", "questions[1].maximum", "give the scale two ends"),
    "options of a rating": ('"How fast?"', '"How fast?"\nminimum = 1', "questions[2].minimum", "is not a known key"),
    "a long prompt": ('"How fast?"', f'"{"o" * 161}"', "questions[2].prompt", "160 fit"),
    "no label": ('label = "Slow"', "", "questions[2].options[1].label", "is missing"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_named(closed: Folder, name: str):
    old, new, key, message = MISTAKES[name]
    closed.replace("close.toml", old, new)
    problems = check(closed.path)
    assert [(problem.file, problem.key) for problem in problems] == [("close.toml", key)]
    assert message in problems[0].message
