"""The daily close: a few questions that are answered so that nobody can tell whose answer is whose.

Of an answer nothing is kept but its words and a number drawn by lot: no author, no time, no order, and nothing that
ties a person's answers to each other. How far each member is, is kept beside them, so that nobody is asked twice. What
facilitators see comes in handfuls: whoever watches somebody type can't tell what came of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.core import checked
from bot.core.errors import Refusal
from bot.core.exercise import CloseQuestion, StepKind
from bot.core.tally import SHOWN_FROM

HIGHEST_NUMBER = 2**53


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAnswer:
    """Somebody's words, or a number or an option's id as text; `shown` to facilitators by now."""

    number: int
    question: str
    value: str
    shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClose:
    """The close of one day. `through` is how many questions each member is through with."""

    on: date
    opened_at: datetime
    ended_at: datetime | None = None
    through: Mapping[int, int] = field(default_factory=dict)
    answers: Mapping[int, CloseAnswer] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseResult:
    """What came of a question: how many answered and were shown, how often each number or option was taken, or the
    texts. `hidden` answers wait until there are enough of them."""

    question: CloseQuestion
    count: int
    counts: Mapping[str, int]
    texts: tuple[str, ...]
    hidden: int


def value_of(question: CloseQuestion, text: str) -> str:
    """What was typed or tapped, as it is kept. Refuses what the question doesn't ask for."""
    match question.kind:
        case StepKind.RATING:
            return str(checked.number(text, question.minimum, question.maximum))
        case StepKind.CHOICE:
            if question.option(text) is None:
                raise Refusal("input.choose")
            return text
        case _:
            return checked.words(text, question.max_length)


def next_of(close: DayClose, questions: Sequence[CloseQuestion], member: int) -> int | None:
    """Which question a member comes to next; None when they are through, or it is over."""
    at = close.through.get(member, 0)
    return at if close.is_open and at < len(questions) else None


def answer(
    close: DayClose,
    questions: Sequence[CloseQuestion],
    member: int,
    at: int,
    text: str | None,
    draw: Callable[[], int],
) -> DayClose:
    """Take a member's answer to the question `at`, or (None) let them pass over it. `draw` gives the number by which it
    is kept. Refuses what was answered already: an answer that can't be told from others can't be changed."""
    if not close.is_open:
        raise Refusal("wrap.over")
    if next_of(close, questions, member) != at:
        raise Refusal("wrap.once")
    question, through = questions[at], {**close.through, member: at + 1}
    if text is None:
        if not question.optional:
            raise Refusal("wrap.needed")
        return replace(close, through=through)
    kept = CloseAnswer(number=_free(close, draw), question=question.id, value=value_of(question, text))
    return replace(close, through=through, answers={**close.answers, kept.number: kept})


def _free(close: DayClose, draw: Callable[[], int]) -> int:
    number = draw()
    while number in close.answers:
        number = draw()
    return number


def revealed(close: DayClose, questions: Sequence[CloseQuestion], members: Collection[int]) -> DayClose:
    """The close with whatever may be shown by now: of each question a handful at a time, and the rest once it is over
    or all of `members` are through; nothing as long as there are fewer than a handful at all."""
    done = not close.is_open or all(close.through.get(each, 0) >= len(questions) for each in members)
    answers = dict(close.answers)
    for question in questions:
        theirs = [each for each in close.answers.values() if each.question == question.id]
        waiting = [each for each in theirs if not each.shown]
        if len(theirs) >= SHOWN_FROM and (done or len(waiting) >= SHOWN_FROM):
            answers |= {each.number: replace(each, shown=True) for each in waiting}
    return replace(close, answers=answers) if answers != close.answers else close


def ended(close: DayClose, now: datetime) -> DayClose:
    """No more answers."""
    if not close.is_open:
        raise Refusal("wrap.over")
    return replace(close, ended_at=now)


def results(close: DayClose, questions: Sequence[CloseQuestion]) -> list[CloseResult]:
    """What facilitators may see by now, question by question; texts in the order of their numbers, which is none."""
    found = []
    for question in questions:
        theirs = [each for _, each in sorted(close.answers.items()) if each.question == question.id]
        values = [each.value for each in theirs if each.shown]
        is_text = question.kind is StepKind.TEXT
        found.append(
            CloseResult(
                question=question,
                count=len(values),
                counts={} if is_text else Counter(values),
                texts=tuple(values) if is_text else (),
                hidden=len(theirs) - len(values),
            )
        )
    return found


def answered(close: DayClose) -> int:
    """How many people have answered, or passed over, at least one question."""
    return len(close.through)
