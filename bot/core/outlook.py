"""A workshop and its plans as their follow-up sees them: what all that is planned rests on, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TypeGuard

from bot.core import agenda, hours, plan_people
from bot.core.agenda import Session
from bot.core.exercise import Programme
from bot.core.hours import Hours
from bot.core.plan import Action, ActionPlan, Party, Progress, ReportKind
from bot.core.reminder_rules import Rule, effective
from bot.core.workshop import Workshop

BEHIND, AHEAD = timedelta(days=45), timedelta(days=120)  # how far what comes again is planned around now
FORESEEN = timedelta(days=3 * 365)  # around the end of a workshop: nothing is planned for a day in 9999


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """A workshop. `hours` gives an account's hours, and for 0 the workshop's own."""

    programme: Programme
    workshop: Workshop
    hours: Callable[[int], Hours]
    now: datetime
    _times: dict[tuple[int, date, time], datetime] = field(default_factory=dict)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in effective(self.programme.rules, self.workshop.rules) if rule.on)

    @cached_property
    def sessions(self) -> list[Session]:
        return agenda.sessions(
            self.programme.sessions,
            self.workshop.sessions,
            first_on=self.workshop.first_on,
            off=self.hours(0).off,
            place=self.workshop.place,
        )

    @cached_property
    def last_day(self) -> date:
        """The workshop's last day, as its sessions were moved."""
        days = [each.on for each in self.sessions if not each.cancelled]
        first_on, off = self.workshop.first_on, self.hours(0).off
        return max(days, default=agenda.day_number(first_on, self.programme.days, off))

    @cached_property
    def today(self) -> date:
        return hours.day_of(self.now, self.workshop.zone)

    def foresees(self, day: date | None) -> TypeGuard[date]:
        """Whether a day is one that anything can be planned for."""
        return day is not None and abs(day - self.workshop.kept_until) <= FORESEEN

    def within(self, days: Iterable[date]) -> list[date]:
        """Those of the days that are planned for now."""
        return [day for day in days if self.today - BEHIND <= day <= self.today + AHEAD]

    def open_at(self, user_id: int, day: date, at: time) -> datetime:
        """When somebody may be told what is for an hour of a day: then, or when they next work."""
        mark = (user_id, day, at)
        if mark not in self._times:
            own = self.hours(user_id)
            self._times[mark] = own.next_open(hours.instant(day, at, own.zone))
        return self._times[mark]


@dataclass(frozen=True)
class PlanOutlook:
    """One plan of it."""

    around: Outlook
    plan: ActionPlan

    @cached_property
    def begins(self) -> date:
        """From which day on a plan is followed up: since it was agreed, else since the workshop ended."""
        agreed_at, zone = self.plan.agreed_at, self.around.workshop.zone
        return hours.day_of(agreed_at, zone) if agreed_at is not None else self.around.last_day

    @cached_property
    def _reporter(self) -> Party:
        return plan_people.reporter(self.around.programme, self.around.workshop, self.plan)

    def asked(self, party: Party, action: int) -> tuple[Party, int]:
        """Who is asked about an action in somebody's name (the reporter until they are here), and their account."""
        workshop, plan = self.around.workshop, self.plan
        found = party if plan_people.is_here(workshop, plan, party, action) else self._reporter
        return found, plan_people.user_id(workshop, plan, found) or 0

    @cached_property
    def owned(self) -> Mapping[Party, list[Action]]:
        """What each answers for, but for what is done."""
        found: dict[Party, list[Action]] = {}
        for each in self.plan.actions():
            if each.owner and each.progress is not Progress.DONE:
                found.setdefault(each.owner, []).append(each)
        return found

    def owns_several(self, owner: Party) -> bool:
        """Whether somebody answers for more than one open action: they get a digest, and not single messages."""
        return len(self.owned.get(owner, ())) > 1

    def whom(self, owner: Party) -> tuple[Party, int]:
        """Who gets what is said of a plan as a whole in somebody's name, and their account; the reporter for nobody."""
        mine = self.owned.get(owner)
        return self.asked(owner, mine[0].number if mine else 0)

    @cached_property
    def is_over(self) -> bool:
        """Whether nothing is left to be said of it as a whole."""
        return all(each.progress is Progress.DONE for each in self.plan.actions())

    @cached_property
    def _settled(self) -> frozenset[tuple[int, int, date | None]]:
        kinds = (ReportKind.TOLD, ReportKind.SKIPPED)
        return frozenset((each.action, each.item, each.on) for each in self.plan.reports if each.kind in kinds)

    def is_settled(self, action: int, item: int, day: date) -> bool:
        """Whether an audience has been told what was to be told on a day, or needn't be."""
        return (action, item, day) in self._settled

    @cached_property
    def _reached(self) -> frozenset[tuple[int, int]]:
        return frozenset((each.action, each.item) for each in self.plan.reports if each.kind is ReportKind.REACHED)

    def is_reached(self, action: int, milestone: int) -> bool:
        return (action, milestone) in self._reached
