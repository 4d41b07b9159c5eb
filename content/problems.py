"""What is wrong with a programme's files, told so that its author can mend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake. `file` is relative to the programme's folder; in `key`, entries of an array count from 1."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.key, self.message) if part)


class ContentError(Exception):
    """A programme that can't be used, with every problem found in it."""

    def __init__(self, folder: Path, problems: Sequence[Problem]) -> None:
        self.folder = folder
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{folder.name}/{problem}" for problem in self.problems))


Report: TypeAlias = Callable[[str, str], None]
"""Takes down a problem in the file being read: its key and a message."""


def key_of(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def entry_of(path: str, index: int) -> str:
    """The written path of the entry at `index` (from 0) of an array."""
    return f"{path}[{index + 1}]"
