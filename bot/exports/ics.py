"""Due days, milestones and communications as a calendar file, for Outlook, Google Calendar and the like."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar as Ical
from icalendar import Event

from bot.core.plan import Frequency
from bot.exports.table import Calendar, Entry

PRODUCT = "-//Plenary//Action plan//EN"
MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3}
WEEKS = {Frequency.WEEKLY: 1, Frequency.FORTNIGHTLY: 2}
EVERY_MONTH_HAS = 28  # days: a later one is told as the month's last


def calendar(what: Calendar, now: datetime) -> bytes:
    """The calendar as a file. `now` is when it was made."""
    made = Ical()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _words(what.name))
    for entry in what.entries:
        made.add_component(_event(entry, now.astimezone(UTC)))
    return bytes(made.to_ical())


def _event(entry: Entry, now: datetime) -> Event:
    first = first_day(entry)
    event = Event()
    event.add("uid", f"{entry.key}@plenary")
    event.add("dtstamp", now)
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.version)
    event.add("summary", _words(entry.title))
    if entry.note:
        event.add("description", _words(entry.note))
    event.add("dtstart", first)
    event.add("dtend", first + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    if entry.every in MONTHS or entry.every in WEEKS:
        event.add("rrule", _rule(entry, first))
    return event


def _words(text: str) -> str:
    """The library takes \\N for a line break, as in C:\\New: something invisible in between keeps it from that."""
    return text.replace("\\N", "\\\u2060N")


def first_day(entry: Entry) -> date:
    """When it is first due. What comes every month or quarter on a day that not every month has comes on the last one,
    from the first time on: programs disagree about what would become of the 31st."""
    if entry.every in MONTHS and entry.on.day > EVERY_MONTH_HAS:
        return entry.on.replace(day=monthrange(entry.on.year, entry.on.month)[1])
    return entry.on


def _rule(entry: Entry, first: date) -> dict[str, Any]:
    rule: dict[str, Any] = {}
    if entry.every in MONTHS:
        rule["freq"] = "MONTHLY"
        rule["interval"] = MONTHS[entry.every]
        rule["bymonthday"] = -1 if first.day > EVERY_MONTH_HAS else first.day
    elif entry.every in WEEKS:
        rule["freq"] = "WEEKLY"
        rule["interval"] = WEEKS[entry.every]
    if entry.until is not None:
        rule["until"] = max(entry.until, first)
    return rule
