"""A workshop's sessions, as they stand."""

from __future__ import annotations

from dataclasses import replace

from bot.core import agenda
from bot.core.agenda import Session
from bot.core.message import ContentText, Moment, Phrase
from bot.core.workshop import Workshop
from bot.workweek import weekend
from handlers.context import Reader


def sessions_of(reader: Reader, workshop: Workshop) -> list[Session]:
    """All of them in order, cancelled ones too."""
    return agenda.sessions(
        reader.programme(workshop).sessions,
        workshop.sessions,
        first_on=workshop.first_on,
        off=weekend(workshop.country),
        place=workshop.place,
    )


def as_planned(reader: Reader, workshop: Workshop, session: Session) -> Session:
    """A session as the programme has it."""
    plain = replace(workshop, sessions={})
    return next(each for each in sessions_of(reader, plain) if each.id == session.id)


def title_of(workshop: Workshop, session: Session) -> ContentText:
    return ContentText(workshop.programme, session.title)


def times_of(workshop: Workshop, session: Session) -> Phrase:
    """From when to when, as each phone's own clock has it."""
    starts, ends = session.starts_at(workshop.zone), session.ends_at(workshop.zone)
    return Phrase("agenda.times", {"starts": Moment(starts, "time"), "ends": Moment(ends, "time")})
