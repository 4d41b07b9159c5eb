"""What became of plans, as files say it: for reading, action by action, and as rows to work on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core import reports
from bot.core.chart import number_in
from bot.core.message import Phrase
from bot.core.plan import Action, Communication, Kpi, Party, Progress, Report, ReportKind
from bot.exports.became import ActionBecame, LogCell, LogTable, Part, Said
from handlers.days import dates
from handlers.files.names import names
from handlers.plan.course import bars_of
from handlers.plan.desk import PlanDesk
from handlers.render import RTL_LANGUAGES, Renderer

_STANDING = (ReportKind.PROGRESS, ReportKind.CORRECTIVE, ReportKind.REACHED)


@dataclass(frozen=True, slots=True)
class _Look:
    """A plan as it is looked back on, on a day, in a language."""

    renderer: Renderer
    desk: PlanDesk
    called: dict[Party, str]
    today: date

    def say(self, key: str, **params: object) -> str:
        return self.renderer.plain(Phrase(key, params))

    def day(self, day: date) -> str:
        """With its year: papers are kept."""
        return dates.short(day, self.renderer.language, 0)

    def said_on(self, report: Report) -> date:
        return dates.today_in(report.at, self.desk.workshop.zone)

    def who(self, report: Report | None) -> str:
        return self.called.get(report.by, "") if report is not None else ""

    @property
    def actions(self) -> list[Action]:
        return [each for each in self.desk.plan.actions() if self.desk.actor.hears(self.desk.plan, each)]

    def title(self, action: Action) -> str:
        return f"{action.number}. {action.title}"

    def about(self, report: Report) -> str:
        """The name of the milestone that a report is about."""
        return getattr(reports.item_of(self.desk.plan, report), "name", "") or "–"

    def standing(self, action: Action) -> list[Report]:
        return reports.of_action(self.desk.plan, action.number, *_STANDING)

    def told(self, action: Action, told: Communication) -> list[tuple[date, Report | None]]:
        return reports.told_and_missed(self.desk.plan, action, told, self.desk.told_from, self.today)

    def values(self, action: Action, kpi: Kpi) -> list[Report]:
        return reports.values(self.desk.plan, action, kpi)


def _look(renderer: Renderer, desk: PlanDesk, now: datetime) -> _Look:
    return _Look(renderer, desk, names(desk), dates.today_in(now, desk.workshop.zone))


# For reading -----------------------------------------------------------------------------------------------------


def heard(desk: PlanDesk) -> frozenset[int]:
    """The actions of a plan of which its reader may know what was reported."""
    return frozenset(each.number for each in desk.plan.actions() if desk.actor.hears(desk.plan, each))


def to_read(renderer: Renderer, desk: PlanDesk, now: datetime) -> tuple[ActionBecame, ...]:
    """What became of the actions of a plan, of each of which there is something to say."""
    look = _look(renderer, desk, now)
    made = ((action, tuple(_parts(look, action))) for action in look.actions)
    return tuple(
        ActionBecame(title=look.title(action), status=_status(look, action), parts=parts)
        for action, parts in made
        if parts
    )


def _status(look: _Look, action: Action) -> str:
    return "" if action.progress is Progress.NOT_STARTED else look.say(f"export.progress.{action.progress.value}")


def _parts(look: _Look, action: Action) -> Iterator[Part]:
    if found := look.standing(action):
        lines = (Said(day=look.day(look.said_on(each)), name=look.who(each), text=_said(look, each)) for each in found)
        yield Part(heading=look.say("became.tab.reports"), lines=tuple(lines))
    for told in action.communications:
        if log := look.told(action, told):
            entries = (Said(day=look.day(day), name=look.who(each), text=_told(look, day, each)) for day, each in log)
            yield Part(heading=look.say("became.tab.told"), about=_audience(told), lines=tuple(entries))
    for kpi in action.kpis:
        if values := look.values(action, kpi):
            bars = bars_of(look.desk, look.renderer, kpi, values, lambda each: look.day(look.said_on(each)))
            yield Part(heading=look.say("became.column.measure"), about=_measure(kpi), bars=bars)


def _said(look: _Look, report: Report) -> str:
    words = look.about(report) if report.kind is ReportKind.REACHED else report.text
    return look.say("became.line", what=_what(report), words=words) if words else look.renderer.plain(_what(report))


def _what(report: Report | None) -> Phrase:
    """What somebody said that is so; None: nobody said that an audience was told."""
    if report is None:
        return Phrase("became.missed")
    if report.progress is not None:
        return Phrase(f"export.progress.{report.progress.value}")
    return Phrase(f"became.{report.kind.value}")


def _told(look: _Look, due: date, report: Report | None) -> str:
    if report is None or (day := look.said_on(report)) == due:
        return look.renderer.plain(_what(report))
    return look.say("became.later", what=_what(report), day=look.day(day))


def _audience(told: Communication) -> str:
    return f"{told.audience} ({told.channel})" if told.channel else told.audience


def _measure(kpi: Kpi) -> str:
    return f"{kpi.name} ({kpi.unit})" if kpi.unit else kpi.name


# To work on ------------------------------------------------------------------------------------------------------

_REPORTS = {"group": 10, "action": 40, "day": 12, "who": 22, "what": 20, "words": 50}
_TOLD = {"group": 10, "action": 40, "audience": 30, "for_day": 12, "what": 24, "said_on": 12, "who": 22}
_MEASURES = {"group": 10, "action": 40, "measure": 32, "unit": 16, "day": 16, "value": 24, "number": 12, "who": 22}


def to_work_on(renderer: Renderer, desks: Sequence[PlanDesk], now: datetime) -> tuple[LogTable, ...]:
    """What was reported, who was told and what measures came to, over all plans: those tables that have a row. Where
    there are several plans, a first column says whose a row is."""
    looks = [_look(renderer, desk, now) for desk in desks]
    kinds = ("reports", _REPORTS, _report_rows), ("told", _TOLD, _told_rows), ("measures", _MEASURES, _value_rows)
    made = []
    for name, columns, rows_of in kinds:
        first = 0 if len(desks) > 1 else 1
        rows = [(look.say("export.tab", group=look.desk.plan.group), *row) for look in looks for row in rows_of(look)]
        if rows:
            made.append(
                LogTable(
                    name=renderer.plain(Phrase(f"became.tab.{name}")),
                    columns=tuple(renderer.plain(Phrase(f"became.column.{each}")) for each in columns)[first:],
                    widths=tuple(columns.values())[first:],
                    rows=tuple(row[first:] for row in rows),
                    rtl=renderer.language.split("-")[0] in RTL_LANGUAGES,
                )
            )
    return tuple(made)


def _report_rows(look: _Look) -> Iterator[tuple[LogCell, ...]]:
    for action in look.actions:
        for each in look.standing(action):
            words = look.about(each) if each.kind is ReportKind.REACHED else each.text
            yield look.title(action), look.said_on(each), look.who(each), look.renderer.plain(_what(each)), words


def _told_rows(look: _Look) -> Iterator[tuple[LogCell, ...]]:
    for action in look.actions:
        for told in action.communications:
            for day, each in look.told(action, told):
                what = look.renderer.plain(_what(each))
                said_on = look.said_on(each) if each else ""
                yield look.title(action), told.audience, day, what, said_on, look.who(each)


def _value_rows(look: _Look) -> Iterator[tuple[LogCell, ...]]:
    """Each measure's start, its values and its aim, in that order."""
    for action in look.actions:
        for kpi in action.kpis:
            values = look.values(action, kpi)
            rows: list[tuple[LogCell, str, str]] = [
                (look.say("chart.begins"), kpi.baseline, ""),
                *((look.said_on(each), each.text, look.who(each)) for each in values),
                (look.say("chart.aimed"), kpi.target, ""),
            ]
            for day, value, who in rows if values else ():
                if value:
                    number = number_in(value)
                    yield (
                        look.title(action),
                        kpi.name,
                        kpi.unit,
                        day,
                        value,
                        "" if number is None else number,
                        who,
                    )
