"""How the questions about an action look."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.core.dialogue import Person
from bot.core.message import Choice, Phrase, Rows, Screen
from bot.core.plan import Action, Field, Frequency, Item
from bot.core.plan_check import means_everyone
from bot.core.plan_dialogue import PlanAsk, PlanConflict
from bot.core.plan_filling import PARTS, is_gate, position, read_back
from bot.core.planning import is_open
from bot.core.words import shortened
from content.plan_words import plan_words
from handlers.callbacks import pack
from handlers.context import Reader, button, lines, page_of, screen
from handlers.days import picks as due_picks
from handlers.plan.desk import PlanDesk, plan_desk_for
from handlers.plan.options import Option, asks_for_day, asks_for_people, options
from handlers.plan.taps import PlanAnswer, PlanMove, PlanSettle
from handlers.plan.words import item_words, value_words
from handlers.texts.plan import TEXTS

TITLE_SHOWN = 32  # characters of an action's title above a question
ITEMS_SHOWN = 5
PAGE = 18  # people at a time


def item_name(item: Item, field: Field) -> str:
    """What an item goes by: its first part."""
    return str(getattr(item, PARTS[field][0]))


def move(asked: PlanAsk, do: str, at: int = 0) -> PlanMove:
    return PlanMove(asked.plan_id, asked.action, asked.item, asked.field.value, asked.part, at, do)


def give(asked: PlanAsk, value: str) -> PlanAnswer:
    return PlanAnswer(asked.plan_id, asked.action, asked.item, asked.field.value, asked.part, value)


@screen(PlanAsk)
async def plan_ask_screen(reader: Reader, person: Person, asked: PlanAsk) -> Screen | None:
    desk = await plan_desk_for(reader, person, await reader.plan(asked.plan_id))
    action = desk.plan.action(asked.action) if desk and asked.action else None
    if desk is None or (asked.action and action is None):
        return None
    if not (desk.actor.plans if action is None else desk.actor.changes(desk.plan, action)):
        return None
    if asked.asks == "name":
        text = lines(_heading(asked, action), "", _bold(Phrase("plan.who")))
        contacts = (button("label.plan.contacts", move(asked, "contacts")),)
        return _screen(asked, action, text, (contacts, (button("label.back", move(asked, "days")),)))
    if asked.asks == "new_name":
        return _new_name_screen(desk, asked, action)
    if asked.asks == "day":
        return _day_check(desk, asked, action, person.language)
    if asked.asks == "month":
        return _calendar(desk, person, asked, action)
    found = await options(reader, desk, asked, person.language)
    return _screen(asked, action, _text(desk, asked, action), _rows(asked, action, found))


def _new_name_screen(desk: PlanDesk, asked: PlanAsk, action: Action | None) -> Screen:
    """Whether somebody from outside is meant; for a name that is nobody in particular, who it is instead."""
    another = button("label.plan.another", move(asked, "name"))
    if means_everyone(asked.name, plan_words()):
        text = lines(_heading(asked, action), "", Phrase("plan.vague_name", {"name": asked.name}))
        return _screen(asked, action, text, ((another, button("label.plan.keep_vague", move(asked, "ok"))),))
    text = lines(_heading(asked, action), "", _new_name(desk, asked))
    return _screen(asked, action, text, ((button("label.plan.ok", move(asked, "ok"), style="primary"), another),))


def _screen(asked: PlanAsk, action: Action | None, text: dict[str, Any], rows: Rows) -> Screen:
    return Screen("lines", text, rows, closing=_closing(asked))


def _closing(asked: PlanAsk) -> Phrase:
    """What stays of a question above its answer; the next one has the action's title still."""
    field = Phrase(f"plan.field.{asked.field.value}")
    if asked.only:
        return field
    at, of = position(asked.field)
    return Phrase("plan.closing", {"at": at, "of": of, "field": field})


# The text --------------------------------------------------------------------------------------------------------


def _heading(asked: PlanAsk, action: Action | None) -> Phrase:
    at, of = position(asked.field)
    field = Phrase(f"plan.field.{asked.field.value}")
    if action is None:
        return Phrase("plan.new", {"at": at, "of": of, "field": field})
    title = shortened(action.title, TITLE_SHOWN)
    if asked.only:
        return Phrase("plan.one", {"title": title, "field": field})
    return Phrase("plan.row", {"title": title, "at": at, "of": of, "field": field})


def _bold(text: Any) -> Phrase:
    return Phrase("sheet.prompt", {"text": text})


def _text(desk: PlanDesk, asked: PlanAsk, action: Action | None) -> dict[str, Any]:
    gate = is_gate(asked)
    items = action.items(asked.field) if action and gate else ()
    begun = bool(items)
    return lines(
        _heading(asked, action),
        Phrase("plan.by_day", {"day": action.due_on})
        if action and action.due_on and asked.field is Field.MILESTONES and not asked.item and not begun
        else None,
        *(_there(desk, asked, items)),
        "",
        _bold(Phrase("plan.one_more" if asked.only else "plan.again") if begun else _prompt(asked, action)),
        _example(asked) if not begun else None,
        _now(desk, asked, action),
        "" if action is None else None,
        _who_sees(desk) if action is None else None,
    )


def _who_sees(desk: PlanDesk) -> Phrase:
    return Phrase("plan.sees") if desk.actor.group else Phrase("plan.sees_group", {"group": desk.plan.group})


def _new_name(desk: PlanDesk, asked: PlanAsk) -> Phrase:
    """What becomes of somebody who isn't in the workshop."""
    if desk.reporter == desk.actor.party:
        return Phrase("plan.new_name_you", {"name": asked.name})
    return Phrase("plan.new_name", {"name": asked.name, "reporter": desk.name(desk.reporter)})


def _there(desk: PlanDesk, asked: PlanAsk, items: tuple[Item, ...]) -> list[Phrase]:
    shown = items[-ITEMS_SHOWN:]
    first = len(items) - len(shown) + 1
    return [
        Phrase("plan.there", {"number": number, "text": item_words(desk, item)})
        for number, item in enumerate(shown, first)
    ]


def _prompt(asked: PlanAsk, action: Action | None) -> Phrase:
    if len(asked.near) > 1:
        return Phrase("plan.which_day")
    if not asked.item:
        return Phrase(f"plan.ask.{asked.field.value}")
    item = action.item(asked.field, asked.item) if action else None
    key = f"plan.ask.{asked.field.value}.{asked.part}"
    if asked.part == "until" and getattr(item, "frequency", None) is Frequency.ONCE:
        key += "_once"
    return Phrase(key, {"name": shortened(item_name(item, asked.field), TITLE_SHOWN) if item else ""})


def _example(asked: PlanAsk) -> Phrase | None:
    key = f"plan.example.{asked.field.value}" + (f".{asked.part}" if asked.part else "")
    return Phrase("plan.for_example", {"text": Phrase(key)}) if key in TEXTS else None


def _now(desk: PlanDesk, asked: PlanAsk, action: Action | None) -> Phrase | None:
    """What stands there already, where one thing is asked for and no button shows it."""
    if action is None or is_gate(asked) or asks_for_people(asked):
        return None
    item = action.item(asked.field, asked.item) if asked.item else None
    value = getattr(item, asked.part) if item is not None else action.get(asked.field)
    return Phrase("plan.now", {"text": value_words(desk, value)}) if value not in ("", None, ()) else None


# The buttons -----------------------------------------------------------------------------------------------------


def _rows(asked: PlanAsk, action: Action | None, found: list[Option]) -> Rows:
    rows: list[tuple[Choice, ...]] = []
    if action is None:
        return ((button("label.cancel", move(asked, "save")),),)
    shown, page, pages = page_of(found, asked.page, PAGE)
    choices = [_choice(asked, option) for option in shown]
    across = 3 if asks_for_people(asked) and len(choices) > 6 else 2
    rows += [tuple(choices[at : at + across]) for at in range(0, len(choices), across)]
    if pages > 1:
        rows.append(
            tuple(
                button(label, move(asked, "page", to))
                for label, to in (("label.earlier", page - 1), ("label.more", page + 1))
                if 0 <= to < pages
            )
        )
    if asks_for_people(asked):
        rows.append((button("label.plan.someone", move(asked, "name")),))
    elif asks_for_day(asked):
        rows.append((button("label.plan.pick_day", move(asked, "month")),))
    elif asked.part == "baseline":
        rows.append((button("label.plan.not_measured", give(asked, "?")),))
    return (*rows, *_last_rows(asked, action))


def _choice(asked: PlanAsk, option: Option) -> Choice:
    label = Phrase("label.chosen", {"label": option.label}) if option.chosen else option.label
    return Choice(label, pack(give(asked, option.value)))


def _last_rows(asked: PlanAsk, action: Action) -> Rows:
    """[Next] where something stands there, else [Skip]; [Back] and [Save for later]."""
    item = action.item(asked.field, asked.item) if asked.item else None
    empty = getattr(item, asked.part) in ("", None) if item is not None else is_open(action, asked.field)
    if asked.only and not (asked.adding and asked.item):
        return ((button("label.plan.done", move(asked, "next"), style="" if empty else "primary"),),)
    if asked.only:
        onward = button("label.skip" if empty else "label.plan.next", move(asked, "next"))
        return ((button("label.back", move(asked, "back")), onward),)
    last = (button("label.back", move(asked, "back")), button("label.plan.save", move(asked, "save")))
    if not empty:
        return ((button("label.plan.next", move(asked, "next"), style="primary"),), last)
    label = "label.plan.nothing" if is_gate(asked) else "label.skip"
    label = "label.plan.nobody" if asked.field is Field.SUPPORTERS else label
    return ((last[0], button(label, move(asked, "next")), last[1]),)


# Days ------------------------------------------------------------------------------------------------------------


def _day_check(desk: PlanDesk, asked: PlanAsk, action: Action | None, language: str) -> Screen:
    day = date.fromisoformat(asked.near[0])
    doubts = desk.doubts(day, asked.on or day, language, action=asked.action, part=asked.part)
    text = lines(_heading(asked, action), "", _bold(Phrase("plan.is_day", {"day": day})), *doubts)
    right = button("label.right", move(asked, "day_ok"), style="primary")
    return _screen(asked, action, text, ((right, button("label.change", move(asked, "days"))),))


def _calendar(desk: PlanDesk, person: Person, asked: PlanAsk, action: Action | None) -> Screen:
    today = asked.on or desk.last_day
    first = due_picks.month_at(asked.page, today)
    text = lines(
        _heading(asked, action), "", _bold(_prompt(asked, action)), due_picks.month_name(first, person.language)
    )
    rows = due_picks.month_rows(
        first,
        pick=lambda day: give(asked, day.isoformat()),
        turn=lambda month: move(asked, "month", due_picks.month_page(month)),
        today=today,
        country=desk.workshop.country,
        language=person.language,
    )
    return _screen(asked, action, text, (*rows, (button("label.back", move(asked, "days")),)))


# Two people at once ----------------------------------------------------------------------------------------------


@screen(PlanConflict)
async def plan_conflict_screen(reader: Reader, person: Person, dialogue: PlanConflict) -> Screen | None:
    desk = await plan_desk_for(reader, person, await reader.plan(dialogue.plan_id))
    action = desk.plan.action(dialogue.action) if desk else None
    if desk is None or action is None or not desk.actor.changes(desk.plan, action):
        return None
    mine = _said(desk, dialogue, read_back(dialogue.field, dialogue.part, dialogue.mine))
    item = action.item(dialogue.field, dialogue.item) if dialogue.item else None
    gone = bool(dialogue.item) and item is None
    theirs = getattr(item, dialogue.part) if item is not None else action.get(dialogue.field) if not gone else None
    labels = ("label.plan.leave_it", "label.plan.add_again") if gone else ("label.keep_theirs", "label.use_mine")
    rows = tuple(
        (button(label, PlanSettle(dialogue.plan_id, dialogue.action, use)),) for use, label in enumerate(labels)
    )
    if gone:
        return Screen("plan.conflict_gone", {"mine": mine}, rows)
    if theirs in ("", None, ()):
        return Screen("plan.conflict_empty", {"mine": mine}, rows)
    return Screen("plan.conflict", {"mine": mine, "theirs": _said(desk, dialogue, theirs)}, rows)


def _said(desk: PlanDesk, dialogue: PlanConflict, value: Any) -> Any:
    """What one of the two said: a person by name."""
    names_somebody = dialogue.field is Field.OWNER or dialogue.part == "sender"
    return desk.name(str(value)) if names_somebody else value_words(desk, value)
