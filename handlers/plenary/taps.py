"""Callback data of the plenary; see `callbacks`. Days are written as 2027-06-15."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


@dataclass(frozen=True, slots=True)
class ShowPlenary(Action, verb="pl"):
    workshop: int


@dataclass(frozen=True, slots=True)
class CloseDo(Action, verb="dc"):
    """`what`: open, end (for facilitators); begin (for whoever is asked)."""

    workshop: int
    day: str
    what: str


@dataclass(frozen=True, slots=True)
class CloseAnswerWith(Action, verb="dca"):
    """Answer the question number `at` with a number or an option's id, or pass over it (no `value`)."""

    workshop: int
    at: int
    day: str
    value: str


@dataclass(frozen=True, slots=True)
class ShowClose(Action, verb="dcs"):
    """What came of a day's close."""

    workshop: int
    page: int
    day: str


@dataclass(frozen=True, slots=True)
class ReportOn(Action, verb="rp"):
    """Begin the reports on an exercise; without one, ask which."""

    workshop: int
    exercise: str


@dataclass(frozen=True, slots=True)
class ReportDo(Action, verb="rpd"):
    """`what`: next, skip, later, back, more, end. `seen` is the group that was on when the button was made."""

    workshop: int
    queue: int
    seen: int
    what: str


@dataclass(frozen=True, slots=True)
class AddRemark(Action, verb="rk"):
    workshop: int
    queue: int
    group: int


@dataclass(frozen=True, slots=True)
class ShowRemarks(Action, verb="rks"):
    workshop: int
    queue: int
    group: int
    page: int


@dataclass(frozen=True, slots=True)
class RemarkDo(Action, verb="rkd"):
    """`what`: pick, away."""

    workshop: int
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class VoteOn(Action, verb="dv"):
    """Open a vote on what groups published in a step, with so many dots each; 0 dots: ask how many; no exercise: ask
    on what."""

    workshop: int
    dots: int
    exercise: str
    step: str


@dataclass(frozen=True, slots=True)
class ShowVote(Action, verb="dvs"):
    workshop: int
    number: int
    page: int


@dataclass(frozen=True, slots=True)
class PlaceDot(Action, verb="dvp"):
    """Put a dot on an item of a vote, or take it away."""

    workshop: int
    number: int
    item: int


@dataclass(frozen=True, slots=True)
class VoteFor(Action, verb="dvf"):
    """Put the dots of somebody without a phone."""

    workshop: int
    number: int
    member: int


@dataclass(frozen=True, slots=True)
class EndVote(Action, verb="dve"):
    workshop: int
    number: int


@dataclass(frozen=True, slots=True)
class PollDo(Action, verb="qp"):
    """`what`: new, yes_no, not_sure (answers that are often wanted), send, back."""

    workshop: int
    what: str


@dataclass(frozen=True, slots=True)
class EndPoll(Action, verb="qpe"):
    workshop: int
    number: int
