"""A product's grid, or the whole of it, as a picture: sent when it is asked for and made when it is delivered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core import product, tally
from bot.core.access import may_see_product
from bot.core.candidates import Around, plotted
from bot.core.errors import Refusal
from bot.core.exercise import Drawing, Exercise, Layout, Section, Step
from bot.core.message import ContentText, Kind, Phrase
from bot.core.run import Run
from bot.core.sequence import entry_text
from bot.exports.card import Card, Plate
from bot.exports.grid import MOST_POINTS, Axis, Grid, Point
from handlers.assess.drawn import stated, topics_line
from handlers.context import Here, Reader, tap
from handlers.item_taps import Drawn, Picture
from handlers.render import Renderer


@tap(Picture)
async def picture(here: Here, action: Picture) -> None:
    around, exercise, run, section = await _found(here.turn, here.user_id, action.run, action.step)
    if not _points(around, exercise, run, section):
        raise Refusal("plot.empty")
    key = "plot.caption_room" if exercise.whole_room else "plot.caption"
    title = ContentText(around.programme.name, section.title)
    await here.turn.say(here.user_id, key, kind=Kind.PHOTO, title=title, group=run.group, run=run.id, step=section.step)


@tap(Drawn)
async def drawn(here: Here, action: Drawn) -> None:
    around, exercise, run = await _around(here.turn, here.user_id, action.run)
    if exercise.product.drawing is Drawing.NONE:
        raise Refusal("tap.old")
    key = "plot.caption_room" if exercise.whole_room else "plot.caption"
    title = ContentText(around.programme.name, exercise.product.title)
    await here.turn.say(here.user_id, key, kind=Kind.PHOTO, title=title, group=run.group, run=run.id, drawn=True)


async def card_of(reader: Reader, renderer: Renderer, user_id: int, params: Mapping[str, Any]) -> Card | None:
    """A product that a message shows, as it is now, in its reader's language; None where they may no longer see it."""
    try:
        around, exercise, run = await _around(reader, user_id, int(params["run"]))
    except Refusal:
        return None
    return card(renderer, around, exercise, run)


def card(renderer: Renderer, around: Around, exercise: Exercise, run: Run) -> Card:
    """The picture of a product that has one."""
    defined, made = exercise.product, product.product(around.programme.name, exercise, run, around)
    shown = [(section.step, _plate(renderer, part)) for section, part in zip(defined.sections, made.parts, strict=True)]
    first = next(at for at, (step, _) in enumerate(shown) if step == defined.parts[0])
    plates, end = [plate for _, plate in shown], first + len(defined.parts)
    return Card(
        drawing=defined.drawing,
        title=renderer.plain(made.title),
        note=_note(around, renderer, exercise, run),
        above=tuple(plates[:first]),
        parts=tuple(plates[first:end]),
        below=tuple(plates[end:]),
        language=renderer.language,
    )


def _plate(renderer: Renderer, part: product.Part) -> Plate:
    if part.layout is Layout.RATED:
        return Plate(title=renderer.plain(part.title), stated=stated(renderer, part))
    rows = [" – ".join([row.name, *(renderer.plain(value) for _, value in row.cells)]) for row in part.rows]
    lines = [*(renderer.plain(each) for each in part.lines), *rows]
    return Plate(title=renderer.plain(part.title), lines=tuple(lines), numbered=part.layout is not Layout.TEXT)


def _note(around: Around, renderer: Renderer, exercise: Exercise, run: Run) -> str:
    """Whose it is, and of which workshop."""
    group = renderer.plain(Phrase("group", {"number": run.group})) if not exercise.whole_room else ""
    about = topics_line(around, renderer, exercise, run)
    return " · ".join(each for each in (group, about, around.workshop.title) if each)


async def _found(reader: Reader, user_id: int, run_id: int, step_id: str) -> tuple[Around, Exercise, Run, Section]:
    """A grid with all that is around it. Refuses whoever may not see the product that it belongs to."""
    around, exercise, run = await _around(reader, user_id, run_id)
    sections = exercise.product.sections
    section = next((each for each in sections if each.step == step_id and each.layout is Layout.GRID), None)
    if section is None:
        raise Refusal("tap.old")
    return around, exercise, run, section


async def _around(reader: Reader, user_id: int, run_id: int) -> tuple[Around, Exercise, Run]:
    """A run with all that is around it. Refuses whoever may not see its product."""
    run = await reader.run(run_id)
    workshop = await reader.workshop(run.workshop_id) if run else None
    member = workshop.active_user(user_id) if workshop else None
    if run is None or workshop is None or member is None:
        raise Refusal("sheet.not_here")
    exercise = reader.exercise(workshop, run)
    if not may_see_product(workshop, exercise, run, member):
        raise Refusal("sheet.not_here")
    plans = await reader.plans_of(workshop.id) if exercise.about_plans else []
    programme, runs = reader.programme(workshop), await reader.runs_of(workshop.id)
    return Around(workshop=workshop, programme=programme, runs=runs, plans=plans), exercise, run


async def grid_of(reader: Reader, renderer: Renderer, user_id: int, params: Mapping[str, Any]) -> Grid | None:
    """The grid that a message shows, as it is now, in its reader's language; None where they may no longer see it."""
    try:
        around, exercise, run, section = await _found(reader, user_id, int(params["run"]), str(params["step"]))
    except Refusal:
        return None
    return grid(renderer, around, exercise, run, section)


def grid(renderer: Renderer, around: Around, exercise: Exercise, run: Run, section: Section) -> Grid:
    """The picture of a section that is laid out as a grid."""
    across, up = _axes(around, renderer, exercise, section)
    points = _points(around, exercise, run, section)
    step = exercise.step(section.step)
    missing = product.fields_of(around, exercise, run, section)[1] if step is not None and step.plot else []
    hidden = len(points) - MOST_POINTS
    return Grid(
        title=renderer.plain(ContentText(around.programme.name, section.title)),
        note=_note(around, renderer, exercise, run),
        across=across,
        up=up,
        middle=section.middle,
        fields=tuple(renderer.plain(ContentText(around.programme.name, each)) for each in section.fields),
        points=tuple(points[:MOST_POINTS]),
        more=renderer.plain(Phrase("items.more", {"count": hidden})) if hidden > 0 else "",
        apart=renderer.plain(Phrase("plot.apart")),
        unplaced=tuple(str(each) for each in missing),
        unplaced_heading=renderer.plain(Phrase("plot.unplaced", {"least": tally.SHOWN_FROM})) if missing else "",
        language=renderer.language,
    )


def _axes(around: Around, renderer: Renderer, exercise: Exercise, section: Section) -> tuple[Axis, Axis]:
    """What is drawn across and up: two ratings, or two columns of a table."""
    step = exercise.step(section.step)
    made = []
    for index, name in enumerate((section.across, section.up)):
        rating = exercise.step(step.plot[index]) if step is not None and step.plot else None
        column = step.column(name) if step is not None else None
        label = rating.title if rating is not None else column.label if column is not None else ""
        bounds = rating or column
        words = renderer.plain(ContentText(around.programme.name, label)) if label else ""
        made.append(Axis(label=words, lowest=bounds.minimum if bounds else 0, highest=bounds.maximum if bounds else 1))
    return made[0], made[1]


def _points(around: Around, exercise: Exercise, run: Run, section: Section) -> list[Point]:
    step = exercise.step(section.step)
    if step is None:
        return []
    return _rated(around, exercise, run, step) if step.plot else _in_table(run, section, step)


def _rated(around: Around, exercise: Exercise, run: Run, step: Step) -> list[Point]:
    return [
        Point(name=each.candidate.text, across=each.across.value, up=each.up.value, apart=each.disputed)
        for each in plotted(around, exercise, run, step)
        if each.across is not None and each.up is not None
    ]


def _in_table(run: Run, section: Section, step: Step) -> list[Point]:
    found = []
    for entry in run.entries_of(step.id):
        values = entry.value if isinstance(entry.value, Mapping) else {}
        across, up = values.get(section.across), values.get(section.up)
        if isinstance(across, int) and isinstance(up, int):
            found.append(Point(name=entry_text(entry), across=across, up=up))
    return found
