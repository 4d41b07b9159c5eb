"""What became of an action: who said what when, and who was told."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.core import reports
from bot.core.cadence import days_to_tell
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Phrase, Screen
from bot.core.plan import Action, Communication, Report, ReportKind
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
    if not desk.actor.hears(desk.plan, found):
        raise Refusal("plan.not_yours")
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


def _item_name(desk: PlanDesk, report: Report) -> str:
    """What a report is about within its action, also where that has left the plan since."""
    item = reports.item_of(desk.plan, report)
    return shortened(getattr(item, "audience", "") or getattr(item, "name", ""), NAME_SHOWN) or "–"


# On the screen of an audience -----------------------------------------------------------------------------------------


def told_lines(desk: PlanDesk, action: Action, told: Communication, language: str) -> list[Any]:
    """Who told an audience when, the newest first, what was missed, and when the next time is."""
    today = desk.today or desk.last_day
    log = reports.told_and_missed(desk.plan, action, told, desk.told_from, today)
    made: list[Any] = [_told_line(desk, day, said, language) for day, said in reversed(log)]
    if len(made) > MOST_TOLD:
        made[MOST_TOLD:] = [Phrase("log.more", {"count": len(made) - MOST_TOLD})]
    ahead = (day for day in days_to_tell(action, told, desk.told_from) if day >= max(today, desk.told_from))
    waiting = (day for day in ahead if not reports.is_settled(desk.plan, action.number, told.id, day))
    if (next_day := next(waiting, None)) is not None:
        made.append(Phrase("log.next", {"day": dates.short(next_day, language, desk.year)}))
    return ["", *made] if made else []


def _told_line(desk: PlanDesk, due: date, report: Report | None, language: str) -> Phrase:
    if report is None:
        return Phrase("log.missed", {"day": dates.short(due, language, desk.year)})
    return Phrase(f"log.{report.kind.value}", {"day": _day(desk, report, language), "name": desk.name(report.by)})
