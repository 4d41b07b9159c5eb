"""The cells of a plan's sheet, as text and back: an exact inverse for what the bot wrote, lenient with people.

A cell holds one thing a line. The first part of a line is who or what it is about; a colon, an arrow and semicolons
divide it from the rest, and a word with a colon says what a further part is:

    Milestone       Draft ready; 2026-09-30
    Resource        Needed: legal check (political)
    Barrier         Legal office: fears claims → talk to them first
    Communication   Applicants: the list is online; by: Esi; through: radio; monthly; until: 2026-12-31
    KPI             Visits to the counter: 900 → 600; unit: a month; source: counter log; weekly

Where people's own words have such a mark, a backslash before it says that it is only a mark. A line break within a
text is written as ⏎.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.plan import (
    Barrier,
    Communication,
    Frequency,
    Kpi,
    Milestone,
    Party,
    Progress,
    Resource,
    ResourceKind,
)

SEMICOLON = re.compile(r"\\.|([;；؛])", re.DOTALL)
COLON = re.compile(r"\\.|([:：])", re.DOTALL)
ARROW = re.compile(r"\\.|(→|←|->|=>)", re.DOTALL)
BREAK = re.compile(r"\\.|(⏎)", re.DOTALL)
_RUNS_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_FENCES = re.compile("[\u2066-\u2069]")


NO_KIND = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language that cells are written with. `columns` are the headings, as `table.COLUMNS`."""

    columns: tuple[str, ...]
    kinds: Mapping[ResourceKind, str]
    frequencies: Mapping[Frequency, str]
    progress: Mapping[Progress, str]
    available: str
    needed: str
    by: str
    through: str
    until: str
    unit: str
    source: str


def folded(text: str) -> str:
    """A word as it is compared with others."""
    return " ".join(text.casefold().replace("’", "'").split()).strip(" .:：")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Writes items as lines. `names` are what people are called here. An `exact` line can be read back; one that is not
    is for the eye only: nothing is marked in it, `day` words its days, and words in letters that run from right to left
    are fenced off, so that they don't reorder what stands around them."""

    words: Words
    names: Mapping[Party, str]
    exact: bool = True
    day: Callable[[date], str] = date.isoformat

    def _own(self, text: str, *marks: re.Pattern[str]) -> str:
        """People's own words, with a backslash before what would be taken for a mark."""
        if not self.exact:
            return fenced(" ".join(text.split()))
        text = text.replace("\\", "\\\\")
        for mark in (*marks, BREAK):
            text = mark.sub(lambda found: f"\\{found[1]}" if found[1] else found[0], text)
        return text.replace("\n", " ⏎ ")

    def _part(self, label: str, text: str) -> str:
        return f"{label}: {self._own(text, SEMICOLON)}" if text else ""

    def milestone(self, item: Milestone) -> str:
        return self._own(item.name, SEMICOLON) + _further("", self.day(item.due_on) if item.due_on else "")

    def resource(self, item: Resource) -> str:
        """Without the word for available or needed."""
        what = self._own(item.what)
        if item.kind is None:  # words that end in brackets must not be taken for a kind
            return f"{what} ({NO_KIND})" if what.endswith((")", "）")) else what
        return f"{what} ({self.words.kinds[item.kind]})"

    def available(self, item: Resource) -> str:
        return f"{self.words.available}: {self.resource(item)}"

    def needed(self, item: Resource) -> str:
        return f"{self.words.needed}: {self.resource(item)}"

    def barrier(self, item: Barrier) -> str:
        return "".join(self.barrier_parts(item))

    def barrier_parts(self, item: Barrier) -> tuple[str, str]:
        """What a line is about, and the rest of it."""
        rest = f": {self._own(item.how, ARROW)}" if item.how else ""
        rest += f" → {self._own(item.answer)}" if item.answer else ""
        return self._own(item.who, COLON, ARROW), rest

    def communication(self, item: Communication) -> str:
        return "".join(self.communication_parts(item))

    def communication_parts(self, item: Communication) -> tuple[str, str]:
        """The same of a communication."""
        words = self.words
        return self._own(item.audience, COLON, SEMICOLON), _further(
            f": {self._own(item.message, SEMICOLON)}" if item.message else "",
            self._part(words.by, self.names.get(item.sender, "")),
            self._part(words.through, item.channel),
            words.frequencies[item.frequency] if item.frequency else "",
            f"{words.until}: {self.day(item.until)}" if item.until else "",
        )

    def kpi(self, item: Kpi) -> str:
        return "".join(self.kpi_parts(item))

    def kpi_parts(self, item: Kpi) -> tuple[str, str]:
        """The same of a measure."""
        value = ""
        if item.baseline:
            value = f": {self._own(item.baseline, SEMICOLON, ARROW)} →"
            value += f" {self._own(item.target, SEMICOLON)}" if item.target else ""
        elif item.target:
            value = f": {self._own(item.target, SEMICOLON, ARROW)}"
        words = self.words
        return self._own(item.name, COLON, SEMICOLON), _further(
            value,
            self._part(words.unit, item.unit),
            self._part(words.source, item.source),
            words.frequencies[item.frequency] if item.frequency else "",
        )


def _further(value: str, *parts: str) -> str:
    """What comes behind a line's beginning: what there is to say of it, and the other parts that there are."""
    return "".join([value, *(f"; {part}" for part in parts if part)])


def runs_left(text: str) -> bool:
    """Whether a text begins with letters that run from right to left."""
    directions = (unicodedata.bidirectional(char) for char in text)
    return next((each for each in directions if each in ("L", "R", "AL")), "L") != "L"


def unfenced(text: str) -> str:
    """Words without fences, for programs that may show boxes in their place."""
    return _FENCES.sub("", text)


def fenced(text: str) -> str:
    """Words with letters that run from right to left, fenced off from what stands around them."""
    return f"\u2068{text}\u2069" if _RUNS_LEFT.search(text) else text
