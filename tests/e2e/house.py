"""A workshop in the making, over HTTP: opened, joined, split into three groups, 2.4.1.a in front of everybody.

Buttons are found by the key of their words, so that other words change nothing here.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from bot.rehearsal.cast import Human
from bot.rehearsal.model import Message
from bot.rehearsal.player import Player, Tally
from bot.rehearsal.world import World
from handlers.texts import TEXTS
from tests.e2e.rig import ORGANISER

DAY, COUNTRY = "14 June 2027", "Ghana"
JOIN_LINK = re.compile(r"https://t\.me/\S+\?start=[\w-]+")


def words(key: str) -> str:
    """How a sentence or a label begins, up to its first parameter, without marks."""
    template = TEXTS[key]
    return re.sub(r"<[^>]*>", "", template if isinstance(template, str) else template[0]).partition("{")[0].strip()


class Guest(Player):
    """Somebody with a phone in the workshop; `group` is where they sit, from 1."""

    group = 0

    async def press(self, key: str) -> None:
        """Tap the newest button of a label, and wait for the answer."""
        tap = await self.tap(words(key), starts=True)
        await self.until(lambda: tap.query_id not in self.phone.waiting, f"an answer to [{words(key)}]")

    async def say(self, text: str) -> None:
        """Send an answer and wait until it is taken."""
        sent = self.phone.send(text)
        self.tally.answers += 1
        await self.until(lambda: bool(sent.reactions), f"{text!r} to be taken")

    async def at(self, exercise: str, step: int) -> None:
        """Wait for the sheet at a step; 0 is the published one."""
        await self.until(lambda: self.sheet_at(exercise, step), f"{exercise} at step {step}")


def guest(world: World, user_id: int, name: str, tally: Tally | None = None) -> Guest:
    return Guest(world, Human(id=user_id, key=name, first=name, name=name), tally or Tally())


class House:
    """The facilitator and the participants, in the order in which they join: they count off by six."""

    def __init__(self, world: World, names: Sequence[str]) -> None:
        self.tally = Tally()
        self.lead = guest(world, ORGANISER, "Amina", self.tally)
        self.guests = [guest(world, ORGANISER + at, name, self.tally) for at, name in enumerate(names, 1)]
        for at, each in enumerate(self.guests):
            each.group = at % 6 // 2 + 1
        self.link = ""

    def group(self, number: int) -> list[Guest]:
        return [each for each in self.guests if each.group == number]

    async def open(self, title: str = "June workshop") -> None:
        """/new, to the link for joining."""
        lead, phone = self.lead, self.lead.phone
        phone.start()
        await lead.until(lambda: lead.phone.messages[-1].from_bot, "a welcome")
        phone.send("/new")
        for asks, answer in (("new.title", title), ("new.first_on", DAY), ("new.country", COUNTRY)):
            await lead.until(lambda asks=asks: lead.said(words(asks)), f"the question {asks}")  # type: ignore[misc]
            phone.send(answer)
            if asks != "new.title":
                await lead.press("label.right")
        await lead.press("new.open")
        self.link = JOIN_LINK.findall((await lead.until(self._invited, "the link")).text)[0]

    def _invited(self) -> Message | None:
        return self.lead.said("?start=")

    async def join(self, organisations: Sequence[str] = ()) -> None:
        """Everybody in order, by the link."""
        for each in self.guests:
            each.phone.open(self.link)
            await each.press("join.as")
        for at, each in enumerate(self.guests):
            if at < len(organisations):
                sent = each.phone.send(organisations[at])
                await each.until(lambda each=each, sent=sent: _answered(each, sent), "the end of joining")  # type: ignore[misc]
            else:
                await each.press("label.skip")

    async def form(self) -> None:
        """Six groups, then three of them; then 2.4.1.a is opened for all."""
        for key in ("label.count_off", "label.merge"):
            self.lead.phone.send("/groups")
            await self.lead.press(key)
        self.lead.phone.send("/room")
        await self.lead.press("label.open")
        async with asyncio.TaskGroup() as tasks:
            for each in self.guests:
                tasks.create_task(each.at("2.4.1.a", 1))
                each.seated = True

    async def gather(self) -> None:
        await self.open()
        await self.join()
        await self.form()


def _answered(each: Guest, sent: Message) -> bool:
    return each.phone.last.message_id > sent.message_id
