"""The agenda and the rules of reminding in front of somebody, as values; see `dialogue`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.core.agenda import SessionChange


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaView:
    """The agenda on show, a day on a page. -1: the day that is on, or the next one."""

    kind: Literal["agenda"] = "agenda"
    workshop_id: int
    page: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """The concept cards on show: their list, or one of them. `page` is the agenda's, to go back to."""

    kind: Literal["cards"] = "cards"
    workshop_id: int
    card: str = ""
    page: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaChange:
    """A facilitator changes a session, or where the workshop meets: which one (of the day on `page`), what about it,
    and a preview of what everyone is told. `seen` is how the sessions stood then, `becomes` how they shall be;
    `place_seen` and `place` the same of where the workshop meets, where that is to change."""

    kind: Literal["agenda_change"] = "agenda_change"
    workshop_id: int
    page: int = -1
    session: str = ""
    asks: Literal["which", "what", "time", "day", "place", "place_for_all", "preview"] = "which"
    seen: tuple[SessionChange, ...] = ()
    becomes: tuple[SessionChange, ...] = ()
    place_seen: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereChange:
    """A facilitator changes a workshop's country and time zone: first the country (`near` are those that may be meant),
    then, where it has several, the `zone`; then a preview. `seen` is how the two stood before that."""

    kind: Literal["where_change"] = "where_change"
    workshop_id: int
    page: int = -1
    near: tuple[str, ...] = ()
    country: str = ""
    zone: str = ""
    seen: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesView:
    """The rules of reminding: the list, one `rule`, or a question about it."""

    kind: Literal["rules"] = "rules"
    workshop_id: int
    rule: str = ""
    asks: Literal["", "days", "hour"] = ""
