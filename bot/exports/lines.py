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
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.core.errors import Refusal
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
from bot.core.words import clean_line

_SEMICOLON = re.compile(r"\\.|([;；؛])", re.DOTALL)
_COLON = re.compile(r"\\.|([:：])", re.DOTALL)
_ARROW = re.compile(r"\\.|(→|←|->|=>)", re.DOTALL)
_BREAK = re.compile(r"\\.|(⏎)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_KIND = re.compile(r"(.*)[(（]([^()（）]*)[)）]", re.DOTALL)
_RUNS_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_FENCES = re.compile("[\u2066-\u2069]")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


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


# Writing ---------------------------------------------------------------------------------------------------------


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
        for mark in (*marks, _BREAK):
            text = mark.sub(lambda found: f"\\{found[1]}" if found[1] else found[0], text)
        return text.replace("\n", " ⏎ ")

    def _part(self, label: str, text: str) -> str:
        return f"{label}: {self._own(text, _SEMICOLON)}" if text else ""

    def milestone(self, item: Milestone) -> str:
        return self._own(item.name, _SEMICOLON) + _further("", self.day(item.due_on) if item.due_on else "")

    def resource(self, item: Resource) -> str:
        """Without the word for available or needed."""
        what = self._own(item.what)
        plain = item.kind is ResourceKind.OTHER and not what.endswith((")", "）"))
        return what if plain else f"{what} ({self.words.kinds[item.kind]})"

    def available(self, item: Resource) -> str:
        return f"{self.words.available}: {self.resource(item)}"

    def needed(self, item: Resource) -> str:
        return f"{self.words.needed}: {self.resource(item)}"

    def barrier(self, item: Barrier) -> str:
        return "".join(self.barrier_parts(item))

    def barrier_parts(self, item: Barrier) -> tuple[str, str]:
        """What a line is about, and the rest of it."""
        rest = f": {self._own(item.how, _ARROW)}" if item.how else ""
        rest += f" → {self._own(item.answer)}" if item.answer else ""
        return self._own(item.who, _COLON, _ARROW), rest

    def communication(self, item: Communication) -> str:
        return "".join(self.communication_parts(item))

    def communication_parts(self, item: Communication) -> tuple[str, str]:
        """The same of a communication."""
        words = self.words
        return self._own(item.audience, _COLON, _SEMICOLON), _further(
            f": {self._own(item.message, _SEMICOLON)}" if item.message else "",
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
            value = f": {self._own(item.baseline, _SEMICOLON, _ARROW)} →"
            value += f" {self._own(item.target, _SEMICOLON)}" if item.target else ""
        elif item.target:
            value = f": {self._own(item.target, _SEMICOLON, _ARROW)}"
        words = self.words
        return self._own(item.name, _COLON, _SEMICOLON), _further(
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


# Reading ---------------------------------------------------------------------------------------------------------


def _split(text: str, mark: re.Pattern[str], most: int = 0) -> list[str]:
    """A text at its marks, but for those with a backslash before them; at the first `most` of them only, if given."""
    parts: list[str] = []
    start = 0
    for found in mark.finditer(text):
        if found[1] and (not most or len(parts) < most):
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def _own_words(text: str) -> str:
    lines = (_ESCAPED.sub(r"\1", line).strip() for line in _split(text, _BREAK))
    return "\n".join(lines).strip()


class Dictionary:
    """Reads lines that were written in any of some languages; where two disagree, the first one is right.

    `day` reads a day as people write it: it returns the days that may be meant. Every method raises Refusal, with the
    sentence that says what can't be read.
    """

    def __init__(self, languages: Sequence[Words], day: Callable[[str], Sequence[date]]) -> None:
        self._day = day
        self.columns = _backwards(dict(enumerate(each.columns)) for each in languages)
        self._kinds = _backwards(each.kinds for each in languages)
        self._frequencies = _backwards(each.frequencies for each in languages)
        self._progress = _backwards(each.progress for each in languages)
        self._having = _backwards({True: each.available, False: each.needed} for each in languages)
        self._telling = _backwards(
            {"sender": each.by, "channel": each.through, "until": each.until} for each in languages
        )
        self._measuring = _backwards({"unit": each.unit, "source": each.source} for each in languages)

    def day(self, text: str) -> date:
        words = clean_line(text)
        if _ISO.fullmatch(words):
            try:
                return _in_reach(date.fromisoformat(words), words)
            except ValueError:
                raise Refusal("import.no_day", text=words) from None
        found = self._day(words)
        if len(found) > 1:
            raise Refusal("import.two_days", text=words, one=found[0].isoformat(), other=found[1].isoformat())
        if not found:
            raise Refusal("import.no_day", text=words)
        return _in_reach(found[0], words)

    def progress(self, text: str) -> Progress:
        return self._known(self._progress, text)

    def milestone(self, line: str) -> Milestone:
        name, *rest = _split(line, _SEMICOLON)
        if len(rest) > 1:
            raise Refusal("import.unknown_part", text=_own_words(rest[1]))
        return Milestone(name=_own_words(name), due_on=self.day(_own_words(rest[0])) if rest else None)

    def resource(self, line: str) -> tuple[bool, Resource]:
        """Whether it is there, and what it is."""
        label, *rest = _split(line, _COLON, 1)
        if not rest or folded(label) not in self._having:
            raise Refusal("import.available_or_needed", text=_own_words(line))
        what, kind = rest[0].strip(), ResourceKind.OTHER
        if (found := _KIND.fullmatch(what)) and folded(found[2]) in self._kinds:
            what, kind = found[1], self._kinds[folded(found[2])]
        return self._having[folded(label)], Resource(what=_own_words(what), kind=kind)

    def barrier(self, line: str) -> Barrier:
        before, *answer = _split(line, _ARROW, 1)
        who, *how = _split(before, _COLON, 1)
        return Barrier(who=_own_words(who), how=_own_words("".join(how)), answer=_own_words("".join(answer)))

    def communication(self, line: str) -> Communication:
        """Its sender is a name as it is written there."""
        main, found, frequency = self._parted(line, self._telling)
        audience, *message = _split(main, _COLON, 1)
        return Communication(
            audience=_own_words(audience),
            message=_own_words("".join(message)),
            sender=found.get("sender", ""),
            channel=found.get("channel", ""),
            frequency=frequency,
            until=self.day(found["until"]) if found.get("until") else None,
        )

    def kpi(self, line: str) -> Kpi:
        main, found, frequency = self._parted(line, self._measuring)
        name, *values = _split(main, _COLON, 1)
        first, *second = _split("".join(values), _ARROW, 1)
        return Kpi(
            name=_own_words(name),
            baseline=_own_words(first) if second else "",
            target=_own_words("".join(second) if second else first),
            unit=found.get("unit", ""),
            source=found.get("source", ""),
            frequency=frequency,
        )

    def _parted(self, line: str, labels: Mapping[str, str]) -> tuple[str, dict[str, str], Frequency | None]:
        """A line's main part, what its labels say, and how often. What stands right behind the main part without being
        any of that belongs to it: people write semicolons, too."""
        main, *rest = _split(line, _SEMICOLON)
        found: dict[str, str] = {}
        frequency: Frequency | None = None
        for part in rest:
            label, *value = _split(part, _COLON, 1)
            if value and folded(label) in labels:
                found[labels[folded(label)]] = _own_words(value[0])
            elif folded(part) in self._frequencies:
                frequency = self._frequencies[folded(part)]
            elif found or frequency:
                if _own_words(part):
                    raise Refusal("import.unknown_part", text=_own_words(part))
            else:
                main += f"\\;{part}"
        return main, found, frequency

    def _known(self, words: Mapping[str, Progress], text: str) -> Progress:
        if folded(text) not in words:
            raise Refusal("import.unknown_part", text=clean_line(text))
        return words[folded(text)]


def _in_reach(day: date, text: str) -> date:
    if not 2000 <= day.year <= 2100:
        raise Refusal("import.no_day", text=text)
    return day


K = TypeVar("K")


def _backwards(languages: Iterable[Mapping[K, str]]) -> dict[str, K]:
    """From words to what they mean."""
    found: dict[str, K] = {}
    for words in languages:
        for meaning, word in words.items():
            found.setdefault(folded(word), meaning)
    return found
