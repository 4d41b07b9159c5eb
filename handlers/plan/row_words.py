"""What words do while a question about an action is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core import amounts, plan_filling, planning
from bot.core.errors import Refusal
from bot.core.plan import (
    Action,
    Barrier,
    Communication,
    Field,
    Item,
    Kpi,
    Milestone,
    Resource,
)
from bot.core.plan_dialogue import PlanAsk
from bot.core.planning import checked
from handlers.context import Here, on_text
from handlers.days import dates, due_dates
from handlers.days import picks as due_picks
from handlers.plan import lines as plan_lines
from handlers.plan.desk import PlanDesk
from handlers.plan.options import Option, asks_for_day, asks_for_people, meant, options, who_is
from handlers.plan.row import choose, day_tapped, desk_of_question, moved, take, tapped
from handlers.plan.typed import joined_names, listed_names, move_of
from handlers.render import Renderer


@on_text(PlanAsk)
async def answered(here: Here, asked: PlanAsk, text: str) -> None:
    desk = await desk_of_question(here, asked)
    renderer = Renderer(here.turn.runner.catalogues, here.person.language)
    found = meant(await options(here.turn, desk, asked, here.person.language), text, renderer)
    action = desk.plan.action(asked.action)
    if action is None:
        await take(here, desk, asked, text)
    elif found is None and (move := move_of(asked, text, here.person.language)):
        await moved(here, desk, asked, move)
    elif asked.asks in ("name", "new_name") or (asks_for_people(asked) and found is None):
        await _named(here, desk, action, asked, text)
    elif asks_for_day(asked):
        await _day_typed(here, desk, asked, text, found)
    elif found is not None:
        await tapped(here, desk, asked, found.value)
    elif asked.part in ("kind", "frequency"):
        raise Refusal("input.choose")
    elif asked.item:
        await take(here, desk, asked, checked(text, asked.part))
    elif plan_filling.is_gate(asked):
        await _begun(here, desk, asked, _item(here, desk, asked, text))
    else:
        await take(here, desk, asked, text)
    here.acknowledge()


def _item(here: Here, desk: PlanDesk, asked: PlanAsk, text: str) -> Item:
    """An item from what was typed: its first part, and whatever else the words tell."""
    language = here.person.language
    match asked.field:
        case Field.MILESTONES:
            today = dates.today_in(here.turn.now, desk.workshop.zone)
            name, days = due_dates.milestone(text, language, today, country=desk.workshop.country)
            day = days[0] if len(days) == 1 and planning.in_reach(days[0]) else None
            return Milestone(name=checked(name or text, "name"), due_on=day)
        case Field.BARRIERS:
            who, how = amounts.barrier_line(text)
            return Barrier(who=checked(who, "who"), how=_maybe(how, "how"))
        case Field.COMMUNICATIONS:
            audience, message = amounts.audience_line(text)
            return Communication(audience=checked(audience, "audience"), message=_maybe(message, "message"))
        case Field.KPIS:
            given = plan_lines.measure(text, language)
            return Kpi(
                name=checked(given.name, "name"),
                baseline=_maybe(given.baseline, "baseline"),
                target=_maybe(given.target, "target"),
                unit=_maybe(given.unit, "unit"),
            )
        case _:
            return Resource(what=checked(text, "what"))


async def _begun(here: Here, desk: PlanDesk, asked: PlanAsk, item: Item) -> None:
    """Take an item in. A day that came with it and that something speaks against is asked about before it counts."""
    today = dates.today_in(here.turn.now, desk.workshop.zone)
    day = item.due_on if isinstance(item, Milestone) else None
    doubted = day is not None and desk.doubts(day, today, here.person.language, action=asked.action, part="due_on")
    if not isinstance(item, Milestone) or day is None or not doubted:
        await take(here, desk, asked, item)
        return
    await take(here, desk, asked, replace(item, due_on=None))
    following = here.person.dialogue
    if isinstance(following, PlanAsk) and following.part == "due_on":
        here.ask(replace(following, asks="day", near=(day.isoformat(),), on=today))


def _maybe(words: str, part: str) -> str:
    """A part that a line may have told."""
    return checked(words, part) if words else ""


async def _named(here: Here, desk: PlanDesk, action: Action, asked: PlanAsk, text: str) -> None:
    """Names that were typed: people who are known, one or several; one that isn't is asked about."""
    asked = replace(asked, asks="", name="")
    if party := who_is(desk, action, asked, text):
        await choose(here, desk, asked, [party])
        return
    names = joined_names(text, here.person.language)
    if not all(who_is(desk, action, asked, name) for name in names):
        names = listed_names(text)  # "and" may be within a name: Ministry of Works and Housing
    parties = {name: who_is(desk, action, asked, name) for name in names}
    known = [party for party in parties.values() if party]
    if known and asked.field not in planning.PEOPLE:
        raise Refusal("plan.one_person")
    new = ", ".join(name for name, party in parties.items() if not party) if known else text
    new = checked(new, "name") if new else ""
    if known:
        await choose(here, desk, asked, known)
    following = here.person.dialogue if known else asked
    if new and isinstance(following, PlanAsk):
        here.ask(replace(following, asks="new_name", name=new))


async def _day_typed(here: Here, desk: PlanDesk, asked: PlanAsk, text: str, found: Option | None) -> None:
    """A day that was typed is shown back in full before it is taken; words that are no day may be those of one that is
    offered: "until it's done"."""
    if found is not None and len(asked.near) > 1:  # "2" is the second of those that may have been meant
        await day_tapped(here, desk, asked, found.value)
        return
    today = dates.today_in(here.turn.now, desk.workshop.zone)
    language = here.person.language
    country = desk.workshop.country
    days = [day for day in due_dates.read_due(text, language, today, country=country) if planning.in_reach(day)]
    if asked.asks == "month" and text.strip().isdecimal():
        days = _of_month(due_picks.month_at(asked.page, today), int(text.strip()))
    if not days and found is not None:
        await day_tapped(here, desk, asked, found.value)
        return
    if not days:
        example = dates.without_weekday(due_picks.quick_picks(today, country)[0][1], language)
        raise Refusal("plan.no_day", example=example)
    near = tuple(day.isoformat() for day in days)
    here.ask(replace(asked, asks="day" if len(near) == 1 else "", near=near, on=today))


def _of_month(first: date, day: int) -> list[date]:
    try:
        return [first.replace(day=day)]
    except ValueError:
        return []
