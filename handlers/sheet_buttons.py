"""The buttons of a sheet: answers first, then moving on, then what is beside; [Back] [Skip] [Help] come last."""

from __future__ import annotations

from bot.core import walk
from bot.core.exercise import StepKind, Who
from bot.core.message import Choice, ContentText, Rows
from bot.core.run import answered, missing_columns, position
from bot.core.words import shortened
from handlers import callbacks as to
from handlers import item_taps, sheet_items, sheet_plan
from handlers.assess import own_sheet
from handlers.context import button
from handlers.desk import Desk
from handlers.steering import calls
from handlers.steering.on_behalf import stop_button


def rows(here: Desk) -> Rows:
    run, step = here.run, here.step
    may_answer = here.actor.steers or step.who is not Who.SCRIBE
    rows: list[tuple[Choice, ...]] = []
    if may_answer:
        rows += _answer_rows(here)
    if here.actor.steers:
        rows.append(forward(here))
    rows += sheet_plan.rows(here)
    aside: list[Choice] = sheet_items.picture_button(here)
    if step.example:
        aside.append(button("label.example", to.Show(run.id, "example", step.id)))
    if any(option.note for option in step.options):
        aside.append(button("label.explain", to.Show(run.id, "options", step.id)))
    if step.many and run.entries_of(step.id) and may_answer:
        aside.append(button("label.change_entry", to.ShowEntries(run.id, 0, step.id)))
    rows += [tuple(aside[at : at + 2]) for at in range(0, len(aside), 2)]
    if step.kind is StepKind.CONFIRM:
        rows.append((button("label.read_it", to.ShowProduct(run.id, 0)),))
    rows += _beside_pen(here)
    if here.actor.entered_by:
        rows.append((stop_button(here.workshop, here.actor.member),))
    rows += own_sheet.newer_rows(here)
    last = []
    if here.actor.steers:
        if position(here.exercise, step)[0] > 1:
            last.append(button("label.back", to.Back(run.id, step.id)))
        if step.kind is not StepKind.CONFIRM and not answered(run, step, len(here.members)):
            last.append(button("label.skip", to.Skip(run.id, step.id)))
    last.append(button("label.help", to.Show(run.id, "help", step.id)))
    return (*rows, tuple(last))


def _answer_rows(here: Desk) -> list[tuple[Choice, ...]]:
    run, step = here.run, here.step
    take_over: list[tuple[Choice, ...]] = []
    if here.prefill:
        take_over = [(button("label.take_over", to.TakePrefill(run.id, step.id), style="primary"),)]
        if not step.many:
            return take_over
    if step.items_from is not None or here.by_number:
        return sheet_items.rows(here)
    if here.offered:
        numbers = [
            Choice(str(at), to.pack(item_taps.TakeOffered(run.id, step.id, each)))
            for at, (each, _) in enumerate(here.offered, 1)
        ]
        return [tuple(numbers[at : at + sheet_items.PER_ROW]) for at in range(0, len(numbers), sheet_items.PER_ROW)]
    entry = walk.standing(run, step, here.actor) if not step.many else None
    version = entry.version if entry else 0
    if step.kind is StepKind.CHOICE:
        picks: tuple[str, ...] = entry.value if entry and isinstance(entry.value, tuple) else ()
        return _option_rows(here, picks, version)
    if step.kind is StepKind.RATING:
        numbers = [
            Choice(str(n).replace("-", "\u2212"), to.pack(to.Rate(run.id, version, step.id, str(n))))
            for n in range(step.minimum, step.maximum + 1)
        ]
        unsure = (button("label.dont_know", to.Rate(run.id, version, step.id, "")),) if step.dont_know else ()
        return [tuple(numbers), *([unsure] if unsure else [])]
    if step.kind is StepKind.TABLE:
        gap = next((each for each in run.entries_of(step.id) if missing_columns(step, each)), None)
        return [*take_over, *([(button("label.fill_gaps", to.FillIn(run.id, 0, step.id)),)] if gap else [])]
    return []


def _option_rows(here: Desk, picks: tuple[str, ...], version: int) -> list[tuple[Choice, ...]]:
    choices = []
    for index, (pick, label) in enumerate(here.options):
        sent = pick if pick == walk_pick(pick) else f"@{index}"
        action = to.Pick(here.run.id, version, here.step.id, sent)
        if pick in picks:
            shown = label if isinstance(label, ContentText) else shortened(label, 20)
            choices.append(button("label.chosen", action, label=shown))
        else:
            choices.append(Choice(label, to.pack(action)))
    short = all(len(label.text if isinstance(label, ContentText) else label) <= 16 for _, label in here.options)
    width = 2 if short else 1
    return [tuple(choices[at : at + width]) for at in range(0, len(choices), width)]


def walk_pick(pick: str) -> str:
    """A pick as a button can carry it: the group's own words are too long and go by their place ("")."""
    return "" if pick.startswith("~") else pick


def forward(here: Desk) -> tuple[Choice, ...]:
    """The button that moves the group on, or publishes."""
    run, step = here.run, here.step
    if step.kind is StepKind.CONFIRM:
        if run.published_at is not None:
            return ()
        label = "label.agree" if step.agrees_plan else "label.publish"
        if here.exercise.personal:
            label = "label.assess.finish"
        return (button(label, to.Publish(run.id, step.id), style="success"),)
    at, _ = position(here.exercise, step)
    following = here.exercise.steps[at]
    ready = step.optional or answered(run, step, len(here.members)) or step.id in run.skipped
    if step.kind is StepKind.PLAN:
        ready = sheet_plan.is_reached(here)
    ready = ready and (run.gate != step.id or here.actor.leads)
    return (
        button(
            "label.next",
            to.Next(run.id, step.id),
            style="primary" if ready else "",
            step=here.content(following.title),
        ),
    )


def _beside_pen(here: Desk) -> list[tuple[Choice, ...]]:
    """The pen, and in its row, where there is room, the way to a facilitator."""
    rows, call = _pen_rows(here), calls.buttons(here)
    if not call:
        return rows
    if rows and len(rows[-1]) == 1:
        return [*rows[:-1], (*rows[-1], *call)]
    return [*rows, tuple(call)]


def _pen_rows(here: Desk) -> list[tuple[Choice, ...]]:
    group, run = here.group, here.run
    if group is None or here.actor.leads or here.exercise.whole_room:
        return []
    if group.pen == here.reader.number:
        if group.pen_asked is None:
            return []
        return [
            (
                button("label.give_pen", to.GivePen(run.id, group.pen_asked)),
                button("label.keep_pen", to.GivePen(run.id, 0)),
            )
        ]
    if group.pen_asked == here.reader.number:
        return [(button("label.pen_waiting", to.AskPen(run.id)),)]
    return [(button("label.take_pen" if group.pen is None else "label.ask_pen", to.AskPen(run.id)),)]
