"""People who are named in a plan and aren't in the room: a link or a message asks them, and they agree or don't.

`named` is to be called once a change of a plan was put down. Whoever is named and isn't in the workshop is then asked,
by a message where they are known here, else by a link for whoever named them. `offer_picker` shows the phone's
contacts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.core import attempts, handover
from bot.core.dialogue import Leaving
from bot.core.errors import Refusal
from bot.core.message import Priority
from bot.core.plan import Contact, Party, contact_party, member_party
from bot.core.plan_dialogue import HandOver, Stopping
from bot.core.workshop import Member, Workshop
from bot.turn import Turn
from handlers.context import Here, on_text, tap
from handlers.days import dates
from handlers.plan.contact_picker import offer_picker
from handlers.plan.desk import PlanDesk
from handlers.plan.links import is_somebody, send_link
from handlers.plan.people_screens import (
    answers,
    asking,
    asking_member,
    contact_desk,
    handover_screen,
    is_for,
    its_me,
    namers,
)
from handlers.plan.people_taps import HandOverAnswer, StopPart
from handlers.plan.told import tell_member, tell_no, tell_yes, titles
from handlers.typed import by_number

__all__ = ["named", "offer_picker"]

_LINK = re.compile(r"h_([A-Za-z0-9_-]{16})")


# Asking ----------------------------------------------------------------------------------------------------------


async def named(here: Here, before: PlanDesk, after: PlanDesk) -> None:
    """Ask those whom a change has named and who weren't asked yet. `after` is what was put down."""
    plan = after.plan
    parties: set[Party] = set()
    for action in plan.actions():
        old = before.plan.action(action.number)
        if old is not action:
            parties |= action.parties() - (old.parties() if old is not None else frozenset())
    await _keys_away(here, after, parties)
    for contact in plan.outside():
        if contact_party(contact.number) not in parties:
            continue
        if contact.user_id is not None:
            await _ask_directly(here.turn, after, contact)
        elif is_somebody(contact) and (fresh := handover.unasked(plan, contact.number)):
            here.turn.put(handover.note_asked(plan, contact.number, fresh))
            await send_link(here, after, contact, [each for each in plan.actions() if each.number in fresh])
        plan = await here.turn.plan(plan.id) or plan
        after = replace(after, plan=plan)


async def _keys_away(here: Here, desk: PlanDesk, parties: set[Party]) -> None:
    """Take the phone's contacts away where somebody was named otherwise meanwhile."""
    names = [name for party in sorted(parties) if (name := desk.name(party))]
    if names and any(choice.key for choice in here.person.offers):
        await here.say("picker.noted", name=names)


async def _ask_directly(turn: Turn, desk: PlanDesk, contact: Contact) -> None:
    """Ask somebody who has a chat with the bot: one message for each action, once."""
    person = await turn.person(contact.user_id) if contact.user_id is not None else None
    fresh = handover.unasked(desk.plan, contact.number)
    if person is None or not fresh:
        return
    turn.put(handover.note_asked(desk.plan, contact.number, fresh))
    for action in [each for each in desk.plan.actions() if each.number in fresh]:
        text = asking(desk, contact, [action], person.language)
        rows = (answers(contact, action.number),)
        await turn.say(person.user_id, "lines", rows, priority=Priority.LIVE, **text)


# The link --------------------------------------------------------------------------------------------------------


async def came_with(here: Here, payload: str) -> bool:
    """Somebody opened a link; False when it is none of these. Wrong, used and renewed ones are counted, and all
    answered alike."""
    match = _LINK.fullmatch(payload)
    if match is None:
        return False
    wait = attempts.minutes_to_wait(here.person.wrong_codes, here.turn.now)
    if wait:
        await here.say("handover.wait", count=wait)
        return True
    try:
        desk, contact = await _by_token(here, match[1])
    except Refusal as refusal:
        here.change(wrong_codes=attempts.noted(here.person.wrong_codes, here.turn.now))
        await here.say(refusal.key)
        return True
    actions = handover.unanswered(desk.plan, contact.number)
    member = desk.workshop.active_user(here.user_id)
    if not handover.named_in(desk.plan, contact.number):
        await _end(here, "handover.nothing")
    elif member is not None:  # who may only be trying it: what they are being asked stays open
        await here.say(
            "lines", (its_me(contact),), **asking_member(desk, contact, actions, member, here.person.language)
        )
    elif actions:
        here.ask(HandOver(plan_id=desk.plan.id, contact=contact.number, token=contact.token, actions=actions))
    else:
        await _end(here, "handover.in_already", name=contact.name)
    return True


async def _by_token(here: Here, token: str) -> tuple[PlanDesk, Contact]:
    """The contact whose link this is. Refuses a wrong or used one, and one of a workshop that is long past."""
    plan = await here.turn.find_plan(token)
    contact = next((each for each in plan.contacts.values() if each.token == token), None) if plan else None
    desk = await contact_desk(here.turn, plan, contact)
    if desk is None or contact is None or not is_for(contact, token, here.user_id):
        raise Refusal("handover.wrong")
    if dates.today_in(here.turn.now, desk.workshop.zone) > desk.workshop.kept_until:
        raise Refusal("handover.wrong")
    return desk, contact


@on_text(HandOver)
async def handover_text(here: Here, dialogue: HandOver, text: str) -> None:
    if await handover_screen(here.turn, here.person, dialogue) is None:
        await here.done("handover.wrong")  # a newer link has ended it, or somebody else was quicker
    elif not await by_number(here, text):
        raise Refusal("input.choose")


# The answer ------------------------------------------------------------------------------------------------------


@tap(HandOverAnswer)
async def answer(here: Here, action: HandOverAnswer) -> None:
    desk, contact = await _by_token(here, action.token)
    member = desk.workshop.active_user(here.user_id)
    if member is not None:
        await _is_member(here, desk, contact, member, yes=bool(action.yes))
        return
    actions = (action.action,) if action.action else _on_show(here, contact)
    if action.yes:
        await _agree(here, desk, contact, actions)
    else:
        await _decline(here, desk, contact, actions)


def _on_show(here: Here, contact: Contact) -> tuple[int, ...]:
    dialogue = here.person.dialogue
    if not isinstance(dialogue, HandOver) or dialogue.token != contact.token:
        raise Refusal("tap.old")
    return dialogue.actions


async def _end(here: Here, key: str, **params: Any) -> None:
    """Say what came of it: in the place of the question, where there was one."""
    if isinstance(here.person.dialogue, HandOver):
        await here.done(key, **params)
    else:
        await here.say(key, **params)


async def _agree(here: Here, desk: PlanDesk, contact: Contact, actions: Sequence[int]) -> None:
    if contact.user_id == here.user_id and set(actions) <= contact.agreed:
        await here.reply("handover.in_already", name=contact.name)
        return
    plan = handover.agree(desk.plan, contact.number, here.user_id, actions, now=here.turn.now)
    here.turn.put(plan)
    chosen = frozenset(actions) & frozenset(handover.named_in(desk.plan, contact.number))
    await _end(here, "handover.in", actions=titles(desk.plan, chosen))
    await tell_yes(here, desk, contact, chosen)
    me = handover.of_user(plan, here.user_id)
    if me is not None:
        await _ask_directly(here.turn, replace(desk, plan=plan), me)  # about what named them meanwhile


async def _decline(here: Here, desk: PlanDesk, contact: Contact, actions: Sequence[int]) -> None:
    chosen = frozenset(actions) & frozenset(handover.named_in(desk.plan, contact.number))
    fresh = chosen - contact.declined
    here.turn.put(handover.decline(desk.plan, contact.number, chosen))
    if not chosen:
        await _end(here, "handover.nothing")
    elif not fresh and not isinstance(here.person.dialogue, HandOver):
        await here.reply("handover.no_already")
    else:
        names = [desk.name(each) for each in namers(desk, contact, chosen)] or [desk.workshop.organiser.name]
        await _end(here, "handover.not_in", names=names)
    await tell_no(here, desk, contact, fresh)


async def _is_member(here: Here, desk: PlanDesk, contact: Contact, member: Member, *, yes: bool) -> None:
    if not yes:
        await _end(here, "handover.not_member")
        return
    party = member_party(member.number)
    here.turn.put(handover.become(desk.plan, contact.number, party, by=party, now=here.turn.now))
    await _end(here, "handover.is_member", name=member.name)
    await tell_member(here, desk, contact, member)


# Coming and going ------------------------------------------------------------------------------------------------


async def joined(turn: Turn, workshop: Workshop, member: Member) -> None:
    """Somebody who took part from outside is in the workshop now: the plans name them as its member."""
    for plan in await turn.plans_of(workshop.id):
        contact = handover.of_user(plan, member.user_id) if member.user_id is not None else None
        if contact is not None:
            party = member_party(member.number)
            turn.put(handover.become(plan, contact.number, party, by=party, now=turn.now))


@tap(StopPart)
async def stop_part(here: Here, action: StopPart) -> None:
    dialogue = here.person.dialogue
    plan = await here.turn.plan(action.plan)
    contact = handover.of_user(plan, here.user_id) if plan else None
    desk = await contact_desk(here.turn, plan, contact)
    if not isinstance(dialogue, Leaving | Stopping) or action.plan not in dialogue.plans or desk is None or not contact:
        raise Refusal("tap.old")
    left = contact.agreed & frozenset(handover.named_in(desk.plan, contact.number))
    here.turn.put(handover.leave(desk.plan, contact.number))
    await here.done("handover.stopped", title=desk.workshop.title)
    await tell_no(here, desk, contact, left)
