"""A plan in front of somebody, as what files are made of: tables, pages, a timeline, in their language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from babel.dates import format_skeleton
from dateutil.relativedelta import relativedelta

from bot.core.message import Phrase
from bot.core.plan import Action, Party, Progress, member_party
from bot.core.planning import by_date
from bot.exports.lines import Pen, fenced
from bot.exports.plan_json import PlanSource
from bot.exports.rows import page_row, sheet_row
from bot.exports.table import Mark, PlanPages, PlanTable, Timeline, TimelineRow
from content.catalogues import locale_of
from handlers.days import dates
from handlers.files.became import heard, to_read
from handlers.files.names import names
from handlers.files.words import guide, words
from handlers.plan.desk import PlanDesk
from handlers.render import RTL_LANGUAGES, Renderer

MOST_TICKS = 9  # on a timeline: more don't fit on a phone


def is_rtl(renderer: Renderer) -> bool:
    return renderer.language.split("-")[0] in RTL_LANGUAGES


def title_of(renderer: Renderer, desks: Sequence[PlanDesk]) -> str:
    """What one plan, or all plans of a workshop, are called."""
    if len(desks) == 1:
        return renderer.plain(desks[0].title)
    return renderer.plain(Phrase("export.all_title", {"workshop": desks[0].workshop.title}))


def _stands(renderer: Renderer, desk: PlanDesk, now: datetime) -> str:
    """Which workshop's it is, and as of when."""
    day = partial(dates.without_weekday, language=renderer.language)
    zone = desk.workshop.zone
    params = {"workshop": desk.workshop.title, "day": day(dates.today_in(now, zone))}
    if desk.plan.agreed_at is None:
        return renderer.plain(Phrase("export.as_of", params))
    agreed = day(dates.today_in(desk.plan.agreed_at, zone))
    return renderer.plain(Phrase("export.agreed", {**params, "agreed": agreed}))


def _lines(renderer: Renderer, desk: PlanDesk, goal: str, now: datetime) -> tuple[str, ...]:
    goals = [renderer.plain(Phrase("export.goal", {"goal": goal}))] if goal else []
    return (*goals, _stands(renderer, desk, now))


def sheet(renderer: Renderer, desk: PlanDesk, goal: str, now: datetime) -> PlanTable:
    """The plan as a sheet, to be filled in and read back."""
    pen = Pen(words=words(renderer), names=names(desk))
    return PlanTable(
        name=renderer.plain(Phrase("export.tab", {"group": desk.plan.group})),
        title=renderer.plain(desk.title),
        lines=_lines(renderer, desk, goal, now),
        columns=pen.words.columns,
        rows=tuple(sheet_row(each, pen) for each in desk.plan.actions()),
        guide_title=renderer.plain(Phrase("export.guide")),
        guide=tuple(guide(renderer, now)),
        language=renderer.language,
        rtl=is_rtl(renderer),
    )


def pages(renderer: Renderer, desk: PlanDesk, goal: str, now: datetime) -> PlanPages:
    """The plan for print and for the eye."""
    day = partial(dates.without_weekday, language=renderer.language)
    pen = Pen(words=words(renderer), names=names(desk), exact=False, day=day)
    return PlanPages(
        title=renderer.plain(desk.title),
        lines=_lines(renderer, desk, goal, now),
        columns=pen.words.columns[:7],
        rows=tuple(page_row(each, pen) for each in desk.plan.actions()),
        page=page(renderer),
        empty=renderer.plain(Phrase("export.nothing")),
        became_title=renderer.plain(Phrase("became.title")),
        became=to_read(renderer, desk, now),
        language=renderer.language,
        rtl=is_rtl(renderer),
    )


def page(renderer: Renderer) -> str:
    return renderer.plain(Phrase("page", {"page": "{page}", "pages": "{pages}"}))


def source(desk: PlanDesk) -> PlanSource:
    """The plan with what its JSON says besides it."""
    members = {member_party(number): member.name for number, member in desk.workshop.members.items()}
    known = heard(desk)
    said = tuple(each for each in desk.plan.reports if desk.actor.plans or each.action in known)
    return PlanSource(plan=replace(desk.plan, reports=said), workshop=desk.workshop.title, members=members)


# The timeline ----------------------------------------------------------------------------------------------------


def timeline(renderer: Renderer, desks: Sequence[PlanDesk], now: datetime) -> Timeline:
    """Plans over time, what is due first first."""
    today = dates.today_in(now, desks[0].workshop.zone)
    rows = [row for desk in desks for row in _rows(renderer, desk, of_several=len(desks) > 1)]
    days = [today, *(mark.on for row in rows for mark in row.marks)]
    return Timeline(
        title=title_of(renderer, desks),
        lines=(_stands(renderer, desks[0], now),),
        rows=tuple(rows),
        today=today,
        today_label=renderer.plain(
            Phrase("export.today", {"day": format_skeleton("MMMd", today, locale=locale_of(renderer.language))})
        ),
        ticks=tuple((day, _tick(renderer, day)) for day in ticks(min(days), max(days))),
        due_label=renderer.plain(Phrase("export.due")),
        milestone_label=renderer.plain(Phrase("export.milestone")),
        page=page(renderer),
        empty=renderer.plain(Phrase("export.nothing")),
        language=renderer.language,
        rtl=is_rtl(renderer),
    )


def _rows(renderer: Renderer, desk: PlanDesk, *, of_several: bool) -> list[TimelineRow]:
    """A plan's rows; one of several plans says whose each is."""
    group = renderer.plain(Phrase("export.tab", {"group": desk.plan.group}))
    called = names(desk)
    return [
        _row(renderer, f"{group} · {each.number}. " if of_several else f"{each.number}. ", called, each)
        for each in by_date(desk.plan.actions())
    ]


def _row(renderer: Renderer, number: str, called: dict[Party, str], action: Action) -> TimelineRow:
    def say(key: str, **params: object) -> str:
        return renderer.plain(Phrase(key, params))

    day = partial(dates.without_weekday, language=renderer.language)
    marks = [
        Mark(on=each.due_on, label=say("export.mark", day=day(each.due_on), name=each.name))
        for each in action.milestones
        if each.due_on
    ]
    if action.due_on:
        marks.append(Mark(on=action.due_on, label=day(action.due_on), due=True))
    owner = say("export.owner", name=called[action.owner]) if action.owner else say("export.no_owner")
    more = say(f"export.progress.{action.progress.value}") if marks else say("export.no_day")
    return TimelineRow(
        title=number + fenced(action.title),
        note=say("export.note", owner=Phrase("plain", {"text": owner}), more=more),
        marks=tuple(sorted(marks, key=lambda mark: mark.on)),
        done=action.progress is Progress.DONE,
    )


def _tick(renderer: Renderer, day: date) -> str:
    skeleton = "yMMM" if day.month == 1 else "MMM"
    return str(format_skeleton(skeleton, day, locale=locale_of(renderer.language)))


def ticks(first: date, last: date) -> list[date]:
    """The first days of months that a scale from one day to another names, and the one behind it: every month, or
    every second, third, sixth or twelfth."""
    begin = first.replace(day=1)
    months = (last.year - begin.year) * 12 + last.month - begin.month + 1
    step = next((each for each in (1, 2, 3, 6, 12) if months / each <= MOST_TICKS), 12)
    begin = begin.replace(month=begin.month - (begin.month - 1) % step)
    found = [begin]
    while found[-1] <= last:
        found.append(found[-1] + relativedelta(months=step))
    return found
