"""Of what is planned about a plan, that which a change has to do with: an action that is filled in shouldn't cost what
a whole plan costs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.core import followup_action
from bot.core.outlook import Outlook, PlanOutlook
from bot.core.plan import ActionPlan, Party, Report
from bot.core.reminder_rules import Anchor


@dataclass(frozen=True, slots=True)
class Scope:
    """Actions by their numbers, and owners as they are told of the plan as a whole ("": its reviews). None: all."""

    actions: frozenset[int] | None = frozenset()
    owners: frozenset[Party] | None = frozenset()

    def __or__(self, other: Scope) -> Scope:
        actions = None if self.actions is None or other.actions is None else self.actions | other.actions
        return Scope(actions, None if self.owners is None or other.owners is None else self.owners | other.owners)

    def __bool__(self) -> bool:
        return self.actions is None or self.owners is None or bool(self.actions or self.owners)


NOTHING = Scope()
EVERYTHING = Scope(None, None)


def of_change(was: PlanOutlook | None, now: PlanOutlook, users: Collection[int] = ()) -> Scope:
    """What of a plan may be otherwise because it, or its workshop, or the own hours of these accounts have changed."""
    if was is None or was.plan.agreed_at != now.plan.agreed_at or _days_differ(was.around, now.around):
        return EVERYTHING
    found = NOTHING
    if was.plan is not now.plan:
        if was.is_over != now.is_over:
            return EVERYTHING
        found = Scope(_changed(was.plan, now.plan) | _reported(was.plan.reports, now.plan.reports))
        found |= _of_ownership(was, now)
        if was.plan.escalation != now.plan.escalation:
            found |= Scope(None)
    if users or _people(was) != _people(now):
        found |= _of_asked(was, now, users)
    return found


def _people(view: PlanOutlook) -> tuple[int, ...]:
    """Changes where the people may have changed, or where they sit."""
    workshop = view.around.workshop
    return (id(workshop.members), id(workshop.formations), id(view.plan.contacts))


def _of_asked(was: PlanOutlook, now: PlanOutlook, users: Collection[int]) -> Scope:
    """What somebody else is asked than before, or one of these accounts."""

    def differs(party: Party, action: int) -> bool:
        asked = now.asked(party, action)
        return asked[1] in users or asked != was.asked(party, action)

    actions = (
        each.number
        for each in now.plan.actions()
        if any(differs(party, each.number) for party in followup_action.parties(now.plan, each))
    )
    owners = (owner for owner, mine in now.owned.items() if differs(owner, mine[0].number))
    return Scope(frozenset(actions), frozenset(owners) | ({""} if differs("", 0) else frozenset()))


def _days_differ(was: Outlook, now: Outlook) -> bool:
    """Whether the days, the hours or the rules of everything in a workshop may be others."""
    before, after = was.workshop, now.workshop
    if (before.zone, before.country, before.first_on) != (after.zone, after.country, after.first_on):
        return True
    if before.sessions is not after.sessions and was.last_day != now.last_day:
        return True
    rules = [[rule for rule in each.rules if rule.anchor is not Anchor.SESSION] for each in (was, now)]
    return before.rules is not after.rules and rules[0] != rules[1]


def _changed(was: ActionPlan, now: ActionPlan) -> frozenset[int]:
    if was.history is now.history:
        return frozenset()
    numbers = was.history.keys() | now.history.keys()
    return frozenset(each for each in numbers if was.history.get(each) is not now.history.get(each))


def _reported(was: tuple[Report, ...], now: tuple[Report, ...]) -> frozenset[int]:
    """The actions about which something was said, or isn't said any more."""
    if was is now:
        return frozenset()
    before, after = ({each.number: each for each in reports} for reports in (was, now))
    numbers = (each for each in before.keys() | after.keys() if before.get(each) is not after.get(each))
    return frozenset((after.get(each) or before[each]).action for each in numbers)


def _of_ownership(was: PlanOutlook, now: PlanOutlook) -> Scope:
    """What has to do with owners of other actions than before: what they are told of the plan as a whole, and single
    messages, which come to owners of one action alone."""
    if was.plan.history is now.plan.history:
        return NOTHING
    owners = frozenset(
        each for each in was.owned.keys() | now.owned.keys() if _numbers(was, each) != _numbers(now, each)
    )
    turned = [each for each in owners if was.owns_several(each) != now.owns_several(each)]
    return Scope(frozenset(action.number for each in turned for action in now.owned.get(each, ())), owners)


def _numbers(view: PlanOutlook, owner: Party) -> list[int]:
    return [each.number for each in view.owned.get(owner, ())]
