"""Filling in an action, one question after another: which comes next, which came before, what an answer leads to.

A list (milestones, resources, barriers, communications, KPIs) is asked for as a whole first; what is given begins an
item, whose other parts are asked for in turn, and then the list comes up again until it is passed. Every answer is in
the plan at once: whoever stops in the middle, for a minute or for weeks, has lost nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.core import planning
from bot.core.plan import ITEMS, ActionPlan, Field, Frequency, Item, Party, ResourceKind, written
from bot.core.plan_dialogue import PlanAsk
from bot.core.planning import PEOPLE, PartValue, next_open, standing

STEPS: tuple[tuple[Field, ...], ...] = (
    (Field.TITLE,),
    (Field.RESPONSIBLE,),
    (Field.OWNER,),
    (Field.SUPPORTERS,),
    (Field.DUE_ON, Field.MILESTONES),
    (Field.AVAILABLE, Field.NEEDED),
    (Field.BARRIERS,),
    (Field.COMMUNICATIONS,),
    (Field.KPIS,),
)
"""The questions as they are counted: "3 of 9"."""

FIELDS = tuple(field for step in STEPS for field in step)

PARTS: Mapping[Field, tuple[str, ...]] = {
    Field.MILESTONES: ("name", "due_on"),
    Field.AVAILABLE: ("what", "kind"),
    Field.NEEDED: ("what", "kind"),
    Field.BARRIERS: ("who", "how", "answer"),
    Field.COMMUNICATIONS: ("audience", "message", "sender", "channel", "frequency", "until"),
    Field.KPIS: ("name", "baseline", "target", "unit", "source", "frequency"),
}
"""The parts of an item in the order in which they are asked for; the first one begins it."""


def position(field: Field) -> tuple[int, int]:
    """Where a field stands among the questions: (3, 9)."""
    return next(at for at, step in enumerate(STEPS, 1) if field in step), len(STEPS)


# Asking ----------------------------------------------------------------------------------------------------------


def begin(plan: ActionPlan) -> PlanAsk:
    """Ask for the title of a new action."""
    return PlanAsk(plan_id=plan.id)


def ask(plan: ActionPlan, number: int, field: Field, *, only: bool = False) -> PlanAsk:
    """Ask for a field of an action; `only` that one."""
    value = standing(plan, number).get(field)
    base = "" if isinstance(value, tuple) else written(value)
    return PlanAsk(plan_id=plan.id, action=number, field=field, base=base, only=only)


def ask_part(
    plan: ActionPlan, number: int, field: Field, item: int, part: str, *, only: bool = False, adding: bool = False
) -> PlanAsk:
    """Ask for one part of an item of a list."""
    found = standing(plan, number).item(field, item)
    base = written(getattr(found, part)) if found is not None else ""
    return PlanAsk(
        plan_id=plan.id, action=number, field=field, part=part, item=item, base=base, only=only, adding=adding
    )


def resume(plan: ActionPlan, number: int) -> PlanAsk | None:
    """Go on with an action where it was left; None when nothing is open."""
    field = next_open(standing(plan, number))
    return ask(plan, number, field) if field is not None else None


# Answering -------------------------------------------------------------------------------------------------------


def answer(
    plan: ActionPlan, asked: PlanAsk, value: Any, *, by: Party, now: datetime
) -> tuple[ActionPlan, PlanAsk | None]:
    """Take an answer in; the plan then, and the next question, or None at the end.

    `value` is a text (title), a party (owner), a day, an `Item` (a list), or an item's part. Raises Refusal, and
    `planning.Overtaken` where somebody else changed the same thing since it was asked for.
    """
    if not asked.action:
        plan = planning.add_action(plan, str(value), by=by, now=now)
        return plan, _after(plan, replace(asked, action=plan.next_action - 1))
    if asked.item:
        plan = planning.set_part(
            plan, asked.action, asked.field, asked.item, asked.part, value, base=asked.base, by=by, now=now
        )
        return plan, _after(plan, asked)
    if asked.field in ITEMS:
        return _add(plan, asked, value, by=by, now=now)
    plan = planning.set_field(plan, asked.action, asked.field, value, base=asked.base, by=by, now=now)
    return plan, _after(plan, asked)


def _add(
    plan: ActionPlan, asked: PlanAsk, item: Item, *, by: Party, now: datetime
) -> tuple[ActionPlan, PlanAsk | None]:
    before = standing(plan, asked.action)
    plan = planning.add_item(plan, asked.action, asked.field, item, by=by, now=now)
    # The same thing again is no second one: what is open of the first is asked for.
    same = next((each for each in before.items(asked.field) if each == item), None)
    id = same.id if same is not None else before.next_item
    return plan, _after(plan, replace(asked, item=id, part=PARTS[asked.field][0], adding=asked.only))


def choose(
    plan: ActionPlan, asked: PlanAsk, party: Party, *, on: bool, by: Party, now: datetime
) -> tuple[ActionPlan, PlanAsk | None]:
    """Name somebody where several may be named, or take them out; the question stays. Where one is asked for, that
    answers it."""
    if asked.field in PEOPLE:
        plan = planning.name_party(plan, asked.action, asked.field, party, on=on, by=by, now=now)
        return plan, replace(asked, asks="", name="")
    return answer(plan, asked, party, by=by, now=now)


def onward(plan: ActionPlan, asked: PlanAsk, *, by: Party, now: datetime) -> tuple[ActionPlan, PlanAsk | None]:
    """[Next] and [Skip]: what is open is passed over, what is there stays."""
    if not asked.action:
        return plan, None
    if not asked.item and planning.is_open(standing(plan, asked.action), asked.field):
        plan = planning.pass_over(plan, asked.action, asked.field, by=by, now=now)
    return plan, _after(plan, asked)


def back(plan: ActionPlan, asked: PlanAsk) -> PlanAsk:
    """The question before: of the item, else of the action. The first one stays."""
    if not asked.action:
        return asked
    if asked.item:
        parts = PARTS[asked.field]
        at = parts.index(asked.part)
        if at > 0 and standing(plan, asked.action).item(asked.field, asked.item) is not None:
            return ask_part(
                plan, asked.action, asked.field, asked.item, parts[at - 1], only=asked.only, adding=asked.adding
            )
        return ask(plan, asked.action, asked.field, only=asked.only)
    at = FIELDS.index(asked.field)
    return ask(plan, asked.action, FIELDS[max(0, at - 1)])


def _after(plan: ActionPlan, asked: PlanAsk) -> PlanAsk | None:
    """The question that follows one that has been answered or passed."""
    action = standing(plan, asked.action)
    if asked.item:
        item = action.item(asked.field, asked.item)
        alone = asked.only and not asked.adding
        part = _next_part(asked.field, item, asked.part) if item is not None and not alone else None
        if part is not None:
            return ask_part(plan, asked.action, asked.field, asked.item, part, only=asked.only, adding=asked.adding)
        return None if alone else ask(plan, asked.action, asked.field, only=asked.only)
    if asked.only:
        return None
    field = next_open(action, after=asked.field)
    return ask(plan, asked.action, field) if field is not None else None


def _next_part(field: Field, item: Item, after: str) -> str | None:
    parts = PARTS[field]
    for part in parts[parts.index(after) + 1 :]:
        if getattr(item, part) in ("", None) and not _is_idle(item, part):
            return part
    return None


def _is_idle(item: Item, part: str) -> bool:
    """Whether a part has nothing to say: milestones have their own days, and nobody tells anything "until" then."""
    return part == "until" and getattr(item, "frequency", None) is Frequency.MILESTONES


# Conflicts -------------------------------------------------------------------------------------------------------


def use_mine(
    plan: ActionPlan, asked: PlanAsk, value: PartValue, *, by: Party, now: datetime
) -> tuple[ActionPlan, PlanAsk | None]:
    """End a conflict with one's own answer, whatever stands there."""
    if asked.item and standing(plan, asked.action).item(asked.field, asked.item) is None:
        id = standing(plan, asked.action).next_item
        plan = planning.bring_back(plan, asked.action, asked.field, asked.item, asked.part, value, by=by, now=now)
        return plan, _after(plan, replace(asked, item=id))
    current: Any = standing(plan, asked.action)
    if asked.item:
        current = current.item(asked.field, asked.item)
    there = getattr(current, asked.part if asked.item else asked.field.value)
    return answer(plan, replace(asked, base=written(there)), value, by=by, now=now)


def read_back(field: Field, part: str, text: str) -> PartValue:
    """A value from its form as `written`. Raises ValueError where it can't be one."""
    if not text:
        return None if (field is Field.DUE_ON and not part) or part in ("due_on", "until", "kind", "frequency") else ""
    if (field is Field.DUE_ON and not part) or part in ("due_on", "until"):
        return date.fromisoformat(text)
    if part == "kind":
        return ResourceKind(text)
    if part == "frequency":
        return Frequency(text)
    return text


def is_gate(asked: PlanAsk) -> bool:
    """Whether a list as a whole is asked for."""
    return asked.field in ITEMS and not asked.item
