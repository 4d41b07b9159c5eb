"""Facilitators change a workshop's country and time zone: all that is planned moves, and everyone whose times change
is told once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core.agenda import Session
from bot.core.agenda_dialogue import AgendaView, WhereChange
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Moment, Phrase, Priority, Screen
from bot.core.workshop import Workshop
from handlers import places, whereabouts
from handlers.agenda import news
from handlers.agenda.around import sessions_of, times_of, title_of
from handlers.agenda.taps import ChangeAgenda, ChangeWhere, ShowAgenda, WhereCountry, WhereDo, WhereZone
from handlers.callbacks import pack
from handlers.context import Here, Reader, button, lines, on_text, screen, tap
from handlers.days import dates
from handlers.whereabouts import Whereabouts


@tap(ChangeWhere)
async def change_where(here: Here, action: ChangeWhere) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    here.ask(WhereChange(workshop_id=workshop.id, page=action.page))


@on_text(WhereChange)
async def typed(here: Here, dialogue: WhereChange, text: str) -> None:
    workshop, _ = await here.facilitator(dialogue.workshop_id)
    if dialogue.country and dialogue.zone:
        raise Refusal("agenda.tap_one")
    language, year = here.person.language, here.turn.now.year
    _take(here, workshop, dialogue, whereabouts.read(text, language, year, country=dialogue.country))


@tap(WhereCountry)
async def where_country(here: Here, action: WhereCountry) -> None:
    workshop, dialogue = await _open(here, action.workshop)
    if not places.is_country(action.country):
        raise Refusal("tap.old")
    _take(here, workshop, dialogue, whereabouts.of_country(action.country, here.turn.now.year))


@tap(WhereZone)
async def where_zone(here: Here, action: WhereZone) -> None:
    workshop, dialogue = await _open(here, action.workshop)
    if not dialogue.country or not places.is_zone(action.zone):
        raise Refusal("tap.old")
    _take(here, workshop, dialogue, Whereabouts(dialogue.country, action.zone))


async def _open(here: Here, workshop_id: int) -> tuple[Workshop, WhereChange]:
    workshop, _ = await here.facilitator(workshop_id)
    dialogue = here.person.dialogue
    if not isinstance(dialogue, WhereChange) or dialogue.workshop_id != workshop.id:
        raise Refusal("tap.old")
    return workshop, dialogue


def _take(here: Here, workshop: Workshop, dialogue: WhereChange, meant: Whereabouts) -> None:
    seen = (workshop.country, workshop.zone)
    if (meant.country, meant.zone) == seen:
        raise Refusal("agenda.same")
    here.ask(replace(dialogue, country=meant.country, zone=meant.zone, near=meant.near, seen=seen))


@tap(WhereDo)
async def carry_out(here: Here, action: WhereDo) -> None:
    """Change it, unless somebody else has in between, and tell everyone whose times change."""
    workshop, dialogue = await _open(here, action.workshop)
    if not dialogue.zone:
        raise Refusal("tap.old")
    here.ask(AgendaView(workshop_id=workshop.id, page=dialogue.page))
    if (workshop.country, workshop.zone) != dialogue.seen:
        here.toast("agenda.overtaken")
        return
    after = _after(workshop, dialogue)
    here.turn.put(after)
    told = news.readers(workshop, here.user_id) if _moved(here.turn, workshop, after) else []
    for user_id in told:
        person = await here.turn.person(user_id)
        changes = _changes(here.turn, workshop, after, person.language if person else here.person.language)
        text = lines(Phrase("agenda.changed", {"title": workshop.title}), *changes)
        await here.turn.say(user_id, "lines", priority=Priority.LIVE, unasked=True, **text)
    if told:
        here.toast("agenda.told", count=len(told))
    else:
        here.toast("agenda.done")


# What changes ----------------------------------------------------------------------------------------------------


def _after(workshop: Workshop, dialogue: WhereChange) -> Workshop:
    return replace(workshop, country=dialogue.country, zone=dialogue.zone)


def _moved(reader: Reader, workshop: Workshop, after: Workshop) -> list[tuple[Session, Session]]:
    """The sessions that aren't over and take place at another moment, as they were and as they will be, in order."""
    was = {each.id: each for each in sessions_of(reader, workshop)}
    pairs = [(was[each.id], each) for each in sessions_of(reader, after) if not each.cancelled]
    return [
        (before, now)
        for before, now in pairs
        if max(before.ends_at(workshop.zone), now.ends_at(after.zone)) > reader.present()
        and before.starts_at(workshop.zone) != now.starts_at(after.zone)
    ]


def _changes(reader: Reader, workshop: Workshop, after: Workshop, language: str) -> list[Phrase]:
    """What people are told: whose time counts, which sessions have another day, and when the next one is."""
    moved = _moved(reader, workshop, after)
    days = [
        Phrase("agenda.other_day", {**_about(after, now), "day_before": Moment(before.starts_at(workshop.zone), "day")})
        for before, now in moved
        if before.on != now.on
    ]
    if len(days) == len(moved):
        return days
    city, first = places.city(after.zone, language), moved[0][1]
    there = {"city": city, "there": dates.time_of_day(first.starts, language)}
    return [
        Phrase("where.zone", {"city": city, "before": places.city(workshop.zone, language)}),
        *days,
        Phrase("where.first", {**_about(after, first), **there}),
    ]


def _about(workshop: Workshop, session: Session) -> dict[str, Any]:
    return {
        "title": title_of(workshop, session),
        "day": Moment(session.starts_at(workshop.zone), "day"),
        "times": times_of(workshop, session),
    }


# How it looks ----------------------------------------------------------------------------------------------------


@screen(WhereChange)
async def where_screen(reader: Reader, person: Person, dialogue: WhereChange) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or not member.leads:
        return None
    language, again = person.language, button("label.back", ChangeWhere(workshop.id, dialogue.page))
    if dialogue.zone:
        return _preview(reader, person, workshop, dialogue)
    if dialogue.country:
        cities = whereabouts.city_rows(
            dialogue.country, reader.present(), language, lambda zone: pack(WhereZone(workshop.id, zone))
        )
        return Screen("where.city", rows=(*cities, (again,)))
    near = whereabouts.country_rows(dialogue.near, language, lambda code: pack(WhereCountry(workshop.id, code)))
    text = lines(
        Phrase("where.now", _named(workshop.country, workshop.zone, language)),
        "",
        Phrase("new.country_near") if near else Phrase("where.ask"),
    )
    back = again if near else button("label.back", ChangeAgenda(workshop.id, dialogue.page, ""))
    return Screen("lines", text, (*near, (back,)))


def _named(country: str, zone: str, language: str) -> dict[str, Any]:
    return {"country": places.country_name(country, language), "city": places.city(zone, language)}


def _preview(reader: Reader, person: Person, workshop: Workshop, dialogue: WhereChange) -> Screen:
    if (workshop.country, workshop.zone) != dialogue.seen:
        return Screen("agenda.in_between", rows=((button("label.agenda", ShowAgenda(workshop.id, dialogue.page)),),))
    after = _after(workshop, dialogue)
    moved = _moved(reader, workshop, after)
    count, without = len(news.readers(workshop, person.user_id)), news.without_phone(workshop)
    here = _named(dialogue.country, dialogue.zone, person.language)
    text = lines(
        Phrase("where.becomes", {**here, "now": dates.clock(reader.present(), dialogue.zone, person.language)}),
        Phrase("where.follows"),
        *(["", *_changes(reader, workshop, after, person.language)] if moved else []),
        "",
        _who_is_told(count, moved=bool(moved)),
        Phrase("agenda.no_phone", {"count": without}) if without and moved else None,
    )
    back = button("label.back", ChangeWhere(workshop.id, dialogue.page))
    if count and moved:
        send = button("label.agenda.send", WhereDo(workshop.id), style="primary", count=count)
        return Screen("lines", text, ((send, back),))
    return Screen("lines", text, ((button("label.agenda.do", WhereDo(workshop.id), style="primary"), back),))


def _who_is_told(count: int, *, moved: bool) -> Phrase:
    if not moved:
        return Phrase("where.nobody")
    return Phrase("agenda.preview", {"count": count}) if count else Phrase("agenda.preview_alone")
