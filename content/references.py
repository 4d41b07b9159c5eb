"""Checks what points from one place of a programme to another: the order of exercises, and references to answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.exercise import Exercise, Programme, Ref, Step, StepKind, Visibility
from content.problems import Problem, entry_of

_SILENT = (StepKind.READ, StepKind.CONFIRM)  # steps without answers


@dataclass(frozen=True, slots=True)
class Source:
    """An exercise and the file from which it came; `unsure` are its steps whose kind can't be told."""

    file: str
    exercise: Exercise
    unsure: frozenset[str] = frozenset()


def in_order(sources: Sequence[Source], programme: Programme) -> tuple[list[Source], list[Source]]:
    """The exercises as they are done: along the agenda, each behind the one it builds on; and those in a circle."""
    agenda = {module.id: index for index, module in enumerate(programme.modules)}
    waiting = sorted(
        sources,
        key=lambda source: (agenda.get(source.exercise.module, len(agenda)), _natural(source.exercise.id), source.file),
    )
    known = {source.exercise.id for source in sources}
    placed: list[Source] = []
    ids: set[str] = set()
    while waiting:
        ready = next((each for each in waiting if each.exercise.after not in known - ids), None)
        if ready is None:
            return placed + waiting, [each for each in waiting if _in_circle(each.exercise, sources)]
        waiting.remove(ready)
        placed.append(ready)
        ids.add(ready.exercise.id)
    return placed, []


def _in_circle(exercise: Exercise, sources: Sequence[Source]) -> bool:
    after = {source.exercise.id: source.exercise.after for source in sources}
    at = exercise.after
    for _ in after:
        if at == exercise.id:
            return True
        at = after.get(at, "")
    return False


def _natural(text: str) -> str:
    """Sorts 2.10 behind 2.9."""
    return re.sub(r"[0-9]+", lambda digits: digits[0].zfill(24), text)


class References:
    """Looks up what exercises name. Unless all files could be read (`complete`), what isn't found is let pass."""

    def __init__(self, programme: Programme, ordered: Sequence[Source], *, complete: bool) -> None:
        self.programme = programme
        self.ordered = ordered
        self.complete = complete
        self.position = {source.exercise.id: index for index, source in reversed(list(enumerate(ordered)))}
        self.problems: list[Problem] = []

    def check(self, source: Source) -> None:
        exercise = source.exercise

        def report(key: str, message: str) -> None:
            self.problems.append(Problem(source.file, key, message))

        modules = {module.id for module in self.programme.modules}
        for key, name, known, what in (
            ("module", exercise.module, modules, "module of programme.toml"),
            ("grouping", exercise.grouping, set(self.programme.groupings), "grouping of programme.toml"),
            ("after", exercise.after, set(self.position), "exercise of this programme"),
        ):
            if name and name not in known and self.complete:
                report(key, f'names "{name}", which is no {what}{_there_are(sorted(known))}')
        for index, step in enumerate(exercise.steps):
            path = entry_of("steps", index)
            for key, refs in (
                ("prefill", [step.prefill] if step.prefill else []),
                ("options_from", [step.options_from] if step.options_from else []),
                ("recall", list(step.recall)),
            ):
                for ref in refs:
                    if problem := self._problem(ref, source, index, key):
                        report(f"{path}.{key}", problem)

    def _problem(self, ref: Ref, source: Source, index: int, key: str) -> str:
        """Why the step at `index` can't use what `ref` names; empty when it can."""
        exercise = source.exercise
        if ref.exercise == exercise.id:
            named = source
        elif ref.exercise not in self.position:
            if not self.complete:
                return ""
            return f'names the exercise "{ref.exercise}", which does not exist{_there_are(sorted(self.position))}'
        else:
            named = self.ordered[self.position[ref.exercise]]
            if self.position[ref.exercise] > self.position[exercise.id]:
                return f'names the exercise "{ref.exercise}", which comes later; name an earlier one'
        other = named.exercise
        step = other.step(ref.step)
        if step is None:
            there_are = _there_are([each.id for each in other.steps])
            return f'names the step "{ref.step}", which "{other.id}" does not have{there_are}'
        if other is exercise and index <= exercise.steps.index(step):
            return f'names the step "{step.id}", which does not come before this one; name an earlier one'
        return "" if step.id in named.unsure else _misfit(ref, step, exercise.steps[index], key)


def _misfit(ref: Ref, step: Step, user: Step, key: str) -> str:
    """Why the answers to `step` don't serve `user`; empty when they do."""
    if step.kind in _SILENT:
        return f'names the step "{step.id}", which has no answers, being of kind "{step.kind}"; name another'
    column = step.column(ref.column) if ref.column else None
    if ref.column and step.kind is not StepKind.TABLE:
        return f'names a column of "{step.id}", which is no table; leave out ".{ref.column}"'
    if ref.column and column is None:
        there_are = _there_are([each.id for each in step.columns])
        return f'names the column "{ref.column}", which "{step.id}" does not have{there_are}'
    if key == "prefill" and step.kind is not StepKind.TEXT:
        return f'begins a text with "{step.id}", of kind "{step.kind}"; name a step of kind "text"'
    if key == "options_from":
        if step.kind is StepKind.TABLE and (column is None or column.kind is not StepKind.TEXT or column.optional):
            return f'makes options of the rows of "{step.id}"; name a column of text that is not optional, as ".column"'
        if step.kind not in (StepKind.TABLE, StepKind.LIST, StepKind.TEXT):
            return f'makes options of "{step.id}", of kind "{step.kind}"; name a list, a text or a column of a table'
    if key != "recall" and step.visibility is Visibility.ME and user.visibility is not Visibility.ME:
        return f'would show others "{step.id}", promised to its author alone; name another step'
    return ""


def _there_are(names: Sequence[str]) -> str:
    if not names:
        return "; there is none"
    return f"; there are {', '.join(names[:12])}{' …' if len(names) > 12 else ''}"
