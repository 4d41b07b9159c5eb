"""A workshop and its people; opening it and closing it. Every rule takes a workshop and returns the next one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.core.agenda import SessionChange
from bot.core.errors import Refusal
from bot.core.exercise import WHOLE_ROOM
from bot.core.grouping import Formation, together
from bot.core.reminder_rules import RuleChange
from bot.core.statements import StatementSet, edition_of

CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no I, L, O, 0, 1: they are misread from a slide
CODE_LENGTH = 6
KEPT_FOR = timedelta(days=200)  # after the first day: the follow-up runs for 90 days and is looked back on


class Role(StrEnum):
    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    ORGANISER = "organiser"


class Membership(StrEnum):
    ACTIVE = "active"
    LEFT = "left"  # of their own accord; may come back
    REMOVED = "removed"  # by a facilitator; may not


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Someone in a workshop. `number` is their own in it; `user_id` is None for someone without a phone."""

    number: int
    name: str
    organisation: str = ""
    role: Role = Role.PARTICIPANT
    user_id: int | None
    status: Membership = Membership.ACTIVE
    joined_at: datetime

    @property
    def leads(self) -> bool:
        return self.role in (Role.FACILITATOR, Role.ORGANISER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """One delivery of a programme. `first_on` is its first day in `zone` (an IANA name); `country` is ISO 3166.
    `place` is where it meets; `sessions` and `rules` are what facilitators have otherwise than content; `statements`
    are sets of them that were brought instead of the programme's, by number."""

    id: int
    programme: str
    title: str
    first_on: date
    country: str
    zone: str
    code: str
    link_token: str
    facilitator_token: str | None
    created_at: datetime
    closed_at: datetime | None = None
    members: Mapping[int, Member] = field(default_factory=dict)
    formations: Mapping[str, Formation] = field(default_factory=dict)
    place: str = ""
    sessions: Mapping[str, SessionChange] = field(default_factory=dict)
    rules: Mapping[str, RuleChange] = field(default_factory=dict)
    statements: Mapping[int, StatementSet] = field(default_factory=dict)

    @property
    def edition(self) -> int:
        """The number of the set of statements that is in use."""
        return edition_of(self.statements)

    def active(self) -> Iterator[Member]:
        return (each for each in self.members.values() if each.status is Membership.ACTIVE)

    def participants(self) -> list[Member]:
        """Those who work in groups, in the order of their numbers."""
        return sorted(
            (each for each in self.active() if each.role is Role.PARTICIPANT), key=lambda member: member.number
        )

    def facilitators(self) -> list[Member]:
        return sorted((each for each in self.active() if each.leads), key=lambda member: member.number)

    def by_user(self, user_id: int) -> Member | None:
        """The member with this Telegram account, whatever their status."""
        return next((each for each in self.members.values() if each.user_id == user_id), None)

    def active_user(self, user_id: int) -> Member | None:
        member = self.by_user(user_id)
        return member if member and member.status is Membership.ACTIVE else None

    def formation(self, grouping: str) -> Formation | None:
        """How the room is split for an exercise: as it was formed, or everybody in one group."""
        if grouping == WHOLE_ROOM:
            return together([member.number for member in self.participants()], now=self.created_at)
        return self.formations.get(grouping)

    @property
    def organiser(self) -> Member:
        return next(each for each in self.members.values() if each.role is Role.ORGANISER)

    @property
    def kept_until(self) -> date:
        return self.first_on + KEPT_FOR


def open_workshop(
    *,
    id: int,
    programme: str,
    title: str,
    first_on: date,
    country: str,
    zone: str,
    code: str,
    link_token: str,
    facilitator_token: str,
    organiser_id: int,
    organiser_name: str,
    now: datetime,
) -> Workshop:
    """A new workshop with its organiser as member 1."""
    organiser = Member(number=1, name=organiser_name, role=Role.ORGANISER, user_id=organiser_id, joined_at=now)
    return Workshop(
        id=id,
        programme=programme,
        title=title,
        first_on=first_on,
        country=country,
        zone=zone,
        code=code,
        link_token=link_token,
        facilitator_token=facilitator_token,
        created_at=now,
        members={1: organiser},
    )


def renew_facilitator_link(workshop: Workshop, token: str) -> Workshop:
    return replace(workshop, facilitator_token=token)


def close(workshop: Workshop, now: datetime) -> Workshop:
    """Take no more people. Those who are in go on as before."""
    if workshop.closed_at is not None:
        raise Refusal("close.already", title=workshop.title)
    return replace(workshop, closed_at=now, facilitator_token=None)


def reopen(workshop: Workshop) -> Workshop:
    if workshop.closed_at is None:
        raise Refusal("close.not_closed", title=workshop.title)
    return replace(workshop, closed_at=None)
