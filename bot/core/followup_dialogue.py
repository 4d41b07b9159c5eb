"""What somebody is asked because of a message that came unasked, as values; see `dialogue`.

`fire` is what the message was about, and `message` its number in the chat, where that is to say what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLine:
    """One line about an action: what is in the way; or, from somebody who may not change that themselves, which day or
    which person would be better; `item` is the audience that somebody else should tell."""

    kind: Literal["line"] = "line"
    plan_id: int
    action: int
    asks: Literal["at_risk", "blocked", "date", "person", "teller"]
    item: int = 0
    fire: int = 0
    message: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskMeasure:
    """What measures of an action have come to, one after the other: `kpis` are still to be asked for, of so many
    in `all`."""

    kind: Literal["measure"] = "measure"
    plan_id: int
    action: int
    kpis: tuple[int, ...]
    all: int = 1
    fire: int = 0
    message: int = 0
