"""The link that is passed on to somebody who is named in a plan: a message ready to forward, once more, or anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.core import handover
from bot.core.errors import Refusal
from bot.core.message import Choice, Phrase, Rows
from bot.core.plan import Action, Communication, Contact, Field, Party, contact_party
from bot.core.plan_check import means_everyone
from bot.core.planning import of_party
from bot.core.words import shortened
from bot.runner import Runner
from content.plan_words import plan_words
from handlers.context import Here, button, tap
from handlers.inviting import link
from handlers.plan.desk import PlanDesk, plan_desk_of
from handlers.plan.people_taps import ContactLink, RenewLink

MOST_SHOWN = 6  # actions in one message
MOST_AUDIENCES = 3  # that somebody tells in one action
MOST_LINKS = 3  # on one card
LONGEST_NAME = 24  # characters of a name on a button


def invite_link(runner: Runner, contact: Contact) -> str:
    """What opens the question whether a contact takes part."""
    return link(runner, f"h_{contact.token}")


def parts_of(action: Action, party: Party) -> list[Phrase]:
    """What somebody does in an action, as told to them."""
    fields = [
        field
        for field, named in (
            (Field.RESPONSIBLE, party in action.responsible),
            (Field.OWNER, party == action.owner),
            (Field.SUPPORTERS, party in action.supporters),
        )
        if named
    ]
    told: list[Communication] = [each for each in action.communications if each.sender == party]
    more = len(told) - MOST_AUDIENCES
    return [
        *(Phrase(f"handover.part.{field.value}") for field in fields),
        *(Phrase("handover.part.sender", {"audience": each.audience}) for each in told[:MOST_AUDIENCES]),
        *([Phrase("more", {"count": more})] if more > 0 else []),
    ]


def action_line(action: Action, party: Party) -> Phrase:
    return Phrase("handover.action", {"title": action.title, "parts": parts_of(action, party)})


def listed(found: list[Phrase]) -> Phrase:
    """As many lines as are read at a glance."""
    more = len(found) - MOST_SHOWN
    rest = [Phrase("handover.more_actions", {"count": more})] if more > 0 else []
    return Phrase("lines", {"lines": [*found[:MOST_SHOWN], *rest]})


def is_somebody(contact: Contact) -> bool:
    """Whether a link can be passed on to them: nobody can to "everyone"."""
    return not means_everyone(contact.name, plan_words())


def link_rows(desk: PlanDesk, action: Action) -> Rows:
    """The links of those who haven't opened theirs yet, to pass on once more."""
    found = (desk.plan.contact(party) for party in sorted(action.parties()))
    away = [each for each in found if each is not None and each.user_id is None and is_somebody(each)][:MOST_LINKS]
    return tuple(
        (
            button(
                "label.handover.link", ContactLink(desk.plan.id, each.number), name=shortened(each.name, LONGEST_NAME)
            ),
        )
        for each in away
    )


async def send_link(
    here: Here, desk: PlanDesk, contact: Contact, actions: Iterable[Action], *, again: bool = False
) -> None:
    """Give somebody the message to pass on: in plain words, so that it can be forwarded as it is."""
    to = invite_link(here.turn.runner, contact)
    copy = Choice(Phrase("label.handover.copy"), copy=to)
    renew = button("label.handover.renew", RenewLink(desk.plan.id, contact.number))
    rows: Rows = ((copy, renew),) if again else ((copy,),)
    about: dict[str, Any] = {"name": contact.name, "title": desk.workshop.title, "link": to}
    lines = [action_line(action, contact_party(contact.number)) for action in actions]
    await here.say("handover.link", rows, actions=listed(lines), **about)


async def _passes_on(here: Here, plan_id: int, number: int) -> tuple[PlanDesk, Contact]:
    """A plan and one of the contacts whom it names. Refuses whoever may change none of the actions that do."""
    desk = await plan_desk_of(here, plan_id)
    named = of_party(desk.plan, contact_party(number))
    if not desk.actor.plans and not any(desk.actor.changes(desk.plan, action) for action in named):
        raise Refusal("plan.not_yours")
    if not named:
        raise Refusal("handover.gone")
    return desk, handover.standing(desk.plan, number)


@tap(ContactLink)
async def contact_link(here: Here, action: ContactLink) -> None:
    desk, contact = await _passes_on(here, action.plan, action.contact)
    if contact.user_id is None:
        named = of_party(desk.plan, contact_party(contact.number))
        here.turn.put(handover.note_asked(desk.plan, contact.number, [each.number for each in named]))
        await send_link(here, desk, contact, named, again=True)
        return
    person = await here.turn.person(contact.user_id)
    renew = button("label.handover.renew", RenewLink(desk.plan.id, contact.number))
    await here.say("handover.link_taken", ((renew,),), name=contact.name, person=person.name if person else "")


@tap(RenewLink)
async def renew_link(here: Here, action: RenewLink) -> None:
    desk, contact = await _passes_on(here, action.plan, action.contact)
    if not desk.actor.plans:
        raise Refusal("plan.not_yours")
    before = contact.user_id
    named = of_party(desk.plan, contact_party(contact.number))
    plan = handover.renew(desk.plan, contact.number, here.turn.runner.token())
    plan = handover.note_asked(plan, contact.number, [each.number for each in named])
    here.turn.put(plan)
    await send_link(here, replace(desk, plan=plan), plan.contacts[contact.number], named)
    if before is not None and before != here.user_id and contact.agreed:
        await here.turn.say(before, "handover.renewed_you", title=desk.workshop.title, name=desk.name(desk.actor.party))
