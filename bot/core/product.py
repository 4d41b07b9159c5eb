"""What an exercise yields, as values: headings and what stands under them, before anybody's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core import assessment, tally
from bot.core.assessment import Result
from bot.core.candidates import Around, action_words, candidates, goal_of, plan_of, plotted
from bot.core.exercise import Exercise, Layout, Ref, Section, Step, StepKind
from bot.core.message import ContentText, Phrase
from bot.core.plan import Action
from bot.core.run import ACTION, EARLIER, OPEN, OWN_WORDS, Entry, Run
from bot.core.sequence import entry_text
from bot.core.words import shortened

Words = ContentText | Phrase | str  # the programme's words, the bot's, or people's


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table: its name (the first column) and the other columns with their labels."""

    name: str
    cells: tuple[tuple[Words, Words], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of a product. `lines` for text, list and plan, `rows` for rows, `fields` for a grid: four names, each
    with the names of what falls into it; `unplaced` is what hasn't got both ratings; `results` and the step that rated
    for what was rated item by item."""

    title: ContentText
    layout: Layout
    lines: tuple[Words, ...] = ()
    rows: tuple[Row, ...] = ()
    fields: tuple[tuple[ContentText, tuple[Words, ...]], ...] = ()
    unplaced: tuple[Words, ...] = ()
    results: tuple[Result, ...] = ()
    rated: Step | None = None
    skipped: bool = False

    @property
    def empty(self) -> bool:
        if self.layout is Layout.RATED:
            return not any(each.spread or each.view.given != OPEN for each in self.results)
        return not (self.lines or self.rows or self.unplaced or any(names for _, names in self.fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    title: ContentText
    parts: tuple[Part, ...]


def picked(domain: str, step: Step, run: Run, pick: str, around: Around | None = None) -> Words:
    """What a pick says: an option's label, an earlier entry's words, the title of an action, or somebody's own."""
    if pick.startswith(OWN_WORDS):
        return pick.removeprefix(OWN_WORDS)
    if pick.startswith(ACTION):
        return action_words(around, pick) if around else ""
    if pick.startswith(EARLIER):
        entry = run.entries.get(int(pick.removeprefix(EARLIER)))
        column = step.options_from.column if isinstance(step.options_from, Ref) else ""
        return entry_text(entry, column) if entry else ""
    option = step.option(pick)
    return ContentText(domain, option.label) if option else ""


def answer_lines(domain: str, step: Step, run: Run, entry: Entry, around: Around | None = None) -> list[Words]:
    """An answer as lines to read."""
    if isinstance(entry.value, tuple):
        return [words for pick in run.picks(entry) if (words := picked(domain, step, run, pick, around))]
    if step.kind is StepKind.RATING:
        return [number(entry.value, step.minimum) if isinstance(entry.value, int) else Phrase("rating.dont_know")]
    return [entry_text(entry)]


def vote_lines(domain: str, step: Step, run: Run, around: Around | None = None, *, longest: int = 0) -> list[Words]:
    """What many chose, most often first, each with how often; nothing while too few have chosen."""
    offered = [each.id for each in candidates(around, run, step)] if around else []
    made: list[Words] = []
    for pick, count in tally.votes(run, step, offered):
        words = picked(domain, step, run, pick, around)
        if isinstance(words, str) and longest:
            words = shortened(words, longest)
        made += [Phrase("votes.line", {"text": words, "count": count})] if words else []
    return made


def middle(value: float) -> str:
    """The middle of some ratings as it is written, which may lie halfway between two numbers."""
    whole = int(value // 1)
    shown = str(whole).replace("-", "\u2212") if whole or value == whole else ""
    return shown if value == whole else f"{shown}½"


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


def _grid(section: Section, entries: list[Entry]) -> tuple[list[list[Words]], list[Words]]:
    fields: list[list[Words]] = [[], [], [], []]
    unplaced: list[Words] = []
    for entry in entries:
        values = entry.value if isinstance(entry.value, Mapping) else {}
        across, up = values.get(section.across), values.get(section.up)
        name = entry_text(entry)
        if isinstance(across, int) and isinstance(up, int):
            fields[(across >= section.middle) + 2 * (up >= section.middle)].append(name)
        else:
            unplaced.append(name)
    return fields, unplaced


def fields_of(around: Around, exercise: Exercise, run: Run, section: Section) -> tuple[list[list[Words]], list[Words]]:
    """What two ratings rated, by field, and what has no place: too few have rated it, and the group gave no number."""
    step = exercise.step(section.step)
    fields: list[list[Words]] = [[], [], [], []]
    unplaced: list[Words] = []
    for each in plotted(around, exercise, run, step) if step else []:
        name = each.candidate.text
        if each.across is None or each.up is None:
            unplaced.append(name)
            continue
        at = (each.across.value >= section.middle) + 2 * (each.up.value >= section.middle)
        fields[at].append(Phrase("plot.disputed", {"name": name}) if each.disputed else name)
    return fields, unplaced


def plan_lines(around: Around, group: int, *, agreed: bool) -> list[Words]:
    """A group's plan, a line for each action; as it was agreed, where that is meant and has been done."""
    plan = plan_of(around, group)
    if plan is None:
        return []
    actions, goal = plan.actions(), goal_of(around, plan)
    if agreed and plan.agreed_at is not None:
        found = [plan.version(number, version) for number, version in plan.agreed.items()]
        actions, goal = [each for each in found if each is not None], plan.agreed_goal
    heading: list[Words] = [Phrase("draft.goal", {"text": goal})] if goal else []
    return [*heading, *(_action_line(each) for each in actions)]


def _action_line(action: Action) -> Words:
    about = {"number": action.number, "title": action.title}
    if action.due_on is None:
        return Phrase("draft.line", about)
    return Phrase("draft.line_by", about | {"day": action.due_on})


def _part(domain: str, exercise: Exercise, run: Run, section: Section, around: Around | None) -> Part:
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
        case Layout.RATED:
            results = assessment.results(around, exercise, run, step, run.member) if around else []
            rated = assessment.rated_step(exercise, step)
            return Part(title=title, layout=section.layout, results=tuple(results), rated=rated, skipped=skipped)
        case Layout.PLAN:
            agrees = any(each.agrees_plan for each in exercise.steps)
            lines = tuple(plan_lines(around, run.group, agreed=agrees)) if around else ()
            return Part(title=title, layout=section.layout, lines=lines)
        case Layout.GRID:
            if step.plot:
                fields, unplaced = fields_of(around, exercise, run, section) if around else ([[], [], [], []], [])
            else:
                fields, unplaced = _grid(section, entries)
            named = tuple(
                (ContentText(domain, name), tuple(names)) for name, names in zip(section.fields, fields, strict=True)
            )
            return Part(title=title, layout=section.layout, fields=named, unplaced=tuple(unplaced), skipped=skipped)
        case _:
            lines = tuple(
                vote_lines(domain, step, run, around)
                if step.counted
                else (line for entry in entries for line in answer_lines(domain, step, run, entry, around))
            )
            return Part(title=title, layout=section.layout, lines=lines, skipped=skipped)


def product(domain: str, exercise: Exercise, run: Run, around: Around | None = None) -> Product:
    """The product of a run as it stands. `domain` is the programme's name; what is `around` it is needed where it says
    something of plans."""
    return Product(
        title=ContentText(domain, exercise.product.title),
        parts=tuple(_part(domain, exercise, run, section, around) for section in exercise.product.sections),
    )
