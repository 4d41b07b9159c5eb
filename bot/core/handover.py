"""People who are named in a plan and aren't in its workshop: a link is passed on to them, and they agree or don't."""

from __future__ import annotations

from dataclasses import replace

from bot.core.errors import Refusal
from bot.core.plan import ActionPlan, Contact, Party, contact_party
from bot.core.planning import checked
from bot.core.words import same

MOST_CONTACTS = 100  # in one plan


def add_contact(plan: ActionPlan, name: str, *, token: str, named_by: Party) -> tuple[ActionPlan, Party]:
    """Have a contact of this name: the one that there is already, or a new one with the secret `token`."""
    words = checked(name, "name")
    known = next((each for each in plan.contacts.values() if same(each.name, words)), None)
    if known is not None:
        return plan, contact_party(known.number)
    if len(plan.contacts) >= MOST_CONTACTS:
        raise Refusal("plan.too_many_contacts", most=MOST_CONTACTS)
    contact = Contact(number=plan.next_contact, name=words, token=token, named_by=named_by)
    contacts = {**plan.contacts, contact.number: contact}
    return replace(plan, contacts=contacts, next_contact=contact.number + 1), contact_party(contact.number)
