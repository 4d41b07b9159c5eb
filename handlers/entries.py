"""Changing what stands on a sheet: the list of a step's entries, and one of them."""

from __future__ import annotations

from bot.core import changes, product
from bot.core.dialogue import Entries, Person
from bot.core.errors import Refusal
from bot.core.exercise import Step, StepKind
from bot.core.message import Choice, Phrase, Screen
from bot.core.run import Entry, Overtaken
from bot.core.sequence import entry_text
from bot.core.words import shortened
from handlers import callbacks as to
from handlers import conflicts, rows
from handlers.context import Here, Pass, Reader, button, lines, on_text, page_of, screen, tap
from handlers.desk import Desk, desk_of, entry_of, look, row_values, save, step_of
from handlers.typed import by_number

PAGE = 8


@tap(to.ShowEntries)
async def show_entries(here: Here, action: to.ShowEntries) -> None:
    desk, step = await step_of(here, action.run, action.step)
    if len(desk.run.entries_of(step.id)) == 1:
        await show_entry(here, to.ShowEntry(action.run, desk.run.entries_of(step.id)[0].number))
        return
    here.ask(Entries(run_id=action.run, step=step.id, page=action.page))


@tap(to.ShowEntry)
async def show_entry(here: Here, action: to.ShowEntry) -> None:
    desk = await desk_of(here, action.run)
    entry, step = entry_of(desk, action.entry)
    before = here.person.dialogue
    page = before.page if isinstance(before, Entries) else 0
    here.ask(Entries(run_id=action.run, step=step.id, page=page, entry=entry.number, version=entry.version))


@screen(Entries)
async def entries_screen(reader: Reader, person: Person, dialogue: Entries) -> Screen | None:
    found = await look(reader, person, dialogue.run_id, dialogue.step)
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
    desk = await desk_of(here, action.run)
    entry, step = entry_of(desk, action.entry)
    if action.column:
        column = step.column(action.column)
        if column is None:
            raise Refusal("tap.old")
        rows.ask_column(here, desk.run, step, entry, column, only=True)
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
    desk, step = await step_of(here, dialogue.run_id, dialogue.step)
    try:
        run = changes.change(desk.run, step, desk.actor, dialogue.entry, dialogue.version, text, now=here.turn.now)
    except Overtaken as overtaken:
        conflicts.ask_which(here, desk, step, overtaken, dialogue.entry)
        return
    save(here, desk, run)
    here.acknowledge()
    here.ask(None)


@tap(to.RemoveEntry)
async def remove_entry(here: Here, action: to.RemoveEntry) -> None:
    desk = await desk_of(here, action.run)
    entry, step = entry_of(desk, action.entry)
    try:
        run = changes.remove(desk.run, step, desk.actor, entry.number, action.version, now=here.turn.now)
    except Overtaken:
        await show_entry(here, to.ShowEntry(action.run, entry.number))  # as it stands now
        here.toast("sheet.overtaken")
        return
    save(here, desk, run)
    back = (button("label.put_back", to.PutBack(action.run, entry.number)),)
    await here.done("entries.removed", (back,), text=shortened(entry_text(entry), 120))


@tap(to.PutBack)
async def put_back(here: Here, action: to.PutBack) -> None:
    desk = await desk_of(here, action.run)
    entry = desk.run.entries.get(action.entry)
    step = desk.exercise.step(entry.step) if entry else None
    if entry is None or step is None:
        raise Refusal("sheet.gone")
    if entry.removed_at is None:
        raise Refusal("tap.nothing")
    run = changes.put_back(desk.run, step, desk.actor, entry.number, now=here.turn.now)
    save(here, desk, run)
    here.toast("entries.back")
