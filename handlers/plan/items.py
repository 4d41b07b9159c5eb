"""The lists of an action (milestones, resources, barriers, audiences, measures): looked at, added to, changed."""

from __future__ import annotations

from typing import Any

from bot.core import planning, reports
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Phrase, Screen
from bot.core.plan import ITEMS, Action, Communication, Field, Item, Kpi
from bot.core.plan_dialogue import ActionView
from bot.core.plan_filling import PARTS
from handlers.callbacks import Close, pack
from handlers.context import Here, button, lines, tap
from handlers.plan import list_taps as to
from handlers.plan import row as plan_row
from handlers.plan.card import brief, fitting, heading
from handlers.plan.course import chart_lines
from handlers.plan.desk import PlanDesk, changeable
from handlers.plan.history import told_lines
from handlers.plan.report_taps import ShowChart, ShowHistory
from handlers.plan.viewing import keep, look_at
from handlers.plan.words import item_words, value_words

PER_ROW = 6  # numbers of items side by side


def field_of(name: str) -> Field:
    """A field by its name on a button. Refuses what is none."""
    if name not in {each.value for each in Field}:
        raise Refusal("tap.old")
    return Field(name)


# How they look -----------------------------------------------------------------------------------------------------


def items_screen(desk: PlanDesk, action: Action, person: Person, dialogue: ActionView) -> Screen:
    """All items of a list, as far as they fit, with a number to tap for each."""
    items, field = action.items(dialogue.field), dialogue.field
    plan, number = desk.plan.id, action.number
    listed = fitting(
        lambda longest: [
            Phrase("sheet.entry", {"number": at, "text": item_words(desk, brief(item, longest))})
            for at, item in enumerate(items, 1)
        ]
    )
    text = lines(
        *heading(desk, action, person)[:1],
        Phrase("card.list", {"field": Phrase(f"plan.field.{field.value}")}),
        "",
        *(listed or [Phrase("plans.nothing_here")]),
    )
    numbers = [
        Choice(str(at), pack(to.ShowItems(plan, number, item.id, field.value))) for at, item in enumerate(items, 1)
    ]
    rows = [tuple(numbers[at : at + PER_ROW]) for at in range(0, len(numbers), PER_ROW)]
    rows.append((button("label.plan.add_one", to.AskField(plan, number, field.value)),))
    back = button("label.back", to.ShowAction(plan, number, 0, "fields"))
    return Screen("lines", text, (*rows, (back, button("label.close", Close()))))


def item_screen(desk: PlanDesk, action: Action, item: Item, person: Person, dialogue: ActionView) -> Screen:
    """One item, part by part."""
    field, plan, number = dialogue.field, desk.plan.id, action.number
    parts = PARTS[field]
    shown = [
        Phrase("card.part", {"part": Phrase(f"part.{part}"), "text": _value(desk, part, getattr(item, part))})
        for part in parts
    ]
    more: list[Any] = []
    look: list[Choice] = []
    match item:
        case Communication():
            more = told_lines(desk, action, item, person.language)
            if reports.told_log(desk.plan, number, item.id):
                look.append(button("label.plan.history", ShowHistory(plan, number, 0)))
        case Kpi():
            more = chart_lines(desk, action, item, person.language)
            if more:
                look.append(button("label.chart", ShowChart(plan, number, item.id)))
    text = lines(*heading(desk, action, person)[:1], "", *shown, *more)
    choices = [button(f"part.{part}", to.AskPart(plan, number, item.id, field.value, part)) for part in parts]
    rows = [tuple(choices[at : at + 2]) for at in range(0, len(choices), 2)]
    rows.append((*look, button("label.remove", to.DropItem(plan, number, item.id, action.version, field.value))))
    back = button("label.back", to.ShowItems(plan, number, 0, field.value))
    return Screen("lines", text, (*rows, (back, button("label.close", Close()))))


def _value(desk: PlanDesk, part: str, value: Any) -> Any:
    if value in ("", None):
        return "–"
    return desk.name(value) if part == "sender" else value_words(desk, value)


# What taps do ------------------------------------------------------------------------------------------------------


@tap(to.ShowItems)
async def show_items(here: Here, action: to.ShowItems) -> None:
    desk, found = await changeable(here, action.plan, action.action)
    field = field_of(action.field)
    if field not in ITEMS:
        raise Refusal("tap.old")
    if action.item and found.item(field, action.item) is None:
        raise Refusal("tap.nothing")
    view = "item" if action.item else "items"
    look_at(here, desk, found.number, view=view, field=field, item=action.item)


@tap(to.AskField)
async def ask_field(here: Here, action: to.AskField) -> None:
    desk, found = await changeable(here, action.plan, action.action)
    field = field_of(action.field)
    if field is Field.PROGRESS:
        raise Refusal("tap.old")
    plan_row.ask(here, desk, found.number, field, only=True)


@tap(to.AskPart)
async def ask_part(here: Here, action: to.AskPart) -> None:
    desk, found = await changeable(here, action.plan, action.action)
    field = field_of(action.field)
    if found.item(field, action.item) is None:
        raise Refusal("tap.nothing")
    if action.part not in PARTS[field]:
        raise Refusal("tap.old")
    before = here.person.dialogue
    within = isinstance(before, ActionView) and before.view == "item" and before.item == action.item
    plan_row.ask_part(here, desk, found.number, field, action.item, action.part, within=within)


@tap(to.DropItem)
async def drop_item(here: Here, action: to.DropItem) -> None:
    desk, found = await changeable(here, action.plan, action.action)
    field = field_of(action.field)
    there = found.item(field, action.item)
    if there is None:
        raise Refusal("tap.nothing")
    seen = desk.plan.version(found.number, action.version)
    was = seen.item(field, action.item) if seen else None
    if was != there:
        look_at(here, desk, found.number, view="item", field=field, item=action.item)
        here.toast("plan.overtaken")
        return
    plan = planning.drop_item(desk.plan, found.number, field, there, by=desk.actor.party, now=here.turn.now)
    keep(here, desk, plan)
    look_at(here, desk, found.number, view="items", field=field)
    here.toast("card.item_gone")
