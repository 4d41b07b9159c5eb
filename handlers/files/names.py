"""What people are called in files."""

from __future__ import annotations

from bot.core.plan import Party, contact_party, member_party
from bot.core.plan_import import told_apart
from handlers.plan.desk import PlanDesk


def names(desk: PlanDesk) -> dict[Party, str]:
    """Everyone who may be named in a plan, by names that are each one person's."""
    plan = desk.plan
    known = {member_party(number): member.name for number, member in desk.workshop.members.items()}
    called = told_apart(known | {contact_party(each.number): each.name for each in plan.outside()})
    became = {contact_party(each.number): plan.who(each.became) for each in plan.contacts.values() if each.became}
    return called | {party: called[who] for party, who in became.items()}
