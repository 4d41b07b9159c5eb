"""A run with all that its rules and its sheet need to know, for one person: what lies in front of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core import candidates, product, roles, tally, walk
from bot.core.candidates import Around, Candidate
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.exercise import Exercise, Plans, Programme, Ref, Step, StepKind
from bot.core.grouping import Group
from bot.core.message import ContentText
from bot.core.plan import ActionPlan
from bot.core.room import Room
from bot.core.run import OPEN, Actor, Entry, Run, current, ratings
from bot.core.sequence import earlier_answers, earlier_entries, earlier_options, own_run
from bot.core.words import same
from bot.core.workshop import Member, Workshop
from handlers.context import Here, Reader

MOST_OFFERED = 16  # earlier entries to begin from: two groups' lists


@dataclass(frozen=True, slots=True)
class Desk:
    """A run with all that its rules and its sheet need to know, for one person."""

    workshop: Workshop
    programme: Programme
    exercise: Exercise
    run: Run
    runs: list[Run]
    step: Step
    group: Group | None
    members: list[int]  # of the group, or the one whose own run it is
    reader: Member
    actor: Actor
    plans: list[ActionPlan]  # of the workshop, where the exercise is about plans
    room: Room
    now: datetime

    @property
    def domain(self) -> str:
        return self.programme.name

    def content(self, text: str) -> ContentText:
        return ContentText(self.domain, text)

    def name(self, member: int | None) -> str:
        found = self.workshop.members.get(member) if member is not None else None
        return found.name if found else ""

    @property
    def around(self) -> Around:
        return Around(workshop=self.workshop, programme=self.programme, runs=self.runs, plans=self.plans)

    @property
    def plan(self) -> ActionPlan | None:
        """The group's plan, once there is one."""
        return candidates.plan_of(self.around, self.run.group)

    @property
    def read_plan(self) -> ActionPlan | None:
        """The plan that the group is to read: the next group's."""
        return candidates.plan_of(self.around, candidates.next_group(self.around, self.run.group))

    @property
    def candidates(self) -> list[Candidate]:
        """What the step on show rates, or lets choose from by numbers."""
        return candidates.candidates(self.around, self.run, self.step)

    @property
    def carried(self) -> Mapping[str, str | int]:
        """What the reader gave before, where the step on show begins from that and they haven't begun; theirs alone."""
        ref, actor = self.step.carries, self.actor
        if ref is None or walk.standing(self.run, self.step, actor) is not None:
            return {}
        before = own_run(self.runs, ref.exercise, actor.member)
        found = before.entries_of(ref.step) if before else []
        given = ratings(next((entry for entry in found if entry.author == actor.member), None))
        return given if any(given.get(each.id, OPEN) != OPEN for each in self.candidates) else {}

    @property
    def by_number(self) -> bool:
        """Whether what the step offers is too long for buttons: it is listed, and chosen by numbers."""
        return isinstance(self.step.options_from, Plans)

    @property
    def options(self) -> list[tuple[str, Any]]:
        """What the step on show offers to choose: (pick, label) pairs."""
        own = [(option.id, self.content(option.label)) for option in self.step.options]
        if self.by_number:
            return [*own, *((each.id, each.text) for each in self.candidates)]
        return [*own, *earlier_options(self.workshop, self.programme, self.runs, self.run, self.step)]

    @property
    def limited(self) -> Step:
        """The step on show with as many picks as may be made of what it offers."""
        return candidates.limited(self.step, len(self.options))

    @property
    def prefill(self) -> str:
        """The words that the step takes over from an earlier product: as long as it has no answer, and as the next row
        of a table."""
        if self.step.kind is StepKind.TABLE:
            return self._next_row
        if self.step.prefill is None or walk.standing(self.run, self.step, self.actor) is not None:
            return ""
        found = earlier_answers(self.workshop, self.programme, self.runs, self.run, self.step.prefill)
        return found[0][: self.step.max_length] if found else ""

    @property
    def offered(self) -> list[tuple[str, str]]:
        """What a text may begin from, as long as it has no answer: (what it goes by, words) pairs."""
        if self.step.offers is None or walk.standing(self.run, self.step, self.actor) is not None:
            return []
        found = earlier_entries(self.workshop, self.programme, self.runs, self.run, self.step.offers)
        return [(each, words[: self.step.max_length]) for each, words in found][:MOST_OFFERED]

    @property
    def _next_row(self) -> str:
        """What got most votes among what isn't in the table yet."""
        step, entries = self.step, self.run.entries_of(self.step.id)
        chosen = self.exercise.step(step.prefill.step) if isinstance(step.prefill, Ref) else None
        if chosen is None or (step.maximum and len(entries) >= step.maximum):
            return ""
        there = [product.row(self.domain, step, entry).name for entry in entries]
        offered = [each.id for each in candidates.candidates(self.around, self.run, chosen)]
        ranked = [
            product.picked(self.domain, chosen, self.run, pick, self.around)
            for pick, _ in tally.votes(self.run, chosen, offered)
        ]
        words = [each[: step.columns[0].max_length] for each in ranked if isinstance(each, str)]
        return next((each for each in words if not any(same(each, name) for name in there)), "")


async def desk_for(reader: Reader, person: Person, run: Run | None) -> Desk | None:
    """What somebody has in front of them with this run; None when it isn't theirs to see."""
    workshop = await reader.workshop(run.workshop_id) if run else None
    member = workshop.active_user(person.user_id) if workshop else None
    if run is None or workshop is None or member is None:
        return None
    programme = reader.programme(workshop)
    exercise = programme.exercises.get(run.exercise)
    if exercise is None:
        return None
    formation = workshop.formation(exercise.grouping)
    group = formation.groups.get(run.group) if formation else None
    members = formation.members_of(run.group) if formation and group else [run.member]
    acting = person.acting_for if person.sheet_run_id == run.id else None
    actor = _alone(workshop, run, member, acting) if exercise.personal else _in_group(group, members, member, acting)
    if actor is None:
        return None
    return Desk(
        workshop=workshop,
        programme=programme,
        exercise=exercise,
        run=run,
        runs=await reader.runs_of(workshop.id),
        step=current(exercise, run),
        group=group,
        members=members,
        reader=member,
        actor=actor,
        plans=await reader.plans_of(workshop.id) if exercise.about_plans else [],
        room=await reader.room(workshop.id),
        now=reader.present(),
    )


def _alone(workshop: Workshop, run: Run, member: Member, acting: int | None) -> Actor | None:
    """Who somebody is to what one person does alone. It isn't for facilitators to see, unless they write it down for
    somebody without a phone."""
    if run.member == member.number:
        return Actor(member=member.number, pen=True)
    theirs = workshop.members.get(run.member)
    if member.leads and acting == run.member and theirs is not None and theirs.user_id is None:
        return Actor(member=run.member, leads=True, entered_by=member.number)
    return None


def _in_group(group: Group | None, members: list[int], member: Member, acting: int | None) -> Actor | None:
    if member.leads:
        entered_by = member.number if acting in members else None
        return Actor(
            member=acting if acting in members and acting else member.number, leads=True, entered_by=entered_by
        )
    if member.number in members:
        return Actor(member=member.number, pen=group is None or group.pen == member.number)
    return None


# For the conversations about a run ---------------------------------------------------------------------------------


async def desk_of(here: Here, run_id: int) -> Desk:
    """The desk for a tap. Refuses whoever has no business with this run."""
    desk = await desk_for(here.turn, here.person, await here.turn.run(run_id))
    if desk is None:
        raise Refusal("sheet.not_here")
    here.desk = desk
    return desk


def save(here: Here, desk: Desk, run: Run) -> None:
    """Keep what an input led to. A pen in use is not idle."""
    here.turn.put(run)
    formation = desk.workshop.formations.get(desk.exercise.grouping)
    if formation is not None:
        touched = roles.touch_pen(formation, desk.reader.number, now=here.turn.now)
        if touched is not formation:
            formations = {**desk.workshop.formations, formation.grouping: touched}
            here.turn.put(replace(desk.workshop, formations=formations))


async def look(reader: Reader, person: Person, run_id: int, step_id: str) -> tuple[Desk, Step] | None:
    """A desk and one of its steps, for a screen; None when they aren't there any more."""
    found = await desk_for(reader, person, await reader.run(run_id))
    step = found.exercise.step(step_id) if found else None
    return (found, step) if found and step else None


async def step_of(here: Here, run_id: int, step_id: str) -> tuple[Desk, Step]:
    """A desk and one of its steps, for an input. Refuses what isn't there any more."""
    found = await desk_of(here, run_id)
    step = found.exercise.step(step_id)
    if step is None:
        raise Refusal("sheet.gone")
    return found, step


def entry_of(here: Desk, number: int) -> tuple[Entry, Step]:
    """An entry that stands on the sheet, and its step. Refuses one that was removed."""
    entry = here.run.entry(number)
    step = here.exercise.step(entry.step) if entry else None
    if entry is None or step is None:
        raise Refusal("sheet.gone")
    return entry, step


def row_values(entry: Entry) -> Mapping[str, str | int]:
    """The columns of a table's row that are filled in."""
    return entry.value if isinstance(entry.value, Mapping) else {}
