"""What members settle for themselves: their name, leaving, and what becomes of what they write."""

from __future__ import annotations

from bot.core import membership, naming
from bot.core.dialogue import Leaving, Naming, Person
from bot.core.errors import Refusal
from bot.core.message import Phrase, Screen
from bot.core.workshop import Role
from handlers import dates, groups
from handlers.callbacks import Close, Leave
from handlers.context import Here, Reader, button, command, lines, on_text, screen, tap
from handlers.current import put_away

# The name --------------------------------------------------------------------------------------------------------


@command("name")
async def name_(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    if rest:
        await _renamed(here, workshop.id, rest)
    else:
        here.ask(Naming(workshop_id=workshop.id))


@screen(Naming)
async def naming_screen(reader: Reader, person: Person, dialogue: Naming) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if member is None:
        return None
    return Screen("name.ask", {"name": member.name}, ((button("label.cancel", Close()),),))


@on_text(Naming)
async def naming_text(here: Here, dialogue: Naming, text: str) -> None:
    await _renamed(here, dialogue.workshop_id, text)


async def _renamed(here: Here, workshop_id: int, text: str) -> None:
    workshop, member = await here.member(workshop_id)
    name = naming.checked_name(text)
    here.turn.put(membership.rename(workshop, member.number, name))
    await here.done("name.done", name=name, title=workshop.title)


# Leaving ---------------------------------------------------------------------------------------------------------


@command("leave")
async def leave_(here: Here, rest: str) -> None:
    workshop, member = await here.current_workshop()
    if member.role is Role.ORGANISER:
        raise Refusal("leave.organiser", title=workshop.title)
    here.ask(Leaving(workshop_id=workshop.id))


@screen(Leaving)
async def leaving_screen(reader: Reader, person: Person, dialogue: Leaving) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None:
        return None
    rows = (
        (button("leave.yes", Leave(workshop.id), style="danger"),),
        (button("leave.no", Close()),),
    )
    return Screen("leave.ask", {"title": workshop.title}, rows)


@tap(Leave)
async def leave_tap(here: Here, action: Leave) -> None:
    workshop, member = await here.member(action.workshop)
    if here.person.dialogue != Leaving(workshop_id=workshop.id):
        raise Refusal("tap.old")
    workshop = membership.leave(workshop, member.number)
    here.turn.put(workshop)
    await groups.unseat(here.turn, workshop, member.number)
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
    if workshop is None or workshop.active_user(here.user_id) is None:
        await here.say("privacy.stranger")
        return
    until = dates.without_weekday(workshop.kept_until, here.person.language)
    await here.say("privacy.member", title=workshop.title, name=workshop.organiser.name, until=until)
