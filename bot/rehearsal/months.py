"""After the workshop: the clock is wound on for three months, from one thing that is due to the next, and people answer
what the bot says of its own accord.

`content/rehearsal/months.toml` says who does what when they are told something, when the bot is away, and to which
nights and days off the clock is wound to see that nothing is said then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.rehearsal import stored
from bot.rehearsal.months_script import Line, Reaction, load
from bot.rehearsal.plan_walk import do
from bot.rehearsal.player import Disappointed, Player, plain
from bot.rehearsal.screen import Happening
from bot.rehearsal.world import World

SETTLED = 8.0  # seconds that the bot may take to say what is due
LOOK = 0.02
NOTHING = 0.4  # seconds in which nothing may be said on a night or a day off: the bot looks ten times a second
KINDS = {"received": "←", "sent": "→", "tapped": "→", "opened": "→"}


class Months:
    """Winds the clock on, and has people react."""

    def __init__(
        self,
        world: World,
        players: Mapping[str, Player],
        database: Path,
        wind: Callable[[float], None],
    ) -> None:
        self.script = load()
        self.world = world
        self.players = players
        self.lines: list[Line] = []
        self.disturbed: list[str] = []  # what was said when nothing may be
        self._database = database
        self._wind = wind
        self._seen = {key: len(player.phone.transcript) for key, player in players.items()}
        self._waiting: list[tuple[Player, str]] = []

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.world.clock(), UTC)

    @property
    def answered(self) -> int:
        """How often somebody did something because they were told something."""
        return sum(each.used for each in self.script.reactions)

    # Time --------------------------------------------------------------------------------------------------------

    async def live(self, stop: Callable[[], Any], start: Callable[[], Any]) -> None:
        """All of it. `stop` and `start` end and start the bot. Raises Disappointed where somebody is told nothing that
        they should be."""
        quiet, acts = list(self.script.quiet), list(self.script.acts)
        away: tuple[datetime, datetime] | None = self.script.away
        await self._settle()
        while (at := self._next(quiet, acts, away)) < self.script.ends:
            if away is not None and at == away[0]:
                await stop()
                self._to(away[1])
                await start()
                away = None
            elif quiet and at == quiet[0]:
                self._to(quiet.pop(0))
                await self._nothing_is_said()
                continue
            elif acts and at == acts[0]["at"]:
                self._to(at)
                act = acts.pop(0)
                await self._does(self.players[act["who"]], act["does"])
            else:
                self._to(at)
            await self._settle()
            await self._react()
        self._to(self.script.ends)
        await self._settle()
        list(self._fresh())

    def _next(
        self,
        quiet: Sequence[datetime],
        acts: Sequence[Mapping[str, Any]],
        away: tuple[datetime, datetime] | None,
    ) -> datetime:
        """What comes first: something due, something to be done, a quiet moment, the bot going away."""
        due = self._due()
        moments = [*((due and [max(due, self.now)]) or []), *quiet[:1], *(each["at"] for each in acts[:1])]
        first: datetime = min([*moments, *([away[0]] if away else []), self.script.ends])
        return first

    def _to(self, at: datetime) -> None:
        """Wind the clock on to a moment, and a second beyond."""
        seconds = (at - self.now).total_seconds() + 1
        if seconds > 0:
            self._wind(seconds)

    # What the bot does -------------------------------------------------------------------------------------------

    def _due(self) -> datetime | None:
        return stored.next_due_at(self._database)

    async def _settle(self) -> None:
        """Wait until everything that is due has been said, and has arrived."""
        end = self.world.monotonic() + SETTLED
        now = self.now
        while stored.waits(self._database, now):
            if self.world.monotonic() > end:
                raise Disappointed(f"What was due by {now} hasn't been said after {SETTLED:.0f} s.")
            await asyncio.sleep(LOOK)

    async def _nothing_is_said(self) -> None:
        before = len(self.world.requests)
        await asyncio.sleep(NOTHING)
        said = [each for each in self.world.requests[before:] if each.method.startswith("send")]
        moment = self.now.astimezone(self.script.zone)
        self.disturbed += [f"{moment:%a %d %b, %H:%M}: {each.params.get('text', '')!r}" for each in said]

    # What people do ----------------------------------------------------------------------------------------------

    async def _react(self) -> None:
        """Have everybody react to what they were told, and to what comes of that."""
        while fresh := list(self._fresh()):
            for player, happening in fresh:
                reaction = self._reaction(player, plain(happening.text))
                if reaction is not None:
                    reaction.used += 1
                    await self._does(player, reaction.does)
                    await self._settle()

    async def _does(self, player: Player, does: Sequence[str]) -> None:
        for what in does:
            await do(player, what)

    def _reaction(self, player: Player, text: str) -> Reaction | None:
        mine = (each for each in self.script.reactions if each.who == player.key and each.used < each.times)
        return next((each for each in mine if each.sees in text), None)

    def _fresh(self) -> Iterator[tuple[Player, Happening]]:
        """What came since the last look, on all phones; noted in the timeline."""
        for key, player in self.players.items():
            happened = player.phone.transcript[self._seen[key] :]
            self._seen[key] += len(happened)
            for each in happened:
                if each.kind in KINDS:
                    at = datetime.fromtimestamp(each.at, UTC).astimezone(self.script.zone)
                    text = plain(each.text).strip()
                    words = f"[{text}]" if each.kind == "tapped" else text
                    self.lines.append(Line(at, player.name, KINDS[each.kind], words))
                if each.kind == "received":
                    yield player, each
