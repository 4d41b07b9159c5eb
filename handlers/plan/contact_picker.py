"""The phone's own contacts: keys that ask for one, and who it was that came back."""

from __future__ import annotations

from zlib import crc32

from bot.core.errors import Refusal
from bot.core.message import Choice, Phrase
from bot.core.plan_dialogue import PlanAsk
from handlers.callbacks import pack
from handlers.context import Here, tap
from handlers.plan.people_taps import ClosePicker, PickContact

WRITES = -1  # a key that only writes its words


def request_of(asked: PlanAsk) -> int:
    """The number that a key carries, so that an answer to an earlier question isn't taken for this one's."""
    about = f"{asked.plan_id}:{asked.action}:{asked.field.value}:{asked.item}"
    return crc32(about.encode()) % 2**31 or 1


async def offer_picker(here: Here) -> None:
    """Show the keys, while a question asks for somebody."""
    asked = here.person.dialogue
    if not isinstance(asked, PlanAsk):
        raise Refusal("picker.not_asked")
    choose = Choice(Phrase("label.picker.choose"), pack(PickContact()), key=request_of(asked))
    close = Choice(Phrase("label.picker.close"), pack(ClosePicker()), key=WRITES)
    await here.say("picker.ask", ((choose,), (close,)))


@tap(PickContact)
async def pick_contact(here: Here, action: PickContact) -> None:
    """The words came instead of a contact: an app that doesn't know such keys."""
    raise Refusal("picker.cant")


@tap(ClosePicker)
async def close_picker(here: Here, action: ClosePicker) -> None:
    await here.say("picker.closed")
