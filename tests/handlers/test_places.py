"""Typed countries and cities, and the zones that follow from them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from bot.workweek import weekend
from handlers import places
from handlers.render import LONGEST_LABEL


@pytest.mark.parametrize(
    ("language", "typed", "code"),
    [
        ("en", "Ghana", "GH"),
        ("en", " ghana ", "GH"),
        ("en", "gh", "GH"),
        ("en", "Cote d'Ivoire", "CI"),
        ("en", "ivory coast", "CI"),
        ("en", "USA", "US"),
        ("en", "Turkey", "TR"),
        ("en", "Saint Lucia", "LC"),
        ("en", "Guinea", "GN"),
        ("en", "Burma", "MM"),
        ("en", "Myanmar", "MM"),
        ("en", "Trinidad & Tobago", "TT"),
        ("fr", "Allemagne", "DE"),
        ("fr", "Germany", "DE"),
        ("fr", "etats unis", "US"),
        ("ar", "مصر", "EG"),
        ("zh-hans", "加纳", "GH"),
        ("en", "Atlantis", ""),
        ("en", "", ""),
        ("en", "🙂", ""),
        ("en", "EU", ""),
        ("en", "ZZ", ""),
    ],
)
def test_a_country_is_known_by_name_or_code(language: str, typed: str, code: str):
    assert places.find_country(typed, language) == code


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("korea", {"KP", "KR"}),
        ("congo", {"CD", "CG"}),
        ("gana", {"GH"}),
        ("lucia", {"LC"}),
        ("untied kingdom", {"GB"}),
    ],
)
def test_a_name_that_is_not_quite_one_offers_those_it_may_mean(typed: str, codes: set[str]):
    near = places.near_countries(typed, "en")
    assert codes <= set(near)
    assert len(near) <= places.MOST_OFFERED


def test_nothing_is_near_to_nonsense():
    assert places.near_countries("🙂", "en") == []
    assert places.near_countries("qqqqqqq", "en") == []
    assert places.near_zones("", "en") == []


def test_a_country_stands_on_a_button_with_its_name_beside_the_flag():
    assert places.named(["GH"], "fr") == ["🇬🇭 Ghana"]
    assert places.country_name("??", "en") == "??"


@pytest.mark.parametrize(
    ("country", "zones"),
    [
        ("GH", ["Africa/Accra"]),
        ("CD", ["Africa/Kinshasa", "Africa/Lubumbashi"]),
        ("ID", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]),
        ("DE", ["Europe/Berlin"]),
        ("XK", []),
    ],
)
def test_a_countrys_zones_are_those_whose_clocks_differ(country: str, zones: list[str]):
    assert places.zones_of(country, 2027) == zones


def test_large_countries_offer_few_zones_with_known_names():
    assert places.zones_of("BR", 2027)[0] == "America/Sao_Paulo"
    assert places.zones_of("AU", 2027)[0] == "Australia/Sydney"
    for country in ("US", "RU", "CA", "AU", "BR", "MX"):
        assert 2 <= len(places.zones_of(country, 2027)) <= 12


def test_every_country_with_people_has_a_zone_or_is_asked_for_one():
    codes = [code for code in map(str, Locale.parse("en").territories) if places.is_country(code)]
    zones = [zone for code in codes for zone in places.zones_of(code, 2027)]
    assert len(codes) > 240
    assert all(ZoneInfo(zone).key == zone for zone in zones)
    assert all(len(places.city(zone, "en")) < LONGEST_LABEL for zone in zones)


@pytest.mark.parametrize(
    ("language", "typed", "zone"),
    [
        ("en", "Accra", "Africa/Accra"),
        ("en", "new york", "America/New_York"),
        ("en", "america/new_york", "America/New_York"),
        ("en", "America/New York", "America/New_York"),
        ("en", "Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("en", "Calcutta", "Asia/Calcutta"),
        ("en", "utc", "UTC"),
        ("fr", "Le Caire", "Africa/Cairo"),
        ("ar", "القاهرة", "Africa/Cairo"),
        ("en", "Nowhere", ""),
        ("en", "EST", ""),
        ("en", "", ""),
    ],
)
def test_a_zone_is_known_by_city_or_name(language: str, typed: str, zone: str):
    assert places.find_zone(typed, language) == zone


def test_a_city_with_a_slip_is_offered():
    assert places.near_zones("Nairobbi", "en") == ["Africa/Nairobi"]


def test_only_real_zones_are_taken_from_buttons():
    assert places.is_zone("Africa/Accra")
    assert not places.is_zone("../../etc/passwd")
    assert not places.is_zone("Africa/Nowhere")


def test_weekends_and_holidays_are_the_countrys_own():
    assert weekend("GH") == {5, 6}
    assert weekend("EG") == {4, 5}
    assert weekend("AQ") == {5, 6}
    assert places.holiday(date(2026, 12, 25), "FR", "fr") == "Noël"
    assert places.holiday(date(2026, 1, 1), "AE", "sw") == "New Year's Day"
    assert places.holiday(date(2026, 6, 15), "GH", "en") == ""
    assert places.holiday(date(2026, 6, 15), "AQ", "en") == ""


def test_the_days_of_a_workshop_leave_the_countrys_weekend_out():
    assert places.days_of(date(2027, 6, 14), 5, "GH", "fr") == "14–18 juin 2027"
    assert places.days_of(date(2027, 6, 13), 5, "EG", "fr") == "13–17 juin 2027"
