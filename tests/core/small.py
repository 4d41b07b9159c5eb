"""A small exercise with every kind of step, and the people who do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.core import moves
from bot.core.errors import Refusal
from bot.core.exercise import (
    Column,
    Exercise,
    Layout,
    Option,
    ProductDef,
    Ref,
    Section,
    Step,
    StepKind,
    Visibility,
    Who,
)
from bot.core.run import Actor, Run, open_run

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)

ANA, BEN, CHI = Actor(member=1, pen=True), Actor(member=2), Actor(member=3)  # Ana holds the pen
LEAD = Actor(member=9, leads=True)
FOR_DEB = Actor(member=4, leads=True, entered_by=9)  # the facilitator writes for Deb, who has no phone


def step(kind: StepKind, id: str, **more) -> Step:
    return Step(id=id, kind=kind, title=id.capitalize(), prompt=f"{id}?", **more)


OPTIONS = tuple(Option(id=each, label=each.capitalize()) for each in ("north", "east", "south", "west"))
COLUMNS = (
    Column(id="name", label="Name", prompt="Who?", max_length=20),
    Column(
        id="kind",
        label="Kind",
        prompt="Which kind?",
        kind=StepKind.CHOICE,
        options=(Option(id="friend", label="Friend"), Option(id="foe", label="Foe")),
    ),
    Column(id="near", label="Near", prompt="How near?", kind=StepKind.RATING, minimum=-2, maximum=2),
    Column(id="far", label="Far", prompt="How far?", kind=StepKind.RATING, minimum=1, maximum=5),
    Column(id="note", label="Note", prompt="Anything else?", optional=True, max_length=30),
)

EXERCISE = Exercise(
    id="1.a",
    title="Small",
    about="What we see.",
    minutes=10,
    grouping="two",
    steps=(
        step(StepKind.READ, "intro"),
        step(StepKind.TEXT, "gap", who=Who.SCRIBE, max_length=20),
        step(StepKind.TEXT, "view", max_length=20, optional=True),
        step(StepKind.LIST, "ideas", minimum=2, maximum=3, max_length=20),
        step(StepKind.LIST, "beliefs", anonymous=True, max_length=20),
        step(StepKind.LIST, "wishes", who=Who.EACH, minimum=2, maximum=2, max_length=20),
        step(StepKind.RATING, "mood", who=Who.EACH, minimum=-2, maximum=2, dont_know=True),
        step(StepKind.RATING, "risk", minimum=1, maximum=5),
        step(StepKind.CHOICE, "way", options=OPTIONS, maximum=1),
        step(StepKind.CHOICE, "ways", options=OPTIONS, own_words=True, minimum=2, maximum=3, max_length=20),
        step(StepKind.TABLE, "people", columns=COLUMNS, minimum=1, maximum=3),
        step(StepKind.CHOICE, "whom", options_from=Ref("1.a", "people", "name"), minimum=1, maximum=2),
        step(StepKind.CONFIRM, "send"),
    ),
    product=ProductDef(
        title="Card",
        visibility=Visibility.FACILITATORS,
        sections=(
            Section(title="The gap", step="gap"),
            Section(title="The view", step="view"),
            Section(title="Ideas", step="ideas", layout=Layout.LIST),
            Section(title="Beliefs", step="beliefs", layout=Layout.LIST),
            Section(title="Moods", step="mood"),
            Section(title="Risk", step="risk"),
            Section(title="Way", step="way"),
            Section(title="Ways", step="ways", layout=Layout.LIST),
            Section(title="People", step="people", layout=Layout.ROWS),
            Section(
                title="Where they stand",
                step="people",
                layout=Layout.GRID,
                across="near",
                up="far",
                middle=2,
                fields=("Neither", "Near", "Far", "Both"),
            ),
            Section(title="Whom", step="whom", layout=Layout.LIST),
        ),
    ),
)


def the(step_id: str) -> Step:
    found = EXERCISE.step(step_id)
    assert found is not None
    return found


def started(at: str = "intro") -> Run:
    run = open_run(id=7, workshop_id=1, exercise=EXERCISE, group=1, now=NOW)
    return moves.go_to(EXERCISE, run, ANA, at, now=NOW)


def published(run: Run) -> Run:
    at_end = moves.go_to(EXERCISE, run, ANA, "send", now=NOW)
    return moves.publish(EXERCISE, at_end, ANA, "send", now=NOW)


def values(run: Run, step_id: str) -> list[object]:
    return [entry.value for entry in run.entries_of(step_id)]


def refusal(act: Callable[..., object], *args: object) -> str:
    """The key of the sentence with which a rule turns something down."""
    with pytest.raises(Refusal) as caught:
        act(*args)
    return caught.value.key
