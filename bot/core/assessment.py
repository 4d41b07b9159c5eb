"""What people's views of the statements come to: how they are spread, what a group made of it, and what stands out.

A number is never shown without how the others lie around it: this compares no people and no groups. Below SHOWN_FROM
answers nothing is shown at all, not even the order of the statements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.core import tally
from bot.core.candidates import Around, Candidate, by_spread, candidates, spread_of
from bot.core.exercise import Exercise, Ref, Step
from bot.core.run import APART, DONT_KNOW, OPEN, Run, ratings

SURE, WHY = "/sure", "/why"  # behind an item: how sure they are of the number, and what they base it on
LOW, HIGH = 1, 3  # how sure


class Flag(StrEnum):
    """What stands out about a statement."""

    APART = "apart"  # we disagree
    UNKNOWN = "unknown"  # we don't know
    GAP = "gap"  # a clear gap: low, and agreed


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What was said of a statement by one person, or by a group as one: a number, DONT_KNOW, APART, or OPEN."""

    given: str | int = OPEN
    sure: int = 0  # from LOW to HIGH; 0: not said
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How many gave each number, from the lowest; how many don't know; how many of all are unsure or don't know."""

    counts: tuple[int, ...]
    dont_know: int
    unsure: int

    @property
    def answers(self) -> int:
        return sum(self.counts) + self.dont_know


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a statement. `spread` is None where too few answered, or it isn't to be seen yet; `view` is what
    the group settled on or, in somebody's own run, what they gave."""

    candidate: Candidate
    spread: Spread | None
    view: View
    flags: tuple[Flag, ...]


def view(given: Mapping[str, str | int], item: str) -> View:
    sure = given.get(item + SURE, 0)
    return View(
        given=given.get(item, OPEN),
        sure=sure if isinstance(sure, int) else 0,
        why=str(given.get(item + WHY, "")),
    )


def spread(run: Run, step: Step, item: str) -> Spread | None:
    """How a group's own views of a statement lie, once it has moved on and enough have answered."""
    if not tally.is_closed(run, step):
        return None
    given = [view(ratings(entry), item) for entry in run.entries_of(step.id)]
    answered = [each for each in given if each.given != OPEN]
    if len(answered) < tally.SHOWN_FROM:
        return None
    numbers = [each.given for each in answered]
    return Spread(
        counts=tuple(numbers.count(number) for number in range(step.minimum, step.maximum + 1)),
        dont_know=numbers.count(DONT_KNOW),
        unsure=sum(each.given == DONT_KNOW or each.sure == LOW for each in answered),
    )


def rated_step(exercise: Exercise, step: Step) -> Step:
    """The step in which each gave their own, for a step about what came of it."""
    source = step.reveals or (step.items_from.step if isinstance(step.items_from, Ref) else "")
    return exercise.step(source) or step


def results(around: Around, exercise: Exercise, run: Run, step: Step, member: int = 0) -> list[Result]:
    """What came of each statement of a step. `member` is whose own answers they are, in a run that is one person's."""
    rated = rated_step(exercise, step)
    settling = next((each for each in exercise.steps if each.agrees and rated_step(exercise, each) is rated), None)
    settled_in = rated if exercise.personal else settling
    entries = run.entries_of(settled_in.id) if settled_in else []
    mine = [entry for entry in entries if not exercise.personal or entry.author == member]
    given = ratings(next(iter(mine), None))
    found = []
    for each in candidates(around, run, rated) if exercise.personal else by_spread(around, run, rated):
        lie = None if exercise.personal else spread(run, rated, each.id)
        said = view(given, each.id)
        found.append(Result(candidate=each, spread=lie, view=said, flags=flags(rated, lie, said)))
    return found


def flags(step: Step, lie: Spread | None, said: View) -> tuple[Flag, ...]:
    """What stands out. What the group settled on counts before how its members' own views lie."""
    low_from = step.minimum + (step.maximum - step.minimum) // 2  # the lower half of the scale
    if said.given == APART:
        return (Flag.APART,)
    if said.given == DONT_KNOW or said.sure == LOW:
        return (Flag.UNKNOWN,)
    if isinstance(said.given, int):
        return (Flag.GAP,) if said.given <= low_from else ()
    if lie is None:
        return ()
    found: list[Flag] = []
    numbers = [step.minimum + at for at, count in enumerate(lie.counts) for _ in range(count)]
    wide = spread_of(numbers) >= tally.WIDE
    unsure = 2 * lie.unsure >= lie.answers
    if wide:
        found.append(Flag.APART)
    if unsure:
        found.append(Flag.UNKNOWN)
    if numbers and not wide and not unsure and tally.median(numbers) <= low_from:
        found.append(Flag.GAP)
    return tuple(found)


def numbers_of(step: Step) -> range:
    return range(step.minimum, step.maximum + 1)
