"""What somebody is being asked about an action plan, as values; see `dialogue`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.core.plan import Field, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAsk:
    """A question about an action: its `field` and, for an item of a list, which `part` of which `item` (0: none yet).

    An `action` of 0 is one that is only now being added. `base` is what stood there when it was asked, as `written`
    has it. `only`: this one thing is being changed, and nothing else is asked after it. `asks` is a question within the
    question: somebody's name, whether a name was meant so, whether a day was. `name`, `near` and `page` are what is
    known of it: the name, the days that may have been meant, the page of people or the month on show. `on` is
    the day on which it was put.
    """

    kind: Literal["action"] = "action"
    plan_id: int
    action: int = 0
    field: Field = Field.TITLE
    part: str = ""
    item: int = 0
    base: str = ""
    only: bool = False
    asks: Literal["", "name", "new_name", "day", "month"] = ""
    name: str = ""
    near: tuple[str, ...] = ()
    page: int = 0
    on: date | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan on show: a list of its actions (`view`), one action's card, what is open, what has changed since it was
    agreed. A `plan_id` of 0 stands for all plans of the workshop, for facilitators. `party` is whose actions."""

    kind: Literal["plan"] = "plan"
    workshop_id: int
    plan_id: int = 0
    view: Literal["list", "person", "date", "status", "action", "check", "changes", "publish"] = "list"
    action: int = 0
    party: Party = ""
    page: int = 0
