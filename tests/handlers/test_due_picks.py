"""Days to tap: near ones are working days, and a month on buttons is a calendar."""

from __future__ import annotations

import json
from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.message import Choice
from bot.rehearsal.keyboards import read_markup
from bot.workweek import weekend
from content.catalogues import Catalogues
from handlers import places
from handlers.callbacks import Action, NewPick, unpack
from handlers.days.picks import month_at, month_name, month_page, month_rows, pick_label, quick_picks
from handlers.days.taps import Blank
from handlers.render import Renderer
from tests.handlers.talk import Talk

TODAY = date(2026, 6, 17)  # a Wednesday
CATALOGUES = Catalogues()
COUNTRIES = st.sampled_from(["GH", "FR", "US", "BD", "IR", "BN", "NP", "XX"])
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def pick(day: date) -> Action:
    return NewPick("day", day.isoformat())


def turn(month: date) -> Action:
    return NewPick("month", str(month_page(month)))


def calendar(first: date, today: date = TODAY, country: str = "GH", language: str = "en") -> list[list[Choice]]:
    rows = month_rows(first, pick=pick, turn=turn, today=today, country=country, language=language)
    return [list(row) for row in rows]


def drawn(rows: list[list[Choice]]) -> list[str]:
    return [" ".join(str(choice.label) for choice in row) for row in rows]


def days_of(rows: list[list[Choice]]) -> list[date]:
    actions = [unpack(choice.action) for row in rows for choice in row]
    return [date.fromisoformat(each.value) for each in actions if isinstance(each, NewPick) and each.asks == "day"]


# Near days -------------------------------------------------------------------------------------------------------


def test_near_days_are_what_is_often_meant():
    assert quick_picks(TODAY, "GH") == [
        ("due.month_end", date(2026, 6, 30)),
        ("due.in_2_weeks", date(2026, 7, 2)),  # the first of July is a public holiday
        ("due.in_3_months", date(2026, 9, 17)),
        ("due.in_6_months", date(2026, 12, 17)),
    ]


def test_a_month_that_is_nearly_over_gives_way_to_the_next():
    assert ("due.month_end", date(2026, 6, 30)) in quick_picks(date(2026, 6, 20), "GH")
    assert ("due.month_end", date(2026, 7, 31)) in quick_picks(date(2026, 6, 21), "GH")


def test_the_end_of_a_month_is_its_last_working_day():
    assert ("due.month_end", date(2026, 5, 29)) in quick_picks(date(2026, 5, 4), "GH")


@given(DAYS, COUNTRIES)
def test_near_days_are_working_days_ahead(today: date, country: str):
    picks = [day for _, day in quick_picks(today, country)]
    assert len(picks) >= 3
    assert picks == sorted(set(picks))
    assert all(today < day <= today + timedelta(days=200) for day in picks)
    assert all(day.weekday() not in weekend(country) for day in picks)
    assert not any(places.holiday(day, country, "en") for day in picks)


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", ["End of June · Jun 30", "In 2 weeks · Jul 2", "In 3 months · Sep 17", "In 6 months · Dec 17"]),
        ("fr", ["Fin juin · 30 juin", "Dans 2 semaines · 2 juil.", "Dans 3 mois · 17 sept.", "Dans 6 mois · 17 déc."]),
    ],
)
def test_near_days_stand_on_their_buttons(language: str, labels: list[str]):
    renderer = Renderer(CATALOGUES, language)
    picks = quick_picks(TODAY, "GH")
    assert [renderer.label(Choice(pick_label(key, day, language))) for key, day in picks] == labels


@pytest.mark.parametrize("language", CATALOGUES.languages())
def test_near_days_fit_on_a_narrow_phone(language: str):
    renderer = Renderer(CATALOGUES, language)
    for month in range(1, 13):
        for key, day in quick_picks(date(2027, month, 2), "GH"):
            assert len(renderer.plain(pick_label(key, day, language))) <= 26


# A calendar ------------------------------------------------------------------------------------------------------


def test_this_month_begins_with_this_week():
    assert drawn(calendar(month_at(0, TODAY))) == [
        "M T W T F S S",
        "· · 17 18 19 20 21",
        "22 23 24 25 26 27 28",
        "29 30 · · · · ·",
        "July ›",
    ]


def test_another_month_is_whole_and_leads_on_in_both_directions():
    assert drawn(calendar(date(2026, 8, 1))) == [
        "M T W T F S S",
        "· · · · · 1 2",
        "3 4 5 6 7 8 9",
        "10 11 12 13 14 15 16",
        "17 18 19 20 21 22 23",
        "24 25 26 27 28 29 30",
        "31 · · · · · ·",
        "‹ July September ›",
    ]


def test_the_week_begins_as_in_the_country_and_its_days_are_named_in_the_language():
    assert drawn(calendar(date(2026, 8, 1), country="US"))[:2] == ["S M T W T F S", "· · · · · · 1"]
    assert drawn(calendar(date(2026, 8, 1), country="EG", language="fr"))[:2] == [
        "S D L M M J V",
        "1 2 3 4 5 6 7",
    ]
    assert drawn(calendar(date(2026, 8, 1), country="XX"))[0] == "M T W T F S S"


def test_a_month_of_another_year_is_named_with_it():
    assert drawn(calendar(date(2026, 12, 1), language="fr"))[-1] == "‹ Novembre Janvier 2027 ›"
    assert month_name(date(2026, 12, 1), "fr") == "décembre 2026"


@given(DAYS, st.integers(0, 40), COUNTRIES, st.sampled_from(["en", "fr", "pt", "ar", "zh-hans"]))
def test_a_calendar_has_each_day_ahead_under_its_weekday(today: date, ahead: int, country: str, language: str):
    first = month_at(month_page(today) + ahead, today)
    rows = calendar(first, today, country, language)
    month = [first + timedelta(days=offset) for offset in range(monthrange(first.year, first.month)[1])]
    assert days_of(rows) == [day for day in month if day >= today]
    for week in rows[1:-1]:
        assert len(week) == 7
        columns = {(day.weekday() - place) % 7 for place, each in enumerate(week) for day in days_of([[each]])}
        assert len(columns) == 1
    assert all(isinstance(unpack(choice.action), Blank) for choice in rows[0])
    pages = [unpack(choice.action) for choice in rows[-1]]
    here = month_page(first)
    assert pages == [NewPick("month", str(page)) for page in (here - 1, here + 1) if page >= month_page(today)]


@pytest.mark.parametrize("language", ["en", "fr", "ar", "zh-hans", "ta", "pt"])
def test_a_calendar_keeps_to_telegrams_limits(language: str):
    """Behind it there is room for 49 buttons more."""
    rows = month_rows(
        date(2026, 8, 1),
        pick=lambda day: NewPick("day", day.isoformat() + "x" * 20),
        turn=turn,
        today=TODAY,
        country="GH",
        language=language,
    )
    markup = Renderer(CATALOGUES, language).markup(rows)
    assert read_markup({"reply_markup": markup}) == markup
    buttons = [button for row in rows for button in row]
    assert len(buttons) <= 51
    assert max(map(len, rows)) == 7
    assert all(len(str(choice.label)) <= 2 for row in rows[:-1] for choice in row)
    assert len(json.dumps(markup)) < 6000


@given(DAYS, st.integers(-5, 10**9))
def test_a_month_on_show_is_never_over(today: date, page: int):
    first = month_at(page, today)
    assert first.day == 1
    assert first >= today.replace(day=1)
    assert month_at(month_page(first), today) == first


def test_the_last_month_of_all_leads_nowhere():
    assert drawn(calendar(date(9999, 12, 1)))[-1] == "‹ November"


async def test_a_cell_that_is_no_day_does_nothing(talk: Talk):
    await talk.open("Amina")
    before = await talk.question("Amina")
    assert await talk.taps("Amina", "blank") == ""
    assert await talk.question("Amina") == before
