"""Somebody else takes over: whoever left is missed once, and a new owner hears of it and may say no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Literal, TypeAlias

from bot.core import handover, plan_people
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Phrase, Priority, Screen
from bot.core.plan import Action, ActionPlan, Field, Party, member_party
from bot.core.plan_access import actor_in
from bot.core.words import shortened
from bot.core.workshop import Member, Membership, Workshop
from bot.turn import Turn
from handlers.context import Here, button, tap
from handlers.days import dates
from handlers.plan.asides import ask_who
from handlers.plan.desk import PlanDesk, changeable, visible
from handlers.plan.list_taps import ShowAction, ShowPlan
from handlers.plan.people_taps import CantOwn, TakeOver

MOST_BUTTONS = 5
BUTTON_SHOWN = 22
TITLE_SHOWN = 120

# Somebody left ---------------------------------------------------------------------------------------------------


async def left(turn: Turn, workshop: Workshop, member: Member) -> None:
    """Tell whoever reports for a plan what somebody who isn't in the workshop any more leaves behind there."""
    party, programme = member_party(member.number), turn.programme(workshop)
    for plan in await turn.plans_of(workshop.id):
        actions = handover.left_behind(plan, party)
        reporter = plan_people.reporter(programme, workshop, plan)
        user_id = plan_people.user_id(workshop, plan, reporter)
        if actions and user_id is not None:
            about: dict[str, Any] = {"name": member.name, "group": plan.group, "parts": _parts(actions, party)}
            rows = tuple((_choice(plan, action, party),) for action in actions[:MOST_BUTTONS])
            if len(actions) > MOST_BUTTONS:
                rows = (*rows, (button("label.taking.all", ShowPlan(workshop.id, plan.id, 0, "person", party)),))
            key = "taking.left" if workshop.members[member.number].status is Membership.LEFT else "taking.removed"
            await turn.say(user_id, key, rows, priority=Priority.LIVE, unasked=True, **about)


def _parts(actions: Iterable[Action], party: Party) -> list[Phrase]:
    """How much there is to take over: answers for 2 actions, does 1, tells 3 audiences."""
    counted = Counter(field for action in actions for field, _ in handover.parts(action, party))
    order = (Field.OWNER, Field.RESPONSIBLE, Field.COMMUNICATIONS)
    return [Phrase(f"taking.{field.value}", {"count": counted[field]}) for field in order if counted[field]]


def _choice(plan: ActionPlan, action: Action, party: Party) -> Choice:
    about: dict[str, Any] = {"number": action.number, "title": shortened(action.title, BUTTON_SHOWN)}
    return button("label.titled", TakeOver(plan.id, action.number, party), **about)


@tap(TakeOver)
async def take_over(here: Here, action: TakeOver) -> None:
    """Ask who does instead what somebody does in an action: one thing after another, each time it is tapped."""
    desk, found = await changeable(here, action.plan, action.action)
    left_to_do = handover.parts(found, action.party)
    if not left_to_do:
        raise Refusal("taking.over", name=desk.name(action.party), title=found.title)
    field, item = left_to_do[0]
    await ask_who(here, desk.plan.id, found.number, field, item)


# A new owner -----------------------------------------------------------------------------------------------------


How: TypeAlias = Literal["named", "undone", "merged", "added"]
"""What made somebody an owner: they were named, a change was undone, two actions became one, or a file was read in."""


async def owners_named(turn: Turn, before: PlanDesk, after: PlanDesk, how: How = "named") -> None:
    """Tell those who answer for an action since a change, each once. A group that is still planning together, at the
    workshop, knows by itself; and who isn't here yet is asked first."""
    at_workshop = dates.today_in(turn.now, after.workshop.zone) <= after.last_day
    found: dict[Party, list[Action]] = {}
    for action in after.plan.actions():
        was, owner = before.plan.action(action.number), action.owner
        if was is action or not owner or (was is not None and was.owner == owner) or owner == after.actor.party:
            continue
        planning = at_workshop and after.plan.agreed_at is None and owner in after.members
        if not planning and after.is_here(owner, action.number):
            found.setdefault(owner, []).append(action)
    for owner, actions in found.items():
        user_id = after.user_id(owner)
        person = await turn.person(user_id) if user_id is not None else None
        if person is not None and len(actions) == 1:
            was = before.plan.action(actions[0].number)
            key = f"taking.yours_{how}"
            if how == "named" and was is not None and was.owner == after.actor.party:
                key = "taking.yours_handed"
            await _tell_owner(turn, after, person, actions[0], key)
        elif person is not None:
            await _tell_owner_of_several(turn, after, person, owner, len(actions))


async def _tell_owner(turn: Turn, desk: PlanDesk, person: Person, action: Action, key: str) -> None:
    about: dict[str, Any] = {"name": desk.name(desk.actor.party), "title": shortened(action.title, TITLE_SHOWN)}
    told = Phrase(key, about)
    if action.due_on is not None:
        day = dates.without_weekday(action.due_on, person.language)
        told = Phrase("taking.yours_by", {"told": told, "day": day})
    see = button("label.plan.see", ShowAction(desk.plan.id, action.number, 0, "card"))
    cant = button("label.taking.cant", CantOwn(desk.plan.id, action.number))
    await turn.say(person.user_id, "lines", ((see, cant),), priority=Priority.LIVE, unasked=True, lines=[told])


async def _tell_owner_of_several(turn: Turn, desk: PlanDesk, person: Person, owner: Party, count: int) -> None:
    """A file had them, or two groups' plans; each action's card has the rest."""
    about: dict[str, Any] = {"name": desk.name(desk.actor.party), "group": desk.plan.group, "count": count}
    see = button("label.plan.see", ShowPlan(desk.workshop.id, desk.plan.id, 0, "person", owner))
    await turn.say(person.user_id, "taking.several", ((see,),), priority=Priority.LIVE, unasked=True, **about)


@tap(CantOwn)
async def cant_own(here: Here, action: CantOwn) -> None:
    """Whoever named an owner hears that they can't; they stay the owner until somebody else is."""
    desk, found = await visible(here, action.plan, action.action)
    me = desk.actor.party
    if found.owner != me:
        raise Refusal("plan.not_yours")
    about: dict[str, Any] = {"title": shortened(found.title, TITLE_SHOWN)}
    by = _who_decides(desk, found)
    if by is None:
        raise Refusal("taking.yourself", **about)
    await here.instead(Screen("taking.cant", {**about, "name": desk.name(by)}))
    user_id = desk.user_id(by)
    if user_id is not None:
        choose = button("label.taking.choose", TakeOver(desk.plan.id, found.number, me), style="primary")
        see = button("label.plan.see", ShowAction(desk.plan.id, found.number, 0, "card"))
        about["name"] = desk.name(me)
        rows = ((choose,), (see,))
        await here.turn.say(user_id, "taking.cant_told", rows, priority=Priority.LIVE, unasked=True, **about)


def _who_decides(desk: PlanDesk, action: Action) -> Party | None:
    """Whoever named the owner, where they may still name another one; else who reports for the plan, else who leads."""
    plan, workshop = desk.plan, desk.workshop
    wanted = (handover.owner_by(plan, action.number), desk.reporter, member_party(workshop.organiser.number))
    for party in wanted:
        user_id = desk.user_id(plan.who(party))
        actor = actor_in(desk.programme, workshop, plan, user_id) if user_id is not None else None
        if party != desk.actor.party and actor is not None and actor.changes(plan, action):
            return plan.who(party)
    return None
