"""What a sheet says below its question: who sees the answer, how to give it, who holds the pen."""

from __future__ import annotations

from bot.core import walk
from bot.core.candidates import next_group
from bot.core.exercise import Step, StepKind, Visibility, Who
from bot.core.message import Phrase
from bot.core.tally import SHOWN_FROM
from handlers.desk import Desk


def who_sees(here: Desk, *, first: bool) -> Phrase | None:
    step = here.step
    if step.kind is StepKind.CONFIRM:
        if step.agrees_plan:
            return Phrase("sees.agree")
        return Phrase(f"sees.product.{here.exercise.product.visibility.value}")
    if step.kind is StepKind.READ:
        return None
    if step.anonymous:
        return Phrase("sees.anonymous")
    if step.counted and here.exercise.personal and here.actor.entered_by is not None:
        return Phrase("sees.own_for", {"name": here.name(here.actor.member)})
    if step.counted and here.exercise.personal:
        return Phrase("sees.own", {"least": SHOWN_FROM})
    if step.counted:
        return Phrase("sees.counted", {"least": SHOWN_FROM})
    if step.read_next:
        return Phrase("sees.next", {"group": next_group(here.around, here.run.group)})
    if step.kind is StepKind.PLAN:
        return Phrase("plan.sees")
    asked = [each for each in here.exercise.steps[: here.exercise.steps.index(step)] if each.kind is not StepKind.READ]
    before = asked[-1] if asked else None
    if not first and before is not None and _sees_alike(before, step):
        return None
    if here.exercise.whole_room:
        return Phrase("sees.everyone")
    seen = max(step.visibility, here.exercise.product.visibility, key=list(Visibility).index)
    return Phrase(f"sees.{seen.value}")


def _sees_alike(before: Step, step: Step) -> bool:
    alike = before.visibility is step.visibility and before.read_next == step.read_next
    return alike and not before.anonymous and before.kind is not StepKind.PLAN


def how_to(here: Desk) -> Phrase | None:
    """What to do now, by kind of step and by who holds the pen."""
    step, entries = here.step, here.run.entries_of(here.step.id)
    if step.who is Who.SCRIBE and not here.actor.steers:
        return None
    match step.kind:
        case StepKind.PLAN:
            return Phrase("how.plan")
        case StepKind.TEXT if here.offered:
            return Phrase("how.offered")
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
        case StepKind.TABLE if here.prefill:
            return Phrase("how.prefill")
        case StepKind.TABLE:
            return Phrase("how.table", {"column": here.content(step.columns[0].label)})
        case StepKind.CHOICE if here.by_number:
            return _by_number(here)
        case StepKind.CHOICE if not here.options:
            return Phrase("how.text")
        case StepKind.CHOICE if step.maximum > 1:
            return Phrase("how.choose_many", {"minimum": max(step.minimum, 1), "maximum": step.maximum})
        case StepKind.CHOICE:
            return Phrase("how.choose_or_write" if step.own_words else "how.choose")
        case StepKind.RATING if step.items_from is None:
            return Phrase("how.rate")
        case _:
            return None


def _by_number(here: Desk) -> Phrase | None:
    most, offered = here.limited.maximum, len(here.options)
    if not offered:
        return None
    return Phrase("how.choose_any") if most >= offered else Phrase("how.choose_numbers", {"count": max(most, 1)})


def waits(here: Desk) -> Phrase | None:
    """At a gate: that the group is to wait there."""
    return Phrase("sheet.waits") if here.run.gate == here.step.id and not here.actor.leads else None


def pen_line(here: Desk) -> Phrase | None:
    if here.group is None:
        return None
    if here.exercise.whole_room:
        return None if here.actor.leads else Phrase("pen.room")
    pen = here.group.pen
    if pen == here.reader.number and here.group.pen_asked is None and waits(here) is not None:
        return None  # it moves nobody on now
    if pen is None:
        return Phrase("pen.free")
    if pen == here.reader.number:
        if here.group.pen_asked is not None:
            return Phrase("pen.asked", {"name": here.name(here.group.pen_asked)})
        return Phrase("pen.mine" if here.step.id == here.exercise.steps[0].id else "pen.you")
    if here.step.who is Who.SCRIBE and not here.actor.leads:
        return Phrase("pen.writes", {"name": here.name(pen)})
    return Phrase("pen.held", {"name": here.name(pen)})
