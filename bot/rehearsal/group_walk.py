"""A group that works through the exercises: its members act at the same time, and nobody moves on before every phone
shows what the script says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.core.exercise import Exercise, Programme, Step, StepKind
from bot.core.words import shortened
from bot.rehearsal.acts import VERBS, Scene
from bot.rehearsal.cast import HOLDER, Act, Script, Sheets, Value
from bot.rehearsal.model import Message
from bot.rehearsal.player import Player

ENTRY_SHOWN = 120  # characters of an entry that a sheet shows at least
Opener = Callable[[str, int], Awaitable[None]]


@dataclass(slots=True)
class Walk:
    """`open_for` has the facilitator open an exercise for a group. `reached` hears of every step that a group is at.
    `products` are the texts of the products as the holder of the pen read them, page after page."""

    script: Script
    programme: Programme
    members: Mapping[str, Player]
    open_for: Opener
    reached: Callable[[int, str, str], None]
    products: dict[str, list[str]] = field(default_factory=dict)
    holder: Player | None = None
    sheets: Sheets = field(default_factory=dict)

    async def run(self) -> None:
        """Everything that the script has, to the last publication."""
        self.sheets = self.script.sheets(self.programme)
        previous: Exercise | None = None
        for exercise in (self.programme.exercises[id] for id in self.script.acts):
            if previous is not None:
                await self._open(previous, exercise)
            await self._exercise(exercise)
            previous = exercise

    @property
    def _here(self) -> list[Player]:
        """Those who are in the group by now."""
        return [member for member in self.members.values() if member.seated]

    async def _open(self, previous: Exercise, exercise: Exercise) -> None:
        if exercise.id in self.script.opened_by_facilitator:
            await self.open_for(exercise.id, self.script.group)
        else:
            holder = self._holder()
            await holder.see_sheet(previous.id, 0, f"Next: {exercise.id}")
            await holder.tap_sheet(f"Open {exercise.id}")

    def _holder(self) -> Player:
        if self.holder is None:
            raise RuntimeError("nobody holds the pen yet")
        return self.holder

    async def _exercise(self, exercise: Exercise) -> None:
        await self._everyone(exercise, 1)
        if self.holder is None:
            self.holder = await self._who_holds(exercise)
        for step in exercise.steps:
            self.reached(self.script.group, exercise.id, step.id)
            scene = Scene(exercise, step, self.members, self._holder())
            await self._act_out(scene)
            self.holder = scene.holder
            if step.kind is StepKind.CONFIRM:
                await self._publish(exercise)
            else:
                await self._everyone(exercise, scene.at, *self._shown(exercise, step))
                following = exercise.steps[scene.at]
                await self._holder().tap_sheet(f"Next: {following.title}")
                await self._everyone(exercise, scene.at + 1)

    async def _everyone(self, exercise: Exercise, at: int, *texts: str) -> None:
        """Wait until every phone of the group shows this."""
        async with asyncio.TaskGroup() as tasks:
            for member in self._here:
                tasks.create_task(member.see_sheet(exercise.id, at, *texts))

    async def _who_holds(self, exercise: Exercise) -> Player:
        """The member whose sheet says so; the one that the script wants, where it names somebody."""
        first = self.members[self.script.scribe] if self.script.scribe else self._here[0]
        await first.has_pen(exercise.id, 1)
        return first

    def _shown(self, exercise: Exercise, step: Step) -> list[str]:
        """What has to stand on the sheet once everybody has done their part."""
        return [_first_words(value) for value in self.sheets[exercise.id][step.id]]

    async def _act_out(self, scene: Scene) -> None:
        """The acts of a step: each person's own in order, different people's at the same time."""
        stages: list[list[Act]] = [[]]
        for act in self.script.of(scene.exercise.id, scene.step.id):
            if act.then and stages[-1]:
                stages.append([])
            stages[-1].append(act)
        for stage in stages:
            by: dict[str, list[Act]] = {}
            for act in stage:
                by.setdefault(act.by, []).append(act)
            async with asyncio.TaskGroup() as tasks:
                for key, acts in by.items():
                    tasks.create_task(self._act(scene, key, acts))

    async def _act(self, scene: Scene, key: str, acts: list[Act]) -> None:
        player = scene.who(key)
        if key != HOLDER:  # somebody may still be on the way
            await player.see_sheet(scene.exercise.id, scene.at)
        for act in acts:
            await VERBS[act.verb](scene, player, act)

    async def _publish(self, exercise: Exercise) -> None:
        holder = self._holder()
        await holder.see_sheet(exercise.id, len(exercise.steps), "Every step has an answer.")
        await holder.tap_sheet("Publish")
        await self._everyone(exercise, 0)
        self.products[exercise.id] = await read_product(holder, exercise.id, exercise.product.title)


async def read_product(reader: Player, exercise_id: str, title: str) -> list[str]:
    """A product that stands on the sheet, page by page, as it is read on a phone."""
    await reader.tap_sheet("Read the result")
    pages: list[str] = []
    while True:
        heading = [title, f"Page {len(pages) + 1} of"] if pages else [title]

        def page(heading: list[str] = heading) -> Message | None:
            shown = reader.last_starting(title)
            return shown if shown and all(each in shown.text for each in heading) else None

        shown = await reader.until(page, f"“{heading[-1]}” of {exercise_id}")
        pages.append(shown.text)
        turns = any("More" in row for row in shown.buttons)
        await reader.tap("More" if turns else "Close", page)
        if not turns:
            await reader.until(lambda: page() is None, f"{title} to be put away")
            return pages


def _first_words(value: Value) -> str:
    words = value if isinstance(value, str) else str(next(iter(value.values())))
    return words if len(words) <= ENTRY_SHOWN else shortened(words, ENTRY_SHOWN).removesuffix("…")
