"""/assess: what somebody does alone. It is opened by themselves, or for everybody by a facilitator."""

from __future__ import annotations

from dataclasses import replace

from bot.core.dialogue import Person, Reading
from bot.core.errors import Refusal
from bot.core.exercise import Exercise
from bot.core.message import Choice, Phrase
from bot.core.run import Run, open_run
from bot.core.sequence import for_each, own_run
from bot.core.workshop import Member, Role, Workshop
from bot.turn import Turn
from handlers import callbacks as to
from handlers.assess.own_sheet import has_newer, progress
from handlers.assess.taps import OwnDo, OwnOpen
from handlers.context import Here, Reader, button, command, tap
from handlers.desk import desk_for, desk_of, save
from handlers.exercises import hand_out, named


@command("assess")
async def assess(here: Here, rest: str) -> None:
    workshop, member = await here.current_workshop()
    alone = for_each(here.turn.programme(workshop))
    if not alone:
        raise Refusal("assess.none")
    await _open(here, workshop, member, alone[0])


@tap(OwnOpen)
async def own_open(here: Here, action: OwnOpen) -> None:
    workshop, member = await here.member(action.workshop)
    exercise = here.turn.programme(workshop).exercises.get(action.exercise)
    if exercise is None or not exercise.personal:
        raise Refusal("tap.old")
    await _open(here, workshop, member, exercise)


async def _open(here: Here, workshop: Workshop, member: Member, exercise: Exercise) -> None:
    """Put one's own sheet in front of somebody; of a facilitator, that of whom they answer for."""
    acting = here.person.acting_for if member.leads and here.person.workshop_id == workshop.id else None
    whose = workshop.members.get(acting) if acting else member
    if whose is None or whose.role is not Role.PARTICIPANT:
        whose = member if own_run(await here.turn.runs_of(workshop.id), exercise.id, member.number) else None
    if whose is None:
        raise Refusal("assess.participants_only")
    run = await run_for(here.turn, workshop, exercise, whose)
    here.change(workshop_id=workshop.id, sheet_run_id=run.id, acting_for=acting if whose is not member else None)
    if isinstance(here.person.dialogue, Reading):
        here.ask(None)
    here.turn.lower(here.user_id, "sheet")


async def run_for(turn: Turn, workshop: Workshop, exercise: Exercise, member: Member) -> Run:
    """A member's own run: the one that is there, with the newest statements as long as nothing has been rated."""
    run = own_run(await turn.runs_of(workshop.id), exercise.id, member.number)
    if run is None:
        if workshop.closed_at is not None:
            raise Refusal("exercises.closed", title=workshop.title)
        run = open_run(
            id=turn.runner.next_id("runs"),
            workshop_id=workshop.id,
            exercise=exercise,
            member=member.number,
            edition=workshop.edition,
            now=turn.now,
        )
        turn.put(run)
    elif not run.entries and run.edition != workshop.edition:
        run = replace(run, edition=workshop.edition)
        turn.put(run)
    return run


@tap(OwnDo)
async def own_do(here: Here, action: OwnDo) -> None:
    desk = await desk_of(here, action.run)
    if not desk.exercise.personal:
        raise Refusal("tap.old")
    first = desk.exercise.steps[0].id
    again = replace(desk.run, published_at=None, step=first, active_at=here.turn.now)
    match action.do:
        case "reopen":
            save(here, desk, again)
        case "newest" if has_newer(desk):
            save(here, desk, replace(again, edition=desk.workshop.edition))
            here.ask(None)  # a question about a statement of before
        case _:
            raise Refusal("tap.old")


# For everybody -----------------------------------------------------------------------------------------------------


def without(workshop: Workshop, runs: list[Run], exercise: Exercise) -> list[Member]:
    """The participants with a phone who haven't begun, nor been given it."""
    return [
        each
        for each in workshop.participants()
        if each.user_id is not None and own_run(runs, exercise.id, each.number) is None
    ]


async def open_for_everyone(here: Here, workshop: Workshop, exercise: Exercise) -> None:
    """Put it in front of everybody who hasn't begun."""
    missing = without(workshop, await here.turn.runs_of(workshop.id), exercise)
    for member in missing:
        run = await run_for(here.turn, workshop, exercise, member)
        await hand_out(here.turn, workshop, exercise, run, member)
    here.ask(None)
    if missing:
        await here.reply("assess.opened", id=exercise.id, count=len(missing))
    else:
        await here.reply("opening.all_open", id=exercise.id)


def how_many(workshop: Workshop, runs: list[Run], exercise: Exercise) -> Phrase:
    """How far the room is: a count, for facilitators."""
    people = workshop.participants()
    own = [own_run(runs, exercise.id, each.number) for each in people]
    done = sum(run is not None and run.published_at is not None for run in own)
    begun = sum(run is not None and bool(run.entries) for run in own)
    return Phrase("assess.how_many", {"id": exercise.id, "begun": begun, "done": done, "of": len(people)})


# In the list of what there is to do ----------------------------------------------------------------------------------


async def listed(
    reader: Reader, person: Person, workshop: Workshop, member: Member
) -> tuple[list[Phrase], list[tuple[Choice, ...]]]:
    """A line and a button for each exercise that everybody does alone."""
    shown: list[Phrase] = []
    rows: list[tuple[Choice, ...]] = []
    programme, runs = reader.programme(workshop), await reader.runs_of(workshop.id)
    for exercise in for_each(programme):
        run = own_run(runs, exercise.id, member.number)
        desk = await desk_for(reader, person, run)
        about = named(programme, exercise)
        opens = OwnOpen(workshop.id, exercise.id)
        if run is None or desk is None:
            shown.append(Phrase("assess.not_begun", about | {"minutes": exercise.minutes}))
            rows.append((button("label.open", opens, id=exercise.id),))
        elif run.published_at is not None:
            shown.append(Phrase("assess.listed_done", about))
            rows.append((button("label.read", to.ShowProduct(run.id, 0), id=exercise.id),))
        else:
            done, of = progress(desk)
            shown.append(Phrase("assess.listed", about | {"done": done, "of": of}))
            rows.append((button("label.go_to", opens, id=exercise.id),))
    return shown, rows
