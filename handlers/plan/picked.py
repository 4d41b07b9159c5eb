"""Somebody chosen from the phone's contacts, for a question of the plan that asks for people."""

from __future__ import annotations

from bot.core import handover
from bot.core.errors import Refusal
from bot.core.plan import member_party
from bot.core.plan_dialogue import PlanAsk
from bot.core.planning import LONGEST_NAME
from bot.core.words import shortened
from handlers.context import Here, Picked, on_picked
from handlers.plan import row as plan_row
from handlers.plan.contact_picker import request_of
from handlers.plan.desk import changeable
from handlers.plan.options import asks_for_people


@on_picked(PlanAsk)
async def picked(here: Here, asked: PlanAsk, chosen: Picked) -> None:
    if not asks_for_people(asked) or chosen.request != request_of(asked):
        raise Refusal("picker.not_asked")
    desk, _ = await changeable(here, asked.plan_id, asked.action)
    member = desk.workshop.active_user(chosen.user_id)
    if member is not None:
        await here.say("picker.noted", name=member.name)
        await plan_row.party_given(here, asked, member.name, member_party(member.number))
        return
    person = await here.turn.person(chosen.user_id)
    known = person is not None and not person.unreachable
    plan, party = handover.add_contact(
        desk.plan,
        shortened(chosen.name, LONGEST_NAME),
        token=here.turn.runner.token(),
        named_by=desk.actor.party,
        user_id=chosen.user_id if known else None,
    )
    here.turn.put(plan)
    contact = plan.contact(party)
    if contact is not None and contact.user_id is not None and asked.action not in contact.agreed:
        if desk.user_id(desk.reporter) == here.user_id:
            await here.say("picker.asked_you", name=contact.name)
        else:
            await here.say("picker.asked", name=contact.name, reporter=desk.name(desk.reporter))
    else:
        await here.say("picker.noted", name=contact.name if contact else chosen.name)
    await plan_row.party_given(here, asked, chosen.name, party)
