"""What can be done on an action's card: how it stands, what the check found, undo, remove, put back."""

from __future__ import annotations

from bot.core import planning, reports
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Phrase, Screen
from bot.core.plan import ITEMS, Action, Progress
from bot.core.plan_check import find
from bot.core.plan_dialogue import ActionView
from bot.core.plan_filling import FIELDS
from bot.core.planning import Overtaken
from content.plan_words import plan_words
from handlers.context import Here, Reader, button, lines, screen, tap
from handlers.followup import standing
from handlers.followup.measuring import ask_measures
from handlers.plan import list_taps as to
from handlers.plan import merge_choice
from handlers.plan.card import card_screen, changed_day, heading, last_row, lines_of, progress_rows
from handlers.plan.card import reports as may_report
from handlers.plan.desk import PlanDesk, changeable, plan_desk_for, plan_desk_of, visible
from handlers.plan.history import history_screen
from handlers.plan.items import item_screen, items_screen
from handlers.plan.taking_over import owners_named
from handlers.plan.viewing import card_of, keep, led_to, look_at, planned

# Screens -----------------------------------------------------------------------------------------------------------


@screen(ActionView)
async def action_screen(reader: Reader, person: Person, dialogue: ActionView) -> Screen | None:
    desk = await plan_desk_for(reader, person, await reader.plan(dialogue.plan_id))
    versions = desk.plan.history.get(dialogue.action) if desk else None
    if desk is None or not versions:
        return None
    action = versions[-1]
    if action.removed:
        return _removed(desk, action, person, dialogue) if desk.actor.plans else None
    if not desk.actor.sees(desk.plan, action):
        return None
    may = desk.actor.changes(desk.plan, action)
    match dialogue.view:
        case "history" if desk.actor.hears(desk.plan, action):
            return history_screen(desk, action, person, dialogue)
        case "progress" if may_report(desk, action):
            return _progress(desk, action, person)
        case "fields" if may:
            return _fields(desk, action, person)
        case "items" if may:
            return items_screen(desk, action, person, dialogue)
        case "item" if may and (item := action.item(dialogue.field, dialogue.item)) is not None:
            return item_screen(desk, action, item, person, dialogue)
        case "item" if may:
            return items_screen(desk, action, person, dialogue)
        case "merge" if desk.actor.plans:
            return await merge_choice.candidates_screen(reader, person, desk, action, dialogue)
        case "which" if desk.actor.plans:
            return await merge_choice.which_screen(reader, person, desk, action, dialogue)
    return card_screen(desk, action, person, dialogue)


def _removed(desk: PlanDesk, action: Action, person: Person, dialogue: ActionView) -> Screen:
    by = {"name": desk.name(action.changed_by) or "–", "day": changed_day(desk, action, person.language)}
    text = {"number": action.number, "title": action.title, **by}
    back = button("label.put_back", to.ActionDo(desk.plan.id, action.number, action.version, "put_back"))
    key = "card.removed_own" if action.changed_by == desk.actor.party else "card.removed"
    return Screen(key, text, ((back,), last_row(desk, dialogue)))


def _progress(desk: PlanDesk, action: Action, person: Person) -> Screen:
    text = lines(*heading(desk, action, person)[:1], "", Phrase("card.how_is_it"))
    back = button("label.back", to.ShowAction(desk.plan.id, action.number, 0, "card"))
    return Screen("lines", text, (*progress_rows(desk, action, list(Progress)), (back,)))


def _fields(desk: PlanDesk, action: Action, person: Person) -> Screen:
    """All that can be changed; lists with something in them are opened, the rest is asked for."""
    plan, number = desk.plan.id, action.number
    choices: list[Choice] = []
    for field in FIELDS:
        opens = field in ITEMS and action.items(field)
        tap = to.ShowItems(plan, number, 0, field.value) if opens else to.AskField(plan, number, field.value)
        choices.append(button(f"plan.field.{field.value}", tap))
    rows = [tuple(choices[at : at + 2]) for at in range(0, len(choices), 2)]
    text = lines(*heading(desk, action, person)[:1], *lines_of(desk, action), "", Phrase("card.change_what"))
    return Screen("lines", text, (*rows, (button("label.back", to.ShowAction(plan, number, 0, "card")),)))


# Taps --------------------------------------------------------------------------------------------------------------


@tap(to.ShowAction)
async def show_action(here: Here, action: to.ShowAction) -> None:
    plan, number = action.plan, action.action
    match action.view:
        case "card":
            desk = await _looking(here, plan, number)
        case "fields":
            desk = (await changeable(here, plan, number))[0]
        case "progress":
            desk = (await _reported(here, plan, number))[0]
        case "merge":
            desk = (await planned(here, plan, number))[0]
        case _:
            raise Refusal("tap.old")
    led_to(here, card_of(here, desk, number, view=action.view, page=max(0, action.page)))


async def _looking(here: Here, plan_id: int, number: int) -> PlanDesk:
    """The plan of an action that somebody sees; its group and those who lead also see what was removed."""
    desk = await plan_desk_of(here, plan_id)
    if desk.actor.plans and number in desk.plan.history:
        return desk
    return (await visible(here, plan_id, number))[0]


async def _reported(here: Here, plan_id: int, number: int) -> tuple[PlanDesk, Action]:
    """The same for whoever may say how an action stands."""
    desk, found = await visible(here, plan_id, number)
    if not may_report(desk, found):
        raise Refusal("plan.not_yours")
    return desk, found


@tap(to.SetProgress)
async def set_progress(here: Here, action: to.SetProgress) -> None:
    desk, found = await _reported(here, action.plan, action.action)
    if action.now not in set(Progress) or action.was not in set(Progress):
        raise Refusal("tap.old")
    if found.progress.value != action.was:
        look_at(here, desk, found.number)
        here.toast("plan.overtaken")
        return
    progress, number = Progress(action.now), found.number
    if progress in standing.LINES:
        look_at(here, desk, number)
        here.change(laid_aside=here.person.dialogue)  # the card comes back after the line
        standing.ask_line(here, desk, found, progress.value)
        return
    plan = reports.report_progress(desk.plan, number, progress, by=desk.actor.party, now=here.turn.now)
    desk = keep(here, desk, plan)
    look_at(here, desk, number)
    if progress is Progress.DONE and found.kpis:
        here.change(laid_aside=here.person.dialogue)
        ask_measures(here, desk, found, [each.id for each in found.kpis])


@tap(to.CallFine)
async def call_fine(here: Here, action: to.CallFine) -> None:
    desk, found = await changeable(here, action.plan, action.action)
    if find(found, action.finding, desk.name, plan_words()) is None:
        look_at(here, desk, found.number)  # mended in between, or called fine already
        return
    plan = planning.settle(desk.plan, found.number, action.finding, by=desk.actor.party, now=here.turn.now)
    look_at(here, keep(here, desk, plan), found.number)


@tap(to.ActionDo)
async def action_do(here: Here, action: to.ActionDo) -> None:
    """Undo the last change, take the action out of the plan, or put it back."""
    match action.what:
        case "undo":
            desk, found = await changeable(here, action.plan, action.action)
        case "remove":
            desk, found = await planned(here, action.plan, action.action)
        case "put_back":
            await _put_back(here, action)
            return
        case _:
            raise Refusal("tap.old")
    rule = planning.undo if action.what == "undo" else planning.remove
    try:
        plan = rule(desk.plan, found.number, action.version, by=desk.actor.party, now=here.turn.now)
    except Overtaken:
        look_at(here, desk, found.number)
        here.toast("plan.overtaken")
        return
    after = keep(here, desk, plan)
    await owners_named(here.turn, desk, after, "undone")
    look_at(here, after, found.number)


async def _put_back(here: Here, action: to.ActionDo) -> None:
    desk = await plan_desk_of(here, action.plan)
    if not desk.actor.plans:
        raise Refusal("plan.not_yours")
    if desk.plan.action(action.action) is not None:
        raise Refusal("tap.nothing")
    plan = planning.put_back(desk.plan, action.action, by=desk.actor.party, now=here.turn.now)
    look_at(here, keep(here, desk, plan), action.action)
