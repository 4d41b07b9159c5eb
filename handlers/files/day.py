"""What groups made on a day, as files for facilitators: nothing that a product doesn't show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.access import may_see_product
from bot.core.candidates import Around
from bot.core.dialogue import Person
from bot.core.exercise import Exercise, Layout
from bot.core.message import ContentText, Phrase
from bot.core.product import Part, Product, product
from bot.core.run import Run
from bot.core.workshop import Workshop
from bot.exports import day as of_day
from bot.exports.became import LogTable
from bot.exports.day import Block, Chapter, Day, Made, Record
from handlers.context import Reader
from handlers.days import dates
from handlers.files import day_rated
from handlers.files.making import File, file_name
from handlers.files.table import is_rtl, page
from handlers.render import Renderer

FORMS = ("docx", "pdf", "xlsx")
TEXT_WIDTH, NAME_WIDTH = 60, 22  # of columns, in characters


@dataclass(frozen=True, slots=True)
class Found:
    """What there is of a day: runs with their exercises, exercise by exercise and group by group."""

    around: Around
    day: int
    runs: tuple[tuple[Exercise, Run], ...]


async def days_of(reader: Reader, person: Person, workshop: Workshop) -> list[int]:
    """The days of which somebody may take away what groups made, and of which there is something."""
    return [day for day in _days(reader, workshop) if await made_on(reader, person, workshop, day) is not None]


def _days(reader: Reader, workshop: Workshop) -> list[int]:
    return sorted({module.day for module in reader.programme(workshop).modules})


async def made_on(reader: Reader, person: Person, workshop: Workshop, day: int) -> Found | None:
    """What groups made on a day; None where there is nothing, or where somebody may not have it: facilitators may."""
    member = workshop.active_user(person.user_id)
    if member is None or not member.leads:
        return None
    programme = reader.programme(workshop)
    runs = await reader.runs_of(workshop.id)
    modules = {module.id for module in programme.modules if module.day == day}
    found = [
        (exercise, run)
        for exercise in programme.exercises.values()
        if exercise.module in modules
        for run in sorted(runs, key=lambda each: each.group)
        if run.exercise == exercise.id and not run.member and run.entries
        if may_see_product(workshop, exercise, run, member)
    ]
    if not found:
        return None
    plans = await reader.plans_of(workshop.id) if any(exercise.about_plans for exercise, _ in found) else []
    around = Around(workshop=workshop, programme=programme, runs=runs, plans=plans)
    return Found(around, day, tuple(found))


def make(form: str, found: Found, renderer: Renderer, now: datetime) -> File:
    """A file of one of `FORMS`. Takes a moment: not for the event loop."""
    match form:
        case "docx":
            from bot.exports import word_day

            data = word_day.document(to_read(renderer, found, now), now)
        case "pdf":
            data = of_day.pdf(to_read(renderer, found, now), now)
        case "xlsx":
            from bot.exports import xlsx

            data = xlsx.workbook((), answers(renderer, found), renderer.plain(title(found.day)))
        case _:
            raise ValueError(form)
    return File(file_name(renderer.plain(title(found.day)), form), data)


def title(day: int) -> Phrase:
    return Phrase("export.day_title", {"day": day})


# For reading -----------------------------------------------------------------------------------------------------


def to_read(renderer: Renderer, found: Found, now: datetime) -> Day:
    workshop = found.around.workshop
    as_of = dates.without_weekday(dates.today_in(now, workshop.zone), language=renderer.language)
    return Day(
        title=renderer.plain(title(found.day)),
        lines=(renderer.plain(Phrase("export.as_of", {"workshop": workshop.title, "day": as_of})),),
        chapters=tuple(_chapters(renderer, found)),
        page=page(renderer),
        language=renderer.language,
        rtl=is_rtl(renderer),
    )


def _chapters(renderer: Renderer, found: Found) -> Iterable[Chapter]:
    for exercise in dict.fromkeys(exercise for exercise, _ in found.runs):
        made = [_made(renderer, found, exercise, run) for each, run in found.runs if each is exercise]
        yield Chapter(title=f"{exercise.id} {_product_title(renderer, found, exercise)}", made=tuple(made))


def _product_title(renderer: Renderer, found: Found, exercise: Exercise) -> str:
    return renderer.plain(ContentText(found.around.programme.name, exercise.product.title))


def _whose(renderer: Renderer, found: Found, exercise: Exercise, run: Run) -> str:
    """A group with what it works on; the whole room is all there is."""
    if exercise.whole_room:
        return renderer.plain(Phrase("export.of_room"))
    formation = found.around.workshop.formation(exercise.grouping)
    group = formation.groups.get(run.group) if formation else None
    topics = {topic.id: topic.name for topic in found.around.programme.topics}
    names = [ContentText(found.around.programme.name, topics[each]) for each in group.topics] if group else []
    name = Phrase("group", {"number": run.group})
    return renderer.plain(Phrase("export.of_group", {"group": name, "topics": names}) if names else name)


def _product(found: Found, exercise: Exercise, run: Run) -> Product:
    return product(found.around.programme.name, exercise, run, found.around)


def _made(renderer: Renderer, found: Found, exercise: Exercise, run: Run) -> Made:
    return Made(
        title=_whose(renderer, found, exercise, run),
        line="" if run.published_at else renderer.plain(Phrase("export.not_published")),
        blocks=tuple(
            _block(renderer, part, _labels(renderer, found, exercise, at))
            for at, part in enumerate(_product(found, exercise, run).parts)
        ),
    )


def _block(renderer: Renderer, part: Part, columns: Sequence[str]) -> Block:
    heading = renderer.plain(part.title)
    if part.empty:
        return Block(
            title=heading, note=renderer.plain(Phrase("product.skipped" if part.skipped else "product.nothing"))
        )
    match part.layout:
        case Layout.ROWS:
            cells = [_cells(renderer, row.cells) for row in part.rows]
            name, *others = columns
            labels = [each for each in others if any(each in row for row in cells)]
            return Block(
                title=heading,
                columns=(name, *labels),
                records=tuple(
                    Record(name=row.name, cells=tuple(more.get(each, "") for each in labels))
                    for row, more in zip(part.rows, cells, strict=True)
                ),
            )
        case Layout.RATED:
            return day_rated.block(renderer, part)
        case Layout.GRID:
            note = Phrase("product.unplaced", {"names": list(part.unplaced)}) if part.unplaced else ""
            return Block(
                title=heading,
                fields=tuple(
                    (renderer.plain(name), tuple(renderer.plain(each) for each in names)) for name, names in part.fields
                ),
                note=renderer.plain(note),
            )
        case _:
            lines = tuple(renderer.plain(each) for each in part.lines)
            return Block(title=heading, lines=lines, numbered=part.layout is Layout.LIST)


def _labels(renderer: Renderer, found: Found, exercise: Exercise, at: int) -> list[str]:
    """The columns of what a section shows, the name's first; none where it is no table."""
    section = exercise.product.sections[at]
    step = exercise.step(section.step)
    shown = step.columns if step is not None and section.layout is Layout.ROWS else ()
    return [renderer.plain(ContentText(found.around.programme.name, column.label)) for column in shown]


def _cells(renderer: Renderer, cells: Iterable[tuple[object, object]]) -> dict[str, str]:
    return {renderer.plain(label): renderer.plain(value) for label, value in cells}


# For working on --------------------------------------------------------------------------------------------------


def answers(renderer: Renderer, found: Found) -> list[LogTable]:
    """A sheet for each exercise: whose, under which heading, and what; the columns of tables beside it."""
    return [_answers(renderer, found, exercise) for exercise in dict.fromkeys(exercise for exercise, _ in found.runs)]


def _answers(renderer: Renderer, found: Found, exercise: Exercise) -> LogTable:
    parts = [
        (_whose(renderer, found, exercise, run), part)
        for each, run in found.runs
        if each is exercise
        for part in _product(found, exercise, run).parts
    ]
    sections = range(len(exercise.product.sections))
    labels = list(dict.fromkeys(label for at in sections for label in _labels(renderer, found, exercise, at)[1:]))
    labels += [label for _, part in parts[: len(sections)] for label in day_rated.labels(renderer, part)]
    rows = [row for whose, part in parts for row in _rows(renderer, whose, part, labels)]
    names = ("became.column.group", "export.column.section", "export.column.number", "export.column.answer")
    return LogTable(
        name=exercise.id,
        columns=(*(renderer.plain(Phrase(each)) for each in names), *labels),
        widths=(NAME_WIDTH, NAME_WIDTH, 6, TEXT_WIDTH, *(NAME_WIDTH for _ in labels)),
        rows=tuple(rows),
        rtl=is_rtl(renderer),
    )


def _rows(renderer: Renderer, whose: str, part: Part, labels: list[str]) -> Iterable[tuple[str, ...]]:
    heading = renderer.plain(part.title)
    if part.layout is Layout.GRID:
        named = [(renderer.plain(field), renderer.plain(each)) for field, names in part.fields for each in names]
        for number, (field, name) in enumerate(named, 1):
            yield (whose, f"{heading}: {field}", str(number), name, *("" for _ in labels))
        return
    for number, (name, more) in enumerate(day_rated.rows(renderer, part), 1):
        yield (whose, heading, str(number), name, *(more.get(each, "") for each in labels))
    for number, row in enumerate(part.rows, 1):
        cells = _cells(renderer, row.cells)
        yield (whose, heading, str(number), row.name, *(cells.get(each, "") for each in labels))
    for number, line in enumerate(part.lines, 1):
        yield (whose, heading, str(number), renderer.plain(line), *("" for _ in labels))
