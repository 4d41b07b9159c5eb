"""How a sheet looks on one member's phone: a function of the run, the group and who is reading."""

from __future__ import annotations

from typing import Any

from bot.core import moves, product, walk
from bot.core.exercise import Step, StepKind, Visibility, Who
from bot.core.message import Choice, Phrase, Screen
from bot.core.run import Entry, answered, missing_columns, position
from bot.core.sequence import earlier_answers, is_ready
from bot.core.words import shortened
from handlers import callbacks as to
from handlers import sheet_buttons
from handlers.context import button, lines
from handlers.desk import Desk

MOST_SHOWN = 10  # entries on the sheet itself; the rest is behind a button
ENTRY_SHOWN = 120  # characters of an entry on the sheet
RECALL_SHOWN = 160
CLOSING_SHOWN = 60
PUBLISHED = "published"  # the part that a sheet shows once its product is agreed


def screen(here: Desk) -> Screen:
    """The sheet of the step on show."""
    if here.run.published_at is not None and not here.actor.leads:
        return _published(here)
    return Screen("lines", _text(here), sheet_buttons.rows(here))


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
        return Phrase("sheet.closing_published", about)
    step = here.exercise.step(part)
    if step is None or step.kind in (StepKind.READ, StepKind.CONFIRM):
        return None
    if step.id == here.step.id and here.run.published_at is None:
        return None  # the new copy shows all of it
    about = {"id": here.exercise.id, "step": here.content(step.title)}
    entries = here.run.entries_of(step.id)
    if not entries:
        return Phrase("sheet.closing_open", about)
    if step.many or step.who is Who.EACH:
        return Phrase("sheet.closing_many", about | {"count": len(entries)})
    lines_of = product.answer_lines(here.domain, step, here.run, entries[0])
    shown = [shortened(line, CLOSING_SHOWN) if isinstance(line, str) else line for line in lines_of]
    return Phrase("sheet.closing", about | {"text": shown})


def _text(here: Desk) -> dict[str, Any]:
    step = here.step
    first = here.exercise.steps[0].id == step.id
    fresh = not answered(here.run, step, len(here.members))  # what helps to begin isn't repeated after that
    return lines(
        heading(here),
        _acting(here),
        Phrase("sheet.about", {"text": here.content(here.exercise.about), "minutes": here.exercise.minutes})
        if first and fresh
        else None,
        *_recalled(here),
        "",
        Phrase("sheet.prompt", {"text": here.content(step.prompt)}),
        # Beside what the exercise is about, the hint would be too much to read at once: there it is behind [Help].
        Phrase("sheet.hint", {"text": here.content(step.hint)}) if step.hint and fresh and not first else None,
        *_answers(here),
        *_prefilled(here),
        *_open_points(here),
        "",
        _who_sees(here, first=first),
        _how_to(here),
        _pen_line(here),
    )


def _acting(here: Desk) -> Phrase | None:
    if here.actor.entered_by:
        return Phrase("sheet.acting", {"name": here.name(here.actor.member)})
    return Phrase("sheet.group", {"number": here.run.group}) if here.actor.leads and here.run.group else None


def _recalled(here: Desk) -> list[Phrase]:
    shown = []
    for ref in here.step.recall:
        source = here.programme.exercises[ref.exercise].step(ref.step)
        if source is None:
            continue
        title = here.content(source.title)
        if source.kind is StepKind.CHOICE and ref.exercise == here.run.exercise:
            picked = [line for entry in here.run.entries_of(ref.step) for line in _lines(here, source, entry)]
            shown += [Phrase("sheet.recall", {"title": title, "text": picked})] if picked else []
            continue
        found = earlier_answers(here.workshop, here.programme, here.runs, here.run, ref)
        if found:
            words = shortened(" · ".join(found), RECALL_SHOWN)
            shown.append(Phrase("sheet.recall", {"title": title, "text": words}))
    return shown


def _lines(here: Desk, step: Step, entry: Entry) -> list[Any]:
    return product.answer_lines(here.domain, step, here.run, entry)


def _answers(here: Desk) -> list[Phrase]:
    step = here.step
    entries = here.run.entries_of(step.id)
    if step.who is Who.EACH:
        mine = [entry for entry in entries if entry.author == here.actor.member]
        counted = len({entry.author for entry in entries})
        return [
            *(Phrase("sheet.yours", {"text": line}) for entry in mine for line in _lines(here, here.step, entry)),
            Phrase("sheet.have_answered", {"have": counted, "need": len(here.members)}),
        ]
    if not step.many:
        return [
            Phrase("sheet.answer", {"text": line})
            for entry in entries
            for line in product.answer_lines(here.domain, step, here.run, entry)
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
    return [Phrase("sheet.prefill", {"text": here.prefill})] if here.prefill else []


def _open_points(here: Desk) -> list[Phrase]:
    """At the end: what is missing, before it is published."""
    if here.step.kind is not StepKind.CONFIRM:
        return []
    missing = moves.unanswered(here.exercise, here.run, len(here.members))
    if not missing:
        return [Phrase("sheet.complete")]
    return [Phrase("sheet.still_open", {"steps": [here.content(step.title) for step in missing]})]


def _who_sees(here: Desk, *, first: bool) -> Phrase | None:
    step = here.step
    if step.kind is StepKind.CONFIRM:
        return Phrase(f"sees.product.{here.exercise.product.visibility.value}")
    if step.kind is StepKind.READ:
        return None
    if step.anonymous:
        return Phrase("sees.anonymous")
    index = here.exercise.steps.index(step)
    before = here.exercise.steps[index - 1] if index else None
    if not first and before is not None and before.visibility is step.visibility and not before.anonymous:
        return None
    seen = max(step.visibility, here.exercise.product.visibility, key=list(Visibility).index)
    return Phrase(f"sees.{seen.value}")


def _how_to(here: Desk) -> Phrase | None:
    """What to do now, by kind of step and by who holds the pen."""
    step, entries = here.step, here.run.entries_of(here.step.id)
    if step.who is Who.SCRIBE and not here.actor.steers:
        return None
    match step.kind:
        case StepKind.TEXT if here.prefill:
            return Phrase("how.prefill")
        case StepKind.TEXT:
            return Phrase("how.text_again" if walk.standing(here.run, step, here.actor) else "how.text")
        case StepKind.LIST if step.maximum and len(entries) >= step.maximum:
            return Phrase("how.full")
        case StepKind.LIST if step.minimum > max(1, len(entries)):
            return Phrase("how.list_min", {"minimum": step.minimum})
        case StepKind.LIST:
            return Phrase("how.list")
        case StepKind.TABLE if step.maximum and len(entries) >= step.maximum:
            return Phrase("how.full")
        case StepKind.TABLE:
            return Phrase("how.table", {"column": here.content(step.columns[0].label)})
        case StepKind.CHOICE if not here.options:
            return Phrase("how.text")
        case StepKind.CHOICE if step.maximum > 1:
            return Phrase("how.choose_many", {"minimum": max(step.minimum, 1), "maximum": step.maximum})
        case StepKind.CHOICE:
            return Phrase("how.choose_or_write" if step.own_words else "how.choose")
        case StepKind.RATING:
            return Phrase("how.rate")
        case _:
            return None


def _pen_line(here: Desk) -> Phrase | None:
    if here.group is None:
        return None
    pen = here.group.pen
    if pen is None:
        return Phrase("pen.free")
    if pen == here.reader.number:
        if here.group.pen_asked is not None:
            return Phrase("pen.asked", {"name": here.name(here.group.pen_asked)})
        return Phrase("pen.mine" if here.step.id == here.exercise.steps[0].id else "pen.you")
    if here.step.who is Who.SCRIBE and not here.actor.leads:
        return Phrase("pen.writes", {"name": here.name(pen)})
    return Phrase("pen.held", {"name": here.name(pen)})


def _published(here: Desk) -> Screen:
    """The sheet of a run whose product is agreed."""
    rows: list[tuple[Choice, ...]] = [(button("label.read_it", to.ShowProduct(here.run.id, 0)),)]
    following = here.programme.following(here.exercise.id)
    after: Phrase | None = None
    if following is not None and following.grouping == here.exercise.grouping:
        opened = any(each.exercise == following.id and each.group == here.run.group for each in here.runs)
        ready = is_ready(here.programme, here.workshop, here.runs, following, here.run.group)
        if ready and not opened:
            action = to.OpenNext(here.workshop.id, here.run.group, following.id)
            rows.insert(0, (button("label.open", action, style="primary", id=following.id),))
            title = here.content(following.title)
            after = Phrase("sheet.next_exercise", {"id": following.id, "title": title, "minutes": following.minutes})
    text = lines(
        Phrase("sheet.published_heading", {"id": here.exercise.id, "title": here.content(here.exercise.title)}),
        Phrase(f"sheet.published.{here.exercise.product.visibility.value}"),
        after,
    )
    return Screen("lines", text, tuple(rows))
