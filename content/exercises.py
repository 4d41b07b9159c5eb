"""Reads one exercise: its steps, and the product that they yield."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.core.exercise import Drawing, Exercise, Layout, ProductDef, Section, Step, StepKind, Visibility, Who
from content.agenda import MOST_MINUTES
from content.fields import Fields
from content.problems import entry_of
from content.steps import read_steps

GRID_FIELDS = 4
PLOTTED = 2  # ratings on one grid
_WIDER = list(Visibility)  # from one person to everyone in the room

# The kinds of step whose answers each layout can show.
_SHOWN_AS = {
    Layout.TEXT: {StepKind.TEXT, StepKind.CHOICE, StepKind.RATING},
    Layout.LIST: {StepKind.LIST, StepKind.CHOICE},
    Layout.ROWS: {StepKind.TABLE},
    Layout.RATED: {StepKind.RATING},
    Layout.GRID: {StepKind.TABLE, StepKind.READ},
    Layout.PLAN: {StepKind.PLAN},
}


def read_exercise(fields: Fields) -> tuple[Exercise, frozenset[str]]:
    """The exercise, and the ids of steps whose kind can't be told."""
    exercise_id = fields.id()
    part = fields.table("product")
    product = _product(part) if part else ProductDef(title="", sections=())
    steps, unsure = read_steps(fields, exercise_id, product.visibility)
    exercise = Exercise(
        id=exercise_id,
        title=fields.text("title"),
        about=fields.text("about"),
        minutes=fields.number("minutes", low=1, high=MOST_MINUTES),
        grouping=fields.word("grouping"),
        after=fields.word("after"),
        module=fields.word("module"),
        steps=steps,
        product=product,
    )
    fields.finish()
    if exercise.steps and fields.right("steps"):
        _check_confirm(fields, exercise, unsure)
        _check_plots(fields, exercise, unsure)
        _check_reveals(fields, exercise, unsure)
        if part:
            _check_sections(part, exercise, unsure)
    return exercise, unsure


def _product(fields: Fields) -> ProductDef:
    title = fields.text("title")
    visibility = fields.one_of("visibility", Visibility, Visibility.FACILITATORS)
    sections = []
    for entry in fields.tables("sections", required=True):
        layout = entry.one_of("layout", Layout, Layout.TEXT)
        section = Section(
            title=entry.text("title"),
            step=entry.word("step"),
            layout=layout,
            across=entry.word("across"),
            up=entry.word("up"),
            middle=entry.number("middle", low=-10, high=10, default=0),
            fields=entry.texts("fields"),
        )
        if not section.step and entry.right("step"):
            entry.report("step", "is missing; add the id of the step whose answers it shows")
        for key in ("across", "up", "middle", "fields"):
            if layout is not Layout.GRID and key in entry and entry.right("layout"):
                entry.report(key, f'means nothing in the layout "{layout}"; remove it, or make the layout "grid"')
        entry.finish()
        sections.append(section)
    drawing = fields.one_of("drawing", Drawing, Drawing.NONE)
    parts = fields.words("parts")
    if drawing is not Drawing.NONE:
        _check_parts(fields, drawing, parts, sections)
    elif parts and fields.right("drawing"):
        fields.report("parts", 'means nothing without drawing; add drawing = "iceberg", "map" or "rated", or remove it')
    fields.finish()
    return ProductDef(title=title, sections=tuple(sections), visibility=visibility, drawing=drawing, parts=tuple(parts))


def _check_parts(fields: Fields, drawing: Drawing, parts: Sequence[str], sections: Sequence[Section]) -> None:
    """What is drawn are sections that follow one another, each of texts, of a list or of rows; or of what was rated."""
    layouts = (Layout.RATED,) if drawing is Drawing.RATED else (Layout.TEXT, Layout.LIST, Layout.ROWS)
    drawable = [each.step for each in sections if each.layout in layouts]
    if not parts:
        fields.report("parts", "is missing; name the steps whose sections are drawn, in order")
    for each in parts:
        if each not in drawable:
            fields.report("parts", f'names "{each}", of which no section can be drawn{_of(drawable)}')
    at = [drawable.index(each) for each in parts if each in drawable]
    if any(second != first + 1 for first, second in pairwise(at)):
        fields.report("parts", "is out of order; name sections that follow one another, as they stand in the product")


def _check_confirm(fields: Fields, exercise: Exercise, unsure: frozenset[str]) -> None:
    """The last step publishes the product, and no other does."""
    for index, step in enumerate(exercise.steps):
        key = f"{entry_of('steps', index)}"
        if step.kind is StepKind.CONFIRM and step is not exercise.steps[-1]:
            fields.report(f"{key}.kind", "publishes the product before the last step; move this step to the end")
        if step.kind is StepKind.CONFIRM and step.who is Who.EACH and exercise.grouping:
            fields.report(f"{key}.who", 'can\'t be "each": a group publishes its product once; remove it')
        if step.who is Who.SCRIBE and not exercise.grouping:
            fields.report(f"{key}.who", 'can\'t be "scribe" in an exercise without a grouping, where each works alone')
    if not unsure and not any(step.kind is StepKind.CONFIRM for step in exercise.steps):
        fields.report("steps", 'never publish the product; add a last step of kind "confirm"')


def _check_sections(fields: Fields, exercise: Exercise, unsure: frozenset[str]) -> None:
    for index, section in enumerate(exercise.product.sections):
        path = entry_of("sections", index)
        step = exercise.step(section.step)
        if not section.step or section.step in unsure:
            continue
        if step is None:
            fields.report(f"{path}.step", f'names "{section.step}", which is no step of this exercise')
            continue
        if step.kind not in _SHOWN_AS[section.layout]:
            fields.report(
                f"{path}.layout",
                f'"{section.layout}" can\'t show "{step.id}", a step of kind "{step.kind}"; change one',
            )
        elif section.layout is Layout.RATED and step.items_from is None:
            fields.report(f"{path}.layout", f'"rated" shows a rating of items, and "{step.id}" is none; write "text"')
        elif section.layout is Layout.GRID:
            _check_grid(fields, path, section, exercise, step)
        narrower = _WIDER.index(step.visibility) < _WIDER.index(exercise.product.visibility)
        if narrower and not step.counted:
            fields.report(
                f"{path}.step",
                f'shows "{step.id}", promised to "{step.visibility}", to "{exercise.product.visibility}"; '
                "leave it out, or tell people so in the step's visibility",
            )


def _check_plots(fields: Fields, exercise: Exercise, unsure: frozenset[str]) -> None:
    """What a step plots are two ratings before it of the same items, and the product names the four fields."""
    for index, step in enumerate(exercise.steps):
        key = f"{entry_of('steps', index)}.plot"
        before = {each.id: each for each in exercise.steps[:index] if each.kind is StepKind.RATING and each.items_from}
        if not step.plot or step.id in unsure:
            continue
        rated = [before[each] for each in step.plot if each in before]
        if len(step.plot) != PLOTTED or len(set(step.plot)) != PLOTTED:
            fields.report(key, "names the ratings across and up: two different ones")
        elif len(rated) < PLOTTED and not unsure:
            fields.report(key, f"names two steps before this one, ratings with items_from{_of(list(before))}")
        elif len({each.items_from for each in rated}) > 1:
            fields.report(key, "names ratings of different items; give them the same items_from")
        elif not any(each.step == step.id and each.layout is Layout.GRID for each in exercise.product.sections):
            fields.report(key, f'needs a section of the product with step = "{step.id}" and layout = "grid"')


def _check_reveals(fields: Fields, exercise: Exercise, unsure: frozenset[str]) -> None:
    """What is revealed is a rating before it that everybody gave for themselves."""
    for index, step in enumerate(exercise.steps):
        before = [each.id for each in exercise.steps[:index] if each.counted and each.items_from is not None]
        if step.reveals and step.reveals not in before and not unsure:
            key = f"{entry_of('steps', index)}.reveals"
            fields.report(key, f'names "{step.reveals}", which is no rating for each before it{_of(before)}')


def _of(names: list[str]) -> str:
    return f"; there are {', '.join(names)}" if names else "; there is none"


def _check_grid(fields: Fields, path: str, section: Section, exercise: Exercise, step: Step) -> None:
    if step.kind is StepKind.READ:
        _check_plotted(fields, path, section, exercise, step)
    else:
        _check_columns(fields, path, section, step)
    if len(section.fields) != GRID_FIELDS:
        fields.report(
            f"{path}.fields",
            f"has {len(section.fields)} entries; name all four: low-low, high across, high up, high-high",
        )


def _check_plotted(fields: Fields, path: str, section: Section, exercise: Exercise, step: Step) -> None:
    """A grid of what was rated: its step says by which ratings."""
    if not step.plot:
        fields.report(f"{path}.step", f'shows "{step.id}", which plots nothing; give that step plot, or name a table')
    for key, name in (("across", section.across), ("up", section.up)):
        if name:
            fields.report(f"{path}.{key}", f'means nothing here: "{step.id}" says what it plots; remove it')
    for each in step.plot:
        rating = exercise.step(each)
        if rating is None or rating.kind is not StepKind.RATING:
            continue
        if not rating.minimum < section.middle <= rating.maximum:
            fields.report(
                f"{path}.middle",
                f'is {section.middle}; between low and high of "{each}" lies a number '
                f"from {rating.minimum + 1} to {rating.maximum}",
            )


def _check_columns(fields: Fields, path: str, section: Section, step: Step) -> None:
    for key, name in (("across", section.across), ("up", section.up)):
        column = step.column(name)
        if column is None:
            fields.report(
                f"{path}.{key}", f'names "{name}", which is no column of "{step.id}"; name one of kind "rating"'
            )
        elif column.kind is not StepKind.RATING:
            fields.report(f"{path}.{key}", f'names "{name}", a column of kind "{column.kind}"; a grid needs ratings')
        elif not column.minimum < section.middle <= column.maximum:
            fields.report(
                f"{path}.middle",
                f'is {section.middle}; between low and high of "{name}" lies a number '
                f"from {column.minimum + 1} to {column.maximum}",
            )
    if section.across == section.up:
        fields.report(f"{path}.up", "is the same column as across; name another")
