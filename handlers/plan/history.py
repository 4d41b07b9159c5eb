"""What became of an action: who said what when, and who was told."""

from __future__ import annotations

from typing import Any

from bot.core import reports
from bot.core.cadence import days_to_tell
from bot.core.dialogue import Person
from bot.core.message import Phrase, Screen
from bot.core.plan import Action, Communication, Field, Report, ReportKind
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


# On the screen of an audience -----------------------------------------------------------------------------------------


def told_lines(desk: PlanDesk, action: Action, told: Communication, language: str) -> list[Any]:
    """Who told an audience when, the newest first, what was missed, and when the next time is."""
    log = reports.told_log(desk.plan, action.number, told.id)
    today = desk.today or desk.last_day
    settled = {each.on for each in log}
    days = [day for day in days_to_tell(action, told, desk.told_from) if day >= desk.told_from and day not in settled]
    said = [(each.on or today, _log_line(desk, each, language)) for each in log]
    missed = [
        (day, Phrase("log.missed", {"day": dates.short(day, language, desk.year)})) for day in days if day < today
    ]
    made: list[Any] = [line for _, line in sorted([*said, *missed], key=lambda each: each[0], reverse=True)]
    if len(made) > MOST_TOLD:
        made[MOST_TOLD:] = [Phrase("log.more", {"count": len(made) - MOST_TOLD})]
    if (ahead := next((day for day in days if day >= today), None)) is not None:
        made.append(Phrase("log.next", {"day": dates.short(ahead, language, desk.year)}))
    return ["", *made] if made else []


def _log_line(desk: PlanDesk, report: Report, language: str) -> Phrase:
    return Phrase(f"log.{report.kind.value}", {"day": _day(desk, report, language), "name": desk.name(report.by)})
