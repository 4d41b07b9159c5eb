"""How the questions look in which facilitators change the agenda; see `changing`."""

from __future__ import annotations

from datetime import timedelta

from bot.core.agenda import Session
from bot.core.agenda_dialogue import AgendaChange
from bot.core.dialogue import Person
from bot.core.message import Choice, Phrase, Screen
from bot.core.workshop import Workshop
from bot.workweek import weekend
from handlers.agenda import news
from handlers.agenda.around import as_planned, sessions_of, times_of, title_of
from handlers.agenda.changing import FURTHEST
from handlers.agenda.taps import AgendaDay, AgendaDo, ChangeAgenda, ChangeWhere, ShowAgenda
from handlers.agenda.view import page_at
from handlers.callbacks import pack
from handlers.context import Reader, button, lines, screen
from handlers.days import dates

DAYS_OFFERED = 3


@screen(AgendaChange)
async def change_screen(reader: Reader, person: Person, dialogue: AgendaChange) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or not member.leads:
        return None
    back = button("label.back", AgendaDo(workshop.id, dialogue.session, "back"))
    match dialogue.asks:
        case "which":
            return _which(reader, workshop, dialogue)
        case "place_for_all":
            return Screen("agenda.ask_place", {"now": workshop.place or "–"}, ((back,),))
        case "preview":
            return _preview(reader, person, workshop, dialogue, back)
    session = next((each for each in sessions_of(reader, workshop) if each.id == dialogue.session), None)
    if session is None:
        return None
    if dialogue.asks == "what":
        return _what(reader, workshop, session, dialogue)
    about = {"title": title_of(workshop, session), "now": session.place or "–", "times": times_of(workshop, session)}
    rows: list[tuple[Choice, ...]] = [(back,)]
    if dialogue.asks == "day":
        off = weekend(workshop.country)
        week = ((each, session.on + timedelta(days=each)) for each in range(1, FURTHEST + 1))
        ahead = [(each, day) for each, day in week if day.weekday() not in off]
        days = tuple(
            Choice(dates.on_button(day, person.language), pack(AgendaDay(workshop.id, each, session.id)))
            for each, day in ahead[:DAYS_OFFERED]
        )
        rows.insert(0, days)
    return Screen(f"agenda.ask_{dialogue.asks}", about, tuple(rows))


def _preview(reader: Reader, person: Person, workshop: Workshop, dialogue: AgendaChange, back: Choice) -> Screen:
    """What everyone is told, and how many that is."""
    if news.overtaken(reader, workshop, dialogue):
        return Screen("agenda.in_between", rows=((button("label.agenda", ShowAgenda(workshop.id, dialogue.page)),),))
    count, without = len(news.readers(workshop, person.user_id)), news.without_phone(workshop)
    text = lines(
        *news.differences(reader, workshop, dialogue),
        news.clash(reader, workshop, dialogue),
        "",
        Phrase("agenda.preview", {"count": count}) if count else Phrase("agenda.preview_alone"),
        Phrase("agenda.no_phone", {"count": without}) if without else None,
    )
    send = AgendaDo(workshop.id, dialogue.session, "send")
    if count:
        return Screen("lines", text, ((button("label.agenda.send", send, style="primary", count=count), back),))
    return Screen("lines", text, ((button("label.agenda.do", send, style="primary"), back),))


def _which(reader: Reader, workshop: Workshop, dialogue: AgendaChange) -> Screen:
    found = sessions_of(reader, workshop)
    days, page = page_at(found, dialogue.page, reader.present(), workshop.zone)
    of_day = [each for each in found if days and each.on == days[page]]
    rows: list[tuple[Choice, ...]] = [
        (Choice(title_of(workshop, each), pack(ChangeAgenda(workshop.id, page, each.id))),) for each in of_day
    ]
    place, where = AgendaDo(workshop.id, "", "place_for_all"), ChangeWhere(workshop.id, page)
    rows.append((button("label.agenda.place_for_all", place), button("label.agenda.where", where)))
    rows.append((button("label.back", ShowAgenda(workshop.id, page)),))
    return Screen("agenda.which", rows=tuple(rows))


def _what(reader: Reader, workshop: Workshop, session: Session, dialogue: AgendaChange) -> Screen:
    def choice(what: str) -> Choice:
        return button(f"label.agenda.{what}", AgendaDo(workshop.id, session.id, what))

    about = {"title": title_of(workshop, session), "times": times_of(workshop, session)}
    back = button("label.back", ChangeAgenda(workshop.id, dialogue.page, ""))
    if session.cancelled:
        return Screen("agenda.what_cancelled", about, ((choice("restore"),), (back,)))
    planned = as_planned(reader, workshop, session)
    moved = (planned.on, planned.starts, planned.ends) != (session.on, session.starts, session.ends)
    rows = [
        (choice("later15"), choice("later30")),
        (choice("earlier15"), choice("time")),
        (choice("day"), choice("place")),
        (choice("cancel"), choice("planned")) if moved else (choice("cancel"),),
        (back,),
    ]
    return Screen("agenda.what", about, tuple(rows))
