"""What stands in a tied group chat: the sheet as everybody may see it, edited in place, and what came of it.

No name, nothing that is somebody's own or anonymous, nothing that isn't shown by its step's rules: those steps are
answered in people's own chats, and the message here says so.
"""

from __future__ import annotations

from typing import Any

from bot.core import mirror as rules
from bot.core import timers
from bot.core.candidates import Around
from bot.core.exercise import Exercise, StepKind
from bot.core.message import Choice, Moment, Phrase, Rows, Screen
from bot.core.mirror import Mirror
from bot.core.product import product
from bot.core.product import row as product_row
from bot.core.run import Actor, Entry, Run, current
from bot.core.words import shortened
from bot.core.workshop import Member
from handlers import callbacks as to
from handlers import products, sheet, sheet_buttons
from handlers.context import Reader, lines
from handlers.desk import Desk
from handlers.steering.time import is_timed, on_sheet

NOBODY = 0  # the member in whose name the sheet in a chat is read: no member has that number
MOST_SHOWN = 15  # entries
ENTRY_SHOWN = 120  # characters of one
TAPS_THERE = (to.Next, to.Pick, to.Rate, to.TakePrefill, to.Publish)


async def run_of(reader: Reader, mirror: Mirror) -> Run | None:
    """What a tied group works on."""
    workshop = await reader.workshop(mirror.workshop_id)
    if workshop is None or workshop.programme not in reader.programmes:
        return None
    exercises = reader.programme(workshop).exercises.values()
    return rules.run_for(mirror, workshop, exercises, await reader.runs_of(workshop.id))


async def desk_in(reader: Reader, mirror: Mirror, run: Run) -> Desk | None:
    """A run as a chat has it in front of it: nobody's in particular."""
    workshop = await reader.workshop(mirror.workshop_id)
    formation = workshop.formations.get(mirror.grouping) if workshop else None
    exercise = reader.programme(workshop).exercises.get(run.exercise) if workshop else None
    if workshop is None or formation is None or exercise is None or run.group not in formation.groups:
        return None
    return Desk(
        workshop=workshop,
        programme=reader.programme(workshop),
        exercise=exercise,
        run=run,
        runs=await reader.runs_of(workshop.id),
        step=current(exercise, run),
        group=formation.groups[run.group],
        members=formation.members_of(run.group),
        reader=Member(number=NOBODY, name="", user_id=None, joined_at=workshop.created_at),
        actor=Actor(member=NOBODY, pen=True),
        plans=[],
        room=await reader.room(workshop.id),
        now=reader.present(),
    )


def _is_open(desk: Desk) -> bool:
    return rules.is_open(desk.programme, desk.exercise, desk.step)


def part_of(desk: Desk) -> str:
    """The part of the sheet on show: another one is a new message."""
    return sheet.PUBLISHED if desk.run.published_at is not None else desk.step.id


def screen(desk: Desk, link: str) -> Screen:
    """The sheet, or what came of it; `link` leads to the reader's own chat with the bot."""
    if desk.run.published_at is not None:
        return Screen("lines", lines(*_result(desk.around, desk.exercise, desk.run)), (_own_chat(link),))
    step = desk.step
    first = desk.exercise.steps[0].id == step.id
    about = {"text": desk.content(desk.exercise.about), "minutes": desk.exercise.minutes}
    text = lines(
        sheet.heading(desk),
        _time(desk),
        Phrase("sheet.about", about) if first else None,
        "",
        Phrase("sheet.prompt", {"text": desk.content(step.prompt)}),
        *(_answers(desk) if _is_open(desk) else []),
        "",
        _how(desk),
    )
    return Screen("lines", text, (*_rows(desk), _own_chat(link)))


def closing(desk: Desk, part: str) -> Phrase | None:
    """The line that stays of a step, where it may be looked at there."""
    step = desk.exercise.step(part)
    if step is None or not rules.is_open(desk.programme, desk.exercise, step):
        return None
    return sheet.closing(desk, part)


def _own_chat(link: str) -> tuple[Choice, ...]:
    return (Choice(Phrase("label.own_chat"), url=link),)


def _answers(desk: Desk) -> list[Any]:
    """What stands on the sheet, without who wrote it."""
    step, entries = desk.step, desk.run.entries_of(desk.step.id)
    if not step.many:
        found = [line for entry in entries for line in sheet.lines_of(desk, step, entry)]
        return [Phrase("sheet.answer", {"text": line}) for line in found]
    shown = entries[-MOST_SHOWN:]
    hidden = len(entries) - len(shown)
    numbered = [
        Phrase("sheet.entry", {"number": hidden + at, "text": shortened(_name(desk, entry), ENTRY_SHOWN)})
        for at, entry in enumerate(shown, 1)
    ]
    return [Phrase("sheet.hidden", {"count": hidden}), *numbered] if hidden else [*numbered]


def _name(desk: Desk, entry: Entry) -> str:
    """An entry in a line; of a table's row, what stands in its first column."""
    if desk.step.kind is StepKind.TABLE:
        return product_row(desk.domain, desk.step, entry).name
    return str(entry.value)


def _time(desk: Desk) -> Phrase | None:
    """Until when there is time: the instant alone, so that the clock costs no edits."""
    timer = desk.run.timer
    if timer is not None and timer.ends_at is not None and is_timed(desk.run) and not timers.is_over(timer, desk.now):
        return Phrase("mirror.until", {"at": Moment(timer.ends_at, "time")})
    return on_sheet(desk.run, desk.now)


def _how(desk: Desk) -> Phrase:
    step = desk.step
    if desk.run.closed_at is not None:
        return Phrase("mirror.closed")
    if not _is_open(desk):
        return Phrase("mirror.alone")
    match step.kind:
        case StepKind.READ | StepKind.CONFIRM:
            return Phrase("mirror.tap")
        case StepKind.LIST:
            return Phrase("mirror.reply_one")
        case StepKind.TABLE:
            return Phrase("mirror.reply_row", {"column": desk.content(step.columns[0].label)})
        case StepKind.RATING:
            return Phrase("mirror.tap")
        case StepKind.CHOICE if desk.options and not step.own_words:
            return Phrase("mirror.tap")
        case _:
            return Phrase("mirror.reply")


def _rows(desk: Desk) -> Rows:
    """Those buttons of a sheet that work in front of everybody. Who may tap them is asked when they are tapped."""
    if desk.run.closed_at is not None:
        return ()
    rows = sheet_buttons.rows(desk) if _is_open(desk) else (sheet_buttons.forward(desk),)
    kept = [tuple(each for each in row if isinstance(to.unpack(each.action), TAPS_THERE)) for row in rows]
    return tuple(row for row in kept if row)


def _result(around: Around, exercise: Exercise, run: Run) -> list[Any]:
    """What a group published, as far as it may stand here: one page, and the rest on people's own phones."""
    parts = product(around.programme.name, exercise, run, around).parts
    kept = [
        part
        for section, part in zip(exercise.product.sections, parts, strict=True)
        if rules.is_shown(around.programme, exercise, section.step)
    ]
    pages = products.pages_of(around, exercise, run, kept)
    more = len(pages) > 1 or len(kept) < len(parts)
    return [*pages[0], *(["", Phrase("mirror.more")] if more else [])]
