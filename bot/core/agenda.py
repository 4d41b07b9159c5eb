"""The agenda: sessions with their local day and time, as content has them and as facilitators changed them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.core import hours
from bot.core.errors import Refusal

LONGEST_PLACE = 200
MOST_SHIFT = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDef:
    """A half-day of the programme: `day` counts the workshop's working days from 1."""

    id: str
    day: int
    starts: time
    ends: time
    title: str
    modules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionChange:
    """How a workshop has one of the sessions otherwise; None (and "" for the place) leaves it as it was planned."""

    id: str
    on: date | None = None
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session as it stands: on which local day, from when to when, and where (a place or a link; may be empty)."""

    id: str
    day: int
    on: date
    starts: time
    ends: time
    title: str
    modules: tuple[str, ...]
    place: str
    cancelled: bool

    def starts_at(self, zone: str) -> datetime:
        return hours.instant(self.on, self.starts, zone)

    def ends_at(self, zone: str) -> datetime:
        return hours.instant(self.on, self.ends, zone)


def sessions(
    defined: tuple[SessionDef, ...],
    changes: Mapping[str, SessionChange],
    *,
    first_on: date,
    off: frozenset[int],
    place: str = "",
) -> list[Session]:
    """All sessions of a workshop in the order in which they take place, cancelled ones too. `off` are the days of the
    week that its days pass over; `place` is where it meets unless a session says otherwise."""
    found = []
    for each in defined:
        change = changes.get(each.id) or SessionChange(id=each.id)
        found.append(
            Session(
                id=each.id,
                day=each.day,
                on=change.on or day_number(first_on, each.day, off),
                starts=change.starts or each.starts,
                ends=change.ends or each.ends,
                title=each.title,
                modules=each.modules,
                place=change.place or place,
                cancelled=change.cancelled,
            )
        )
    return sorted(found, key=lambda session: (session.on, session.starts))


def day_number(first_on: date, number: int, off: frozenset[int]) -> date:
    """The workshop's day of this number, from 1. Days off are passed over, but for the first one, which was chosen."""
    day = first_on
    for _ in range(number - 1):
        day += timedelta(days=1)
        while day.weekday() in off:
            day += timedelta(days=1)
    return day


def shift(session: Session, minutes: int) -> SessionChange:
    """A session that begins and ends later, or (negative) earlier, on the same day. Refuses what leaves its day."""
    if abs(minutes) > MOST_SHIFT.total_seconds() / 60:
        raise Refusal("agenda.too_far")
    moved = [datetime.combine(session.on, at) + timedelta(minutes=minutes) for at in (session.starts, session.ends)]
    if any(each.date() != session.on for each in moved):
        raise Refusal("agenda.too_far")
    starts, ends = (each.time() for each in moved)
    return replace(change_of(session), starts=starts, ends=ends)


def change_of(session: Session) -> SessionChange:
    """A session as the change that makes it so."""
    return SessionChange(
        id=session.id,
        on=session.on,
        starts=session.starts,
        ends=session.ends,
        place=session.place,
        cancelled=session.cancelled,
    )


def changed(
    changes: Mapping[str, SessionChange], becomes: Iterable[SessionChange], place: str
) -> dict[str, SessionChange]:
    """A workshop's changes with further ones. `place` is where it meets: a session that is there follows it."""
    added = {each.id: replace(each, place="") if each.place == place else each for each in becomes}
    return {**changes, **added}


def behind(of_day: Sequence[Session], now: datetime, zone: str, minutes: int) -> list[SessionChange]:
    """The day's sessions when it runs so many minutes late (negative: early): what is under way ends later, what is
    still to come begins and ends later. Refuses where nothing is left of the day, or it would leave the day."""
    found = []
    for session in of_day:
        if session.cancelled or session.ends_at(zone) <= now:
            continue
        moved = shift(session, minutes)
        found.append(replace(moved, starts=session.starts) if session.starts_at(zone) <= now else moved)
    if not found:
        raise Refusal("agenda.nothing_left")
    return found


def with_times(session: Session, starts: time, ends: time | None) -> SessionChange:
    """A session at other times; without an end it stays as long as it was. Refuses one that ends before it begins."""
    if ends is None:
        length = datetime.combine(session.on, session.ends) - datetime.combine(session.on, session.starts)
        end = datetime.combine(session.on, starts) + length
        if end.date() != session.on:
            raise Refusal("agenda.too_far")
        ends = end.time()
    if ends <= starts:
        raise Refusal("agenda.ends_first")
    return replace(change_of(session), starts=starts, ends=ends)


def clash(found: Sequence[Session], ids: Iterable[str]) -> tuple[Session, Session] | None:
    """One of these sessions, with another one that takes place at the same time; None where there is none."""
    held = [each for each in found if not each.cancelled]
    for one in held:
        if one.id in ids:
            for other in held:
                if other.id != one.id and other.on == one.on and other.starts < one.ends and one.starts < other.ends:
                    return one, other
    return None


def days(found: Sequence[Session]) -> list[date]:
    """The days on which there are sessions, in order."""
    return sorted({session.on for session in found})


def lateness(session: Session, planned: Session, now: datetime, zone: str) -> int:
    """By how many minutes the day runs behind what the programme has (negative: ahead), as a session shows it: by its
    end once it is under way, else by its beginning. Nothing is said of one that was put on another day."""
    if session.on != planned.on:
        return 0
    under_way = session.starts_at(zone) <= now
    times = (session.ends, planned.ends) if under_way else (session.starts, planned.starts)
    is_at, was_at = (datetime.combine(session.on, at) for at in times)
    return round((is_at - was_at) / timedelta(minutes=1))


def at_hand(found: Sequence[Session], now: datetime, zone: str) -> Session | None:
    """The session that is on, or the next one; None when all are over."""
    ahead = [each for each in found if not each.cancelled and each.ends_at(zone) > now]
    return min(ahead, key=lambda each: each.starts_at(zone), default=None)
