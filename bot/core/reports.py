"""What became of a plan: how actions stand, what measures came to, and which audience was told. Only ever added to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core.cadence import days_to_tell
from bot.core.errors import Refusal
from bot.core.plan import Action, ActionPlan, Communication, Field, Item, Kpi, Party, Progress, Report, ReportKind
from bot.core.planning import checked, set_field, standing

LONGEST_LINE = 200  # characters: what is in the way, what is done about it
MOST_REPORTS = 2000  # of one plan; the oldest go first


def _with(plan: ActionPlan, report: Report) -> ActionPlan:
    number = plan.reports[-1].number + 1 if plan.reports else 1
    return replace(plan, reports=(*plan.reports, replace(report, number=number))[-MOST_REPORTS:])


def report_progress(
    plan: ActionPlan, number: int, progress: Progress, *, text: str = "", by: Party, now: datetime
) -> ActionPlan:
    """Say how an action stands, with a line on what is in the way, and have that in the plan. The same again is noted
    as well: that somebody looked is news."""
    line = checked(text, "line", LONGEST_LINE) if text else ""
    plan = set_field(plan, number, Field.PROGRESS, progress, by=by, now=now)
    return _with(plan, Report(kind=ReportKind.PROGRESS, action=number, by=by, at=now, progress=progress, text=line))


def correct(plan: ActionPlan, number: int, text: str, *, by: Party, now: datetime) -> ActionPlan:
    """Say what is done about an action that is at risk or blocked."""
    standing(plan, number)
    line = checked(text, "line", LONGEST_LINE)
    return _with(plan, Report(kind=ReportKind.CORRECTIVE, action=number, by=by, at=now, text=line))


def reach(plan: ActionPlan, number: int, milestone: int, *, by: Party, now: datetime) -> ActionPlan:
    """Say that a milestone has been reached: its action is on its way then, if it wasn't. Once is enough."""
    if standing(plan, number).item(Field.MILESTONES, milestone) is None:
        raise Refusal("plan.gone")
    if reached(plan, number, milestone) is not None:
        return plan
    if standing(plan, number).progress is Progress.NOT_STARTED:
        plan = set_field(plan, number, Field.PROGRESS, Progress.ON_TRACK, by=by, now=now)
    return _with(plan, Report(kind=ReportKind.REACHED, action=number, item=milestone, by=by, at=now))


def measure(plan: ActionPlan, number: int, kpi: int, text: str, *, by: Party, now: datetime) -> ActionPlan:
    """Say what a measure has come to, in people's own words with a number in them."""
    if standing(plan, number).item(Field.KPIS, kpi) is None:
        raise Refusal("plan.gone")
    value = checked(text, "target")
    return _with(plan, Report(kind=ReportKind.VALUE, action=number, item=kpi, by=by, at=now, text=value))


def tell(
    plan: ActionPlan, number: int, told: int, day: date, *, by: Party, now: datetime, needed: bool = True
) -> ActionPlan:
    """Say that an audience has been told what was to be told on `day`, or (not `needed`) that it needn't be this time.
    Once is enough."""
    if standing(plan, number).item(Field.COMMUNICATIONS, told) is None:
        raise Refusal("plan.gone")
    kind = ReportKind.TOLD if needed else ReportKind.SKIPPED
    found = Report(kind=kind, action=number, item=told, by=by, at=now, on=day)
    if any((each.kind, each.action, each.item, each.on) == (kind, number, told, day) for each in plan.reports):
        return plan
    return _with(plan, found)


def carry(plan: ActionPlan, said: Iterable[Report]) -> ActionPlan:
    """Have reports that were made elsewhere in this plan, too; those that it has already aren't added twice."""
    known = {replace(each, number=0) for each in plan.reports}
    for each in said:
        if replace(each, number=0) not in known:
            plan = _with(plan, each)
    return plan


# Looking back ----------------------------------------------------------------------------------------------------


def of_action(plan: ActionPlan, number: int, *kinds: ReportKind) -> list[Report]:
    """What was reported about an action, the oldest first, wherever it was reported."""
    found = [each for each in plan.reports if each.action == number and (not kinds or each.kind in kinds)]
    return sorted(found, key=lambda each: each.at)


def latest(plan: ActionPlan, number: int, *kinds: ReportKind) -> Report | None:
    return next(reversed(of_action(plan, number, *kinds)), None)


def reached(plan: ActionPlan, number: int, milestone: int) -> Report | None:
    """Who said that a milestone has been reached; None where nobody did."""
    return next((each for each in of_action(plan, number, ReportKind.REACHED) if each.item == milestone), None)


def values(plan: ActionPlan, action: Action, kpi: Kpi) -> list[Report]:
    """What a measure came to, the oldest first."""
    return [each for each in of_action(plan, action.number, ReportKind.VALUE) if each.item == kpi.id]


def told_log(plan: ActionPlan, number: int, item: int = 0) -> list[Report]:
    """Who was told when, and what wasn't needed; of one communication or (0) of all."""
    found = of_action(plan, number, ReportKind.TOLD, ReportKind.SKIPPED)
    return [each for each in found if item in (0, each.item)]


def told_and_missed(
    plan: ActionPlan, action: Action, told: Communication, begins: date, today: date
) -> list[tuple[date, Report | None]]:
    """The days for which an audience was told, or for which that wasn't needed, and (None) the days before today on
    which nobody said either; the oldest first. `begins` is when the plan began to be carried out."""
    log = told_log(plan, action.number, told.id)
    settled = {each.on for each in log}
    due = [day for day in days_to_tell(action, told, begins) if begins <= day < today and day not in settled]
    said: list[tuple[date, Report | None]] = [(each.on or today, each) for each in log]
    return sorted([*said, *((day, None) for day in due)], key=lambda each: each[0])


_FIELDS = {
    ReportKind.VALUE: Field.KPIS,
    ReportKind.TOLD: Field.COMMUNICATIONS,
    ReportKind.SKIPPED: Field.COMMUNICATIONS,
    ReportKind.REACHED: Field.MILESTONES,
}


def item_of(plan: ActionPlan, report: Report) -> Item | None:
    """What a report is about within its action, as it was last, also where that has left the plan since."""
    field = _FIELDS.get(report.kind)
    if field is None:
        return None
    found = (each.item(field, report.item) for each in reversed(plan.history.get(report.action, ())))
    return next((each for each in found if each is not None), None)


def is_settled(plan: ActionPlan, number: int, item: int, day: date) -> bool:
    """Whether an audience has been told what was to be told on a day, or needn't be."""
    return any(each.on == day for each in told_log(plan, number, item))


def missed_in_a_row(plan: ActionPlan, number: int, item: int, days: Sequence[date], today: date) -> list[date]:
    """The days before today, up to the latest, on which an audience should have been told and nobody said that it
    was: those after the last one that is settled. `days` are all days, in order."""
    past = [day for day in days if day < today]
    settled = [at for at, day in enumerate(past) if is_settled(plan, number, item, day)]
    return past[settled[-1] + 1 :] if settled else past
