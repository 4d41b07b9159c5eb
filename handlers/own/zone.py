"""/zone: somebody's own country and time zone, where they aren't those of their workshop."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Moment, Phrase, Screen
from bot.core.own_dialogue import OwnZone
from handlers import places
from handlers.callbacks import Close, pack
from handlers.context import Here, Reader, button, command, lines, on_text, screen, tap
from handlers.days import dates
from handlers.own.place import own_workshop
from handlers.own.taps import PickCountry, PickZone

MOST_ZONES = 8
LONGEST = 60


@command("zone")
async def zone_(here: Here, rest: str) -> None:
    workshop = await own_workshop(here)
    here.ask(OwnZone(workshop_id=workshop.id if workshop else 0))
    if rest:
        await typed(here, OwnZone(workshop_id=workshop.id if workshop else 0), rest)


@on_text(OwnZone)
async def typed(here: Here, dialogue: OwnZone, text: str) -> None:
    language, words = here.person.language, text.strip()[:LONGEST]
    zone = places.find_zone(words, language)
    if dialogue.country:
        if not zone:
            raise Refusal("new.no_zone")
        await _settle(here, dialogue.country, zone)
        return
    country = places.find_country(words, language)
    if country:
        await _country(here, dialogue, country)
        return
    if zone and (country := places.country_of(zone)):  # a city says both
        await _settle(here, country, zone)
        return
    near = places.near_countries(words, language)
    if not near:
        raise Refusal("new.no_country")
    here.ask(replace(dialogue, near=tuple(near)))


@tap(PickCountry)
async def pick_country(here: Here, action: PickCountry) -> None:
    dialogue = _open(here)
    if not action.country:
        here.change(zone="", country="")
        await here.done("place.same")
    elif places.is_country(action.country):
        await _country(here, dialogue, action.country)
    else:
        raise Refusal("tap.old")


@tap(PickZone)
async def pick_zone(here: Here, action: PickZone) -> None:
    dialogue = _open(here)
    if not dialogue.country or not places.is_zone(action.zone):
        raise Refusal("tap.old")
    await _settle(here, dialogue.country, action.zone)


def _open(here: Here) -> OwnZone:
    if not isinstance(here.person.dialogue, OwnZone):
        raise Refusal("tap.old")
    return here.person.dialogue


async def _country(here: Here, dialogue: OwnZone, country: str) -> None:
    zones = places.zones_of(country, here.turn.now.year)
    if len(zones) == 1:
        await _settle(here, country, zones[0])
    else:
        here.ask(replace(dialogue, country=country, near=()))


async def _settle(here: Here, country: str, zone: str) -> None:
    here.change(country=country, zone=zone)
    language = here.person.language
    about: dict[str, Any] = {
        "country": places.country_name(country, language),
        "city": places.city(zone, language),
        "now": Moment(here.turn.now, "time"),
    }
    await here.done("place.set", **about)


@screen(OwnZone)
async def zone_screen(reader: Reader, person: Person, dialogue: OwnZone) -> Screen:
    language, rows = person.language, []
    if dialogue.country:
        zones = places.zones_of(dialogue.country, reader.present().year)[:MOST_ZONES]
        now = reader.present()
        cities = [
            Choice(f"{places.city(each, language)} · {dates.clock(now, each, language)}", pack(PickZone(each)))
            for each in zones
        ]
        rows = [tuple(cities[at : at + 2]) for at in range(0, len(cities), 2)]
        rows.append((button("label.cancel", Close()),))
        return Screen("place.city", rows=tuple(rows))
    workshop = await reader.workshop(dialogue.workshop_id)
    zone = person.zone or (workshop.zone if workshop else "")
    country = person.country or (workshop.country if workshop else "")
    known = {"country": places.country_name(country, language), "city": places.city(zone, language)} if zone else {}
    text = lines(
        Phrase("place.now", known) if known else None,
        Phrase("place.why"),
        "",
        Phrase("new.country_near") if dialogue.near else Phrase("place.ask"),
    )
    names = places.named(dialogue.near, language)
    rows = [(Choice(name, pack(PickCountry(code))),) for code, name in zip(dialogue.near, names, strict=True)]
    if workshop is not None and (person.zone or person.country):
        rows.append((button("label.place.same", PickCountry("")),))
    return Screen("lines", text, (*rows, (button("label.cancel", Close()),)))
