"""Opening exercises for groups, in sequence, and putting their sheets in front of people."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.core.dialogue import RateItems, Reading
from bot.core.errors import Refusal
from bot.core.exercise import Exercise, Programme
from bot.core.grouping import GroupRole
from bot.core.message import ContentText, Phrase, Priority
from bot.core.roles import fill_roles
from bot.core.run import Run, current, open_run, position
from bot.core.sequence import Standing, opens_itself, run_in_hand, run_of, standing, waits_for
from bot.core.steering import reopen
from bot.core.workshop import Member, Workshop
from bot.turn import Turn
from handlers import callbacks as to
from handlers.context import Here, button, lines, tap


def named(programme: Programme, exercise: Exercise) -> dict[str, Any]:
    """An exercise's id and title, as parameters."""
    return {"id": exercise.id, "title": ContentText(programme.name, exercise.title)}


def numbers(groups: list[int]) -> dict[str, Any]:
    """Groups by number, as parameters of a sentence for one or for several."""
    return {"count": len(groups), "groups": [str(number) for number in groups]}


# Opening ---------------------------------------------------------------------------------------------------------


async def open_for(turn: Turn, workshop: Workshop, exercise: Exercise, group_number: int, now: datetime) -> Run:
    """Open an exercise for a group and put its sheet in front of the members; open already, it is only returned.
    Whether the group is ready for it is for the caller to ask."""
    workshop = await turn.workshop(workshop.id) or workshop
    if workshop.closed_at is not None:
        raise Refusal("exercises.closed", title=workshop.title)
    formation = workshop.formation(exercise.grouping)
    if formation is None or group_number not in formation.groups:
        raise Refusal("exercises.not_formed", id=exercise.id)
    run = run_of(await turn.runs_of(workshop.id), exercise.id, group_number)
    if run is not None and run.closed_at is None:
        return run
    if run is not None:
        run = reopen(run, now)
        turn.put(run)
        await _put_in_front(turn, workshop, exercise, run)
        return run
    run = open_run(
        id=turn.runner.next_id("runs"),
        workshop_id=workshop.id,
        exercise=exercise,
        group=group_number,
        edition=workshop.edition,
        now=now,
    )
    turn.put(run)
    if not exercise.whole_room:
        workshop = await fill_group_roles(turn, workshop, exercise.grouping, group_number)
    await _put_in_front(turn, workshop, exercise, run)
    return run


async def _put_in_front(turn: Turn, workshop: Workshop, exercise: Exercise, run: Run) -> None:
    formation = workshop.formation(exercise.grouping)
    for member in formation.members_of(run.group) if formation else ():
        await hand_out(turn, workshop, exercise, run, workshop.members[member])


async def hand_out(turn: Turn, workshop: Workshop, exercise: Exercise, run: Run, member: Member) -> None:
    """Put a sheet in front of a member, or tell them where it is while they work in another workshop."""
    if member.user_id is None:
        await _bring_to_helpers(turn, workshop, member.number)
        return
    person = await turn.person(member.user_id)
    if person is None:
        return
    if person.workshop_id == workshop.id:
        # What was being read, or rated one by one, makes room: words that come now are meant for the new sheet.
        dialogue = None if isinstance(person.dialogue, Reading | RateItems) else person.dialogue
        turn.put(replace(person, sheet_run_id=run.id, dialogue=dialogue))
        return
    rows = ((button("label.go_there", to.PickWorkshop(workshop.id)),),)
    about = named(turn.programme(workshop), exercise)
    await turn.say(
        person.user_id, "exercises.elsewhere", rows, priority=Priority.LIVE, workshop=workshop.title, **about
    )


async def bring_sheet(turn: Turn, workshop: Workshop, member_number: int) -> None:
    """Put what a member's group is working on in front of them, if it is this workshop that they are working in; for
    someone without a phone, in front of whoever answers for them."""
    member = workshop.members[member_number]
    if member.user_id is None:
        await _bring_to_helpers(turn, workshop, member_number)
        return
    person = await turn.person(member.user_id)
    if person is None or person.workshop_id != workshop.id:
        return
    run = run_in_hand(turn.programme(workshop), workshop, await turn.runs_of(workshop.id), member_number)
    turn.put(replace(person, sheet_run_id=run.id if run else None))


async def _bring_to_helpers(turn: Turn, workshop: Workshop, member_number: int) -> None:
    """The same for facilitators who answer for a member; they stop when there is nothing to answer."""
    run = run_in_hand(turn.programme(workshop), workshop, await turn.runs_of(workshop.id), member_number)
    for leader in workshop.facilitators():
        person = await turn.person(leader.user_id) if leader.user_id is not None else None
        if person is None or person.workshop_id != workshop.id or person.acting_for != member_number:
            continue
        if run is None:
            turn.put(replace(person, acting_for=None, sheet_run_id=None))
        elif person.sheet_run_id != run.id:
            turn.put(replace(person, sheet_run_id=run.id))


async def fill_group_roles(turn: Turn, workshop: Workshop, grouping: str, group_number: int) -> Workshop:
    """Give a group's free roles by rota, and tell those who got one."""
    before = workshop.formations[grouping]
    phones = [member for member in before.members_of(group_number) if await _reachable(turn, workshop.members[member])]
    after = fill_roles(before, group_number, now=turn.now, phones=phones)
    workshop = replace(workshop, formations={**workshop.formations, grouping: after})
    turn.put(workshop)
    was, now = before.groups[group_number], after.groups[group_number]
    for member in after.members_of(group_number):
        given = [role for role in GroupRole if now.holder(role) == member != was.holder(role)]
        user_id = workshop.members[member].user_id
        if given and user_id is not None:
            await turn.say(user_id, "lines", priority=Priority.LIVE, **_told(given, group_number))
    return workshop


async def _reachable(turn: Turn, member: Member) -> bool:
    person = await turn.person(member.user_id) if member.user_id is not None else None
    return person is not None and not person.unreachable


def _told(given: list[GroupRole], group: int) -> dict[str, Any]:
    roles = [Phrase(f"role.{role.value}") for role in given]
    return lines(
        Phrase("roles.given", {"roles": roles, "group": group}), *(Phrase(f"role.{role.value}.does") for role in given)
    )


@tap(to.OpenNext)
async def open_next(here: Here, action: to.OpenNext) -> None:
    """A group goes on to the next exercise by itself."""
    workshop, member = await here.member(action.workshop)
    turn, programme = here.turn, here.turn.programme(workshop)
    exercise = programme.exercises.get(action.exercise)
    if exercise is None or not exercise.grouping:
        raise Refusal("tap.old")
    formation = workshop.formation(exercise.grouping)
    seat = formation.seats.get(member.number) if formation else None
    if seat is None or seat.group != action.group:
        raise Refusal("exercises.other_group")
    _check_ready(programme, workshop, await turn.runs_of(workshop.id), exercise, action.group)
    run = await open_for(turn, workshop, exercise, action.group, turn.now)
    here.person = await turn.person(here.user_id) or here.person
    here.change(workshop_id=workshop.id, sheet_run_id=run.id)
    if isinstance(here.person.dialogue, Reading):
        here.ask(None)  # the list, where it was open already


def _check_ready(programme: Programme, workshop: Workshop, runs: list[Run], exercise: Exercise, group: int) -> None:
    """Tell early birds what is missing."""
    match standing(programme, workshop, runs, exercise, group):
        case Standing.UNFORMED:
            raise Refusal("exercises.not_formed", id=exercise.id)
        case Standing.READY if not opens_itself(programme, exercise):
            raise Refusal("exercises.by_facilitator", id=exercise.id)
        case Standing.READY if _waits(programme, runs, exercise, group):
            raise Refusal("exercises.by_facilitator", id=exercise.id)
        case Standing.CLOSED:
            raise Refusal("sheet.closed")
        case Standing.WAITING:
            before = programme.exercises[exercise.after]
            about = {"id": exercise.id, "before": before.id}
            if before.grouping != exercise.grouping:
                groups = waits_for(programme, workshop, runs, exercise, group)
                raise Refusal(
                    "exercises.early_groups" if groups else "exercises.early_unopened", **about, **numbers(groups)
                )
            run = run_of(runs, before.id, group)
            if run is None:
                raise Refusal("exercises.early_unopened", **about)
            at, of = position(before, current(before, run))
            raise Refusal("exercises.early", **about, at=at, of=of)


def _waits(programme: Programme, runs: list[Run], exercise: Exercise, group: int) -> bool:
    """Whether a group was told to wait in the exercise before this one."""
    before = run_of(runs, exercise.after, group)
    return before is not None and bool(before.gate)
