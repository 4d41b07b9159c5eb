"""A group's time, as its sheet and the board show it, and what the group is told when it runs out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core import timers
from bot.core.exercise import Exercise
from bot.core.fires import Fire, FireStatus
from bot.core.message import Moment, Phrase, Priority
from bot.core.run import Run, is_at_work
from bot.core.signals import of_run
from bot.core.workshop import Workshop
from bot.turn import Turn, user_ids
from handlers.exercises import named
from handlers.mirrors.saying import say_to_group

HALF = timedelta(seconds=30)


def is_timed(run: Run) -> bool:
    """Whether time means anything there: work goes on, and some was given."""
    return run.timer is not None and is_at_work(run)


def on_sheet(run: Run, now: datetime) -> Phrase | None:
    """How much is left, in words that change seldom: the sheet is on many phones."""
    if run.timer is None or not is_timed(run):
        return None
    if run.timer.ends_at is None:
        return Phrase("time.stands", {"count": timers.minutes_left(run.timer, now)})
    if timers.is_over(run.timer, now):
        return Phrase("time.is_up")
    until = Moment(run.timer.ends_at, "time")
    if timers.left_of(run.timer, now) <= HALF:
        return Phrase("time.until_soon", {"until": until})
    return Phrase("time.until", {"until": until, "count": timers.mark(run.timer, now)})


def on_board(run: Run, now: datetime) -> Phrase | None:
    """The same to the minute."""
    if run.timer is None or not is_timed(run):
        return None
    if timers.is_over(run.timer, now):
        return Phrase("steer.up")
    key = "steer.stands" if run.timer.paused else "steer.left"
    return Phrase(key, {"count": timers.minutes_left(run.timer, now)})


# What groups are told --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToGroup:
    """A signal to the people of one run."""

    fire: Fire

    async def say(self, turn: Turn) -> None:
        fire = self.fire
        run = await turn.run(int(fire.subject.removeprefix("r")))
        workshop = await turn.workshop(fire.workshop_id)
        exercise = turn.programme(workshop).exercises.get(run.exercise) if run and workshop else None
        useful = run is not None and any(
            (each.key, each.version) == (fire.key, fire.version) for each in of_run(run, "UTC")
        )
        if run is None or workshop is None or exercise is None or not useful or _is_late(fire, turn.now):
            turn.put(replace(fire, status=FireStatus.MISSED, reason="too_late", done_at=turn.now))
            return
        turn.put(replace(fire, status=FireStatus.DONE, done_at=turn.now))
        await tell(turn, workshop, exercise, run, _said(run, turn.now), expires_at=fire.ends_at)
        turn.touch(f"run:{run.id}", f"runs:{workshop.id}")

    async def give_up(self, turn: Turn) -> None:
        turn.put(replace(self.fire, status=FireStatus.MISSED, reason="failed", done_at=turn.now))


def to_groups(fires: Sequence[Fire]) -> list[ToGroup]:
    return [ToGroup(each) for each in fires]


def _is_late(fire: Fire, now: datetime) -> bool:
    return fire.ends_at is not None and fire.ends_at <= now


def _said(run: Run, now: datetime) -> str:
    """Which sentence is true now, whenever it should have been said."""
    if run.timer is None or timers.is_over(run.timer, now):
        return "time.up"
    return "time.half_minute" if timers.left_of(run.timer, now) <= HALF else "time.minutes_left"


async def tell(
    turn: Turn, workshop: Workshop, exercise: Exercise, run: Run, key: str, *, expires_at: datetime | None = None
) -> None:
    """Tell those of a run's people who are working in this workshop now."""
    about = named(turn.programme(workshop), exercise)
    if key == "time.minutes_left" and run.timer is not None:
        about["count"] = max(1, round(timers.left_of(run.timer, turn.now) / timedelta(minutes=1)))
    formation = workshop.formation(exercise.grouping)
    members = formation.members_of(run.group) if formation and run.group in formation.groups else []
    for user_id in user_ids(workshop, members):
        person = await turn.person(user_id)
        if person is not None and person.workshop_id == workshop.id:
            await turn.say(user_id, key, priority=Priority.LIVE, unasked=True, expires_at=expires_at, **about)
    await say_to_group(turn, workshop, exercise.grouping, run.group, key, expires_at=expires_at, **about)
