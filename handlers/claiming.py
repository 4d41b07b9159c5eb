"""The first organiser: whoever has the code that was printed when the bot was started."""

from __future__ import annotations

from bot.core import attempts
from bot.core.dialogue import Claiming, Person
from bot.core.message import Screen
from handlers.callbacks import Close
from handlers.context import Here, Reader, button, command, on_text, screen


@command("claim")
async def claim_(here: Here, rest: str) -> None:
    if here.turn.is_organiser(here.user_id):
        await here.say("claim.yours")
    elif not here.turn.unclaimed:
        await here.say("claim.taken")
    elif rest:
        await claimed(here, rest)
    else:
        here.ask(Claiming())


@screen(Claiming)
async def claiming_screen(reader: Reader, person: Person, dialogue: Claiming) -> Screen:
    return Screen("claim.ask", rows=((button("label.cancel", Close()),),))


@on_text(Claiming)
async def claiming_text(here: Here, dialogue: Claiming, text: str) -> None:
    await claimed(here, text)


async def claimed(here: Here, text: str) -> None:
    """Take a claim code. Wrong ones are limited, as with join codes."""
    wait = attempts.minutes_to_wait(here.person.wrong_codes, here.turn.now)
    if wait:
        await here.say("join.wait", count=wait)
    elif here.turn.claim(text, here.user_id):
        here.change(wrong_codes=())
        await here.done("claim.done")
    elif not here.turn.unclaimed:
        await here.done("claim.taken")
    else:
        here.change(wrong_codes=attempts.noted(here.person.wrong_codes, here.turn.now))
        await here.say("claim.wrong")
