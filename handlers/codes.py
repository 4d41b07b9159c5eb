"""How people come to a workshop: its link, its code, a code that somebody typed without being asked."""

from __future__ import annotations

import re

from bot.core import attempts, claim
from bot.core.dialogue import AskCode, Person
from bot.core.errors import Refusal
from bot.core.message import Screen
from bot.core.workshop import CODE_ALPHABET, CODE_LENGTH, Workshop
from handlers import claiming, common
from handlers.callbacks import Close
from handlers.context import Here, Reader, button, command, on_text, screen
from handlers.current import ask_which
from handlers.days import dates
from handlers.joining import at_door, lead
from handlers.plan import people as plan_people

_LINK = re.compile(r"[?&]start=([A-Za-z0-9_-]{1,64})\b")


@command("start")
async def start(here: Here, rest: str) -> None:
    if rest:
        await _came_with(here, rest.split(maxsplit=1)[0])
    elif here.person.workshop_id is not None:
        await common.help_(here, "")
    elif await ask_which(here, "help", ""):
        return  # in several, and none chosen
    elif here.turn.is_organiser(here.user_id):
        await here.say("start.organiser")
    elif (await common.role(here))[0] == "contact":
        await common.help_(here, "")
    else:
        await here.say("start.unclaimed" if here.turn.unclaimed else "start.stranger")


@command("join")
async def join(here: Here, rest: str) -> None:
    if found := _LINK.search(rest):
        await _came_with(here, found[1])
    elif rest:
        await _typed_code(here, rest)
    else:
        here.ask(AskCode())


@screen(AskCode)
async def ask_code_screen(reader: Reader, person: Person, dialogue: AskCode) -> Screen:
    return Screen("join.ask_code", rows=((button("label.cancel", Close()),),))


@on_text(AskCode)
async def code_text(here: Here, dialogue: AskCode, text: str) -> None:
    await join(here, text)


def _plain(text: str) -> str:
    return re.sub(r"[\s-]", "", text).upper()


def _is_code(text: str) -> bool:
    return len(_plain(text)) == CODE_LENGTH and set(_plain(text)) <= set(CODE_ALPHABET)


async def wrote(here: Here, text: str) -> bool:
    """Words that belong to nothing on show: a link or a code that somebody typed or passed on. False when they are
    neither."""
    if found := _LINK.search(text):
        await _came_with(here, found[1])
    elif here.turn.unclaimed and claim.looks_like(text):
        await claiming.claimed(here, text)
    elif not _is_code(text):
        return False
    elif here.person.workshop_id is None:
        await _typed_code(here, text)
    else:
        return await _tried_code(here, text)  # in a workshop it may be a word of six letters, too
    return True


async def _came_with(here: Here, token: str) -> None:
    """Somebody opened a link. Its sixteen characters can't be guessed, so that wrong ones needn't be counted."""
    if _is_code(token):
        await _typed_code(here, token)
    elif await plan_people.came_with(here, token):
        return
    elif (workshop := await here.turn.find_workshop("link_token", token)) is not None and _leads_in(here, workshop):
        await at_door(here, workshop)
    elif (workshop := await here.turn.find_workshop("facilitator_token", token)) is not None:
        await lead(here, workshop)
    else:
        await _nowhere(here)


async def _typed_code(here: Here, text: str) -> None:
    wait = attempts.minutes_to_wait(here.person.wrong_codes, here.turn.now)
    if not _is_code(text):
        raise Refusal("join.malformed")
    if wait:
        await here.say("join.wait", count=wait)
    elif not await _tried_code(here, text):
        await _nowhere(here)


async def _tried_code(here: Here, text: str) -> bool:
    """Open the door that a code leads to. Wrong, closed and long past codes are counted, and all answered alike."""
    if attempts.minutes_to_wait(here.person.wrong_codes, here.turn.now):
        return False
    workshop = await here.turn.find_workshop("code", _plain(text))
    if workshop is not None and workshop.closed_at is None and _leads_in(here, workshop):
        await at_door(here, workshop)
        return True
    here.change(wrong_codes=attempts.noted(here.person.wrong_codes, here.turn.now))
    return False


def _leads_in(here: Here, workshop: Workshop) -> bool:
    """Whether the workshop's links and code aren't long past, or are its member's own."""
    today = dates.today_in(here.turn.now, workshop.zone)
    return today <= workshop.kept_until or workshop.active_user(here.user_id) is not None


async def _nowhere(here: Here) -> None:
    """The answer to whatever leads nowhere, whether it never did or no longer does."""
    standing, title = await common.role(here)
    if standing in ("stranger", "contact"):
        await here.say("join.wrong")
    else:
        await here.say("join.wrong_but_in", title=title)
