"""Tables of plans, as a handler makes them, in English."""

from __future__ import annotations

from bot.core.plan import ActionPlan
from bot.core.plan_import import told_apart
from bot.exports.lines import Pen
from bot.exports.rows import page_row, sheet_row
from bot.exports.table import PlanPages, PlanTable
from tests.exports.plans import ENGLISH, names_of


def pen(plan: ActionPlan, *, exact: bool = True) -> Pen:
    names = told_apart(names_of(plan))
    return Pen(words=ENGLISH, names=names) if exact else Pen(words=ENGLISH, names=names, exact=False, day=day)


def day(on: object) -> str:
    return f"{on:%-d %B %Y}"


def table(plan: ActionPlan, **more: object) -> PlanTable:
    given: dict[str, object] = {
        "name": f"Group {plan.group}",
        "title": f"Action plan of Group {plan.group}",
        "lines": (f"Goal: {plan.goal}", "Accra June workshop, 18 June 2027"),
        "guide_title": "How to fill this in",
        "guide": (("Action step", "=What needs to be done? Start with a verb."),),
    }
    return PlanTable(
        columns=ENGLISH.columns,
        rows=tuple(sheet_row(each, pen(plan)) for each in plan.actions()),
        **(given | more),  # type: ignore[arg-type]
    )


def pages(plan: ActionPlan, **more: object) -> PlanPages:
    given: dict[str, object] = {
        "title": f"Action plan of Group {plan.group}",
        "lines": (f"Goal: {plan.goal}", "Accra June workshop, 18 June 2027"),
        "page": "Page {page} of {pages}",
        "empty": "Nothing is planned yet.",
    }
    return PlanPages(
        columns=ENGLISH.columns[:7],
        rows=tuple(page_row(each, pen(plan, exact=False)) for each in plan.actions()),
        **(given | more),  # type: ignore[arg-type]
    )
