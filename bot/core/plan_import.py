"""What comes into a plan from outside: actions from a sheet that was filled in, or a plan that had left as a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeVar

from bot.core.errors import Refusal
from bot.core.handover import add_contact
from bot.core.plan import ITEMS, Action, ActionPlan, Item, Party, Report, contact_of, contact_party, member_party
from bot.core.planning import LONGEST, MOST_ACTIONS, MOST_ITEMS, checked
from bot.core.words import same

_NUMBERED = re.compile(r"(.*\S) #(c?)([1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """A person as a file names them. `number` is a member's own in the workshop that the file comes from; a `contact`
    is known not to have been a member there."""

    name: str
    number: int | None = None
    contact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A plan as a file has it. The people in its actions are keys of `people`, which mean something in the file alone;
    the actions' versions mean nothing. `agreed` are the actions as they were agreed, of a plan that was; `reports` are
    what became of them. `whole`: it is a plan with numbers of its own, and not only rows."""

    people: Mapping[Party, Someone]
    actions: tuple[Action, ...]
    goal: str = ""
    agreed_at: datetime | None = None
    agreed_goal: str = ""
    agreed: tuple[Action, ...] = ()
    reports: tuple[Report, ...] = ()
    whole: bool = False


AnyItem = TypeVar("AnyItem", bound=Item)


def checked_items(items: Sequence[AnyItem]) -> tuple[AnyItem, ...]:
    """A list of an action from outside, as it may be kept. The same thing twice is one. Refuses texts that are too
    long, an item that begins with nothing, and more than a list holds."""
    kept = tuple(dict.fromkeys(_checked_item(item) for item in items))
    if len(kept) > MOST_ITEMS:
        raise Refusal("plan.list_full", most=MOST_ITEMS)
    return kept


def _checked_item(item: AnyItem) -> AnyItem:
    first, *_ = (each.name for each in fields(item))
    texts = {name: getattr(item, name) for name in LONGEST if hasattr(item, name)}
    if not texts[first]:
        raise Refusal("import.no_beginning")
    changes: dict[str, Any] = {name: checked(text, name) for name, text in texts.items() if text}
    return replace(item, **changes)


# People ----------------------------------------------------------------------------------------------------------


def told_apart(names: Mapping[Party, str]) -> dict[Party, str]:
    """What people are called so that each name is one person's: with their number where two have the same name."""
    seen: dict[str, list[Party]] = {}
    for party, name in names.items():
        seen.setdefault(name.casefold(), []).append(party)
    twice = {party for parties in seen.values() if len(parties) > 1 for party in parties}
    return {
        party: f"{name} #{party.removeprefix('m')}" if party in twice or _NUMBERED.fullmatch(name) else name
        for party, name in names.items()
    }


def found(someone: Someone, names: Mapping[Party, str]) -> Party:
    """Who of the people known here is meant, a member before a contact; "" for nobody."""
    if someone.number is not None:
        party = member_party(someone.number)
        if same(names.get(party, ""), someone.name):
            return party
    elif not someone.contact and (numbered := _NUMBERED.fullmatch(someone.name)):
        party = contact_party(int(numbered[3])) if numbered[2] else member_party(int(numbered[3]))
        if same(names.get(party, ""), numbered[1]):
            return party
    asked = {party: name for party, name in names.items() if not someone.contact or contact_of(party)}
    exact = (party for party, name in asked.items() if name == someone.name)
    return next(exact, "") or next((party for party, name in asked.items() if same(name, someone.name)), "")


def settled(
    plan: ActionPlan, incoming: Incoming, members: Mapping[Party, str], *, token: Callable[[], str], by: Party
) -> tuple[ActionPlan, dict[Party, Party]]:
    """The plan with everyone whom the file names, and who is who. Whoever isn't known becomes a contact."""
    who: dict[Party, Party] = {"": ""}
    for key in incoming.people:
        someone = incoming.people[key]
        names = {**members, **{contact_party(each.number): each.name for each in plan.outside()}}
        who[key] = found(someone, names)
        if not who[key]:
            plan, who[key] = add_contact(plan, someone.name, token=token(), named_by=by)
    return plan, who


def renamed(action: Action, who: Mapping[Party, Party]) -> Action:
    """An action with others in the place of those whom it names; whoever isn't among them stays."""

    def by_now(party: Party) -> Party:
        return who.get(party, party)

    return replace(
        action,
        responsible=tuple(dict.fromkeys(map(by_now, action.responsible))),
        owner=by_now(action.owner),
        supporters=tuple(dict.fromkeys(map(by_now, action.supporters))),
        communications=tuple(replace(each, sender=by_now(each.sender)) for each in action.communications),
        changed_by=by_now(action.changed_by),
    )


# Actions ---------------------------------------------------------------------------------------------------------


def new_ones(plan: ActionPlan, incoming: Incoming) -> tuple[list[Action], list[Action]]:
    """The actions of a file that aren't in the plan, and those that are, by their titles."""
    there = [each.title for each in plan.actions()]
    fresh: list[Action] = []
    known: list[Action] = []
    for action in incoming.actions:
        (known if any(same(action.title, title) for title in there) else fresh).append(action)
        there.append(action.title)
    return fresh, known


def add_all(
    plan: ActionPlan, actions: list[Action], who: Mapping[Party, Party], *, by: Party, now: datetime
) -> ActionPlan:
    """Add actions from a file, each as a first version. Refuses more than a plan holds."""
    if len(plan.actions()) + len(actions) > MOST_ACTIONS:
        raise Refusal("plan.full", most=MOST_ACTIONS)
    history = dict(plan.history)
    number = plan.next_action
    for number, action in enumerate(actions, plan.next_action):
        fresh = renamed(replace(_with_ids(action), number=number, version=1), who)
        history[number] = (replace(fresh, changed_by=by, changed_at=now, why="", removed=False),)
    return replace(plan, history=history, next_action=number + 1 if actions else plan.next_action)


def restore(plan: ActionPlan, incoming: Incoming, who: Mapping[Party, Party]) -> ActionPlan:
    """Make an empty plan what the file says: its goal, its actions under their numbers, what was agreed, and what
    became of it."""
    if plan.history:
        raise ValueError("the plan isn't empty")
    taken = _taken(incoming)
    now = {each.number: renamed(_with_ids(each, taken[each.number]), who) for each in incoming.actions}
    then = {each.number: renamed(_with_ids(each, taken[each.number]), who) for each in incoming.agreed}
    history: dict[int, tuple[Action, ...]] = {}
    for number in sorted({*now, *then}):
        before, after = then.get(number), now.get(number)
        versions = [replace(before, version=1)] if before else []
        if after is None and before:
            versions.append(replace(before, version=2, removed=True))
        elif after is not None and not (before and alike(before, after)):
            versions.append(replace(after, version=len(versions) + 1))
        history[number] = tuple(versions)
    return replace(
        plan,
        goal=incoming.goal,
        history=history,
        next_action=max(history, default=0) + 1,
        agreed_at=incoming.agreed_at,
        agreed_goal=incoming.agreed_goal,
        agreed=dict.fromkeys(sorted(then), 1),
        reports=tuple(
            replace(each, number=number, by=who.get(each.by, ""))
            for number, each in enumerate(incoming.reports, 1)
            if each.action in history
        ),
    )


def _taken(incoming: Incoming) -> Mapping[int, int]:
    """The highest id of an item that is spoken of anywhere, by its action: a new item must not get an old one's."""
    found: dict[int, int] = {}
    for each in (*incoming.actions, *incoming.agreed):
        ids = [item.id for field in ITEMS for item in each.items(field)]
        found[each.number] = max(found.get(each.number, 0), *ids, 0)
    for report in incoming.reports:
        found[report.action] = max(found.get(report.action, 0), report.item)
    return found


def take_in(
    plan: ActionPlan,
    incoming: Incoming,
    members: Mapping[Party, str],
    *,
    token: Callable[[], str],
    by: Party,
    now: datetime,
) -> tuple[ActionPlan, int]:
    """The plan with what a file has, and how many actions that added. A whole plan is put into an empty one as it is;
    else only actions that aren't there are added. `token` makes a new secret for each contact."""
    blank = not plan.history and plan.agreed_at is None
    plan, who = settled(plan, incoming, members, token=token, by=by)
    if blank and incoming.whole:
        return restore(plan, incoming, who), len(incoming.actions)
    fresh, _ = new_ones(plan, incoming)
    if not plan.goal and incoming.goal:
        plan = replace(plan, goal=incoming.goal)
    return add_all(plan, fresh, who, by=by, now=now), len(fresh)


def alike(one: Action, other: Action) -> bool:
    """Whether two versions say the same, whoever made them."""
    return _bare(one) == _bare(other)


def _bare(action: Action) -> Action:
    return replace(
        action,
        version=0,
        changed_by="",
        changed_at=datetime.min,  # noqa: DTZ901 - no instant, only the same for both
        why="",
        next_item=0,
    )


def _with_ids(action: Action, taken: int = 0) -> Action:
    """An action whose items have ids of their own: those that have none get new ones above all that are `taken`."""
    number = max(taken, *(item.id for field in ITEMS for item in action.items(field)), 0)
    changes: dict[str, Any] = {}
    for each in ITEMS:
        items = []
        for item in action.items(each):
            number += 0 if item.id else 1
            items.append(item if item.id else replace(item, id=number))
        changes[each.value] = tuple(items)
    return replace(action, next_item=number + 1, **changes)
