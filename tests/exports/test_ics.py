"""The calendar file, read by icalendar and unrolled by recurring-ical-events."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.plan import Frequency
from bot.exports import ics
from bot.exports.table import Calendar, Entry
from tests.exports.plans import ANY, NOW, RAW

REPEATED = [Frequency.WEEKLY, Frequency.FORTNIGHTLY, Frequency.MONTHLY, Frequency.QUARTERLY]


def entry(**more: object) -> Entry:
    given: dict[str, object] = {"key": "p1.a1.due", "title": "Due: x", "on": date(2027, 9, 30), "changed_at": NOW}
    return Entry(**(given | more))  # type: ignore[arg-type]


def written(*entries: Entry) -> bytes:
    return ics.calendar(Calendar(name="Plan", entries=entries), NOW)


def days(data: bytes, until: date = date(2101, 1, 1)) -> list[date]:
    """All days on which something is in the calendar, as a calendar program works them out."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(date(1999, 12, 31), until)
    return sorted(each["DTSTART"].dt for each in found)


def test_an_event_is_all_day_and_takes_nobodys_time():
    data = written(entry(note="Owner: Esi\nBy radio", version=4))
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert b"DTSTART;VALUE=DATE:20270930\r\n" in data
    assert b"DTEND;VALUE=DATE:20271001\r\n" in data
    assert b"DTSTAMP:20270618T150000Z\r\n" in data
    assert b"TRANSP:TRANSPARENT\r\n" in data
    assert b"METHOD:PUBLISH\r\n" in data
    assert b"UID:p1.a1.due@plenary\r\n" in data
    assert event["SEQUENCE"] == 4
    assert event["DESCRIPTION"] == "Owner: Esi\nBy radio"


@settings(ANY, max_examples=100)
@given(RAW.filter(str.strip), RAW)
def test_any_words_come_back_and_no_line_is_too_long(title, note):
    title, note = " ".join(title.split()), " ".join(note.split())
    data = written(entry(title=title, note=note))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.replace(b"\r\n", b"").count(b"\n") == 0
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event["SUMMARY"]).replace("\u2060", "") == title.replace("\u2060", "")
    assert str(event.get("DESCRIPTION", "")).replace("\u2060", "") == note.replace("\u2060", "")
    assert len(icalendar.Calendar.from_ical(data).walk()) == 2


@pytest.mark.parametrize(
    ("every", "on", "until", "expected"),
    [
        (None, date(2027, 9, 30), None, [date(2027, 9, 30)]),
        (Frequency.ONCE, date(2027, 9, 30), date(2027, 12, 31), [date(2027, 9, 30)]),
        (Frequency.WEEKLY, date(2027, 7, 1), date(2027, 7, 15), [date(2027, 7, each) for each in (1, 8, 15)]),
        (Frequency.FORTNIGHTLY, date(2027, 7, 1), date(2027, 7, 28), [date(2027, 7, 1), date(2027, 7, 15)]),
        (Frequency.MONTHLY, date(2027, 7, 18), date(2027, 9, 18), [date(2027, each, 18) for each in (7, 8, 9)]),
        (
            Frequency.MONTHLY,
            date(2028, 1, 31),
            date(2028, 4, 30),
            [date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30)],
        ),
        (
            Frequency.MONTHLY,
            date(2027, 1, 29),
            date(2027, 3, 31),
            [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)],
        ),
        (
            Frequency.QUARTERLY,
            date(2027, 11, 30),
            date(2028, 6, 1),
            [date(2027, 11, 30), date(2028, 2, 29), date(2028, 5, 31)],
        ),
        (Frequency.QUARTERLY, date(2027, 7, 15), date(2027, 7, 1), [date(2027, 7, 15)]),
    ],
)
def test_what_comes_again_comes_when_it_should(every, on, until, expected):
    assert days(written(entry(every=every, on=on, until=until))) == expected


@settings(ANY, max_examples=60)
@given(
    st.sampled_from(REPEATED),
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.integers(0, 900).map(lambda days: timedelta(days=days)),
)
def test_it_never_comes_before_its_first_day_nor_after_its_last(every, on, length):
    some = entry(every=every, on=on, until=on + length)
    found = days(written(some))
    assert found[0] == ics.first_day(some)
    assert found[-1] <= max(on + length, ics.first_day(some))
    assert len(found) == len(set(found))
    if every in ics.MONTHS and on.day > 28:
        assert all((each + timedelta(days=1)).day == 1 for each in found)


def test_a_later_export_is_the_same_event_in_a_newer_version():
    before, after = entry(), entry(version=2, changed_at=NOW + timedelta(days=1), on=date(2027, 10, 31))
    one, other = (icalendar.Calendar.from_ical(written(each)).walk("VEVENT")[0] for each in (before, after))
    assert str(one["UID"]) == str(other["UID"])
    assert (one["SEQUENCE"], other["SEQUENCE"]) == (1, 2)


def test_instants_are_written_in_utc():
    there = datetime(2027, 6, 18, 17, 0, tzinfo=UTC).astimezone()
    data = ics.calendar(Calendar(name="=1+1; x, y", entries=(replace(entry(), changed_at=there),)), there)
    assert b"DTSTAMP:20270618T170000Z" in data
    assert str(icalendar.Calendar.from_ical(data)["X-WR-CALNAME"]) == "=1+1; x, y"
