"""An action of the plan, filled in by conversation: what words and taps do; see `plan_filling` for the order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.core import amounts, handover, plan_filling, planning
from bot.core.errors import Refusal
from bot.core.message import Phrase
from bot.core.plan import (
    Action,
    ActionPlan,
    Barrier,
    Communication,
    Field,
    Frequency,
    Item,
    Kpi,
    Milestone,
    Party,
    Resource,
    ResourceKind,
    member_of,
    written,
)
from bot.core.plan_dialogue import PlanAsk, PlanConflict
from bot.core.planning import Overtaken, checked
from handlers.context import Here, button, on_text, tap
from handlers.days import dates, due_dates
from handlers.days import picks as due_picks
from handlers.plan import lines as plan_lines
from handlers.plan import lists as plan_lists
from handlers.plan import people as plan_people
from handlers.plan import why as plan_why
from handlers.plan.desk import PlanDesk, changeable, plan_desk_of
from handlers.plan.list_taps import ShowPlan
from handlers.plan.options import CHANNELS, Option, asks_for_day, asks_for_people, audiences, meant, options, who_is
from handlers.plan.taps import PlanAdd, PlanAnswer, PlanMove, PlanResume, PlanSettle
from handlers.plan.typed import joined_names, listed_names, move_of
from handlers.plan.viewing import look_at
from handlers.render import Renderer

# Beginning -------------------------------------------------------------------------------------------------------


def add(here: Here, desk: PlanDesk) -> None:
    """Ask for a new action's title. Refuses whoever may not add to the plan."""
    if not desk.actor.plans:
        raise Refusal("plan.not_yours")
    _put(here, desk, plan_filling.begin(desk.plan))


def ask(here: Here, desk: PlanDesk, number: int, field: Field, *, only: bool = False) -> None:
    """Ask for a field of an action."""
    _put(here, desk, plan_filling.ask(desk.plan, number, field, only=only))


def ask_part(
    here: Here, desk: PlanDesk, number: int, field: Field, item: int, part: str, *, within: bool = False
) -> None:
    """Ask for one part of an item, and nothing after it; `within` the item, whose screen is shown again then."""
    asked = plan_filling.ask_part(desk.plan, number, field, item, part, only=True)
    _put(here, desk, replace(asked, within=within))


def resume(here: Here, desk: PlanDesk, number: int) -> None:
    """Go on with an action where it was left."""
    _go(here, desk, number, plan_filling.resume(desk.plan, number))


def _put(here: Here, desk: PlanDesk, asked: PlanAsk) -> None:
    here.ask(replace(asked, on=dates.today_in(here.turn.now, desk.workshop.zone)))


def _go(here: Here, desk: PlanDesk, number: int, asked: PlanAsk | None) -> None:
    """Ask the next question; at the end, show what has become of the action."""
    if asked is not None:
        _put(here, desk, asked)
    else:
        plan_lists.show_action(here, desk, number)


@tap(PlanAdd)
async def plan_add(here: Here, action: PlanAdd) -> None:
    add(here, await plan_desk_of(here, action.plan))


@tap(PlanResume)
async def plan_resume(here: Here, action: PlanResume) -> None:
    desk, _ = await changeable(here, action.plan, action.action)
    resume(here, desk, action.action)


# What is open ----------------------------------------------------------------------------------------------------


async def _open(here: Here, asked: PlanAsk) -> PlanDesk:
    """The desk of the question on show. Refuses whoever may not answer it."""
    if asked.action:
        return (await changeable(here, asked.plan_id, asked.action))[0]
    desk = await plan_desk_of(here, asked.plan_id)
    if not desk.actor.plans:
        raise Refusal("plan.not_yours")
    return desk


def _on_show(here: Here, action: PlanAnswer | PlanMove) -> PlanAsk:
    """The question that a tap belongs to. Refuses a tap on an earlier one."""
    asked = here.person.dialogue
    mine = (action.plan, action.action, action.item, action.field, action.part)
    if not isinstance(asked, PlanAsk) or mine != (
        asked.plan_id,
        asked.action,
        asked.item,
        asked.field.value,
        asked.part,
    ):
        raise Refusal("tap.old")
    return asked


# Answers ---------------------------------------------------------------------------------------------------------


async def _take(here: Here, desk: PlanDesk, asked: PlanAsk, value: Any) -> None:
    """Take an answer in and go on; where somebody was quicker, ask which one stays."""
    try:
        plan, following = plan_filling.answer(desk.plan, asked, value, by=desk.actor.party, now=here.turn.now)
    except Overtaken as overtaken:
        _conflict(here, asked, overtaken)
        return
    await _kept(here, desk, asked, plan, following)


async def _kept(here: Here, desk: PlanDesk, asked: PlanAsk, plan: ActionPlan, following: PlanAsk | None) -> None:
    number = asked.action or plan.next_action - 1
    after = replace(desk, plan=plan)
    if plan is not desk.plan:
        here.turn.put(plan)
        await plan_people.named(here, desk, after)
    if following is None and plan_why.ask_reason(here, after, number, asked.field):
        return
    if following is None and asked.within:  # its other parts are there to go on with
        look_at(here, after, number, view="item", field=asked.field, item=asked.item)
        return
    _go(here, after, number, following)


def _conflict(here: Here, asked: PlanAsk, overtaken: Overtaken) -> None:
    here.ask(
        PlanConflict(
            plan_id=asked.plan_id,
            action=asked.action,
            field=asked.field,
            part=asked.part,
            item=asked.item,
            mine=written(overtaken.mine),
            only=asked.only,
        )
    )


async def _choose(here: Here, desk: PlanDesk, asked: PlanAsk, parties: list[Party], *, on: bool = True) -> None:
    """Name people, or take them out."""
    plan = desk.plan
    following: PlanAsk | None = asked
    try:
        for party in parties:
            plan, following = plan_filling.choose(plan, asked, party, on=on, by=desk.actor.party, now=here.turn.now)
    except Overtaken as overtaken:
        _conflict(here, asked, overtaken)
        return
    await _kept(here, desk, asked, plan, following)


async def party_given(here: Here, asked: PlanAsk, name: str, party: Party = "") -> None:
    """Somebody was named who isn't offered: a member by `party`, or by `name` somebody from outside."""
    desk = await _open(here, asked)
    if party:
        await _choose(here, desk, replace(asked, asks="", name=""), [party])
        return
    plan, contact = handover.add_contact(desk.plan, name, token=here.turn.runner.token(), named_by=desk.actor.party)
    here.turn.put(plan)
    await _choose(here, replace(desk, plan=plan), replace(asked, asks="", name=""), [contact])


# Words -----------------------------------------------------------------------------------------------------------


@on_text(PlanAsk)
async def answered(here: Here, asked: PlanAsk, text: str) -> None:
    desk = await _open(here, asked)
    renderer = Renderer(here.turn.runner.catalogues, here.person.language)
    found = meant(await options(here.turn, desk, asked, here.person.language), text, renderer)
    action = desk.plan.action(asked.action)
    if action is None:
        await _take(here, desk, asked, text)
    elif found is None and (move := move_of(asked, text, here.person.language)):
        await _moved(here, desk, asked, move)
    elif asked.asks in ("name", "new_name") or (asks_for_people(asked) and found is None):
        await _named(here, desk, action, asked, text)
    elif asks_for_day(asked):
        await _day_typed(here, desk, asked, text, found)
    elif found is not None:
        await _tapped(here, desk, asked, found.value)
    elif asked.part in ("kind", "frequency"):
        raise Refusal("input.choose")
    elif asked.item:
        await _take(here, desk, asked, checked(text, asked.part))
    elif plan_filling.is_gate(asked):
        await _begun(here, desk, asked, _item(here, desk, asked, text))
    else:
        await _take(here, desk, asked, text)
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
        await _take(here, desk, asked, item)
        return
    await _take(here, desk, asked, replace(item, due_on=None))
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
        await _choose(here, desk, asked, [party])
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
        await _choose(here, desk, asked, known)
    following = here.person.dialogue if known else asked
    if new and isinstance(following, PlanAsk):
        here.ask(replace(following, asks="new_name", name=new))


async def _day_typed(here: Here, desk: PlanDesk, asked: PlanAsk, text: str, found: Option | None) -> None:
    """A day that was typed is shown back in full before it is taken; words that are no day may be those of one that is
    offered: "until it's done"."""
    if found is not None and len(asked.near) > 1:  # "2" is the second of those that may have been meant
        await _day_tapped(here, desk, asked, found.value)
        return
    today = dates.today_in(here.turn.now, desk.workshop.zone)
    language = here.person.language
    country = desk.workshop.country
    days = [day for day in due_dates.read_due(text, language, today, country=country) if planning.in_reach(day)]
    if asked.asks == "month" and text.strip().isdecimal():
        days = _of_month(due_picks.month_at(asked.page, today), int(text.strip()))
    if not days and found is not None:
        await _day_tapped(here, desk, asked, found.value)
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


# Taps ------------------------------------------------------------------------------------------------------------


@tap(PlanAnswer)
async def plan_answer(here: Here, action: PlanAnswer) -> None:
    asked = _on_show(here, action)
    await _tapped(here, await _open(here, asked), asked, action.value)


async def _tapped(here: Here, desk: PlanDesk, asked: PlanAsk, value: str) -> None:
    action = planning.standing(desk.plan, asked.action)
    if asks_for_people(asked):
        await _person_tapped(here, desk, asked, value)
    elif asks_for_day(asked):
        await _day_tapped(here, desk, asked, value)
    elif asked.part == "kind":
        await _take(here, desk, asked, _one_of(ResourceKind, value))
    elif asked.part == "frequency":
        await _take(here, desk, asked, _one_of(Frequency, value))
    elif asked.part == "channel" and value in CHANNELS:
        await _take(here, desk, asked, _own_words(here, f"plan.channel.{value}"))
    elif asked.part == "baseline" and value == "?":
        await _take(here, desk, asked, _own_words(here, "plan.measured_later"))
    elif asked.field is Field.COMMUNICATIONS and not asked.item and value[:1] == "@":
        names = await audiences(here.turn, desk, action)
        at = int(value[1:]) if value[1:].isdecimal() else len(names)
        if at >= len(names):
            raise Refusal("tap.old")
        await _take(here, desk, asked, Communication(audience=checked(names[at][:80], "audience")))
    else:
        raise Refusal("tap.old")


def _own_words(here: Here, key: str) -> str:
    """A choice that is kept as words, in its chooser's language."""
    return Renderer(here.turn.runner.catalogues, here.person.language).plain(Phrase(key))


def _one_of(kind: Any, value: str) -> Any:
    if value not in {each.value for each in kind}:
        raise Refusal("tap.old")
    return kind(value)


async def _person_tapped(here: Here, desk: PlanDesk, asked: PlanAsk, value: str) -> None:
    several = asked.field in planning.PEOPLE
    on, party = (value[:1] != "-", value[1:]) if several else (True, value)
    if not _is_known(desk, party) or (several and value[:1] not in "+-"):
        raise Refusal("tap.old")
    await _choose(here, desk, asked, [party], on=on)


def _is_known(desk: PlanDesk, party: Party) -> bool:
    number = member_of(party)
    if number is not None:
        return any(each.number == number for each in desk.workshop.active())
    return desk.plan.contact(party) is not None


async def _day_tapped(here: Here, desk: PlanDesk, asked: PlanAsk, value: str) -> None:
    """A day that was picked is only asked about where something speaks against it."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise Refusal("tap.old") from None
    if not planning.in_reach(day):
        raise Refusal("tap.old")
    today = dates.today_in(here.turn.now, desk.workshop.zone)
    if desk.doubts(day, today, here.person.language, action=asked.action, part=asked.part):
        here.ask(replace(asked, asks="day", near=(value,), on=today))
        return
    await _take(here, desk, asked, day)


@tap(PlanMove)
async def plan_move(here: Here, action: PlanMove) -> None:
    asked = _on_show(here, action)
    await _moved(here, await _open(here, asked), asked, action.do, action.at)


async def _moved(here: Here, desk: PlanDesk, asked: PlanAsk, do: str, at: int = 0) -> None:
    """What is done about a question other than answering it; see `PlanMove`."""
    match do:
        case "next":
            await _onward(here, desk, asked)
        case "back":
            _put(here, desk, plan_filling.back(desk.plan, asked))
        case "save":
            await _save(here, desk, asked)
        case "name" if asks_for_people(asked):
            here.ask(replace(asked, asks="name", name=""))
        case "contacts" if asks_for_people(asked):
            await plan_people.offer_picker(here)
        case "ok" if asked.asks == "new_name":
            await party_given(here, asked, asked.name)
        case "day_ok" if asked.asks == "day" and asked.near:
            await _take(here, desk, asked, date.fromisoformat(asked.near[0]))
        case "days":
            here.ask(replace(asked, asks="", near=(), name="", page=0))
        case "month" if asks_for_day(asked):
            today = dates.today_in(here.turn.now, desk.workshop.zone)
            here.ask(replace(asked, asks="month", near=(), page=at, on=today))
        case "page":
            here.ask(replace(asked, page=max(0, at)))
        case _:
            raise Refusal("tap.old")


async def _onward(here: Here, desk: PlanDesk, asked: PlanAsk) -> None:
    plan, following = plan_filling.onward(desk.plan, asked, by=desk.actor.party, now=here.turn.now)
    if plan is not desk.plan:
        here.turn.put(plan)
    _go(here, replace(desk, plan=plan), asked.action, following)


async def _save(here: Here, desk: PlanDesk, asked: PlanAsk) -> None:
    action = desk.plan.action(asked.action)
    if action is None:
        await here.done("plan.saved_nothing")
    else:
        rows = ((button("label.draft.open", ShowPlan(desk.workshop.id, desk.plan.id, 0, "list", "")),),)
        await here.done("plan.saved", rows, title=action.title)


# Two people at once ----------------------------------------------------------------------------------------------


@tap(PlanSettle)
async def plan_settle(here: Here, action: PlanSettle) -> None:
    dialogue = here.person.dialogue
    if not isinstance(dialogue, PlanConflict) or (dialogue.plan_id, dialogue.action) != (action.plan, action.action):
        raise Refusal("tap.old")
    desk, _ = await changeable(here, action.plan, action.action)
    asked = PlanAsk(
        plan_id=dialogue.plan_id,
        action=dialogue.action,
        field=dialogue.field,
        part=dialogue.part,
        item=dialogue.item,
        only=dialogue.only,
    )
    if not action.mine:
        await _onward(here, desk, asked)
        return
    value = plan_filling.read_back(dialogue.field, dialogue.part, dialogue.mine)
    plan, following = plan_filling.use_mine(desk.plan, asked, value, by=desk.actor.party, now=here.turn.now)
    await _kept(here, desk, asked, plan, following)
