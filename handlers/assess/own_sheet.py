"""What the sheet of something done alone says, other than a group's."""

from __future__ import annotations

from bot.core import rating, walk
from bot.core.candidates import candidates
from bot.core.message import Choice, Phrase, Screen
from bot.core.run import ratings
from handlers import callbacks as to
from handlers.assess.taps import OwnDo
from handlers.context import button, lines
from handlers.desk import Desk


def progress(desk: Desk) -> tuple[int, int]:
    """How many statements have been rated, of how many."""
    done = of = 0
    for step in desk.exercise.steps:
        if step.items_from is not None:
            items = [each.id for each in candidates(desk.around, desk.run, step)]
            left = rating.open_items(items, ratings(walk.standing(desk.run, step, desk.actor)))
            done, of = done + len(items) - len(left), of + len(items)
    return done, of


def open_line(desk: Desk) -> list[Phrase]:
    """At the end: how many are left."""
    done, of = progress(desk)
    return [Phrase("items.so_far" if done < of else "items.all_rated", {"done": done, "of": of})]


def has_newer(desk: Desk) -> bool:
    """Whether other statements were brought since."""
    asks = any(step.items_from is not None for step in desk.exercise.steps)
    return desk.exercise.personal and asks and desk.run.edition != desk.workshop.edition


def newer_rows(desk: Desk) -> list[tuple[Choice, ...]]:
    """The way to statements that were brought since."""
    return [(button("label.assess.newest", OwnDo(desk.run.id, "newest")),)] if has_newer(desk) else []


def finished(desk: Desk) -> Screen:
    about = {"id": desk.exercise.id, "title": desk.content(desk.exercise.title)}
    text = lines(
        Phrase("assess.finished", about),
        *open_line(desk),
        Phrase("sheet.published.me"),
        Phrase("assess.newer") if has_newer(desk) else None,
    )
    rows = (
        (button("label.read_it", to.ShowProduct(desk.run.id, 0)),),
        (button("label.assess.change", OwnDo(desk.run.id, "reopen")),),
        *newer_rows(desk),
    )
    return Screen("lines", text, rows)
