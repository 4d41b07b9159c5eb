"""Each mistake in what a programme says of its sessions and of reminding is named with the way to mend it."""

from __future__ import annotations

from datetime import time

import pytest

from bot.core.hours import OPENS, SHUTS
from bot.core.plan import Frequency
from bot.core.reminder_rules import Anchor, To
from content.loader import check, load
from tests.content.conftest import Folder

SESSIONS = """
[[sessions]]
id = "1am"
day = 1
starts = "09:00"
ends = "12:00"
title = "Morning"
modules = ["1.1"]

[[sessions]]
id = "2pm"
day = 2
starts = "13:00"
ends = "17:00"
title = "Afternoon"
modules = ["2.1"]

[reminders]
opens = "07:30"
shuts = "19:00"

[[reminders.rules]]
id = "evening"
title = "The evening before"
anchor = "session"
to = "room"
days = [-1]
at = "20:00"

[[reminders.rules]]
id = "minutes"
title = "Shortly before"
anchor = "session"
to = "room"
minutes = [-15]

[[reminders.rules]]
id = "overdue"
title = "Overdue"
anchor = "due"
to = "responsible"
days = [1, 7]
every = "weekly"
most = 4
on = false
"""


@pytest.fixture
def timed(folder: Folder) -> Folder:
    """The small programme with an agenda, and with rules of reminding."""
    folder.write("programme.toml", (folder.path / "programme.toml").read_text("utf-8") + SESSIONS)
    return folder


def test_an_agenda_and_rules_are_read(timed: Folder):
    assert check(timed.path) == []
    programme = load(timed.path)
    assert [(each.id, each.day, each.starts, each.ends) for each in programme.sessions] == [
        ("1am", 1, time(9), time(12)),
        ("2pm", 2, time(13), time(17)),
    ]
    assert programme.sessions[1].modules == ("2.1",)
    assert (programme.opens, programme.shuts) == (time(7, 30), time(19))
    evening, minutes, overdue = programme.rules
    assert (evening.anchor, evening.to, evening.days, evening.at) == (Anchor.SESSION, To.ROOM, (-1,), time(20))
    assert (minutes.days, minutes.minutes) == ((), (-15,))
    assert (overdue.days, overdue.every, overdue.most, overdue.on) == ((1, 7), Frequency.WEEKLY, 4, False)


def test_a_programme_without_them_has_none(folder: Folder):
    programme = load(folder.path)
    assert (programme.sessions, programme.rules, programme.opens, programme.shuts) == ((), (), OPENS, SHUTS)


# name: (what stands there, what is put instead, key of the only problem, words of its message)
MISTAKES = {
    "no time of day": ('"13:00"', '"one"', "sessions[2].starts", 'is "one"'),
    "a number for a time of day": ('starts = "13:00"', "starts = 13", "sessions[2].starts", "a time of day in quotes"),
    "ends before it starts": ('"17:00"', '"12:30"', "sessions[2].ends", "not after starts"),
    "on no day of the programme": ("day = 2\nstarts", "day = 3\nstarts", "sessions[2].day", "from 1 to 2"),
    "module of another day": ('modules = ["2.1"]', 'modules = ["1.1"]', "sessions[2].modules[1]", "no module of day 2"),
    "unknown module": ('modules = ["2.1"]', 'modules = ["9.9"]', "sessions[2].modules[1]", "no module of day 2"),
    "out of order": (
        'day = 2\nstarts = "13:00"\nends = "17:00"\ntitle = "Afternoon"\nmodules = ["2.1"]',
        'day = 1\nstarts = "11:00"\nends = "17:00"\ntitle = "Afternoon"\nmodules = ["1.1"]',
        "sessions[2].starts",
        "in the order of the agenda",
    ),
    "the same session twice": ('id = "2pm"', 'id = "1am"', "sessions[2].id", "stands already at sessions[1].id"),
    "session without a title": ('title = "Afternoon"\n', "", "sessions[2].title", "is missing"),
    "unknown key of a session": (
        'title = "Afternoon"',
        'title = "Afternoon"\nplace = "x"',
        "sessions[2].place",
        "not a known key",
    ),
    "shuts before it opens": ('"19:00"', '"07:00"', "reminders.shuts", "not after opens"),
    "unknown anchor": ('anchor = "due"', 'anchor = "deadline"', "reminders.rules[3].anchor", "deadline"),
    "to nobody that it knows": ('to = "responsible"', 'to = "all"', "reminders.rules[3].to", "all"),
    "to somebody that it says nothing to": (
        'to = "responsible"',
        'to = "room"',
        "reminders.rules[3].to",
        "it can be: owner, responsible",
    ),
    "no days": ("days = [-1]\n", "", "reminders.rules[1].days", "is missing"),
    "too far away": ("days = [-1]", "days = [-401]", "reminders.rules[1].days", "-400"),
    "minutes after the start": ("minutes = [-15]", "minutes = [15]", "reminders.rules[2].minutes", "-720"),
    "minutes of something that isn't a session": (
        "days = [1, 7]",
        "days = [1, 7]\nminutes = [-15]",
        "reminders.rules[3].minutes",
        "only go with the anchor session",
    ),
    "an unknown rhythm": ('"weekly"', '"daily"', "reminders.rules[3].every", "daily"),
    "a rhythm that is none": ('"weekly"', '"once"', "reminders.rules[3].every", "it has to be weekly"),
    "too often": ("most = 4", "most = 21", "reminders.rules[3].most", "from 0 to 20"),
    "neither on nor off": ("on = false", 'on = "no"', "reminders.rules[3].on", "true or false"),
    "at night": ("most = 4", 'most = 4\nat = "22:00"', "reminders.rules[3].at", "when nobody may be written to"),
    "the same rule twice": (
        'id = "minutes"',
        'id = "evening"',
        "reminders.rules[2].id",
        "stands already at rules[1].id",
    ),
    "unknown key of a rule": ("most = 4", "most = 4\nmots = 4", "reminders.rules[3].mots", "did you mean most?"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_the_only_problem_and_is_named(timed: Folder, name: str):
    old, new, key, words = MISTAKES[name]
    timed.replace("programme.toml", old, new)
    problems = check(timed.path)
    assert [(problem.file, problem.key) for problem in problems] == [("programme.toml", key)]
    assert words in problems[0].message
