"""Weeks in the life of a plan: the bot's rules at work beside a plain schedule, in a world where anything changes."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.core import due, fires, followup, followup_action, membership, rescheduling
from bot.core.due import Addressee
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind
from bot.core.hours import Hours
from bot.core.outlook import Outlook, PlanOutlook
from bot.core.plan import Action, ActionPlan, Communication, Frequency, Milestone, Progress, Report, ReportKind
from bot.core.reminder_rules import Anchor, Rule, RuleChange, To
from bot.core.workshop import Role, Workshop
from tests.core.plain_schedule import DAY, QUARTER, Clock, Plain, Task, Thing, open_at
from tests.core.planned import PROGRAMME, workshop

RULES = (
    Rule(id="due", title="", anchor=Anchor.DUE, to=To.RESPONSIBLE, days=(-14, -3, 0)),
    Rule(id="overdue", title="", anchor=Anchor.DUE, to=To.RESPONSIBLE, days=(1, 7), every=Frequency.WEEKLY, most=4),
    Rule(id="decide", title="", anchor=Anchor.DUE, to=To.OWNER, days=(28,)),
    Rule(id="milestone", title="", anchor=Anchor.MILESTONE, to=To.RESPONSIBLE, days=(-3,)),
    Rule(id="check_in", title="", anchor=Anchor.CLOSE, to=To.OWNER, days=(10, 30)),
    Rule(id="tell", title="", anchor=Anchor.COMMUNICATION, to=To.SENDER, days=(0,)),
)
FOLLOWED = replace(PROGRAMME, rules=RULES)
REPORTER = "m1"  # sits first in the group whose plan it is


@dataclass
class Bot:
    """The rules at work on rows in memory. `said` is each message: when, to whom, and what was in it."""

    workshop: Workshop
    agreed_at: datetime
    rows: dict[int, Fire] = field(default_factory=dict)
    said: list[tuple[datetime, int, list[Fire]]] = field(default_factory=list)

    def plan(self, world: Plain, now: datetime) -> None:
        """As each commit does, and each night."""
        plan = plan_of(world, self.agreed_at)
        hours = {id: hours_of(clock) for id, clock in world.clocks.items()}
        view = Outlook(programme=FOLLOWED, workshop=self.workshop, hours=lambda id: hours[id], now=now)
        of_it = PlanOutlook(view, plan)
        planned = followup.of_plan(of_it)
        for action in plan.actions():
            planned += followup_action.of_action(of_it, action)
        changes = fires.replan(self.rows.values(), planned, now)
        for each in changes.dropped:
            del self.rows[each.id]
        known = {(each.key, each.version) for each in self.rows.values()}
        assert not known & {(each.key, each.version) for each in changes.added}
        first = max(self.rows, default=0) + 1
        self.put([*changes.changed, *(replace(each, id=id) for id, each in enumerate(changes.added, first))])

    def put(self, found: list[Fire]) -> None:
        self.rows |= {each.id: each for each in found}

    def waiting(self, until: datetime) -> list[Fire]:
        return [each for each in self.rows.values() if each.is_open and each.due_at <= until]

    def look(self, world: Plain, now: datetime) -> None:
        """As the clock does where something is due."""
        while now_due := self.waiting(now):
            readers = {each.user_id for each in now_due}
            theirs = [each for each in self.waiting(now + due.TOGETHER) if each.user_id in readers]
            outcome = due.sort_out(theirs, {each: self.addressee(world, each, now) for each in readers}, now)
            self.put([*outcome.moved, *outcome.missed])
            for reader, found in sorted(outcome.said.items()):
                kept, older = due.newest(found)
                self.put([due.said(each, len(self.said) + 1, now) for each in kept])
                self.put(due.missed(older, "superseded", now))
                self.said.append((now, reader, kept))

    def addressee(self, world: Plain, reader: int, now: datetime) -> Addressee:
        before = [at for at, user_id, _ in self.said if user_id == reader and at <= now]
        return Addressee(
            hours=hours_of(world.clocks[reader]),
            muted_until=world.muted.get(reader),
            opted_out=reader in world.gone,
            last_at=max(before, default=None),
        )


def hours_of(clock: Clock) -> Hours:
    return Hours(zone=clock.zone, off=clock.off, holiday=clock.free.__contains__, opens=clock.opens, shuts=clock.shuts)


def plan_of(world: Plain, agreed_at: datetime) -> ActionPlan:
    """The plan as the bot has it."""
    reports = [
        Report(kind=ReportKind.TOLD, action=number, item=2, by="m1", at=agreed_at, on=day)
        for number, task in world.tasks.items()
        for day in sorted(task.told)
    ]
    return ActionPlan(
        id=1,
        workshop_id=1,
        group=1,
        history={number: (action_of(number, task, agreed_at),) for number, task in world.tasks.items()},
        agreed_at=agreed_at,
        reports=tuple(replace(each, number=number) for number, each in enumerate(reports, 1)),
        created_at=agreed_at,
    )


def action_of(number: int, task: Task, at: datetime) -> Action:
    frequency = Frequency(task.often) if task.often not in ("", "-") else None
    told = Communication(audience="All", sender=task.sender, frequency=frequency, until=task.until, id=2)
    return Action(
        number=number,
        title="Publish",
        responsible=task.doers,
        owner=task.owner,
        due_on=task.due_on,
        milestones=(Milestone(name="Draft", due_on=task.milestone, id=1),),
        communications=() if task.often == "-" else (told,),
        progress=Progress.DONE if task.done else Progress.NOT_STARTED,
        changed_at=at,
    )


def shown(fire: Fire) -> tuple[object, ...]:
    """What its reader can tell it by, as the plain schedule has it."""
    item = {FireKind.MILESTONE: 1, FireKind.NUDGE: 2}.get(fire.kind, 0)
    return (fire.kind.value, fire.action, item, fire.party, fire.on)


def as_shown(thing: tuple[object, ...]) -> tuple[object, ...]:
    """The reporter is asked in nobody's name as in their own."""
    kind, action, item, party, on = thing
    return (kind, action, item, party or REPORTER, on)


# A life --------------------------------------------------------------------------------------------------------------


@dataclass
class Life:
    """The bot and the plain schedule in one world. Each step is a method's name with its arguments."""

    start: datetime
    clock: Clock  # the workshop's
    set_back: bool = False

    def __post_init__(self) -> None:
        self.now = self.start
        made = workshop()
        organiser = replace(made.members[9], role=Role.ORGANISER)
        made = replace(made, members={**made.members, 9: organiser}, first_on=self.start.date() - 4 * DAY)
        self.bot = Bot(made, self.start)
        self.own: dict[int, Clock | None] = {1: None, 2: None, 3: None}
        offsets: dict[str, tuple[int, ...]] = {rule.id: rule.days for rule in RULES}
        offsets["overdue"] = (1, 7, 14, 21)
        hours = {rule.id: rule.at for rule in RULES}
        accounts = {"": 1, "m1": 1, "m2": 2, "m3": 3}
        self.world = Plain(self.start.date(), self.start.date(), {}, accounts, offsets, hours)
        self.world.tasks = {1: Task(owner="m2", often="-"), 2: Task(owner="m3", often="-")}
        self.expected: list[tuple[datetime, int, list[tuple[object, ...]]]] = []
        self.changed()

    def changed(self) -> None:
        """Something is otherwise from now on, and the bot has heard of it."""
        world, made = self.world, self.bot.workshop
        world.clocks = {id: own or self.clock for id, own in self.own.items()} | {0: self.clock, 9: self.clock}
        world.begins = self.start.astimezone(ZoneInfo(self.clock.zone)).date()
        world.last_day = made.first_on
        for _ in range(PROGRAMME.days - 1):
            world.last_day += DAY
            while world.last_day.weekday() in self.clock.off:
                world.last_day += DAY
        self.bot.workshop = replace(made, zone=self.clock.zone)
        world.changed(self.now)
        self.bot.plan(world, self.now)
        self.look()

    def look(self) -> None:
        self.expected += self.world.look(self.now)
        before = len(self.bot.said)
        self.bot.look(self.world, self.now)
        for _, reader, found in self.bot.said[before:]:
            self.check(reader, found)

    def check(self, reader: int, found: list[Fire]) -> None:
        """What was said just now is wanted, and its reader may be written to."""
        world, soon = self.world, self.now + 4 * QUARTER
        assert open_at(world.clocks[reader], self.now)
        assert world.muted.get(reader, self.now) <= self.now
        assert reader not in world.gone
        wanted = {as_shown(thing.shown) for thing in world.wanted() if world.due(thing) <= soon}
        assert {shown(each) for each in found} <= wanted

    # What happens ----------------------------------------------------------------------------------------------------

    def go_on(self, quarters: int) -> None:
        for _ in range(quarters):
            self.now += QUARTER
            if self.bot.waiting(self.now) or any(at <= self.now for at in self.world.awaited.values()):
                self.look()

    def away(self, quarters: int) -> None:
        """The bot isn't there, and then it is again."""
        self.now += quarters * QUARTER
        self.look()

    def back(self, quarters: int) -> None:
        self.now -= quarters * QUARTER
        self.set_back = True
        self.look()

    def edit(self, number: int, what: str, value: Any) -> None:
        if isinstance(value, int) and what in ("due_on", "milestone", "until"):
            value = self.start.date() + value * DAY
        setattr(self.world.tasks[number], what, value)
        self.changed()

    def tell(self, number: int) -> None:
        """Somebody says that an audience was told what is next, or was last."""
        task = self.world.tasks[number]
        days = [day for day in self.world.days_to_tell(task) if day not in task.told]
        task.told |= set(days[:1])
        self.changed()

    def rule(self, id: str, days: tuple[int, ...], hour: time) -> None:
        """Facilitators change a rule, or (no days) switch it off."""
        listed = tuple(sorted(days))
        change = RuleChange(id=id, days=listed, at=hour) if days else RuleChange(id=id, on=False)
        self.bot.workshop = replace(self.bot.workshop, rules={**self.bot.workshop.rules, id: change})
        if id == "overdue" and listed:
            listed = (*listed, *(listed[-1] + 7 * times for times in range(1, 5)))[:4]
        self.world.offsets[id], self.world.hours[id] = listed, hour
        self.changed()

    def moves(self, account: int, clock: Clock | None) -> None:
        """Somebody is elsewhere; None: where the workshop is; account 0: all of it is."""
        if account:
            self.own[account] = clock
        else:
            self.clock = clock or self.clock
        self.changed()

    def mute(self, account: int, quarters: int) -> None:
        if self.world.muted.get(account, self.now) <= self.now:
            self.world.muted[account] = self.now + quarters * QUARTER

    def opt_out(self, account: int) -> None:
        self.world.gone.add(account)

    def unmute(self, account: int) -> None:
        if self.world.muted.pop(account, None) is not None:
            self.changed()

    def upcoming(self, account: int, nth: int) -> tuple[Fire, Thing] | None:
        """The nth thing that waits for somebody."""
        theirs = sorted(
            (
                each
                for each in self.bot.rows.values()
                if each.is_open and each.user_id == account and each.kind is not FireKind.ERASURE
            ),
            key=lambda each: (each.due_at, each.id),
        )
        if not theirs:
            return None
        fire = theirs[nth % len(theirs)]
        *_, party, mark = fire.key.split(".")
        day = fire.on + int(mark.removeprefix(fire.on.isoformat())) * DAY
        item = shown(fire)[2]
        wanted = (fire.kind.value, fire.action, item, "" if party == "r" else party, fire.on, day)
        (thing,) = (each for each in self.world.awaited if (*each.series, each.on, each.day) == wanted)
        return fire, thing

    def put_off(self, account: int, nth: int, days: int, hour: time) -> None:
        """Somebody moves what waits for them to another day."""
        found = self.upcoming(account, nth)
        if found is None:
            return
        fire, thing = found
        own = hours_of(self.world.clocks[account])
        day = self.now.astimezone(ZoneInfo(own.zone)).date() + days * DAY
        with contextlib.suppress(Refusal):  # it would be of no use then
            self.bot.put([rescheduling.move(fire, day, hour, own, self.now)])
            self.world.moved[thing] = self.world.awaited[thing] = self.world.at(thing, day, hour)
        self.look()

    def cancel(self, account: int, nth: int) -> None:
        found = self.upcoming(account, nth)
        if found is not None:
            self.bot.put([rescheduling.cancel(found[0], self.now)])
            self.world.over.add(found[1])
            del self.world.awaited[found[1]]

    def comes_or_goes(self) -> None:
        """Member 3 leaves, or is taken back; the reporter is asked meanwhile."""
        here = self.world.accounts["m3"] == 3
        made = self.bot.workshop
        self.bot.workshop = membership.remove(made, 3) if here else membership.restore(made, 3, {})
        self.world.accounts["m3"] = 1 if here else 3
        self.changed()
