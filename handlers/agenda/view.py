"""/agenda: what is on, what comes next, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bot.core import agenda, hours
from bot.core.agenda import Session
from bot.core.agenda_dialogue import AgendaChange, AgendaView
from bot.core.dialogue import Person
from bot.core.message import Choice, ContentText, Phrase, Screen
from bot.core.workshop import Workshop
from handlers import places
from handlers.agenda.announcing import session_line
from handlers.agenda.around import sessions_of
from handlers.agenda.taps import AgendaDo, ChangeAgenda, ShowAgenda, ShowCard
from handlers.callbacks import Close
from handlers.context import Here, Reader, button, command, lines, screen, tap


@command("agenda")
async def agenda_(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    here.ask(AgendaView(workshop_id=workshop.id))


@tap(ShowAgenda)
async def show_agenda(here: Here, action: ShowAgenda) -> None:
    workshop, _ = await here.member(action.workshop)
    view = AgendaView(workshop_id=workshop.id, page=action.page)
    if isinstance(here.person.dialogue, AgendaChange):
        here.ask(view)
    else:
        here.ask_aside(view)  # it may be tapped below an announcement


def page_at(found: Sequence[Session], page: int, now: datetime, zone: str) -> tuple[list[date], int]:
    """The days of the agenda, and which of them a page is; -1 is the one at hand."""
    days = agenda.days(found)
    if page < 0:
        at_hand = agenda.at_hand(found, now, zone)
        page = days.index(at_hand.on) if at_hand is not None else len(days) - 1
    return days, min(max(page, 0), max(len(days) - 1, 0))


@screen(AgendaView)
async def agenda_screen(reader: Reader, person: Person, dialogue: AgendaView) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None:
        return None
    found, now = sessions_of(reader, workshop), reader.present()
    close = button("label.close", Close())
    if not found:
        return Screen("agenda.none", rows=((close,),))
    days, page = page_at(found, dialogue.page, now, workshop.zone)
    of_day = [each for each in found if each.on == days[page]]
    at_hand = agenda.at_hand(found, now, workshop.zone)
    held = {each.place for each in of_day if not each.cancelled}
    body: list[Any] = [Phrase("agenda.place", {"place": place}) for place in held if place and len(held) == 1]
    for session in of_day:
        body += _session(reader, workshop, session, at_hand, now, with_place=len(held) > 1)
    apart = person.zone and person.zone != workshop.zone
    text = lines(
        Phrase("agenda.heading", {"day": days[page], "at": page + 1, "of": len(days)}),
        *body,
        "" if apart else None,
        Phrase("agenda.zone", {"city": places.city(workshop.zone, person.language)}) if apart else None,
    )
    rows: list[tuple[Choice, ...]] = []
    if member.leads:
        change: tuple[Choice, ...] = (button("label.agenda.change", ChangeAgenda(workshop.id, page, "")),)
        if at_hand is not None and at_hand.on == days[page] == hours.day_of(now, workshop.zone):
            change = (button("label.agenda.behind", AgendaDo(workshop.id, "", "behind15")), *change)
        rows.append(change)
    turn = [button("label.agenda.before", ShowAgenda(workshop.id, page - 1))] if page > 0 else []
    if page < len(days) - 1:
        turn.append(button("label.agenda.after", ShowAgenda(workshop.id, page + 1)))
    if reader.programme(workshop).cards:
        rows.append((button("label.agenda.cards", ShowCard(workshop.id, page, "")),))
    rows.append((*turn, close))
    return Screen("lines", text, tuple(rows))


def _session(
    reader: Reader, workshop: Workshop, session: Session, at_hand: Session | None, now: datetime, *, with_place: bool
) -> list[Any]:
    line = session_line(workshop, session)
    if session.cancelled:
        return ["", Phrase("agenda.cancelled", {"session": line})]
    if at_hand is not None and session.id == at_hand.id:
        line = Phrase("agenda.now" if session.starts_at(workshop.zone) <= now else "agenda.next", {"session": line})
    place = Phrase("agenda.place", {"place": session.place}) if session.place and with_place else None
    modules = {module.id: module for module in reader.programme(workshop).modules}
    named = [
        Phrase("agenda.module", {"id": id, "title": ContentText(workshop.programme, modules[id].title)})
        for id in session.modules
        if id in modules
    ]
    return [each for each in ["", line, place, *named] if each is not None]
