"""A dot vote: everybody puts a few dots on what they find most important; totals are seen once it is over.

Who put a dot where is kept only as long as it can be changed, and is of no use to anybody else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.errors import Refusal
from bot.core.tally import SHOWN_FROM

MOST_DOTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteItem:
    """Something to vote for: a group's words, as they stood when the vote was opened."""

    number: int
    group: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DotVote:
    """`placed` are each member's dots, as items' numbers; `totals` and how many `voters` there were are set at the
    end, when `placed` is forgotten."""

    number: int
    exercise: str
    step: str
    dots: int
    opened_at: datetime
    items: tuple[VoteItem, ...]
    placed: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    ended_at: datetime | None = None
    totals: Mapping[int, int] = field(default_factory=dict)
    voters: int = 0

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    def item(self, number: int) -> VoteItem | None:
        return next((each for each in self.items if each.number == number), None)


def begin(number: int, exercise: str, step: str, texts: Sequence[tuple[int, str]], dots: int, now: datetime) -> DotVote:
    """A vote on (group, words) pairs, with so many dots each."""
    if len(texts) < 2:
        raise Refusal("dots.too_few")
    if not 1 <= dots <= min(MOST_DOTS, len(texts) - 1):
        raise Refusal("dots.how_many", most=min(MOST_DOTS, len(texts) - 1))
    items = [VoteItem(number=at, group=group, text=text) for at, (group, text) in enumerate(texts, 1)]
    return DotVote(number=number, exercise=exercise, step=step, dots=dots, opened_at=now, items=tuple(items))


def toggle(vote: DotVote, member: int, item: int) -> DotVote:
    """Put a member's dot on an item, or take it away again."""
    if not vote.is_open:
        raise Refusal("dots.over")
    if vote.item(item) is None:
        raise Refusal("tap.old")
    mine = vote.placed.get(member, ())
    if item in mine:
        return replace(vote, placed={**vote.placed, member: tuple(each for each in mine if each != item)})
    if len(mine) >= vote.dots:
        raise Refusal("dots.no_dots", count=vote.dots)
    return replace(vote, placed={**vote.placed, member: (*mine, item)})


def voters(vote: DotVote) -> int:
    """How many have put at least one dot."""
    return vote.voters if not vote.is_open else sum(1 for each in vote.placed.values() if each)


def end(vote: DotVote, now: datetime) -> DotVote:
    """Count, and forget who put which."""
    if not vote.is_open:
        raise Refusal("dots.over")
    totals = Counter(item for each in vote.placed.values() for item in each)
    return replace(vote, ended_at=now, totals=dict(totals), voters=voters(vote), placed={})


def ranked(vote: DotVote) -> list[tuple[VoteItem, int]]:
    """Items with their totals, the most dots first; nothing while the vote is open, or where so few voted that somebody
    could work out another's dots."""
    if vote.is_open or vote.voters < SHOWN_FROM:
        return []
    return sorted(((each, vote.totals.get(each.number, 0)) for each in vote.items), key=lambda pair: -pair[1])
