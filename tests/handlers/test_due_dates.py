"""Days of a plan as they are typed: in English and French, in numbers, with a name around them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.message import Phrase
from bot.core.words import clean_line
from content.catalogues import Catalogues
from handlers.days import dates
from handlers.days import words as due_words
from handlers.days.due_dates import LONGEST, doubts, milestone, read_due, shown
from handlers.render import Renderer
from handlers.texts import TEXTS

TODAY = date(2026, 6, 3)  # a Wednesday
MARKS = " ,;:，；：、–—-·|=→(（["  # what may stand between a name and a day
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
LANGUAGES = st.sampled_from(["en", "fr", "en-GB", "ar", "zh-hans", "qps", "nothing"])
WORDS = st.sampled_from(
    [
        *["end", "of", "the", "next", "this", "month", "year", "week", "quarter", "q", "2", "15", "31", "2027", "3/4"],
        *["march", "may", "fin", "mars", "du", "prochain", "mi", "trimestre", "vendredi", "friday", "in", "6", "weeks"],
        *["second", "sept", "sep", "nd", "e", "d'", "99", "0", "1er", "à", "ago", "tomorrow", "un", "now", ",", "-"],
    ]
)
TYPED = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=8).map(" ".join))


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        # Periods: their last day, unless something else is said
        ("end of March", ["2027-03-31"]),
        ("by the end of March", ["2027-03-31"]),
        ("End march.", ["2027-03-31"]),
        ("end of march 27", ["2027-03-31"]),
        ("March", ["2027-03-31"]),
        ("june", ["2026-06-30"]),
        ("March 2027", ["2027-03-31"]),
        ("February 2028", ["2028-02-29"]),
        ("mid-April", ["2027-04-15"]),
        ("early July", ["2026-07-01"]),
        ("early June", ["2027-06-01"]),
        ("end of the month", ["2026-06-30"]),
        ("end of this month", ["2026-06-30"]),
        ("month-end", ["2026-06-30"]),
        ("end of next month", ["2026-07-31"]),
        ("next month", ["2026-07-31"]),
        ("mid next month", ["2026-07-15"]),
        ("start of the month", ["2026-07-01"]),
        ("end of the year", ["2026-12-31"]),
        ("year-end", ["2026-12-31"]),
        ("mid-year", ["2026-06-30"]),
        ("next year", ["2027-12-31"]),
        ("end of 2027", ["2027-12-31"]),
        ("2027", ["2027-12-31"]),
        ("March next year", ["2027-03-31"]),
        ("next March", ["2027-03-31"]),
        ("next June", ["2027-06-30"]),
        ("Q2", ["2026-06-30"]),
        ("q1", ["2027-03-31"]),
        ("Q3 2027", ["2027-09-30"]),
        ("second quarter", ["2026-06-30"]),
        ("2nd quarter of 2027", ["2027-06-30"]),
        ("by the end of the second quarter of next year", ["2027-06-30"]),
        ("mid Q3", ["2026-08-15"]),
        ("next quarter", ["2026-09-30"]),
        ("first half of 2027", ["2027-06-30"]),
        ("this week", ["2026-06-05"]),
        ("end of next week", ["2026-06-12"]),
        ("next week", ["2026-06-12"]),
        ("the month of March", ["2027-03-31"]),
        # From today
        ("in 6 weeks", ["2026-07-15"]),
        ("in two weeks", ["2026-06-17"]),
        ("two weeks from now", ["2026-06-17"]),
        ("in six weeks' time", ["2026-07-15"]),
        ("in a fortnight", ["2026-06-17"]),
        ("in 3 months", ["2026-09-03"]),
        ("within the next 3 months", ["2026-09-03"]),
        ("in a year", ["2027-06-03"]),
        ("in half a year", ["2026-12-03"]),
        ("10 days", ["2026-06-13"]),
        ("in 2 quarters", ["2026-12-03"]),
        ("today", ["2026-06-03"]),
        ("tomorrow", ["2026-06-04"]),
        ("the day after tomorrow", ["2026-06-05"]),
        # Weekdays
        ("Friday", ["2026-06-05"]),
        ("next Friday", ["2026-06-05"]),
        ("Wednesday", ["2026-06-10"]),
        ("Friday next week", ["2026-06-12"]),
        ("Friday in two weeks", ["2026-06-19"]),
        ("2 weeks from Friday", ["2026-06-19"]),
        ("Monday in two weeks", ["2026-06-15", "2026-06-22"]),
        # Days of a month
        ("17", ["2026-06-17"]),
        ("the 2nd", ["2026-07-02"]),
        ("31", ["2026-07-31"]),
        ("15th of next month", ["2026-07-15"]),
        ("15 March", ["2027-03-15"]),
        ("on Monday, 15 March", ["2027-03-15"]),
        ("March 15th, 2027", ["2027-03-15"]),
        ("29 February", ["2028-02-29"]),
        ("30/03/2027", ["2027-03-30"]),
        ("2027-03-30", ["2027-03-30"]),
        ("30.3.", ["2027-03-30"]),
        ("by 30/3 please", ["2027-03-30"]),
        ("3/4/2027", ["2027-04-03", "2027-03-04"]),
        # What has passed, only with its year
        ("15 March 2020", ["2020-03-15"]),
        ("3/4/2026", ["2026-04-03", "2026-03-04"]),
        ("3/8/2026", ["2026-08-03"]),
        ("yesterday", []),
        ("2 weeks ago", []),
        ("last Friday", []),
        # Nothing to read
        ("31 April", []),
        ("month", []),
        ("the end", []),
        ("week of the quarter", []),
        ("end of Friday", []),
        ("first", ["2026-07-01"]),
        ("32", []),
        ("soon", []),
        ("as soon as possible", []),
        ("10:30", []),
        ("", []),
    ],
)
def test_a_day_in_english(typed: str, days: list[str]):
    assert [day.isoformat() for day in read_due(typed, "en", TODAY)] == days


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("fin mars", ["2027-03-31"]),
        ("fin du mois", ["2026-06-30"]),
        ("fin du mois prochain", ["2026-07-31"]),
        ("d’ici la fin de l’année", ["2026-12-31"]),
        ("fin d'annee", ["2026-12-31"]),
        ("mi-avril", ["2027-04-15"]),
        ("début juillet", ["2026-07-01"]),
        ("courant mars", ["2027-03-31"]),
        ("mars 2027", ["2027-03-31"]),
        ("fin août", ["2026-08-31"]),
        ("fin sept.", ["2026-09-30"]),
        ("2e trimestre", ["2026-06-30"]),
        ("deuxième trimestre 2027", ["2027-06-30"]),
        ("T1", ["2027-03-31"]),
        ("à la fin du 2e trimestre de l'année prochaine", ["2027-06-30"]),
        ("1er semestre 2027", ["2027-06-30"]),
        ("la semaine prochaine", ["2026-06-12"]),
        ("dans 6 semaines", ["2026-07-15"]),
        ("dans sept semaines", ["2026-07-22"]),
        ("d'ici 3 mois", ["2026-09-03"]),
        ("d'ici trois mois", ["2026-09-03"]),
        ("sous quinzaine", ["2026-06-17"]),
        ("dans un an", ["2027-06-03"]),
        ("demain", ["2026-06-04"]),
        ("après-demain", ["2026-06-05"]),
        ("vendredi prochain", ["2026-06-05"]),
        ("vendredi de la semaine prochaine", ["2026-06-12"]),
        ("le 30 mars", ["2027-03-30"]),
        ("le 1er avril 2027", ["2027-04-01"]),
        ("le 15 du mois prochain", ["2026-07-15"]),
        ("au plus tard le 15/3", ["2027-03-15"]),
        ("la semaine dernière", []),
        ("il y a 3 semaines", []),
        ("hier", []),
        # English is read as well
        ("end of March", ["2027-03-31"]),
        ("in 6 weeks", ["2026-07-15"]),
    ],
)
def test_a_day_in_french(typed: str, days: list[str]):
    assert [day.isoformat() for day in read_due(typed, "fr", TODAY)] == days


@pytest.mark.parametrize(
    ("language", "typed", "day"),
    [
        ("es", "15 de marzo", "2027-03-15"),
        ("es", "marzo 2027", "2027-03-31"),
        ("es", "en 3 semanas", "2026-06-24"),
        ("ru", "через 3 недели", "2026-06-24"),
        ("ar", "١٥ يونيو ٢٠٢٧", "2027-06-15"),
        ("ar", "١٥/٦/٢٠٢٧", "2027-06-15"),
        ("zh-hans", "2027年3月15日", "2027-03-15"),
        ("zh-hans", "三月", "2027-03-31"),
        ("hi", "15 मार्च 2027", "2027-03-15"),
    ],
)
def test_a_language_without_a_catalogue_has_its_months_and_what_dateparser_knows(language: str, typed: str, day: str):
    assert read_due(typed, language, TODAY) == [date.fromisoformat(day)]


def test_a_week_ends_with_its_countrys_last_working_day():
    assert read_due("end of the week", "en", TODAY, country="BD") == [date(2026, 6, 4)]
    assert read_due("next week", "en", TODAY, country="BD") == [date(2026, 6, 11)]
    saturday = date(2026, 6, 6)
    assert read_due("next week", "en", saturday) == read_due("this week", "en", saturday) == [date(2026, 6, 12)]


@given(DAYS, st.sampled_from(["en", "fr"]))
def test_a_day_that_was_shown_reads_as_itself(day: date, language: str):
    today = min(day, TODAY)
    for written in (shown(day, language), dates.without_weekday(day, language), day.isoformat()):
        assert read_due(written, language, today) == [day]


@given(DAYS, st.integers(1, 200))
def test_days_ahead_are_counted_from_today(today: date, count: int):
    assert read_due(f"in {count} days", "en", today) == [today + timedelta(days=count)]
    assert read_due(f"dans {count} semaines", "fr", today) == [today + timedelta(weeks=count)]


@given(
    DAYS, st.sampled_from(["end of the month", "end of next month", "mid-month", "early march", "march", "Q2", "h1"])
)
def test_a_period_lies_ahead(today: date, typed: str):
    assert all(day >= today for day in read_due(typed, "en", today))


@settings(deadline=None)  # loading dateparser takes a while
@given(TYPED, LANGUAGES, DAYS)
@example("-" * LONGEST, "en", TODAY)
@example("9" * LONGEST, "en", TODAY)
@example("31/12/9999", "en", TODAY)
@example("in 9999 years", "en", TODAY)
@example("0000", "en", TODAY)
@example("middle of 9999", "en", TODAY)
@example("one one one one one one one one one one one", "en", TODAY)
def test_any_text_is_read_or_not(typed: str, language: str, today: date):
    days = read_due(typed, language, today)
    assert len(set(days)) == len(days)
    assert all(day >= today for day in days) or re.search(r"\d", typed)


@pytest.mark.parametrize("today", [date(9999, 12, 31), date(9999, 11, 30), date(1, 1, 1)])
def test_at_the_ends_of_the_calendar_nothing_breaks(today: date):
    for typed in ("tomorrow", "end of next month", "mid next year", "Friday in two weeks", "end of the week", "29 feb"):
        read_due(typed, "en", today)


# With a name -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "typed", "name", "days"),
    [
        ("en", "Draft agreed, 15 March", "Draft agreed", ["2027-03-15"]),
        ("en", "15 March: draft agreed", "draft agreed", ["2027-03-15"]),
        ("en", "Draft agreed by end of April", "Draft agreed", ["2027-04-30"]),
        ("en", "Draft agreed by the end of April", "Draft agreed", ["2027-04-30"]),
        ("en", "Draft agreed 15 March", "Draft agreed", ["2027-03-15"]),
        ("en", "Draft agreed (15 March)", "Draft agreed", ["2027-03-15"]),
        ("en", "Draft agreed – mid-April", "Draft agreed", ["2027-04-15"]),
        ("en", "Draft agreed: in 2 weeks", "Draft agreed", ["2026-06-17"]),
        ("en", "Draft (v2) agreed, Monday, 15 March 2027", "Draft (v2) agreed", ["2027-03-15"]),
        ("en", "March 15, 2027: draft agreed", "draft agreed", ["2027-03-15"]),
        ("en", "By Friday draft agreed", "draft agreed", ["2026-06-05"]),
        ("en", "Draft agreed 30/03/2027", "Draft agreed", ["2027-03-30"]),
        ("en", "Draft agreed by 30.3.", "Draft agreed", ["2027-03-30"]),
        ("en", "Report: 3/4/2027", "Report", ["2027-04-03", "2027-03-04"]),
        ("en", "Law passed in the second quarter of 2027", "Law passed", ["2027-06-30"]),
        ("en", "1. Draft agreed - end of Q3", "1. Draft agreed", ["2026-09-30"]),
        ("en", "Kick-off: today", "Kick-off", ["2026-06-03"]),
        ("en", "Report, 15 March 2020", "Report", ["2020-03-15"]),
        ("fr", "Projet validé, 15 mars", "Projet validé", ["2027-03-15"]),
        ("fr", "15 mars : projet validé", "projet validé", ["2027-03-15"]),
        ("fr", "Projet validé d’ici fin avril", "Projet validé", ["2027-04-30"]),
        ("fr", "Projet validé au plus tard le 30 mars", "Projet validé", ["2027-03-30"]),
        ("fr", "Draft agreed by end of April", "Draft agreed", ["2027-04-30"]),
        ("zh-hans", "草案通过，2027年3月15日", "草案通过", ["2027-03-15"]),
        ("en", "15 March", "", ["2027-03-15"]),
        ("en", "end of April", "", ["2027-04-30"]),
    ],
)
def test_a_milestone_and_its_day(language: str, typed: str, name: str, days: list[str]):
    assert milestone(typed, language, TODAY) == (name, [date.fromisoformat(day) for day in days])


@pytest.mark.parametrize(
    "typed",
    [
        "Draft agreed",
        "Phase 2",
        "Phase 1, 2",
        "Version 2.1",
        "Release 1.2.10",
        "Pilot (2 weeks)",
        "Training of 2 weeks",
        "Decide what we may",
        "Report for 2026",
        "Review of Q2 results",
        "Budget: 10 m",
        "Hotline 24/7",
        "Meet at 10:30",
        "First half done",
        "Open on Monday and Friday",
        "Report, last Friday",
        "17",
        "",
    ],
)
def test_a_name_without_a_day_stays_whole(typed: str):
    assert milestone(typed, "en", TODAY) == (typed, [])


@given(st.sampled_from(["Draft agreed", "Phase 2", "Team's visit (pilot)", "Projet validé", "草案"]), DAYS, st.data())
def test_a_milestone_reads_as_it_was_written(name: str, day: date, data: st.DataObject):
    language = data.draw(st.sampled_from(["en", "fr"]))
    written = shown(day, language)
    shape = data.draw(st.sampled_from(["{name}, {day}", "{day}: {name}", "{name} ({day})", "{name} – {day}"]))
    assert milestone(shape.format(name=name, day=written), language, min(day, TODAY)) == (name, [day])


@given(st.lists(st.one_of(WORDS, st.text(max_size=10)), max_size=12).map(" ".join), LANGUAGES)
@example("a " * 150, "en")
@example(", " * 150, "en")
@example(", " * 2000, "en")
def test_no_word_of_a_name_is_lost(typed: str, language: str):
    """What isn't in the name is read as the day when it stands alone."""
    text = clean_line(typed)
    name, days = milestone(typed, language, TODAY)
    at_start, at_end = text.lstrip(MARKS).startswith(name), text.rstrip(MARKS).endswith(name)
    rest = text.lstrip(MARKS)[len(name) :] if at_start else text.rstrip(MARKS)[: -len(name)]
    if not days:
        assert name == text
    else:
        assert at_start or at_end
        assert set(days) <= set(read_due(rest.strip(MARKS), language, TODAY))


# What is asked about a day ---------------------------------------------------------------------------------------

LAST_DAY = date(2026, 6, 19)
CATALOGUES = Catalogues()


def asked(day: str, country: str = "GH", language: str = "en") -> list[str]:
    found = doubts(date.fromisoformat(day), today=TODAY, last_day=LAST_DAY, country=country, language=language)
    assert all(isinstance(each, Phrase) for each in found)
    return [Renderer(CATALOGUES, language).plain(each) for each in found]


def test_a_working_day_behind_the_workshop_is_taken_without_a_question():
    assert asked("2026-06-22") == []
    assert asked("2026-06-19") == []  # its last day
    assert asked("2036-06-03") == []


def test_a_day_in_doubt_is_asked_about():
    assert asked("2026-06-02") == ["That day has passed."]
    assert asked("2026-06-20") == ["That day is on a weekend (Ghana)."]
    assert asked("2026-06-17") == ["That day is before the workshop ends, on Friday, June 19, 2026."]
    assert asked("2027-03-06") == ["That day is a public holiday (Ghana): Independence Day."]  # a Saturday as well
    assert asked("2036-06-04") == ["That day is more than ten years away."]
    assert len(asked("2026-06-06")) == 2


def test_doubts_are_in_the_readers_language():
    assert asked("2026-07-14", "FR", "fr") == ["Ce jour est férié (France)\u202f: Fête nationale."]
    assert asked("2026-07-03", "BD", "fr") == ["Ce jour tombe un week-end (Bangladesh)."]
    assert asked("2026-06-20", "XX") == ["That day is on a weekend (XX)."]


# The words -------------------------------------------------------------------------------------------------------

COUNTED = {"days.near": 3, "days.units": 7, "days.numbers": 12, "days.ordinals": 4, "days.months": 12}


@pytest.mark.parametrize("language", CATALOGUES.languages())
def test_every_list_of_words_has_its_places(language: str):
    for key, count in COUNTED.items():
        assert len(due_words.listed(key, language)) == count, key
    for key in (each for each in TEXTS if each.startswith("days.") and each not in COUNTED):
        assert all(len(place) == 1 for place in due_words.listed(key, language)), key
    words = [word for key in COUNTED for place in due_words.listed(key, language) for word in place if word]
    assert all(due_words.tokens(word) for word in words)
