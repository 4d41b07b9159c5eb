"""A facilitator stops a broadcast while it goes out: what is said agrees with what is on people's phones."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest_asyncio

from bot.core.dialogue import Person
from bot.core.workshop import Member
from bot.settings import Settings
from tests.stage import Stage, stage
from tests.transcripts.setups import opened

PEOPLE = 40
TEXT = "Coffee is served"


def slow(self: Stage) -> Settings:
    return FAST(self).model_copy(update={"pace_per_second": 25.0})


FAST = Stage.settings


@pytest_asyncio.fixture
async def on(tmp_path: Path, monkeypatch) -> AsyncIterator[Stage]:
    """A workshop of forty, to which messages go as slowly as Telegram wants it."""
    async with stage(tmp_path, restarting=False) as made:
        await opened(made)
        made.restarting = False
        turn = made.app.runner.begin()
        workshop = await turn.workshop(1)
        assert workshop is not None
        members = dict(workshop.members)
        for number in range(2, PEOPLE + 2):
            user_id = 2000 + number
            made.world.phone(user_id, f"P{number}").chat.started = True
            turn.put(Person(user_id=user_id, name=f"P{number}", language="en", workshop_id=1))
            members[number] = Member(number=number, name=f"P{number}", user_id=user_id, joined_at=made.time)
        turn.put(replace(workshop, members=members))
        made.app.runner.keep(turn)
        await made.app.runner.commit()
        await made.close()
        monkeypatch.setattr(Stage, "settings", slow)
        await made.open()
        yield made
        made.check()


def have_it(on: Stage) -> int:
    return sum(1 for phone in on.world.phones.values() for each in phone.messages if each.text.endswith(f"\n{TEXT}"))


async def taken(on: Stage) -> None:
    """What was done is taken in, and what it leads to leaves meanwhile."""
    while await on.app.take_once():
        pass


async def test_what_is_said_agrees_with_the_phones(on: Stage):
    for what in (f"/broadcast {TEXT}", "[All participants]"):
        await on.do("Amina", what)
    amina = on.phone("Amina")
    amina.tap("Send")
    await taken(on)
    await asyncio.sleep(0.6)
    assert any("Stop" in row for row in amina.last.buttons)
    amina.tap("Stop")
    await taken(on)
    await on.app.quiet()
    said = re.search(r"Amina stopped it: (\d+) of 40 got it\.\n(\d+) aren't sent any more\.", amina.last.text)
    assert said is not None, amina.last.text
    assert 0 < int(said[1]) == have_it(on) < PEOPLE
    assert int(said[2]) == PEOPLE - have_it(on)
    await on.close()
    await on.open()
    await on.app.quiet()
    assert have_it(on) == int(said[1])  # nor after a restart


async def test_by_name_those_come_first_who_have_yet_to_hear_of_it(on: Stage):
    for what in (f"/broadcast {TEXT}", "[All participants]"):
        await on.do("Amina", what)
    on.phone("Amina").tap("Send")
    await taken(on)
    await asyncio.sleep(0.4)
    on.phone("Amina").tap("Stop")
    await taken(on)
    await on.app.quiet()
    await on.do("Amina", "[By name]")
    lines = on.phone("Amina").last.text.split("\n")
    assert lines[0].endswith(": not sent, it was stopped")
    assert lines[-1] == "Page 1 of 2"
    await on.do("Amina", "[More]")
    assert on.phone("Amina").last.text.split("\n")[-2].endswith(": has it")
