"""The room of a workshop beside its groups: who leads it, who calls for help, what is parked, what was done last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.calls import Call
from bot.core.errors import Refusal
from bot.core.hours import day_of
from bot.core.parking import Parked
from bot.core.steering import Deed
from bot.core.workshop import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """`lead` is the facilitator who leads the room (None: the organiser), and `offered` one who is asked to take
    over."""

    workshop_id: int
    lead: int | None = None
    offered: int | None = None
    calls: Mapping[int, Call] = field(default_factory=dict)
    parked: Mapping[int, Parked] = field(default_factory=dict)
    last: Deed | None = None


def leader(room: Room, workshop: Workshop) -> int:
    """Who leads the room: whoever took it over, as long as they are a facilitator here."""
    leading = {member.number for member in workshop.facilitators()}
    return room.lead if room.lead in leading and room.lead is not None else workshop.organiser.number


def offer(room: Room, workshop: Workshop, by: int, to: int) -> Room:
    """Ask another facilitator to take the room over. Only who leads it gives it away; it stays theirs until then."""
    if leader(room, workshop) != by:
        raise Refusal("lead.not_yours", name=workshop.members[leader(room, workshop)].name)
    if to == by or to not in {member.number for member in workshop.facilitators()}:
        raise Refusal("lead.nobody")
    return replace(room, offered=to)


def accept(room: Room, workshop: Workshop, by: int) -> Room:
    """Take over a room that was offered."""
    if room.offered != by or by not in {member.number for member in workshop.facilitators()}:
        raise Refusal("lead.gone")
    return replace(room, lead=by, offered=None)


def decline(room: Room, workshop: Workshop, by: int) -> Room:
    """Leave it with whoever leads, by the one who was asked or the one who asked."""
    if room.offered is None or by not in (room.offered, leader(room, workshop)):
        raise Refusal("lead.gone")
    return replace(room, offered=None)


def is_here(seen_at: datetime | None, now: datetime, zone: str) -> bool:
    """Whether somebody counts as present: they were heard of today."""
    return seen_at is not None and day_of(seen_at, zone) == day_of(now, zone)
