"""How it looks when somebody from outside is asked to take part in a plan, and when they stop."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.core import handover
from bot.core.dialogue import Person
from bot.core.message import Choice, Phrase, Rows, Screen
from bot.core.plan import Action, ActionPlan, Contact, Party, contact_party
from bot.core.plan_access import PlanActor
from bot.core.plan_dialogue import HandOver, Stopping
from bot.core.workshop import Member
from handlers.callbacks import Close, ShowLanguages
from handlers.context import Reader, button, lines, screen
from handlers.days import dates
from handlers.plan.desk import PlanDesk
from handlers.plan.links import listed, parts_of
from handlers.plan.people_taps import HandOverAnswer, StopPart


async def contact_desk(reader: Reader, plan: ActionPlan | None, contact: Contact | None) -> PlanDesk | None:
    """A plan in front of somebody who was named in it and may not have answered yet."""
    workshop = await reader.workshop(plan.workshop_id) if plan else None
    if plan is None or workshop is None or contact is None:
        return None
    actor = PlanActor(party=contact_party(contact.number))
    return PlanDesk(workshop=workshop, programme=reader.programme(workshop), plan=plan, actor=actor)


def is_for(contact: Contact, token: str, user_id: int) -> bool:
    """Whether a link is a contact's, and not taken by another account."""
    return contact.token == token and not contact.became and contact.user_id in (None, user_id)


def namers(desk: PlanDesk, contact: Contact, actions: Iterable[int]) -> list[Party]:
    """Who named a contact in these actions."""
    party = contact_party(contact.number)
    found = (handover.namer(desk.plan, action, party) or contact.named_by for action in actions)
    return [each for each in dict.fromkeys(found) if desk.name(each)]


# Asking ----------------------------------------------------------------------------------------------------------


def _line(action: Action, party: Party, language: str) -> Phrase:
    about: dict[str, Any] = {"title": action.title, "parts": parts_of(action, party)}
    if action.due_on is None:
        return Phrase("handover.action", about)
    return Phrase("handover.action_by", {**about, "day": dates.without_weekday(action.due_on, language)})


def _who_asks(desk: PlanDesk, contact: Contact, actions: list[Action], language: str) -> list[Phrase]:
    party = contact_party(contact.number)
    names = [desk.name(each) for each in namers(desk, contact, [action.number for action in actions])]
    names = names or [desk.workshop.organiser.name]
    about = {"names": names, "group": desk.plan.group, "name": contact.name}
    return [
        Phrase("handover.title", {"title": desk.workshop.title}),
        Phrase("handover.named", about),
        listed([_line(action, party, language) for action in actions]),
    ]


def asking(desk: PlanDesk, contact: Contact, actions: list[Action], language: str) -> dict[str, Any]:
    """Who asks, for what; and, to whoever takes part in nothing yet, what it means and who sees it."""
    until = dates.without_weekday(desk.workshop.kept_until, language)
    explained: list[Any] = [
        "",
        Phrase("handover.means"),
        Phrase("handover.sees", {"name": contact.name}),
        Phrase("welcome.kept", {"until": until}),
    ]
    return lines(*_who_asks(desk, contact, actions, language), *(explained if not contact.agreed else []))


def asking_member(
    desk: PlanDesk, contact: Contact, actions: Iterable[int], member: Member, language: str
) -> dict[str, Any]:
    """The same for somebody in the workshop, whom the link may not be meant for."""
    found = [action for action in desk.plan.actions() if action.number in actions]
    is_it_you = Phrase("handover.is_it_you", {"name": member.name})
    return lines(*_who_asks(desk, contact, found, language), "", is_it_you)


def its_me(contact: Contact) -> tuple[Choice, Choice]:
    return (
        button("label.handover.its_me", HandOverAnswer(contact.token, 0, 1)),
        button("label.handover.no", HandOverAnswer(contact.token, 0, 0)),
    )


def answers(contact: Contact, action: int = 0) -> tuple[Choice, Choice]:
    return (
        button("label.handover.yes", HandOverAnswer(contact.token, action, 1), style="primary"),
        button("label.handover.no", HandOverAnswer(contact.token, action, 0)),
    )


@screen(HandOver)
async def handover_screen(reader: Reader, person: Person, dialogue: HandOver) -> Screen | None:
    plan = await reader.plan(dialogue.plan_id)
    contact = plan.contacts.get(dialogue.contact) if plan else None
    desk = await contact_desk(reader, plan, contact)
    if desk is None or contact is None or not is_for(contact, dialogue.token, person.user_id):
        return None
    named = handover.named_in(desk.plan, contact.number)
    actions = [action for action in desk.plan.actions() if action.number in named and action.number in dialogue.actions]
    if not actions:
        return Screen("handover.nothing", rows=((button("label.close", Close()),),))
    yes, no = answers(contact)
    rows = ((yes,), (no, button("label.language", ShowLanguages())))
    closing = Phrase("handover.closing", {"title": desk.workshop.title, "group": desk.plan.group})
    return Screen("lines", asking(desk, contact, actions, person.language), rows, closing=closing)


# Stopping --------------------------------------------------------------------------------------------------------


async def stop_buttons(reader: Reader, person: Person, plans: Iterable[int]) -> list[Choice]:
    """One for each plan that somebody takes part in from outside."""
    found: list[Choice] = []
    for plan in [await reader.plan(id) for id in plans]:
        workshop = await reader.workshop(plan.workshop_id) if plan else None
        if plan is not None and workshop is not None and handover.of_user(plan, person.user_id) is not None:
            found.append(button("label.handover.stop_in", StopPart(plan.id), title=workshop.title))
    return found


@screen(Stopping)
async def stopping_screen(reader: Reader, person: Person, dialogue: Stopping) -> Screen | None:
    stops = await stop_buttons(reader, person, dialogue.plans)
    stay = (button("leave.no", Close()),)
    rows: Rows
    if len(stops) > 1:
        rows = (*((stop,) for stop in stops), stay)
        return Screen("handover.stop_which", rows=rows)
    plan = await reader.plan(dialogue.plans[0]) if len(dialogue.plans) == 1 else None
    workshop = await reader.workshop(plan.workshop_id) if plan else None
    if plan is None or workshop is None or not stops:
        return None
    rows = ((button("label.handover.stop", StopPart(plan.id), style="danger"),), stay)
    return Screen("handover.stop", {"title": workshop.title}, rows)
