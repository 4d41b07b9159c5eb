"""What is being asked about the statements of an assessment, as a stored value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsView:
    """/statements: those in use, topic by topic (`page`). A file of others is asked for, read (`file_id`), and waits
    for a yes: `found` is what is in it, `problem` what is wrong with it as a whole, `mistakes` what is, by place."""

    kind: Literal["statements"] = "statements"
    workshop_id: int
    asks: Literal["", "file", "reading", "yes"] = ""
    page: int = 0
    file_id: str = ""
    file: str = ""
    found: str = ""
    problem: str = ""
    mistakes: str = ""
