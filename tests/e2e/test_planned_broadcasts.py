"""Broadcasts that wait for their time: who gets them is looked up then, and what is of no use any more doesn't go."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest_asyncio

from bot.core.workshop import Role
from tests.stage import Stage, stage
from tests.transcripts.setups import at_work

TEXT = "Two minutes left"


@pytest_asyncio.fixture
async def on(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path, restarting=False) as made:
        await at_work(made)
        made.restarting = False
        yield made
        made.check()


async def plan(on: Stage, who: str, *audience: str) -> None:
    """In ten minutes, to an audience."""
    for what in (f"/broadcast {TEXT}", *audience, "[At a time…]", "[In 10 min]", "[Plan it]", "[Close]"):
        await on.do(who, what)


def have_it(on: Stage) -> set[str]:
    phones = on.world.phones.values()
    return {each.user.first_name for each in phones if any(one.text.endswith(f"\n{TEXT}") for one in each.messages)}


async def role(on: Stage, name: str, to: Role) -> None:
    """Make somebody a facilitator, or a participant again."""
    turn = on.app.runner.begin()
    workshop = await turn.workshop(1)
    assert workshop is not None
    member = workshop.by_user(on.phone(name).user.id)
    assert member is not None
    turn.put(replace(workshop, members={**workshop.members, member.number: replace(member, role=to)}))
    on.app.runner.keep(turn)
    await on.app.runner.commit()


async def test_who_hasnt_finished_is_looked_up_when_it_goes(on: Stage):
    await plan(on, "Amina", "[Not finished]", "[2.4.1.a]")
    await on.do("Esi", "Permits take nine weeks")
    await on.do("Esi", "[Next: Event]")
    await on.wind(on.time + timedelta(minutes=11))
    assert have_it(on) == {"Kofi", "Li Na", "Ama", "Jon"}


async def test_where_nobody_is_meant_any_more_its_writer_is_told(on: Stage):
    await plan(on, "Amina", "[Not finished]", "[2.4.1.a]")
    for name in ("Esi", "Kofi", "Ama"):
        await on.do(name, "Permits take nine weeks")
        await on.do(name, "[Next: Event]")
    await on.wind(on.time + timedelta(minutes=11))
    assert have_it(on) == set()
    assert any("that is nobody now" in each.text for each in on.phone("Amina").messages)


async def test_away_for_less_than_an_hour_it_goes_when_the_bot_is_back_and_once(on: Stage):
    await plan(on, "Amina", "[All participants]")
    await on.close()
    await on.wind(on.time + timedelta(minutes=50), away=True)
    assert len(have_it(on)) == 6
    before = len(on.world.requests)
    await on.close()
    await on.settle()
    assert not [each for each in on.world.requests[before:] if each.method == "sendMessage"]


async def test_two_facilitators_see_the_same_list_and_either_stops_it(on: Stage):
    await role(on, "Kofi", Role.FACILITATOR)
    await plan(on, "Amina", "[All participants]")
    for what in ("/broadcast", "[Planned and sent]", "[1]", "[Don't send]"):
        await on.do("Kofi", what)
    await on.do("Amina", "/broadcast")
    await on.do("Amina", "[Planned and sent]")
    assert "Not sent, to all participants" in on.phone("Amina").last.text
    await on.wind(on.time + timedelta(minutes=20))
    assert have_it(on) == set()


async def test_of_somebody_who_doesnt_lead_any_more_nothing_goes(on: Stage):
    await role(on, "Kofi", Role.FACILITATOR)
    await plan(on, "Kofi", "[All participants]")
    await role(on, "Kofi", Role.PARTICIPANT)
    await on.wind(on.time + timedelta(minutes=11))
    assert have_it(on) == set()
    assert any("What Kofi planned for" in each.text for each in on.phone("Amina").messages)


async def test_of_a_facilitator_who_left_the_broadcast_can_be_sent_by_another(on: Stage):
    await role(on, "Kofi", Role.FACILITATOR)
    await plan(on, "Kofi", "[All participants]")
    await role(on, "Kofi", Role.PARTICIPANT)
    await on.wind(on.time + timedelta(minutes=11))
    await on.do("Amina", "[How it goes]")
    await on.do("Amina", "[Send now]")
    assert have_it(on) == {"Esi", "Marco", "Kofi", "Li Na", "Ama", "Jon"}
    assert on.phone("Esi").last.text == f"Amina\n{TEXT}"  # it is hers now
