"""What everybody in a workshop does together: daily closes, reports to the room with remarks on them, votes, polls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.core.day_close import DayClose
from bot.core.dot_vote import DotVote
from bot.core.quick_poll import QuickPoll
from bot.core.remarks import Remark
from bot.core.report_back import ReportQueue


@dataclass(frozen=True, slots=True, kw_only=True)
class Plenary:
    """All of a workshop's, by day or by number."""

    workshop_id: int
    closes: Mapping[date, DayClose] = field(default_factory=dict)
    queues: Mapping[int, ReportQueue] = field(default_factory=dict)
    remarks: Mapping[int, Remark] = field(default_factory=dict)
    votes: Mapping[int, DotVote] = field(default_factory=dict)
    polls: Mapping[int, QuickPoll] = field(default_factory=dict)

    @property
    def close(self) -> DayClose | None:
        """The close that is open, if any."""
        return next((each for _, each in sorted(self.closes.items(), reverse=True) if each.is_open), None)

    @property
    def queue(self) -> ReportQueue | None:
        return next((each for _, each in sorted(self.queues.items(), reverse=True) if each.is_open), None)

    @property
    def vote(self) -> DotVote | None:
        return next((each for _, each in sorted(self.votes.items(), reverse=True) if each.is_open), None)

    @property
    def poll(self) -> QuickPoll | None:
        return next((each for _, each in sorted(self.polls.items(), reverse=True) if each.is_open), None)


def next_number(found: Mapping[int, object]) -> int:
    return max(found, default=0) + 1
