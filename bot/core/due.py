"""What becomes of what is due: said now, together with what else is due to the same reader; later; or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.core.fires import Fire, FireStatus
from bot.core.hours import Hours

TOGETHER = timedelta(hours=1)  # one message to one person in this time
LATE = timedelta(hours=2)  # after which a message says that it should have come earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom something is due to: when they may be written to, whether they want it, and when they last were."""

    hours: Hours
    muted_until: datetime | None = None
    opted_out: bool = False
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What can be said, by account, each with all that goes into one message; and the fires as they are now."""

    said: dict[int, list[Fire]] = field(default_factory=dict)
    moved: list[Fire] = field(default_factory=list)
    missed: list[Fire] = field(default_factory=list)


def sort_out(fires: Iterable[Fire], people: Mapping[int, Addressee], now: datetime) -> Outcome:
    """Decide about what is due to single people, given also what else will be due to them within the hour: that is
    said along, where anything is."""
    by_reader: dict[int, list[Fire]] = {}
    for each in sorted(fires, key=lambda fire: (fire.due_at, fire.on, fire.id)):
        by_reader.setdefault(each.user_id, []).append(each)
    outcome = Outcome()
    for user_id, theirs in by_reader.items():
        _of_one(outcome, user_id, theirs, people[user_id], now)
    return outcome


def _of_one(outcome: Outcome, user_id: int, theirs: list[Fire], reader: Addressee, now: datetime) -> None:
    useful = []
    for each in theirs:
        if reader.opted_out:
            outcome.missed.extend(missed([each], "opted_out", now))
        elif each.ends_at is not None and each.ends_at <= now:
            outcome.missed.extend(missed([each], "too_late", now))
        else:
            useful.append(each)
    if not any(each.due_at <= now for each in useful):
        return
    at = not_before(reader, now)
    if at > now:
        outcome.moved.extend(replace(_late(each, reader, now), due_at=at) for each in useful if each.due_at <= now)
        return
    outcome.said[user_id] = [_late(each, reader, now) for each in useful]


def newest(fires: Iterable[Fire]) -> tuple[list[Fire], list[Fire]]:
    """Of what can be said, of each series the one about the latest day; and the others. What was put off is no newer
    for that."""
    found = list(fires)
    last = {each.series: each for each in sorted(found, key=lambda each: (each.on, each.due_at, each.id))}
    kept = [each for each in found if each is last[each.series]]
    return kept, [each for each in found if each is not last[each.series]]


def not_before(reader: Addressee, now: datetime) -> datetime:
    """When somebody may next be written to: within their hours, not while they have muted the bot, and not within an
    hour of the last time."""
    at = now
    if reader.muted_until is not None and reader.muted_until > at:
        at = reader.muted_until
    # A last time that is still to come was before the clock was set back.
    if reader.last_at is not None and at < reader.last_at + TOGETHER <= now + TOGETHER:
        at = reader.last_at + TOGETHER
    return reader.hours.next_open(at)


def _late(fire: Fire, reader: Addressee, now: datetime) -> Fire:
    """What is said or moved long after it could have been said remembers when that was: the bot was away. What waited
    for its reader's hours, for the end of their silence, or for the hour to be over isn't late."""
    could = not_before(reader, fire.due_at)
    return replace(fire, meant_at=fire.meant_at or (could if now - could > LATE else None))


def said(fire: Fire, batch: int, now: datetime) -> Fire:
    """Something as it is once it has been said; one that was put off is asked anew."""
    return replace(fire, status=FireStatus.DONE, batch=batch, done_at=now, answer="", answered_at=None)


def missed(fires: Iterable[Fire], reason: str, now: datetime) -> list[Fire]:
    """Fires that come to nothing."""
    return [replace(each, status=FireStatus.MISSED, reason=reason, done_at=now) for each in fires]
