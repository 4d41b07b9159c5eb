"""Rating many things one by one: which comes next, and how far somebody is. For the rule that rates one see `walk`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.run import OPEN


def open_items(items: Sequence[str], given: Mapping[str, str | int]) -> list[str]:
    """What is yet to be rated, in order."""
    return [each for each in items if given.get(each, OPEN) == OPEN]


def first(items: Sequence[str], given: Mapping[str, str | int]) -> str | None:
    """Where to begin: at the first that is open, else at the first of all; None where there is nothing to rate."""
    return next(iter([*open_items(items, given), *items]), None)


def onward(items: Sequence[str], given: Mapping[str, str | int], item: str) -> str | None:
    """What to look at after an item was left as it is: the next open one, round the list, or, when all others are
    rated, the next in order. None at the end, and where only this one is open."""
    others = [each for each in open_items(items, given) if each != item]
    at = items.index(item) if item in items else -1
    if others:
        return next((each for each in others if items.index(each) > at), others[0])
    behind = items[at + 1 :]
    return behind[0] if behind and given.get(item, OPEN) != OPEN else None


def after_rating(items: Sequence[str], before: Mapping[str, str | int], item: str) -> str | None:
    """What to look at after an item was rated; None when that was the last one open, or the last in order."""
    left = open_items(items, before)
    return None if left == [item] else onward(items, {**before, item: 0}, item)


def back(items: Sequence[str], item: str) -> str | None:
    """The item before; the first one stays."""
    if item not in items:
        return next(iter(items), None)
    return items[max(0, items.index(item) - 1)]
