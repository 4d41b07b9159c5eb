"""An action as a row: of a sheet, to be read back, or of a page, for the eye."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.plan import Action, Progress
from bot.exports.lines import Pen
from bot.exports.table import COLUMNS, Cell, Column, Line, PageRow


def sheet_row(action: Action, pen: Pen) -> tuple[Cell, ...]:
    """The cells of `table.COLUMNS`; the pen is an exact one."""
    names, resources = pen.names, [pen.available(each) for each in action.resources_available]
    resources += [pen.needed(each) for each in action.resources_needed]
    return (
        action.title,
        "\n".join(names[each] for each in action.responsible),
        action.due_on or "",
        "\n".join(resources),
        "\n".join(map(pen.barrier, action.barriers)),
        "\n".join(map(pen.communication, action.communications)),
        "\n".join(map(pen.kpi, action.kpis)),
        names[action.owner] if action.owner else "",
        "\n".join(names[each] for each in action.supporters),
        "\n".join(map(pen.milestone, action.milestones)),
        "" if action.progress is Progress.NOT_STARTED else pen.words.progress[action.progress],
    )


def page_row(action: Action, pen: Pen) -> PageRow:
    """The slide's seven cells, with what the slide has no cell for where it belongs."""

    def heading(column: Column) -> str:
        return pen.words.columns[COLUMNS.index(column)]

    def people(label: str, parties: Iterable[str]) -> list[Line]:
        return under(label, [pen.names[each] for each in parties if each])

    def under(label: str, texts: Iterable[str]) -> list[Line]:
        """Lines of which the first one has a label, if there is one."""
        return [Line(text=text, label="" if at else label, plain=True) for at, text in enumerate(texts)]

    words = pen.words
    started = action.progress is not Progress.NOT_STARTED
    return PageRow(
        number=action.number,
        cells=(
            (
                Line(text=action.title),
                *([Line(text=words.progress[action.progress], label=heading(Column.STATUS))] if started else []),
            ),
            (
                *people("", action.responsible),
                *people(heading(Column.OWNER), [action.owner]),
                *people(heading(Column.SUPPORTERS), action.supporters),
            ),
            (
                *([Line(text=pen.day(action.due_on))] if action.due_on else []),
                *under(heading(Column.MILESTONES), map(pen.milestone, action.milestones)),
            ),
            (
                *under(words.available, map(pen.resource, action.resources_available)),
                *under(words.needed, map(pen.resource, action.resources_needed)),
            ),
            tuple(_about(*pen.barrier_parts(each)) for each in action.barriers),
            tuple(_about(*pen.communication_parts(each)) for each in action.communications),
            tuple(_about(*pen.kpi_parts(each)) for each in action.kpis),
        ),
    )


def _about(head: str, rest: str) -> Line:
    """A line whose beginning stands before it as its label."""
    return Line(text=rest.lstrip(":; "), label=head)
