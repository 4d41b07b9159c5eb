"""A workshop and its people: opening, joining, leaving, renaming, handing over, closing.

Every rule takes a workshop and returns the next one; nothing here changes in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.core.errors import Refusal
from bot.core.grouping import Formation, Seat, vacate

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
    """One delivery of a programme. `first_on` is its first day in `zone` (an IANA name); `country` is ISO 3166."""

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

    @property
    def organiser(self) -> Member:
        return next(each for each in self.members.values() if each.role is Role.ORGANISER)

    @property
    def kept_until(self) -> date:
        return self.first_on + KEPT_FOR


def _with(workshop: Workshop, member: Member) -> Workshop:
    return replace(workshop, members={**workshop.members, member.number: member})


def _next_number(workshop: Workshop) -> int:
    return max(workshop.members, default=0) + 1


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


def _unseated(workshop: Workshop, number: int) -> Workshop:
    """Without a member's seats, roles and pens: the groups go on without them."""
    formations = {name: vacate(formation, number) for name, formation in workshop.formations.items()}
    return replace(workshop, formations=formations)


def takes_codes(workshop: Workshop, today: date) -> bool:
    """Whether the workshop's code and links lead anywhere: it is open, and not past the time it is kept for."""
    return workshop.closed_at is None and today <= workshop.kept_until


def check_open(workshop: Workshop) -> None:
    if workshop.closed_at is not None:
        raise Refusal("join.closed", title=workshop.title)


def check_may_join(workshop: Workshop, user_id: int) -> None:
    """Refuses when closed, when already in, and when a facilitator took them off the list."""
    check_open(workshop)
    member = workshop.by_user(user_id)
    if member is None or member.status is Membership.LEFT:
        return
    if member.status is Membership.REMOVED:
        raise Refusal("join.removed", title=workshop.title)
    raise Refusal("join.already", title=workshop.title, number=member.number)


def join(
    workshop: Workshop, *, user_id: int, name: str, organisation: str, now: datetime
) -> tuple[Workshop, Member, bool]:
    """Take someone in. Who left before comes back with their old number (the last value says so), as a participant:
    this link is everybody's."""
    check_may_join(workshop, user_id)
    before = workshop.by_user(user_id)
    if before is not None:
        member = replace(
            before,
            status=Membership.ACTIVE,
            role=Role.PARTICIPANT,
            name=name,
            organisation=organisation or before.organisation,
        )
        return _with(workshop, member), member, True
    member = Member(number=_next_number(workshop), name=name, organisation=organisation, user_id=user_id, joined_at=now)
    return _with(workshop, member), member, False


def join_as_facilitator(workshop: Workshop, *, user_id: int, name: str, now: datetime) -> tuple[Workshop, Member]:
    """Use the one-time link. A participant who uses it becomes a facilitator and keeps their number."""
    check_open(workshop)
    before = workshop.by_user(user_id)
    if before is not None and before.leads and before.status is Membership.ACTIVE:
        raise Refusal("join.already", title=workshop.title, number=before.number)
    if before is not None and before.status is Membership.REMOVED:
        raise Refusal("join.removed", title=workshop.title)
    if before is None:
        member = Member(number=_next_number(workshop), name=name, role=Role.FACILITATOR, user_id=user_id, joined_at=now)
    else:
        member = replace(before, role=Role.FACILITATOR, status=Membership.ACTIVE)
        workshop = _unseated(workshop, member.number)  # who leads works in no group
    return _with(replace(workshop, facilitator_token=None), member), member


def enter(workshop: Workshop, *, name: str, organisation: str = "", now: datetime) -> tuple[Workshop, Member]:
    """A facilitator enters someone who has no phone."""
    check_open(workshop)
    member = Member(number=_next_number(workshop), name=name, organisation=organisation, user_id=None, joined_at=now)
    return _with(workshop, member), member


def leave(workshop: Workshop, number: int) -> Workshop:
    """Go, of one's own accord. The organiser hands over first: a workshop always has one."""
    member = workshop.members[number]
    if member.role is Role.ORGANISER:
        raise Refusal("leave.organiser", title=workshop.title)
    return _with(_unseated(workshop, number), replace(member, status=Membership.LEFT))


def remove(workshop: Workshop, number: int) -> Workshop:
    member = workshop.members[number]
    if member.role is Role.ORGANISER:
        raise Refusal("people.keep_organiser", name=member.name)
    return _with(_unseated(workshop, number), replace(member, status=Membership.REMOVED))


def seats_of(workshop: Workshop, number: int) -> dict[str, Seat]:
    """Where a member sits, by grouping."""
    return {name: each.seats[number] for name, each in workshop.formations.items() if number in each.seats}


def restore(workshop: Workshop, number: int, seats: Mapping[str, Seat]) -> Workshop:
    """Undo a removal: back into the groups of `seats`, as far as they still exist."""
    member = workshop.members[number]
    if member.status is not Membership.REMOVED:
        raise Refusal("people.not_removed", name=member.name)
    formations = dict(workshop.formations)
    for name, seat in seats.items():
        formation = formations.get(name)
        if formation is not None and seat.group in formation.groups:
            formations[name] = replace(formation, seats={**formation.seats, number: seat})
    return _with(replace(workshop, formations=formations), replace(member, status=Membership.ACTIVE))


def rename(workshop: Workshop, number: int, name: str) -> Workshop:
    return _with(workshop, replace(workshop.members[number], name=name))


def set_organisation(workshop: Workshop, number: int, organisation: str) -> Workshop:
    return _with(workshop, replace(workshop.members[number], organisation=organisation))


def hand_over(workshop: Workshop, to: int) -> Workshop:
    """Make a facilitator the organiser; the organiser becomes a facilitator."""
    heir = workshop.members[to]
    if heir.role is not Role.FACILITATOR or heir.status is not Membership.ACTIVE:
        raise Refusal("people.heir_leads", name=heir.name)
    workshop = _with(workshop, replace(workshop.organiser, role=Role.FACILITATOR))
    return _with(workshop, replace(heir, role=Role.ORGANISER))


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
