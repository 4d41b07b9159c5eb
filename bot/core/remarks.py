"""Comments and questions on what is reported: anybody adds one, and a facilitator picks what the room hears."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from bot.core import checked
from bot.core.errors import Refusal

LONGEST = 300
MOST_EACH = 10  # of one person on one report

RemarkState: TypeAlias = Literal["new", "picked", "done", "put_away"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Somebody's comment or question on a group's report (the number of the queue, and the group)."""

    number: int
    queue: int
    group: int
    author: int
    text: str
    state: RemarkState = "new"


def add(remarks: Mapping[int, Remark], queue: int, group: int, author: int, text: str) -> dict[int, Remark]:
    words = checked.words(text, LONGEST)
    theirs = [each for each in remarks.values() if (each.queue, each.group, each.author) == (queue, group, author)]
    if len(theirs) >= MOST_EACH:
        raise Refusal("remark.enough", most=MOST_EACH)
    number = max(remarks, default=0) + 1
    return {**remarks, number: Remark(number=number, queue=queue, group=group, author=author, text=words)}


def pick(remarks: Mapping[int, Remark], number: int) -> dict[int, Remark]:
    """Show one to the room, in the place of the one before."""
    found = _standing(remarks, number)
    after = {
        each.number: replace(each, state="done")
        for each in remarks.values()
        if each.state == "picked" and each.queue == found.queue
    }
    return {**remarks, **after, number: replace(found, state="picked")}


def put_away(remarks: Mapping[int, Remark], number: int) -> dict[int, Remark]:
    """It was answered, or there is no time for it: the room doesn't see it (any more)."""
    found = _standing(remarks, number)
    return {**remarks, number: replace(found, state="done" if found.state == "picked" else "put_away")}


def on_report(remarks: Mapping[int, Remark], queue: int, group: int) -> list[Remark]:
    """What was said of a group's report, in the order in which it came."""
    return [each for _, each in sorted(remarks.items()) if (each.queue, each.group) == (queue, group)]


def picked(remarks: Mapping[int, Remark], queue: int) -> Remark | None:
    """The one that the room sees now."""
    return next((each for each in remarks.values() if each.queue == queue and each.state == "picked"), None)


def _standing(remarks: Mapping[int, Remark], number: int) -> Remark:
    found = remarks.get(number)
    if found is None:
        raise Refusal("tap.old")
    return found
