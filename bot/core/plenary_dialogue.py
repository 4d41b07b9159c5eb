"""What people are asked, and look at, in the plenary, as values; see `dialogue`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class PlenaryView:
    """What the room does together: what is on, and what facilitators can begin."""

    kind: Literal["plenary"] = "plenary"
    workshop_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAsk:
    """The daily close asks somebody its question number `at`. What they answered so far isn't in here, on purpose."""

    kind: Literal["close_day"] = "close_day"
    workshop_id: int
    on: date
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseView:
    """What came of a day's close, for facilitators."""

    kind: Literal["closed_day"] = "closed_day"
    workshop_id: int
    on: date
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAsk:
    """A facilitator is asked what groups report on."""

    kind: Literal["report_on"] = "report_on"
    workshop_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkAsk:
    """Somebody writes a comment or a question on a group's report."""

    kind: Literal["remark"] = "remark"
    workshop_id: int
    queue: int
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarksView:
    """What was said of a group's report, for facilitators to pick from."""

    kind: Literal["remarks"] = "remarks"
    workshop_id: int
    queue: int
    group: int
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteAsk:
    """A facilitator opens a dot vote: on what (`exercise` and `step`), and then with how many dots."""

    kind: Literal["vote_on"] = "vote_on"
    workshop_id: int
    exercise: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteView:
    """A dot vote in front of somebody: to put their dots, or what came of it. A facilitator puts those of a `member`
    without a phone."""

    kind: Literal["vote"] = "vote"
    workshop_id: int
    number: int
    page: int = 0
    member: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PollAsk:
    """A facilitator makes a quick poll: its question, its answers, and a look at it before it goes out."""

    kind: Literal["quick_poll"] = "quick_poll"
    workshop_id: int
    asks: Literal["question", "answers", "preview"] = "question"
    question: str = ""
    answers: tuple[str, ...] = ()


# What shows how the plenary stands.
PLENARY = (PlenaryView, CloseAsk, CloseView, ReportAsk, RemarkAsk, RemarksView, VoteAsk, VoteView, PollAsk)
