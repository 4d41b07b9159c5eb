"""How a measure went: from where it stood to what is aimed for, as bars in a message and as a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from bot.core import chart, reports
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Kind, Phrase
from bot.core.plan import Action, Field, Kpi, Report
from bot.exports.became import Bar, Sort
from bot.exports.course import Course
from handlers.context import Here, Reader, lines, tap
from handlers.days import dates
from handlers.plan.desk import PlanDesk, plan_desk_for, visible
from handlers.plan.report_taps import ShowChart
from handlers.render import RTL_LANGUAGES, Renderer

MOST_BARS = 6  # values in a message
MOST_DRAWN = 24  # in a picture


def _measure(action: Action | None, id: int) -> Kpi | None:
    found = action.item(Field.KPIS, id) if action is not None else None
    return found if isinstance(found, Kpi) else None


# In a message ----------------------------------------------------------------------------------------------------


def chart_lines(desk: PlanDesk, action: Action, kpi: Kpi, language: str) -> list[Any]:
    """Where a measure stood, what it has come to, and what is aimed for."""
    said = reports.values(desk.plan, action, kpi)[-MOST_BARS:]
    if not said:
        return []
    start = [("", kpi.baseline)] if kpi.baseline else []
    aim = [("", kpi.target)] if kpi.target else []
    rows = chart.rows([*start, *((_short(desk, each, language), each.text) for each in said), *aim])
    drawn = [Phrase("chart.row", {"label": row.label, "value": row.value, "bar": row.bar}) for row in rows]
    for at, key in ([(0, "chart.start")] if start else []) + ([(-1, "chart.aim")] if aim else []):
        drawn[at] = Phrase("chart.named", {**drawn[at].params, "label": Phrase(key)})
    return ["", Phrase("room.table", {"table": Phrase("lines", lines(*drawn))})]


def _short(desk: PlanDesk, report: Report, language: str) -> str:
    """Its day without a year: values stand in order."""
    day = dates.today_in(report.at, desk.workshop.zone)
    return dates.short(day, language, day.year)


def _drawn_short(desk: PlanDesk, report: Report, language: str) -> str:
    """Its day, with its year where that isn't this one."""
    return dates.short(dates.today_in(report.at, desk.workshop.zone), language, desk.year)


# As a picture ----------------------------------------------------------------------------------------------------


@tap(ShowChart)
async def show_chart(here: Here, action: ShowChart) -> None:
    desk, found = await visible(here, action.plan, action.action)
    kpi = _measure(found, action.kpi)
    said = reports.values(desk.plan, found, kpi) if kpi is not None else []
    if kpi is None or not said:
        raise Refusal("tap.nothing")
    await here.turn.say(
        here.user_id,
        "chart.caption",
        kind=Kind.PHOTO,
        measure=kpi.name,
        value=said[-1].text,
        day=dates.today_in(said[-1].at, desk.workshop.zone),
        plan=desk.plan.id,
        action=found.number,
        kpi=kpi.id,
    )


async def course_of(reader: Reader, renderer: Renderer, person: Person, params: Mapping[str, Any]) -> Course | None:
    """What the picture of a measure shows, as it is now, in its reader's language; None where they may no longer see
    it."""
    desk = await plan_desk_for(reader, person, await reader.plan(int(params["plan"])))
    action = desk.plan.action(int(params["action"])) if desk else None
    kpi = _measure(action, int(params["kpi"]))
    if desk is None or action is None or kpi is None or not desk.actor.sees(desk.plan, action):
        return None
    said = reports.values(desk.plan, action, kpi)
    hidden = len(said) - MOST_DRAWN
    return Course(
        title=kpi.name,
        note=renderer.plain(_note(action, kpi)),
        bars=bars_of(desk, renderer, kpi, said[-MOST_DRAWN:], partial(_drawn_short, desk, language=renderer.language)),
        more=renderer.plain(Phrase("chart.earlier", {"count": hidden})) if hidden > 0 else "",
        language=renderer.language,
        rtl=renderer.language.split("-")[0] in RTL_LANGUAGES,
    )


def _note(action: Action, kpi: Kpi) -> Any:
    return Phrase("chart.note", {"title": action.title, "unit": kpi.unit}) if kpi.unit else action.title


def bars_of(
    desk: PlanDesk, renderer: Renderer, kpi: Kpi, said: Sequence[Report], label: Callable[[Report], str]
) -> tuple[Bar, ...]:
    """Where a measure stood, values of it, each with its label, and what is aimed for."""
    spans = chart.spans([kpi.baseline, *(each.text for each in said), kpi.target])
    unknown = renderer.plain(Phrase("chart.unknown"))
    values = [Bar(label=label(each), value=each.text, span=span) for each, span in zip(said, spans[1:-1], strict=True)]
    begins, aimed = renderer.plain(Phrase("chart.begins")), renderer.plain(Phrase("chart.aimed"))
    start = Bar(label=begins, value=kpi.baseline or unknown, span=spans[0], sort=Sort.START)
    aim = Bar(label=aimed, value=kpi.target or unknown, span=spans[-1], sort=Sort.AIM)
    return (start, *values, aim)
