"""Rules for what is said when, as values: content defines them, a workshop's facilitators switch and change them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum

from bot.core.cadence import PERIODS, repeated
from bot.core.errors import Refusal
from bot.core.plan import Frequency


class Anchor(StrEnum):
    """What a rule counts from."""

    SESSION = "session"  # the start of a session
    DUE = "due"  # an action's day
    MILESTONE = "milestone"
    CLOSE = "close"  # the workshop's last day
    WEEK = "week"  # the Monday of each week
    COMMUNICATION = "communication"  # each day on which an audience is to be told
    MEASURE = "measure"  # each day on which a measure is asked for


class To(StrEnum):
    """Who gets it."""

    ROOM = "room"  # everyone in the workshop
    RESPONSIBLE = "responsible"
    OWNER = "owner"
    SENDER = "sender"  # who tells an audience
    REPORTER = "reporter"  # the focal point of a group


KNOWN: frozenset[tuple[Anchor, To]] = frozenset(
    {
        (Anchor.SESSION, To.ROOM),
        (Anchor.DUE, To.RESPONSIBLE),  # how does it stand?
        (Anchor.DUE, To.OWNER),  # nothing helped: what shall become of it?
        (Anchor.MILESTONE, To.RESPONSIBLE),
        (Anchor.CLOSE, To.OWNER),  # a check-in
        (Anchor.CLOSE, To.REPORTER),  # a review of the plan
        (Anchor.WEEK, To.OWNER),  # a digest
        (Anchor.COMMUNICATION, To.SENDER),  # a nudge
        (Anchor.COMMUNICATION, To.OWNER),  # missed twice
        (Anchor.MEASURE, To.OWNER),
    }
)
"""What the bot knows how to say."""

MOST_DAYS = 400  # from the anchor, either way
MOST_LISTED = 8  # offsets of one rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`days` are offsets from the anchor's day, negative before it, each at the hour `at` in the reader's zone; for a
    session, `minutes` are offsets from its start. After the last of `days` it comes `every` so often, `most` times in
    all. `title` says for facilitators what it does."""

    id: str
    title: str
    anchor: Anchor
    to: To
    days: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    at: time = time(9)
    every: Frequency | None = None
    most: int = 0
    on: bool = True

    def days_from(self, anchor: date, until: date) -> Iterator[tuple[int, date]]:
        """The days on which it fires for one anchor, in order, to `until`, each with its offset."""
        listed = sorted(self.days)
        most = self.most or (MOST_LISTED if self.every else len(listed))
        found = [(offset, anchor + timedelta(days=offset)) for offset in listed][:most]
        if self.every is not None:
            last = found[-1][1] if found else anchor
            for day in repeated(last, PERIODS[self.every]):
                if len(found) >= most or day > until:
                    break
                found.append(((day - anchor).days, day))
        return ((offset, day) for offset, day in found if day <= until)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """How one workshop has a rule otherwise; None leaves it as it is."""

    id: str
    on: bool | None = None
    days: tuple[int, ...] | None = None
    minutes: tuple[int, ...] | None = None
    at: time | None = None


def effective(rules: tuple[Rule, ...], changes: Mapping[str, RuleChange]) -> tuple[Rule, ...]:
    """The rules as a workshop has them."""
    return tuple(_changed(rule, changes.get(rule.id)) for rule in rules)


def _changed(rule: Rule, change: RuleChange | None) -> Rule:
    if change is None:
        return rule
    return replace(
        rule,
        on=rule.on if change.on is None else change.on,
        days=rule.days if change.days is None else change.days,
        minutes=rule.minutes if change.minutes is None else change.minutes,
        at=rule.at if change.at is None else change.at,
    )


def checked_days(days: tuple[int, ...]) -> tuple[int, ...]:
    """Offsets that somebody typed, in order. Refuses too many of them, or too far away."""
    found = tuple(sorted(set(days)))
    if not found or len(found) > MOST_LISTED or any(abs(each) > MOST_DAYS for each in found):
        raise Refusal("rules.bad_days", most=MOST_LISTED, furthest=MOST_DAYS)
    return found
