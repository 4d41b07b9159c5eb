"""People who are named in a plan and aren't in its workshop: a link is passed on to them, and they agree or don't.

Nobody takes part unasked. Until a contact has agreed to an action, the group's reporter is asked in their place. A link
belongs to whoever agreed by it: one account is one contact of a plan, and one contact one account.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.core.errors import Refusal
from bot.core.plan import Action, ActionPlan, Contact, Field, Party, Progress, contact_of, contact_party
from bot.core.planning import checked, of_party, replace_party
from bot.core.words import same

MOST_CONTACTS = 100  # in one plan


def _with(plan: ActionPlan, contact: Contact, **changes: Any) -> ActionPlan:
    return replace(plan, contacts={**plan.contacts, contact.number: replace(contact, **changes)})


def standing(plan: ActionPlan, number: int) -> Contact:
    """A contact as they stand. Refuses one that isn't there, or has turned out to be somebody else."""
    contact = plan.contacts.get(number)
    if contact is None or contact.became:
        raise Refusal("handover.gone")
    return contact


# Naming ----------------------------------------------------------------------------------------------------------


def add_contact(
    plan: ActionPlan, name: str, *, token: str, named_by: Party, user_id: int | None = None
) -> tuple[ActionPlan, Party]:
    """Have a contact of this name, or with this account: the one that there is already, or a new one with the secret
    `token`. Two people of one name are two contacts once their accounts are known."""
    words = checked(name, "name")
    by_account = of_user(plan, user_id) if user_id is not None else None
    by_name = (
        each
        for each in plan.contacts.values()
        if same(each.name, words) and (user_id is None or (not each.became and each.user_id is None))
    )
    known = by_account or next(by_name, None)
    if known is not None:
        if user_id is not None and known.user_id is None:
            plan = _with(plan, known, user_id=user_id)
        return plan, plan.who(contact_party(known.number))
    if len(plan.contacts) >= MOST_CONTACTS:
        raise Refusal("plan.too_many_contacts", most=MOST_CONTACTS)
    contact = Contact(number=plan.next_contact, name=words, token=token, named_by=named_by, user_id=user_id)
    contacts = {**plan.contacts, contact.number: contact}
    return replace(plan, contacts=contacts, next_contact=contact.number + 1), contact_party(contact.number)


def rename(plan: ActionPlan, number: int, name: str) -> ActionPlan:
    """Call a contact otherwise. Refuses the name of another one."""
    words = checked(name, "name")
    contact = standing(plan, number)
    if any(same(each.name, words) for each in plan.outside() if each.number != number):
        raise Refusal("handover.name_taken", name=words)
    return _with(plan, contact, name=words)


def of_user(plan: ActionPlan, user_id: int) -> Contact | None:
    """The contact who has this account."""
    return next((each for each in plan.outside() if each.user_id == user_id), None)


def named_in(plan: ActionPlan, number: int) -> tuple[int, ...]:
    """The actions that name a contact."""
    return tuple(each.number for each in of_party(plan, contact_party(number)))


def namer(plan: ActionPlan, action: int, party: Party) -> Party:
    """Who brought somebody into an action, under whichever name; empty where that isn't known any more."""
    by = ""
    for version in reversed(plan.history.get(action, ())):
        if party not in map(plan.who, version.parties()):
            break
        by = version.changed_by
    return by


def owner_by(plan: ActionPlan, action: int) -> Party:
    """Who made whoever answers for an action its owner; empty where that isn't known any more."""
    versions = plan.history.get(action, ())
    by = ""
    for version in reversed(versions):
        if plan.who(version.owner) != versions[-1].owner:
            break
        by = version.changed_by
    return by


def left_behind(plan: ActionPlan, party: Party) -> list[Action]:
    """The open actions in which somebody has something to do: they answer for one, do it, or tell an audience."""
    return [each for each in of_party(plan, party) if each.progress is not Progress.DONE and parts(each, party)]


def parts(action: Action, party: Party) -> list[tuple[Field, int]]:
    """What somebody does in an action that somebody else would have to take over, with the communication's item."""
    found = [(Field.OWNER, 0)] if action.owner == party else []
    found += [(Field.RESPONSIBLE, 0)] if party in action.responsible else []
    return found + [(Field.COMMUNICATIONS, each.id) for each in action.communications if each.sender == party]


# Asking ----------------------------------------------------------------------------------------------------------


def unasked(plan: ActionPlan, number: int) -> tuple[int, ...]:
    """The actions that name a contact who wasn't asked about them yet. The link asks about all at once: as long as it
    is on its way, there is nothing more to do."""
    contact = standing(plan, number)
    known = contact.asked | contact.agreed | contact.declined
    fresh = tuple(each for each in named_in(plan, number) if each not in known)
    if contact.user_id is None and contact.asked & frozenset(named_in(plan, number)) - contact.declined:
        return ()
    return fresh


def note_asked(plan: ActionPlan, number: int, actions: Iterable[int]) -> ActionPlan:
    contact = standing(plan, number)
    return _with(plan, contact, asked=contact.asked | frozenset(actions))


def unanswered(plan: ActionPlan, number: int) -> tuple[int, ...]:
    """The actions that a contact could still agree to."""
    agreed = standing(plan, number).agreed
    return tuple(each for each in named_in(plan, number) if each not in agreed)


def waiting(plan: ActionPlan) -> list[tuple[Contact, tuple[int, ...]]]:
    """The contacts who aren't here yet, each with the actions in which the reporter is asked instead."""
    found = [(each, unanswered(plan, each.number)) for each in plan.outside()]
    return [(contact, actions) for contact, actions in found if actions]


# Answering -------------------------------------------------------------------------------------------------------


def agree(plan: ActionPlan, number: int, user_id: int, actions: Iterable[int], *, now: datetime) -> ActionPlan:
    """Somebody takes part in the actions that they were shown, as far as these still name them. An account that is
    another contact of the plan already stays that one, and both are united."""
    contact = standing(plan, number)
    if contact.user_id not in (None, user_id):
        raise Refusal("handover.wrong")
    chosen = frozenset(actions) & frozenset(named_in(plan, number))
    if not chosen:
        raise Refusal("handover.nothing")
    before = of_user(plan, user_id)
    if before is not None and before.number != number:
        plan = become(plan, number, contact_party(before.number), by=contact_party(before.number), now=now)
        contact = plan.contacts[before.number]
    return _with(
        plan,
        contact,
        user_id=user_id,
        asked=contact.asked | chosen,
        agreed=contact.agreed | chosen,
        declined=contact.declined - chosen,
    )


def decline(plan: ActionPlan, number: int, actions: Iterable[int]) -> ActionPlan:
    """Somebody doesn't take part in these actions. Whoever takes part in none is no longer known by their account; the
    link still works, for them or for whoever was meant."""
    contact = standing(plan, number)
    chosen = frozenset(actions) & frozenset(named_in(plan, number))
    agreed = contact.agreed - chosen
    return _with(
        plan,
        contact,
        user_id=contact.user_id if agreed else None,
        asked=contact.asked | chosen,
        agreed=agreed,
        declined=contact.declined | chosen,
    )


def leave(plan: ActionPlan, number: int) -> ActionPlan:
    """Stop taking part in everything."""
    return decline(_with(plan, standing(plan, number), agreed=frozenset()), number, named_in(plan, number))


def renew(plan: ActionPlan, number: int, token: str) -> ActionPlan:
    """Make a new link; the one before it is dead, and whoever took part by it no longer does."""
    contact = standing(plan, number)
    asked = contact.asked - frozenset(named_in(plan, number))
    return _with(plan, contact, token=token, user_id=None, asked=asked, agreed=frozenset(), declined=frozenset())


# Uniting ---------------------------------------------------------------------------------------------------------


def become(plan: ActionPlan, number: int, party: Party, *, by: Party, now: datetime) -> ActionPlan:
    """A contact turns out to be a member of the workshop, or another contact, who takes their place in every action.
    What was before stays as it was called then."""
    contact = standing(plan, number)
    party = plan.who(party)
    if contact_of(party) == number:
        return plan
    plan = replace_party(plan, contact_party(number), party, by=by, now=now)
    return _with(plan, contact, became=party, user_id=None, agreed=frozenset(), declined=frozenset())
