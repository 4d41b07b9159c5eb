"""A table's row, filled in by one person, column by column."""

from __future__ import annotations

from bot.core import changes, checked, product
from bot.core.dialogue import FillRow, Person
from bot.core.errors import Refusal
from bot.core.exercise import Column, Step, StepKind
from bot.core.message import Choice, Phrase, Screen
from bot.core.run import Entry, Overtaken, Run, missing_columns
from bot.core.words import shortened
from handlers import callbacks as to
from handlers import conflicts
from handlers.context import Here, Pass, Reader, button, lines, on_text, screen, tap
from handlers.desk import Desk, entry_of, look, row_values, save, step_of
from handlers.render import Renderer, says

NAME_CLOSING = 30  # characters of a row's name in the line that stays of a question about it


def begin(here: Here, desk: Desk, run: Run, number: int) -> None:
    """Ask for the columns of a row that was just added."""
    step = desk.step
    entry = run.entries[number]
    if len(step.columns) > 1:
        ask_column(here, run, step, entry, step.columns[1])


def ask_column(here: Here, run: Run, step: Step, entry: Entry, column: Column, *, only: bool = False) -> None:
    """Ask for one column of a row; `only` that one."""
    here.ask(
        FillRow(
            run_id=run.id,
            step=step.id,
            entry=entry.number,
            column=column.id,
            base=row_values(entry).get(column.id),
            only=only,
        )
    )


@tap(to.FillIn)
async def fill_in(here: Here, action: to.FillIn) -> None:
    desk, step = await step_of(here, action.run, action.step)
    entries = desk.run.entries_of(step.id)
    entry = desk.run.entry(action.entry) or next((each for each in entries if missing_columns(step, each)), None)
    missing = missing_columns(step, entry) if entry else []
    column = step.column(missing[0]) if missing else None
    if entry is None or column is None:
        raise Refusal("tap.nothing")
    ask_column(here, desk.run, step, entry, column)


@screen(FillRow)
async def row_screen(reader: Reader, person: Person, dialogue: FillRow) -> Screen | None:
    found = await look(reader, person, dialogue.run_id, dialogue.step)
    entry = found[0].run.entry(dialogue.entry) if found else None
    if found is None or entry is None:
        return None
    desk, step = found
    column = step.column(dialogue.column)
    if column is None:
        return None
    values = row_values(entry)
    name = product.row(desk.domain, step, entry).name
    about = {
        "name": name,
        "at": [each.id for each in step.columns].index(column.id) + 1,
        "of": len(step.columns),
        "column": desk.content(column.label),
    }
    now = (
        Phrase("sheet.answer", {"text": product.cell(desk.domain, step, column.id, values[column.id])})
        if column.id in values
        else None
    )
    text = lines(
        Phrase("entries.row", about),
        Phrase("sheet.prompt", {"text": desk.content(column.prompt)}),
        Phrase("sheet.hint", {"text": desk.content(column.hint)}) if column.hint else None,
        Phrase("reading.for_example", {"text": desk.content(column.example)}) if column.example else None,
        *(
            Phrase("reading.option", {"label": desk.content(each.label), "note": desk.content(each.note)})
            for each in column.options
            if each.note
        ),
        now,
    )
    closing = Phrase("entries.row", about | {"name": shortened(name, NAME_CLOSING)})
    return Screen("lines", text, _column_rows(desk, step, column, dialogue), closing=closing)


def _column_rows(desk: Desk, step: Step, column: Column, dialogue: FillRow) -> tuple[tuple[Choice, ...], ...]:
    run, entry = desk.run.id, dialogue.entry
    rows: list[tuple[Choice, ...]] = []
    if column.kind is StepKind.CHOICE:
        choices = [
            Choice(desk.content(option.label), to.pack(to.ColumnValue(run, entry, column.id, option.id)))
            for option in column.options
        ]
        rows += [tuple(choices[at : at + 2]) for at in range(0, len(choices), 2)]
    elif column.kind is StepKind.RATING:
        numbers = range(column.minimum, column.maximum + 1)
        rows.append(
            tuple(
                Choice(
                    product.cell(desk.domain, step, column.id, number),
                    to.pack(to.ColumnValue(run, entry, column.id, str(number))),
                )
                for number in numbers
            )
        )
    last = []
    if not dialogue.only:
        last.append(button("label.back", to.ColumnBack(run, entry, column.id)))
        last.append(button("label.skip", to.ColumnSkip(run, entry, column.id)))
    last.append(button("label.close", to.Close()))
    return (*rows, tuple(last))


@on_text(FillRow)
async def fill(here: Here, dialogue: FillRow, text: str) -> None:
    desk, step = await step_of(here, dialogue.run_id, dialogue.step)
    column = step.column(dialogue.column)
    if column is None:
        raise Pass
    value = _typed_option(here, desk, column, text) if column.kind is StepKind.CHOICE else ""
    await _fill(here, desk, step, dialogue, value or checked.column(column, text))
    here.acknowledge()


def _typed_option(here: Here, desk: Desk, column: Column, text: str) -> str:
    renderer = Renderer(here.turn.runner.catalogues, here.person.language)
    for number, option in enumerate(column.options, 1):
        if says(text, renderer.plain(desk.content(option.label))) or text.strip() == str(number):
            return option.id
    return ""


@tap(to.ColumnValue)
async def column_value(here: Here, action: to.ColumnValue) -> None:
    dialogue = here.person.dialogue
    if not isinstance(dialogue, FillRow) or (dialogue.run_id, dialogue.entry, dialogue.column) != (
        action.run,
        action.entry,
        action.column,
    ):
        raise Refusal("tap.old")
    desk, step = await step_of(here, action.run, dialogue.step)
    column = step.column(action.column)
    if column is None or (column.kind is StepKind.CHOICE and column.option(action.value) is None):
        raise Refusal("tap.old")
    value = action.value if column.kind is StepKind.CHOICE else checked.column(column, action.value)
    await _fill(here, desk, step, dialogue, value)


async def _fill(here: Here, desk: Desk, step: Step, dialogue: FillRow, value: str | int) -> None:
    try:
        run = changes.set_column(
            desk.run,
            step,
            desk.actor,
            dialogue.entry,
            dialogue.column,
            value,
            base=dialogue.base,
            now=here.turn.now,
        )
    except Overtaken as overtaken:
        conflicts.ask_which(here, desk, step, overtaken, dialogue.entry, dialogue.column)
        return
    save(here, desk, run)
    await _onward(here, desk, run, step, dialogue)


async def _onward(here: Here, desk: Desk, run: Run, step: Step, dialogue: FillRow) -> None:
    """Ask for the next column, or end."""
    entry = run.entries[dialogue.entry]
    ids = [column.id for column in step.columns]
    at = ids.index(dialogue.column) + 1 if dialogue.column in ids else len(ids)
    if not dialogue.only and at < len(ids):
        ask_column(here, run, step, entry, step.columns[at])
        return
    if not here.query_id:
        here.ask(None)  # the reaction says that it was taken in, and the sheet shows the rest
        return
    name = product.row(desk.domain, step, entry).name
    await here.done("entries.row_kept" if missing_columns(step, entry) else "entries.row_done", name=name)


@tap(to.ColumnSkip)
async def column_skip(here: Here, action: to.ColumnSkip) -> None:
    dialogue = here.person.dialogue
    if not isinstance(dialogue, FillRow) or dialogue.column != action.column:
        raise Refusal("tap.old")
    desk, step = await step_of(here, dialogue.run_id, dialogue.step)
    entry_of(desk, dialogue.entry)
    await _onward(here, desk, desk.run, step, dialogue)


@tap(to.ColumnBack)
async def column_back(here: Here, action: to.ColumnBack) -> None:
    dialogue = here.person.dialogue
    if not isinstance(dialogue, FillRow) or dialogue.column != action.column:
        raise Refusal("tap.old")
    desk, step = await step_of(here, dialogue.run_id, dialogue.step)
    entry, _ = entry_of(desk, dialogue.entry)
    ids = [column.id for column in step.columns]
    at = max(0, ids.index(dialogue.column) - 1)
    ask_column(here, desk.run, step, entry, step.columns[at])
