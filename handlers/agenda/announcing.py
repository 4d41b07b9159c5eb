"""Sessions are announced to everyone in the workshop before they begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from bot.core import hours
from bot.core.agenda import Session
from bot.core.fires import Fire, FireStatus
from bot.core.message import Moment, Phrase, Priority, Rows
from bot.core.workshop import Workshop
from bot.turn import Turn
from handlers.agenda.around import sessions_of, times_of, title_of
from handlers.agenda.taps import ShowAgenda
from handlers.context import button, lines

WAKES, SLEEPS = time(7), time(22)  # between these, in the reader's zone, a phone may make a sound
SOON = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class ToRoom:
    """The sessions of one day that everyone in a workshop is told about now."""

    workshop_id: int
    fires: Sequence[Fire]

    async def say(self, turn: Turn) -> None:
        workshop = await turn.workshop(self.workshop_id)
        if workshop is None:
            return
        wanted = {each.series.rpartition(".session.")[2] for each in self.fires}
        ahead = [
            session
            for session in sessions_of(turn, workshop)
            if session.id in wanted and not session.cancelled and session.starts_at(workshop.zone) > turn.now
        ]
        useful = {each.id for each in ahead}
        told = [each for each in self.fires if each.series.rpartition(".session.")[2] in useful]
        batch = turn.runner.next_id("batches")
        turn.put(*(replace(each, status=FireStatus.DONE, batch=batch, done_at=turn.now) for each in told))
        late = [each for each in self.fires if each not in told]
        turn.put(*(replace(each, status=FireStatus.MISSED, reason="too_late", done_at=turn.now) for each in late))
        if ahead:
            await _announce(turn, workshop, ahead)

    async def give_up(self, turn: Turn) -> None:
        turn.put(*(replace(each, status=FireStatus.MISSED, reason="failed", done_at=turn.now) for each in self.fires))


def by_day(fires: Sequence[Fire]) -> list[ToRoom]:
    """What is due before sessions: of each workshop, those of one day together."""
    found: dict[tuple[int, Any], list[Fire]] = {}
    for each in fires:
        found.setdefault((each.workshop_id, each.on), []).append(each)
    return [ToRoom(workshop_id, theirs) for (workshop_id, _), theirs in found.items()]


async def _announce(turn: Turn, workshop: Workshop, ahead: Sequence[Session]) -> None:
    """Tell everyone, each as their own clock has it; without a sound whoever wants no reminders now, or may sleep."""
    first = ahead[0].starts_at(workshop.zone)
    rows: Rows = ((button("label.agenda", ShowAgenda(workshop.id, -1)),),) if first - turn.now > SOON else ()
    for member in workshop.active():
        if member.user_id is None:
            continue
        person = await turn.person(member.user_id)
        zone = (person.zone if person else "") or workshop.zone
        muted = person is not None and person.muted_until is not None and person.muted_until > turn.now
        asleep = not WAKES <= turn.now.astimezone(ZoneInfo(zone)).time() < SLEEPS
        await turn.say(
            member.user_id,
            "lines",
            rows,
            priority=Priority.LIVE,
            unasked=True,
            silent=muted or asleep,
            expires_at=first,
            **lines(*said_of(workshop, ahead, turn.now, zone)),
        )


def said_of(workshop: Workshop, ahead: Sequence[Session], now: datetime, zone: str) -> list[Phrase]:
    """What somebody in a zone is told of sessions that are about to begin, all of them on one day of the workshop."""
    first = ahead[0].starts_at(workshop.zone)
    days = (hours.day_of(first, zone) - hours.day_of(now, zone)).days
    if first - now <= SOON:
        minutes = max(1, round((first - now) / timedelta(minutes=1)))
        heading = Phrase("session.in_minutes", {"count": minutes, "title": workshop.title})
    elif days <= 1:
        heading = Phrase("session.tomorrow" if days else "session.today", {"title": workshop.title})
    else:
        heading = Phrase("session.on_day", {"title": workshop.title, "day": Moment(first, "day")})
    found = [heading]
    for session, after in zip_longest(ahead, ahead[1:]):
        found.append(session_line(workshop, session))
        if session.place and (after is None or after.place != session.place):
            found.append(Phrase("agenda.place", {"place": session.place}))
    return found


def session_line(workshop: Workshop, session: Session) -> Phrase:
    about = {"times": times_of(workshop, session), "title": title_of(workshop, session)}
    return Phrase("agenda.session", about)
