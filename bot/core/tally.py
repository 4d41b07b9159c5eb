"""Many people's ratings and votes as one result, of which nobody's own can be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.exercise import Exercise, Ref, Step
from bot.core.run import Run, ratings

SHOWN_FROM = 4  # answers: of fewer, somebody who knows their own could work out another's
WIDE = 2  # points between the quarters


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The ratings of one item: how many gave a number, the middle one of these, and between which numbers the middle
    half of them lies. `median` is None where there are too few to show."""

    count: int
    median: float | None = None
    low: float = 0
    high: float = 0

    @property
    def spread(self) -> float:
        return self.high - self.low

    @property
    def disputed(self) -> bool:
        """Whether people are far apart. From end to end of the scale somebody always is, in a group of fifteen: what
        counts is that the middle half of them isn't of one mind."""
        return self.median is not None and self.spread >= WIDE

    @property
    def unsettled(self) -> bool:
        """Whether the group has to talk about it: they are far apart, or too few have a view."""
        return self.median is None or self.disputed


def median(numbers: Sequence[int]) -> float:
    """The middle of some numbers, at least one, or what lies between the two in the middle."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return float(ordered[half]) if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def tally(numbers: Sequence[int]) -> Tally:
    """The result for one item. Its quarters are the medians of the lower and of the upper half."""
    if len(numbers) < SHOWN_FROM:
        return Tally(count=len(numbers))
    low, high = quarters(numbers)
    return Tally(count=len(numbers), median=median(numbers), low=low, high=high)


def quarters(numbers: Sequence[int]) -> tuple[float, float]:
    """Between which numbers the middle half of some lies, of two at least."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return median(ordered[:half]), median(ordered[-half:])


def is_closed(run: Run, step: Step) -> bool:
    """Whether the group has moved on from a step: until then nobody is to be led by what the others gave."""
    return run.published_at is not None or run.step != step.id


def rated(run: Run, step: Step, item: str) -> Tally:
    """What a group thinks of an item, once it has moved on from rating."""
    if not is_closed(run, step):
        return Tally(count=0)
    given = [ratings(entry).get(item) for entry in run.entries_of(step.id)]
    return tally([each for each in given if isinstance(each, int)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Where an item stands in the end. `disputed`: people were far apart, and the group didn't settle it."""

    value: float
    disputed: bool = False


def score(exercise: Exercise, run: Run, step: Step, item: str) -> Score | None:
    """The number that the group settled on for an item, else the median; None where there is neither."""
    for settling in exercise.steps:
        if settling.disputed and settling.items_from == Ref(exercise.id, step.id):
            settled = next((ratings(entry).get(item) for entry in run.entries_of(settling.id)), None)
            if isinstance(settled, int):
                return Score(value=settled)
    found = rated(run, step, item)
    return None if found.median is None else Score(value=found.median, disputed=found.disputed)


def votes(run: Run, step: Step, offered: Iterable[str]) -> list[tuple[str, int]]:
    """What was chosen, most often first, with how often; what is equal stays in the order in which it was offered.
    Of what is counted nothing before the group has moved on, and nothing where too few have chosen."""
    entries = run.entries_of(step.id)
    if step.counted and (len(entries) < SHOWN_FROM or not is_closed(run, step)):
        return []
    counts = Counter(pick for entry in entries for pick in run.picks(entry))
    order = list(dict.fromkeys([*offered, *counts]))
    return sorted(((pick, counts[pick]) for pick in order if counts[pick]), key=lambda each: -each[1])
