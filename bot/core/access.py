"""Who may see a product."""

from __future__ import annotations

from bot.core.exercise import Exercise, Visibility
from bot.core.run import Run
from bot.core.workshop import Member, Membership, Workshop


def may_see_product(workshop: Workshop, exercise: Exercise, run: Run, member: Member) -> bool:
    """The group always sees its own; facilitators as the product says; the room once it is published. Nobody sees
    anything who isn't, or is no longer, in the workshop."""
    if member.status is not Membership.ACTIVE or run.workshop_id != workshop.id:
        return False
    formation = workshop.formation(exercise.grouping)
    seat = formation.seats.get(member.number) if formation else None
    if run.member == member.number or (run.group and seat is not None and seat.group == run.group):
        return True
    match exercise.product.visibility:
        case Visibility.ROOM:
            return member.leads or run.published_at is not None
        case Visibility.FACILITATORS:
            return member.leads
        case _:
            return False
