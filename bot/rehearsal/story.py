"""What happens in the demo: a workshop from /new to the last product, with a kill -9 on the way.

The local server runs in this process, the bot in one of its own: it gets its settings from the environment and knows
nothing of what is coming.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from bot.core.exercise import Programme
from bot.rehearsal import arrival, cast, plan_walk, stored
from bot.rehearsal.assess_walk import Assessment
from bot.rehearsal.day_end import DayEnd
from bot.rehearsal.group_walk import Walk
from bot.rehearsal.lead import Lead, WaysIn
from bot.rehearsal.limits import Limits
from bot.rehearsal.months import Months
from bot.rehearsal.player import Disappointed, Player, Tally
from bot.rehearsal.process import BotProcess
from bot.rehearsal.server import serve
from bot.rehearsal.world import World
from content import loader

TOKEN = "1000001:rehearsal-only"  # noqa: S105 - opens nothing but the server started below
PROGRAMME = "innovation_digital_government"
MOST_SECONDS = 90.0
FIRST, LAST = "2.4.1.a", "2.4.1.c"
NEXT = "2.5"  # what the board offers when all of that is done
KILL_AT = ("2.4.1.b", "stakeholders")  # once two groups are there, with answers on their way
IN_FLIGHT = 3
SIX = range(1, 7)  # the numbers that are counted off
# A room takes hours, this cast half a minute: nobody reads or thinks. So the bot may send eight times as fast as it may
# to Telegram; all other settings are its own. The server refuses what goes beyond, with room for a busy machine, which
# delivers late and at once, and for a restart, after which the bot no longer knows what a chat got just before.
PACES = {"PACE_PER_SECOND": "240", "PACE_CHAT_PER_SECOND": "8", "BOARD_INTERVAL_SECONDS": "0.25"}
LIMITS = Limits(overall_per_second=300, per_chat_per_second=10.0, per_chat_burst=20)


class Story:
    """One rehearsal, from the first message to the last. `players` is the cast, in the order of joining."""

    def __init__(self, folder: Path) -> None:
        self.cast = cast.load()
        self.programme: Programme = loader.load_all()[PROGRAMME]
        self.began = time.monotonic()
        self.offset = self.cast.clock.timestamp() - time.time()
        self.clock_file = folder / "clock"
        self.clock_file.write_text(f"{self.offset:.0f}", encoding="ascii")
        self.world = World(TOKEN, clock=lambda: time.time() + self.offset, limits=LIMITS)
        self.tally = Tally()
        self.players = {human.key: Player(self.world, human, self.tally) for human in self.cast.people}
        self.lead = Lead(Player(self.world, self.cast.facilitator, self.tally), self.cast, self.programme)
        groups = {each.group: [human.key for human in self.cast.members(each.group)] for each in self.cast.scripts}
        self.end = DayEnd(self.lead.player, self.players, groups)
        in_time = [human for human in self.cast.people if not human.late]
        six = {
            number: [self.players[each.key] for each in in_time if self.cast.counted(each) == number] for number in SIX
        }
        self.assessment = Assessment(self.lead.player, self.players, six)
        self.plans = plan_walk.load()
        self.outsider = Player(self.world, self.plans.outsider, self.tally)
        self.files: dict[str, bytes] = {}  # what the plans left the bot as
        self.planned: stored.StoredPlans = {}  # what they were when the workshop ended
        self.months: Months | None = None  # once the workshop is over
        self.away = [player for player in self.players.values() if player.human.away]
        self.at: dict[int, tuple[str, str]] = {}  # the step that each group is at
        self.kills: list[float] = []
        self.interrupted = 0
        self.bot = BotProcess(folder, PACES)
        self.exit_code = 0  # with which the bot ended when it was asked to
        self.up = asyncio.Event()  # the bot runs, as far as the rehearsal has a say in it
        self.walks = [
            Walk(
                script,
                self.programme,
                {human.key: self.players[human.key] for human in self.cast.members(script.group)},
                self.lead.open_for,
                self._reached,
            )
            for script in self.cast.scripts
        ]

    def tell(self, line: str) -> None:
        print(f"{time.monotonic() - self.began:5.1f} s  {line}", flush=True)

    def _reached(self, group: int, exercise: str, step: str) -> None:
        if self.at.get(group, ("", ""))[0] != exercise:
            self.tell(f"Group {group} begins {exercise}")
        self.at[group] = (exercise, step)
        self.world.changed()

    async def play(self) -> None:
        """The workshop. Raises Disappointed where somebody didn't get to see what they should."""
        async with serve(self.world) as url:
            settings = {
                "BOT_TOKEN": TOKEN,
                "BOT_API_URL": url,
                "ORGANISER_IDS": str(self.cast.facilitator.id),
                "REHEARSAL_CLOCK": str(self.clock_file),
            }
            self.bot.settings.update(settings)
            await self.bot.start()
            self.up.set()
            guard = asyncio.create_task(self._guard())
            story = asyncio.create_task(self._story())
            try:
                await asyncio.wait([guard, story], return_when=asyncio.FIRST_COMPLETED)
                if guard.done():
                    guard.result()
                await story
            finally:
                for task in (guard, story):
                    task.cancel()
                await asyncio.gather(guard, story, return_exceptions=True)
                self.exit_code = await asyncio.shield(self.bot.stop())

    async def _guard(self) -> None:
        """Notice when the bot ends although nobody ended it."""
        while True:
            code = await self.bot.wait(MOST_SECONDS)
            if self.up.is_set():
                raise Disappointed(f"The bot ended by itself with exit code {code}.")
            await self.up.wait()

    async def _story(self) -> None:
        ways = await self.lead.open_workshop()
        self.tell("The facilitator has opened a workshop")
        in_time = [player for player in self.players.values() if not player.human.late]
        await arrival.everybody(in_time, ways)
        self.tell(f"{len(in_time)} people have joined")
        keen = await self.assessment.alone()
        self.tell(f"{keen} of them have begun to rate statements, each alone")
        await self._announced(in_time)
        await self.lead.count_off(in_time)
        await self.lead.watch_room()
        await self.assessment.together()
        self.tell("Six groups have agreed on their dimension, or on where they can't, and published it")
        await self.lead.merge_groups(in_time)
        for player in in_time:
            player.seated = True
        await self._volunteers()
        self.tell("They have merged into three groups")
        await self.lead.open_first(FIRST)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._meanwhile(ways))
            tasks.create_task(self._kill())
            for walk in self.walks:
                tasks.create_task(walk.run())
        await self.lead.player.until(self._all_done, "the board to offer what comes next")
        self.tell("All groups have published everything")
        await self._end_of_day()
        await self._plan()
        await self._live_on()

    async def _announced(self, players: Sequence[Player]) -> None:
        """The second day comes, and everybody is told so: the evening before, and shortly before it begins."""
        for at, said in ((self.cast.evening, "tomorrow:"), (self.cast.morning, " minutes:")):
            self._wind(at.timestamp() - self.world.clock())
            async with asyncio.TaskGroup() as tasks:
                for player in players:
                    tasks.create_task(player.see(said))
        self.tell(f"{len(players)} people have been told of the second day, and it is about to begin")

    async def _end_of_day(self) -> None:
        await self.end.report_back()
        self.tell(f"{len(self.end.groups)} groups have reported to the room, and were commented on")
        await self.end.close()
        self.tell(f"{len(self.players)} people have said without their names how the day was")

    def _all_done(self) -> bool:
        board = self.lead.player.phone.pinned
        return board is not None and any(f"Open {NEXT}" in row for row in board.buttons)

    async def _plan(self) -> None:
        """Each group writes its action plan; somebody who was never in the room agrees to answer for an action."""
        async with asyncio.TaskGroup() as tasks:
            for key in dict.fromkeys(action.by for action in self.plans.actions):
                mine = [action for action in self.plans.actions if action.by == key]
                tasks.create_task(plan_walk.write(self.players[key], mine))
        self.tell(f"The groups have planned {len(self.plans.actions)} actions")
        naming = next(action for action in self.plans.actions if self.plans.known_as in action.does)
        await plan_walk.agree(self.players[naming.by], self.outsider)
        self.tell(f"{self.outsider.name}, who was never in the room, has agreed to answer for one of them")
        self.files = await plan_walk.take_out(self.lead.player)
        self.planned = stored.read_plans(self.bot.data)
        self.tell(f"The facilitator has taken it all out as {len(self.files)} files")

    async def _live_on(self) -> None:
        """Three months go by in which people are reminded of what they planned, and answer."""
        everybody = [*self.players.values(), self.outsider, self.lead.player]
        self.months = Months(self.world, {each.key: each for each in everybody}, self.bot.data, self._wind)
        await self.months.live(self._away, self._back)
        self.tell(f"Three months have gone by: {len(self.months.lines)} lines in the timeline")

    def _wind(self, seconds: float) -> None:
        self.offset += seconds
        fresh = self.clock_file.with_suffix(".new")
        fresh.write_text(f"{self.offset:.0f}", encoding="ascii")
        fresh.replace(self.clock_file)  # at once: the bot may be reading

    async def _away(self) -> None:
        self.up.clear()
        await self.bot.kill()
        self.kills.append(self.world.monotonic())
        self.interrupted += stored.read(self.bot.data, set()).interrupted

    async def _back(self) -> None:
        await self.bot.start()
        self.up.set()

    async def _meanwhile(self, ways: WaysIn) -> None:
        await self._latecomers(ways)
        await self._broadcast(FIRST)

    async def _volunteers(self) -> None:
        for script in self.cast.scripts:
            if script.scribe:
                volunteer = self.players[script.scribe]
                await volunteer.tap("I'll be scribe")
                await volunteer.toast("hold its pen", 0)

    async def _latecomers(self, ways: WaysIn) -> None:
        for number, player in enumerate(self.players.values(), arrival.FIRST_NUMBER):
            if player.human.late:
                group = self.cast.group(player.human)
                await arrival.latecomer(player, ways, number, f"Group {group}")
                self.tell(f"{player.name} comes late, into Group {group}")

    async def _broadcast(self, exercise: str) -> None:
        """A broadcast while somebody has blocked the bot; then they come back."""
        async with asyncio.TaskGroup() as tasks:
            for player in self.away:
                tasks.create_task(arrival.go_away(player, exercise))
        await self.lead.broadcast(self.away)
        names = ", ".join(player.name for player in self.away)
        self.tell(f"A broadcast has reached everybody but {names}, who had blocked the bot")
        for player in self.away:
            await arrival.come_back(player, exercise)

    async def _kill(self) -> None:
        """kill -9 while answers are on their way, and a new start."""
        while sum(at == KILL_AT for at in self.at.values()) < 2 or self.tally.flying < IN_FLIGHT:
            await self.world.change(MOST_SECONDS)
        flying = self.tally.flying
        await self._away()
        await self._back()
        self.tell(f"kill -9 with {flying} answers on their way; started again")
