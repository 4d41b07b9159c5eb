"""What everyone in a workshop is told of a change to its agenda."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core import agenda
from bot.core.agenda import Session
from bot.core.agenda_dialogue import AgendaChange
from bot.core.message import Moment, Phrase
from bot.core.workshop import Workshop
from handlers.agenda.around import sessions_of, times_of, title_of
from handlers.context import Reader


def overtaken(reader: Reader, workshop: Workshop, dialogue: AgendaChange) -> bool:
    """Whether somebody else has changed the same since a preview was made."""
    standing = {each.id: agenda.change_of(each) for each in sessions_of(reader, workshop)}
    moved_on = any(standing.get(each.id) != each for each in dialogue.seen)
    return moved_on or bool(dialogue.place and workshop.place != dialogue.place_seen)


def changed(workshop: Workshop, dialogue: AgendaChange) -> Workshop:
    """The workshop as it is once a change is carried out."""
    if dialogue.place:
        return replace(workshop, place=dialogue.place)
    return replace(workshop, sessions=agenda.changed(workshop.sessions, dialogue.becomes, workshop.place))


def differences(reader: Reader, workshop: Workshop, dialogue: AgendaChange) -> list[Phrase]:
    """Each thing that is changed, as it was and as it is from now on."""
    if dialogue.place:
        return [Phrase("agenda.place_of_all", {"place": dialogue.place, "before": workshop.place})]
    after = changed(workshop, dialogue)
    was, now = ({each.id: each for each in sessions_of(reader, one)} for one in (workshop, after))
    return [_difference(after, was[each.id], now[each.id]) for each in dialogue.becomes]


def _difference(workshop: Workshop, was: Session, now: Session) -> Phrase:
    about: dict[str, Any] = {
        "title": title_of(workshop, now),
        "day": Moment(now.starts_at(workshop.zone), "day"),
        "times": times_of(workshop, now),
        "before": times_of(workshop, was),
        "day_before": Moment(was.starts_at(workshop.zone), "day"),
        "place": now.place,
    }
    if now.cancelled and not was.cancelled:
        return Phrase("agenda.is_cancelled", about)
    if was.cancelled and not now.cancelled:
        return Phrase("agenda.is_back", about)
    if was.on != now.on:
        return Phrase("agenda.other_day", about)
    if (was.starts, was.ends) != (now.starts, now.ends):
        return Phrase("agenda.other_time", about)
    return Phrase("agenda.other_place", about)


def clash(reader: Reader, workshop: Workshop, dialogue: AgendaChange) -> Phrase | None:
    """That a session would take place while another one does."""
    after = changed(workshop, dialogue)
    found = agenda.clash(sessions_of(reader, after), [each.id for each in dialogue.becomes])
    if found is None:
        return None
    one, other = found
    about = {"title": title_of(workshop, one), "other": title_of(workshop, other), "times": times_of(workshop, other)}
    return Phrase("agenda.clash", about)


def readers(workshop: Workshop, user_id: int) -> list[int]:
    """The accounts of all who are told of what somebody changes."""
    return [each.user_id for each in workshop.active() if each.user_id is not None and each.user_id != user_id]


def without_phone(workshop: Workshop) -> int:
    return sum(1 for each in workshop.active() if each.user_id is None)
