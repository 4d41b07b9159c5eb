"""A passage through an exercise: which step is on show, what has been answered, and what may happen next.

Every rule takes a run and returns the next one. A group's run is shared by all its members' phones, so each entry
carries a version: whoever changes an entry says which version they had in front of them, and is refused with
`Overtaken` when somebody else was quicker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.core.errors import Refusal
from bot.core.exercise import Exercise, Step, StepKind, Who
from bot.core.timers import Timer

STUCK_AFTER = timedelta(minutes=4)  # without an answer or a move on an open run
MOST_ENTRIES = 60  # on one step: what a sheet can still show, and a guard against a stuck key

# text, list: str · rating: int, or None for "don't know" · choice: tuple of picks · table: mapping of column → value
# rating of items: mapping of item → number, DONT_KNOW, APART, or OPEN for what is yet to be rated; with what was added
# to a number, under the item's name and a mark
# A pick is an option's id, `=n` for the earlier entry number n, `+g.n` for action n of group g's plan, or `~words` for
# somebody's own words.
Value: TypeAlias = str | int | tuple[str, ...] | Mapping[str, str | int] | None

OWN_WORDS = "~"
EARLIER = "="  # starts a pick that stands for an earlier entry: "=12"
ACTION = "+"  # … and one for an action of a plan: "+3.12"
OPEN, DONT_KNOW = "", "?"  # ratings of an item that aren't a number
APART = "!"  # … and of one on which a group couldn't agree


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One answer. `number` is its own within the run and never used again; `author` is a member's number, None
    where the step is anonymous; `entered_by` the facilitator who wrote it down for the author."""

    number: int
    step: str
    author: int | None
    value: Value
    version: int = 1
    created_at: datetime
    changed_at: datetime
    removed_at: datetime | None = None
    entered_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """`group` is the number of the group in the exercise's grouping, or 0 for a person's own run (`member`). What is
    closed (`closed_at`) is only read; `gate` is the last step that the group may go to by itself ("": any). `edition`
    is the set of statements that it asks about."""

    id: int
    workshop_id: int
    exercise: str
    group: int = 0
    member: int = 0
    step: str
    skipped: frozenset[str] = frozenset()
    opened_at: datetime
    active_at: datetime
    published_at: datetime | None = None
    next_entry: int = 1
    entries: Mapping[int, Entry] = field(default_factory=dict)
    edition: int = 0
    closed_at: datetime | None = None
    gate: str = ""
    timer: Timer | None = None

    def entries_of(self, step: str) -> list[Entry]:
        """What stands on a step's sheet, in order."""
        return [entry for entry in self.entries.values() if entry.step == step and entry.removed_at is None]

    def entry(self, number: int) -> Entry | None:
        entry = self.entries.get(number)
        return entry if entry and entry.removed_at is None else None

    def picks(self, entry: Entry | None) -> tuple[str, ...]:
        """What a choice has picked, without earlier entries that were taken off the sheet since."""
        chosen = entry.value if entry is not None and isinstance(entry.value, tuple) else ()
        return tuple(pick for pick in chosen if self._stands(pick))

    def _stands(self, pick: str) -> bool:
        number = pick.removeprefix(EARLIER)
        return not pick.startswith(EARLIER) or (number.isdecimal() and self.entry(int(number)) is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something: `member` is in whose name; `pen` whether they hold it (a facilitator always may);
    `entered_by` the facilitator's own number when they answer for somebody without a phone."""

    member: int
    pen: bool = False
    leads: bool = False
    entered_by: int | None = None

    @property
    def steers(self) -> bool:
        return self.pen or self.leads


class Overtaken(Refusal):
    """The entry was changed in between. `theirs` is how it stands now; None when it was removed."""

    def __init__(self, theirs: Entry | None, mine: Value) -> None:
        super().__init__("sheet.overtaken")
        self.theirs = theirs
        self.mine = mine


def open_run(
    *,
    id: int,
    workshop_id: int,
    exercise: Exercise,
    group: int = 0,
    member: int = 0,
    edition: int = 0,
    now: datetime,
) -> Run:
    return Run(
        id=id,
        workshop_id=workshop_id,
        exercise=exercise.id,
        group=group,
        member=member,
        step=exercise.steps[0].id,
        opened_at=now,
        active_at=now,
        edition=edition,
    )


def current(exercise: Exercise, run: Run) -> Step:
    """The step on show. Content may have changed since: a step that is gone falls back to the first."""
    return exercise.step(run.step) or exercise.steps[0]


def position(exercise: Exercise, step: Step) -> tuple[int, int]:
    """Where a step stands: (3, 9)."""
    return exercise.steps.index(step) + 1, len(exercise.steps)


def needed(step: Step) -> int:
    """How much a step asks for: entries, picks, or one answer. (A rating's minimum bounds the number instead.)"""
    return max(step.minimum, 1) if step.many or step.kind is StepKind.CHOICE else 1


def given(run: Run, step: Step, entries: Iterable[Entry]) -> int:
    """How much of that some of the step's entries give; a row counts when it is complete, and so do ratings."""
    match step.kind:
        case StepKind.TABLE:
            return sum(not missing_columns(step, entry) for entry in entries)
        case StepKind.CHOICE:
            return sum(len(run.picks(entry)) for entry in entries)
        case StepKind.RATING if step.items_from is not None:
            return sum(OPEN not in ratings(entry).values() for entry in entries)
        case _:
            return sum(1 for _ in entries)


def ratings(entry: Entry | None) -> Mapping[str, str | int]:
    """What somebody gave each item: a number, DONT_KNOW, or OPEN."""
    return entry.value if entry is not None and isinstance(entry.value, Mapping) else {}


def have_answered(run: Run, step: Step) -> int:
    """How many gave what a step for each asks of them. Where it is anonymous, every answer counts for one person."""
    entries = run.entries_of(step.id)
    if step.anonymous:
        return len(entries)
    authors = {entry.author for entry in entries}
    return sum(
        given(run, step, [entry for entry in entries if entry.author == author]) >= needed(step) for author in authors
    )


def answered(run: Run, step: Step, members: int = 1) -> bool:
    """Whether a step has what it needs to be left. `members` is how many should answer a step for each."""
    if step.never_blocks:
        return True
    if step.kind is StepKind.CONFIRM:
        return run.published_at is not None
    if step.who is Who.EACH:
        return have_answered(run, step) >= members
    return given(run, step, run.entries_of(step.id)) >= needed(step)


def steps_done(exercise: Exercise, run: Run, members: int = 1) -> int:
    """How many steps are answered or were skipped; those that never block count once they were passed."""
    at = exercise.steps.index(current(exercise, run))
    return sum(
        1
        for index, step in enumerate(exercise.steps)
        if (index < at if step.never_blocks else answered(run, step, members)) or step.id in run.skipped
    )


def missing_columns(step: Step, entry: Entry) -> list[str]:
    """The columns that a row still needs, in order."""
    row = entry.value if isinstance(entry.value, Mapping) else {}
    return [column.id for column in step.columns if not column.optional and column.id not in row]


def is_stuck(run: Run, *, now: datetime) -> bool:
    """Whether nothing has happened for a while where something could."""
    return is_at_work(run) and now - run.active_at >= STUCK_AFTER


def check_open(run: Run) -> None:
    """Refuses to change what a facilitator has closed."""
    if run.closed_at is not None:
        raise Refusal("sheet.closed")


def is_at_work(run: Run) -> bool:
    """Whether anything can be done on its sheet: it is neither published nor closed."""
    return run.published_at is None and run.closed_at is None
