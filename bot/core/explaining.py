"""Why something was changed after it had been agreed: a reason beside the change that it is for."""

from __future__ import annotations

from dataclasses import replace

from bot.core.plan import ActionPlan, Field
from bot.core.planning import checked, is_open

ASKED_ABOUT = (Field.DUE_ON, Field.OWNER)
"""What others count on once it is agreed: whoever changes it is asked why."""

LONGEST_REASON = 140  # characters: one line beside the change


def wants_reason(plan: ActionPlan, number: int, field: Field) -> bool:
    """Whether the newest change of an action should be given a reason: the field isn't what was agreed any more."""
    action, agreed = plan.action(number), plan.version(number, plan.agreed.get(number, 0))
    if field not in ASKED_ABOUT or action is None or agreed is None or action.why or is_open(agreed, field):
        return False
    before = plan.history[number][-2] if len(plan.history[number]) > 1 else agreed
    return action.get(field) not in (agreed.get(field), before.get(field))


def explain(plan: ActionPlan, number: int, version: int, why: str) -> ActionPlan:
    """Give the change that made `version` its reason. The numbers stay: others may have been asked for theirs, or have
    a later version in front of them. Where it isn't there any more, nothing happens."""
    words = checked(why, "why", LONGEST_REASON)
    versions = plan.history.get(number, ())
    at = next((at for at, each in enumerate(versions) if each.version == version), None)
    if at is None or any(each.version == plan.agreed.get(number) for each in versions[at:]):
        return plan
    explained = replace(versions[at], why=words)
    return replace(plan, history={**plan.history, number: (*versions[:at], explained, *versions[at + 1 :])})
