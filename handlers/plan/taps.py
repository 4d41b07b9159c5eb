"""Callback data of the questions about an action; see `callbacks`."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


@dataclass(frozen=True, slots=True)
class PlanAnswer(Action, verb="aq"):
    """An answer to the question about an action that is on show. `value` is as `plan.written` has it; where several
    may be named, it begins with + or -."""

    plan: int
    action: int
    item: int
    field: str
    part: str
    value: str


@dataclass(frozen=True, slots=True)
class PlanMove(Action, verb="am"):
    """`do`: next, back, save; name (somebody else), ok and another (whether a name was meant so), day_ok, month (shows
    the calendar; `at` is its month) and days (back from it), page (of people, `at`)."""

    plan: int
    action: int
    item: int
    field: str
    part: str
    at: int
    do: str


@dataclass(frozen=True, slots=True)
class PlanSettle(Action, verb="as"):
    """End a conflict about an action: `mine` is 1 for one's own words."""

    plan: int
    action: int
    mine: int


@dataclass(frozen=True, slots=True)
class PlanAdd(Action, verb="aa"):
    """Add an action to a plan."""

    plan: int


@dataclass(frozen=True, slots=True)
class PlanResume(Action, verb="ar"):
    """Go on with a half-finished action."""

    plan: int
    action: int
