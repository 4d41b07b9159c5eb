"""An action of the plan, filled in by conversation: what words and taps do; see `plan_filling` for the order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.core import handover, plan_filling, planning
from bot.core.errors import Refusal
from bot.core.message import Phrase
from bot.core.plan import (
    ActionPlan,
    Communication,
    Field,
    Frequency,
    Party,
    ResourceKind,
    member_of,
    written,
)
from bot.core.plan_dialogue import PlanAsk, PlanConflict
from bot.core.planning import Overtaken, checked
from handlers.context import Here, button, tap
from handlers.days import dates
from handlers.followup import wishes
from handlers.plan import lists as plan_lists
from handlers.plan import people as plan_people
from handlers.plan import taking_over
from handlers.plan import why as plan_why
from handlers.plan.desk import PlanDesk, changeable, plan_desk_of
from handlers.plan.list_taps import ShowPlan
from handlers.plan.options import CHANNELS, asks_for_day, asks_for_people, audiences
from handlers.plan.taps import PlanAdd, PlanAnswer, PlanMove, PlanResume, PlanSettle
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


async def desk_of_question(here: Here, asked: PlanAsk) -> PlanDesk:
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


async def take(here: Here, desk: PlanDesk, asked: PlanAsk, value: Any) -> None:
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
        await taking_over.owners_named(here.turn, desk, after)
        await wishes.seen_to(here, desk, after, number)
        if asked.fire:
            await wishes.came_of_it(here, asked)
    if following is None and plan_why.ask_reason(here, after, number, asked.field, aside=bool(asked.fire)):
        return
    if following is None and asked.fire:
        here.ask(None)
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


async def choose(here: Here, desk: PlanDesk, asked: PlanAsk, parties: list[Party], *, on: bool = True) -> None:
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
    desk = await desk_of_question(here, asked)
    if party:
        await choose(here, desk, replace(asked, asks="", name=""), [party])
        return
    plan, contact = handover.add_contact(desk.plan, name, token=here.turn.runner.token(), named_by=desk.actor.party)
    here.turn.put(plan)
    await choose(here, replace(desk, plan=plan), replace(asked, asks="", name=""), [contact])


# Taps ------------------------------------------------------------------------------------------------------------


@tap(PlanAnswer)
async def plan_answer(here: Here, action: PlanAnswer) -> None:
    asked = _on_show(here, action)
    await tapped(here, await desk_of_question(here, asked), asked, action.value)


async def tapped(here: Here, desk: PlanDesk, asked: PlanAsk, value: str) -> None:
    action = planning.standing(desk.plan, asked.action)
    if asks_for_people(asked):
        await _person_tapped(here, desk, asked, value)
    elif asks_for_day(asked):
        await day_tapped(here, desk, asked, value)
    elif asked.part == "kind":
        await take(here, desk, asked, _one_of(ResourceKind, value))
    elif asked.part == "frequency":
        await take(here, desk, asked, _one_of(Frequency, value))
    elif asked.part == "channel" and value in CHANNELS:
        await take(here, desk, asked, _own_words(here, f"plan.channel.{value}"))
    elif asked.part == "baseline" and value == "?":
        await take(here, desk, asked, _own_words(here, "plan.measured_later"))
    elif asked.field is Field.COMMUNICATIONS and not asked.item and value[:1] == "@":
        names = await audiences(here.turn, desk, action)
        at = int(value[1:]) if value[1:].isdecimal() else len(names)
        if at >= len(names):
            raise Refusal("tap.old")
        await take(here, desk, asked, Communication(audience=checked(names[at][:80], "audience")))
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
    await choose(here, desk, asked, [party], on=on)


def _is_known(desk: PlanDesk, party: Party) -> bool:
    number = member_of(party)
    if number is not None:
        return any(each.number == number for each in desk.workshop.active())
    return desk.plan.contact(party) is not None


async def day_tapped(here: Here, desk: PlanDesk, asked: PlanAsk, value: str) -> None:
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
    await take(here, desk, asked, day)


@tap(PlanMove)
async def plan_move(here: Here, action: PlanMove) -> None:
    asked = _on_show(here, action)
    await moved(here, await desk_of_question(here, asked), asked, action.do, action.at)


async def moved(here: Here, desk: PlanDesk, asked: PlanAsk, do: str, at: int = 0) -> None:
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
            await take(here, desk, asked, date.fromisoformat(asked.near[0]))
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
    if following is None and asked.fire:
        here.ask(None)
        return
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
