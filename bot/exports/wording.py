"""Anybody's words as templates take them."""

from __future__ import annotations

import re

from bot.exports.lines import runs_left

_LONG_WORD = re.compile(r"\S{24,}")
_SPACE = "\u200b"  # of no width: a line may be broken there


def words(text: str) -> dict[str, str | bool]:
    """Words with places to break what is too long for a line, and the direction in which they run."""
    return {"text": _LONG_WORD.sub(_breakable, text), "rtl": runs_left(text)}


def _breakable(found: re.Match[str]) -> str:
    word = found[0]
    return _SPACE.join(word[at : at + 12] for at in range(0, len(word), 12)) if word.isascii() else word
