"""What stands in the way of words for a sheet: somebody was quicker, or they are too long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core import changes, product
from bot.core.dialogue import Conflict, Person, TooLong
from bot.core.errors import Refusal
from bot.core.exercise import Step
from bot.core.message import Phrase, Screen
from bot.core.run import Overtaken, Value
from bot.core.words import clean, pieces
from handlers import callbacks as to
from handlers.context import Here, Reader, button, screen, tap
from handlers.desk import Desk, look, save, step_of

# Two people, one entry -------------------------------------------------------------------------------------------


def ask_which(here: Here, desk: Desk, step: Step, overtaken: Overtaken, entry: int = 0, column: str = "") -> None:
    """Somebody was quicker: show both, let one be chosen."""
    theirs = overtaken.theirs
    number = theirs.number if theirs else entry
    stored = desk.run.entries.get(number)
    if stored is None:
        raise Refusal("sheet.gone")
    here.ask(
        Conflict(
            run_id=desk.run.id,
            step=step.id,
            entry=number,
            version=stored.version,
            mine=overtaken.mine,
            column=column,
        )
    )


def _words(desk: Desk, step: Step, value: Value, column: str) -> object:
    if column and isinstance(value, Mapping):
        value = value.get(column, "")
    if column and isinstance(value, str | int):
        return product.cell(desk.domain, step, column, value)
    if isinstance(value, tuple):
        return [product.picked(desk.domain, step, desk.run, pick) for pick in value]
    return Phrase("rating.dont_know") if value is None else str(value)


@screen(Conflict)
async def conflict_screen(reader: Reader, person: Person, dialogue: Conflict) -> Screen | None:
    found = await look(reader, person, dialogue.run_id, dialogue.step)
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
    desk, step = await step_of(here, action.run, dialogue.step)
    stored = desk.run.entries.get(dialogue.entry)
    try:
        run = changes.settle(
            desk.run,
            step,
            desk.actor,
            dialogue.entry,
            dialogue.version,
            dialogue.mine,
            column=dialogue.column,
            now=here.turn.now,
        )
    except Overtaken as overtaken:  # a third one was quicker, or another answer stands by now: look again
        theirs = overtaken.theirs or stored
        if theirs is None:
            raise Refusal("sheet.gone") from None
        here.ask(replace(dialogue, entry=theirs.number, version=theirs.version))
        here.toast("sheet.overtaken")
        return
    save(here, desk, run)
    await here.done("conflict.mine")


# A text that doesn't fit -----------------------------------------------------------------------------------------


@screen(TooLong)
async def too_long_screen(reader: Reader, person: Person, dialogue: TooLong) -> Screen | None:
    found = await look(reader, person, dialogue.run_id, dialogue.step)
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
