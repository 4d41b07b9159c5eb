"""Collects a programme's sentences for its translators: Babel's extractor for the TOML files (see babel.cfg)."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from content.fields import LIMITS
from content.loader import CARDS_FILE, CLOSE_FILE, EXERCISES_FOLDER, PROGRAMME_FILE
from content.problems import entry_of, key_of
from content.statements import STATEMENTS_FILE

LIMIT_NOTE = "at most {} characters"  # what translators are told


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text of a programme: the key at which it stands, and the characters that it and its translations may have."""

    key: str
    text: str
    limit: int


def sentences(values: Mapping[str, Any], shape: str) -> Iterator[Sentence]:
    """The texts of a file in reading order; `shape` is what `shape_of` says of it."""
    yield from _walk(values, shape, "")


def _walk(value: object, shape: str, path: str) -> Iterator[Sentence]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _walk(below, f"{shape}.{key}", key_of(path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _walk(below, shape, entry_of(path, index))
    elif isinstance(value, str) and value and shape in LIMITS:
        yield Sentence(path, value, LIMITS[shape])


def shape_of(file: PurePath) -> str:
    """Which kind of file it is; empty when no part of a programme."""
    if file.name == PROGRAMME_FILE:
        return "programme"
    if file.name == STATEMENTS_FILE:
        return "statements"
    if file.name == CARDS_FILE:
        return "cards"
    if file.name == CLOSE_FILE:
        return "close"
    return "exercise" if file.parent.name == EXERCISES_FOLDER else ""


def programme(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Babel's protocol: the line (TOML keeps none), the function's name (there is none), the text, comments."""
    file = PurePath(fileobj.name)
    if shape := shape_of(file):
        for sentence in sentences(tomllib.loads(fileobj.read().decode("utf-8")), shape):
            yield 0, "", sentence.text, [f"{file.name}, {sentence.key}: {LIMIT_NOTE.format(sentence.limit)}"]
