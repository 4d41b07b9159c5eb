"""What is due follows from what is stored: after each change, rows are made to be what is planned by now.

A batch that changes a workshop, a plan or somebody's zone replans, in the same transaction, the subjects that this
may have to do with, and no others: an action that is filled in shouldn't cost what a whole plan costs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from bot.core import fires, followup, scope, signals
from bot.core.dialogue import Person
from bot.core.exercise import Programme
from bot.core.fires import Fire
from bot.core.followup_action import of_action, parties
from bot.core.hours import Hours
from bot.core.outlook import Outlook, PlanOutlook
from bot.core.plan import ActionPlan
from bot.core.plenary import Plenary
from bot.core.run import Run
from bot.core.scope import Scope
from bot.core.workshop import Workshop
from bot.workweek import hours_in
from storage import fires as stored
from storage.database import Write

if TYPE_CHECKING:
    from bot.state import State
    from bot.turn import Turn

HANDFUL = 20  # actions


class Programmes(Protocol):
    """What knows the content of workshops."""

    def programme(self, workshop: Workshop) -> Programme: ...


def hours_of(turn: Programmes, workshop: Workshop, person: Person | None) -> Hours:
    """When somebody of a workshop may be written to: in their own country and zone, else in the workshop's."""
    programme = turn.programme(workshop)
    country, zone = (person.country, person.zone) if person is not None else ("", "")
    return hours_in(country or workshop.country, zone or workshop.zone, programme.opens, programme.shuts)


def _outlook(turn: Turn, workshop: Workshop, known: Mapping[int, Hours] | None = None) -> Outlook:
    """A workshop as its follow-up sees it; `known` are the hours of people, as far as they count."""
    hours = {0: hours_of(turn, workshop, None)} if known is None else known
    return Outlook(programme=turn.programme(workshop), workshop=workshop, hours=hours.__getitem__, now=turn.now)


async def _hours(turn: Turn, workshop: Workshop, user_ids: Iterable[int]) -> dict[int, Hours]:
    """The hours of these people in a workshop, with the workshop's own."""
    people = {user_id: await turn.person(user_id) for user_id in set(user_ids) - {0}}
    return {0: hours_of(turn, workshop, None)} | {id: hours_of(turn, workshop, each) for id, each in people.items()}


async def replan(turn: Turn, before: State, after: State) -> tuple[list[Write], set[int]]:
    """What to write so that what is due is what a batch makes it, and whose is touched by that. `turn` sees the batch,
    `before` is what is committed, `after` what the batch changed."""
    found = _Found(turn, after.fires)
    for workshop in (await _rooms(turn, before, after)).values():
        await found.workshop(workshop)
    for plan, what in await _scopes(turn, before, after):
        await found.plan(plan, what)
    for id, run in after.runs.items():
        if _time_differs(before.runs.get(id), run):
            await found.run(run)
    for id, plenary in after.plenaries.items():
        known_plenary = before.plenaries.get(id)
        if (known_plenary.queue if known_plenary else None) != plenary.queue:
            await found.plenary(plenary)
    return found.writes, found.touched


async def plan_workshop(turn: Turn, workshop: Workshop) -> list[Write]:
    """What to write so that the sessions and days of a workshop are due as they are planned by now."""
    found = _Found(turn, {})
    await found.workshop(workshop)
    return found.writes


async def plan_plan(turn: Turn, plan: ActionPlan, what: Scope) -> list[Write]:
    """The same for this of a plan."""
    found = _Found(turn, {})
    await found.plan(plan, what)
    return found.writes


class _Found:
    """What has to be written, gathered subject by subject. `changing` are fires that the batch itself changes."""

    def __init__(self, turn: Turn, changing: Mapping[int, Fire]) -> None:
        self.turn = turn
        self.changing = changing
        self.writes: list[Write] = []
        self.touched: set[int] = set()

    async def workshop(self, workshop: Workshop) -> None:
        known = await _hours(self.turn, workshop, [workshop.organiser.user_id or 0])
        view = _outlook(self.turn, workshop, known)
        await self._subjects([f"w{workshop.id}"], followup.of_workshop(view))
        await self._subjects([f"w{workshop.id}.days"], followup.of_days(view))
        await self._subjects([f"w{workshop.id}.close"], followup.of_closes(view))

    async def run(self, run: Run) -> None:
        workshop = await self.turn.workshop(run.workshop_id)
        if workshop is not None:
            await self._subjects([f"r{run.id}"], signals.of_run(run, workshop.zone))

    async def plenary(self, plenary: Plenary) -> None:
        workshop = await self.turn.workshop(plenary.workshop_id)
        if workshop is not None:
            planned = signals.of_queue(workshop.id, plenary.queue, workshop.zone)
            await self._subjects([f"w{workshop.id}.report"], planned)

    async def plan(self, plan: ActionPlan, what: Scope) -> None:
        """What has to do with this of a plan; between two handfuls of actions, others get their turn."""
        workshop = await self.turn.workshop(plan.workshop_id)
        programme = self.turn.programmes.get(workshop.programme) if workshop else None
        if workshop is None or programme is None or not programme.rules:
            return
        numbers = sorted(plan.history if what.actions is None else what.actions)
        view = PlanOutlook(_outlook(self.turn, workshop, await _hours_for(self.turn, workshop, plan, what)), plan)
        if what.owners is None:
            await self._subjects([f"p{plan.id}"], followup.of_plan(view))
        elif what.owners:
            series = followup.series_of_plan(plan, what.owners)
            await self._subjects([f"p{plan.id}"], followup.of_plan(view, what.owners), series)
        for at in range(0, len(numbers), HANDFUL):
            some = numbers[at : at + HANDFUL]
            planned = [fire for each in map(plan.action, some) if each for fire in of_action(view, each)]
            await self._subjects([f"p{plan.id}.a{number}" for number in some], planned)
            await asyncio.sleep(0)

    async def _subjects(self, subjects: list[str], planned: list[Fire], series: Collection[str] | None = None) -> None:
        known = await stored.of_subjects(self.turn.runner.database, subjects, series)
        standing = [self.changing.get(each.id, each) for each in known]
        changes = fires.replan(standing, [each for each in planned if _has_reader(each)], self.turn.now)
        added = [_numbered(each, self.turn.runner.next_id) for each in changes.added]
        self.writes += stored.dropped(changes.dropped)
        self.writes += stored.changes([*changes.changed, *added])
        self.touched |= {each.user_id for each in (*changes.dropped, *changes.changed, *added)}


async def _hours_for(turn: Turn, workshop: Workshop, plan: ActionPlan, what: Scope) -> dict[int, Hours]:
    """The hours of whoever may be asked about this of a plan."""
    view = PlanOutlook(_outlook(turn, workshop), plan)
    actions = plan.actions() if what.actions is None else [each for each in map(plan.action, what.actions) if each]
    named = {(party, each.number) for each in actions for party in parties(plan, each)}
    owners = view.owned if what.owners is None else what.owners
    asked = [view.asked(party, number) for party, number in named] + [view.whom(each) for each in ("", *owners)]
    return await _hours(turn, workshop, {user_id for _, user_id in asked})


async def is_planned(turn: Turn, fire: Fire) -> bool:
    """Whether something would be planned for the same reader by now, had it never been."""
    workshop = await turn.workshop(fire.workshop_id)
    if workshop is None or workshop.programme not in turn.programmes:
        return False
    plan = await turn.plan(fire.plan_id)
    if plan is not None:
        what = Scope(frozenset({fire.action})) if fire.action else Scope(owners=None)
        view = PlanOutlook(_outlook(turn, workshop, await _hours_for(turn, workshop, plan, what)), plan)
        action = plan.action(fire.action)
        planned = followup.of_plan(view) if not fire.action else of_action(view, action) if action else []
    else:
        planned = followup.of_workshop(_outlook(turn, workshop, await _hours(turn, workshop, [fire.user_id])))
    mark = (fire.key, fire.version, fire.user_id)
    return any((each.key, each.version, each.user_id) == mark for each in planned)


def _has_reader(fire: Fire) -> bool:
    return bool(fire.user_id) or fire.kind in fires.TO_THE_ROOM


def _numbered(fire: Fire, next_id: Callable[[str], int]) -> Fire:
    return replace(fire, id=next_id("fires"))


# What a change has to do with ------------------------------------------------------------------------------------


async def _rooms(turn: Turn, before: State, after: State) -> dict[int, Workshop]:
    """The workshops of which sessions, or what their organisers are told, may be otherwise."""
    found = {id: each for id, each in after.workshops.items() if _agenda_differs(before.workshops.get(id), each)}
    for id in _moved(before, after):
        found |= {each.id: each for each in await turn.workshops_of(id) if each.organiser.user_id == id}
    return {id: each for id, each in found.items() if each.programme in turn.programmes}


async def _scopes(turn: Turn, before: State, after: State) -> list[tuple[ActionPlan, Scope]]:
    """The plans of which something may be otherwise, and what."""
    plans = dict(after.plans)
    for id, workshop in after.workshops.items():
        if _plans_may_differ(before.workshops.get(id), workshop):
            plans |= {plan.id: plan for plan in await turn.plans_of(id)}
    moved = _moved(before, after)
    for id in moved:
        plans |= {plan.id: plan for plan in await turn.plans_of_contact(id)}
        for workshop in await turn.workshops_of(id):
            plans |= {plan.id: plan for plan in await turn.plans_of(workshop.id)}
    found = []
    for plan in plans.values():
        around = await turn.workshop(plan.workshop_id)
        if around is None or around.programme not in turn.programmes:
            continue  # its content isn't here any more: nothing says what is due
        stood = before.workshops.get(around.id, around) if around.id in after.workshops else around
        was = before.plans.get(plan.id) if plan.id in after.plans else plan
        view = PlanOutlook(_outlook(turn, around), plan)
        what = scope.of_change(PlanOutlook(_outlook(turn, stood), was) if was else None, view, moved)
        found += [(plan, what)] if what else []
    return found


def _moved(before: State, after: State) -> list[int]:
    """Whose hours are others by now, or who wants to hear again of what was kept for them."""
    found = []
    for id, person in after.people.items():
        was = before.people.get(id)
        country, zone, muted = (was.country, was.zone, was.muted_until) if was is not None else ("", "", None)
        if (country, zone) != (person.country, person.zone) or (muted is not None and person.muted_until is None):
            found.append(id)
    return found


def _plans_may_differ(was: Workshop | None, now: Workshop) -> bool:
    """Whether something about a workshop has changed that plans have to do with."""
    facts = ("zone", "country", "first_on", "sessions", "rules", "members", "formations")
    return was is not None and any(getattr(was, each) is not getattr(now, each) for each in facts)


def _agenda_differs(was: Workshop | None, now: Workshop) -> bool:
    """Whether the days, hours or rules of sessions may be others, or their organiser."""

    def facts(each: Workshop) -> tuple[object, ...]:
        return (each.zone, each.country, each.first_on, each.sessions, each.rules, each.organiser.user_id)

    return was is None or facts(was) != facts(now)


def _time_differs(was: Run | None, now: Run) -> bool:
    """Whether a group may have to be told something else about its time."""

    def facts(each: Run) -> tuple[object, ...]:
        return (each.timer, each.published_at is None, each.closed_at is None)

    return now.timer is not None if was is None else facts(was) != facts(now)
