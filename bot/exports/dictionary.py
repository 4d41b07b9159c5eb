"""Reads the lines of a plan's cells, as `lines` writes them and as people do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from bot.core.errors import Refusal
from bot.core.plan import Barrier, Communication, Frequency, Kpi, Milestone, Progress, Resource
from bot.core.planning import in_reach
from bot.core.words import clean_line
from bot.exports.lines import ARROW, BREAK, COLON, NO_KIND, SEMICOLON, Words, folded

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_KIND = re.compile(r"(.*)[(（]([^()（）]*)[)）]", re.DOTALL)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


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
    lines = (_ESCAPED.sub(r"\1", line).strip() for line in _split(text, BREAK))
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
        name, *rest = _split(line, SEMICOLON)
        if len(rest) > 1:
            raise Refusal("import.unknown_part", text=_own_words(rest[1]))
        return Milestone(name=_own_words(name), due_on=self.day(_own_words(rest[0])) if rest else None)

    def resource(self, line: str) -> tuple[bool, Resource]:
        """Whether it is there, and what it is."""
        label, *rest = _split(line, COLON, 1)
        if not rest or folded(label) not in self._having:
            raise Refusal("import.available_or_needed", text=_own_words(line))
        what, kind = rest[0].strip(), None
        if found := _KIND.fullmatch(what):
            if found[2].strip() == NO_KIND:
                what = found[1]
            elif folded(found[2]) in self._kinds:
                what, kind = found[1], self._kinds[folded(found[2])]
        return self._having[folded(label)], Resource(what=_own_words(what), kind=kind)

    def barrier(self, line: str) -> Barrier:
        before, *answer = _split(line, ARROW, 1)
        who, *how = _split(before, COLON, 1)
        return Barrier(who=_own_words(who), how=_own_words("".join(how)), answer=_own_words("".join(answer)))

    def communication(self, line: str) -> Communication:
        """Its sender is a name as it is written there."""
        main, found, frequency = self._parted(line, self._telling)
        audience, *message = _split(main, COLON, 1)
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
        name, *values = _split(main, COLON, 1)
        first, *second = _split("".join(values), ARROW, 1)
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
        main, *rest = _split(line, SEMICOLON)
        found: dict[str, str] = {}
        frequency: Frequency | None = None
        for part in rest:
            label, *value = _split(part, COLON, 1)
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
    if not in_reach(day):
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
