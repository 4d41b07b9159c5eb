"""A country and its time, as somebody types or picks them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from bot.core.errors import Refusal
from bot.core.message import Choice, Rows
from handlers import places
from handlers.days import dates

MOST_ZONES = 8
LONGEST = 60


class Whereabouts(NamedTuple):
    """A country with its zone, "" where it has several to choose from; or else the countries that may be meant."""

    country: str
    zone: str = ""
    near: tuple[str, ...] = ()


def of_country(country: str, year: int) -> Whereabouts:
    zones = places.zones_of(country, year)
    return Whereabouts(country, zones[0] if len(zones) == 1 else "")


def read(text: str, language: str, year: int, *, country: str = "") -> Whereabouts:
    """What typed words mean: a country, or a city, which says both; with a `country` that was chosen before, a city
    whose time it is. Refuses what is neither."""
    words = text.strip()[:LONGEST]
    zone = places.find_zone(words, language)
    if country:
        if not zone:
            raise Refusal("new.no_zone")
        return Whereabouts(country, zone)
    if found := places.find_country(words, language):
        return of_country(found, year)
    if zone and (found := places.country_of(zone)):
        return Whereabouts(found, zone)
    near = places.near_countries(words, language)
    if not near:
        raise Refusal("new.no_country")
    return Whereabouts("", near=tuple(near))


def city_rows(country: str, now: datetime, language: str, data: Callable[[str], str]) -> Rows:
    """The cities of a country to tap, one for each way in which its clocks go, with the time there."""
    cities = [
        Choice(f"{places.city(each, language)} · {dates.clock(now, each, language)}", data(each))
        for each in places.zones_of(country, now.year)[:MOST_ZONES]
    ]
    return tuple(tuple(cities[at : at + 2]) for at in range(0, len(cities), 2))


def country_rows(near: tuple[str, ...], language: str, data: Callable[[str], str]) -> Rows:
    """The countries that may be meant, to tap."""
    names = places.named(near, language)
    return tuple((Choice(name, data(code)),) for code, name in zip(near, names, strict=True))
