"""What is due follows from what is stored: after each change, rows are made to be what is planned by now.

A batch that changes a workshop, a plan or somebody's zone replans, in the same transaction, the subjects that this
may have to do with, and no others: an action that is filled in shouldn't cost what a whole plan costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from bot.core import fires, followup, plan_people, signals
from bot.core.dialogue import Person
from bot.core.exercise import Programme
from bot.core.fires import Fire
from bot.core.followup import Outlook
from bot.core.hours import Hours
from bot.core.plan import Action, ActionPlan
from bot.core.run import Run
from bot.core.workshop import Workshop
from bot.workweek import hours_in
from storage import fires as stored
from storage.database import Write

if TYPE_CHECKING:
    from bot.runner import State, Turn


class Programmes(Protocol):
    """What knows the content of workshops."""

    def programme(self, workshop: Workshop) -> Programme: ...


def hours_of(turn: Programmes, workshop: Workshop, person: Person | None) -> Hours:
    """When somebody of a workshop may be written to: in their own country and zone, else in the workshop's."""
    programme = turn.programme(workshop)
    country, zone = (person.country, person.zone) if person is not None else ("", "")
    return hours_in(country or workshop.country, zone or workshop.zone, programme.opens, programme.shuts)


async def outlook(turn: Turn, workshop: Workshop, user_ids: Iterable[int]) -> Outlook:
    """A workshop as its follow-up sees it; the people are those whose hours count."""
    known = {0: hours_of(turn, workshop, None)}
    for user_id in set(user_ids) - {0}:
        known[user_id] = hours_of(turn, workshop, await turn.person(user_id))
    of_workshop = known[0]

    def hours(user_id: int) -> Hours:
        return known.get(user_id, of_workshop)

    return Outlook(programme=turn.programme(workshop), workshop=workshop, hours=hours, now=turn.now)


async def replan(turn: Turn, before: State, after: State) -> tuple[list[Write], set[int]]:
    """What to write so that what is due is what a batch makes it, and whose is touched by that. `turn` sees the batch,
    `before` is what is committed, `after` what the batch changed."""
    rooms: dict[int, Workshop] = {}
    plans: dict[int, tuple[ActionPlan, set[int] | None]] = {}  # None: all actions of it
    for id, workshop in after.workshops.items():
        if workshop.programme not in turn.programmes:
            continue  # its content isn't here any more: nothing says what is due
        was = before.workshops.get(id)
        if was is None or _agenda_differs(was, workshop):
            rooms[id] = workshop
        if was is not None and (id in rooms or _people_differ(turn, was, workshop)):
            plans |= {plan.id: (plan, None) for plan in await turn.plans_of(id)}
    for id, person in after.people.items():
        known = before.people.get(id)
        if known is not None and (known.zone, known.country) != (person.zone, person.country):
            plans |= {plan.id: (plan, None) for plan in await _plans_with(turn, id)}
            led = [each for each in await turn.workshops_of(id) if each.organiser.user_id == id]
            rooms |= {each.id: each for each in led if each.programme in turn.programmes}
    for id, plan in after.plans.items():
        if id not in plans:
            plans[id] = (plan, _changed_actions(before.plans.get(id), plan))
    found = _Found(turn, after.fires)
    for workshop in rooms.values():
        await found.workshop(workshop)
    for plan, actions in plans.values():
        await found.plan(plan, actions)
    for id, run in after.runs.items():
        if _time_differs(before.runs.get(id), run):
            await found.run(run)
    return found.writes, found.touched


async def replan_all(turn: Turn, workshop: Workshop) -> tuple[list[Write], set[int]]:
    """The same for a workshop with everything in it: what comes again and again is planned for some months only."""
    found = _Found(turn, {})
    await found.workshop(workshop)
    for plan in await turn.plans_of(workshop.id):
        await found.plan(plan, None)
    return found.writes, found.touched


class _Found:
    """What has to be written, gathered subject by subject. `changing` are fires that the batch itself changes."""

    def __init__(self, turn: Turn, changing: Mapping[int, Fire]) -> None:
        self.turn = turn
        self.changing = changing
        self.writes: list[Write] = []
        self.touched: set[int] = set()

    async def workshop(self, workshop: Workshop) -> None:
        view = await outlook(self.turn, workshop, [workshop.organiser.user_id or 0])
        await self._subjects([f"w{workshop.id}"], followup.of_workshop(view))

    async def run(self, run: Run) -> None:
        workshop = await self.turn.workshop(run.workshop_id)
        if workshop is not None:
            await self._subjects([f"r{run.id}"], signals.of_run(run, workshop.zone))

    async def plan(self, plan: ActionPlan, only: set[int] | None) -> None:
        workshop = await self.turn.workshop(plan.workshop_id)
        programme = self.turn.programmes.get(workshop.programme) if workshop else None
        if workshop is None or programme is None or not programme.rules:
            return
        numbers = sorted(set(plan.history) if only is None else only)
        planned = await _of_plan(self.turn, workshop, plan, numbers)
        await self._subjects([f"p{plan.id}", *(f"p{plan.id}.a{number}" for number in numbers)], planned)

    async def _subjects(self, subjects: list[str], planned: list[Fire]) -> None:
        known = await stored.of_subjects(self.turn.runner.database, subjects)
        standing = [self.changing.get(each.id, each) for each in known]
        changes = fires.replan(standing, [each for each in planned if _has_reader(each)], self.turn.now)
        added = [_numbered(each, self.turn.runner.next_id) for each in changes.added]
        self.writes += stored.dropped(changes.dropped)
        self.writes += stored.changes([*changes.changed, *added])
        self.touched |= {each.user_id for each in (*changes.dropped, *changes.changed, *added)}


async def _of_plan(turn: Turn, workshop: Workshop, plan: ActionPlan, numbers: Iterable[int]) -> list[Fire]:
    """What is planned about a plan as a whole, and about these of its actions."""
    view = await outlook(turn, workshop, _accounts(turn, workshop, plan))
    planned = followup.of_plan(view, plan)
    for action in filter(None, map(plan.action, numbers)):
        planned += followup.of_action(view, plan, action)
    return planned


async def is_planned(turn: Turn, fire: Fire) -> bool:
    """Whether something would be planned for the same reader by now, had it never been."""
    workshop = await turn.workshop(fire.workshop_id)
    if workshop is None or workshop.programme not in turn.programmes:
        return False
    plan = await turn.plan(fire.plan_id)
    if plan is not None:
        planned = await _of_plan(turn, workshop, plan, [fire.action] if fire.action else [])
    else:
        planned = followup.of_workshop(await outlook(turn, workshop, [fire.user_id]))
    mark = (fire.key, fire.version, fire.user_id)
    return any((each.key, each.version, each.user_id) == mark for each in planned)


def _has_reader(fire: Fire) -> bool:
    return bool(fire.user_id) or fire.kind in fires.TO_THE_ROOM


def _numbered(fire: Fire, next_id: Callable[[str], int]) -> Fire:
    return replace(fire, id=next_id("fires"))


def _accounts(turn: Turn, workshop: Workshop, plan: ActionPlan) -> set[int]:
    parties = {party for action in plan.actions() for party in action.parties()}
    parties.add(plan_people.reporter(turn.programme(workshop), workshop, plan))
    if plan.escalation is not None:
        parties.add(plan.escalation.to)
    return {plan_people.user_id(workshop, plan, party) or 0 for party in parties}


async def _plans_with(turn: Turn, user_id: int) -> list[ActionPlan]:
    found = {plan.id: plan for plan in await turn.plans_of_contact(user_id)}
    for workshop in await turn.workshops_of(user_id):
        found |= {plan.id: plan for plan in await turn.plans_of(workshop.id)}
    return list(found.values())


# What a change has to do with ------------------------------------------------------------------------------------


def _agenda_differs(was: Workshop, now: Workshop) -> bool:
    """Whether days, hours or rules of everything in a workshop may differ."""

    def facts(each: Workshop) -> tuple[object, ...]:
        return (each.zone, each.country, each.first_on, each.sessions, each.rules, each.organiser.user_id)

    return facts(was) != facts(now)


def _time_differs(was: Run | None, now: Run) -> bool:
    """Whether a group may have to be told something else about its time."""

    def facts(each: Run) -> tuple[object, ...]:
        return (each.timer, each.published_at is None, each.closed_at is None)

    return now.timer is not None if was is None else facts(was) != facts(now)


def _people_differ(turn: Turn, was: Workshop, now: Workshop) -> bool:
    """Whether somebody else may have to be asked: people left, joined, or report for their group."""
    if was.members is not now.members:
        accounts = [{(each.number, each.user_id, each.status) for each in one.members.values()} for one in (was, now)]
        if accounts[0] != accounts[1]:
            return True
    programme = turn.programme(now)
    if programme.plan is None:
        return False
    before, after = (each.formations.get(programme.plan.grouping) for each in (was, now))
    if before is after or after is None:
        return False
    if before is None or before.seats != after.seats:  # whoever sits first reports where nobody does
        return True
    reporters = [{number: group.reporter for number, group in each.groups.items()} for each in (before, after)]
    return reporters[0] != reporters[1]


def _changed_actions(was: ActionPlan | None, now: ActionPlan) -> set[int] | None:
    """The actions whose fires may differ; None for all of them."""
    if was is None or (was.contacts, was.agreed_at, was.escalation) != (now.contacts, now.agreed_at, now.escalation):
        return None
    numbers = {number for number, versions in now.history.items() if was.history.get(number) is not versions}
    numbers |= {report.action for report in now.reports if not was.reports or report.number > was.reports[-1].number}
    owners: set[str] = set()
    for number in numbers:
        before, after = was.action(number), now.action(number)
        if _ownership(before) != _ownership(after):
            owners |= {each.owner for each in (before, after) if each is not None and each.owner}
    return numbers | {each.number for each in now.actions() if each.owner in owners}


def _ownership(action: Action | None) -> tuple[object, ...]:
    return (action.owner, action.progress) if action is not None else ()
