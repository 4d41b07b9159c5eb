"""Who may see and change an action plan, and in whose name."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.exercise import Programme
from bot.core.plan import Action, ActionPlan, Party, contact_party, member_party
from bot.core.workshop import Member, Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanActor:
    """Somebody before a plan. `party` is how the plan names them; `leads` a facilitator, `group` one of the group whose
    plan it is, `member` anyone in the workshop; a contact is none of the three."""

    party: Party
    leads: bool = False
    group: bool = False
    member: bool = False

    @property
    def plans(self) -> bool:
        """Whether they may add to the plan and change every action in it."""
        return self.leads or self.group

    def sees(self, plan: ActionPlan, action: Action) -> bool:
        """The group and facilitators see all of it; the room what is agreed; everyone else what they have a part in."""
        if self.plans or (self.member and plan.agreed_at is not None):
            return True
        return self.takes_part(plan, action)

    def hears(self, plan: ActionPlan, action: Action) -> bool:
        """Who reads what was reported on an action: the group, facilitators, and whoever takes part in it. The room,
        which sees an agreed plan, doesn't: that is promised to those who are asked."""
        return self.plans or self.takes_part(plan, action)

    def changes(self, plan: ActionPlan, action: Action) -> bool:
        """The group, facilitators, and whoever answers for the action."""
        return self.plans or (action.owner == self.party and self.takes_part(plan, action))

    def takes_part(self, plan: ActionPlan, action: Action) -> bool:
        """Whether they are named in the action; a contact has to have agreed to that."""
        if self.party not in action.parties():
            return False
        contact = plan.contact(self.party)
        return contact is None or action.number in contact.agreed


def group_of(programme: Programme, workshop: Workshop, member: Member) -> int:
    """The group whose plan is a member's own; 0 where there is none."""
    formation = workshop.formations.get(programme.plan.grouping) if programme.plan else None
    seat = formation.seats.get(member.number) if formation else None
    return seat.group if seat else 0


def actor_in(programme: Programme, workshop: Workshop, plan: ActionPlan, user_id: int) -> PlanActor | None:
    """What somebody is to a plan; None for a stranger."""
    member = workshop.active_user(user_id)
    if member is not None and plan.workshop_id == workshop.id:
        return PlanActor(
            party=member_party(member.number),
            leads=member.leads,
            group=bool(plan.group) and group_of(programme, workshop, member) == plan.group,
            member=True,
        )
    contact = next((each for each in plan.contacts.values() if each.user_id == user_id), None)
    return PlanActor(party=contact_party(contact.number)) if contact is not None else None
