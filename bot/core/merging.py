"""Two actions become one, once those who wrote them agree: what is proposed, who is asked, and how they are united.

Nothing that was written is lost: people, means, barriers, audiences and measures of both come together, and what was
reported about either. Of what there can be only one, the action that stays has its title and its owner (the other's
owner goes on as one of those who do it), and the earlier day counts, since both were promised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, TypeAlias

from bot.core import handover, planning, reports
from bot.core.errors import Refusal
from bot.core.plan import (
    ITEMS,
    Action,
    ActionPlan,
    Contact,
    Item,
    Party,
    Progress,
    Report,
    contact_of,
)
from bot.core.planning import MOST_ITEMS, MOST_PEOPLE
from bot.core.words import same

Side: TypeAlias = Literal["kept", "other"]
SIDES: tuple[Side, Side] = ("kept", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An action of a plan."""

    plan: int
    action: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeProposal:
    """`kept` is to stay, `other` to go into it. `asked` are those whose word counts for each of the two, as their plans
    name them; one word is enough for each. `agreed` are those of the two for which it was given. `ended_at` is set
    when they became one, or somebody kept both."""

    id: int
    workshop_id: int
    kept: Place
    other: Place
    proposed_by: int  # a member's number
    asked: Mapping[str, tuple[Party, ...]] = field(default_factory=dict)  # by side
    agreed: frozenset[str] = frozenset()
    created_at: datetime
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    def place(self, side: Side) -> Place:
        return self.kept if side == "kept" else self.other

    def is_about(self, one: Place, other: Place) -> bool:
        """Whether it is about these two, whichever is to stay."""
        return {self.kept, self.other} == {one, other}


def authors(plan: ActionPlan, number: int) -> tuple[Party, ...]:
    """Whose action it is: of whoever added it, and of its owner."""
    action = planning.standing(plan, number)
    first = plan.history[number][0].changed_by
    return tuple(dict.fromkeys(party for party in (first, action.owner) if party))


def sides_of(proposal: MergeProposal, parties: Mapping[int, Party]) -> list[Side]:
    """For which of the two somebody's word counts; `parties` is how each plan names them, by the plan's id."""
    return [side for side in SIDES if parties.get(proposal.place(side).plan, "") in proposal.asked.get(side, ())]


def agree(proposal: MergeProposal, sides: Iterable[Side]) -> MergeProposal:
    """Somebody says yes, for what is theirs."""
    return replace(_standing(proposal), agreed=proposal.agreed | set(sides))


def end(proposal: MergeProposal, *, now: datetime) -> MergeProposal:
    """Both stay, or they have become one."""
    return replace(_standing(proposal), ended_at=now)


def is_agreed(proposal: MergeProposal) -> bool:
    return proposal.is_open and proposal.agreed >= set(SIDES)


def _standing(proposal: MergeProposal) -> MergeProposal:
    if not proposal.is_open:
        raise Refusal("merge.over")
    return proposal


# What becomes of them ----------------------------------------------------------------------------------------------


def united(kept: Action, other: Action) -> Action:
    """One action with what both say, under the number of the first. Refuses what would be too much for one."""
    return _united(kept, other)[0]


def _united(kept: Action, other: Action) -> tuple[Action, dict[int, int]]:
    """The same, and what became of the ids of the second action's items."""
    owner = kept.owner or other.owner
    moved = () if other.owner == owner else (other.owner,)
    people = _people(kept.responsible, other.responsible, moved)
    supporters = _people(kept.supporters, other.supporters, without=(*people, owner))
    lists: dict[str, Any] = {}
    settled, next_item = set(kept.settled), kept.next_item
    ids: dict[int, int] = {}
    for listed in ITEMS:
        items, next_item, found = _items(kept.items(listed), other.items(listed), next_item)
        lists[listed.value] = items
        ids |= found
    for before, after in ids.items():
        settled |= _renamed(other.settled, before, after)
    made = replace(
        kept,
        responsible=_not_too_many(people),
        owner=owner,
        supporters=_not_too_many(supporters),
        due_on=min((day for day in (kept.due_on, other.due_on) if day is not None), default=None),
        progress=_progress(kept.progress, other.progress),
        passed=kept.passed | other.passed,
        settled=frozenset(settled),
        next_item=next_item,
        **lists,
    )
    return made, ids


def _carried(said: Iterable[Report], kept: int, ids: Mapping[int, int]) -> list[Report]:
    """What was reported about an action, as said about the one that it went into. What is about an item that had left
    the action before stays with the action alone."""
    return [
        replace(each, action=kept, item=ids.get(each.item, 0)) for each in said if not each.item or each.item in ids
    ]


def _people(*lists: Iterable[Party], without: Iterable[Party] = ()) -> tuple[Party, ...]:
    left_out = {"", *without}
    return tuple(dict.fromkeys(party for each in lists for party in each if party not in left_out))


def _not_too_many(people: tuple[Party, ...]) -> tuple[Party, ...]:
    if len(people) > MOST_PEOPLE:
        raise Refusal("plan.too_many_people", most=MOST_PEOPLE)
    return people


def _items(
    kept: tuple[Item, ...], others: tuple[Item, ...], next_item: int
) -> tuple[tuple[Item, ...], int, dict[int, int]]:
    """Both lists without doubles, the next free id, and what became of the ids of the second list's items."""
    items, ids = list(kept), {}
    for other in others:
        alike = [each for each in items if _says_same(each, other)]
        double = next((each for each in alike if each == other), next(iter(alike), None))
        if double is None:
            double = replace(other, id=next_item)
            items.append(double)
            next_item += 1
        ids[other.id] = double.id
    if len(items) > MOST_ITEMS:
        raise Refusal("plan.list_full", most=MOST_ITEMS)
    return tuple(items), next_item, ids


def _says_same(one: Item, other: Item) -> bool:
    """Whether two items say the same, letter case aside."""
    if type(one) is not type(other):
        return False
    for name in (each for each in type(one).__dataclass_fields__ if each != "id"):
        here, there = getattr(one, name), getattr(other, name)
        if here != there and not (isinstance(here, str) and isinstance(there, str) and same(here, there)):
            return False
    return True


def _renamed(settled: frozenset[str], before: int, after: int) -> set[str]:
    """The findings about an item that were called fine, with the item's new id."""
    return {f"{key.partition(':')[0]}:{after}" for key in settled if key.partition(":")[2] == str(before)}


def _progress(one: Progress, other: Progress) -> Progress:
    """How the whole stands: done when both are, and no better than the worse of the two."""
    both = {one, other}
    if len(both) == 1:
        return one
    for worse in (Progress.BLOCKED, Progress.AT_RISK):
        if worse in both:
            return worse
    return Progress.ON_TRACK


# Doing it ----------------------------------------------------------------------------------------------------------


def merge(plan: ActionPlan, kept: int, other: int, *, by: Party, now: datetime) -> ActionPlan:
    """Unite two actions of a plan."""
    first, second = planning.standing(plan, kept), planning.standing(plan, other)
    if kept == other:
        raise Refusal("merge.itself")
    plan = _agreed_to(plan, kept, [each for each in plan.contacts.values() if other in each.agreed])
    plan = planning.remove(plan, other, second.version, by=by, now=now)
    renewed, ids = _united(first, second)
    plan = reports.carry(plan, _carried(reports.of_action(plan, other), kept, ids))
    return planning.renew(plan, renewed, by=by, now=now)


def merge_across(
    plan: ActionPlan,
    kept: int,
    from_plan: ActionPlan,
    other: int,
    *,
    token: Callable[[], str],
    by: Party,
    from_by: Party,
    now: datetime,
) -> tuple[ActionPlan, ActionPlan]:
    """Unite an action with one of another plan, which is taken out there. People from outside the workshop come along;
    whoever has no account yet gets a new link, made with `token`."""
    first, second = planning.standing(plan, kept), planning.standing(from_plan, other)
    names: dict[Party, Party] = {}
    said = reports.of_action(from_plan, other)
    for party in sorted(second.parties() | {each.by for each in said}):
        contact = from_plan.contact(party)
        if contact is not None:
            plan, names[party] = _brought(plan, contact, other, kept, token)
    renewed, ids = _united(first, _renaming(second, names))
    said = [replace(each, by=names.get(each.by, each.by)) for each in said]
    plan = reports.carry(plan, _carried(said, kept, ids))
    removed = planning.remove(from_plan, other, second.version, by=from_by, now=now)
    return planning.renew(plan, renewed, by=by, now=now), removed


def became(plans: Iterable[ActionPlan], removed: Action) -> tuple[ActionPlan, Action] | None:
    """What an action that was taken out of a plan went into, and where that stands; None where it was only taken out.
    Both were changed in the same instant."""
    for plan in plans:
        for versions in plan.history.values():
            made = next((each for each in versions if each.changed_at == removed.changed_at), None)
            if made is not None and made.version > 1 and not made.removed and not versions[-1].removed:
                return plan, versions[-1]
    return None


def _agreed_to(plan: ActionPlan, number: int, contacts: Iterable[Contact]) -> ActionPlan:
    """Whoever agreed to take part in the one action does so in what it became."""
    now = {each.number: replace(each, agreed=each.agreed | {number}) for each in contacts}
    return replace(plan, contacts={**plan.contacts, **now}) if now else plan


def _brought(
    plan: ActionPlan, contact: Contact, other: int, kept: int, token: Callable[[], str]
) -> tuple[ActionPlan, Party]:
    """Have somebody from outside in this plan, too: as the same account, else by the same name where that is nobody
    else's."""
    plan, party = handover.add_contact(
        plan, contact.name, token=token(), named_by=contact.named_by, user_id=contact.user_id
    )
    known = plan.contact(party)
    if known is not None and other in contact.agreed:
        plan = replace(plan, contacts={**plan.contacts, known.number: replace(known, agreed=known.agreed | {kept})})
    return plan, party


def _renaming(action: Action, names: Mapping[Party, Party]) -> Action:
    """An action with people called as another plan does."""

    def called(party: Party) -> Party:
        return names.get(party, party)

    told = tuple(replace(each, sender=called(each.sender)) for each in action.communications)
    return replace(
        action,
        responsible=tuple(map(called, action.responsible)),
        owner=called(action.owner),
        supporters=tuple(map(called, action.supporters)),
        communications=told,
        settled=frozenset(key for key in action.settled if contact_of(key.partition(":")[2]) is None),
    )
