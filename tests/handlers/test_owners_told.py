"""Whoever answers for an action is told so, also where an undo, a file or a merge made it theirs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest_asyncio

from bot.core import planning
from bot.core.plan import Field
from bot.core.plan_dialogue import PlanImport
from bot.core.plan_import import Incoming, Someone
from handlers.callbacks import pack
from handlers.plan.list_taps import ActionDo, AnswerMerge, ProposeMerge
from storage import codec
from tests.handlers.talk import Talk
from tests.handlers.test_plan_people import ESI, KOFI, MARCO, Room
from tests.handlers.test_plan_rights import faces


@pytest_asyncio.fixture
async def room(talk: Talk) -> Room:
    """Weeks after the workshop: Esi answers for the first action of Group 1, nobody for the second."""
    made = Room(talk)
    await made.build()
    await made.change(lambda plan: planning.set_field(plan, 1, Field.OWNER, ESI, by=ESI, now=talk.time))
    talk.time += timedelta(days=60)
    talk.told.clear()
    return made


def heard(room: Room, name: str) -> list[str]:
    return [re.sub("</?b>", "", each) for each in room.talk.heard(name)]


async def version(room: Room, number: int) -> int:
    action = (await room.plan()).action(number)
    assert action is not None
    return action.version


async def test_an_undo_gives_an_action_back_to_its_owner_who_is_told(room: Room) -> None:
    await room.change(lambda plan: planning.set_field(plan, 1, Field.OWNER, MARCO, by=ESI, now=room.talk.time))
    await room.talk.taps("Marco", pack(ActionDo(1, 1, await version(room, 1), "undo")))
    assert heard(room, "Esi") == ["You answer for Publish the list again: Marco undid a change."]
    assert heard(room, "Marco") == []


async def test_who_takes_it_back_themselves_is_not_told(room: Room) -> None:
    await room.change(lambda plan: planning.set_field(plan, 1, Field.OWNER, MARCO, by=ESI, now=room.talk.time))
    await room.talk.taps("Esi", pack(ActionDo(1, 1, await version(room, 1), "undo")))
    assert heard(room, "Esi") == []


async def test_what_a_file_gives_somebody_is_told_in_one_message(room: Room) -> None:
    first = (await room.plan()).actions()[0]
    people = {"n1": Someone(name="Marco"), "n2": Someone(name="Kofi"), "n3": Someone(name="Esi")}
    fresh = [
        replace(first, number=number, title=f"Step {number}", owner=owner, responsible=(), changed_by="")
        for number, owner in enumerate(("n1", "n1", "n2", "n3"), 1)
    ]
    found = codec.dump_incoming(Incoming(people=people, actions=tuple(fresh)))
    await faces(room, "Esi", PlanImport(workshop_id=1, group=1, asks="yes", found=found, mistakes="[]"))
    await room.talk.taps("Esi", "importyes:1:1")
    assert heard(room, "Marco") == ["You answer for 2 actions of Group 1 now: Esi added them from a file."]
    assert heard(room, "Kofi") == ["You answer for Step 3 now: Esi added it from a file."]
    assert not [each for each in heard(room, "Esi") if "answer for" in each]


async def test_who_answers_for_what_two_actions_became_is_told(room: Room) -> None:
    at = room.talk.time
    await room.change(lambda plan: planning.set_field(plan, 1, Field.OWNER, KOFI, by=ESI, now=at))
    await room.change(lambda plan: planning.add_action(plan, "Print the list", by=MARCO, now=at))
    await room.talk.taps("Amina", pack(ProposeMerge(1, 3, 1, 1)))
    for name in ("Marco", "Esi"):
        await room.talk.taps(name, pack(AnswerMerge(1, 1)))
    merged = (await room.plan()).action(3)
    assert merged is not None
    assert merged.owner == KOFI
    assert "You answer for Print the list now: two actions became one." in heard(room, "Kofi")


async def test_a_group_that_plans_together_is_not_told(room: Room) -> None:
    room.talk.time -= timedelta(days=60)
    await room.change(lambda plan: planning.set_field(plan, 1, Field.OWNER, MARCO, by=ESI, now=room.talk.time))
    await room.talk.taps("Marco", pack(ActionDo(1, 1, await version(room, 1), "undo")))
    assert heard(room, "Esi") == []
