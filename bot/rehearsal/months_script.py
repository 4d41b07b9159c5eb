"""Who does what in the three months after the rehearsal's workshop, and where: `content/rehearsal/months.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import holidays

OPENS, SHUTS = time(8), time(18, 1)  # the evening before a session is at 18:00


@dataclass(slots=True)
class Reaction:
    """What somebody does when the bot tells them something with `sees` in it; so many `times`."""

    who: str
    sees: str
    does: Sequence[str]
    times: int = 1
    used: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is, `since` a moment at which they told the bot so."""

    country: str
    zone: ZoneInfo
    since: datetime


@dataclass(frozen=True, slots=True)
class PutOff:
    """What would come to somebody on a day off of theirs, and comes later."""

    who: str
    sees: str
    first: date
    then: date


@dataclass(frozen=True, slots=True)
class Script:
    """Where the people are: all in one `country`, but for those `elsewhere`, by key. `acts` are what they do of their
    own accord at some moment; `away` is when the bot doesn't run; in `quiet` moments nothing is said."""

    zone: ZoneInfo
    country: str
    elsewhere: Mapping[str, Place]
    put_off: Sequence[PutOff]
    ends: datetime
    reactions: Sequence[Reaction]
    acts: Sequence[Mapping[str, Any]]
    away: tuple[datetime, datetime]
    quiet: Sequence[datetime]


def load() -> Script:
    told = tomllib.loads(resources.files("content").joinpath("rehearsal", "months.toml").read_text(encoding="utf-8"))
    return Script(
        zone=ZoneInfo(told["zone"]),
        country=told["country"],
        elsewhere={
            key: Place(each["country"], ZoneInfo(each["zone"]), each["since"])
            for key, each in told["elsewhere"].items()
        },
        put_off=[PutOff(each["who"], each["sees"], each["from"], each["to"]) for each in told["put_off"]],
        ends=told["ends"],
        reactions=[Reaction(**each) for each in told["reactions"]],
        acts=sorted(told["acts"], key=lambda act: act["at"]),
        away=(told["away"]["from"], told["away"]["until"]),
        quiet=sorted(told["quiet"]),
    )


def holidays_in(country: str, year: int) -> holidays.HolidayBase:
    """A country's public holidays, by day."""
    return holidays.country_holidays(country, years=year)


def is_off(script: Script, key: str, at: datetime) -> bool:
    """Whether it is a night, a weekend or a holiday for somebody, where they are by then."""
    place = script.elsewhere.get(key)
    there = place if place is not None and at >= place.since else Place(script.country, script.zone, at)
    local = at.astimezone(there.zone)
    free = holidays_in(there.country, local.year)
    return local.date() in free or local.weekday() in (5, 6) or not OPENS <= local.time() < SHUTS


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was said or done."""

    at: datetime
    name: str
    sign: str
    text: str
