"""What somebody is being asked about an action plan, as values; see `dialogue`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from bot.core.plan import Field, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAsk:
    """A question about an action: its `field` and, for an item of a list, which `part` of which `item` (0: none yet).

    An `action` of 0 is one that is only now being added. `base` is what stood there when it was asked, as `written`
    has it. `only`: this one thing is being changed, and nothing else is asked after it; with `adding` an item has been
    added so, and its other parts come before the end; with `within` the item's own screen comes after it. `asks` is a
    question within the question: somebody's name, whether a name was meant so, whether a day was. `name`, `near` and
    `page` are what is known of it: the name, the days that may have been meant, the page of people or the month on
    show. `on` is the day on which it was put. Where a reminder led to it, `fire` is what that was about, and
    `message` its number in the chat, which is to say what came of it.
    """

    kind: Literal["action"] = "action"
    plan_id: int
    action: int = 0
    field: Field = Field.TITLE
    part: str = ""
    item: int = 0
    base: str = ""
    only: bool = False
    adding: bool = False
    within: bool = False
    asks: Literal["", "name", "new_name", "day", "month"] = ""
    name: str = ""
    near: tuple[str, ...] = ()
    page: int = 0
    on: date | None = None
    fire: int = 0
    message: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanConflict:
    """Somebody else changed the same thing in between: both are shown, and one is chosen. `mine` is as `written`."""

    kind: Literal["action_conflict"] = "action_conflict"
    plan_id: int
    action: int
    field: Field
    part: str = ""
    item: int = 0
    mine: str = ""
    only: bool = False


PlanLook: TypeAlias = Literal[
    "list", "mine", "people", "person", "date", "status", "removed", "check", "changes", "publish"
]
"""How a plan is looked at: its actions in order, one's own, the people in it, what one of them has a part in, by day,
by status, what was removed; what it leaves open, what has changed since it was agreed, whether to agree it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan on show, page by page. A `plan_id` of 0 stands for all plans of the workshop that somebody may see
    something of. `party` is whose actions, `elsewhere` other workshops in whose plans the reader is named."""

    kind: Literal["plan"] = "plan"
    workshop_id: int
    plan_id: int = 0
    view: PlanLook = "list"
    party: Party = ""
    page: int = 0
    elsewhere: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """An action on show: its card, the list of what can be changed, its status to choose, the items of one `field` or
    one `item`, what became of it, what it can be merged with, or which of the two stays. `back` is the list that it
    was opened from."""

    kind: Literal["action_view"] = "action_view"
    plan_id: int
    action: int
    view: Literal["card", "fields", "progress", "items", "item", "history", "merge", "which"] = "card"
    field: Field = Field.MILESTONES
    item: int = 0
    other_plan: int = 0
    other: int = 0
    page: int = 0
    back: PlanView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGoal:
    """The plan's goal is being written. `base` is what stood there then; `mine` what was written while somebody else
    changed it, as long as nothing is chosen."""

    kind: Literal["plan_goal"] = "plan_goal"
    plan_id: int
    base: str = ""
    mine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReason:
    """Somebody changed what was agreed, and is asked why, once. `version` is that of their change; `aside`: a
    reminder led to it, and nothing of the plan is shown after it."""

    kind: Literal["plan_reason"] = "plan_reason"
    plan_id: int
    action: int
    version: int
    field: Field
    aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Somebody opened the link of a contact of a plan: whether they take part in the `actions` that named them then.
    `token` is the link's: with another one by now, the question is void."""

    kind: Literal["handover"] = "handover"
    plan_id: int
    contact: int
    token: str
    actions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopping:
    """A contact is about to stop taking part in one of these plans."""

    kind: Literal["stopping"] = "stopping"
    plans: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanExport:
    """Somebody wants a plan as a file: which one (a `plan_id` of 0), and in which form. `all`: those of the whole
    workshop. A `day`: what groups made on it instead."""

    kind: Literal["export"] = "export"
    workshop_id: int
    plan_id: int = 0
    all: bool = False
    day: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanImport:
    """Somebody adds to a group's plan from a file: for which group (`group` 0), the file that is asked for or is being
    fetched, and what was found in it, waiting for a yes. `found` is the plan that it holds, `mistakes` what is wrong in
    it, and `problem` what was wrong with the file before, all packed as text."""

    kind: Literal["import"] = "import"
    workshop_id: int
    group: int = 0
    asks: Literal["file", "reading", "yes"] = "file"
    file_id: str = ""
    file: str = ""
    found: str = ""
    mistakes: str = ""
    problem: str = ""
