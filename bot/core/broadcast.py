"""A broadcast: what a facilitator writes to many, now or at a time. Every rule takes one and returns the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.audience import Audience
from bot.core.errors import Refusal

TOO_LATE = timedelta(hours=1)  # "Back at ten" is of no use when the bot comes back at twelve
FARTHEST = timedelta(days=200)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or a file that goes along, as Telegram knows it."""

    file_id: str
    picture: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """`sender` is a member's number. Without a `text` it asks, in each reader's language, to finish a step.

    It waits until `due_at`, or went at `sent_at`. `stopped_at` is when a facilitator (`stopped_by`) stopped it, waiting
    or going out; by 0 it was the bot that found it too late. `aloud` are those without a phone whom it was meant for.
    """

    id: int
    workshop_id: int
    sender: int
    audience: Audience
    text: str = ""
    attachment: Attachment | None = None
    due_at: datetime | None = None
    sent_at: datetime | None = None
    stopped_at: datetime | None = None
    stopped_by: int = 0
    aloud: tuple[int, ...] = ()

    @property
    def waits(self) -> bool:
        return self.sent_at is None and self.stopped_at is None

    @property
    def key(self) -> str:
        """What its time is a row of (`fires.Fire.key`)."""
        return f"broadcast.{self.id}"


def send(broadcast: Broadcast, aloud: tuple[int, ...], now: datetime) -> Broadcast:
    """It goes out, also where it had been stopped before."""
    if broadcast.sent_at is not None:
        raise Refusal("broadcast.is_sent")
    return replace(broadcast, sent_at=now, aloud=aloud, stopped_at=None, stopped_by=0)


def put_off(broadcast: Broadcast, due_at: datetime, now: datetime) -> Broadcast:
    """It waits until an instant, also where it had been stopped before it went."""
    if broadcast.sent_at is not None:
        raise Refusal("broadcast.is_sent")
    check_time(due_at, now)
    return replace(broadcast, due_at=due_at, stopped_at=None, stopped_by=0)


def stop(broadcast: Broadcast, by: int, now: datetime) -> Broadcast:
    """It doesn't go, or goes no further."""
    if broadcast.stopped_at is not None:
        raise Refusal("broadcast.is_stopped")
    return replace(broadcast, stopped_at=now, stopped_by=by)


def check_time(due_at: datetime, now: datetime) -> None:
    """Refuse a time that has passed, and one at which nobody is there any more."""
    if due_at <= now:
        raise Refusal("broadcast.time_passed")
    if due_at - now > FARTHEST:
        raise Refusal("broadcast.time_far")


def is_too_late(due_at: datetime, now: datetime) -> bool:
    return now - due_at > TOO_LATE
