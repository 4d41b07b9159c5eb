"""A plan that people have lived with for four months, and any reports that a plan could have."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from bot.core import reports
from bot.core.plan import ActionPlan, Communication, Field, Kpi, Progress, Report, ReportKind
from tests.exports.plans import NOW, PARTIES, plans, real_plan, texts

LATER = datetime(2027, 10, 20, 9, tzinfo=UTC)
LINE = "The legal office has no time before September, and nobody else may sign"
MEASURED = ("3.2", "about 2.9 visits", "2.4")


def on(day: int, month: int = 7) -> datetime:
    return datetime(2027, month, day, 10, tzinfo=UTC)


def lived_plan() -> ActionPlan:
    """The real plan, with what became of its actions 1, 3 and 4."""
    plan = real_plan()
    first, fourth = plan.actions()[0], plan.actions()[3]
    milestone, (counter, files) = first.milestones[0].id, (each.id for each in first.kpis)
    applicants = first.communications[0].id
    plan = reports.report_progress(plan, 1, Progress.ON_TRACK, by="m2", now=on(16))
    plan = reports.reach(plan, 1, milestone, by="m2", now=on(17))
    plan = reports.report_progress(plan, 1, Progress.BLOCKED, text=LINE, by="c1", now=on(27))
    plan = reports.correct(plan, 1, "Ask the minister for a second lawyer", by="m1", now=on(28))
    for month, value in enumerate(MEASURED, 7):
        plan = reports.measure(plan, 1, counter, value, by="m1", now=on(19, month))
    plan = reports.measure(plan, 1, files, "57 %", by="m1", now=on(19))
    plan = reports.tell(plan, 1, applicants, date(2027, 7, 18), by="m2", now=on(21))
    plan = reports.tell(plan, 1, applicants, date(2027, 9, 18), by="m3", now=on(18, 9), needed=False)
    plan = reports.report_progress(plan, 3, Progress.AT_RISK, text="لا وقت للتدريب", by="m4", now=on(19))
    plan = reports.report_progress(plan, 4, Progress.BLOCKED, text="=1+1 *bold* #x $y$ <b>", by="m5", now=on(19))
    return reports.measure(plan, 4, fourth.kpis[0].id, '=HYPERLINK("x") 5', by="m6", now=on(20))


INSTANTS = st.integers(0, 10**7).map(lambda seconds: NOW + timedelta(seconds=seconds))


@st.composite
def lived_plans(draw: st.DrawFn) -> ActionPlan:
    """Any plan with any reports on what it holds, or held."""
    plan = draw(plans())
    said: list[Report] = []
    for number in [each.number for each in plan.actions()]:
        for kind in draw(st.lists(st.sampled_from(ReportKind), max_size=4)):
            item = draw(st.integers(1, 40)) if kind not in (ReportKind.PROGRESS, ReportKind.CORRECTIVE) else 0
            text = draw(texts("target")) if kind in (ReportKind.VALUE, ReportKind.CORRECTIVE) else ""
            said.append(
                Report(
                    number=len(said) + 1,
                    kind=kind,
                    action=number,
                    item=item,
                    by=draw(PARTIES),
                    at=draw(INSTANTS),
                    progress=draw(st.sampled_from(Progress)) if kind is ReportKind.PROGRESS else None,
                    text=text,
                    on=date(2027, 7, 18) if kind in (ReportKind.TOLD, ReportKind.SKIPPED) else None,
                )
            )
    return replace(plan, reports=tuple(said))


def items_of(plan: ActionPlan) -> list[tuple[int, Field, int, str]]:
    """Which measure and which audience has which id."""
    return [
        (action.number, field, item.id, item.name if isinstance(item, Kpi) else item.audience)
        for action in plan.actions()
        for field in (Field.KPIS, Field.COMMUNICATIONS)
        for item in action.items(field)
        if isinstance(item, Kpi | Communication)
    ]
