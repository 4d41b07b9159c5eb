"""How far a plan is, as far as an exercise asks: how many actions there are, and what is open in them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core import planning
from bot.core.exercise import Step
from bot.core.plan import Action, ActionPlan, Field

_BESIDE_TITLE = [field for field in Field if field not in (Field.TITLE, Field.PROGRESS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoFar:
    """The actions in a plan, and how many of them are whole."""

    actions: int
    whole: int

    def reaches(self, step: Step) -> bool:
        """Whether that is what a step asks for."""
        return self.actions >= step.minimum and self.whole >= step.whole


def so_far(plan: ActionPlan | None) -> SoFar:
    actions = plan.actions() if plan else []
    return SoFar(actions=len(actions), whole=sum(is_whole(each) for each in actions))


def is_whole(action: Action) -> bool:
    """Whether nothing is left to ask about an action. Much of it may be passed over, but not who answers for it, and by
    when."""
    return not planning.is_unfinished(action) and bool(action.owner) and action.due_on is not None


def is_begun(action: Action) -> bool:
    """Whether anything was said of it beyond its title."""
    return any(not planning.is_open(action, field) for field in _BESIDE_TITLE)
