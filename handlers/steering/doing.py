"""The taps that steer an exercise, for one group or all: each is one change of runs, told on the board, and can be
taken back for ten seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core import steering, timers
from bot.core.errors import Refusal
from bot.core.exercise import Exercise
from bot.core.run import Run, is_at_work
from bot.core.sequence import was_taken_back
from bot.core.steering import Deed
from bot.core.timers import Timer
from bot.core.workshop import Member, Workshop
from bot.turn import Turn
from handlers.context import Here, tap
from handlers.exercises import bring_sheet
from handlers.steering.taps import Steer, TakeBack
from handlers.steering.time import tell

MORE = timedelta(minutes=5)


async def note(turn: Turn, workshop: Workshop, done: Deed) -> None:
    """Put what was done on everybody's board."""
    turn.put(replace(await turn.room(workshop.id), last=done))


@tap(Steer)
async def steer(here: Here, action: Steer) -> None:
    workshop, member = await here.facilitator(action.workshop)
    turn = here.turn
    exercise = turn.programme(workshop).exercises.get(action.exercise)
    if exercise is None or not exercise.grouping:
        raise Refusal("tap.old")
    last, groups = (await turn.room(workshop.id)).last, _groups(action, exercise)
    if steering.is_one_tap(last, action.what, member.number, exercise.id, groups, turn.now):
        return
    runs = _runs(workshop, exercise, await turn.runs_of(workshop.id), action.group)
    pairs = _done(action, exercise, runs, turn.now)
    for _, run in pairs:
        turn.put(run)
    if action.what == "reopen":
        await _bring_back(turn, workshop, exercise.id, [was.group for was, _ in pairs if was_taken_back(was)])
    if action.what == "end":
        for _, run in pairs:
            await tell(turn, workshop, exercise, run, "time.up")
    await note(turn, workshop, _deed(action, exercise, member, pairs, turn.now))


def _runs(workshop: Workshop, exercise: Exercise, runs: Sequence[Run], group: int) -> list[Run]:
    """The runs of a group, or of all groups that there are."""
    formation = workshop.formation(exercise.grouping)
    groups = set(formation.groups) if formation else set()
    return [
        run for run in runs if run.exercise == exercise.id and run.group in groups and (not group or run.group == group)
    ]


def _deed(action: Steer, exercise: Exercise, member: Member, pairs: Sequence[tuple[Run, Run]], now: datetime) -> Deed:
    minutes = int(MORE.total_seconds()) // 60 if action.what == "more" else action.minutes
    about = {"exercise": exercise.id, "groups": _groups(action, exercise), "minutes": minutes}
    return steering.deed(action.what, member.number, pairs, now, **about)


def _groups(action: Steer, exercise: Exercise) -> tuple[int, ...]:
    """The one group that is meant; none for all of them."""
    return (action.group,) if action.group and not exercise.whole_room else ()


def _done(action: Steer, exercise: Exercise, runs: list[Run], now: datetime) -> list[tuple[Run, Run]]:
    """The runs for which something changes, as they were and as they are. Refuses where nothing does."""
    at_work = [run for run in runs if is_at_work(run)]
    match action.what:
        case "start":
            started = timers.start(timedelta(minutes=action.minutes), now)
            changed = [replace(run, timer=started) for run in at_work]
        case "more" | "pause" | "resume" | "end":
            at_work = [run for run in at_work if run.timer is not None]
            if not at_work:
                raise Refusal("time.none")
            changed = [_timed(run, action.what, now) for run in at_work]
        case "close":
            changed = [steering.close(run, now) for run in at_work]
        case "reopen":
            at_work = [run for run in runs if run.closed_at is not None]
            changed = [steering.reopen(run, now) for run in at_work]
        case "hold":
            at = steering.furthest(exercise, at_work)
            changed = [steering.hold(exercise, run, at) for run in at_work]
        case "on" | "free":
            change = steering.self_paced if action.what == "free" else _let_on(exercise)
            changed = [change(run) for run in at_work]
        case _:
            raise Refusal("tap.old")
    pairs = [(was, run) for was, run in zip(at_work, changed, strict=True) if was != run]
    if not pairs:
        raise Refusal("steer.nothing" if not at_work else "tap.nothing")
    return pairs


def _let_on(exercise: Exercise) -> Callable[[Run], Run]:
    return lambda run: steering.let_on(exercise, run)


def _timed(run: Run, what: str, now: datetime) -> Run:
    timer = run.timer or Timer(left=0)
    match what:
        case "more":
            return replace(run, timer=timers.more(timer, MORE, now))
        case "pause":
            return run if timers.is_over(timer, now) else replace(run, timer=timers.pause(timer, now))
        case "resume":
            return replace(run, timer=timers.go_on(timer, now))
        case _:
            return replace(run, timer=timers.end(timer, now))


# Taking back -----------------------------------------------------------------------------------------------------


def mark_of(done: Deed) -> int:
    """What tells one thing that was done from another, as a button carries it."""
    return int(done.done_at.timestamp() * 1000)


@tap(TakeBack)
async def take_back(here: Here, action: TakeBack) -> None:
    workshop, member = await here.facilitator(action.workshop)
    turn = here.turn
    last = (await turn.room(workshop.id)).last
    if last is None or mark_of(last) != action.done:
        raise Refusal("deed.too_late")
    before = {run.id: run for run in await turn.runs_of(workshop.id)}
    back = steering.take_back(last, before, turn.now)
    for run in back:
        turn.put(run)
    pairs = [(before[run.id], run) for run in back]
    done = steering.deed("back", member.number, pairs, turn.now, exercise=last.exercise, groups=last.groups)
    await note(turn, workshop, done)
    if last.what == "open":
        await _bring_back(turn, workshop, last.exercise, [run.group for run in back])


async def _bring_back(turn: Turn, workshop: Workshop, exercise_id: str, groups: Sequence[int]) -> None:
    """Put what groups were working on in front of them again."""
    formation = workshop.formation(turn.programme(workshop).exercises[exercise_id].grouping)
    for group in groups:
        for number in formation.members_of(group) if formation else ():
            await bring_sheet(turn, workshop, number)
