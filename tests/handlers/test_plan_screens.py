"""Plans as full as they can be still fit on a phone; and 200 actions are shown in no time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from time import perf_counter
from typing import Any

import pytest

from bot.core import agreement, handover, planning
from bot.core.dialogue import Person
from bot.core.grouping import Formation, Group, Seat
from bot.core.message import Screen
from bot.core.plan import (
    ITEMS,
    ActionPlan,
    Barrier,
    Communication,
    Field,
    Frequency,
    Kpi,
    Milestone,
    Party,
    Progress,
    Resource,
    ResourceKind,
)
from bot.core.plan_dialogue import ActionView, PlanView
from bot.core.planning import LONGEST, LONGEST_GOAL, MOST_ACTIONS, MOST_ITEMS, MOST_PEOPLE
from bot.core.workshop import Member, Workshop, open_workshop
from handlers.context import SCREENS
from handlers.plan.card import lines_of
from handlers.plan.desk import plan_desk_for
from handlers.render import Renderer
from tests.handlers.talk import CATALOGUES, PROGRAMMES

NOW = datetime(2027, 6, 14, 8, tzinfo=UTC)
ESI = Person(user_id=102, name="Esi", language="en")
AMINA = Person(user_id=101, name="Amina", language="en")
LONG_NAME = "W" * 60  # as long as a member's can be
DAY = date(2028, 9, 27)  # a Wednesday in September, the longest there is


def words(name: str, at: int) -> str:
    """As long as a text may be, and like no other."""
    return (f"{at} <&> " + "wort " * 80)[: LONGEST[name]]


class Stored:
    """What screens read from, without a database."""

    def __init__(self, workshop: Workshop, *plans: ActionPlan) -> None:
        self.the_workshop = workshop
        self.plans = {plan.id: plan for plan in plans}
        self.programmes = PROGRAMMES

    def present(self) -> datetime:
        return NOW

    async def workshop(self, workshop_id: int) -> Workshop | None:
        return self.the_workshop if workshop_id == 1 else None

    async def plan(self, plan_id: int) -> ActionPlan | None:
        return self.plans.get(plan_id)

    async def plans_of(self, workshop_id: int) -> list[ActionPlan]:
        return list(self.plans.values())

    async def runs_of(self, workshop_id: int) -> list[Any]:
        return []

    def programme(self, workshop: Workshop) -> Any:
        return PROGRAMMES[workshop.programme]


def a_workshop() -> Workshop:
    opened = open_workshop(
        id=1,
        programme="innovation_digital_government",
        title="W",
        first_on=NOW.date(),
        country="GH",
        zone="Africa/Accra",
        code="ABCDEF",
        link_token="l",
        facilitator_token="f",
        organiser_id=101,
        organiser_name="Amina",
        now=NOW,
    )
    members = {
        number: Member(number=number, name=f"{LONG_NAME[:57]}{number}", user_id=100 + number, joined_at=NOW)
        for number in range(2, 20)
    }
    formation = Formation(
        grouping="three",
        formed_at=NOW,
        groups={number: Group(number=number) for number in (1, 2, 3)},
        seats={number: Seat(member=number, group=1, counted=1) for number in members},
    )
    return replace(opened, members={**opened.members, **members}, formations={"three": formation})


def full_items(sender: Party) -> dict[Field, list[Any]]:
    """As many as fit into each list, each as long as it can be."""
    found: dict[Field, list[Any]] = {field: [] for field in ITEMS}
    for at in range(MOST_ITEMS):
        found[Field.MILESTONES].append(Milestone(name=words("name", at), due_on=DAY))
        found[Field.AVAILABLE].append(Resource(what=words("what", at), kind=ResourceKind.FINANCIAL))
        found[Field.NEEDED].append(Resource(what=words("what", at), kind=ResourceKind.POLITICAL))
        found[Field.BARRIERS].append(
            Barrier(who=words("who", at), how=words("how", at), answer="" if at else words("answer", at))
        )
        found[Field.COMMUNICATIONS].append(
            Communication(
                audience=words("audience", at),
                message=words("message", at),
                sender=sender,
                channel=words("channel", at),
                frequency=Frequency.MILESTONES,
                until=DAY,
            )
        )
        texts: dict[str, Any] = {name: words(name, at) for name in ("name", "unit", "baseline", "target", "source")}
        found[Field.KPIS].append(Kpi(**texts))
    return found


def fullest(plan: ActionPlan, number: int) -> ActionPlan:
    """With one action that has everything, and nobody of it has opened their link."""
    parties = []
    for at in range(MOST_PEOPLE):
        plan, party = handover.add_contact(plan, words("name", at), token=f"t{at}", named_by="m2")
        parties.append(party)
    for party in parties:
        for field in (Field.RESPONSIBLE, Field.SUPPORTERS):
            plan = planning.name_party(plan, number, field, party, on=True, by="m3", now=NOW)
    plan = planning.set_field(plan, number, Field.OWNER, parties[-1], by="m3", now=NOW)
    plan = planning.set_field(plan, number, Field.DUE_ON, DAY, by="m3", now=NOW)
    for field, items in full_items(parties[0]).items():
        for item in items:
            plan = planning.add_item(plan, number, field, item, by="m3", now=NOW)
    return plan


def a_plan(*, id: int = 1, group: int = 1, actions: int = 9) -> ActionPlan:
    plan = planning.open_plan(id=id, workshop_id=1, group=group, now=NOW)
    plan = planning.set_goal(plan, "g" * LONGEST_GOAL)
    for at in range(actions):
        plan = planning.add_action(plan, words("title", at), by="m3", now=NOW)
    return plan


def changed_everywhere(plan: ActionPlan) -> ActionPlan:
    """Agreed, and then changed in every field of every action."""
    plan = agreement.agree(plan, now=NOW)
    for action in plan.actions():
        plan = planning.set_field(
            plan, action.number, Field.TITLE, words("title", action.number + 500), by="m3", now=NOW
        )
        plan = planning.set_field(
            plan, action.number, Field.DUE_ON, DAY - timedelta(days=1), by="m3", now=NOW, why="w" * 140
        )
        for field in (Field.RESPONSIBLE, Field.SUPPORTERS):
            for number in range(2, 13 if action.number > 1 else 2):
                plan = planning.name_party(plan, action.number, field, f"m{number}", on=True, by="m3", now=NOW)
    return planning.set_goal(plan, "h" * LONGEST_GOAL)


@pytest.fixture(scope="module")
def stored() -> Stored:
    return Stored(a_workshop(), changed_everywhere(fullest(a_plan(), 1)), a_plan(id=2, group=2))


VIEWS: list[Any] = [
    *(PlanView(workshop_id=1, plan_id=plan, view=view) for plan in (0, 1) for view in ("list", "mine", "people")),
    *(PlanView(workshop_id=1, plan_id=plan, view=view) for plan in (0, 1) for view in ("date", "status", "check")),
    PlanView(workshop_id=1, plan_id=1, view="changes"),
    PlanView(workshop_id=1, plan_id=2, view="publish"),
    PlanView(workshop_id=1, plan_id=1, view="person", party="m3"),
    *(ActionView(plan_id=1, action=1, view=view) for view in ("card", "fields", "progress", "merge")),
    ActionView(plan_id=1, action=1, view="which", other_plan=2, other=1),
    *(ActionView(plan_id=1, action=1, view="items", field=field) for field in ITEMS),
    *(ActionView(plan_id=1, action=1, view="item", field=field, item=item) for item in range(1, 73) for field in ITEMS),
]


async def shown(stored: Stored, dialogue: Any, person: Person) -> Screen:
    screen = await SCREENS[type(dialogue)](stored, person, dialogue)  # type: ignore[arg-type]
    assert screen is not None, dialogue
    return screen


def plain(text: str) -> str:
    return unescape(re.sub("<[^>]*>", "", text))


@pytest.mark.parametrize("language", CATALOGUES.languages())
async def test_everything_fits_into_one_message(stored: Stored, language: str):
    renderer = Renderer(CATALOGUES, language)
    for dialogue in VIEWS:
        screen = await shown(stored, dialogue, replace(AMINA, language=language))
        text = plain(renderer.text(screen))
        assert len(text) <= 4096, (dialogue, len(text))
        buttons = [choice for row in screen.rows for choice in row]
        assert len(buttons) <= 100, dialogue
        assert max(len(row) for row in screen.rows) <= 8, dialogue
        assert all(len(choice.action.encode()) <= 64 for choice in buttons), dialogue


async def test_a_full_card_says_what_it_leaves_out(stored: Stored):
    desk = await plan_desk_for(stored, ESI, stored.plans[1])  # type: ignore[arg-type]
    assert desk is not None
    action = stored.plans[1].action(1)
    assert action is not None
    text = Renderer(CATALOGUES, "en").text(Screen("lines", {"lines": lines_of(desk, action)}))
    assert text.count("… and 9 more") == 4
    assert text.count(" 8 more") == 4  # people and resources
    assert "(link not opened yet)" in text


async def test_every_action_of_a_long_plan_can_be_reached():
    stored = Stored(a_workshop(), a_plan(actions=MOST_ACTIONS))
    seen: list[str] = []
    for page in range(25):
        screen = await shown(stored, PlanView(workshop_id=1, plan_id=1, page=page), ESI)
        seen += [str(choice.label) for row in screen.rows for choice in row if isinstance(choice.label, str)]
    assert seen == [str(number) for number in range(1, MOST_ACTIONS + 1)]


async def test_two_hundred_actions_are_shown_at_once():
    """The issue's bound is 300 ms for an answer; drawing the screen has to be a small part of that."""
    plan = a_plan(actions=MOST_ACTIONS)
    for number in range(1, MOST_ACTIONS + 1):
        plan = planning.set_field(plan, number, Field.OWNER, f"m{2 + number % 9}", by="m3", now=NOW)
        plan = planning.set_field(plan, number, Field.PROGRESS, list(Progress)[number % 5], by="m3", now=NOW)
    stored = Stored(a_workshop(), agreement.agree(plan, now=NOW))
    renderer = Renderer(CATALOGUES, "en")
    for view in ("list", "mine", "people", "date", "status", "check"):
        dialogue = PlanView(workshop_id=1, plan_id=1, view=view)
        best = 1.0
        for _ in range(3):
            start = perf_counter()
            renderer.text(await shown(stored, dialogue, ESI))
            best = min(best, perf_counter() - start)
        assert best < 0.15, view
