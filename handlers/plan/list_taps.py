"""Callback data of plans on show: lists, cards, and what can be done there; see `callbacks`."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callbacks import Action


# Looking
@dataclass(frozen=True, slots=True)
class ShowPlan(Action, verb="pv"):
    """Look at a plan, or (0) at all that one may see something of; `view` and `party` are as in `PlanView`."""

    workshop: int
    plan: int
    page: int
    view: str
    party: str


@dataclass(frozen=True, slots=True)
class ShowGroupPlan(Action, verb="pvg"):
    """A facilitator looks at the plan of a group; it is begun where there is none."""

    workshop: int
    group: int


@dataclass(frozen=True, slots=True)
class ShowAction(Action, verb="pa"):
    """Put an action's card on show; `view` is "card", or what is shown in its place: fields, progress, merge."""

    plan: int
    action: int
    page: int
    view: str


@dataclass(frozen=True, slots=True)
class ShowItems(Action, verb="pis"):
    """The items of one of an action's lists; one of them, unless `item` is 0."""

    plan: int
    action: int
    item: int
    field: str


# Changing an action
@dataclass(frozen=True, slots=True)
class AskField(Action, verb="pf"):
    """Ask for one field; for a list: for one more item."""

    plan: int
    action: int
    field: str


@dataclass(frozen=True, slots=True)
class AskPart(Action, verb="pip"):
    """Ask for one part of an item."""

    plan: int
    action: int
    item: int
    field: str
    part: str


@dataclass(frozen=True, slots=True)
class DropItem(Action, verb="pid"):
    """Take an item off its list; `version` is the action's as it stood on the phone."""

    plan: int
    action: int
    item: int
    version: int
    field: str


@dataclass(frozen=True, slots=True)
class CallFine(Action, verb="pok"):
    """What the check found is fine; `finding` is its key."""

    plan: int
    action: int
    finding: str


@dataclass(frozen=True, slots=True)
class SetProgress(Action, verb="pst"):
    """How the action stands; `was` is what stood on the phone."""

    plan: int
    action: int
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class ActionDo(Action, verb="pd"):
    """`what`: undo, remove, put_back; `version` is the action's as it stood on the phone."""

    plan: int
    action: int
    version: int
    what: str


@dataclass(frozen=True, slots=True)
class SkipReason(Action, verb="psr"):
    """Give no reason for a change of what was agreed."""

    plan: int
    action: int


# Merging two
@dataclass(frozen=True, slots=True)
class MergeWith(Action, verb="pmw"):
    """Choose the second one."""

    plan: int
    action: int
    other_plan: int
    other: int


@dataclass(frozen=True, slots=True)
class ProposeMerge(Action, verb="pmp"):
    """Ask the authors of both whether the second may go into the first."""

    plan: int
    action: int
    other_plan: int
    other: int


@dataclass(frozen=True, slots=True)
class AnswerMerge(Action, verb="pma"):
    """Say yes (1) to a proposal, or keep both (0)."""

    proposal: int
    yes: int


# The plan
@dataclass(frozen=True, slots=True)
class ChangeGoal(Action, verb="pgo"):
    plan: int


@dataclass(frozen=True, slots=True)
class SettleGoal(Action, verb="pgs"):
    """End a conflict about the goal: `mine` is 1 for one's own words."""

    plan: int
    mine: int


@dataclass(frozen=True, slots=True)
class AgreePlan(Action, verb="pag"):
    """Publish the plan: what stands there is agreed."""

    plan: int
