"""How the second day of the rehearsal ends: groups report to the room one after the other, and everybody says without a
name how the day was."""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from bot.rehearsal.model import Message
from bot.rehearsal.player import Player, plain

ABOUT = "2.4.1.c. Strategic framework"  # what is reported on
REPORT = "Report back · "
CLOSE = "Close of Day "
QUESTION = "Daily close · "
ASKED = ("keep", "change")  # the close's questions that are answered in words, the third and the fourth


def _read() -> dict[str, Any]:
    return tomllib.loads(resources.files("content").joinpath("rehearsal", "plenary.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Comment:
    group: int  # that speaks
    by: str
    say: str
    shown: bool = False


@dataclass(slots=True)
class DayEnd:
    """`lead` is the facilitator, `people` everybody else by their keys, `groups` whose members are whose."""

    lead: Player
    people: Mapping[str, Player]
    groups: Mapping[int, Sequence[str]]
    told: Mapping[str, Any] = field(default_factory=_read)
    result: str = ""  # what the facilitator saw last of the close
    written: list[str] = field(default_factory=list)

    # The reports -----------------------------------------------------------------------------------------------

    async def report_back(self) -> None:
        """Every group is called, is commented on, and is done; then the reports end."""
        comments = [Comment(**each) for each in self.told["comments"]]
        await self._plenary("Report back")
        await self.lead.tap(ABOUT, lambda: self.lead.said("What do groups report on?"))
        for group in self.groups:
            await self.lead.tap(f"Call Group {group}", self._board)
            await self._speaking(group)
            for each in comments:
                if each.group == group:
                    await self._comment(each)
        last = max(self.groups)
        await self.lead.tap(f"Group {last} is done", self._board)
        await self.lead.until(lambda: (found := self._board()) and "All have reported" in plain(found.text), "the end")
        await self.lead.tap("End the reports", self._board)

    def _board(self) -> Message | None:
        return self.lead.last_starting(REPORT)

    async def _plenary(self, label: str) -> None:
        sent = self.lead.phone.send("/plenary")
        await self.lead.tap(label, lambda: self.lead.said("Plenary · ", sent.message_id))

    async def _speaking(self, group: int) -> None:
        """Everybody knows who speaks; whoever speaks has the card."""

        def knows(player: Player) -> bool:
            report = player.last_starting(REPORT)
            text = plain(report.text) if report else ""
            return f"Now: Group {group}" in text or f"You speak for Group {group}" in text

        async with asyncio.TaskGroup() as tasks:
            for player in self.people.values():
                tasks.create_task(player.until(lambda player=player: knows(player), f"Group {group} to speak"))  # type: ignore[misc]

    async def _comment(self, comment: Comment) -> None:
        """Somebody says something; the facilitator shows it to the room, or not."""
        by = self.people[comment.by]
        await by.tap("Comment or ask", lambda: by.last_starting(REPORT))
        await by.see(f"what Group {comment.group} says")
        sent = by.phone.send(comment.say)
        await by.see("Passed on", sent.message_id)
        if not comment.shown:
            return
        await self.lead.tap("What they say (1)", self._board)
        listed = await self.lead.see(comment.say)
        await self.lead.tap("1", lambda: listed)
        everybody = self.people.values()
        async with asyncio.TaskGroup() as tasks:
            for each in everybody:
                tasks.create_task(each.until(lambda each=each: _says(each, comment.say), f"“{comment.say}”"))  # type: ignore[misc]
        await self.lead.tap("Close", lambda: self.lead.said("Said of Group"))

    # The close -------------------------------------------------------------------------------------------------

    async def close(self) -> None:
        """Everybody answers, each for themselves and all at the same time; the facilitator has it at once."""
        await self._plenary("Open the daily close")
        words = {each["by"]: each for each in self.told["close"]["words"]}
        async with asyncio.TaskGroup() as tasks:
            for at, (key, player) in enumerate(self.people.items()):
                tasks.create_task(self._answer(player, at, words.get(key, {})))
        everyone = len(self.people)
        await self.lead.until(lambda: f"{everyone} of {everyone} " in self._close_text(), "everybody's answers")
        await self.lead.tap("End the close", lambda: self.lead.last_starting(CLOSE))
        await self.lead.until(lambda: "More to come" not in self._close_text(), "all that may be shown")
        self.result = self._close_text()

    def _close_text(self) -> str:
        found = self.lead.last_starting(CLOSE)
        return plain(found.text) if found else ""

    async def _answer(self, player: Player, at: int, words: Mapping[str, str]) -> None:
        usual = self.told["close"]
        await player.tap("Begin", lambda: player.last_starting("Before you go"))
        for number, name in enumerate(("useful", "pace"), 1):
            await player.tap(usual[name][at % len(usual[name])], _asked(player, number))
        for number, name in enumerate(ASKED, 3):
            if name not in words:
                await player.tap("Skip", _asked(player, number))
                continue
            await player.until(_asked(player, number), f"question {number} of the close")
            player.phone.send(words[name])
            self.written.append(words[name])
        await player.until(lambda: player.said("Thank you. That was all."), "the close to be over")

    # What has to hold --------------------------------------------------------------------------------------------

    def wrong(self) -> Iterator[str]:
        """What the facilitator saw of the close has everybody's answers, and nobody's name."""
        everyone = len(self.people)
        for name, pattern in (("Useful", r"\d: (\d+)"), ("Pace", r"[a-z]: (\d+)")):
            line = self.result.partition(f"{name}\n")[2].partition("\n")[0]
            counted = sum(int(each) for each in re.findall(pattern, line))
            if counted != everyone:
                yield f"the close: {everyone} answered “{name}”, and {counted} are counted: {line!r}"
        yield from (
            f"the close: {each!r} is missing in {self.result!r}" for each in self.written if each not in self.result
        )
        yield from (f"the close names {each.name}" for each in self.people.values() if each.name in self.result)


def _says(player: Player, words: str) -> bool:
    report = player.last_starting(REPORT)
    return report is not None and words in plain(report.text)


def _asked(player: Player, number: int) -> Any:
    return lambda: player.last_starting(f"{QUESTION}{number} of 4")
