"""What people type, as values: words and numbers within their limits."""

from __future__ import annotations

import re

from bot.core.errors import Refusal
from bot.core.exercise import Column, StepKind
from bot.core.words import clean

_NUMBER = re.compile(r"([+-]?) ?(\d{1,9})")


def words(text: str, longest: int) -> str:
    """Somebody's words as they are kept. Refuses what is empty or longer than `longest` characters."""
    kept = clean(text)
    if not kept:
        raise Refusal("input.empty")
    if len(kept) > longest:
        raise Refusal("input.too_long", length=len(kept), longest=longest)
    return kept


def number(text: str, minimum: int, maximum: int) -> int:
    """A whole number as people type it, in any script's digits. Refuses anything else and what is out of range."""
    typed = _NUMBER.fullmatch(clean(text).replace("\u2212", "-").replace("\u2013", "-"))
    found = int(typed[1] + typed[2]) if typed else None
    if found is None or not minimum <= found <= maximum:
        raise Refusal("input.number", minimum=minimum, maximum=maximum)
    return found


def column(of: Column, text: str) -> str | int:
    """A column's value as typed. Options are matched by whoever knows the reader's language, not here."""
    match of.kind:
        case StepKind.RATING:
            return number(text, of.minimum, of.maximum)
        case StepKind.CHOICE:
            raise Refusal("input.choose")
        case _:
            return words(text, of.max_length)


def cell(of: Column, value: str | int) -> str | int:
    """A column's value, if it can be one."""
    if of.kind is StepKind.CHOICE:
        if of.option(str(value)) is None:
            raise Refusal("input.choose")
        return value
    return column(of, str(value))
