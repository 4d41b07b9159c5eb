"""/zone: somebody's own country and time zone, where they aren't those of their workshop."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Moment, Phrase, Screen
from bot.core.own_dialogue import OwnZone
from handlers import places, whereabouts
from handlers.callbacks import Close, pack
from handlers.context import Here, Reader, button, command, lines, on_text, screen, tap
from handlers.own.place import own_workshop
from handlers.own.taps import PickCountry, PickZone
from handlers.whereabouts import Whereabouts


@command("zone")
async def zone_(here: Here, rest: str) -> None:
    workshop = await own_workshop(here)
    here.ask(OwnZone(workshop_id=workshop.id if workshop else 0))
    if rest:
        await typed(here, OwnZone(workshop_id=workshop.id if workshop else 0), rest)


@on_text(OwnZone)
async def typed(here: Here, dialogue: OwnZone, text: str) -> None:
    meant = whereabouts.read(text, here.person.language, here.turn.now.year, country=dialogue.country)
    await _take(here, dialogue, meant)


async def _take(here: Here, dialogue: OwnZone, meant: Whereabouts) -> None:
    if meant.country and meant.zone:
        await _settle(here, meant.country, meant.zone)
    else:
        here.ask(replace(dialogue, country=meant.country, near=meant.near))


@tap(PickCountry)
async def pick_country(here: Here, action: PickCountry) -> None:
    dialogue = _open(here)
    if not action.country:
        here.change(zone="", country="")
        await here.done("place.same")
    elif places.is_country(action.country):
        await _take(here, dialogue, whereabouts.of_country(action.country, here.turn.now.year))
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
    language = person.language
    rows: list[tuple[Choice, ...]]
    if dialogue.country:
        cities = whereabouts.city_rows(dialogue.country, reader.present(), language, lambda zone: pack(PickZone(zone)))
        rows = [*cities, (button("label.cancel", Close()),)]
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
    rows = [*whereabouts.country_rows(dialogue.near, language, lambda code: pack(PickCountry(code)))]
    if workshop is not None and (person.zone or person.country):
        rows.append((button("label.place.same", PickCountry("")),))
    return Screen("lines", text, (*rows, (button("label.cancel", Close()),)))
