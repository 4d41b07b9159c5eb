"""Changing what stands on a sheet: the list of entries, one entry, a row's columns, and what to do when two people
change the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core import product, walk
from bot.core.dialogue import Conflict, Entries, FillRow, Person, TooLong
from bot.core.errors import Refusal
from bot.core.exercise import Column, Step, StepKind
from bot.core.message import Choice, Phrase, Screen
from bot.core.run import Entry, Overtaken, Run, Value, missing_columns
from bot.core.sequence import entry_text
from bot.core.words import clean, pieces, shortened
from handlers import callbacks as to
from handlers import sheet, walking
from handlers.context import Here, Pass, Reader, button, lines, on_text, page_of, screen, tap
from handlers.render import Renderer, says
from handlers.sheet import Desk, row_values
from handlers.typed import by_number

PAGE = 8


async def _look(reader: Reader, person: Person, run_id: int, step_id: str) -> tuple[Desk, Step] | None:
    desk = await sheet.desk(reader, person, await reader.run(run_id))
    step = desk.exercise.step(step_id) if desk else None
    return (desk, step) if desk and step else None


async def _step(here: Here, run_id: int, step_id: str) -> tuple[Desk, Step]:
    desk = await walking.desk_of(here, run_id)
    step = desk.exercise.step(step_id)
    if step is None:
        raise Refusal("sheet.gone")
    return desk, step


def _entry(desk: Desk, number: int) -> tuple[Entry, Step]:
    entry = desk.run.entry(number)
    step = desk.exercise.step(entry.step) if entry else None
    if entry is None or step is None:
        raise Refusal("sheet.gone")
    return entry, step


# The list, and one entry -----------------------------------------------------------------------------------------


@tap(to.ShowEntries)
async def show_entries(here: Here, action: to.ShowEntries) -> None:
    desk, step = await _step(here, action.run, action.step)
    if len(desk.run.entries_of(step.id)) == 1:
        await show_entry(here, to.ShowEntry(action.run, desk.run.entries_of(step.id)[0].number))
        return
    here.ask(Entries(run_id=action.run, step=step.id, page=action.page))


@tap(to.ShowEntry)
async def show_entry(here: Here, action: to.ShowEntry) -> None:
    desk = await walking.desk_of(here, action.run)
    entry, step = _entry(desk, action.entry)
    before = here.person.dialogue
    page = before.page if isinstance(before, Entries) else 0
    here.ask(Entries(run_id=action.run, step=step.id, page=page, entry=entry.number, version=entry.version))


@screen(Entries)
async def entries_screen(reader: Reader, person: Person, dialogue: Entries) -> Screen | None:
    found = await _look(reader, person, dialogue.run_id, dialogue.step)
    if found is None:
        return None
    desk, step = found
    entry = desk.run.entry(dialogue.entry)
    if entry is None:
        return _list_screen(desk, step, dialogue)
    if dialogue.rewording:
        back = button("label.back", to.ShowEntry(desk.run.id, entry.number))
        return Screen("entries.reword", {"text": entry_text(entry)}, ((back, button("label.cancel", to.Close())),))
    return _entry_screen(desk, step, entry, dialogue)


def _list_screen(desk: Desk, step: Step, dialogue: Entries) -> Screen:
    entries = desk.run.entries_of(step.id)
    shown, page, pages = page_of(entries, dialogue.page, PAGE)
    rows: list[tuple[Choice, ...]] = [
        (Choice(f"{page * PAGE + index}. {entry_text(entry)}", to.pack(to.ShowEntry(desk.run.id, entry.number))),)
        for index, entry in enumerate(shown, 1)
    ]
    turning = []
    if page > 0:
        turning.append(button("label.earlier", to.ShowEntries(desk.run.id, page - 1, step.id)))
    if page + 1 < pages:
        turning.append(button("label.more", to.ShowEntries(desk.run.id, page + 1, step.id)))
    if turning:
        rows.append(tuple(turning))
    rows.append((button("label.close", to.Close()),))
    texts = [Phrase("sheet.entry", {"number": page * PAGE + n, "text": entry_text(e)}) for n, e in enumerate(shown, 1)]
    body = texts or [Phrase("entries.none")]
    return Screen("lines", lines(Phrase("entries.list", {"step": desk.content(step.title)}), *body), tuple(rows))


def _entry_screen(desk: Desk, step: Step, entry: Entry, dialogue: Entries) -> Screen:
    by = Phrase("entries.by", {"name": desk.name(entry.author)}) if entry.author else None
    rows: list[tuple[Choice, ...]] = []
    if step.kind is StepKind.TABLE:
        values = row_values(entry)
        body = [Phrase("sheet.prompt", {"text": product.row(desk.domain, step, entry).name})]
        for column in step.columns[1:]:
            label = desk.content(column.label)
            if column.id in values:
                text = product.cell(desk.domain, step, column.id, values[column.id])
                body.append(Phrase("entries.cell", {"label": label, "text": text}))
            else:
                body.append(Phrase("entries.cell_open", {"label": label}))
        columns = [
            Choice(
                desk.content(column.label), to.pack(to.ChangeEntry(desk.run.id, entry.number, entry.version, column.id))
            )
            for column in step.columns
        ]
        rows += [tuple(columns[at : at + 2]) for at in range(0, len(columns), 2)]
    else:
        body = [Phrase("entries.one", {"text": entry_text(entry)})]
        rows.append((button("label.reword", to.ChangeEntry(desk.run.id, entry.number, entry.version, "")),))
    rows.append((button("label.remove", to.RemoveEntry(desk.run.id, entry.number, entry.version)),))
    rows.append(
        (
            button("label.back", to.ShowEntries(desk.run.id, dialogue.page, step.id)),
            button("label.close", to.Close()),
        )
        if len(desk.run.entries_of(step.id)) > 1
        else (button("label.close", to.Close()),)
    )
    return Screen("lines", lines(*body, by), tuple(rows))


@tap(to.ChangeEntry)
async def change_entry(here: Here, action: to.ChangeEntry) -> None:
    desk = await walking.desk_of(here, action.run)
    entry, step = _entry(desk, action.entry)
    if action.column:
        column = step.column(action.column)
        if column is None:
            raise Refusal("tap.old")
        _ask_column(here, desk.run, step, entry, column, only=True)
        return
    if step.kind is StepKind.TABLE:
        raise Refusal("tap.old")
    here.ask(Entries(run_id=action.run, step=step.id, entry=entry.number, version=action.version, rewording=True))


@on_text(Entries)
async def reword(here: Here, dialogue: Entries, text: str) -> None:
    if not dialogue.rewording:
        if await by_number(here, text):
            return
        raise Pass
    desk, step = await _step(here, dialogue.run_id, dialogue.step)
    try:
        run = walk.change(desk.run, step, desk.actor, dialogue.entry, dialogue.version, text, now=here.turn.now)
    except Overtaken as overtaken:
        walking.ask_which(here, desk, step, overtaken, dialogue.entry)
        return
    walking.save(here, desk, run)
    here.acknowledge()
    here.ask(None)


@tap(to.RemoveEntry)
async def remove_entry(here: Here, action: to.RemoveEntry) -> None:
    desk = await walking.desk_of(here, action.run)
    entry, step = _entry(desk, action.entry)
    try:
        run = walk.remove(desk.run, step, desk.actor, entry.number, action.version, now=here.turn.now)
    except Overtaken:
        await show_entry(here, to.ShowEntry(action.run, entry.number))  # as it stands now
        here.toast("sheet.overtaken")
        return
    walking.save(here, desk, run)
    back = (button("label.put_back", to.PutBack(action.run, entry.number)),)
    await here.done("entries.removed", (back,), text=shortened(entry_text(entry), 120))


@tap(to.PutBack)
async def put_back(here: Here, action: to.PutBack) -> None:
    desk = await walking.desk_of(here, action.run)
    entry = desk.run.entries.get(action.entry)
    step = desk.exercise.step(entry.step) if entry else None
    if entry is None or step is None:
        raise Refusal("sheet.gone")
    run = walk.put_back(desk.run, step, desk.actor, entry.number, now=here.turn.now)
    walking.save(here, desk, run)
    here.toast("entries.back")


# A row, column by column -----------------------------------------------------------------------------------------


def begin_row(here: Here, desk: Desk, run: Run, number: int) -> None:
    """Ask for the columns of a row that was just added."""
    step = desk.step
    entry = run.entries[number]
    if len(step.columns) > 1:
        _ask_column(here, run, step, entry, step.columns[1])


def _ask_column(here: Here, run: Run, step: Step, entry: Entry, column: Column, *, only: bool = False) -> None:
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
    desk, step = await _step(here, action.run, action.step)
    entries = desk.run.entries_of(step.id)
    entry = desk.run.entry(action.entry) or next((each for each in entries if missing_columns(step, each)), None)
    missing = missing_columns(step, entry) if entry else []
    column = step.column(missing[0]) if missing else None
    if entry is None or column is None:
        raise Refusal("tap.nothing")
    _ask_column(here, desk.run, step, entry, column)


@screen(FillRow)
async def row_screen(reader: Reader, person: Person, dialogue: FillRow) -> Screen | None:
    found = await _look(reader, person, dialogue.run_id, dialogue.step)
    entry = found[0].run.entry(dialogue.entry) if found else None
    if found is None or entry is None:
        return None
    desk, step = found
    column = step.column(dialogue.column)
    if column is None:
        return None
    values = row_values(entry)
    heading = Phrase(
        "entries.row",
        {
            "name": product.row(desk.domain, step, entry).name,
            "at": [each.id for each in step.columns].index(column.id) + 1,
            "of": len(step.columns),
            "column": desk.content(column.label),
        },
    )
    now = (
        Phrase("sheet.answer", {"text": product.cell(desk.domain, step, column.id, values[column.id])})
        if column.id in values
        else None
    )
    text = lines(
        heading,
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
    return Screen("lines", text, _column_rows(desk, step, column, dialogue))


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
    desk, step = await _step(here, dialogue.run_id, dialogue.step)
    column = step.column(dialogue.column)
    if column is None:
        raise Pass
    value = _typed_option(here, desk, column, text) if column.kind is StepKind.CHOICE else ""
    await _fill(here, desk, step, dialogue, value or walk.check_column(column, text))
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
    desk, step = await _step(here, action.run, dialogue.step)
    column = step.column(action.column)
    if column is None or (column.kind is StepKind.CHOICE and column.option(action.value) is None):
        raise Refusal("tap.old")
    value = action.value if column.kind is StepKind.CHOICE else walk.check_column(column, action.value)
    await _fill(here, desk, step, dialogue, value)


async def _fill(here: Here, desk: Desk, step: Step, dialogue: FillRow, value: str | int) -> None:
    try:
        run = walk.set_column(
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
        walking.ask_which(here, desk, step, overtaken, dialogue.entry, dialogue.column)
        return
    walking.save(here, desk, run)
    await _onward(here, desk, run, step, dialogue)


async def _onward(here: Here, desk: Desk, run: Run, step: Step, dialogue: FillRow) -> None:
    """Ask for the next column, or end."""
    entry = run.entries[dialogue.entry]
    ids = [column.id for column in step.columns]
    at = ids.index(dialogue.column) + 1 if dialogue.column in ids else len(ids)
    if not dialogue.only and at < len(ids):
        _ask_column(here, run, step, entry, step.columns[at])
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
    desk, step = await _step(here, dialogue.run_id, dialogue.step)
    _entry(desk, dialogue.entry)
    await _onward(here, desk, desk.run, step, dialogue)


@tap(to.ColumnBack)
async def column_back(here: Here, action: to.ColumnBack) -> None:
    dialogue = here.person.dialogue
    if not isinstance(dialogue, FillRow) or dialogue.column != action.column:
        raise Refusal("tap.old")
    desk, step = await _step(here, dialogue.run_id, dialogue.step)
    entry, _ = _entry(desk, dialogue.entry)
    ids = [column.id for column in step.columns]
    at = max(0, ids.index(dialogue.column) - 1)
    _ask_column(here, desk.run, step, entry, step.columns[at])


# Two people, one entry -------------------------------------------------------------------------------------------


def _words(desk: Desk, step: Step, value: Value, column: str) -> object:
    if column and isinstance(value, Mapping):
        value = value.get(column, "")
    if column and isinstance(value, str | int):
        return product.cell(desk.domain, step, column, value)
    if isinstance(value, tuple):
        return [product.picked(desk.domain, step, desk.run, pick) for pick in value]
    return "" if value is None else str(value)


@screen(Conflict)
async def conflict_screen(reader: Reader, person: Person, dialogue: Conflict) -> Screen | None:
    found = await _look(reader, person, dialogue.run_id, dialogue.step)
    stored = found[0].run.entries.get(dialogue.entry) if found else None
    if found is None or stored is None:
        return None
    desk, step = found
    mine = _words(desk, step, dialogue.mine, dialogue.column)
    rows = (
        (button("label.keep_theirs", to.Settle(desk.run.id, stored.number, 0)),),
        (button("label.use_mine", to.Settle(desk.run.id, stored.number, 1)),),
    )
    if stored.removed_at is not None:
        return Screen("conflict.gone", {"mine": mine}, rows)
    key = "conflict.both" if step.many else "conflict.there"
    return Screen(key, {"mine": mine, "theirs": _words(desk, step, stored.value, dialogue.column)}, rows)


@tap(to.Settle)
async def settle(here: Here, action: to.Settle) -> None:
    dialogue = here.person.dialogue
    if not isinstance(dialogue, Conflict) or (dialogue.run_id, dialogue.entry) != (action.run, action.entry):
        raise Refusal("tap.old")
    if not action.mine:
        await here.done("conflict.kept")
        return
    desk, step = await _step(here, action.run, dialogue.step)
    stored = desk.run.entries.get(dialogue.entry)
    try:
        run = walk.settle(
            desk.run,
            step,
            desk.actor,
            dialogue.entry,
            dialogue.version,
            dialogue.mine,
            column=dialogue.column,
            now=here.turn.now,
        )
    except Overtaken:
        here.ask(replace(dialogue, version=stored.version if stored else 0))  # a third one was quicker: look again
        here.toast("sheet.overtaken")
        return
    walking.save(here, desk, run)
    await here.done("conflict.mine")


# A text that doesn't fit -----------------------------------------------------------------------------------------


@screen(TooLong)
async def too_long_screen(reader: Reader, person: Person, dialogue: TooLong) -> Screen | None:
    found = await _look(reader, person, dialogue.run_id, dialogue.step)
    if found is None:
        return None
    step = found[1]
    count = len(pieces(dialogue.text, step.max_length))
    params = {"length": len(clean(dialogue.text)), "longest": step.max_length, "count": count}
    rows = (
        (button("label.split", to.Split(dialogue.run_id), count=count),),
        (button("label.cancel", to.Close()),),
    )
    return Screen("input.too_long_split", params, rows)
