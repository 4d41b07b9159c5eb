"""What a plan was agreed to be, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.errors import Refusal
from bot.core.plan import Action, ActionPlan, Field, Party, Value


def agree(plan: ActionPlan, *, now: datetime) -> ActionPlan:
    """Freeze the plan as it stands as version 1. What is changed later is shown beside it."""
    if plan.agreed_at is not None:
        raise Refusal("plan.agreed_already", day=plan.agreed_at)
    actions = plan.actions()
    if not actions:
        raise Refusal("plan.empty")
    return replace(plan, agreed_at=now, agreed_goal=plan.goal, agreed={each.number: each.version for each in actions})


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs from what was agreed. `by`, `at` and `why` are those of the newest change of the field.
    `field` is None where the whole action was added (`before` None) or removed (`after` None)."""

    action: Action
    field: Field | None
    before: Value
    after: Value
    by: Party
    at: datetime
    why: str


def changes_since_agreed(plan: ActionPlan) -> list[Change]:
    """How the plan differs from what was agreed, action by action."""
    if plan.agreed_at is None:
        return []
    found: list[Change] = []
    for number, versions in plan.history.items():
        now, agreed = versions[-1], plan.version(number, plan.agreed.get(number, 0))
        if agreed is None and not now.removed:
            first = versions[0]
            found.append(Change(now, None, None, now.title, first.changed_by, first.changed_at, first.why))
        elif agreed is not None and now.removed:
            found.append(Change(now, None, agreed.title, None, now.changed_by, now.changed_at, now.why))
        elif agreed is not None:
            found += [_change(versions, agreed, now, field) for field in Field if agreed.get(field) != now.get(field)]
    return found


def _change(versions: tuple[Action, ...], agreed: Action, now: Action, field: Field) -> Change:
    """The difference in one field, with whoever brought it to what it is."""
    last = now
    for earlier, later in zip(reversed(versions[:-1]), reversed(versions), strict=False):
        last = later
        if earlier.get(field) != later.get(field):
            break
    return Change(now, field, agreed.get(field), now.get(field), last.changed_by, last.changed_at, last.why)
