"""What an exercise yields, as values: headings and what stands under them, before anybody's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.exercise import Exercise, Layout, Section, Step, StepKind
from bot.core.message import ContentText, Phrase
from bot.core.run import EARLIER, OWN_WORDS, Entry, Run
from bot.core.sequence import entry_text

Words = ContentText | Phrase | str  # the programme's words, the bot's, or people's


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table: its name (the first column) and the other columns with their labels."""

    name: str
    cells: tuple[tuple[Words, Words], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of a product. `lines` for text and list, `rows` for rows, `fields` for a grid: four names, each with
    the names of the rows that fall into it; `unplaced` are rows without both ratings."""

    title: ContentText
    layout: Layout
    lines: tuple[Words, ...] = ()
    rows: tuple[Row, ...] = ()
    fields: tuple[tuple[ContentText, tuple[str, ...]], ...] = ()
    unplaced: tuple[str, ...] = ()
    skipped: bool = False

    @property
    def empty(self) -> bool:
        return not (self.lines or self.rows or self.unplaced or any(names for _, names in self.fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    title: ContentText
    parts: tuple[Part, ...]


def picked(domain: str, step: Step, run: Run, pick: str) -> Words:
    """What a pick says: an option's label, an earlier entry's words, or somebody's own."""
    if pick.startswith(OWN_WORDS):
        return pick.removeprefix(OWN_WORDS)
    if pick.startswith(EARLIER):
        entry = run.entries.get(int(pick.removeprefix(EARLIER)))
        column = step.options_from.column if step.options_from else ""
        return entry_text(entry, column) if entry else ""
    option = step.option(pick)
    return ContentText(domain, option.label) if option else ""


def answer_lines(domain: str, step: Step, run: Run, entry: Entry) -> list[Words]:
    """An answer as lines to read."""
    if isinstance(entry.value, tuple):
        return [words for pick in run.picks(entry) if (words := picked(domain, step, run, pick))]
    if step.kind is StepKind.RATING:
        return [number(entry.value, step.minimum) if isinstance(entry.value, int) else Phrase("rating.dont_know")]
    return [entry_text(entry)]


def number(value: int, minimum: int) -> str:
    """A rating as it is written: with a sign where the scale goes below zero."""
    return f"+{value}" if minimum < 0 < value else str(value).replace("-", "\u2212")


def cell(domain: str, step: Step, column_id: str, value: str | int) -> Words:
    """A column's value as words."""
    column = step.column(column_id)
    if column is not None and column.kind is StepKind.CHOICE:
        option = column.option(str(value))
        return ContentText(domain, option.label) if option else str(value)
    return number(value, column.minimum if column else 0) if isinstance(value, int) else value


def row(domain: str, step: Step, entry: Entry) -> Row:
    values: Mapping[str, str | int] = entry.value if isinstance(entry.value, Mapping) else {}
    first, *others = step.columns
    return Row(
        name=str(values.get(first.id, "")),
        cells=tuple(
            (ContentText(domain, column.label), cell(domain, step, column.id, values[column.id]))
            for column in others
            if column.id in values
        ),
    )


def _grid(section: Section, entries: list[Entry]) -> tuple[list[list[str]], list[str]]:
    fields: list[list[str]] = [[], [], [], []]
    unplaced: list[str] = []
    for entry in entries:
        values = entry.value if isinstance(entry.value, Mapping) else {}
        across, up = values.get(section.across), values.get(section.up)
        name = entry_text(entry)
        if isinstance(across, int) and isinstance(up, int):
            fields[(across >= section.middle) + 2 * (up >= section.middle)].append(name)
        else:
            unplaced.append(name)
    return fields, unplaced


def _part(domain: str, exercise: Exercise, run: Run, section: Section) -> Part:
    step = exercise.step(section.step)
    title = ContentText(domain, section.title)
    if step is None:
        return Part(title=title, layout=section.layout)
    entries = run.entries_of(step.id)
    skipped = step.id in run.skipped
    match section.layout:
        case Layout.ROWS:
            rows = tuple(row(domain, step, entry) for entry in entries)
            return Part(title=title, layout=section.layout, rows=rows, skipped=skipped)
        case Layout.GRID:
            fields, unplaced = _grid(section, entries)
            named = tuple(
                (ContentText(domain, name), tuple(names)) for name, names in zip(section.fields, fields, strict=True)
            )
            return Part(title=title, layout=section.layout, fields=named, unplaced=tuple(unplaced), skipped=skipped)
        case _:
            lines = tuple(line for entry in entries for line in answer_lines(domain, step, run, entry))
            return Part(title=title, layout=section.layout, lines=lines, skipped=skipped)


def product(domain: str, exercise: Exercise, run: Run) -> Product:
    """The product of a run as it stands. `domain` is the programme's name."""
    return Product(
        title=ContentText(domain, exercise.product.title),
        parts=tuple(_part(domain, exercise, run, section) for section in exercise.product.sections),
    )
