"""Facilitators change the agenda: which session, what about it, a preview of what everyone is told; told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.core import agenda, checked, hours
from bot.core.agenda import Session, SessionChange
from bot.core.agenda_dialogue import AgendaChange, AgendaView
from bot.core.errors import Refusal
from bot.core.message import Phrase, Priority
from bot.core.workshop import Workshop
from handlers.agenda import news
from handlers.agenda.around import as_planned, sessions_of
from handlers.agenda.clock import read_times
from handlers.agenda.taps import AgendaDay, AgendaDo, ChangeAgenda
from handlers.context import Here, Reader, lines, on_text, tap
from handlers.days import dates

SHIFTS = {"later15": 15, "later30": 30, "earlier15": -15}
BEHIND = {"behind15": 15}
FURTHEST = 7  # days by which a tap moves a session
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
        asks = "what" if dialogue.session else "which"
        here.ask(replace(dialogue, asks=asks, seen=(), becomes=(), place_seen="", place=""))  # type: ignore[arg-type]
    elif what in QUESTIONS:
        here.ask(replace(dialogue, asks=what))  # type: ignore[arg-type]
    else:
        session = _session(here.turn, workshop, action.session)
        _preview(here, dialogue, [session], [_becomes(here, workshop, session, what)])


def _becomes(here: Here, workshop: Workshop, session: Session, what: str) -> SessionChange:
    if session.cancelled and what != "restore":
        raise Refusal("agenda.put_back_first")
    if what in SHIFTS:
        return agenda.shift(session, SHIFTS[what])
    if what in ("cancel", "restore"):
        return replace(agenda.change_of(session), cancelled=what == "cancel")
    if what == "planned":
        return replace(agenda.change_of(as_planned(here.turn, workshop, session)), place=session.place)
    raise Refusal("tap.old")


def _propose_behind(here: Here, workshop: Workshop, minutes: int) -> None:
    """All that is left of today."""
    today = hours.day_of(here.turn.now, workshop.zone)
    of_day = [each for each in sessions_of(here.turn, workshop) if each.on == today]
    becomes = agenda.behind(of_day, here.turn.now, workshop.zone, minutes)
    moved = {each.id for each in becomes}
    _preview(
        here, AgendaChange(workshop_id=workshop.id, page=-1), [each for each in of_day if each.id in moved], becomes
    )


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
    if not 0 < action.days <= FURTHEST:
        raise Refusal("tap.old")
    moved = replace(agenda.change_of(session), on=session.on + timedelta(days=action.days))
    _preview(here, dialogue, [session], [moved])


@on_text(AgendaChange)
async def typed(here: Here, dialogue: AgendaChange, text: str) -> None:
    workshop, _ = await here.facilitator(dialogue.workshop_id)
    if dialogue.asks == "place_for_all":
        _place_for_all(here, workshop, dialogue, checked.words(text, agenda.LONGEST_PLACE))
        return
    if dialogue.asks in ("which", "preview"):
        raise Refusal("agenda.tap_one")
    session = _session(here.turn, workshop, dialogue.session)
    match dialogue.asks:
        case "time" | "what":
            times = read_times(text)
            if times is None:
                raise Refusal("agenda.no_time" if dialogue.asks == "time" else "agenda.tap_one")
            if session.cancelled:
                raise Refusal("agenda.put_back_first")
            moved = agenda.with_times(session, *times)
        case "day":
            days = dates.read(text, here.person.language, here.turn.now)
            if not days or not dates.is_near(days[0], here.turn.now):
                raise Refusal("agenda.no_day", example=dates.without_weekday(session.on, here.person.language))
            moved = replace(agenda.change_of(session), on=days[0])
        case _:
            moved = replace(agenda.change_of(session), place=checked.words(text, agenda.LONGEST_PLACE))
    _preview(here, dialogue, [session], [moved])


def _place_for_all(here: Here, workshop: Workshop, dialogue: AgendaChange, place: str) -> None:
    """A first place is said with the next session; another one is news."""
    if place == workshop.place:
        raise Refusal("agenda.same")
    if workshop.place:
        here.ask(replace(dialogue, asks="preview", place_seen=workshop.place, place=place))
        return
    here.turn.put(replace(workshop, place=place))
    here.acknowledge()
    here.ask(AgendaView(workshop_id=workshop.id, page=dialogue.page))


async def _carry_out(here: Here, workshop: Workshop, dialogue: AgendaChange) -> None:
    """Change it and tell everyone, unless somebody else has changed the same in between."""
    if dialogue.asks != "preview":
        raise Refusal("tap.old")
    here.ask(AgendaView(workshop_id=workshop.id, page=dialogue.page))
    if news.overtaken(here.turn, workshop, dialogue):
        here.toast("agenda.overtaken")
        return
    text = [Phrase("agenda.changed", {"title": workshop.title}), *news.differences(here.turn, workshop, dialogue)]
    here.turn.put(news.changed(workshop, dialogue))
    told = news.readers(workshop, here.user_id)
    for user_id in told:
        await here.turn.say(user_id, "lines", priority=Priority.LIVE, unasked=True, **lines(*text))
    if told:
        here.toast("agenda.told", count=len(told))
    else:
        here.toast("agenda.done")
