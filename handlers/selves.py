"""What people settle for themselves: their name, leaving, and what becomes of what they write."""

from __future__ import annotations

from bot.core import handover, membership, naming
from bot.core.dialogue import Leaving, Naming, Person
from bot.core.errors import Refusal
from bot.core.message import Phrase, Screen
from bot.core.plan_dialogue import Stopping
from bot.core.workshop import Role
from handlers import groups
from handlers.callbacks import Close, Leave
from handlers.context import Here, Reader, button, command, lines, on_text, screen, tap
from handlers.current import put_away
from handlers.days import dates
from handlers.plan import taking_over
from handlers.plan.people_screens import stop_buttons

# The name --------------------------------------------------------------------------------------------------------


@command("name")
async def name_(here: Here, rest: str) -> None:
    outside = await _is_outside(here)
    workshop_id = 0 if outside else (await here.current_workshop())[0].id
    if rest:
        await _renamed(here, workshop_id, rest)
    else:
        here.ask(Naming(workshop_id=workshop_id))


async def _is_outside(here: Here) -> bool:
    """Whether somebody is in no workshop, and takes part in a plan of one."""
    return not await here.turn.workshops_of(here.user_id) and bool(await here.turn.plans_of_contact(here.user_id))


@screen(Naming)
async def naming_screen(reader: Reader, person: Person, dialogue: Naming) -> Screen | None:
    if not dialogue.workshop_id:
        return Screen("handover.name_ask", rows=((button("label.cancel", Close()),),))
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if member is None:
        return None
    return Screen("name.ask", {"name": member.name}, ((button("label.cancel", Close()),),))


@on_text(Naming)
async def naming_text(here: Here, dialogue: Naming, text: str) -> None:
    await _renamed(here, dialogue.workshop_id, text)


async def _renamed(here: Here, workshop_id: int, text: str) -> None:
    if not workshop_id:
        await _renamed_outside(here, text)
        return
    workshop, member = await here.member(workshop_id)
    name = naming.checked_name(text)
    here.turn.put(membership.rename(workshop, member.number, name))
    await here.done("name.done", name=name, title=workshop.title)


async def _renamed_outside(here: Here, text: str) -> None:
    name = naming.checked_name(text)
    plans = await here.turn.plans_of_contact(here.user_id)
    if not plans:
        raise Refusal("tap.old")
    for plan in plans:
        contact = handover.of_user(plan, here.user_id)
        if contact is not None:
            here.turn.put(handover.rename(plan, contact.number, name))
    await here.done("handover.name_done", name=name)


# Leaving ---------------------------------------------------------------------------------------------------------


@command("leave")
async def leave_(here: Here, rest: str) -> None:
    plans = tuple(plan.id for plan in await here.turn.plans_of_contact(here.user_id))
    if await _is_outside(here):
        here.ask(Stopping(plans=plans))
        return
    workshop, member = await here.current_workshop()
    if member.role is not Role.ORGANISER:
        here.ask(Leaving(workshop_id=workshop.id, plans=plans))
    elif plans:
        here.ask(Stopping(plans=plans))
    else:
        raise Refusal("leave.organiser", title=workshop.title)


@screen(Leaving)
async def leaving_screen(reader: Reader, person: Person, dialogue: Leaving) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None:
        return None
    stops = await stop_buttons(reader, person, dialogue.plans)
    rows = (
        (button("leave.yes", Leave(workshop.id), style="danger"),),
        *((stop,) for stop in stops),
        (button("leave.no", Close()),),
    )
    return Screen("leave.ask", {"title": workshop.title}, rows)


@tap(Leave)
async def leave_tap(here: Here, action: Leave) -> None:
    workshop, member = await here.member(action.workshop)
    dialogue = here.person.dialogue
    if not isinstance(dialogue, Leaving) or dialogue.workshop_id != workshop.id:
        raise Refusal("tap.old")
    workshop = membership.leave(workshop, member.number)
    here.turn.put(workshop)
    workshop = await groups.unseat(here.turn, workshop, member.number)
    await taking_over.left(here.turn, workshop, member)
    left = Phrase("leave.done", {"title": workshop.title, "number": member.number})
    other = await put_away(here.turn, workshop, here.user_id)
    person = await here.turn.person(here.user_id)
    await here.done("lines", **lines(left, Phrase("leave.now", {"title": other.title}) if other else None))
    if person is not None and person.dialogue is not None:
        here.ask(person.dialogue)  # which of several others it is to be


# Privacy ---------------------------------------------------------------------------------------------------------


@command("privacy")
async def privacy(here: Here, rest: str) -> None:
    workshop = await here.turn.workshop(here.person.workshop_id)
    found = await _in_plans(here)
    if workshop is not None and workshop.active_user(here.user_id) is not None:
        until = dates.without_weekday(workshop.kept_until, here.person.language)
        about = {"title": workshop.title, "name": workshop.organiser.name, "until": until}
        found.insert(0, Phrase("privacy.member", about))
    if not found:
        await here.say("privacy.stranger")
        return
    await here.say("lines", **lines(*[line for each in found for line in (each, "")][:-1]))


async def _in_plans(here: Here) -> list[Phrase]:
    """What becomes of what plans know about somebody from outside."""
    found: list[Phrase] = []
    for plan in await here.turn.plans_of_contact(here.user_id):
        workshop = await here.turn.workshop(plan.workshop_id)
        contact = handover.of_user(plan, here.user_id)
        if workshop is not None and contact is not None:
            until = dates.without_weekday(workshop.kept_until, here.person.language)
            about = {"title": workshop.title, "group": plan.group, "name": contact.name, "until": until}
            found.append(Phrase("privacy.contact", {**about, "organiser": workshop.organiser.name}))
    return found
