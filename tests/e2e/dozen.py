"""Twelve people in three groups write 327 answers into two exercises, as fast as the bot takes them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.core.exercise import Exercise, StepKind
from bot.rehearsal.stored import read
from bot.rehearsal.world import World
from content import loader
from tests.e2e.house import Guest, House

NAMES = ("Ama", "Ben", "Chi", "Dao", "Eve", "Fay", "Gus", "Hana", "Ivo", "Jun", "Kai", "Lea")
EXERCISES = ("2.4.1.a", "2.4.1.b")
ANSWERS = 327  # of all three groups
VERSIONS = 7  # of each text step: it is put differently six times
ENTRIES = {"patterns": 12, "trends": 5, "structures": 10, "models": 12}
ANONYMOUS = {"models"}
ROW = ("2", "they wait less", "-1", "4", "5", "counts by the office", "what they think of it")  # typed
ROW_STORED = {"kind": "supplier", "result": ROW[1], "impact": -1, "support": 4, "importance": 5}
ROW_STORED |= {"data_have": ROW[5], "data_need": ROW[6]}


class Dozen(House):
    """What they write is worked out from group and step alone, so that what is stored can be held against it."""

    def __init__(self, world: World) -> None:
        super().__init__(world, NAMES)
        self.exercises = [loader.load_all()["innovation_digital_government"].exercises[each] for each in EXERCISES]
        self.done: set[int] = set()

    async def walk(self) -> None:
        """All three groups, at the same time, to the second publication."""
        async with asyncio.TaskGroup() as tasks:
            for group in (1, 2, 3):
                tasks.create_task(self._group(group))

    async def _group(self, group: int) -> None:
        members = self.group(group)
        holder = members[0]
        for exercise in self.exercises:
            if exercise is not self.exercises[0]:
                await holder.press("label.open")
            for at, step in enumerate(exercise.steps, 1):
                for each in members:
                    await each.at(exercise.id, at)
                if step.kind is StepKind.CONFIRM:
                    await holder.press("label.publish")
                    continue
                async with asyncio.TaskGroup() as tasks:
                    for each, lines in self._lines(group, exercise, at - 1, members):
                        tasks.create_task(_write(each, lines))
                await holder.press("label.next")
            for each in members:
                await each.at(exercise.id, 0)
        self.done.add(group)

    def _lines(
        self, group: int, exercise: Exercise, at: int, members: list[Guest]
    ) -> Iterator[tuple[Guest, list[str]]]:
        """Who writes what on a step."""
        step = exercise.steps[at]
        match step.kind:
            case StepKind.TEXT:
                yield members[0], [f"G{group} {step.id} {number}" for number in range(1, VERSIONS + 1)]
            case StepKind.LIST:
                lines = _entries(group, step.id)
                writers = members[:1] if step.id == "trends" else members
                yield from ((each, lines[number :: len(writers)]) for number, each in enumerate(writers))
            case StepKind.TABLE:
                yield from ((each, [_row_name(group, number), *ROW]) for number, each in enumerate(members))
            case _:
                yield members[0], ["1", "2"] if step.maximum > 1 else ["1"]

    # What has come of it -----------------------------------------------------------------------------------------

    def wrong(self, data: Path) -> Iterator[str]:
        """Everything stored that isn't what was written, each answer exactly once."""
        kept = read(data, ANONYMOUS)
        if not self.tally.answers == kept.answers == ANSWERS:
            yield f"{self.tally.answers} answers were written, {kept.answers} are stored, of {ANSWERS}"
        if kept.undelivered or kept.dead_letters or kept.anonymous_authors:
            yield f"{kept.undelivered}, {kept.dead_letters} dead letters, {kept.anonymous_authors} authors known"
        for group in (1, 2, 3):
            for exercise in self.exercises:
                for step in exercise.steps[:-1]:
                    found = [value for _, value in kept.sheets.get((exercise.id, group, step.id), [])]
                    wanted = self._stands(group, step.id)
                    if sorted(map(repr, found)) != sorted(map(repr, wanted)):
                        yield f"Group {group}, {step.id}: {found}, and not {wanted}"

    def _stands(self, group: int, step: str) -> list[Any]:
        if step in ENTRIES:
            return list(_entries(group, step))
        if step == "stakeholders":
            return [{"name": _row_name(group, number), **ROW_STORED} for number in range(4)]
        if step == "archetype":
            return [["drifting_goals"]]
        if step == "engage":
            return [["=2", "=3"]]  # the first two rows; the sentence about the service is entry 1
        return [f"G{group} {step} {VERSIONS}"]


def _entries(group: int, step: str) -> list[str]:
    return [f"G{group} {step} {number}" for number in range(1, ENTRIES[step] + 1)]


def _row_name(group: int, number: int) -> str:
    return f"G{group} stakeholder {number}"


async def _write(each: Guest, lines: list[str]) -> None:
    for line in lines:
        await each.say(line)
