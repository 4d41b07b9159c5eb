"""The words that days are made of, as the catalogues list them (`days.*`) and as Babel names months and weekdays.

A language needs no code here: whatever its lists hold is found, whatever the order of its words. Where words aren't
parted by spaces, each sign is taken as a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from typing import TypeAlias

from babel.dates import get_day_names, get_month_names

from content.catalogues import CODE_DOMAIN, Catalogues, locale_of
from handlers.texts import TEXTS

Tokens: TypeAlias = tuple[str, ...]
# Numbers; signs of scripts that are written without spaces (Thai to Khmer, Chinese, Japanese); words.
_TOKEN = re.compile("\\d+|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\\W\\d_]+")


class Sort(StrEnum):
    """What a word is in a day."""

    BY = "b"  # introduces it
    FILLER = "f"  # says nothing
    EDGE = "e"  # "start", "middle" or "end"
    NEXT = "n"
    THIS = "t"
    PAST = "p"
    NEAR = "d"  # days from today
    UNIT = "u"
    NUMBER = "#"
    ORDINAL = "o"
    SUFFIX = "s"
    MONTH = "m"
    YEAR = "y"
    WEEKDAY = "w"


@dataclass(frozen=True, slots=True)
class Unit:
    """A span of time: so many months, or so many days."""

    months: int = 0
    days: int = 0


DAY, WEEK, FORTNIGHT = Unit(days=1), Unit(days=7), Unit(days=14)
MONTH, QUARTER, HALF_YEAR, YEAR = Unit(months=1), Unit(months=3), Unit(months=6), Unit(months=12)
_UNITS = (DAY, WEEK, FORTNIGHT, MONTH, QUARTER, HALF_YEAR, YEAR)

Meaning: TypeAlias = tuple[Sort, "int | str | Unit"]
Words: TypeAlias = tuple[Meaning, ...]


@cache
def _catalogues() -> Catalogues:
    """What is shipped: the lists of words are the same wherever the bot runs."""
    return Catalogues()


def tokens(text: str) -> Tokens:
    """A text as words and numbers, without letter case, accents and marks."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return tuple(_TOKEN.findall("".join(char for char in decomposed if not unicodedata.combining(char))))


def listed(key: str, language: str) -> list[list[str]]:
    """A list of words in a language: its places, each with the words that stand there."""
    text = _catalogues().translations(CODE_DOMAIN, language).gettext(str(TEXTS[key]))
    return [place.split("/") for place in text.split("|")]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words with what they may mean, found by their first token, the longest first."""

    by_first: dict[str, list[Tokens]] = field(default_factory=dict)
    meanings: dict[Tokens, list[Meaning]] = field(default_factory=dict)

    def add(self, word: str, meaning: Meaning) -> None:
        known = tokens(word)
        if not known or meaning in self.meanings.get(known, []):
            return
        if known not in self.meanings:
            alike = self.by_first.setdefault(known[0], [])
            alike.append(known)
            alike.sort(key=len, reverse=True)
        self.meanings.setdefault(known, []).append(meaning)

    def find(self, words: Tokens) -> list[list[Meaning]] | None:
        """What each word of a text may mean; None where one is unknown."""
        found: list[list[Meaning]] = []
        at = 0
        while at < len(words):
            alike = self.by_first.get(words[at], [])
            known = next((each for each in alike if words[at : at + len(each)] == each), None)
            if known is not None:
                found.append(self.meanings[known])
            elif number := _number(words[at]):
                found.append([number])
            else:
                return None
            at += len(known or words[at : at + 1])
        return found

    def says_nothing(self, text: str) -> bool:
        """Whether a text consists of words that only introduce a day or fill in."""
        found = self.find(tokens(text))
        return bool(found) and all(each[0][0] in (Sort.BY, Sort.FILLER) for each in found or [])


def _number(word: str) -> Meaning | None:
    if not word.isdecimal() or len(word) > 4:
        return None
    number = int(word)
    if len(word) < 4:
        return Sort.NUMBER, number
    return (Sort.YEAR, number) if number >= 1000 else None


@lru_cache(maxsize=64)
def vocabulary(language: str) -> Vocabulary:
    """All words of a language. What its catalogue lacks is in English."""
    made = Vocabulary()
    for word, meaning in _words(language):
        made.add(word, meaning)
    return made


def _words(language: str) -> Iterator[tuple[str, Meaning]]:
    locale = locale_of(language)
    for width in ("wide", "abbreviated"):
        # Names that stand alone are left out: Babel mixes up languages there (python-babel/babel#1234).
        for number, name in get_month_names(width, locale=locale).items():
            yield name, (Sort.MONTH, number)
        for number, name in get_day_names(width, locale=locale).items():
            yield name, (Sort.WEEKDAY, number)
    for key, sort in (("days.months", Sort.MONTH), ("days.numbers", Sort.NUMBER), ("days.ordinals", Sort.ORDINAL)):
        for number, words in enumerate(listed(key, language), 1):
            yield from ((word, (sort, number)) for word in words)
    for number, words in enumerate(listed("days.near", language)):
        yield from ((word, (Sort.NEAR, number)) for word in words)
    for unit, words in zip(_UNITS, listed("days.units", language), strict=False):
        yield from ((word, (Sort.UNIT, unit)) for word in words)
    for edge in ("start", "middle", "end"):
        yield from ((word, (Sort.EDGE, edge)) for words in listed(f"days.{edge}", language) for word in words)
    for key, sort in (
        ("days.next", Sort.NEXT),
        ("days.this", Sort.THIS),
        ("days.past", Sort.PAST),
        ("days.suffixes", Sort.SUFFIX),
        ("days.by", Sort.BY),
        ("days.filler", Sort.FILLER),
    ):
        yield from ((word, (sort, "")) for words in listed(key, language) for word in words)
