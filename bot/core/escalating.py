"""What a group agrees on for when an action gets stuck. Nobody is told by any other way, nor unless they chose it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.core.errors import Refusal
from bot.core.exercise import Programme
from bot.core.plan import Action, ActionPlan, Escalation, Party, Progress, member_party
from bot.core.plan_access import group_of
from bot.core.workshop import Workshop

MOST_DAYS = 90
OFFERED = (3, 7, 14)
_NUMBER = re.compile(r"\d{1,4}")


def agree_on(plan: ActionPlan, to: Party, after: int) -> ActionPlan:
    """Have somebody told where an action has been blocked, or late, for so many days."""
    if not 1 <= after <= MOST_DAYS:
        raise Refusal("escalation.days_range", most=MOST_DAYS)
    return replace(plan, escalation=Escalation(to, after))


def nobody(plan: ActionPlan) -> ActionPlan:
    return replace(plan, escalation=None)


def days_typed(text: str) -> int:
    """How many days typed words mean: "10", or "10 days"."""
    found = _NUMBER.findall(text)
    if len(found) != 1:
        raise Refusal("escalation.days_range", most=MOST_DAYS)
    return int(found[0])


def may_be_told(programme: Programme, workshop: Workshop, plan: ActionPlan) -> list[Party]:
    """Who can be chosen: the group, then who leads; those of them who have a phone. They see the plan anyway."""
    members = [each for each in workshop.active() if each.user_id is not None]
    group = [each for each in members if not each.leads and group_of(programme, workshop, each) == plan.group]
    return [member_party(each.number) for each in (*group, *(each for each in members if each.leads))]


def is_stuck(action: Action, today: date) -> bool:
    """Whether an action is blocked, or its day has passed."""
    if action.progress is Progress.DONE:
        return False
    return action.progress is Progress.BLOCKED or (action.due_on is not None and action.due_on < today)
