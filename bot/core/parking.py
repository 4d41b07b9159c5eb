"""The parking lot: what is to be answered by the end of the day, put there by anyone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core import checked
from bot.core.errors import Refusal

LONGEST = 400
LONGEST_ANSWER = 800
MOST_OPEN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A question or remark. Of an anonymous one neither `author` nor more than the day is kept: nothing leads back to a
    phone, so that an answer can only go `to_room`."""

    number: int
    text: str
    author: int | None
    parked_on: date
    answer: str = ""
    answered_by: int | None = None
    to_room: bool = False
    ticked_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.ticked_at is None


def open_ones(parked: Mapping[int, Parked]) -> list[Parked]:
    """What is still to be answered, in the order in which it came."""
    return [each for _, each in sorted(parked.items()) if each.is_open]


def park(parked: Mapping[int, Parked], text: str, *, author: int | None, on: date) -> dict[int, Parked]:
    """Put something into the lot; `author` is None for an anonymous one."""
    words = checked.words(text, LONGEST)
    if len(open_ones(parked)) >= MOST_OPEN:
        raise Refusal("parking.full")
    number = max(parked, default=0) + 1
    return {**parked, number: Parked(number=number, text=words, author=author, parked_on=on)}


def answer(
    parked: Mapping[int, Parked], number: int, text: str, *, by: int, to_room: bool, now: datetime
) -> dict[int, Parked]:
    """Answer and tick off. Refuses where nobody could be told, and what is ticked off already."""
    found = _standing(parked, number)
    if found.author is None and not to_room:
        raise Refusal("parking.nobody")
    words = checked.words(text, LONGEST_ANSWER)
    return {**parked, number: replace(found, answer=words, answered_by=by, to_room=to_room, ticked_at=now)}


def tick_off(parked: Mapping[int, Parked], number: int, *, by: int, now: datetime) -> dict[int, Parked]:
    """It was answered aloud."""
    found = _standing(parked, number)
    return {**parked, number: replace(found, answered_by=by, ticked_at=now)}


def put_back(parked: Mapping[int, Parked], number: int) -> dict[int, Parked]:
    """Undo a tick. What was answered in writing was read already, and stays."""
    found = parked.get(number)
    if found is None or found.is_open or found.answer:
        raise Refusal("parking.gone")
    return {**parked, number: replace(found, ticked_at=None, answered_by=None)}


def _standing(parked: Mapping[int, Parked], number: int) -> Parked:
    found = parked.get(number)
    if found is None or not found.is_open:
        raise Refusal("parking.gone")
    return found
