"""What there is to tell an audience: what the plan says of an action, and what is new since it was last told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.core import reports
from bot.core.plan import Action, ActionPlan, Communication, Field, Kpi, Progress, Report, ReportKind

MOST_VALUES = 2  # measures that are told of at once


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """`message` is what the plan has for this audience, in its authors' words. `moved_from` is the day that it was told
    before, where another one stands now; `reached` are the milestones and `values` what measures have come to since;
    `next_milestone` is its name and day."""

    message: str
    done: bool
    uncertain: bool
    due_on: date | None
    moved_from: date | None
    reached: tuple[str, ...]
    values: tuple[tuple[Kpi, Report], ...]
    next_milestone: tuple[str, date] | None


def last_told(plan: ActionPlan, action: Action, told: Communication) -> Report | None:
    """When an audience was last told; None where it never was."""
    found = [each for each in reports.told_log(plan, action.number, told.id) if each.kind is ReportKind.TOLD]
    return found[-1] if found else None


def news(plan: ActionPlan, action: Action, told: Communication, today: date) -> News:
    """What to tell an audience today."""
    last = last_told(plan, action, told)
    since = last.at if last is not None else plan.created_at
    before = _as_of(plan, action, since) if last is not None else None
    moved = before.due_on if before is not None and before.due_on != action.due_on else None
    said = [(each, values[-1]) for each in action.kpis if (values := reports.values(plan, action, each))]
    fresh = [(kpi, value) for kpi, value in said if value.at > since]
    reached = {each.id: reports.reached(plan, action.number, each.id) for each in action.milestones}
    ahead = sorted(
        (each.due_on, each.name)
        for each in action.milestones
        if each.due_on is not None and each.due_on >= today and reached[each.id] is None
    )
    return News(
        message=told.message,
        done=action.progress is Progress.DONE,
        uncertain=action.progress in (Progress.AT_RISK, Progress.BLOCKED),
        due_on=action.due_on,
        moved_from=moved,
        reached=tuple(
            each.name for each in action.milestones if (at := reached[each.id]) is not None and at.at > since
        ),
        values=tuple(fresh[:MOST_VALUES]),
        next_milestone=(ahead[0][1], ahead[0][0]) if ahead else None,
    )


def _as_of(plan: ActionPlan, action: Action, at: datetime) -> Action | None:
    """An action as it stood at an instant."""
    then = [each for each in plan.history[action.number] if each.changed_at <= at]
    return then[-1] if then else None


def of(action: Action, item: int) -> Communication | None:
    """A communication of an action by its number."""
    found = action.item(Field.COMMUNICATIONS, item)
    return found if isinstance(found, Communication) else None
