"""What is due, as values: rows with a key that is unique and the version of what they were made for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.core.plan import Party


class FireKind(StrEnum):
    SESSION = "session"  # a session is about to begin
    DUE = "due"  # how does an action stand that is due soon, today, or overdue?
    DECIDE = "decide"  # it has been overdue for long: what shall become of it?
    MILESTONE = "milestone"
    CHECK_IN = "check_in"  # some time after the workshop: how does all that somebody owns stand?
    REVIEW = "review"  # is the plan as a whole still right?
    DIGEST = "digest"  # an owner's week
    NUDGE = "nudge"  # an audience is to be told
    UNTOLD = "untold"  # an audience wasn't told, twice in a row
    MEASURE = "measure"  # what has a measure come to?
    ESCALATE = "escalate"  # blocked or late for as long as the group agreed to wait
    ERASURE = "erasure"  # the plan is going to be forgotten
    BROADCAST = "broadcast"  # what a facilitator wrote to many is to go out
    TIMER = "timer"  # a group's time is nearly over, or over; `item` is how many seconds are left
    DAY_CLOSE = "day_close"  # the daily close opens by itself (`item` 0), or ends (1)
    REPORT = "report"  # the time of a group that reports is nearly over, or over
    PARKED = "parked"  # the day ends: what is still in the parking lot?


TO_THE_ROOM = frozenset(  # meant for several at once
    {
        FireKind.SESSION,
        FireKind.BROADCAST,
        FireKind.TIMER,
        FireKind.DAY_CLOSE,
        FireKind.REPORT,
        FireKind.PARKED,
    }
)


class FireStatus(StrEnum):
    PENDING = "pending"
    DONE = "done"  # it was said
    MISSED = "missed"  # it wasn't, and is of no use any more; `reason` says why
    CANCELLED = "cancelled"  # by the one it was for


@dataclass(frozen=True, slots=True, kw_only=True)
class Fire:
    """Something due. `key` says what it is (a rule, about what, for whom), `version` for which state of that it was
    made: the two together are unique, whatever becomes of the row, so that nothing fires twice.

    `subject` is what it is planned with ("p12.a3" an action, "p12" a plan, "w5" a workshop, "r7" a run); of one
    `series` only the newest that is due is said. `on` is the day that it is about. `party` is whom it is meant for,
    and `user_id` the account that gets it: their own, or the reporter's until they are here (0: the whole room).
    `due_at` is within their hours, and after `ends_at` it is of no use; `by_hand`: its reader has moved it;
    `meant_at`: the bot should have said it then, and was away.
    `batch` ties together what was said in one message; `answer` is what its reader tapped.
    """

    key: str
    version: str
    kind: FireKind
    subject: str
    series: str
    workshop_id: int
    plan_id: int = 0
    action: int = 0
    item: int = 0
    rule: str = ""
    party: Party = ""
    user_id: int = 0
    on: date
    due_at: datetime
    meant_at: datetime | None = None
    ends_at: datetime | None = None
    id: int = 0
    status: FireStatus = FireStatus.PENDING
    reason: str = ""
    by_hand: bool = False
    done_at: datetime | None = None
    batch: int = 0
    answer: str = ""
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.status is FireStatus.PENDING


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to be done to rows so that they are what is planned."""

    added: list[Fire]
    changed: list[Fire]
    dropped: list[Fire]

    @property
    def any(self) -> bool:
        return bool(self.added or self.changed or self.dropped)


def replan(stored: Iterable[Fire], planned: Iterable[Fire], now: datetime) -> Changes:
    """Make rows follow from what is planned by now.

    What was said, missed or cancelled stays as it is, and never comes again. What waits and isn't planned any more
    goes; what waits for another instant or another reader than it should is put right. What is planned for a time that
    has passed isn't begun: it would be news to nobody.
    """
    known = {(each.key, each.version): each for each in stored}
    wanted = {(each.key, each.version): each for each in planned}
    added = [each for mark, each in wanted.items() if mark not in known and each.due_at > now]
    changed = []
    for mark, each in wanted.items():
        standing = known.get(mark)
        if standing is None or not standing.is_open:
            continue
        right = replace(
            standing,
            due_at=_due_at(standing, each, now),
            party=each.party,
            user_id=each.user_id,
            ends_at=each.ends_at,
            rule=each.rule,
        )
        if right != standing:
            changed.append(right)
    dropped = [each for mark, each in known.items() if each.is_open and mark not in wanted]
    return Changes(added, changed, dropped)


def _due_at(standing: Fire, planned: Fire, now: datetime) -> datetime:
    """When something that waits is due: when it is planned, unless its reader moved it. Where that has passed, it is
    due at once, and not as of then: it was put off, or its time is another one since just now, and nobody is late."""
    if standing.by_hand:
        return standing.due_at
    return planned.due_at if planned.due_at > now else min(standing.due_at, now)
