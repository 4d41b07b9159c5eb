"""Who is in a workshop: joining, leaving, coming back, renaming, removing, handing over.

Every rule takes a workshop and returns the next one; nothing here changes in place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.core.errors import Refusal
from bot.core.grouping import Seat, vacate
from bot.core.workshop import Member, Membership, Role, Workshop


def _with(workshop: Workshop, member: Member) -> Workshop:
    return replace(workshop, members={**workshop.members, member.number: member})


def _next_number(workshop: Workshop) -> int:
    return max(workshop.members, default=0) + 1


def _unseated(workshop: Workshop, number: int) -> Workshop:
    """Without a member's seats, roles and pens: the groups go on without them."""
    formations = {name: vacate(formation, number) for name, formation in workshop.formations.items()}
    return replace(workshop, formations=formations)


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


def may_manage(by: Member, member: Member) -> bool:
    """Whether `by` may rename, move or remove someone: facilitators do so with participants, the organiser with all."""
    return by.leads and (member.role is Role.PARTICIPANT or by.role is Role.ORGANISER or by.number == member.number)


def check_may_manage(workshop: Workshop, by: Member, member: Member) -> None:
    if not may_manage(by, member):
        raise Refusal("people.organiser_only", name=workshop.organiser.name)


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
