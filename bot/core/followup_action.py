"""What is planned to be asked about one action, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.core import hours
from bot.core.cadence import days_to_measure, days_to_tell
from bot.core.fires import Fire, FireKind
from bot.core.outlook import AHEAD, Outlook, PlanOutlook
from bot.core.plan import Action, ActionPlan, Party, Progress
from bot.core.reminder_rules import Anchor, Rule, To

AFTER = timedelta(days=90)  # that a measure is asked for after its action was due
USUAL = time(9)  # where no rule says at which hour

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


def of_action(view: PlanOutlook, action: Action) -> list[Fire]:
    """What is asked about one action."""
    about, outlook = _About(view, action), view.around
    several = view.owns_several(action.owner)
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


def parties(plan: ActionPlan, action: Action) -> frozenset[Party]:
    """In whose names somebody may be asked about an action; "" where that is the reporter's own."""
    senders = [each.sender or action.owner for each in action.communications]
    escalates = [plan.escalation.to] if plan.escalation is not None else []
    return frozenset([*(action.responsible or [action.owner]), action.owner, *senders, *escalates])


@dataclass(frozen=True, slots=True)
class _About:
    view: PlanOutlook
    action: Action

    @property
    def outlook(self) -> Outlook:
        return self.view.around

    @property
    def plan(self) -> ActionPlan:
        return self.view.plan

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
        plan, number = self.plan, self.action.number
        asked, user_id = self.view.asked(party, number)
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
            due_at=self.outlook.open_at(user_id, day, rule.at if rule else USUAL),
        )

    def on_day(
        self, rule: Rule, kind: FireKind, on: date, parties: tuple[Party, ...], *, item: int = 0
    ) -> Iterator[Fire]:
        if self.is_done:
            return
        begins = self.view.begins
        for offset, day in rule.days_from(on, on + AFTER):
            if day > begins:
                for party in dict.fromkeys(parties):
                    yield self.fire(kind, rule, party, day, on, mark=f"{offset:+d}", item=item)

    def reached(self, milestone: int) -> bool:
        return self.view.is_reached(self.action.number, milestone)

    def tellings(self, rule: Rule, kind: FireKind) -> Iterator[Fire]:
        begins = self.view.begins
        for told in self.action.communications:
            if self.is_done and told.until is None:
                continue
            days = [day for day in days_to_tell(self.action, told, begins) if day >= begins]
            open_days = [day for day in days if not self.view.is_settled(self.action.number, told.id, day)]
            wanted, party = open_days, told.sender or self.action.owner
            if kind is FireKind.UNTOLD:
                wanted, party = _second(days, open_days), self.action.owner
            for on in self.outlook.within(wanted):
                for offset in rule.days:
                    day = on + timedelta(days=offset)
                    yield self.fire(kind, rule, party, day, on, mark=f"{on.isoformat()}{offset:+d}", item=told.id)

    def measures(self, rule: Rule) -> Iterator[Fire]:
        if self.is_done:
            return
        begins = self.view.begins
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
            if day > self.view.begins:
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
