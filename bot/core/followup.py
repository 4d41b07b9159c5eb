"""What is planned to be said, and when: a function of a workshop, its plans, and the rules.

Each function gives everything that belongs to one subject, past and to come, within a window around now; `fires.replan`
makes rows of it. Nothing here knows what has been said already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeGuard

from bot.core import agenda, hours, plan_people, reports
from bot.core.agenda import Session
from bot.core.cadence import days_to_measure, days_to_tell
from bot.core.exercise import Programme
from bot.core.fires import Fire, FireKind
from bot.core.hours import Hours
from bot.core.plan import Action, ActionPlan, Party, Progress, member_party
from bot.core.reminder_rules import Anchor, Rule, To, effective
from bot.core.workshop import Workshop

BEHIND, AHEAD = timedelta(days=45), timedelta(days=120)  # how far what comes again is planned around now
AFTER = timedelta(days=90)  # that a measure is asked for after its action was due
FORESEEN = timedelta(days=3 * 365)  # around the end of a workshop: nothing is planned for a day in 9999
WARNED = timedelta(days=14)  # before something is forgotten for good
STALE = timedelta(days=6)  # after which a digest is of no use

KINDS = {
    (Anchor.SESSION, To.ROOM): FireKind.SESSION,
    (Anchor.DUE, To.RESPONSIBLE): FireKind.DUE,
    (Anchor.DUE, To.OWNER): FireKind.DECIDE,
    (Anchor.MILESTONE, To.RESPONSIBLE): FireKind.MILESTONE,
    (Anchor.CLOSE, To.OWNER): FireKind.CHECK_IN,
    (Anchor.CLOSE, To.REPORTER): FireKind.REVIEW,
    (Anchor.WEEK, To.OWNER): FireKind.DIGEST,
    (Anchor.COMMUNICATION, To.SENDER): FireKind.NUDGE,
    (Anchor.COMMUNICATION, To.OWNER): FireKind.UNTOLD,
    (Anchor.MEASURE, To.OWNER): FireKind.MEASURE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A workshop as its follow-up sees it. `hours` gives an account's hours, and for 0 the workshop's own."""

    programme: Programme
    workshop: Workshop
    hours: Callable[[int], Hours]
    now: datetime

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in effective(self.programme.rules, self.workshop.rules) if rule.on)

    @property
    def sessions(self) -> list[Session]:
        return agenda.sessions(
            self.programme.sessions,
            self.workshop.sessions,
            first_on=self.workshop.first_on,
            off=self.hours(0).off,
            place=self.workshop.place,
        )

    @property
    def last_day(self) -> date:
        """The workshop's last day, as its sessions were moved."""
        days = [each.on for each in self.sessions if not each.cancelled]
        first_on, off = self.workshop.first_on, self.hours(0).off
        return max(days, default=agenda.day_number(first_on, self.programme.days, off))

    @property
    def today(self) -> date:
        return hours.day_of(self.now, self.workshop.zone)

    def begins(self, plan: ActionPlan) -> date:
        """From which day on a plan is followed up: since it was agreed, else since the workshop ended."""
        return hours.day_of(plan.agreed_at, self.workshop.zone) if plan.agreed_at is not None else self.last_day

    def asked(self, plan: ActionPlan, party: Party, action: int) -> tuple[Party, int]:
        """Who is asked about an action in somebody's name, and their account."""
        found = plan_people.asked_instead(self.programme, self.workshop, plan, party, action)
        return found, plan_people.user_id(self.workshop, plan, found) or 0

    def foresees(self, day: date | None) -> TypeGuard[date]:
        """Whether a day is one that anything can be planned for."""
        return day is not None and abs(day - self.workshop.kept_until) <= FORESEEN

    def within(self, days: Iterable[date]) -> list[date]:
        """Those of the days that are planned for now."""
        return [day for day in days if self.today - BEHIND <= day <= self.today + AHEAD]


# Sessions --------------------------------------------------------------------------------------------------------


def of_workshop(outlook: Outlook) -> list[Fire]:
    """What is said to the room before its sessions, and to the organiser before all is forgotten."""
    workshop = outlook.workshop
    found: list[Fire] = []
    for rule in outlook.rules:
        if rule.anchor is Anchor.SESSION:
            for session in outlook.sessions:
                if not session.cancelled:
                    found += _before(outlook, rule, session)
    organiser = workshop.organiser
    if organiser.user_id is not None:
        found.append(_erasure(outlook, f"w{workshop.id}", member_party(organiser.number), organiser.user_id))
    return found


def of_days(outlook: Outlook) -> list[Fire]:
    """What facilitators are told at the end of each day: what is still in the parking lot."""
    workshop, found = outlook.workshop, []
    held = [each for each in outlook.sessions if not each.cancelled]
    for day in agenda.days(held):
        ends_at = max(each.ends_at(workshop.zone) for each in held if each.on == day)
        found.append(
            Fire(
                key=f"w{workshop.id}.parked.{day.isoformat()}",
                version=ends_at.isoformat(),
                kind=FireKind.PARKED,
                subject=f"w{workshop.id}.days",
                series=f"w{workshop.id}.parked",
                workshop_id=workshop.id,
                on=day,
                due_at=ends_at,
                ends_at=hours.instant(day + timedelta(days=1), time(0), workshop.zone),
            )
        )
    return found


def _before(outlook: Outlook, rule: Rule, session: Session) -> Iterator[Fire]:
    workshop = outlook.workshop
    starts_at = session.starts_at(workshop.zone)
    before = [
        (f"{days}d", hours.instant(session.on + timedelta(days=days), rule.at, workshop.zone)) for days in rule.days
    ]
    before += [(f"{minutes}m", starts_at + timedelta(minutes=minutes)) for minutes in rule.minutes]
    for offset, due_at in before:
        subject = f"w{workshop.id}"
        yield Fire(
            key=f"{subject}.{rule.id}.{session.id}.{offset}",
            version=starts_at.isoformat(),
            kind=FireKind.SESSION,
            subject=subject,
            series=f"{subject}.session.{session.id}",
            workshop_id=workshop.id,
            rule=rule.id,
            on=session.on,
            due_at=due_at,
            ends_at=starts_at,
        )


# An action -------------------------------------------------------------------------------------------------------


def of_action(outlook: Outlook, plan: ActionPlan, action: Action) -> list[Fire]:
    """What is asked about one action."""
    about = _About(outlook, plan, action)
    several = _owns_several(plan, action.owner)
    found: list[Fire] = []
    for rule in outlook.rules:
        kind = KINDS[rule.anchor, rule.to]
        match kind:
            case FireKind.DUE if outlook.foresees(action.due_on):
                found += about.on_day(rule, kind, action.due_on, about.doers)
            case FireKind.DECIDE if outlook.foresees(action.due_on) and not several:
                found += about.on_day(rule, kind, action.due_on, (action.owner,))
            case FireKind.MILESTONE:
                for each in action.milestones:
                    if outlook.foresees(each.due_on) and each.due_on != action.due_on and not about.reached(each.id):
                        found += about.on_day(rule, kind, each.due_on, about.doers, item=each.id)
            case FireKind.NUDGE | FireKind.UNTOLD if not (several and kind is FireKind.UNTOLD):
                found += about.tellings(rule, kind)
            case FireKind.MEASURE:
                found += about.measures(rule)
    return [*found, *about.escalations()]


def _owns_several(plan: ActionPlan, owner: Party) -> bool:
    """Whether somebody answers for more than one open action: they get a digest, and not single messages."""
    return len(owned(plan, owner)) > 1


def owned(plan: ActionPlan, owner: Party) -> list[Action]:
    """The actions that somebody answers for, but for those that are done."""
    return [each for each in plan.actions() if owner and each.owner == owner and each.progress is not Progress.DONE]


@dataclass(frozen=True, slots=True)
class _About:
    outlook: Outlook
    plan: ActionPlan
    action: Action

    @property
    def is_done(self) -> bool:
        return self.action.progress is Progress.DONE

    @property
    def doers(self) -> tuple[Party, ...]:
        return self.action.responsible or (self.action.owner,)

    def fire(
        self, kind: FireKind, rule: Rule | None, party: Party, day: date, on: date, *, mark: str, item: int = 0
    ) -> Fire:
        """A fire for one person on a day, at the rule's hour, or in the next working hour."""
        outlook, plan, number = self.outlook, self.plan, self.action.number
        asked, user_id = outlook.asked(plan, party, number)
        own = outlook.hours(user_id)
        subject = f"p{plan.id}.a{number}"
        return Fire(
            key=f"{subject}.{kind.value}.{item}.{party or 'r'}.{mark}",
            version=on.isoformat(),
            kind=kind,
            subject=subject,
            series=f"{subject}.{kind.value}.{item}.{party or 'r'}",
            workshop_id=plan.workshop_id,
            plan_id=plan.id,
            action=number,
            item=item,
            rule=rule.id if rule else "",
            party=party or asked,
            user_id=user_id,
            on=on,
            due_at=own.next_open(hours.instant(day, rule.at if rule else time(9), own.zone)),
        )

    def on_day(
        self, rule: Rule, kind: FireKind, on: date, parties: tuple[Party, ...], *, item: int = 0
    ) -> Iterator[Fire]:
        if self.is_done:
            return
        begins = self.outlook.begins(self.plan)
        for offset, day in rule.days_from(on, on + AFTER):
            if day > begins:
                for party in dict.fromkeys(parties):
                    yield self.fire(kind, rule, party, day, on, mark=f"{offset:+d}", item=item)

    def reached(self, milestone: int) -> bool:
        return reports.reached(self.plan, self.action.number, milestone) is not None

    def tellings(self, rule: Rule, kind: FireKind) -> Iterator[Fire]:
        begins = self.outlook.begins(self.plan)
        for told in self.action.communications:
            if self.is_done and told.until is None:
                continue
            days = [day for day in days_to_tell(self.action, told, begins) if day >= begins]
            open_days = [day for day in days if not self.settled(told.id, day)]
            wanted, party = open_days, told.sender or self.action.owner
            if kind is FireKind.UNTOLD:
                wanted, party = _second(days, open_days), self.action.owner
            for on in self.outlook.within(wanted):
                for offset in rule.days:
                    day = on + timedelta(days=offset)
                    yield self.fire(kind, rule, party, day, on, mark=f"{on.isoformat()}{offset:+d}", item=told.id)

    def settled(self, item: int, day: date) -> bool:
        return reports.is_settled(self.plan, self.action.number, item, day)

    def measures(self, rule: Rule) -> Iterator[Fire]:
        if self.is_done:
            return
        begins = self.outlook.begins(self.plan)
        until = min(self.action.due_on or begins, self.outlook.today + AHEAD) + AFTER
        for kpi in self.action.kpis:
            for on in self.outlook.within(days_to_measure(self.action, kpi, begins, until)):
                if on > begins:
                    for offset in rule.days:
                        day = on + timedelta(days=offset)
                        mark = f"{on.isoformat()}{offset:+d}"
                        yield self.fire(FireKind.MEASURE, rule, self.action.owner, day, on, mark=mark, item=kpi.id)

    def escalations(self) -> Iterator[Fire]:
        """What goes to whom the group agreed on, where somebody had as long as it agreed."""
        agreed = self.plan.escalation
        if agreed is None or self.is_done:
            return
        if self.action.progress is Progress.BLOCKED:
            since = hours.day_of(blocked_at(self.plan, self.action), self.outlook.workshop.zone)
            day = since + timedelta(days=agreed.after)
            yield self.fire(FireKind.ESCALATE, None, agreed.to, day, since, mark="blocked")
        elif self.outlook.foresees(self.action.due_on):
            day = self.action.due_on + timedelta(days=agreed.after)
            if day > self.outlook.begins(self.plan):
                yield self.fire(FireKind.ESCALATE, None, agreed.to, day, self.action.due_on, mark="late")


def _second(days: list[date], missed: list[date]) -> list[date]:
    """Of days that were missed, the second ones in a row: nobody hears of the third and the fourth."""
    row, found = 0, []
    for day in days:
        row = row + 1 if day in missed else 0
        if row == 2:
            found.append(day)
    return found


def blocked_at(plan: ActionPlan, action: Action) -> datetime:
    """Since when an action that is blocked has been so."""
    return plan.since(action.number, lambda each: each.progress).changed_at


# A plan as a whole -----------------------------------------------------------------------------------------------


def of_plan(outlook: Outlook, plan: ActionPlan) -> list[Fire]:
    """What is said of a plan as a whole: check-ins, reviews, digests, and that it will be forgotten."""
    owners = sorted({each.owner for each in plan.actions() if each.owner and each.progress is not Progress.DONE})
    if not owners and all(each.progress is Progress.DONE for each in plan.actions()):
        return []
    found: list[Fire] = []
    for rule in outlook.rules:
        kind = KINDS[rule.anchor, rule.to]
        match kind:
            case FireKind.CHECK_IN:
                found += _whole(outlook, plan, rule, kind, owners)
            case FireKind.REVIEW:
                found += _whole(outlook, plan, rule, kind, [""])
            case FireKind.DIGEST:
                found += _weekly(outlook, plan, rule, [each for each in owners if _owns_several(plan, each)])
    for owner in owners:
        _, user_id = _whom(outlook, plan, owner)
        found.append(_erasure(outlook, f"p{plan.id}", owner, user_id, plan.id))
    unique = {(each.key, each.version): each for each in found if each.user_id}
    return list(unique.values())


def _whom(outlook: Outlook, plan: ActionPlan, party: Party) -> tuple[Party, int]:
    """Who gets what is said of a plan as a whole in somebody's name; the reporter for nobody."""
    mine = owned(plan, party)
    return outlook.asked(plan, party, mine[0].number if mine else 0)


def _whole(outlook: Outlook, plan: ActionPlan, rule: Rule, kind: FireKind, parties: list[Party]) -> Iterator[Fire]:
    last_day = outlook.last_day
    for offset, day in rule.days_from(last_day, outlook.workshop.kept_until):
        for party in parties:
            yield _of_plan(outlook, plan, rule, kind, party, day, last_day, f"{offset:+d}", timedelta(days=14))


def _weekly(outlook: Outlook, plan: ActionPlan, rule: Rule, parties: list[Party]) -> Iterator[Fire]:
    monday = outlook.today - BEHIND
    monday -= timedelta(days=monday.weekday())
    while monday <= outlook.today + AHEAD:
        for offset in rule.days:
            day = monday + timedelta(days=offset)
            if outlook.begins(plan) < day <= outlook.workshop.kept_until:
                for party in parties:
                    yield _of_plan(outlook, plan, rule, FireKind.DIGEST, party, day, day, day.isoformat(), STALE)
        monday += timedelta(weeks=1)


def _of_plan(
    outlook: Outlook,
    plan: ActionPlan,
    rule: Rule,
    kind: FireKind,
    party: Party,
    day: date,
    on: date,
    mark: str,
    useful: timedelta,
) -> Fire:
    asked, user_id = _whom(outlook, plan, party)
    own = outlook.hours(user_id)
    due_at = own.next_open(hours.instant(day, rule.at, own.zone))
    return Fire(
        key=f"p{plan.id}.{kind.value}.{party or 'r'}.{mark}",
        version=on.isoformat(),
        kind=kind,
        subject=f"p{plan.id}",
        series=f"p{plan.id}.{kind.value}.{party or 'r'}",
        workshop_id=plan.workshop_id,
        plan_id=plan.id,
        rule=rule.id,
        party=party or asked,
        user_id=user_id,
        on=on,
        due_at=due_at,
        ends_at=due_at + useful,
    )


def _erasure(outlook: Outlook, subject: str, party: Party, user_id: int, plan_id: int = 0) -> Fire:
    """Says that something will be forgotten, while there is time to take it out."""
    own = outlook.hours(user_id)
    until = outlook.workshop.kept_until
    return Fire(
        key=f"{subject}.erasure.{party}",
        version=until.isoformat(),
        kind=FireKind.ERASURE,
        subject=subject,
        series=f"{subject}.erasure.{party}",
        workshop_id=outlook.workshop.id,
        plan_id=plan_id,
        party=party,
        user_id=user_id,
        on=until,
        due_at=own.next_open(hours.instant(until - WARNED, time(9), own.zone)),
        ends_at=hours.instant(until, time(0), own.zone),
    )
