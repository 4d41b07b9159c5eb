"""The assessment in the rehearsal: some begin to rate alone, six groups look at their own dimension together."""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from bot.rehearsal.group_walk import read_product
from bot.rehearsal.model import Message
from bot.rehearsal.player import Player, fits, plain

ALONE, TOGETHER = "1.6", "2.3"
CARD = "Dimension card"
STATEMENTS, EACH = 24, 4  # in all, and of each group's dimension
FIRST = 8  # that are rated alone; then they stop, and what they gave is kept
OWN, SPREAD, AGREED, HEADLINE, LAST = 2, 3, 4, 9, 10  # steps of 2.3
LISTS = {5: "strengths", 6: "gaps", 8: "opportunities"}
TITLES = (
    "Your own view", "How you see it", "What you agree on", "Strengths", "Gaps", "Lunch", "Opportunities", "Headline",
    "Publish",
)  # fmt: skip
DONT_KNOW, DISPUTED = "?", "!"


def _read() -> dict[str, Any]:
    text = resources.files("content").joinpath("rehearsal", "assessment.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(slots=True)
class Assessment:
    """`lead` opens it; `people` are everybody by their keys; `groups` whose members are whose, the first of each holds
    the pen."""

    lead: Player
    people: Mapping[str, Player]
    groups: Mapping[int, Sequence[Player]]
    told: Mapping[str, Any] = field(default_factory=_read)
    spreads: dict[int, str] = field(default_factory=dict)  # by group: how they saw it, as their phones showed it
    cards: dict[int, str] = field(default_factory=dict)  # what they published

    # Alone -----------------------------------------------------------------------------------------------------

    async def alone(self) -> int:
        """Everybody is asked to rate; some begin at once. How many those are."""
        before = len(self.lead.phone.toasts)
        self.lead.phone.send("/open")
        await self.lead.tap(f"{ALONE} for all")
        await self.lead.toast(f"{ALONE} is open for", before)
        keen = [self.people[key] for key in self.told["alone"]]
        async with asyncio.TaskGroup() as tasks:
            for at, player in enumerate(keen):
                tasks.create_task(self._first_of_them(player, at))
        return len(keen)

    async def _first_of_them(self, player: Player, at: int) -> None:
        await player.tap("Rate them", lambda: player.said(f"{ALONE} "))
        await self._rate(player, at, FIRST, STATEMENTS)
        following = _question(player, FIRST + 1, STATEMENTS)
        await player.tap("Close", following)
        await player.until(lambda: following() is None, "the question to be put away")
        await player.see(f"You have rated {FIRST} of {STATEMENTS}.")

    async def _rate(self, player: Player, at: int, first: int, count: int) -> None:
        """Statement by statement: a number, and how sure one is of it."""
        numbers = self.told["numbers"]
        for number in range(1, first + 1):
            given, question = numbers[at * (number + 1) % len(numbers)], _question(player, number, count)
            await player.tap("Don't know" if given == DONT_KNOW else given, question)
            player.tally.answers += 1
            if given != DONT_KNOW:
                await player.tap("Fairly sure", question)
                player.tally.answers += 1

    # Together ----------------------------------------------------------------------------------------------------

    async def together(self) -> None:
        """All six groups, at the same time, to their cards."""
        before = len(self.lead.phone.toasts)
        await self.lead.tap(f"Open {TOGETHER}")
        await self.lead.toast(f"{TOGETHER} is open for", before)
        async with asyncio.TaskGroup() as tasks:
            for group in self.groups:
                tasks.create_task(self._group(group))

    async def _group(self, group: int) -> None:
        members, made = self.groups[group], self.told["groups"][group - 1]
        await self._everyone(members, 1)
        holder = await self._who_holds(members)
        await self._go_on(holder, members, OWN)
        async with asyncio.TaskGroup() as tasks:
            for at, member in enumerate(members):
                tasks.create_task(self._again(member, at))
        await holder.see_sheet(TOGETHER, OWN, f"{len(members)} of {len(members)} have rated all.")
        await self._go_on(holder, members, SPREAD)
        self.spreads[group] = (await holder.see_sheet(TOGETHER, SPREAD, "4.")).text
        await self._go_on(holder, members, AGREED)
        await self._agree(holder)
        for at in range(AGREED + 1, HEADLINE):
            await self._go_on(holder, members, at)
            for number, line in enumerate(made.get(LISTS.get(at, ""), ())):
                writer = members[(at + number) % len(members)]
                await writer.see_sheet(TOGETHER, at)
                await writer.answer(line)
        await self._go_on(holder, members, HEADLINE)
        await holder.answer(made["headline"])
        await self._go_on(holder, members, LAST)
        await holder.tap_sheet("Publish")
        await self._everyone(members, 0)
        self.cards[group] = "\n".join(map(plain, await read_product(holder, TOGETHER, CARD)))

    async def _everyone(self, members: Sequence[Player], at: int) -> None:
        async with asyncio.TaskGroup() as tasks:
            for member in members:
                tasks.create_task(member.see_sheet(TOGETHER, at))

    async def _who_holds(self, members: Sequence[Player]) -> Player:
        """Whose sheet has the way on; on a first step that is all that tells."""
        for member in members:
            sheet = member.sheet
            if sheet is not None and any(
                fits(label, f"Next: {TITLES[0]}") for row in sheet.message.buttons for label in row
            ):
                return member
        return members[0]

    async def _go_on(self, holder: Player, members: Sequence[Player], to: int) -> None:
        await holder.tap_sheet(f"Next: {TITLES[to - OWN]}")
        await self._everyone(members, to)

    async def _again(self, member: Player, at: int) -> None:
        """Whoever has rated them before says that it still holds; the others rate now."""
        sheet = await member.see_sheet(TOGETHER, OWN)
        if "You gave before" in sheet.text:
            await member.tap_sheet("These still hold")
            member.tally.answers += 1
            await member.see_sheet(TOGETHER, OWN, f"You have rated all {EACH}.")
            return
        await member.tap_sheet("Rate them")
        await self._rate(member, at, EACH, EACH)
        await member.see_sheet(TOGETHER, OWN, f"You have rated all {EACH}.")

    async def _agree(self, holder: Player) -> None:
        """Statement by statement: a number with how sure they are of it, or that they can't agree, and why not."""
        await holder.tap_sheet("Rate them")
        for number, given in enumerate(self.told["agreed"], 1):
            question = _question(holder, number, EACH)
            holder.tally.answers += 2  # a number with how sure they are of it, or a no with its reason
            if given == DISPUTED:
                await holder.tap("We can't agree", question)
                await holder.until(_asks(question, "see it otherwise"), "the question what the others see")
                holder.phone.send(self.told["minority"])
                continue
            await holder.tap(given, question)
            await holder.tap("Very sure", question)
            await holder.until(_asks(question, "What is the reason"), "the question for a reason")
            await holder.tap("Skip", question)

    # What has to hold --------------------------------------------------------------------------------------------

    def wrong(self) -> Iterator[str]:
        """Every group saw counts of everybody's views, and its card has what it agreed on and what a few said."""
        for group, members in self.groups.items():
            spread, card, made = self.spreads[group], self.cards[group], self.told["groups"][group - 1]
            for line in re.findall(r"^1 .*$", spread, re.MULTILINE):
                if line.count("●") != len(members):
                    yield f"Group {group}: {len(members)} have rated, and their phones show {line!r}"
            lines = [made["headline"], *(line for name in LISTS.values() for line in made[name]), self.told["minority"]]
            yield from (
                f"Group {group}: {line!r} is missing on the card {card!r}" for line in lines if line not in card
            )


def _question(player: Player, number: int, count: int) -> Callable[[], Message | None]:
    """The question about a statement, as it stands on a phone now."""

    def find() -> Message | None:
        for message in reversed(player.phone.messages):
            if message.from_bot and plain(message.text).partition("\n")[0].endswith(f" · {number} of {count}"):
                return message
        return None

    return find


def _asks(question: Callable[[], Message | None], words: str) -> Callable[[], bool]:
    def seen() -> bool:
        found = question()
        return found is not None and words in plain(found.text)

    return seen
