"""Not being reminded: for a while, or for good. What somebody asks for themselves, they get all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.dialogue import Person
from bot.core.hours import Hours, day_of, instant

WEEK = timedelta(weeks=1)


def in_a_week(now: datetime, hours: Hours) -> datetime:
    """When somebody who mutes the bot for a week hears of it again: on the same day of the week, when they begin."""
    return instant(day_of(now, hours.zone) + WEEK, hours.opens, hours.zone)


def is_muted(person: Person, now: datetime) -> bool:
    return person.muted_until is not None and person.muted_until > now


def is_silent(person: Person, now: datetime) -> bool:
    """Whether somebody is reminded of nothing, for now or for good."""
    return person.opted_out or is_muted(person, now)


def mute(person: Person, until: datetime) -> Person:
    """Remind somebody of nothing until then; what is due meanwhile is kept for then. Whoever never wants to be reminded
    still doesn't afterwards."""
    return replace(person, muted_until=until)


def unmute(person: Person) -> Person:
    return replace(person, muted_until=None)


def opt_out(person: Person) -> Person:
    """Never remind somebody again: what is due to them comes to nothing."""
    return replace(person, opted_out=True, muted_until=None)


def opt_in(person: Person) -> Person:
    """Remind somebody of what is due from now on."""
    return replace(person, opted_out=False, muted_until=None)
