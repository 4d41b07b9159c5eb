"""Group chats: what they know of a working group that they are tied to, and what is never sent there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.exercise import Exercise, Programme, Ref, Step, StepKind, Visibility, Who
from bot.core.run import Run
from bot.core.workshop import Workshop

SLOT = "mirror"  # of the living message in the chat itself; in a topic its thread's number follows: "mirror.7"
MOST_STRANGERS = 200  # who were told that a chat isn't theirs: a guard against a chat full of them
_TOGETHER = frozenset(StepKind) - {StepKind.PLAN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirror:
    """A group chat, or a topic of one (its thread), tied to a working group. While it is `paused` (the reason) nothing
    is sent there; one that is `over` is forgotten. `language` is that of whoever tied it (`tied_by`, a member)."""

    chat_id: int
    thread: int = 0
    workshop_id: int
    grouping: str
    group: int
    language: str
    tied_by: int
    tied_at: datetime
    paused: str = ""
    over: bool = False

    @property
    def key(self) -> tuple[int, int]:
        return self.chat_id, self.thread

    @property
    def slot(self) -> str:
        return slot_of(self.thread)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChat:
    """A group chat that the bot is in. `language` is that of whoever brought it in. Somebody asked for it (or for the
    topic `asked_thread`) to be tied in the workshop `asked_workshop`. `strangers` are the accounts that were told that
    they can't answer there."""

    chat_id: int
    title: str
    language: str
    greeted_at: datetime | None = None
    asked_workshop: int = 0
    asked_thread: int = 0
    strangers: tuple[int, ...] = ()
    over: bool = False


def slot_of(thread: int) -> str:
    return f"{SLOT}.{thread}" if thread else SLOT


def thread_of(slot: str) -> int:
    """The topic of a living message in a group chat; 0: the chat itself."""
    name, _, number = slot.partition(".")
    return int(number) if name == SLOT and number.isdecimal() else 0


def moved(mirror: Mirror, chat_id: int) -> tuple[Mirror, Mirror]:
    """A group became a supergroup: the mirror that is over, and the one in its place."""
    return replace(mirror, over=True), replace(mirror, chat_id=chat_id)


def told(chat: GroupChat, user_id: int) -> GroupChat:
    """Somebody was told that they can't answer there."""
    return replace(chat, strangers=(*chat.strangers, user_id)[-MOST_STRANGERS:])


# What is never sent there --------------------------------------------------------------------------------------------


def is_open(programme: Programme, exercise: Exercise, step: Step) -> bool:
    """Whether a step may be worked on in front of everybody in a chat: neither anybody's own, nor anonymous, nor in
    silence, nor made of answers that are; and none of those that need a phone of one's own to look at (a plan, things
    by number, a grid)."""
    if _is_own(step) or step.about_plans or step.plot or step.disputed or step.reveals or step.items_from is not None:
        return False
    if step.kind not in _TOGETHER:
        return False
    sources = [each for each in (step.options_from, step.prefill, step.offers) if each is not None]
    return all(isinstance(each, Ref) and _is_open_source(programme, exercise, each) for each in sources)


def _is_own(step: Step) -> bool:
    alone = step.who is Who.EACH and step.kind not in (StepKind.READ, StepKind.CONFIRM)
    return step.anonymous or alone or step.visibility is Visibility.ME


def _is_open_source(programme: Programme, exercise: Exercise, ref: Ref) -> bool:
    """Whether an earlier answer may stand there."""
    source = programme.exercises.get(ref.exercise)
    step = source.step(ref.step) if source else None
    if source is None or step is None:
        return False
    return is_open(programme, source, step)


def is_shown(programme: Programme, exercise: Exercise, step_id: str) -> bool:
    """Whether a part of a product may stand in a chat once it is published."""
    step = exercise.step(step_id)
    return step is not None and is_open(programme, exercise, step)


def run_for(mirror: Mirror, workshop: Workshop, exercises: Iterable[Exercise], runs: Iterable[Run]) -> Run | None:
    """What a tied group works on: the newest of its runs that is open, else the newest that is published."""
    formation = workshop.formations.get(mirror.grouping)
    if formation is None or mirror.group not in formation.groups:
        return None
    known = {each.id for each in exercises if each.grouping == mirror.grouping}
    theirs = [run for run in runs if run.exercise in known and run.group == mirror.group]
    newest = sorted(theirs, key=lambda run: run.id, reverse=True)
    return next((run for run in newest if run.published_at is None and run.closed_at is None), next(iter(newest), None))
