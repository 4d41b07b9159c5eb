"""A workshop with a plan on a real database, in whose life everything changes; each step in a commit of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot import planner
from bot.core import agreement, escalating, handover, membership, planning, reports
from bot.core.agenda import SessionChange, SessionDef
from bot.core.dialogue import Person
from bot.core.plan import ActionPlan, Communication, Field, Frequency, Kpi, Milestone, Progress, contact_party
from bot.core.reminder_rules import Anchor, Rule, RuleChange, To
from bot.core.scope import EVERYTHING
from bot.core.workshop import Membership, Role, Workshop
from bot.runner import Runner
from content.catalogues import Catalogues
from storage.database import Database
from tests.core import planned
from tests.core.schedule_life import RULES

START = datetime(2027, 6, 14, 8, tzinfo=UTC)
PROGRAMME = replace(
    planned.PROGRAMME,
    sessions=tuple(
        SessionDef(id=f"s{day}", day=day, starts=time(9), ends=time(12), title=f"Day {day}") for day in (1, 2)
    ),
    rules=(
        *RULES,
        Rule(id="minutes", title="", anchor=Anchor.SESSION, to=To.ROOM, minutes=(-15,)),
        Rule(id="digest", title="", anchor=Anchor.WEEK, to=To.OWNER, days=(0,)),
        Rule(id="review", title="", anchor=Anchor.CLOSE, to=To.REPORTER, days=(30, 60)),
        Rule(id="untold", title="", anchor=Anchor.COMMUNICATION, to=To.OWNER, days=(3,)),
        Rule(id="measure", title="", anchor=Anchor.MEASURE, to=To.OWNER, days=(0,)),
    ),
)
PEOPLE = 6  # two in each of three groups; the plan is the first group's
ORGANISER, OUTSIDE = 9, 20  # accounts
PLAN = 1


class Life:
    """`steps` are named by the methods that take them."""

    def __init__(self, database: Database) -> None:
        self.now = START
        self.runner = Runner(database, {PROGRAMME.name: PROGRAMME}, lambda: self.now, catalogues=Catalogues())

    async def begin(self) -> None:
        await self.runner.start()
        made = planned.workshop(PEOPLE)
        lead = replace(made.members[1], number=9, name="Lead", role=Role.ORGANISER, user_id=ORGANISER)
        outside = {5: replace(made.members[5], user_id=None)}  # has no phone yet
        plan = planned.plan(1, "Publish", "Train", "Print")
        plan, _ = handover.add_contact(plan, "Works", token="t", named_by="m1")
        people = [
            Person(user_id=id, name=f"P{id}", language="en") for id in (*range(1, PEOPLE + 1), ORGANISER, OUTSIDE)
        ]
        await self.put(replace(made, members={**made.members, **outside, 9: lead}), plan, *people)

    async def put(self, *values: Any) -> None:
        turn = self.runner.begin()
        turn.put(*values)
        self.runner.keep(turn)
        await self.runner.commit()

    async def left_to_plan(self) -> list[Any]:
        """What would have to be written for everything to be as it is planned by now."""
        turn = self.runner.begin()
        of_plan = await planner.plan_plan(turn, await self.plan(), EVERYTHING)
        return [*await planner.plan_workshop(turn, await self.workshop()), *of_plan]

    async def workshop(self) -> Workshop:
        found = await self.runner.workshop(1)
        assert found is not None
        return found

    async def plan(self) -> ActionPlan:
        found = await self.runner.plan(PLAN)
        assert found is not None
        return found

    async def _action(self, number: int, change: Callable[[ActionPlan], ActionPlan]) -> None:
        plan = await self.plan()
        if plan.action(number) is not None:
            await self.put(change(plan))

    # What happens -------------------------------------------------------------------------------------------------

    async def field(self, number: int, field: Field, value: Any) -> None:
        await self._action(number, lambda plan: planning.set_field(plan, number, field, value, by="m1", now=self.now))

    async def due(self, number: int, days: int | None) -> None:
        day = None if days is None else START.date() + timedelta(days=days)
        await self.field(number, Field.DUE_ON, day)

    async def does(self, number: int, party: str) -> None:
        def change(plan: ActionPlan) -> ActionPlan:
            on = party not in plan.history[number][-1].responsible
            return planning.name_party(plan, number, Field.RESPONSIBLE, party, on=on, by="m1", now=self.now)

        await self._action(number, change)

    async def milestone(self, number: int, days: int) -> None:
        item = Milestone(name=f"After {days}", due_on=START.date() + timedelta(days=days))
        await self._item(number, Field.MILESTONES, item, most=3)

    async def tell(self, number: int, sender: str, often: Frequency | None, days: int | None) -> None:
        until = None if days is None else START.date() + timedelta(days=days)
        item = Communication(audience=f"{sender}{often}{days}", sender=sender, frequency=often, until=until)
        await self._item(number, Field.COMMUNICATIONS, item, most=2)

    async def measure(self, number: int, often: Frequency) -> None:
        await self._item(number, Field.KPIS, Kpi(name=often.value, frequency=often), most=2)

    async def _item(self, number: int, field: Field, item: Any, most: int) -> None:
        plan = await self.plan()
        action = plan.action(number)
        if action is not None and item not in action.items(field) and len(action.items(field)) < most:
            await self.put(planning.add_item(plan, number, field, item, by="m1", now=self.now))

    async def add(self) -> None:
        plan = await self.plan()
        if len(plan.history) < 6:
            await self.put(planning.add_action(plan, f"More {plan.next_action}", by="m1", now=self.now))

    async def removed(self, number: int) -> None:
        plan = await self.plan()
        versions = plan.history.get(number)
        if versions and versions[-1].removed:
            await self.put(planning.put_back(plan, number, by="m1", now=self.now))
        elif versions:
            await self.put(planning.remove(plan, number, versions[-1].version, by="m1", now=self.now))

    async def report(self, number: int, progress: Progress) -> None:
        await self._action(number, lambda plan: reports.report_progress(plan, number, progress, by="m1", now=self.now))

    async def told(self, number: int, days: int) -> None:
        plan = await self.plan()
        action = plan.action(number)
        if action is not None and action.communications:
            item, day = action.communications[0].id, START.date() + timedelta(days=days)
            await self.put(reports.tell(plan, number, item, day, by="m1", now=self.now))

    async def reached(self, number: int) -> None:
        plan = await self.plan()
        action = plan.action(number)
        if action is not None and action.milestones:
            await self.put(reports.reach(plan, number, action.milestones[0].id, by="m1", now=self.now))

    async def forgotten(self) -> None:
        """The last report is taken back."""
        plan = await self.plan()
        await self.put(replace(plan, reports=plan.reports[:-1]))

    async def agreed(self) -> None:
        await self.put(agreement.agree(await self.plan(), now=self.now))

    async def escalates(self, party: str) -> None:
        plan = await self.plan()
        await self.put(escalating.agree_on(plan, party, 7) if party else escalating.nobody(plan))

    async def contact(self, number: int) -> None:
        """Somebody from outside takes part in an action, or doesn't any more."""
        plan = await self.plan()
        known = plan.contacts[1]
        changed = replace(known, user_id=OUTSIDE, agreed=known.agreed ^ {number})
        await self.put(replace(plan, contacts={**plan.contacts, 1: changed}))

    async def comes_or_goes(self, number: int) -> None:
        workshop = await self.workshop()
        if workshop.members[number].status is Membership.ACTIVE:
            await self.put(membership.remove(workshop, number))
        else:
            await self.put(membership.restore(workshop, number, {}))

    async def joins(self) -> None:
        """Whoever had no phone has one."""
        workshop = await self.workshop()
        await self.put(replace(workshop, members={**workshop.members, 5: replace(workshop.members[5], user_id=5)}))

    async def reports_for(self, member: int | None) -> None:
        """The first group has another reporter."""
        workshop = await self.workshop()
        formation = workshop.formations["three"]
        group = replace(formation.groups[1], reporter=member)
        await self.put(replace(workshop, formations={"three": formation.with_group(group)}))

    async def seat(self, member: int, group: int) -> None:
        workshop = await self.workshop()
        formation = workshop.formations["three"]
        if member in formation.seats:
            seats = {**formation.seats, member: replace(formation.seats[member], group=group)}
            await self.put(replace(workshop, formations={"three": replace(formation, seats=seats)}))

    async def hand_over(self, member: int) -> None:
        workshop = await self.workshop()
        new = workshop.members[member]
        if new.status is Membership.ACTIVE and new.user_id is not None and not new.leads:
            old = replace(workshop.organiser, role=Role.PARTICIPANT)
            now = replace(new, role=Role.ORGANISER)
            await self.put(replace(workshop, members={**workshop.members, old.number: old, now.number: now}))

    async def moved(self, zone: str, country: str) -> None:
        await self.put(replace(await self.workshop(), zone=zone, country=country))

    async def first_on(self, days: int) -> None:
        await self.put(replace(await self.workshop(), first_on=date(2027, 6, 14) + timedelta(days=days)))

    async def session(self, id: str, days: int, hour: int, cancelled: bool) -> None:
        workshop = await self.workshop()
        change = SessionChange(
            id=id, on=START.date() + timedelta(days=days), starts=time(hour), ends=time(hour + 1), cancelled=cancelled
        )
        await self.put(replace(workshop, sessions={**workshop.sessions, id: change}))

    async def rule(self, id: str, on: bool, hour: int) -> None:
        workshop = await self.workshop()
        await self.put(replace(workshop, rules={**workshop.rules, id: RuleChange(id=id, on=on, at=time(hour))}))

    async def is_in(self, user_id: int, zone: str, country: str) -> None:
        person = await self.runner.person(user_id)
        assert person is not None
        await self.put(replace(person, zone=zone, country=country))

    async def named(self, contact: bool, number: int) -> None:
        """Somebody from outside answers for an action."""
        await self.field(number, Field.OWNER, contact_party(1) if contact else "m2")

    async def later(self, days: int) -> None:
        """Days go by, and each night everything is planned anew."""
        self.now += timedelta(days=days)
        await self.runner.database.write(await self.left_to_plan())

    async def restart(self) -> None:
        self.runner.forget()
