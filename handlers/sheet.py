"""How a sheet looks on one member's phone: a function of the run, the group and who is reading."""

from __future__ import annotations

from typing import Any

from bot.core import moves, product
from bot.core.exercise import Step, StepKind, Who
from bot.core.message import Choice, Phrase, Screen
from bot.core.run import Entry, answered, have_answered, missing_columns, position
from bot.core.sequence import is_ready, opens_itself
from bot.core.words import shortened
from handlers import callbacks as to
from handlers import sheet_buttons, sheet_items, sheet_notes, sheet_plan, sheet_recall
from handlers.assess import own_sheet as own
from handlers.assess.lines import revealed, topic_line
from handlers.context import button, lines
from handlers.desk import Desk
from handlers.steering import calls, time
from handlers.steering.taps import Steer

MOST_SHOWN = 10  # entries on the sheet itself; the rest is behind a button
ENTRY_SHOWN = 120  # characters of an entry on the sheet
CLOSING_SHOWN = 60
PUBLISHED = "published"  # the part that a sheet shows once its product is agreed
CLOSED = "closed"  # … and while a facilitator has it closed


def screen(here: Desk) -> Screen:
    """The sheet of the step on show."""
    if here.run.published_at is not None and not here.actor.leads:
        return _published(here)
    if here.run.closed_at is not None:
        return _closed(here)
    return Screen("lines", _text(here), sheet_buttons.rows(here))


def part(here: Desk) -> str:
    """Which part of it is on show: the sheet is set down anew where that is another one."""
    if here.run.published_at is not None and not here.actor.leads:
        return PUBLISHED
    return CLOSED if here.run.closed_at is not None else here.step.id


def heading(here: Desk) -> Phrase:
    at, of = position(here.exercise, here.step)
    return Phrase(
        "sheet.heading",
        {
            "id": here.exercise.id,
            "title": here.content(here.exercise.title),
            "at": at,
            "of": of,
            "step": here.content(here.step.title),
        },
    )


def closing(here: Desk, part: str) -> Phrase | None:
    """The line that stays of a step when the group has moved on: what came of it. None when nothing needs to stay."""
    if part == PUBLISHED:
        about = {"id": here.exercise.id, "title": here.content(here.exercise.title)}
        return Phrase("assess.closing" if here.exercise.personal else "sheet.closing_published", about)
    step = here.exercise.step(part)
    if step is None or step.kind in (StepKind.READ, StepKind.CONFIRM):
        return None
    if step.id == here.step.id and here.run.published_at is None:
        return None  # the new copy shows all of it
    about = {"id": here.exercise.id, "step": here.content(step.title)}
    if step.kind is StepKind.PLAN:
        return Phrase("draft.closing", about | {"count": len(here.plan.actions()) if here.plan else 0})
    entries = here.run.entries_of(step.id)
    if step.counted and here.exercise.personal:
        return None
    if step.counted:
        return Phrase("items.closing", about | {"count": have_answered(here.run, step)})
    if step.disputed or step.agrees:
        return None
    if not entries:
        return Phrase("sheet.closing_open", about)
    if step.many or step.who is Who.EACH:
        return Phrase("sheet.closing_many", about | {"count": len(entries)})
    found = lines_of(here, step, entries[0])
    shown = [shortened(line, CLOSING_SHOWN) if isinstance(line, str) else line for line in found]
    return Phrase("sheet.closing", about | {"text": shown})


def _text(here: Desk) -> dict[str, Any]:
    step = here.step
    first = here.exercise.steps[0].id == step.id
    fresh = _is_fresh(here)  # what helps to begin isn't repeated after that
    return lines(
        heading(here),
        time.on_sheet(here.run, here.now),
        calls.on_sheet(here),
        _acting(here),
        topic_line(here),
        Phrase("sheet.about", {"text": here.content(here.exercise.about), "minutes": here.exercise.minutes})
        if first and fresh
        else None,
        *sheet_recall.recalled(here),
        *sheet_plan.above(here),
        "",
        Phrase("sheet.prompt", {"text": here.content(step.prompt)}),
        # Beside what the exercise is about, the hint would be too much to read at once: there it is behind [Help].
        Phrase("sheet.hint", {"text": here.content(step.hint)}) if step.hint and fresh and not first else None,
        *_answers(here),
        *_prefilled(here),
        *_open_points(here),
        "",
        sheet_notes.who_sees(here, first=first),
        sheet_notes.how_to(here),
        sheet_notes.waits(here),
        sheet_notes.pen_line(here),
    )


def _is_fresh(here: Desk) -> bool:
    if here.step.kind is StepKind.PLAN:
        return not sheet_plan.is_reached(here)
    if here.exercise.personal and here.run.entries_of(here.step.id):
        return False
    return here.step.kind is StepKind.READ or not answered(here.run, here.step, len(here.members))


def _acting(here: Desk) -> Phrase | None:
    if here.actor.entered_by:
        return Phrase("sheet.acting", {"name": here.name(here.actor.member)})
    if not here.actor.leads or not here.run.group or here.exercise.whole_room:
        return None
    return Phrase("sheet.group", {"number": here.run.group})


def lines_of(here: Desk, step: Step, entry: Entry) -> list[Any]:
    """An answer as lines."""
    return product.answer_lines(here.domain, step, here.run, entry, here.around)


def _answers(here: Desk) -> list[Any]:
    step = here.step
    entries = here.run.entries_of(step.id)
    if step.kind is StepKind.PLAN or step.blanks:
        return sheet_plan.answer_lines(here)
    if step.items_from is not None or here.by_number:
        return sheet_items.answer_lines(here)
    if step.plot:
        return sheet_items.grid_lines(here)
    if step.reveals:
        return revealed(here)
    if step.who is Who.EACH:
        mine = [entry for entry in entries if entry.author == here.actor.member]
        counted = len({entry.author for entry in entries})
        return [
            *(Phrase("sheet.yours", {"text": line}) for entry in mine for line in lines_of(here, here.step, entry)),
            Phrase("sheet.have_answered", {"have": counted, "need": len(here.members)}),
        ]
    if not step.many:
        return [
            Phrase("sheet.answer", {"text": line}) for entry in entries for line in lines_of(here, step, entry)
        ] + _chosen_notes(here, entries)
    shown = entries[-MOST_SHOWN:]
    offset = len(entries) - len(shown)
    hidden = [Phrase("sheet.hidden", {"count": offset})] if offset else []
    return hidden + [_numbered(here, offset + index, entry) for index, entry in enumerate(shown, 1)]


def _chosen_notes(here: Desk, entries: list[Entry]) -> list[Phrase]:
    picks = [pick for entry in entries if isinstance(entry.value, tuple) for pick in entry.value]
    notes = [option.note for pick in picks if (option := here.step.option(pick)) and option.note]
    return [Phrase("sheet.note", {"text": here.content(note)}) for note in notes]


def _numbered(here: Desk, number: int, entry: Entry) -> Phrase:
    if here.step.kind is StepKind.TABLE:
        row = product.row(here.domain, here.step, entry)
        gaps = len(missing_columns(here.step, entry))
        key = "sheet.row_gaps" if gaps else "sheet.row"
        return Phrase(key, {"number": number, "text": shortened(row.name, ENTRY_SHOWN), "count": gaps})
    text = shortened(str(entry.value), ENTRY_SHOWN)
    if entry.author is None:
        return Phrase("sheet.entry", {"number": number, "text": text})
    if entry.author == here.reader.number:
        return Phrase("sheet.entry_mine", {"number": number, "text": text})
    return Phrase("sheet.entry_by", {"number": number, "text": text, "name": here.name(entry.author)})


def _prefilled(here: Desk) -> list[Phrase]:
    if here.offered:
        listed = enumerate((words for _, words in here.offered), 1)
        return [
            Phrase("sheet.offered"),
            *(Phrase("sheet.entry", {"number": at, "text": shortened(words, ENTRY_SHOWN)}) for at, words in listed),
        ]
    if not here.prefill:
        return []
    if here.step.many:  # the next row, for whoever writes it
        return [Phrase("items.next_row", {"text": here.prefill})] if here.actor.steers else []
    return [Phrase("sheet.prefill", {"text": here.prefill})]


def _open_points(here: Desk) -> list[Phrase]:
    """At the end: what is missing, before it is published."""
    if here.step.kind is not StepKind.CONFIRM:
        return []
    if here.exercise.personal:
        return own.open_line(here)
    missing = moves.unanswered(here.exercise, here.run, len(here.members))
    if not missing:
        return [Phrase("sheet.complete")]
    key = "sheet.still_open_agree" if here.step.agrees_plan else "sheet.still_open"
    return [Phrase(key, {"steps": [here.content(step.title) for step in missing]})]


def _call_row(here: Desk) -> list[tuple[Choice, ...]]:
    call = calls.buttons(here)
    return [tuple(call)] if call else []


def _closed(here: Desk) -> Screen:
    """The sheet of a run that a facilitator has closed: to be read, until it is opened again."""
    about = {"id": here.exercise.id, "title": here.content(here.exercise.title)}
    rows: list[tuple[Choice, ...]] = [(button("label.read_it", to.ShowProduct(here.run.id, 0)),)]
    if here.actor.leads:
        again = Steer(here.workshop.id, here.run.group, "reopen", 0, here.exercise.id)
        rows.append((button("label.steer.reopen", again, id=here.exercise.id),))
    rows += _call_row(here)
    kept = Phrase("sheet.closed_kept")
    text = lines(Phrase("sheet.closed_heading", about), calls.on_sheet(here), _acting(here), kept)
    return Screen("lines", text, tuple(rows))


def _published(here: Desk) -> Screen:
    """The sheet of a run whose product is agreed, or of what somebody has finished alone."""
    if here.exercise.personal:
        return own.finished(here)
    rows: list[tuple[Choice, ...]] = [(button("label.read_it", to.ShowProduct(here.run.id, 0)),)]
    following = here.programme.following(here.exercise.id)
    after: Phrase | None = None
    if following is not None and opens_itself(here.programme, following):
        opened = any(each.exercise == following.id and each.group == here.run.group for each in here.runs)
        ready = is_ready(here.programme, here.workshop, here.runs, following, here.run.group)
        if ready and not opened:
            action = to.OpenNext(here.workshop.id, here.run.group, following.id)
            rows.insert(0, (button("label.open", action, style="primary", id=following.id),))
            title = here.content(following.title)
            after = Phrase("sheet.next_exercise", {"id": following.id, "title": title, "minutes": following.minutes})
    text = lines(
        Phrase("sheet.published_heading", {"id": here.exercise.id, "title": here.content(here.exercise.title)}),
        calls.on_sheet(here),
        Phrase(f"sheet.published.{here.exercise.product.visibility.value}"),
        after,
    )
    rows += _call_row(here)
    return Screen("lines", text, tuple(rows))
