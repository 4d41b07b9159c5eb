"""Facilitators look after people: who is there, and one person's card with what can be done about them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core import membership, naming
from bot.core.dialogue import People
from bot.core.errors import Refusal
from bot.core.grouping import Seat
from bot.core.sequence import for_each, run_in_hand
from bot.core.words import same
from bot.core.workshop import Member, Membership, Role, Workshop
from handlers import groups
from handlers.assess import own
from handlers.callbacks import EnterPerson, EnterSkip, MemberDo, MoveTo, ShowMember, ShowPeople
from handlers.context import Here, Pass, command, on_text, tap
from handlers.current import put_away, work_in
from handlers.exercises import bring_sheet
from handlers.plan import taking_over
from handlers.steering import on_behalf
from handlers.typed import by_number


@command("people")
async def people_(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    await here.facilitator(workshop.id)
    here.ask(People(workshop_id=workshop.id))


@tap(ShowPeople)
async def show_people(here: Here, action: ShowPeople) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    here.ask(People(workshop_id=workshop.id, page=action.page))


@tap(ShowMember)
async def show_member(here: Here, action: ShowMember) -> None:
    workshop, _, member = await _about(here, action.workshop, action.member)
    _ask(here, workshop, member.number)


async def _about(here: Here, workshop_id: int, number: int) -> tuple[Workshop, Member, Member]:
    """The workshop, the facilitator who acts, and the member whom it is about."""
    workshop, me = await here.facilitator(workshop_id)
    if number not in workshop.members:
        raise Refusal("tap.old")
    return workshop, me, workshop.members[number]


def _ask(here: Here, workshop: Workshop, member: int, asks: Any = "", **more: Any) -> None:
    """Open a card or a question on it; the page of the list stays."""
    dialogue = here.person.dialogue
    page = dialogue.page if isinstance(dialogue, People) and dialogue.workshop_id == workshop.id else 0
    here.ask(People(workshop_id=workshop.id, page=page, member=member, asks=asks, **more))


# One person ------------------------------------------------------------------------------------------------------


@tap(MemberDo)
async def member_do(here: Here, action: MemberDo) -> None:
    workshop, me, member = await _about(here, action.workshop, action.member)
    if action.what in ("rename", "remove", "remove_yes", "restore", "move"):
        membership.check_may_manage(workshop, me, member)
    if action.what in ("remove", "remove_yes") and me.number == member.number:
        raise Refusal("people.not_yourself")
    match action.what:
        case "rename" | "remove":
            _ask(here, workshop, member.number, action.what)
        case "remove_yes":
            await _remove(here, workshop, member)
        case "restore":
            await _restore(here, workshop, member)
        case "move":
            if not workshop.formations:
                raise Refusal("people.no_groups")
            _ask(here, workshop, member.number, "move")
        case "hand_over":
            await here.organiser(workshop.id)
            membership.hand_over(workshop, member.number)  # refuses whom it can't be handed to
            _ask(here, workshop, member.number, "hand_over")
        case "hand_over_yes":
            await here.organiser(workshop.id)
            await _hand_over(here, workshop, member)
        case "answer_for":
            await _answer_for(here, workshop, member)
        case "stop_answering":
            if here.person.acting_for == member.number and here.person.workshop_id == workshop.id:
                here.change(acting_for=None, sheet_run_id=None)
            await here.done("people.stopped", name=member.name)
        case _:
            raise Refusal("tap.old")


async def _remove(here: Here, workshop: Workshop, member: Member) -> None:
    if member.status is not Membership.ACTIVE:
        raise Refusal("people.not_in", name=member.name)
    seats = membership.seats_of(workshop, member.number)
    workshop = membership.remove(workshop, member.number)
    workshop = await groups.unseat(here.turn, workshop, member.number)
    here.turn.put(workshop)
    await taking_over.left(here.turn, workshop, member)
    if member.user_id is None:
        await bring_sheet(here.turn, workshop, member.number)
    else:
        await put_away(here.turn, workshop, member.user_id)
        await here.turn.say(member.user_id, "people.removed_you", title=workshop.title)
        if member.leads:
            here.turn.menu(member.user_id)
    kept = tuple((name, seat.group, seat.counted, seat.moved) for name, seat in seats.items())
    _ask(here, workshop, member.number, "removed", seats=kept)


async def _restore(here: Here, workshop: Workshop, member: Member) -> None:
    dialogue = here.person.dialogue
    seats = {}
    if isinstance(dialogue, People) and dialogue.member == member.number:
        seats = {
            name: Seat(member=member.number, group=group, counted=counted, moved=moved)
            for name, group, counted, moved in dialogue.seats
        }
    workshop = membership.restore(workshop, member.number, seats)
    here.turn.put(workshop)
    person = await here.turn.person(member.user_id) if member.user_id is not None else None
    if person is not None:
        if person.workshop_id is None:
            here.turn.put(await work_in(here.turn, person, workshop))
        await here.turn.say(person.user_id, "people.restored_you", title=workshop.title, number=member.number)
        if member.leads:
            here.turn.menu(person.user_id)
    if member.role is Role.PARTICIPANT:
        workshop = await groups.seat_latecomer(here.turn, workshop, member.number)
    _ask(here, workshop, member.number)


async def _hand_over(here: Here, workshop: Workshop, member: Member) -> None:
    workshop = membership.hand_over(workshop, member.number)
    here.turn.put(workshop)
    await here.done("people.handed_over", name=member.name, title=workshop.title)
    if member.user_id is not None:
        await here.turn.say(member.user_id, "people.yours_now", name=here.person.name, title=workshop.title)


async def _answer_for(here: Here, workshop: Workshop, member: Member) -> None:
    """Put the sheet of someone without a phone in front of the facilitator."""
    on_behalf.check(member)
    runs = await here.turn.runs_of(workshop.id)
    programme = here.turn.programme(workshop)
    known = on_behalf.answers_in(programme, workshop, runs, member.number)
    run = run_in_hand(programme, workshop, runs, member.number) or next(iter(known), None)
    if run is None and member.role is Role.PARTICIPANT:
        begun = [each for each in for_each(programme) if any(run.exercise == each.id for run in runs)]
        run = await own.run_for(here.turn, workshop, begun[0], member) if begun else None
    if run is None:
        raise Refusal("people.nothing_open", name=member.name)
    await on_behalf.begin(here, workshop, member, run)


@tap(MoveTo)
async def move_to(here: Here, action: MoveTo) -> None:
    workshop, me, member = await _about(here, action.workshop, action.member)
    membership.check_may_manage(workshop, me, member)
    if member.status is not Membership.ACTIVE:
        raise Refusal("people.not_in", name=member.name)
    if member.role is not Role.PARTICIPANT:
        raise Refusal("people.leads_no_group", name=member.name)
    workshop = await groups.move_to(here.turn, workshop, member.number, action.grouping, action.group)
    await bring_sheet(here.turn, workshop, member.number)
    _ask(here, workshop, member.number)
    told = "people.moved" if member.user_id is not None else "people.moved_no_phone"
    here.toast(told, name=member.name, number=action.group)


# Entering people without a phone ---------------------------------------------------------------------------------


@tap(EnterPerson)
async def enter_person(here: Here, action: EnterPerson) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    membership.check_open(workshop)
    _ask(here, workshop, 0, "enter_name")


@tap(EnterSkip)
async def enter_skip(here: Here, action: EnterSkip) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    dialogue = here.person.dialogue
    if not isinstance(dialogue, People) or dialogue.asks != "enter_organisation" or dialogue.workshop_id != workshop.id:
        raise Refusal("tap.old")
    await _enter(here, workshop, dialogue.name, "")


async def _enter(here: Here, workshop: Workshop, name: str, organisation: str) -> None:
    workshop, member = membership.enter(workshop, name=name, organisation=organisation, now=here.turn.now)
    here.turn.put(workshop)
    if workshop.formations:
        workshop = await groups.seat_latecomer(here.turn, workshop, member.number)
    _ask(here, workshop, member.number)


# Words -----------------------------------------------------------------------------------------------------------


@on_text(People)
async def people_text(here: Here, dialogue: People, text: str) -> None:
    workshop, me = await here.facilitator(dialogue.workshop_id)
    match dialogue.asks:
        case "rename":
            workshop, me, member = await _about(here, workshop.id, dialogue.member)
            membership.check_may_manage(workshop, me, member)
            here.turn.put(membership.rename(workshop, member.number, naming.checked_name(text)))
            _ask(here, workshop, member.number)
        case "enter_name":
            here.ask(replace(dialogue, asks="enter_organisation", name=naming.checked_name(text)))
        case "enter_organisation":
            await _enter(here, workshop, dialogue.name, naming.checked_organisation(text))
        case "" if dialogue.member == 0:
            _ask(here, workshop, _found(workshop, text))
        case _:
            if not await by_number(here, text):
                raise Pass


def _found(workshop: Workshop, text: str) -> int:
    """Whose card typed words ask for: a number or a name on the list."""
    words = text.strip()
    if words.isdecimal() and len(words) < 6 and int(words) in workshop.members:
        return int(words)
    named = [member.number for member in workshop.members.values() if same(member.name, words)]
    if len(named) != 1:
        raise Pass
    return named[0]
