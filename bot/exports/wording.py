"""Anybody's words as templates take them."""

from __future__ import annotations

import re
import unicodedata

from bot.exports.lines import runs_left

_LONG_WORD = re.compile(r"\S{24,}")
_SPACE = "\u200b"  # of no width: a line may be broken there


def words(text: str) -> dict[str, str | bool]:
    """Words with places to break what is too long for a line, and the direction in which they run."""
    return {"text": _LONG_WORD.sub(_breakable, text), "rtl": runs_left(text)}


def _breakable(found: re.Match[str]) -> str:
    word = found[0]
    if any(map(_holds_on, word)):
        return word
    return _SPACE.join(word[at : at + 12] for at in range(0, len(word), 12))


def _holds_on(char: str) -> bool:
    """Whether a character may belong to the one beside it: an accent, a joiner, a letter of a script that joins."""
    return unicodedata.category(char)[0] in "MC" or unicodedata.bidirectional(char) in ("R", "AL")
