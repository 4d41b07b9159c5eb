"""The agenda: sessions with their local day and time, as content has them and as facilitators changed them."""

from __future__ import annotations

from collections.abc import Mapping
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
