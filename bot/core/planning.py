"""The rules of an action plan: adding, changing, undoing, agreeing. Every rule takes a plan and returns the next one.

Whoever changes something says what they had in front of them (`base`). Where that is no longer what stands, they are
refused with `Overtaken` and may choose: two people never overwrite each other unseen. What is only added never
conflicts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, TypeAlias

from bot.core.errors import Refusal
from bot.core.plan import (
    ITEMS,
    Action,
    ActionPlan,
    Communication,
    Field,
    Frequency,
    Item,
    Party,
    ResourceKind,
    Value,
    written,
)
from bot.core.words import clean, clean_line, same

MOST_ACTIONS = 200  # in one plan
MOST_ITEMS = 12  # in one list of an action
MOST_PEOPLE = 12  # in one field of an action
MOST_VERSIONS = 200  # of one action that are kept; older ones go, but for the first and the one that was agreed
LONGEST_GOAL = 400
LONGEST_TITLE = 200
LONGEST_TEXT = 300  # a message, a barrier, an answer to one
LONGEST_NAME = 80  # a person, an audience, a measure, a channel

YEARS = range(2000, 2101)  # what a plan's days lie in: further off, calendars and pictures come to the end of time

PEOPLE = (Field.RESPONSIBLE, Field.SUPPORTERS)
"""The fields that name several people."""

PARTS: Mapping[Field, tuple[str, ...]] = {
    field: tuple(each.name for each in fields(kind) if each.name != "id") for field, kind in ITEMS.items()
}
"""What an item of each list consists of."""

PartValue: TypeAlias = str | date | ResourceKind | Frequency | None

LONGEST: Mapping[str, int] = {
    "title": LONGEST_TITLE,
    "how": LONGEST_TEXT,
    "answer": LONGEST_TEXT,
    "message": LONGEST_TEXT,
    "what": 160,
    "name": LONGEST_NAME,
    "who": LONGEST_NAME,
    "audience": LONGEST_NAME,
    "channel": LONGEST_NAME,
    "unit": LONGEST_NAME,
    "baseline": LONGEST_NAME,
    "target": LONGEST_NAME,
    "source": LONGEST_NAME,
}
"""Characters of each text in an action, by the name of its field or part."""


class Overtaken(Refusal):
    """What was to be changed has been changed in between. `theirs` stands now (None: it was removed)."""

    def __init__(self, theirs: Any, mine: Any) -> None:
        super().__init__("plan.overtaken")
        self.theirs = theirs
        self.mine = mine


def checked(text: str, part: str, longest: int = 0) -> str:
    """Somebody's words for a part of an action, as they are kept. Refuses what is empty or too long."""
    words = clean(text) if part in ("how", "answer", "message") else clean_line(text)
    longest = longest or LONGEST[part]
    if not words:
        raise Refusal("input.empty")
    if len(words) > longest:
        raise Refusal("input.too_long", length=len(words), longest=longest)
    return words


def in_reach(day: date) -> bool:
    """Whether a day may be in a plan: anything else was typed wrong."""
    return day.year in YEARS


def open_plan(*, id: int, workshop_id: int, group: int, now: datetime) -> ActionPlan:
    return ActionPlan(id=id, workshop_id=workshop_id, group=group, created_at=now)


def set_goal(plan: ActionPlan, text: str, *, base: str | None = None) -> ActionPlan:
    """Say what the plan is to achieve. With a `base` the goal must still be that one."""
    words = checked(text, "goal", LONGEST_GOAL)
    if base is not None and plan.goal != base:
        raise Overtaken(plan.goal, words)
    return replace(plan, goal=words)


# Actions ---------------------------------------------------------------------------------------------------------


def add_action(plan: ActionPlan, title: str, *, by: Party, now: datetime) -> ActionPlan:
    """Add an action by its title; its number is the plan's `next_action` before."""
    words = checked(title, "title")
    standing = plan.actions()
    if any(same(each.title, words) for each in standing):
        raise Refusal("plan.already_there")
    if len(standing) >= MOST_ACTIONS:
        raise Refusal("plan.full", most=MOST_ACTIONS)
    action = Action(number=plan.next_action, title=words, changed_by=by, changed_at=now)
    return replace(plan, history={**plan.history, action.number: (action,)}, next_action=action.number + 1)


def standing(plan: ActionPlan, number: int) -> Action:
    """An action as it stands. Refuses one that isn't there any more."""
    action = plan.action(number)
    if action is None:
        raise Refusal("plan.gone")
    return action


def _next(plan: ActionPlan, action: Action, *, by: Party, now: datetime, why: str = "", **changes: Any) -> ActionPlan:
    """The plan with one more version of an action."""
    newer = replace(action, version=action.version + 1, changed_by=by, changed_at=now, why=why, **changes)
    versions = (*plan.history[action.number], newer)
    if len(versions) > MOST_VERSIONS:
        kept = {versions[0].version, plan.agreed.get(action.number)}
        oldest = next(index for index, each in enumerate(versions) if each.version not in kept)
        versions = versions[:oldest] + versions[oldest + 1 :]
    return replace(plan, history={**plan.history, action.number: versions})


def renew(plan: ActionPlan, action: Action, *, by: Party, now: datetime) -> ActionPlan:
    """Have an action, made from how it stands, as its next version."""
    latest = standing(plan, action.number)
    return _next(plan, replace(action, version=latest.version), by=by, now=now)


def set_field(
    plan: ActionPlan,
    number: int,
    field: Field,
    value: Value,
    *,
    base: str | None = None,
    by: Party,
    now: datetime,
    why: str = "",
) -> ActionPlan:
    """Fill in or change a field that holds one thing. `base` is what its changer saw there, as `written`; None sets it
    whatever stands there."""
    action = standing(plan, number)
    if field in ITEMS or field in PEOPLE:
        raise ValueError(field)
    value = _checked_value(plan, action, field, value)
    if action.get(field) == value:
        return plan
    if base is not None and written(action.get(field)) != base:
        raise Overtaken(action.get(field), value)
    changes: dict[str, Any] = {field.value: value, "passed": action.passed - {field}}
    return _next(plan, action, by=by, now=now, why=why, **changes)


def _checked_value(plan: ActionPlan, action: Action, field: Field, value: Value) -> Value:
    if field is Field.OWNER:
        return plan.who(str(value or ""))
    if field is not Field.TITLE:
        return value
    words = checked(str(value), "title")
    _check_title(plan, replace(action, title=words))
    return words


def _check_title(plan: ActionPlan, action: Action) -> None:
    """Refuses the title of another action."""
    if any(same(each.title, action.title) for each in plan.actions() if each.number != action.number):
        raise Refusal("plan.already_there")


def name_party(
    plan: ActionPlan, number: int, field: Field, party: Party, *, on: bool, by: Party, now: datetime
) -> ActionPlan:
    """Name somebody in a field of several people, or take them out. That never conflicts, and the same tap twice is one
    choice."""
    action = standing(plan, number)
    if field not in PEOPLE:
        raise ValueError(field)
    party = plan.who(party)
    people = action.responsible if field is Field.RESPONSIBLE else action.supporters
    if (party in people) == on:
        return plan
    if on and len(people) >= MOST_PEOPLE:
        raise Refusal("plan.too_many_people", most=MOST_PEOPLE)
    after = (*people, party) if on else tuple(each for each in people if each != party)
    changes: dict[str, Any] = {field.value: after, "passed": action.passed - {field}}
    return _next(plan, action, by=by, now=now, **changes)


def pass_over(plan: ActionPlan, number: int, field: Field, *, by: Party, now: datetime) -> ActionPlan:
    """Leave a field open for now: it isn't asked for again unasked."""
    action = standing(plan, number)
    if field in action.passed:
        return plan
    return _next(plan, action, by=by, now=now, passed=action.passed | {field})


def settle(plan: ActionPlan, number: int, finding: str, *, by: Party, now: datetime) -> ActionPlan:
    """Call a finding of the check fine: it isn't brought up again."""
    action = standing(plan, number)
    if finding in action.settled:
        return plan
    return _next(plan, action, by=by, now=now, settled=action.settled | {finding})


# Items -----------------------------------------------------------------------------------------------------------


def add_item(plan: ActionPlan, number: int, field: Field, item: Item, *, by: Party, now: datetime) -> ActionPlan:
    """Add to one of an action's lists. The same thing again is no second one."""
    action = standing(plan, number)
    _check_kind(field, item)
    items = action.items(field)
    if item in items:
        return plan
    if len(items) >= MOST_ITEMS:
        raise Refusal("plan.list_full", most=MOST_ITEMS)
    changes: dict[str, Any] = {
        field.value: (*items, replace(item, id=action.next_item)),
        "next_item": action.next_item + 1,
        "passed": action.passed - {field},
    }
    return _next(plan, action, by=by, now=now, **changes)


def set_part(
    plan: ActionPlan,
    number: int,
    field: Field,
    id: int,
    part: str,
    value: PartValue,
    *,
    base: str | None = None,
    by: Party,
    now: datetime,
) -> ActionPlan:
    """Fill in or change one part of an item. `base` is what its changer saw there, as `written`, so that two people at
    different parts of one item don't stand in each other's way; None sets it whatever stands there."""
    action = standing(plan, number)
    item = action.item(field, id)
    if item is None:
        raise Overtaken(None, value)
    if part not in PARTS[field]:
        raise ValueError(part)
    if part == "sender":
        value = plan.who(str(value or ""))
    there = getattr(item, part)
    if there == value:
        return plan
    if base is not None and written(there) != base:
        raise Overtaken(there, value)
    changes: dict[str, Any] = {part: value}
    newer = replace(item, **changes)
    if newer in action.items(field):
        raise Refusal("plan.already_there")
    listed: dict[str, Any] = {field.value: tuple(newer if each.id == id else each for each in action.items(field))}
    return _next(plan, action, by=by, now=now, **listed)


def bring_back(
    plan: ActionPlan, number: int, field: Field, id: int, part: str, value: PartValue, *, by: Party, now: datetime
) -> ActionPlan:
    """Add an item again that was removed while somebody changed a part of it, with their change."""
    versions = reversed(plan.history.get(number, ()))
    found = next((item for version in versions if (item := version.item(field, id)) is not None), None)
    if found is None:
        raise Refusal("plan.gone")
    changes: dict[str, Any] = {part: value}
    item = replace(found, **changes)
    if isinstance(item, Communication):
        item = replace(item, sender=plan.who(item.sender))
    return add_item(plan, number, field, item, by=by, now=now)


def drop_item(plan: ActionPlan, number: int, field: Field, base: Item, *, by: Party, now: datetime) -> ActionPlan:
    """Take an item off its list; `base` is how whoever does it saw it."""
    action = standing(plan, number)
    there = action.item(field, base.id)
    if there is None:
        return plan
    if there != base:
        raise Overtaken(there, None)
    items = tuple(each for each in action.items(field) if each.id != base.id)
    changes: dict[str, Any] = {field.value: items}
    return _next(plan, action, by=by, now=now, **changes)


def _check_kind(field: Field, item: Item) -> None:
    if field not in ITEMS or not isinstance(item, ITEMS[field]):
        raise ValueError(field)


# People ----------------------------------------------------------------------------------------------------------


def with_parties(action: Action, who: Callable[[Party], Party]) -> Action:
    """An action with everybody named in it as `who` says; nobody twice in one field."""
    told = tuple(replace(each, sender=who(each.sender)) for each in action.communications)
    return replace(
        action,
        responsible=tuple(dict.fromkeys(map(who, action.responsible))),
        owner=who(action.owner),
        supporters=tuple(dict.fromkeys(map(who, action.supporters))),
        communications=told,
    )


def replace_party(plan: ActionPlan, old: Party, new: Party, *, by: Party, now: datetime) -> ActionPlan:
    """Put somebody in the place of another, wherever the plan names them."""
    for action in plan.actions():
        if old in action.parties():
            newer = with_parties(action, lambda party: new if party == old else party)
            plan = _next(plan, newer, by=by, now=now)
    return plan


# Taking back -----------------------------------------------------------------------------------------------------


def remove(plan: ActionPlan, number: int, version: int, *, by: Party, now: datetime) -> ActionPlan:
    """Take an action out of the plan, as its remover saw it. Its versions stay, so that it can be put back."""
    action = plan.action(number)
    if action is None:
        return plan
    if action.version != version:
        raise Overtaken(action, None)
    return _next(plan, action, by=by, now=now, removed=True)


def put_back(plan: ActionPlan, number: int, *, by: Party, now: datetime) -> ActionPlan:
    """Undo a removal."""
    versions = plan.history.get(number)
    if not versions:
        raise Refusal("plan.gone")
    action = versions[-1]
    if not action.removed:
        return plan
    _check_title(plan, action)
    return _next(plan, with_parties(action, plan.who), by=by, now=now, removed=False)


def undo(plan: ActionPlan, number: int, version: int, *, by: Party, now: datetime) -> ActionPlan:
    """Take back the last change of an action, which made `version`; done again, it brings the change back."""
    action = standing(plan, number)
    if action.version != version:
        raise Overtaken(action, None)
    versions = plan.history[number]
    if len(versions) < 2:
        raise Refusal("plan.nothing_to_undo")
    before = with_parties(versions[-2], plan.who)  # somebody may have turned out to be another since
    kept = replace(
        before,
        version=action.version,
        next_item=action.next_item,
        removed=False,
    )
    _check_title(plan, kept)
    return _next(plan, kept, by=by, now=now)


# Looking ---------------------------------------------------------------------------------------------------------


def is_open(action: Action, field: Field) -> bool:
    """Whether a field holds nothing yet."""
    return action.get(field) in ("", None, ())


def next_open(action: Action, *, after: Field | None = None) -> Field | None:
    """The next field to ask for: the first that is open and wasn't passed over, behind `after`."""
    fields: list[Field] = [each for each in Field if each is not Field.PROGRESS]
    start = fields.index(after) + 1 if after is not None else 0
    return next((each for each in fields[start:] if is_open(action, each) and each not in action.passed), None)


def is_unfinished(action: Action) -> bool:
    """Whether a row waits for somebody to go on with it."""
    return next_open(action) is not None


def of_party(plan: ActionPlan, party: Party) -> list[Action]:
    """The actions that somebody has a part in."""
    return [each for each in plan.actions() if party in each.parties()]


def by_date(actions: list[Action]) -> list[Action]:
    """What is due first comes first; what has no date comes last."""
    return sorted(actions, key=lambda each: (each.due_on or date.max, each.number))
