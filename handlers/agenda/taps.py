"""Callback data of the agenda and of the rules of reminding; see `callbacks`."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


@dataclass(frozen=True, slots=True)
class ShowAgenda(Action, verb="ag"):
    workshop: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowCard(Action, verb="agk"):
    """The concept cards, or one of them; `page` is the agenda's, to go back to."""

    workshop: int
    page: int
    card: str


@dataclass(frozen=True, slots=True)
class ChangeAgenda(Action, verb="agc"):
    """Choose what to change: a session, or "" to be shown those of the day on `page`."""

    workshop: int
    page: int
    session: str


@dataclass(frozen=True, slots=True)
class AgendaDo(Action, verb="agd"):
    """`what`: later15, later30, earlier15, behind15, time, day, place, place_for_all, cancel, restore, planned, back,
    send."""

    workshop: int
    session: str
    what: str


@dataclass(frozen=True, slots=True)
class AgendaDay(Action, verb="agy"):
    """Put a session on another day, so many days on."""

    workshop: int
    days: int
    session: str


@dataclass(frozen=True, slots=True)
class ChangeWhere(Action, verb="agw"):
    """Change the workshop's country and zone; `page` is the agenda's, to go back to."""

    workshop: int
    page: int


@dataclass(frozen=True, slots=True)
class WhereCountry(Action, verb="agwc"):
    """The country in which the workshop is."""

    workshop: int
    country: str


@dataclass(frozen=True, slots=True)
class WhereZone(Action, verb="agwz"):
    """The zone whose time it follows."""

    workshop: int
    zone: str


@dataclass(frozen=True, slots=True)
class WhereDo(Action, verb="agwd"):
    """Have it so, and tell everyone whose times change."""

    workshop: int


@dataclass(frozen=True, slots=True)
class ShowRule(Action, verb="rl"):
    """The rules of reminding, or one of them; `asks` is a question about it."""

    workshop: int
    rule: str
    asks: str


@dataclass(frozen=True, slots=True)
class RuleDo(Action, verb="rld"):
    """`what`: on, off, reset."""

    workshop: int
    rule: str
    what: str
