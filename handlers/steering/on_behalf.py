"""Entering what people without a phone say: on any sheet on which they have something to answer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.errors import Refusal
from bot.core.exercise import Exercise, Programme
from bot.core.message import Choice
from bot.core.run import Run, is_at_work
from bot.core.words import shortened
from bot.core.workshop import Member, Membership, Workshop
from handlers.callbacks import MemberDo
from handlers.context import Here, button, tap
from handlers.steering.taps import AnswerIn

NAME = 13  # characters of a name on a button beside other words
MOST = 6


def answers_in(programme: Programme, workshop: Workshop, runs: Sequence[Run], member: int) -> list[Run]:
    """The runs in which somebody has something to answer now, the newest first: their groups', and their own."""
    found = []
    for run in runs:
        exercise = programme.exercises.get(run.exercise)
        formation = workshop.formation(exercise.grouping) if exercise else None
        seat = formation.seats.get(member) if formation else None
        theirs = run.member == member or (run.group and seat is not None and seat.group == run.group)
        if theirs and is_at_work(run):
            found.append(run)
    return found[::-1]


def check(member: Member) -> None:
    """Refuses to answer for whoever can do so themselves, or isn't there."""
    if member.user_id is not None:
        raise Refusal("people.has_phone", name=member.name)
    if member.status is not Membership.ACTIVE:
        raise Refusal("people.not_in", name=member.name)


async def begin(here: Here, workshop: Workshop, member: Member, run: Run) -> None:
    """Put a sheet in front of a facilitator, in somebody's name; with the way to the other sheets, and to the end."""
    here.change(workshop_id=workshop.id, acting_for=member.number, sheet_run_id=run.id)
    programme, runs = here.turn.programme(workshop), await here.turn.runs_of(workshop.id)
    others = [
        button("label.answer_in", AnswerIn(workshop.id, member.number, each.id), id=each.exercise)
        for each in answers_in(programme, workshop, runs, member.number)
        if each.id != run.id
    ][:MOST]
    rows = [tuple(others[at : at + 3]) for at in range(0, len(others), 3)]
    await here.done("people.answering", (*rows, (stop_button(workshop, member.number),)), name=member.name)


def stop_button(workshop: Workshop, member: int) -> Choice:
    return button("people.stop", MemberDo(workshop.id, member, "stop_answering"))


@tap(AnswerIn)
async def answer_in(here: Here, action: AnswerIn) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    member = workshop.members.get(action.member)
    if member is None:
        raise Refusal("tap.old")
    check(member)
    programme, runs = here.turn.programme(workshop), await here.turn.runs_of(workshop.id)
    run = next((each for each in answers_in(programme, workshop, runs, member.number) if each.id == action.run), None)
    if run is None:
        raise Refusal("people.nothing_open", name=member.name)
    await begin(here, workshop, member, run)


def rows_of(workshop: Workshop, exercise: Exercise, runs: Sequence[Run]) -> list[tuple[Choice, ...]]:
    """A button for each of the groups' people who have no phone."""
    formation = workshop.formation(exercise.grouping)
    found = []
    for run in runs:
        members = formation.members_of(run.group) if formation and is_at_work(run) else []
        for number in members:
            member = workshop.members[number]
            if member.user_id is None:
                action = AnswerIn(workshop.id, number, run.id)
                found.append(button("label.answer_for", action, name=shortened(member.name, NAME)))
    return [tuple(found[at : at + 2]) for at in range(0, min(len(found), MOST), 2)]
