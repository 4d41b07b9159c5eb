"""Quick polls: one question with a few answers, put to the room by Telegram's own polls, one in each chat.

Of an answer only the poll's number is known, which leads to a chat as long as the poll is open: so that it can be
closed there. Once it is over there are totals alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core import checked
from bot.core.errors import Refusal
from bot.core.tally import SHOWN_FROM
from bot.core.words import same

LONGEST_QUESTION = 200  # characters; Telegram takes 300
LONGEST_ANSWER = 80  # and 100 of these
MOST_ANSWERS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickPoll:
    """`totals` are how often each answer was chosen, by its place, and `voters` how many chose, once it is over."""

    number: int
    question: str
    answers: tuple[str, ...]
    opened_at: datetime
    ended_at: datetime | None = None
    totals: Mapping[int, int] = field(default_factory=dict)
    voters: int = 0

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def shown(self) -> list[tuple[str, int]]:
        """Answers with how often they were chosen; nothing while it is open, or where so few answered that somebody
        could work out another's."""
        if self.is_open or self.voters < SHOWN_FROM:
            return []
        return [(answer, self.totals.get(at, 0)) for at, answer in enumerate(self.answers)]


def answers_of(text: str) -> tuple[str, ...]:
    """Answers as they are typed, one a line. Refuses fewer than two, too many, and the same one twice."""
    found = [checked.words(line, LONGEST_ANSWER) for line in text.splitlines() if line.strip()]
    if not 2 <= len(found) <= MOST_ANSWERS:
        raise Refusal("quick.how_many", most=MOST_ANSWERS)
    if any(same(one, other) for at, one in enumerate(found) for other in found[:at]):
        raise Refusal("quick.twice")
    return tuple(found)


def begin(number: int, question: str, answers: Sequence[str], now: datetime) -> QuickPoll:
    return QuickPoll(
        number=number,
        question=checked.words(question, LONGEST_QUESTION),
        answers=answers_of("\n".join(answers)),
        opened_at=now,
    )


def end(poll: QuickPoll, picks: Iterable[Sequence[int]], now: datetime) -> QuickPoll:
    """Count what each chat chose. What isn't one of the answers doesn't count."""
    if not poll.is_open:
        raise Refusal("quick.over")
    valid = [set(each) & set(range(len(poll.answers))) for each in picks]
    totals = Counter(pick for each in valid for pick in each)
    return replace(poll, ended_at=now, totals=dict(totals), voters=sum(1 for each in valid if each))
