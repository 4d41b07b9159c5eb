"""The facilitator of the rehearsal: opening a workshop, forming groups, the board, a broadcast."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.exercise import Programme
from bot.rehearsal.cast import Cast
from bot.rehearsal.model import Message
from bot.rehearsal.player import Player, plain

_LINK = re.compile(r"https://t\.me/\S+\?start=\S+")
_CODE = re.compile(r"\b[A-HJ-NP-Z2-9]{6}\b")


@dataclass(frozen=True, slots=True)
class WaysIn:
    """What stands on the slide."""

    link: str
    code: str


@dataclass(slots=True)
class Lead:
    """The facilitator's own phone and what they do on it."""

    player: Player
    cast: Cast
    programme: Programme

    async def open_workshop(self) -> WaysIn:
        """/new, question by question."""
        me, phone = self.player, self.player.phone
        phone.start()
        await me.see("/new")
        phone.send("/new")
        await me.see("1 of 4")
        phone.send(self.cast.title)
        await me.see("2 of 4")
        phone.send(self.cast.day)
        await me.tap("That's right")
        await me.see("3 of 4")
        phone.send(self.cast.country)
        await me.see("4 of 4")
        await me.tap("That's right")
        await me.tap("Open it")
        invitation = await me.until(self._invitation, "the link and the code to join by")
        link, code = _LINK.search(invitation.text), _CODE.search(plain(invitation.text))
        if link is None or code is None:
            raise RuntimeError("they were just there")
        await me.until(lambda: any(m.kind == "photo" for m in phone.messages), "the picture for the slide")
        return WaysIn(link.group(), code.group())

    def _invitation(self) -> Message | None:
        found = [m for m in self.player.phone.messages if m.from_bot and _LINK.search(m.text) and _CODE.search(m.text)]
        return found[0] if found else None

    async def count_off(self, players: Sequence[Player]) -> None:
        """Count off by six into six groups; everyone learns their place."""
        me = self.player
        me.phone.send("/groups")
        await me.see(f"{len(players)} participants")
        await me.tap("Count off by 6")
        await me.see("Six groups")
        await _everyone(players, lambda each: self._seat(each, merged=False))
        await me.tap("Close")

    async def merge_groups(self, players: Sequence[Player]) -> None:
        """Keep the numbers in three groups; everyone learns their place."""
        me = self.player
        me.phone.send("/groups")
        await me.tap("Keep numbers: 6 into 3")
        await _everyone(players, lambda each: self._seat(each, merged=True))
        await me.until(lambda: me.said("Three groups"), "the three groups to read out")
        await me.tap("Close")

    def seat(self, player: Player, *, merged: bool) -> str:
        """What the bot has to tell somebody about their place."""
        counted = self.cast.counted(player.human)
        group = self.cast.group(player.human) if merged else counted
        dimensions = [topic.name for topic in self.programme.topics]
        mine = dimensions[2 * group - 2 : 2 * group] if merged else [dimensions[group - 1]]
        if group != counted:
            return f"You are in Group {group} now, {' and '.join(mine)}."
        return f"You are a {counted}: Group {group}, {' and '.join(mine)}."

    async def _seat(self, player: Player, *, merged: bool) -> None:
        await player.see(self.seat(player, merged=merged))

    async def watch_room(self) -> None:
        """Open the board."""
        self.player.phone.send("/room")
        await self.player.see("Group 1   ")

    async def open_first(self, exercise: str) -> None:
        """Open an exercise for every group, on the board."""
        before = len(self.player.phone.toasts)
        await self.player.tap(f"Open {exercise}")
        await self.player.toast(f"{exercise} is open for Groups", before)

    async def open_for(self, exercise: str, group: int) -> None:
        """Open an exercise for one group, on the board."""
        await self.player.tap("Open another")
        before = len(self.player.phone.toasts)
        await self.player.tap(f"{exercise}: Group {group}")
        await self.player.toast(f"{exercise} is open for Group {group}", before)

    async def broadcast(self, away: Sequence[Player]) -> None:
        """Write to everybody, and see whom it has reached and whom it hasn't."""
        me, everyone = self.player, len(self.cast.people)
        await me.tap("Broadcast")
        await me.tap("All participants")
        await me.see("Send the text")
        me.phone.send(self.cast.broadcast)
        await me.see(f"{everyone} people")
        await me.tap("Send")
        await me.see(f"Delivered to {everyone - len(away)} of {everyone}.")
        for player in away:
            await me.see(f"{player.name} (blocked the bot)")
        await me.tap("Close")


async def _everyone(players: Sequence[Player], act: Callable[[Player], Coroutine[Any, Any, None]]) -> None:
    async with asyncio.TaskGroup() as tasks:
        for player in players:
            tasks.create_task(act(player))
