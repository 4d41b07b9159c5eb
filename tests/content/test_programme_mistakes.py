"""Each mistake in programme.toml is named with its key and the way to mend it, and nothing else is."""

from __future__ import annotations

import pytest

from content.loader import check
from tests.content.conftest import Folder

FOUR = '[[groupings]]\nid = "four"\ntitle = "Again"\ngroups = 4\ncount_off = 4\n'
LATE = '[[modules]]\nid = "2.2"\nday = 2\ntitle = "x"\n[[modules]]\nid = "1.2"\nday = 1\ntitle = "x"\n'

# name: (what stands there, what is put instead, key of the only problem, words of its message)
MISTAKES = {
    "unknown key": ("days = 2", 'days = 2\ntitel = "x"', "titel", "did you mean title?"),
    "no word for topics": ('topic_word = "theme"\n', "", "topic_word", "what a topic is called"),
    "wrong type: text for number": ("days = 2", 'days = "2"', "days", "is a text; it has to be a whole number"),
    "wrong type: true for number": ("minutes = 10", "minutes = true", "modules[1].minutes", "is true/false"),
    "wrong type: decimal for number": ("minutes = 10", "minutes = 1.5", "modules[1].minutes", "a decimal number"),
    "wrong type: date for text": ('title = "Small"', "title = 2026-01-01", "title", "is a date or time"),
    "number out of range": ("minutes = 10", "minutes = 9999", "modules[1].minutes", "from 0 to 480"),
    "duplicate topic": ('id = "sea"', 'id = "air"', "topics[2].id", "stands already at topics[1].id"),
    "duplicate module": ('id = "1.1"', 'id = "2.1"', "modules[2].id", "stands already at modules[1].id"),
    "duplicate grouping": ("[[modules]]", f"{FOUR}[[modules]]", "groupings[3].id", "stands already at groupings[1].id"),
    "long id": ('id = "fire"', f'id = "{"f" * 25}"', "topics[4].id", "use 1 to 24"),
    "module on no day": ("day = 2", "day = 3", "modules[2].day", "from 1 to 2"),
    "module out of order": (
        '[[modules]]\nid = "2.1"',
        f'{LATE}[[modules]]\nid = "2.1"',
        "modules[3].day",
        "order of days",
    ),
    "count of another number": (
        "[[modules]]",
        f"{FOUR.replace('four', 'x').replace('off = 4', 'off = 3')}[[modules]]",
        "groupings[3].count_off",
        "has to be 4",
    ),
    "merge of nothing": ('merge_of = "four"', 'merge_of = "six"', "groupings[2].merge_of", "no grouping above"),
    "merges without a name": ('merge_of = "four"\n', "", "groupings[2].merges", "needs merge_of"),
    "merge that leaves one out": ("[3, 4]", "[3]", "groupings[2].merges", "1 to 4, exactly once"),
    "merge that takes one twice": ("[3, 4]", "[3, 4, 1]", "groupings[2].merges", "exactly once"),
    "merges of another number": ("[[1, 2], [3, 4]]", "[[1, 2, 3, 4]]", "groupings[2].groups", "make them equal"),
    "merges not in lists": ("[[1, 2], [3, 4]]", "[1, 2]", "groupings[2].merges", "such as [[1, 2]"),
    "merges missing": ("merges = [[1, 2], [3, 4]]\n", "", "groupings[2].merges", "is missing"),
    "merge of other numbers": ("groups = 2\ncount_off = 4", "groups = 2\ncount_off = 3", "groupings[2].count_off", "4"),
    "more topics than there are": (
        "topics_per_group = 2",
        "topics_per_group = 3",
        "groupings[2].topics_per_group",
        "are 4",
    ),
    "malformed TOML": ("days = 2", "days = = 2", "", "line 3"),
    "impossible date": ("days = 2", "days = 2026-99-99", "", "is not TOML"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_the_only_problem_and_is_named(folder: Folder, name: str):
    old, new, key, words = MISTAKES[name]
    folder.replace("programme.toml", old, new)
    problems = check(folder.path)
    assert [(problem.file, problem.key) for problem in problems] == [("programme.toml", key)]
    assert words in problems[0].message
