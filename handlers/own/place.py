"""Where somebody is, as far as that is known: their workshop, and the hours in which they are written to."""

from __future__ import annotations

from bot.core.dialogue import Person
from bot.core.hours import Hours
from bot.core.workshop import Workshop
from bot.planner import hours_of
from bot.workweek import hours_in
from handlers.context import Here, Reader


async def own_workshop(here: Here) -> Workshop | None:
    """The workshop that somebody works in, else one that they are in, else one in whose plans they take part."""
    mine = await here.turn.workshops_of(here.user_id)
    current = next((each for each in mine if each.id == here.person.workshop_id), None)
    if current is not None or mine:
        return current or mine[0]
    plans = await here.turn.plans_of_contact(here.user_id)
    return await here.turn.workshop(plans[0].workshop_id) if plans else None


async def own_hours(reader: Reader, person: Person, workshop_id: int) -> Hours:
    """When somebody may be written to; Monday to Friday in UTC where nothing is known of them."""
    workshop = await reader.workshop(workshop_id)
    if workshop is None:
        return hours_in(person.country, person.zone or "UTC")
    return hours_of(reader, workshop, person)
