"""How a measure went, as a picture for a phone: a bar for each value, and a line where it is to get to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.core.words import shortened
from bot.exports.became import Bar, Sort
from bot.exports.lines import runs_left
from bot.exports.press import Order, printed

LONGEST_TITLE = 110  # characters
LONGEST_VALUE = 40
_LONG_WORD = re.compile(r"\S{16}(?=\S)")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")  # a space that no line may be broken at
_BREAK = "\u200b"  # of no width: a line may be broken there


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A measure in words of one language. `more` says how many values are left out."""

    title: str
    note: str
    bars: tuple[Bar, ...]
    more: str = ""
    language: str = "en"
    rtl: bool = False


@lru_cache(maxsize=32)
def png(course: Course) -> bytes:
    """The course as PNG, 1080 pixels wide. Raises PressError."""
    aim = next((each.span for each in course.bars if each.sort is Sort.AIM), None)
    data: dict[str, Any] = {
        "title": _words(course.title, LONGEST_TITLE),
        "note": _words(course.note, 2 * LONGEST_TITLE),
        "bars": [_bar(each) for each in course.bars],
        "aim": aim and aim[1],
        "more": _words(course.more, LONGEST_TITLE),
        "rtl": course.rtl,
    }
    return printed(Order(template="course.typ", language=course.language, data=data, form="png"))


def _bar(bar: Bar) -> dict[str, Any]:
    begin, end = sorted(bar.span) if bar.span else (0.0, 0.0)
    return {
        "label": _words(bar.label, LONGEST_VALUE),
        "value": _words(bar.value, LONGEST_VALUE),
        "begin": begin,
        "length": end - begin,
        "sort": bar.sort.value,
    }


def _words(text: str, longest: int) -> dict[str, str | bool]:
    """Somebody's words, with the direction in which they run; a word that fits on no line may be broken."""
    whole = _THOUSANDS.sub("\u00a0", shortened(text, longest))
    return {"text": _LONG_WORD.sub(rf"\g<0>{_BREAK}", whole), "rtl": runs_left(text)}
