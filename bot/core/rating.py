"""Rating many things one by one: which comes next, how far somebody is, and the rules that rate one. Who may do it, and
when, is in the table of `walk`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core import walk
from bot.core.errors import Refusal
from bot.core.exercise import Statements, Step, StepKind
from bot.core.run import APART, DONT_KNOW, OPEN, Actor, Overtaken, Run, ratings


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


# Rating one ---------------------------------------------------------------------------------------------------------


def rate_item(
    run: Run,
    step: Step,
    actor: Actor,
    items: Sequence[str],
    item: str,
    number: int | str | None,
    *,
    base: str | int,
    now: datetime,
) -> Run:
    """Rate one of the `items` that a step asks about; None for "don't know", APART where a group can't agree. `base` is
    what the rater saw there (OPEN: nothing), so that two phones of one rater, or two holders of the pen, don't
    overwrite each other unseen."""
    _check_item(run, step, actor, items, item)
    if isinstance(number, str):
        if number != APART or not step.agrees:
            raise Refusal("input.number", minimum=step.minimum, maximum=step.maximum)
    else:
        walk.check_rating(step, number)
    return _put_item(run, step, actor, items, item, DONT_KNOW if number is None else number, base, now)


def add_to_item(
    run: Run,
    step: Step,
    actor: Actor,
    items: Sequence[str],
    item: str,
    mark: str,
    value: str | int,
    *,
    base: str | int,
    now: datetime,
) -> Run:
    """Add something to what an item was rated, under a `mark` of its own. `base` as in `rate_item`."""
    _check_item(run, step, actor, items, item)
    if ratings(walk.standing(run, step, actor)).get(item, OPEN) == OPEN:
        raise Refusal("sheet.need_answer")
    return _put_item(run, step, actor, items, item + mark, value, base, now)


def carry_over(
    run: Run, step: Step, actor: Actor, items: Sequence[str], earlier: Mapping[str, str | int], *, now: datetime
) -> Run:
    """Begin from what the same person gave the items before, and keep what they have given here already."""
    walk.check_may_answer(run, step, actor)
    if walk.standing(run, step, actor) is not None or not any(earlier.get(each, OPEN) != OPEN for each in items):
        return run
    taken = {each: earlier.get(each, OPEN) for each in items}
    notes = {key: value for key, value in earlier.items() if key.partition("/")[0] in taken and key not in taken}
    return walk.answer(run, step, actor, taken | notes, now)


def _check_item(run: Run, step: Step, actor: Actor, items: Sequence[str], item: str) -> None:
    walk.check_may_answer(run, step, actor)
    if step.kind is not StepKind.RATING or step.items_from is None:
        raise Refusal("input.nothing_asked")
    if item not in items:
        raise Refusal("items.gone")


def _put_item(
    run: Run, step: Step, actor: Actor, items: Sequence[str], key: str, value: str | int, base: str | int, now: datetime
) -> Run:
    entry = walk.standing(run, step, actor)
    given = ratings(entry)
    if entry is not None and given.get(key, OPEN) == value:
        return replace(run, active_at=now)
    if given.get(key, OPEN) != base:
        raise Overtaken(entry, value)
    # What is still open stands there too: whether somebody is done can be told from their entry alone. What was given
    # to statements that aren't asked about any more stays with them.
    stays = step.sure or isinstance(step.items_from, Statements)
    kept = {each: there for each, there in given.items() if there != OPEN} if stays else {}
    rated = {each: given.get(each, OPEN) for each in items} | kept | {key: value}
    return walk.answer(run, step, actor, rated, now, entry.version if entry else 0)
