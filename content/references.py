"""Checks what points from one place of a programme to another: the order of exercises, and references to answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.exercise import WHOLE_ROOM, Exercise, Plans, Programme, Ref, Statements, Step, StepKind, Visibility
from content.problems import Problem, entry_of

_SILENT = (StepKind.READ, StepKind.PLAN, StepKind.CONFIRM)  # steps without answers on the sheet


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
            ("grouping", exercise.grouping, {*self.programme.groupings, WHOLE_ROOM}, "grouping of programme.toml"),
            ("after", exercise.after, set(self.position), "exercise of this programme"),
        ):
            if name and name not in known and self.complete:
                report(key, f'names "{name}", which is no {what}{_there_are(sorted(known))}')
        for index, step in enumerate(exercise.steps):
            path = entry_of("steps", index)
            for key, refs in (
                ("prefill", [step.prefill]),
                ("offers", [step.offers]),
                ("options_from", [step.options_from]),
                ("without", [step.without]),
                ("items_from", [step.items_from]),
                ("carries", [step.carries]),
                ("recall", list(step.recall)),
                ("from_readers", list(step.from_readers)),
            ):
                for ref in refs:
                    if isinstance(ref, Ref) and (problem := self._problem(ref, source, index, key)):
                        report(f"{path}.{key}", problem)
            if self.complete and step.items_from is Statements.ASKED and not self.programme.statements:
                report(f"{path}.items_from", "asks about statements, and there are none; add statements.toml")
            if self.complete and (key := _plan_key(step)) and (problem := self._no_plan(exercise, step)):
                report(f"{path}.{key}", problem)

    def check_plan(self, file: str) -> None:
        """What the programme says of plans: whose they are, and which answers they take over."""
        plan = self.programme.plan
        if plan is None or not self.complete or plan.grouping not in self.programme.groupings:
            return
        for key, ref, kinds in (
            ("goal", plan.goal, (StepKind.TEXT,)),
            ("audiences", plan.audiences, (StepKind.LIST, StepKind.TABLE)),
        ):
            if ref is not None and (problem := self._plan_problem(ref, kinds, plan.grouping)):
                self.problems.append(Problem(file, f"plan.{key}", problem))

    def _plan_problem(self, ref: Ref, kinds: Sequence[StepKind], grouping: str) -> str:
        """Why a plan can't take over what `ref` names; empty when it can."""
        if ref.exercise not in self.position:
            return f'names the exercise "{ref.exercise}", which does not exist{_there_are(sorted(self.position))}'
        source = self.ordered[self.position[ref.exercise]]
        step = source.exercise.step(ref.step)
        if step is None:
            there_are = _there_are([each.id for each in source.exercise.steps])
            return f'names the step "{ref.step}", which "{source.exercise.id}" does not have{there_are}'
        if step.id in source.unsure:
            return ""
        if step.kind not in kinds:
            wanted = " or ".join(f'"{kind}"' for kind in kinds)
            return f'names "{step.id}", of kind "{step.kind}"; name a step of kind {wanted}'
        if step.kind is StepKind.TABLE and not ref.column:
            return f'names whole rows of "{step.id}"; name a column of it, as ".column"'
        if ref.column and (problem := _no_column(ref, step)):
            return problem
        if source.exercise.grouping != grouping:
            return (
                f'names "{source.exercise.id}", done in the grouping "{source.exercise.grouping}", and plans are '
                f'those of "{grouping}"; name an exercise of these groups'
            )
        return ""

    def _no_plan(self, exercise: Exercise, step: Step) -> str:
        """Why a step of this exercise can't be about plans; empty when it can."""
        plan = self.programme.plan
        if plan is None:
            return "is about action plans, and this programme has none; add [plan] to programme.toml"
        own = step.about_own_plan or step.read_next or bool(step.from_readers)
        if own and exercise.grouping != plan.grouping and plan.grouping in self.programme.groupings:
            return f'is about the group\'s plan, and plans are those of the grouping "{plan.grouping}"; change one'
        return ""

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
        if other is not exercise and _stays_inside(exercise.steps[index], key):
            return f'names a step of "{other.id}", and has to name one of this exercise, as "#step"'
        if other is exercise and index <= exercise.steps.index(step):
            return f'names the step "{step.id}", which does not come before this one; name an earlier one'
        return "" if step.id in named.unsure else _misfit(ref, step, exercise.steps[index], key)


def _stays_inside(user: Step, key: str) -> bool:
    """Whether a reference only works within a sheet: what it names is counted, or left out, or passed to readers."""
    return (
        key in ("without", "from_readers")
        or (key == "items_from" and (user.disputed or user.agrees))
        or (key == "prefill" and user.kind is StepKind.TABLE)
    )


def _misfit(ref: Ref, step: Step, user: Step, key: str) -> str:
    """Why the answers to `step` don't serve `user`; empty when they do."""
    if step.kind in _SILENT:
        return f'names the step "{step.id}", which has no answers, being of kind "{step.kind}"; name another'
    column = step.column(ref.column) if ref.column else None
    if ref.column and (problem := _no_column(ref, step)):
        return problem
    if key == "carries":
        return _not_carried(step, user)
    settles = key == "items_from" and (user.disputed or user.agrees)
    if step.items_from is not None and not settles and not (key == "recall" and step.agrees):
        return f'names "{step.id}", a rating of items, which shows nobody\'s own; plot it instead'
    if key == "offers" and step.kind is not StepKind.LIST:
        return f'offers the entries of "{step.id}", of kind "{step.kind}"; name a step of kind "list"'
    if key == "prefill" and user.kind is StepKind.TABLE:
        if step.kind is not StepKind.CHOICE:
            return f'begins rows with "{step.id}", of kind "{step.kind}"; name a step of kind "choice"'
        return ""
    if key == "prefill" and step.kind is not StepKind.TEXT:
        return f'begins a text with "{step.id}", of kind "{step.kind}"; name a step of kind "text"'
    if key == "without" and (step.kind is not StepKind.CHOICE or step.options_from != user.options_from):
        return f'leaves out what "{step.id}" picked; name a choice with the same options_from'
    if key == "from_readers" and not step.read_next:
        return f'shows "{step.id}" to another group, and that step isn\'t about its plan; give it read_next = true'
    if settles:
        return _unlike(step, user)
    if key in ("options_from", "items_from"):
        makes = "makes options" if key == "options_from" else "makes items"
        if step.kind is StepKind.TABLE and (column is None or column.kind is not StepKind.TEXT or column.optional):
            return f'{makes} of the rows of "{step.id}"; name a column of text that is not optional, as ".column"'
        if step.kind not in (StepKind.TABLE, StepKind.LIST, StepKind.TEXT):
            return f'{makes} of "{step.id}", of kind "{step.kind}"; name a list, a text or a column of a table'
    kept_apart = key in ("recall", "without", "from_readers")  # shown to its author alone, as a count, or not at all
    if not kept_apart and step.visibility is Visibility.ME and user.visibility is not Visibility.ME:
        return f'would show others "{step.id}", promised to its author alone; name another step'
    return ""


def _no_column(ref: Ref, step: Step) -> str:
    """Why a reference to a column leads nowhere; empty when it leads to one."""
    if step.kind is not StepKind.TABLE:
        return f'names a column of "{step.id}", which is no table; leave out ".{ref.column}"'
    if step.column(ref.column) is None:
        there_are = _there_are([each.id for each in step.columns])
        return f'names the column "{ref.column}", which "{step.id}" does not have{there_are}'
    return ""


def _unlike(step: Step, user: Step) -> str:
    """Why a step can't settle what is disputed of another; empty when it can."""
    if step.items_from is None or step.disputed or step.agrees:
        return f'settles "{step.id}", which isn\'t a rating of items; name one'
    if (step.minimum, step.maximum) != (user.minimum, user.maximum):
        return f'settles "{step.id}", rated from {step.minimum} to {step.maximum}; use the same numbers'
    return ""


def _not_carried(step: Step, user: Step) -> str:
    """Why a rating can't begin from what the same people gave in another; empty when it can."""
    if not (step.counted and step.items_from is Statements.ASKED):
        return f'begins from "{step.id}", in which people don\'t rate statements for themselves; name such a step'
    if (step.minimum, step.maximum) != (user.minimum, user.maximum):
        return f'begins from "{step.id}", rated from {step.minimum} to {step.maximum}; use the same numbers'
    return ""


def _plan_key(step: Step) -> str:
    """The key that makes a step one about plans; empty where it isn't."""
    if step.kind is StepKind.PLAN:
        return "kind"
    for key in ("options_from", "items_from"):
        if getattr(step, key) in set(Plans):
            return key
    flags = ("blanks", "read_next", "from_readers", "agrees_plan")
    return next((key for key in flags if getattr(step, key)), "")


def _there_are(names: Sequence[str]) -> str:
    if not names:
        return "; there is none"
    return f"; there are {', '.join(names[:12])}{' …' if len(names) > 12 else ''}"
