"""What becomes of those whom somebody named in a plan is told to whoever named them, once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.core import handover
from bot.core.message import Phrase, Priority
from bot.core.plan import ActionPlan, Contact, Party, contact_party, member_of, member_party
from bot.core.words import same
from bot.core.workshop import Member, Membership
from handlers.context import Here, button
from handlers.plan.desk import PlanDesk
from handlers.plan.list_taps import ShowAction
from handlers.plan.people_taps import ContactLink

MOST_BUTTONS = 3
MOST_TITLES = 6  # in one sentence: with more of them it wouldn't fit into a message


def titles(plan: ActionPlan, actions: Iterable[int]) -> list[Phrase]:
    found = [Phrase("handover.quoted", {"title": each.title}) for each in plan.actions() if each.number in actions]
    more = len(found) - MOST_TITLES
    return [*found[:MOST_TITLES], Phrase("more", {"count": more})] if more > 0 else found


def _accounts(here: Here, desk: PlanDesk, contact: Contact, actions: Iterable[int]) -> dict[int, list[int]]:
    """The accounts of those who are to know, with the actions that each is told of: who named the contact, or where
    they are gone, who is asked instead."""
    found: dict[int, list[int]] = {}
    for action in sorted(actions):
        by = handover.namer(desk.plan, action, contact_party(contact.number))
        wanted = (by, contact.named_by, desk.reporter, member_party(desk.workshop.organiser.number))
        user_id = next((account for party in wanted if (account := _account(desk, party)) is not None), None)
        if user_id is not None and user_id != here.user_id:
            found.setdefault(user_id, []).append(action)
    return found


def _account(desk: PlanDesk, party: Party) -> int | None:
    number = member_of(desk.plan.who(party))
    member = desk.workshop.members.get(number) if number is not None else None
    if number is not None:
        return member.user_id if member and member.status is Membership.ACTIVE else None
    return desk.user_id(desk.plan.who(party))


async def tell_yes(here: Here, desk: PlanDesk, contact: Contact, actions: Iterable[int]) -> None:
    wrong = button("label.handover.wrong", ContactLink(desk.plan.id, contact.number))
    for user_id, part in _accounts(here, desk, contact, actions).items():
        about: dict[str, Any] = {"name": contact.name, "actions": titles(desk.plan, part)}
        if same(contact.name, here.person.name):
            await here.turn.say(user_id, "handover.told_yes", priority=Priority.LIVE, **about)
        else:
            about["person"] = here.person.name
            await here.turn.say(user_id, "handover.told_yes_as", ((wrong,),), priority=Priority.LIVE, **about)


async def tell_no(here: Here, desk: PlanDesk, contact: Contact, actions: Iterable[int]) -> None:
    for user_id, part in _accounts(here, desk, contact, actions).items():
        about: dict[str, Any] = {
            "name": contact.name,
            "actions": titles(desk.plan, part),
            "reporter": desk.name(desk.reporter),
        }
        key = "handover.told_no_you" if desk.user_id(desk.reporter) == user_id else "handover.told_no"
        rows = tuple(
            (button("label.handover.open", ShowAction(desk.plan.id, number, 0, "card"), number=number),)
            for number in part[:MOST_BUTTONS]
        )
        await here.turn.say(user_id, key, rows, priority=Priority.LIVE, **about)


async def tell_member(here: Here, desk: PlanDesk, contact: Contact, member: Member) -> None:
    for user_id in _accounts(here, desk, contact, handover.named_in(desk.plan, contact.number)):
        about: dict[str, Any] = {"name": contact.name, "member": member.name}
        await here.turn.say(user_id, "handover.told_member", priority=Priority.LIVE, **about)
