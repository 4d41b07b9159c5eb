"""Reads the keys of one TOML table, taking down what is missing, mistyped, too long or unknown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from datetime import time
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from content.problems import Report, entry_of, key_of

# Every text that people read, with the characters it may have: together they keep a screen well under Telegram's
# 4096. What is not named here is never shown, and so never translated.
LIMITS: Mapping[str, int] = {
    "programme.title": 80,
    "programme.about": 600,
    "programme.topic_word": 24,
    "programme.topics.name": 24,
    "programme.modules.title": 80,
    "programme.groupings.title": 60,
    "programme.sessions.title": 60,
    "programme.reminders.rules.title": 60,
    "statements.statements.text": 200,
    "cards.cards.title": 30,
    "cards.cards.text": 900,
    "close.questions.title": 24,
    "close.questions.prompt": 160,
    "close.questions.hint": 120,
    "close.questions.options.label": 24,
    "exercise.title": 24,
    "exercise.about": 600,
    "exercise.steps.title": 24,
    "exercise.steps.prompt": 300,
    "exercise.steps.hint": 200,
    "exercise.steps.example": 300,
    "exercise.steps.why": 400,
    "exercise.steps.options.label": 24,
    "exercise.steps.options.note": 160,
    "exercise.steps.columns.label": 24,
    "exercise.steps.columns.prompt": 200,
    "exercise.steps.columns.hint": 200,
    "exercise.steps.columns.example": 200,
    "exercise.steps.columns.options.label": 24,
    "exercise.steps.columns.options.note": 160,
    "exercise.product.title": 60,
    "exercise.product.sections.title": 40,
    "exercise.product.sections.fields": 40,
}
SEVERAL_LINES = {"about", "prompt", "hint", "example", "why", "text"}

ID = re.compile(r"[a-z0-9_.-]{1,24}")
PLAIN_ID = re.compile(r"[a-z0-9_-]{1,24}")  # without the dot, which parts a step from its column in a reference

CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")

UNSEEN = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0xFEFF}

Word = TypeVar("Word", bound=StrEnum)


def quoted(values: Collection[str]) -> str:
    return ", ".join(f'"{value}"' for value in values)


def type_of(value: object) -> str:
    """What an author would call the TOML value."""
    for kind, name in (
        (bool, "true/false"),
        (str, "a text"),
        (int, "a number"),
        (float, "a decimal number"),
        (list, "a list"),
        (dict, "a table"),
    ):
        if isinstance(value, kind):
            return name
    return "a date or time"


def text_problem(value: str, limit: int, *, several_lines: bool) -> str:
    """Why a text can't be shown as it is; empty when it can."""
    if not value.strip():
        return "is empty; write the text, or leave the key out if it is optional"
    if value != value.strip():
        return "begins or ends with a space or a line break; remove it"
    for sign in value:
        if sign == "\n" and not several_lines:
            return "has a line break; keep it on one line"
        if (sign != "\n" and unicodedata.category(sign) == "Cc") or ord(sign) in UNSEEN:
            return f"has a character that nobody sees (U+{ord(sign):04X}); remove it"
    if len(value) > limit:
        return f"has {len(value)} characters, and {limit} fit; shorten it"
    return ""


class Fields:
    """One table. Each reader returns something usable even when the key is wrong, so that reading goes on."""

    def __init__(self, values: Mapping[str, Any], report: Report, *, shape: str, path: str = "") -> None:
        self.values = values
        self.path = path
        self.shape = shape
        self._report = report
        self._known: set[str] = set()
        self._wrong: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def report(self, key: str, message: str) -> None:
        self._wrong.add(key)
        self._report(key_of(self.path, key), message)

    def right(self, *keys: str) -> bool:
        """Whether none of the keys has had a problem, so that checks which build on them make sense."""
        return self._wrong.isdisjoint(keys)

    def _value(self, key: str, kind: type, wanted: str, *, required: bool) -> Any:
        """The value of `key`, or None when it isn't there or isn't of `kind`."""
        self._known.add(key)
        if key not in self.values:
            if required:
                self.report(key, f"is missing; add {wanted}")
            return None
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.report(key, f"is {type_of(value)}; it has to be {wanted}")
            return None
        return value

    def text(self, key: str, *, required: bool = True, default: str = "") -> str:
        value: str | None = self._value(key, str, "a text in quotes", required=required)
        if value is None:
            return default
        limit = LIMITS[f"{self.shape}.{key}"]
        if problem := text_problem(value, limit, several_lines=key in SEVERAL_LINES):
            self.report(key, problem)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of short texts to show."""
        limit = LIMITS[f"{self.shape}.{key}"]
        values = self.words(key)
        for index, value in enumerate(values):
            if problem := text_problem(value, limit, several_lines=False):
                self.report(entry_of(key, index), problem)
        return values

    def words(self, key: str) -> tuple[str, ...]:
        values: list[Any] = self._value(key, list, "a list of texts", required=False) or []
        for index, value in enumerate(values):
            if not isinstance(value, str):
                self.report(entry_of(key, index), f"is {type_of(value)}; it has to be a text in quotes")
        return tuple(value for value in values if isinstance(value, str))

    def word(self, key: str) -> str:
        """A name that points at something else; empty when absent."""
        return self._value(key, str, "a text in quotes", required=False) or ""

    def id(self, key: str = "id", pattern: re.Pattern[str] = ID, most: int = 24) -> str:
        value: str | None = self._value(key, str, "a short name in quotes", required=True)
        if value is not None and not pattern.fullmatch(value):
            signs = "a-z, 0-9, _, . and -" if pattern is ID else "a-z, 0-9, _ and -"
            self.report(key, f'is "{value[:40]}"; use 1 to {most} of the characters {signs}')
        return value or ""

    def number(self, key: str, *, low: int, high: int, default: int | None = None) -> int:
        """A whole number; required unless there is a default."""
        value: int | None = self._value(key, int, f"a whole number from {low} to {high}", required=default is None)
        if value is None:
            return low if default is None else default
        if not low <= value <= high:
            self.report(key, f"is {str(value)[:20]}; it has to be from {low} to {high}")
            return min(max(value, low), high)
        return value

    def clock(self, key: str, default: time) -> time:
        """A time of day, such as "09:00"."""
        value: str | None = self._value(key, str, 'a time of day in quotes, such as "09:00"', required=False)
        if value is None:
            return default
        if not CLOCK.fullmatch(value):
            self.report(key, f'is "{value[:20]}"; write a time of day as "09:00"')
            return default
        return time.fromisoformat(value)

    def whole_numbers(self, key: str, *, low: int, high: int, most: int) -> tuple[int, ...]:
        """A list of different whole numbers in a range."""
        value: list[Any] = self._value(key, list, "a list of whole numbers", required=False) or []
        right = all(isinstance(each, int) and not isinstance(each, bool) and low <= each <= high for each in value)
        if not right or len(value) > most or len(set(value)) < len(value):
            self.report(key, f"has to be a list of up to {most} different whole numbers from {low} to {high}")
            return ()
        return tuple(value)

    def flag(self, key: str) -> bool:
        return bool(self._value(key, bool, "true or false", required=False))

    def one_of(self, key: str, words: type[Word], default: Word, *, required: bool = False) -> Word:
        value = self._value(key, str, f"one of {quoted(list(words))}", required=required)
        if value is None:
            return default
        try:
            return words(value)
        except ValueError:
            self.report(key, f'is "{value[:40]}", which is not known; use one of {quoted(list(words))}')
            return default

    def numbers(self, key: str) -> tuple[tuple[int, ...], ...]:
        """A list of lists of whole numbers."""
        value: list[Any] = self._value(key, list, "a list of lists of numbers", required=False) or []
        if not all(
            isinstance(part, list) and all(isinstance(number, int) and not isinstance(number, bool) for number in part)
            for part in value
        ):
            self.report(key, "has to be a list of lists of numbers, such as [[1, 2], [3, 4]]")
            return ()
        return tuple(tuple(part) for part in value)

    def table(self, key: str) -> Fields | None:
        value = self._value(key, dict, "a table", required=True)
        return None if value is None else Fields(value, self._report, **self._below(key))

    def tables(self, key: str, *, required: bool = False) -> Iterator[Fields]:
        """The entries of an array of tables."""
        wanted = f"entries under [[{key}]]"
        value: list[Any] = self._value(key, list, wanted, required=required) or []
        if required and key in self.values and self.values[key] == []:
            self.report(key, f"is empty; add {wanted}")
        if not all(isinstance(entry, dict) for entry in value):
            self.report(key, f"has entries that are not tables; write {wanted}")
            return
        for index, entry in enumerate(value):
            below = self._below(key)
            yield Fields(entry, self._report, shape=below["shape"], path=entry_of(below["path"], index))

    def _below(self, key: str) -> dict[str, str]:
        return {"shape": f"{self.shape}.{key}", "path": key_of(self.path, key)}

    def finish(self) -> None:
        """Report the keys that nothing has read."""
        for key in self.values:
            if key not in self._known:
                near = get_close_matches(key, sorted(self._known), n=1)
                self.report(key, f"is not a known key; {f'did you mean {near[0]}?' if near else 'remove it'}")


def report_twice(entries: list[tuple[str, str]], report: Report, what: str) -> None:
    """Report each name that stands twice among `entries` of (key, name)."""
    first: dict[str, str] = {}
    for key, name in entries:
        if not name:
            continue
        if name in first:
            report(key, f'{what} "{name}" stands already at {first[name]}; give each its own')
        first.setdefault(name, key)
