"""Countries and time zones as people type and read them, in their language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.dates import get_timezone_location

from bot.workweek import weekend
from content.catalogues import SOURCE, locale_of
from handlers.days import dates

MOST_OFFERED = 8
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})
_ALSO_CALLED = {  # names in wide use that Unicode's list of territories doesn't have, in English
    "usa": "US", "us": "US", "united states of america": "US", "america": "US",
    "uk": "GB", "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "uae": "AE", "emirates": "AE", "drc": "CD", "dr congo": "CD", "democratic republic of the congo": "CD",
    "republic of the congo": "CG", "ivory coast": "CI", "swaziland": "SZ", "burma": "MM", "myanmar": "MM",
    "cabo verde": "CV", "czech republic": "CZ", "macedonia": "MK", "east timor": "TL", "holland": "NL",
    "turkey": "TR", "republic of korea": "KR", "dprk": "KP", "lao pdr": "LA", "russian federation": "RU",
    "syrian arab republic": "SY", "palestine": "PS", "state of palestine": "PS", "viet nam": "VN", "the gambia": "GM",
    "the bahamas": "BS", "vatican": "VA", "holy see": "VA", "hong kong": "HK", "macau": "MO", "macao": "MO",
    "trinidad": "TT", "bosnia": "BA", "png": "PG", "car": "CF", "ksa": "SA", "united republic of tanzania": "TZ",
    "republic of moldova": "MD", "islamic republic of iran": "IR", "plurinational state of bolivia": "BO",
    "brunei darussalam": "BN", "federated states of micronesia": "FM",
}  # fmt: skip
_BEST_KNOWN = frozenset(
    {  # to be shown before others of their country, which IANA lists first
        "America/Sao_Paulo", "America/Manaus", "America/Rio_Branco", "America/Toronto", "America/Vancouver",
        "Australia/Sydney", "Australia/Adelaide", "Australia/Brisbane", "Australia/Perth",
        "Europe/Moscow", "Europe/Kyiv",
    }
)  # fmt: skip


def _plain(text: str) -> str:
    """A name without accents, marks and letter case, as names are compared."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = re.sub(r"[^\w]+|_", " ", bare).split()
    return " ".join("st" if word == "saint" else word for word in words)


# Countries -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _countries(locale: Locale) -> dict[str, str]:
    """ISO codes with their names, in the order of the names."""
    named = {
        code: name
        for code, name in locale.territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    }
    return dict(sorted(named.items(), key=lambda pair: _plain(pair[1])))


def country_name(code: str, language: str) -> str:
    return _countries(locale_of(language)).get(code) or _countries(Locale.parse(SOURCE)).get(code, code)


def flag(code: str) -> str:
    """The country's flag, to stand beside its name."""
    return "".join(chr(0x1F1E6 + ord(char) - ord("A")) for char in code)


def is_country(code: str) -> bool:
    return code in _countries(Locale.parse(SOURCE))


@lru_cache(maxsize=64)
def _country_names(language: str) -> dict[str, str]:
    """All names that countries go by, in the language and in English, with the codes."""
    names: dict[str, str] = {}
    for locale in dict.fromkeys([locale_of(language), Locale.parse(SOURCE)]):
        for code, name in _countries(locale).items():
            names.setdefault(_plain(name), code)
            if "(" in name:  # Myanmar (Burma)
                names.setdefault(_plain(name.partition("(")[0]), code)
    return names | _ALSO_CALLED


def find_country(text: str, language: str) -> str:
    """The country with this name or ISO code; "" when there is none."""
    code = text.strip().upper()
    return _country_names(language).get(_plain(text)) or (code if is_country(code) else "")


def near_countries(text: str, language: str) -> list[str]:
    """The countries that a name which isn't quite one may mean."""
    return _nearest(_plain(text), _country_names(language))


def _nearest(wanted: str, names: dict[str, str]) -> list[str]:
    """What the known names that are like a typed one stand for: whole words first, then beginnings, then slips."""
    if not wanted:
        return []
    whole = [name for name in names if f" {wanted} " in f" {name} "]
    begun = [name for name in names if len(wanted) > 2 and any(part.startswith(wanted) for part in name.split())]
    alike = get_close_matches(wanted, names, MOST_OFFERED, 0.75)
    return list(dict.fromkeys(names[name] for name in [*whole, *begun, *alike]))[:MOST_OFFERED]


# Time zones ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """IANA's zones with their countries; within a country in IANA's order, where large places come early."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return {row[2]: row[0] for row in rows}


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Every name of a zone, older ones too, that stands for a place or for UTC."""
    return frozenset(
        zone for zone in available_timezones() if ("/" in zone and not zone.startswith("Etc/")) or zone == "UTC"
    )


def is_zone(name: str) -> bool:
    return name in _known()


def city(zone: str, language: str) -> str:
    """What a zone is called after: Accra."""
    name = str(get_timezone_location(zone, locale=locale_of(language), return_city=True))
    return name.rpartition("/")[2].replace("_", " ") if name else zone


def zones_of(country: str, year: int) -> list[str]:
    """A country's zones, one for each way in which its clocks differ over a year, best-known places first."""
    alike: dict[tuple[object, ...], list[str]] = {}
    for zone, at in _zones().items():
        if at == country:
            days = (datetime(year, month, 15, 12, tzinfo=ZoneInfo(zone)) for month in (1, 4, 7, 10))
            alike.setdefault(tuple(day.utcoffset() for day in days), []).append(zone)
    chosen = [next((zone for zone in zones if zone in _BEST_KNOWN), zones[0]) for zones in alike.values()]
    return sorted(chosen, key=lambda zone: zone not in _BEST_KNOWN)


def find_zone(text: str, language: str) -> str:
    """The zone with this IANA name, or of this city; "" when there is none."""
    typed = text.strip().replace(" ", "_").casefold()
    exact = next((zone for zone in _known() if zone.casefold() == typed), "")
    return exact or _cities(language).get(_plain(text)) or _older().get(_plain(text), "")


def country_of(zone: str) -> str:
    """The country that a zone belongs to; "" for what belongs to none, or to several."""
    return _zones().get(zone, "")


def near_zones(text: str, language: str) -> list[str]:
    return _nearest(_plain(text), _cities(language))


@lru_cache(maxsize=64)
def _cities(language: str) -> dict[str, str]:
    """The places that zones are called after, in the language, in English and as IANA has them."""
    names: dict[str, str] = {}
    for zone in _zones():
        for name in (city(zone, language), city(zone, SOURCE), _last(zone)):
            names.setdefault(_plain(name), zone)
    return names


@lru_cache(maxsize=1)
def _older() -> dict[str, str]:
    """Names that were in use once: Calcutta, Saigon."""
    return {_plain(_last(zone)): zone for zone in sorted(_known()) if "/" in zone}


def _last(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


# The working week ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def holiday(day: date, country: str, language: str) -> str:
    """What public holiday a day is in a country, in the reader's language or else in English; "" when it is none."""
    import holidays

    try:
        names = holidays.country_holidays(country).supported_languages
        near = [each for wanted in (locale_of(language).language, SOURCE) for each in names if each.startswith(wanted)]
        known = holidays.country_holidays(country, years=day.year, language=near[0] if near else None)
    except NotImplementedError:
        return ""
    return str(known.get(day, ""))


def days_of(first_on: date, days: int, country: str, language: str) -> str:
    """A workshop's days in its country: 15 – 19 June 2026."""
    return dates.span(first_on, days, weekend(country), language)


def named(codes: Iterable[str], language: str) -> list[str]:
    """Countries as they stand on buttons: flag and name."""
    return [f"{flag(code)} {country_name(code, language)}" for code in codes]
