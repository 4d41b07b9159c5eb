"""A plan of 200 actions, and a full day of 45 people, made into files of each form: how long it takes, what memory,
and whether the bot can go on.

Each form is made in a process of its own, on what a bot has in memory already: `python -m tests.bench.exports pdf`.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from statistics import median
from time import perf_counter

ACTIONS = 200
LAPS = 3
TICK = 0.005  # seconds between two looks at the clock on the event loop


@dataclass(frozen=True, slots=True)
class Made:
    """`seconds` of the first file and of later ones (fonts and libraries are loaded once), the files' `size` in all,
    `files`, memory in MB before and at its peak, that of the process that sets type (0: there was none), and for how
    long the event loop was held up at worst."""

    form: str
    first: float
    seconds: float
    size: int
    files: int
    before: float
    peak: float
    press: float
    held_up: float


async def measure(form: str) -> Made:
    """Make a form's files as the bot does: beside the event loop."""
    import bot.app  # noqa: F401 - what the bot has in memory
    from storage.database import SWITCH_SECONDS

    sys.setswitchinterval(SWITCH_SECONDS)
    make = dict(_works())[form]
    before = _memory()
    waits: list[float] = []
    watching = asyncio.create_task(_watch(waits))
    times, files = [], []
    for _ in range(LAPS):
        began = perf_counter()
        files = await asyncio.to_thread(make)
        times.append(perf_counter() - began)
    watching.cancel()
    return Made(
        form=form,
        first=times[0],
        seconds=median(times[1:]),
        size=sum(map(len, files)),
        files=len(files),
        before=before,
        peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        press=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        held_up=max(waits) - TICK,
    )


def _works() -> Iterator[tuple[str, Callable[[], list[bytes]]]]:
    """What is measured, by name: a plan's forms, a day's, and the pictures of a day."""
    from bot.core.exercise import Drawing, Layout
    from bot.exports import card, grid
    from handlers import pictures
    from handlers.files import day as day_files
    from handlers.files import making as plan_files
    from handlers.render import Renderer

    renderer, now = Renderer(_catalogues(), "en"), _now()

    def of_plan(form: str) -> list[bytes]:
        what = _planned()
        parts = plan_files.parts(form, what, renderer, now)
        sent = range(min(parts, plan_files.MOST_PICTURES))
        return [plan_files.make(form, what, renderer, now, part).data for part in sent]

    def of_day(form: str) -> list[bytes]:
        return [day_files.make(form, _day(), renderer, now).data]

    def drawn(drawing: Drawing) -> list[bytes]:
        found = _day()
        exercise, run = next(each for each in found.runs if each[0].product.drawing is drawing)
        card.png.cache_clear()
        return [card.png(pictures.card(renderer, found.around, exercise, run))]

    def gridded() -> list[bytes]:
        found = _day()
        exercise, run, section = next(
            (exercise, run, section)
            for exercise, run in found.runs
            for section in exercise.product.sections
            if section.layout is Layout.GRID
        )
        grid.png.cache_clear()
        return [grid.png(pictures.grid(renderer, found.around, exercise, run, section))]

    yield from ((form, partial(of_plan, form)) for form in plan_files.FORMS)
    yield from ((f"day {form}", partial(of_day, form)) for form in day_files.FORMS)
    yield from ((each.value, partial(drawn, each)) for each in Drawing if each is not Drawing.NONE)
    yield "grid", gridded


def _day():
    from tests.exports.days import a_full_day

    return a_full_day()


async def _watch(waits: list[float]) -> None:
    while True:
        began = perf_counter()
        await asyncio.sleep(TICK)
        waits.append(perf_counter() - began)


def _memory() -> float:
    """What this process holds now, in MB."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _now():
    from tests.exports.plans import NOW

    return NOW


def _catalogues():
    from content.catalogues import Catalogues

    return Catalogues()


def _planned():
    """A full plan: real actions over and over, in three scripts, with different titles and days."""
    from bot.core.plan_access import PlanActor
    from content.loader import load_all
    from handlers.files.making import Planned
    from handlers.plan.desk import PlanDesk
    from tests.exports.plans import GOAL, of_actions, real
    from tests.exports.workshops import workshop

    actions = []
    for at in range(ACTIONS):
        action = real()[at % 5]
        actions.append(
            replace(action, title=f"{action.title[:180]} ({at + 1})", due_on=date(2027, 7, 1) + timedelta(days=3 * at))
        )
    programme = load_all()["innovation_digital_government"]
    desk = PlanDesk(
        workshop=workshop(), programme=programme, plan=of_actions(*actions), actor=PlanActor(party="", leads=True)
    )
    return Planned((desk,), (GOAL,))


def table() -> list[str]:
    """Measure every form and print what came of it; returns what is wrong."""
    print(
        f"A plan of {ACTIONS} actions, then a full day of 45 people, as files"
        f" ({LAPS} times each, in a process of its own):"
    )
    headings = f"{'form':10}{'first':>9}{'later':>9}{'size':>10}{'files':>7}"
    print(f"{headings}{'before':>9}{'peak':>9}{'press':>9}{'held up':>10}")
    for form, _ in _works():
        told = subprocess.run(
            [sys.executable, "-m", "tests.bench.exports", form], check=True, capture_output=True, text=True
        )
        made = Made(**json.loads(told.stdout))
        print(
            f"{made.form:10}{made.first:>7.2f} s{made.seconds:>7.2f} s{made.size / 1024:>7.0f} KB{made.files:>7}"
            f"{made.before:>6.0f} MB{made.peak:>6.0f} MB{made.press:>6.0f} MB{1000 * made.held_up:>7.0f} ms"
        )
    return []


if __name__ == "__main__":
    from dataclasses import asdict

    print(json.dumps(asdict(asyncio.run(measure(sys.argv[1])))))
