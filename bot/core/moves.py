"""Moving a group from step to step of an exercise, and publishing what came of it. Who may do it, and when, is in the
table of `walk`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.errors import Refusal
from bot.core.exercise import Exercise, Step, StepKind, Who
from bot.core.run import Actor, Run, answered, check_open, current, given, have_answered, needed


def _check_may_steer(run: Run, actor: Actor) -> None:
    check_open(run)
    if run.published_at is not None and not actor.leads:
        raise Refusal("sheet.published")
    if not actor.steers:
        raise Refusal("sheet.pen_moves")


def _check_may_move(exercise: Exercise, run: Run, actor: Actor, step_id: str) -> int:
    _check_may_steer(run, actor)
    step = current(exercise, run)
    if step.id != step_id:
        raise Refusal("sheet.moved_on")
    return exercise.steps.index(step)


def next_step(exercise: Exercise, run: Run, actor: Actor, step_id: str, *, members: int, now: datetime) -> Run:
    """Go on from the step that the mover sees. `members` is how many are in the group."""
    index = _check_may_move(exercise, run, actor, step_id)
    step = exercise.steps[index]
    if step.kind is StepKind.CONFIRM:
        raise Refusal("sheet.last_step")
    if not step.optional and step.id not in run.skipped:
        _check_answered(run, step, members)
    return _beyond(exercise, run, actor, index + 1, now)


def _check_answered(run: Run, step: Step, members: int) -> None:
    if answered(run, step, members):
        return
    if step.who is Who.EACH:
        raise Refusal("sheet.need_each", have=have_answered(run, step), need=members)
    if step.many or needed(step) > 1:
        raise Refusal("sheet.need_more", have=given(run, step, run.entries_of(step.id)), need=needed(step))
    raise Refusal("sheet.need_answer")


def _goto(exercise: Exercise, run: Run, index: int, now: datetime) -> Run:
    index = max(0, min(index, len(exercise.steps) - 1))
    return replace(run, step=exercise.steps[index].id, active_at=now)


def _beyond(exercise: Exercise, run: Run, actor: Actor, index: int, now: datetime) -> Run:
    """Show a step, if no gate is before it. Whoever leads the group takes the gate along."""
    gate = exercise.step(run.gate)
    if gate is not None and exercise.steps.index(gate) < index < len(exercise.steps):
        if not actor.leads:
            raise Refusal("sheet.gate")
        run = replace(run, gate=exercise.steps[index].id)
    return _goto(exercise, run, index, now)


def skip(exercise: Exercise, run: Run, actor: Actor, step_id: str, *, now: datetime) -> Run:
    """Go on without what the step asks; the product says so. What stands there already is kept."""
    index = _check_may_move(exercise, run, actor, step_id)
    if exercise.steps[index].kind is StepKind.CONFIRM:
        raise Refusal("sheet.last_step")
    skipped = run.skipped | {step_id} if not run.entries_of(step_id) else run.skipped
    return _beyond(exercise, replace(run, skipped=skipped), actor, index + 1, now)


def back(exercise: Exercise, run: Run, actor: Actor, step_id: str, *, now: datetime) -> Run:
    index = _check_may_move(exercise, run, actor, step_id)
    if index == 0:
        raise Refusal("sheet.first_step")
    return _goto(exercise, run, index - 1, now)


def go_to(exercise: Exercise, run: Run, actor: Actor, step_id: str, *, now: datetime) -> Run:
    """Show another step of the exercise."""
    _check_may_steer(run, actor)
    step = exercise.step(step_id)
    return run if step is None else _beyond(exercise, run, actor, exercise.steps.index(step), now)


def unanswered(exercise: Exercise, run: Run, members: int) -> list[Step]:
    """What is still open, for the confirm step to name."""
    return [
        step
        for step in exercise.steps
        if step.kind is not StepKind.CONFIRM
        and not step.optional
        and not answered(run, step, members)
        and not (step.counted and run.entries_of(step.id))  # somebody is always out of the room
    ]


def publish(exercise: Exercise, run: Run, actor: Actor, step_id: str, *, now: datetime) -> Run:
    """Agree on the product. Publishing twice is the same as once."""
    if run.published_at is not None:
        return run
    index = _check_may_move(exercise, run, actor, step_id)
    if exercise.steps[index].kind is not StepKind.CONFIRM:
        raise Refusal("sheet.moved_on")
    on_sheet = any(entry.removed_at is None for entry in run.entries.values())
    if not on_sheet and not any(step.kind is StepKind.PLAN for step in exercise.steps):
        raise Refusal("sheet.nothing_to_publish")
    return replace(run, published_at=now, active_at=now)
