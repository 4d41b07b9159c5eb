"""A small programme with plans: three groups, and exercises that rate, read, mend, agree and vote on what they plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.core import planning
from bot.core.candidates import Around
from bot.core.exercise import (
    WHOLE_ROOM,
    Exercise,
    Grouping,
    Layout,
    PlanDef,
    Plans,
    ProductDef,
    Programme,
    Ref,
    Section,
    Step,
    StepKind,
    Visibility,
    Who,
)
from bot.core.grouping import count_off
from bot.core.plan import ActionPlan
from bot.core.run import Actor, Run, open_run
from bot.core.workshop import Member, Workshop

NOW = datetime(2027, 6, 14, 8, 0, tzinfo=UTC)
THREE = Grouping(id="three", title="Three", groups=3, count_off=3)
PEN, LEAD = Actor(member=1, pen=True), Actor(member=99, leads=True)


def step(kind: StepKind, id: str, **more) -> Step:
    return Step(id=id, kind=kind, title=id.capitalize(), prompt=f"{id}?", **more)


def secret(id: str, **more) -> Step:
    return step(
        StepKind.RATING,
        id,
        who=Who.EACH,
        visibility=Visibility.ME,
        items_from=Plans.OWN,
        minimum=1,
        maximum=5,
        dont_know=True,
        **more,
    )


def settling(id: str, rated: str) -> Step:
    return step(
        StepKind.RATING,
        id,
        who=Who.SCRIBE,
        items_from=Ref("rate", rated),
        disputed=True,
        minimum=1,
        maximum=5,
        dont_know=True,
    )


VOTE = {"who": Who.EACH, "visibility": Visibility.ME, "minimum": 1, "maximum": 3, "share": 4}

PLAN = Exercise(
    id="plan",
    title="Plan",
    about="",
    minutes=10,
    grouping="three",
    steps=(
        step(StepKind.TEXT, "goal", who=Who.SCRIBE, prefill=Ref("before", "aim")),
        step(StepKind.PLAN, "first", minimum=1, whole=1),
        step(StepKind.CONFIRM, "send"),
    ),
    product=ProductDef(title="Draft", sections=(Section(title="Draft", step="first", layout=Layout.PLAN),)),
)
BEFORE = replace(
    PLAN,
    id="before",
    steps=(step(StepKind.TEXT, "aim"), step(StepKind.LIST, "needs"), step(StepKind.CONFIRM, "send")),
    product=ProductDef(title="Map", sections=(Section(title="Aim", step="aim"),)),
)
RATE = replace(
    PLAN,
    id="rate",
    steps=(
        secret("doable"),
        secret("matters"),
        step(StepKind.READ, "grid", plot=("doable", "matters")),
        settling("doable_settled", "doable"),
        settling("matters_settled", "matters"),
        step(StepKind.CHOICE, "five", who=Who.SCRIBE, options_from=Plans.OWN, minimum=1, maximum=5),
        step(StepKind.CONFIRM, "send"),
    ),
    product=ProductDef(
        title="Grid",
        visibility=Visibility.ROOM,
        sections=(
            Section(
                title="Grid", step="grid", layout=Layout.GRID, middle=4, fields=("Leave", "Fit in", "Prepare", "Do")
            ),
            Section(title="Five", step="five", layout=Layout.LIST),
        ),
    ),
)
REVIEW = replace(
    PLAN,
    id="review",
    steps=(
        step(StepKind.LIST, "advice", read_next=True),
        step(StepKind.PLAN, "mend", from_readers=(Ref("review", "advice"),)),
        step(StepKind.CONFIRM, "send", agrees_plan=True),
    ),
    product=ProductDef(title="Plan", sections=(Section(title="Plan", step="mend", layout=Layout.PLAN),)),
)
PLENARY = replace(
    PLAN,
    id="plenary",
    grouping=WHOLE_ROOM,
    after="review",
    steps=(
        step(StepKind.CHOICE, "doubles", who=Who.SCRIBE, options_from=Plans.ALL, maximum=50),
        step(StepKind.CHOICE, "vote", options_from=Plans.ALL, without=Ref("plenary", "doubles"), **VOTE),
        step(StepKind.CONFIRM, "send"),
    ),
    product=ProductDef(title="First", sections=(Section(title="Votes", step="vote", layout=Layout.LIST),)),
)
PROGRAMME = Programme(
    name="planned",
    title="Planned",
    about="",
    days=5,
    groupings={"three": THREE},
    exercises={each.id: each for each in (BEFORE, PLAN, RATE, REVIEW, PLENARY)},
    plan=PlanDef(grouping="three", goal=Ref("plan", "goal"), audiences=Ref("before", "needs")),
)


def workshop(people: int = 12) -> Workshop:
    members = {
        number: Member(number=number, name=f"P{number}", user_id=number, joined_at=NOW)
        for number in range(1, people + 1)
    }
    return Workshop(
        id=1,
        programme="planned",
        title="W",
        first_on=date(2027, 6, 14),
        country="GH",
        zone="Africa/Accra",
        code="ABCDEF",
        link_token="l",
        facilitator_token=None,
        created_at=NOW,
        members=members,
        formations={"three": count_off(THREE, list(members), (), now=NOW)},
    )


def plan(group: int, *titles: str, goal: str = "") -> ActionPlan:
    made = planning.open_plan(id=group, workshop_id=1, group=group, now=NOW)
    for title in titles:
        made = planning.add_action(made, title, by="m1", now=NOW)
    return replace(made, goal=goal)


def run(exercise: Exercise, group: int = 1, *, id: int = 7, at: str = "") -> Run:
    made = open_run(id=id, workshop_id=1, exercise=exercise, group=group, now=NOW)
    return replace(made, step=at or made.step)


def around(*plans: ActionPlan, runs: Sequence[Run] = ()) -> Around:
    return Around(workshop=workshop(), programme=PROGRAMME, runs=list(runs), plans=list(plans))


def the(exercise: Exercise, step_id: str) -> Step:
    found = exercise.step(step_id)
    assert found is not None
    return found
