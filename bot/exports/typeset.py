"""Plans as PDF and as pictures, by typst: data goes in as JSON, and is never markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.core.words import shortened
from bot.exports.became import ActionBecame, Bar, Sort
from bot.exports.lines import runs_left
from bot.exports.press import Order, printed
from bot.exports.table import Line, PageRow, PlanPages, Timeline, TimelineRow
from bot.exports.wording import words

TALLEST = 7000  # pixels of a picture, about
ACROSS = 62  # characters on a line of a picture, about
LONGEST_TITLE = 110  # characters, on a timeline


def pdf(plans: Sequence[PlanPages], now: datetime) -> bytes:
    """Plans on A4 across, each beginning on a page of its own."""
    first = plans[0]
    data = {**_frame(first), "plans": [_plan(each) for each in plans]}
    order = Order(template="table.typ", language=first.language, data=data, form="pdf", at=int(now.timestamp()))
    return printed(order)


def pictures(plan: PlanPages) -> list[PlanPages]:
    """A plan in as many parts as it takes pictures."""
    heights = [_card(row) for row in plan.rows]
    return [replace(plan, rows=tuple(plan.rows[each] for each in part)) for part in _parts(heights)]


def picture(plan: PlanPages, at: int = 0) -> bytes:
    """One of its pictures, as PNG; the last one where there are fewer."""
    parts = pictures(plan)
    at = min(at, len(parts) - 1)
    data = {**_frame(plan), **_plan(parts[at]), "foot": _foot(plan.page, at, len(parts))}
    return printed(Order(template="picture.typ", language=plan.language, data=data, form="png"))


def timelines(timeline: Timeline) -> list[Timeline]:
    """A timeline in as many parts as it takes pictures."""
    heights = [_lane(row) for row in timeline.rows]
    return [replace(timeline, rows=tuple(timeline.rows[each] for each in part)) for part in _parts(heights)]


def timeline(whole: Timeline, at: int = 0) -> bytes:
    """One of its pictures, as PNG; the last one where there are fewer."""
    parts = timelines(whole)
    at = min(at, len(parts) - 1)
    first, last = _scale(whole)

    def along(day: date) -> float:
        return (day - first).days / max((last - first).days, 1)

    rows = [
        {
            "title": words(shortened(row.title, LONGEST_TITLE)),
            "note": words(_apart(row.note)),
            "marks": [
                {"at": along(mark.on), "label": words(_apart(mark.label)), "due": mark.due} for mark in row.marks
            ],
        }
        for row in parts[at].rows
    ]
    shown = {
        "rows": rows,
        "ticks": [{"at": along(day), "label": words(label)} for day, label in whole.ticks],
        "today": along(whole.today),
        "today_label": words(whole.today_label),
        "due_label": words(whole.due_label),
        "milestone_label": words(whole.milestone_label),
        "empty": words(whole.empty),
        "foot": _foot(whole.page, at, len(parts)),
    }
    data = {**_frame(whole), **shown}
    return printed(Order(template="timeline.typ", language=whole.language, data=data, form="png"))


# What goes in ----------------------------------------------------------------------------------------------------


def _frame(what: PlanPages | Timeline) -> dict[str, Any]:
    """What every template needs."""
    return {
        "title": words(what.title),
        "lines": [words(line) for line in what.lines],
        "rtl": what.rtl,
        "page": what.page,
    }


def _plan(plan: PlanPages) -> dict[str, Any]:
    return {
        "title": words(plan.title),
        "lines": [words(line) for line in plan.lines],
        "columns": [words(each) for each in plan.columns],
        "rows": [_row(row, plan) for row in plan.rows],
        "empty": words(plan.empty),
        "became_title": words(plan.became_title),
        "became": [_became(each) for each in plan.became],
    }


def _became(action: ActionBecame) -> dict[str, Any]:
    parts = [
        {
            "heading": words(part.heading),
            "about": words(part.about),
            "lines": [{name: words(getattr(line, name)) for name in ("day", "name", "text")} for line in part.lines],
            "bars": [_bar(bar) for bar in part.bars],
            "aim": next((bar.span[1] for bar in part.bars if bar.sort is Sort.AIM and bar.span), None),
        }
        for part in action.parts
    ]
    return {"title": words(action.title), "status": words(action.status), "parts": parts}


def _bar(bar: Bar) -> dict[str, Any]:
    begin, end = sorted(bar.span) if bar.span else (0.0, 0.0)
    said = {"label": words(bar.label), "value": words(bar.value)}
    return {**said, "begin": begin, "length": end - begin, "sort": bar.sort.value}


def _row(row: PageRow, plan: PlanPages) -> dict[str, Any]:
    return {"number": row.number, "cells": [[_line(line, plan) for line in cell] for cell in row.cells]}


def _line(line: Line, plan: PlanPages) -> dict[str, Any]:
    return {
        "label": words(line.label)["text"],
        "body": words(line.text)["text"],
        "rtl": plan.rtl if line.plain else runs_left(line.label or line.text),
    }


def _apart(text: str) -> str:
    """Words that run their own way beside a mark, whatever the way of the picture."""
    return f"\u2068{text}\u2069" if text else ""


def _foot(page: str, at: int, parts: int) -> dict[str, Any]:
    if parts == 1:
        return words("")
    return words(page.replace("{pages}", str(parts)).replace("{page}", str(at + 1)))


# How much fits ---------------------------------------------------------------------------------------------------


def _parts(heights: Sequence[int]) -> list[list[int]]:
    """Rows in parts that are no taller than a picture; there is at least one part."""
    parts: list[list[int]] = [[]]
    height = 0
    for at, each in enumerate(heights):
        if parts[-1] and height + each > TALLEST:
            parts.append([])
            height = 0
        parts[-1].append(at)
        height += each
    return parts


def _card(row: PageRow) -> int:
    """About how many pixels high an action's card is."""
    texts = [f"{line.label} {line.text}" for cell in row.cells for line in cell]
    return 140 + 62 * sum(bool(cell) for cell in row.cells) + sum(14 + 45 * _lines(text) for text in texts)


def _lane(row: TimelineRow) -> int:
    return 250 + 45 * _lines(row.title) + 46 * len(row.marks)


def _lines(text: str) -> int:
    wide = sum("\u2e80" <= char <= "\uffdc" for char in text)
    return 1 + (len(text) + wide) // ACROSS


def _scale(whole: Timeline) -> tuple[date, date]:
    """From where to where the scale goes: over all that is on it."""
    days = [whole.today, *(day for day, _ in whole.ticks), *(mark.on for row in whole.rows for mark in row.marks)]
    return min(days), max(days)
