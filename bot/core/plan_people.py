"""Who of a plan can be reached, and who is asked in the place of those who can't."""

from __future__ import annotations

from bot.core.exercise import Programme
from bot.core.plan import ActionPlan, Party, member_of, member_party
from bot.core.workshop import Membership, Workshop


def group_members(programme: Programme, workshop: Workshop, plan: ActionPlan) -> list[Party]:
    """Those of the group whose plan it is, by their numbers."""
    formation = workshop.formations.get(programme.plan.grouping) if programme.plan else None
    return [member_party(number) for number in formation.members_of(plan.group)] if formation else []


def reporter(programme: Programme, workshop: Workshop, plan: ActionPlan) -> Party:
    """A plan's focal point, who is asked in the place of somebody who isn't in the bot: the group's reporter, else one
    of the group, else the organiser; always somebody with a phone, and never nobody."""
    formation = workshop.formations.get(programme.plan.grouping) if programme.plan else None
    group = formation.groups.get(plan.group) if formation else None
    first = [member_party(group.reporter)] if group is not None and group.reporter is not None else []
    parties = [*first, *group_members(programme, workshop, plan)]
    found = (party for party in parties if user_id(workshop, plan, party) is not None)
    return next(found, member_party(workshop.organiser.number))


def user_id(workshop: Workshop, plan: ActionPlan, party: Party) -> int | None:
    """Somebody's Telegram account, where it is known; nobody's who left the workshop."""
    number = member_of(party)
    if number is not None:
        member = workshop.members.get(number)
        return member.user_id if member and member.status is Membership.ACTIVE else None
    contact = plan.contact(party)
    return contact.user_id if contact else None


def has_left(workshop: Workshop, party: Party) -> bool:
    """Whether somebody was in the workshop and isn't any more."""
    number = member_of(party)
    member = workshop.members.get(number) if number is not None else None
    return member is not None and member.status is not Membership.ACTIVE


def name(workshop: Workshop, plan: ActionPlan, party: Party) -> str:
    """What somebody is called; empty for nobody."""
    number = member_of(party)
    if number is not None:
        member = workshop.members.get(number)
        return member.name if member else ""
    contact = plan.contact(party)
    return contact.name if contact else ""


def is_here(workshop: Workshop, plan: ActionPlan, party: Party, action: int) -> bool:
    """Whether somebody can be asked about an action themselves: has a phone, and takes part in it."""
    contact = plan.contact(party)
    return user_id(workshop, plan, party) is not None and (contact is None or action in contact.agreed)


def asked_instead(programme: Programme, workshop: Workshop, plan: ActionPlan, party: Party, action: int) -> Party:
    """Who is asked about an action in somebody's name: they themselves, or the reporter until they are here."""
    return party if is_here(workshop, plan, party, action) else reporter(programme, workshop, plan)
