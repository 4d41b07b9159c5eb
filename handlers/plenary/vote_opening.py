"""A dot vote is opened: on what groups have published, and with how many dots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core import checked, dot_vote
from bot.core.dialogue import Person
from bot.core.dot_vote import MOST_DOTS
from bot.core.errors import Refusal
from bot.core.exercise import Exercise, Layout, Section, Visibility
from bot.core.message import Choice, ContentText, Screen
from bot.core.plenary import next_number
from bot.core.plenary_dialogue import VoteAsk
from bot.core.run import Run
from bot.core.sequence import entry_text
from bot.core.words import shortened
from bot.core.workshop import Workshop
from handlers.callbacks import pack
from handlers.context import Here, Reader, button, on_text, screen, tap
from handlers.plenary.around import save
from handlers.plenary.taps import ShowPlenary, VoteOn

OFFERED = (2, 3, 5)  # dots
LONGEST_ITEM = 160
KINDS = (Layout.TEXT, Layout.LIST, Layout.ROWS)

Votable = tuple[Exercise, Section, list[tuple[int, str]]]


def votable(reader: Reader, workshop: Workshop, runs: Sequence[Run]) -> list[Votable]:
    """What the room can vote on: sections of products that all may read, with each group's words."""
    found = []
    for exercise in reader.programme(workshop).exercises.values():
        if exercise.product.visibility is not Visibility.ROOM or not exercise.grouping or exercise.whole_room:
            continue
        published = [run for run in runs if run.exercise == exercise.id and run.group and run.published_at]
        for section in exercise.product.sections:
            step = exercise.step(section.step)
            if section.layout not in KINDS or step is None or step.counted:
                continue
            texts = [
                (run.group, shortened(text, LONGEST_ITEM))
                for run in sorted(published, key=lambda each: each.group)
                for entry in run.entries_of(section.step)
                if isinstance(entry.value, str) or section.layout is Layout.ROWS
                if (text := entry_text(entry))
            ]
            if len(texts) > 1:
                found.append((exercise, section, texts))
    return found


# Opening and ending ----------------------------------------------------------------------------------------------


@tap(VoteOn)
async def vote_on(here: Here, action: VoteOn) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    if not action.exercise or not action.dots:
        await _check_open(here, workshop)
        here.ask(VoteAsk(workshop_id=workshop.id, exercise=action.exercise, step=action.step))
        return
    await _open(here, workshop, action.exercise, action.step, action.dots)


@on_text(VoteAsk)
async def typed(here: Here, dialogue: VoteAsk, text: str) -> None:
    workshop, _ = await here.facilitator(dialogue.workshop_id)
    if not dialogue.exercise:
        raise Refusal("input.choose")
    await _open(here, workshop, dialogue.exercise, dialogue.step, checked.number(text, 1, MOST_DOTS))
    here.acknowledge()


async def _check_open(here: Here, workshop: Workshop) -> None:
    if (await here.turn.plenary(workshop.id)).vote is not None:
        raise Refusal("dots.goes_on")
    if not votable(here.turn, workshop, await here.turn.runs_of(workshop.id)):
        raise Refusal("dots.nothing")


async def _open(here: Here, workshop: Workshop, exercise: str, step: str, dots: int) -> None:
    await _check_open(here, workshop)
    found = _found(votable(here.turn, workshop, await here.turn.runs_of(workshop.id)), exercise, step)
    if found is None:
        raise Refusal("tap.old")
    plenary = await here.turn.plenary(workshop.id)
    number = next_number(plenary.votes)
    vote = dot_vote.begin(number, exercise, step, found[2], dots, here.turn.now)
    save(here.turn, workshop, plenary, replace(plenary, votes={**plenary.votes, number: vote}))
    here.ask(None)


def _found(offered: Sequence[Votable], exercise: str, step: str) -> Votable | None:
    return next((each for each in offered if (each[0].id, each[1].step) == (exercise, step)), None)


@screen(VoteAsk)
async def ask_screen(reader: Reader, person: Person, dialogue: VoteAsk) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or not member.leads:
        return None
    offered = votable(reader, workshop, await reader.runs_of(workshop.id))
    if not dialogue.exercise:
        rows = [(_named(workshop, exercise, section),) for exercise, section, _ in offered]
        return Screen("dots.which", rows=(*rows, (button("label.back", ShowPlenary(workshop.id)),)))
    found = _found(offered, dialogue.exercise, dialogue.step)
    if found is None:
        return None
    numbers = [each for each in OFFERED if each < len(found[2])] or [1]
    chosen = tuple(
        Choice(str(each), pack(VoteOn(workshop.id, each, dialogue.exercise, dialogue.step))) for each in numbers
    )
    back = (button("label.back", VoteOn(workshop.id, 0, "", "")),)
    return Screen("dots.ask", {"count": len(found[2])}, (chosen, back))


def _named(workshop: Workshop, exercise: Exercise, section: Section) -> Choice:
    title = ContentText(workshop.programme, section.title)
    return button("label.dots.on", VoteOn(workshop.id, 0, exercise.id, section.step), id=exercise.id, title=title)
