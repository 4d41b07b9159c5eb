"""Facilitators change the agenda: which session, what about it, a preview of what everyone is told; told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.core import agenda, checked
from bot.core.agenda import Session, SessionChange
from bot.core.agenda_dialogue import AgendaChange, AgendaView
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Moment, Phrase, Priority, Screen
from bot.core.workshop import Workshop
from handlers.agenda.around import sessions_of, times_of, title_of
from handlers.agenda.clock import read_times
from handlers.agenda.taps import AgendaDay, AgendaDo, ChangeAgenda, ShowAgenda
from handlers.agenda.view import page_at
from handlers.callbacks import pack
from handlers.context import Here, Reader, button, lines, on_text, screen, tap
from handlers.days import dates

SHIFTS = {"later15": 15, "later30": 30, "earlier15": -15}
BEHIND = {"behind15": 15}
DAYS_OFFERED = (1, 2, 3)
QUESTIONS = ("time", "day", "place", "place_for_all")


def _session(reader: Reader, workshop: Workshop, id: str) -> Session:
    found = next((each for each in sessions_of(reader, workshop) if each.id == id), None)
    if found is None:
        raise Refusal("tap.old")
    return found


def _open(here: Here, workshop: Workshop) -> AgendaChange:
    dialogue = here.person.dialogue
    if not isinstance(dialogue, AgendaChange) or dialogue.workshop_id != workshop.id:
        raise Refusal("tap.old")
    return dialogue


@tap(ChangeAgenda)
async def change(here: Here, action: ChangeAgenda) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    dialogue = AgendaChange(workshop_id=workshop.id, page=action.page)
    if action.session:
        _session(here.turn, workshop, action.session)
        dialogue = replace(dialogue, session=action.session, asks="what")
    here.ask(dialogue)


@tap(AgendaDo)
async def do(here: Here, action: AgendaDo) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    what = action.what
    if what in BEHIND:
        _propose_behind(here, workshop, BEHIND[what])
        return
    dialogue = _open(here, workshop)
    if what == "send":
        await _carry_out(here, workshop, dialogue)
    elif what == "back":
        here.ask(replace(dialogue, asks="what" if dialogue.session else "which", seen=(), becomes=()))
    elif what in QUESTIONS:
        here.ask(replace(dialogue, asks=what))  # type: ignore[arg-type]
    else:
        session = _session(here.turn, workshop, action.session)
        becomes = _becomes(session, what)
        _preview(here, dialogue, [session], [becomes])


def _becomes(session: Session, what: str) -> SessionChange:
    if what in SHIFTS:
        return agenda.shift(session, SHIFTS[what])
    if what in ("cancel", "restore"):
        return replace(agenda.change_of(session), cancelled=what == "cancel")
    raise Refusal("tap.old")


def _propose_behind(here: Here, workshop: Workshop, minutes: int) -> None:
    found = sessions_of(here.turn, workshop)
    days, page = page_at(found, -1, here.turn.now, workshop.zone)
    of_day = [each for each in found if days and each.on == days[page]]
    becomes = agenda.behind(of_day, here.turn.now, workshop.zone, minutes)
    moved = {each.id for each in becomes}
    dialogue = AgendaChange(workshop_id=workshop.id, page=page)
    _preview(here, dialogue, [each for each in of_day if each.id in moved], becomes)


def _preview(here: Here, dialogue: AgendaChange, seen: Sequence[Session], becomes: Sequence[SessionChange]) -> None:
    stood = tuple(agenda.change_of(each) for each in seen)
    if stood == tuple(becomes):
        raise Refusal("agenda.same")
    here.ask(replace(dialogue, asks="preview", seen=stood, becomes=tuple(becomes)))


@tap(AgendaDay)
async def another_day(here: Here, action: AgendaDay) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    dialogue = _open(here, workshop)
    session = _session(here.turn, workshop, action.session)
    if not 0 < action.days <= max(DAYS_OFFERED):
        raise Refusal("tap.old")
    moved = replace(agenda.change_of(session), on=session.on + timedelta(days=action.days))
    _preview(here, dialogue, [session], [moved])


@on_text(AgendaChange)
async def typed(here: Here, dialogue: AgendaChange, text: str) -> None:
    workshop, _ = await here.facilitator(dialogue.workshop_id)
    if dialogue.asks == "place_for_all":
        here.turn.put(replace(workshop, place=checked.words(text, agenda.LONGEST_PLACE)))
        here.acknowledge()
        here.ask(AgendaView(workshop_id=workshop.id, page=dialogue.page))
        return
    if dialogue.asks not in ("time", "day", "place"):
        raise Refusal("agenda.tap_one")
    session = _session(here.turn, workshop, dialogue.session)
    match dialogue.asks:
        case "time":
            times = read_times(text)
            if times is None:
                raise Refusal("agenda.no_time")
            moved = agenda.with_times(session, *times)
        case "day":
            days = dates.read(text, here.person.language, here.turn.now)
            if not days or not dates.is_near(days[0], here.turn.now):
                raise Refusal("agenda.no_day", example=dates.without_weekday(session.on, here.person.language))
            moved = replace(agenda.change_of(session), on=days[0])
        case _:
            moved = replace(agenda.change_of(session), place=checked.words(text, agenda.LONGEST_PLACE))
    _preview(here, dialogue, [session], [moved])


# Done, and told ----------------------------------------------------------------------------------------------------


async def _carry_out(here: Here, workshop: Workshop, dialogue: AgendaChange) -> None:
    if dialogue.asks != "preview" or not dialogue.becomes:
        raise Refusal("tap.old")
    standing = {each.id: each for each in sessions_of(here.turn, workshop)}
    if any(each.id not in standing or agenda.change_of(standing[each.id]) != each for each in dialogue.seen):
        here.ask(AgendaView(workshop_id=workshop.id, page=dialogue.page))
        here.toast("agenda.overtaken")
        return
    changed = replace(workshop, sessions={**workshop.sessions, **{each.id: each for each in dialogue.becomes}})
    here.turn.put(changed)
    text = _told(here.turn, workshop, changed, dialogue)
    for member in workshop.active():
        if member.user_id is not None and member.user_id != here.user_id:
            await here.turn.say(member.user_id, "lines", priority=Priority.LIVE, unasked=True, **lines(*text))
    here.ask(AgendaView(workshop_id=workshop.id, page=dialogue.page))
    here.toast("agenda.told", count=_count(workshop, here.user_id))


def _count(workshop: Workshop, user_id: int) -> int:
    """How many people are told."""
    return sum(1 for each in workshop.active() if each.user_id is not None and each.user_id != user_id)


def _told(reader: Reader, before: Workshop, after: Workshop, dialogue: AgendaChange) -> list[Phrase]:
    """What everyone is told: each session that is changed, as it was and as it is from now on."""
    was = {each.id: each for each in sessions_of(reader, before)}
    now = {each.id: each for each in sessions_of(reader, after)}
    changed = [_difference(after, was[each.id], now[each.id]) for each in dialogue.becomes]
    return [Phrase("agenda.changed", {"title": after.title}), *changed]


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


# Screens ---------------------------------------------------------------------------------------------------------


@screen(AgendaChange)
async def change_screen(reader: Reader, person: Person, dialogue: AgendaChange) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or not member.leads:
        return None
    back = button("label.back", AgendaDo(workshop.id, dialogue.session, "back"))
    if dialogue.asks == "which":
        return _which(reader, workshop, dialogue)
    if dialogue.asks == "place_for_all":
        return Screen("agenda.ask_place", {"now": workshop.place or "–"}, ((back,),))
    if dialogue.asks == "preview":
        after = replace(workshop, sessions={**workshop.sessions, **{each.id: each for each in dialogue.becomes}})
        told = _told(reader, workshop, after, dialogue)[1:]
        text = lines(*told, "", Phrase("agenda.preview", {"count": _count(workshop, person.user_id)}))
        send = AgendaDo(workshop.id, dialogue.session, "send")
        count = _count(workshop, person.user_id)
        return Screen("lines", text, ((button("label.agenda.send", send, style="primary", count=count), back),))
    session = next((each for each in sessions_of(reader, workshop) if each.id == dialogue.session), None)
    if session is None:
        return None
    if dialogue.asks == "what":
        return _what(workshop, session, dialogue)
    about = {"title": title_of(workshop, session), "now": session.place or "–", "times": times_of(workshop, session)}
    rows: list[tuple[Choice, ...]] = [(back,)]
    if dialogue.asks == "day":
        days = tuple(
            Choice(
                dates.on_button(session.on + timedelta(days=each), person.language),
                pack(AgendaDay(workshop.id, each, session.id)),
            )
            for each in DAYS_OFFERED
        )
        rows.insert(0, days)
    return Screen(f"agenda.ask_{dialogue.asks}", about, tuple(rows))


def _which(reader: Reader, workshop: Workshop, dialogue: AgendaChange) -> Screen:
    found = sessions_of(reader, workshop)
    days, page = page_at(found, dialogue.page, reader.present(), workshop.zone)
    of_day = [each for each in found if days and each.on == days[page]]
    rows = [(Choice(title_of(workshop, each), pack(ChangeAgenda(workshop.id, page, each.id))),) for each in of_day]
    rows.append((button("label.agenda.place_for_all", AgendaDo(workshop.id, "", "place_for_all")),))
    rows.append((button("label.back", ShowAgenda(workshop.id, page)),))
    return Screen("agenda.which", rows=tuple(rows))


def _what(workshop: Workshop, session: Session, dialogue: AgendaChange) -> Screen:
    def choice(what: str) -> Choice:
        return button(f"label.agenda.{what}", AgendaDo(workshop.id, session.id, what))

    about = {"title": title_of(workshop, session), "times": times_of(workshop, session)}
    back = button("label.back", ChangeAgenda(workshop.id, dialogue.page, ""))
    if session.cancelled:
        return Screen("agenda.what_cancelled", about, ((choice("restore"),), (back,)))
    rows = (
        (choice("later15"), choice("later30")),
        (choice("earlier15"), choice("time")),
        (choice("day"), choice("place")),
        (choice("cancel"), back),
    )
    return Screen("agenda.what", about, rows)
