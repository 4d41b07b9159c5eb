"""What people and workshops may be called: visible, on one line, short enough for a list on a phone."""

from __future__ import annotations

from bot.core.errors import Refusal
from bot.core.words import clean_line

LONGEST_NAME = 60
LONGEST_ORGANISATION = 80
LONGEST_TITLE = 100


def _line(text: str, longest: int) -> str:
    line = clean_line(text)
    if not line:
        raise Refusal("input.empty")
    if len(line) > longest:
        raise Refusal("input.too_long", length=len(line), longest=longest)
    return line


def checked_name(text: str) -> str:
    """A person's name. Refuses what has no letter in it: a number typed for a choice is no name."""
    line = _line(text, LONGEST_NAME)
    if not any(char.isalpha() for char in line):
        raise Refusal("name.letters")
    return line


def checked_organisation(text: str) -> str:
    return _line(text, LONGEST_ORGANISATION)


def checked_title(text: str) -> str:
    line = _line(text, LONGEST_TITLE)
    if not any(char.isalpha() for char in line):
        raise Refusal("new.title_letters")
    return line
