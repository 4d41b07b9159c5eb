"""What became of an action: who said what when; who was told; how a measure went."""

from __future__ import annotations

from typing import Any

from bot.core import chart, reports
from bot.core.cadence import days_to_tell
from bot.core.dialogue import Person
from bot.core.message import Phrase, Screen
from bot.core.plan import Action, Communication, Field, Kpi, Report, ReportKind
from bot.core.plan_dialogue import ActionView
from bot.core.words import shortened
from handlers.callbacks import Close
from handlers.context import Here, button, lines, page_of, tap
from handlers.days import dates
from handlers.plan import list_taps as to
from handlers.plan.desk import PlanDesk, visible
from handlers.plan.report_taps import ShowHistory
from handlers.plan.viewing import look_at

PER_PAGE = 8
MOST_TOLD = 5
MOST_BARS = 6
LABEL, VALUE = 7, 8  # characters of a bar's label and value
NAME_SHOWN = 40


@tap(ShowHistory)
async def show_history(here: Here, action: ShowHistory) -> None:
    desk, found = await visible(here, action.plan, action.action)
    look_at(here, desk, found.number, view="history", page=action.page)


def history_screen(desk: PlanDesk, action: Action, person: Person, dialogue: ActionView) -> Screen:
    """Everything that was reported about an action, the newest first."""
    found = list(reversed(reports.of_action(desk.plan, action.number)))
    shown, page, pages = page_of(found, dialogue.page, PER_PAGE)
    text = lines(
        Phrase("card.title", {"number": action.number, "title": action.title}),
        "",
        *(_line(desk, each, person.language) for each in shown),
    )
    turn = [button("label.earlier", ShowHistory(desk.plan.id, action.number, page + 1))] if page < pages - 1 else []
    back = button("label.back", to.ShowAction(desk.plan.id, action.number, 0, "card"))
    return Screen("lines", text, ((*turn, back, button("label.close", Close())),))


def _day(desk: PlanDesk, report: Report, language: str) -> str:
    return dates.short(dates.today_in(report.at, desk.workshop.zone), language, desk.year)


def _line(desk: PlanDesk, report: Report, language: str) -> Phrase:
    about: dict[str, Any] = {
        "day": _day(desk, report, language),
        "name": desk.name(report.by),
        "line": report.text,
        "item": _item_name(desk, report),
    }
    if report.kind is ReportKind.PROGRESS and report.progress is not None:
        about["status"] = Phrase(f"plan.progress.{report.progress.value}")
        return Phrase("history.progress_line" if report.text else "history.progress", about)
    return Phrase(f"history.{report.kind.value}", about)


_FIELDS = {
    ReportKind.VALUE: Field.KPIS,
    ReportKind.TOLD: Field.COMMUNICATIONS,
    ReportKind.SKIPPED: Field.COMMUNICATIONS,
    ReportKind.REACHED: Field.MILESTONES,
}


def _item_name(desk: PlanDesk, report: Report) -> str:
    """What a report is about within its action, also where that has left the plan since."""
    field = _FIELDS.get(report.kind)
    versions = reversed(desk.plan.history[report.action]) if field else ()
    found = (each.item(field, report.item) for each in versions if field)
    item = next((each for each in found if each is not None), None)
    return shortened(getattr(item, "audience", "") or getattr(item, "name", ""), NAME_SHOWN) or "–"


# On the screens of an audience and of a measure ------------------------------------------------------------------


def told_lines(desk: PlanDesk, action: Action, told: Communication, language: str) -> list[Any]:
    """Who told an audience when, the newest first, and when the next time is."""
    log = list(reversed(reports.told_log(desk.plan, action.number, told.id)))
    made: list[Any] = [
        Phrase(f"log.{each.kind.value}", {"day": _day(desk, each, language), "name": desk.name(each.by)})
        for each in log[:MOST_TOLD]
    ]
    if len(log) > MOST_TOLD:
        made.append(Phrase("log.more", {"count": len(log) - MOST_TOLD}))
    today = desk.today or desk.last_day
    days = days_to_tell(action, told, desk.told_from)
    missed = reports.missed_in_a_row(
        desk.plan, action.number, told.id, [day for day in days if day >= desk.told_from], today
    )
    if missed:
        made.append(Phrase("log.missed", {"days": [dates.short(each, language, desk.year) for each in missed[-3:]]}))
    open_days = [day for day in days if not reports.is_settled(desk.plan, action.number, told.id, day)]
    if (ahead := next((day for day in open_days if day >= today), None)) is not None:
        made.append(Phrase("log.next", {"day": dates.short(ahead, language, desk.year)}))
    return ["", *made] if made else []


def chart_lines(desk: PlanDesk, action: Action, kpi: Kpi, language: str) -> list[Any]:
    """Where a measure stood, what it has come to, and what is aimed for, as bars."""
    said = reports.values(desk.plan, action, kpi)[-MOST_BARS:]
    if not said:
        return []
    values = [(_day(desk, each, language), each.text) for each in said]
    known = [("chart.start", kpi.baseline)] if kpi.baseline else []
    aimed = [("chart.aim", kpi.target)] if kpi.target else []
    drawn = chart.rows([*known, *values, *aimed])
    table = [
        Phrase(
            "chart.row",
            {
                "label": Phrase(row.label) if row.label.startswith("chart.") else shortened(row.label, LABEL),
                "value": shortened(row.value, VALUE),
                "bar": row.bar,
            },
        )
        for row in drawn
    ]
    return ["", Phrase("room.table", {"table": Phrase("lines", lines(*table))})]
