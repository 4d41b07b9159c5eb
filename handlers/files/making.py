"""Plans as files: which forms there are, and a file made of what stands in the plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.dialogue import Person
from bot.core.message import Phrase
from bot.core.workshop import Workshop
from bot.exports import delimited, plan_json, typeset
from handlers.context import Reader
from handlers.files.became import to_work_on
from handlers.files.calendar import calendar
from handlers.files.table import pages, sheet, source, timeline, title_of
from handlers.plan.desk import PlanDesk, goal_of, plan_desk_for
from handlers.render import Renderer

FORMS = ("xlsx", "docx", "pdf", "png", "timeline", "ics", "csv", "json")
OF_SEVERAL = tuple(form for form in FORMS if form != "png")
"""The forms in which all plans of a workshop fit into one file."""

PICTURES = {"png", "timeline"}
MOST_PICTURES = 5  # that are sent at once: long plans are for the PDF
LONGEST_NAME = 80  # characters of a file's name
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u2066-\u2069]+')


@dataclass(frozen=True, slots=True)
class Planned:
    """Plans to be made into a file, each with its goal as it is set, or as the exercise before it says."""

    desks: tuple[PlanDesk, ...]
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class File:
    name: str
    data: bytes


async def planned(reader: Reader, desks: Sequence[PlanDesk]) -> Planned:
    return Planned(tuple(desks), tuple([await goal_of(reader, desk) for desk in desks]))


async def desks_of(reader: Reader, person: Person, workshop: Workshop) -> list[PlanDesk]:
    """The plans of a workshop that somebody may take away whole, by their groups."""
    plans = sorted(await reader.plans_of(workshop.id), key=lambda plan: plan.group)
    desks = [await plan_desk_for(reader, person, plan) for plan in plans]
    return [desk for desk in desks if desk and may_take(desk)]


def may_take(desk: PlanDesk) -> bool:
    """The group and facilitators may take a plan away; the room may once it is agreed."""
    return desk.actor.plans or (desk.actor.member and desk.plan.agreed_at is not None)


def parts(form: str, what: Planned, renderer: Renderer, now: datetime) -> int:
    """How many files it takes: of pictures, as many as are needed."""
    if form == "png":
        return len(typeset.pictures(pages(renderer, what.desks[0], what.goals[0], now)))
    if form == "timeline":
        return len(typeset.timelines(timeline(renderer, what.desks, now)))
    return 1


def make(form: str, what: Planned, renderer: Renderer, now: datetime, part: int = 0) -> File:
    """A file of one of `FORMS`. Takes a moment: not for the event loop. What writes a form is imported when it is first
    wanted: all of it together takes as much memory as a small bot."""
    each = list(zip(what.desks, what.goals, strict=True))
    match form:
        case "xlsx":
            from bot.exports import xlsx

            became = to_work_on(renderer, what.desks, now)
            data = xlsx.workbook([sheet(renderer, desk, goal, now) for desk, goal in each], became)
        case "docx":
            from bot.exports import word

            data = word.document([pages(renderer, desk, goal, now) for desk, goal in each], now)
        case "pdf":
            data = typeset.pdf([pages(renderer, desk, goal, now) for desk, goal in each], now)
        case "png":
            data = typeset.picture(pages(renderer, what.desks[0], what.goals[0], now), part)
        case "timeline":
            data = typeset.timeline(timeline(renderer, what.desks, now), part)
        case "ics":
            from bot.exports import ics

            data = ics.calendar(calendar(renderer, what.desks), now)
        case "csv":
            data = delimited.table([sheet(renderer, desk, goal, now) for desk, goal in each])
        case "json":
            data = plan_json.document([source(desk) for desk in what.desks], now)
        case _:
            raise ValueError(form)
    return File(name(form, what, renderer, part), data)


def name(form: str, what: Planned, renderer: Renderer, part: int = 0) -> str:
    """What a file is called: what it is, in the reader's language."""
    number = f" {part + 1}" if part else ""
    ending = "png" if form == "timeline" else form
    also = f" - {renderer.plain(Phrase('export.form.timeline'))}" if form == "timeline" else ""
    return file_name(title_of(renderer, what.desks), ending, f"{also}{number}")


def file_name(title: str, ending: str, more: str = "") -> str:
    """A name that every system takes, of a title and what comes behind it."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", title).split())[:LONGEST_NAME].strip(" .")
    return f"{plain or 'Plan'}{more}.{ending}"
