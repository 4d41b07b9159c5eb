"""To whom a facilitator writes: everyone, groups, a role, those at a step, those who have yet to answer it, those who
haven't been seen for a while. Kept as what was chosen, and looked up when it goes out: who is at a step, changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.exercise import Exercise, Programme, Step, Who
from bot.core.grouping import GroupRole
from bot.core.run import Run, current, given, needed
from bot.core.workshop import Member, Workshop

FACILITATORS = "facilitators"
ROLES = (FACILITATORS, *(role.value for role in GroupRole))


class To(StrEnum):
    ALL = "all"  # every participant
    GROUPS = "groups"
    ROLE = "role"
    STEP = "step"  # everybody whose sheet is at a step
    UNFINISHED = "unfinished"  # those of them who have yet to answer it
    AWAY = "away"  # those not seen for so many minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """`groups` are those of a `grouping`; a `role` is one of a group, or FACILITATORS."""

    to: To = To.ALL
    grouping: str = ""
    groups: tuple[int, ...] = ()
    role: str = ""
    exercise: str = ""
    step: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Stop:
    """A step at which open sheets are, with those whose sheets they are."""

    exercise: Exercise
    step: Step
    members: tuple[int, ...]


def members_of(
    audience: Audience,
    workshop: Workshop,
    programme: Programme,
    runs: Iterable[Run],
    seen: Mapping[int, datetime | None],
    now: datetime,
) -> list[Member]:
    """Those whom an audience is, in the order of their numbers. `seen` says of accounts when they were last seen."""
    match audience.to:
        case To.ALL:
            return workshop.participants()
        case To.GROUPS:
            numbers = _of_groups(workshop, audience)
        case To.ROLE:
            if audience.role == FACILITATORS:
                return workshop.facilitators()
            numbers = _of_role(workshop, audience)
        case To.STEP | To.UNFINISHED:
            unfinished = audience.to is To.UNFINISHED
            stops = stops_of(workshop, programme, runs, unfinished=unfinished)
            mark = (audience.exercise, audience.step)
            numbers = {each for stop in stops if (stop.exercise.id, stop.step.id) == mark for each in stop.members}
        case To.AWAY:
            since = now - timedelta(minutes=audience.minutes)
            return [
                each
                for each in workshop.participants()
                if each.user_id is not None and ((at := seen.get(each.user_id)) is None or at <= since)
            ]
    return [each for each in workshop.participants() if each.number in numbers]


def _of_groups(workshop: Workshop, audience: Audience) -> set[int]:
    formation = workshop.formations.get(audience.grouping)
    return {each for group in audience.groups for each in formation.members_of(group)} if formation else set()


def _of_role(workshop: Workshop, audience: Audience) -> set[int]:
    """Those who have a role in their group, of the formation that was chosen."""
    formation = workshop.formations.get(audience.grouping)
    if formation is None or audience.role not in ROLES:
        return set()
    held = {group.holder(GroupRole(audience.role)) for group in formation.groups.values()}
    return {each for each in held if each is not None}


def stops_of(workshop: Workshop, programme: Programme, runs: Iterable[Run], *, unfinished: bool = False) -> list[Stop]:
    """The steps at which open sheets are, in the programme's order, with everybody there, or with those of them who
    have yet to answer."""
    found: dict[tuple[str, str], set[int]] = {}
    active = {each.number for each in workshop.participants()}
    for run in runs:
        exercise = programme.exercises.get(run.exercise)
        if exercise is None or run.published_at is not None or run.closed_at is not None:
            continue
        step = current(exercise, run)
        theirs = _whose(workshop, exercise, run) & active
        if unfinished:
            theirs -= _finished(run, step)
        if theirs:
            found.setdefault((exercise.id, step.id), set()).update(theirs)
    return [
        Stop(exercise, step, tuple(sorted(found[exercise.id, step.id])))
        for exercise in programme.exercises.values()
        for step in exercise.steps
        if (exercise.id, step.id) in found
    ]


def _whose(workshop: Workshop, exercise: Exercise, run: Run) -> set[int]:
    if not run.group:
        return {run.member}
    formation = workshop.formation(exercise.grouping)
    return set(formation.members_of(run.group)) if formation else set()


def _finished(run: Run, step: Step) -> set[int]:
    """Those who gave what a step asks of each. Where nobody may know who answered, or a group answers together, that is
    nobody: all of them have something to finish until they go on."""
    if step.who is not Who.EACH or step.anonymous:
        return set()
    entries = run.entries_of(step.id)
    authors = {entry.author for entry in entries if entry.author is not None}
    return {
        author
        for author in authors
        if given(run, step, [entry for entry in entries if entry.author == author]) >= needed(step)
    }
