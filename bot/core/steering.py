"""What a facilitator does to runs from the board: closing and opening again, gates, timers; and taking the last of it
back.

A gate is the last step that a group may go to by itself. Closing keeps everything and lets nobody write.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.errors import Refusal
from bot.core.exercise import Exercise
from bot.core.run import Run, current
from bot.core.timers import Timer

TAKEN_BACK_WITHIN = timedelta(seconds=10)
ONE_TAP = timedelta(seconds=1)  # a finger that taps twice in this time meant it once


# Doors and gates -------------------------------------------------------------------------------------------------


def close(run: Run, now: datetime) -> Run:
    """Let nobody write any more. What stands there stays; time doesn't run for what is closed."""
    return run if run.closed_at is not None else replace(run, closed_at=now, timer=None)


def reopen(run: Run, now: datetime) -> Run:
    """Go on where it was closed. Nobody has been silent since."""
    return run if run.closed_at is None else replace(run, closed_at=None, active_at=now)


def hold(exercise: Exercise, run: Run, step_id: str) -> Run:
    """Have a group wait once it is at a step, or where it is if that is further on."""
    at = max(_index(exercise, step_id), exercise.steps.index(current(exercise, run)))
    return replace(run, gate=exercise.steps[at].id)


def furthest(exercise: Exercise, runs: Iterable[Run]) -> str:
    """The step of the group that is furthest on: where all can wait for each other."""
    at = max((exercise.steps.index(current(exercise, run)) for run in runs), default=0)
    return exercise.steps[at].id


def let_on(exercise: Exercise, run: Run) -> Run:
    """Let a group that waits go one step further than it might; at the last step there is nothing to wait for."""
    if not run.gate:
        return run
    following = _index(exercise, run.gate) + 1
    last = len(exercise.steps) - 1
    return replace(run, gate=exercise.steps[following].id if following < last else "")


def self_paced(run: Run) -> Run:
    """Let a group go on as it likes."""
    return replace(run, gate="") if run.gate else run


def _index(exercise: Exercise, step_id: str) -> int:
    step = exercise.step(step_id)
    return exercise.steps.index(step) if step is not None else 0


# Taking back -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Steered:
    """How one run is steered; `is_open` says whether it is there at all."""

    run_id: int
    is_open: bool = True
    closed_at: datetime | None = None
    gate: str = ""
    timer: Timer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """The last thing that a facilitator did to runs: `what` is open, close, reopen, hold, on, free, start, more, pause,
    resume, end or back; `groups` is empty for all of them. `before` is how the runs were, `after` how they are
    since."""

    what: str
    by: int
    done_at: datetime
    exercise: str
    groups: tuple[int, ...] = ()
    minutes: int = 0
    before: tuple[Steered, ...] = ()
    after: tuple[Steered, ...] = ()


def steered(run: Run) -> Steered:
    """How a run is steered now."""
    return Steered(run_id=run.id, closed_at=run.closed_at, gate=run.gate, timer=run.timer)


def deed(what: str, by: int, pairs: Iterable[tuple[Run | None, Run]], now: datetime, **about: object) -> Deed:
    """What was done to some runs, each as it was (None: not there) and as it is now."""
    found = list(pairs)
    return Deed(
        what=what,
        by=by,
        done_at=now,
        before=tuple(steered(was) if was is not None else Steered(run_id=run.id, is_open=False) for was, run in found),
        after=tuple(steered(run) for _, run in found),
        **about,  # type: ignore[arg-type]
    )


def is_one_tap(done: Deed | None, what: str, by: int, exercise: str, groups: tuple[int, ...], now: datetime) -> bool:
    """Whether the same facilitator did something a moment ago: five minutes more aren't ten, nor is one step two."""
    return (
        done is not None
        and (done.what, done.by, done.exercise, done.groups) == (what, by, exercise, groups)
        and timedelta(0) <= now - done.done_at < ONE_TAP
    )


def can_be_taken_back(done: Deed | None, now: datetime) -> bool:
    return done is not None and done.what != "back" and now - done.done_at <= TAKEN_BACK_WITHIN


def take_back(done: Deed | None, runs: Mapping[int, Run], now: datetime) -> list[Run]:
    """The runs as they were before something was done. What was opened is closed, so that nothing that was written
    since is lost. Refuses when it is too late, or something else has happened to one of them meanwhile."""
    if done is None or not can_be_taken_back(done, now):
        raise Refusal("deed.too_late")
    found = []
    for was, since in zip(done.before, done.after, strict=True):
        run = runs.get(was.run_id)
        if run is None or steered(run) != since:
            raise Refusal("deed.moved_on")
        if not was.is_open:
            found.append(close(run, now))
        else:
            found.append(replace(run, closed_at=was.closed_at, gate=was.gate, timer=was.timer))
    return found
