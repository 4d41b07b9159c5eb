"""Sheets about many things at once stay within one message, however many there are and however they are called."""

from __future__ import annotations

import re
from html import unescape

import pytest

from bot.core import planning
from bot.core.message import Screen
from handlers import sheet
from handlers.desk import Desk, desk_for
from tests.handlers.talk import Talk

LIMIT = 4096


async def a_plenary(talk: Talk, actions: int, title: str) -> None:
    """Five people in the whole room; one plan with so many actions."""
    workshop = await talk.open("Amina")
    for number in range(1, 6):
        await talk.join(f"P{number}", workshop)
    await talk.taps("Amina", "form:1:other:three")
    await talk.says("Amina", "1")
    turn = talk.runner.begin()
    plan = planning.open_plan(id=talk.runner.next_id("plans"), workshop_id=1, group=1, now=talk.time)
    for number in range(1, actions + 1):
        plan = planning.add_action(plan, f"{number}: {title}"[:200], by="m2", now=talk.time)
    turn.put(plan)
    talk.runner.keep(turn)
    await talk.runner.commit()
    await talk.taps("Amina", "ro:1:0:1:5.2")


async def desk(talk: Talk, name: str) -> Desk:
    person = await talk.runner.person(talk.id(name))
    assert person is not None
    found = await desk_for(talk.runner, person, await talk.runner.run(1))
    assert found is not None
    return found


async def shown(talk: Talk, name: str) -> tuple[str, Screen]:
    """A sheet, and its text as Telegram counts it."""
    screen = sheet.screen(await desk(talk, name))
    return unescape(re.sub("</?[a-z]+>", "", (await talk.renderer(name)).text(screen))), screen


@pytest.mark.parametrize("title", ["Drill", "A title that goes on " * 12, "نشر قائمة الوثائق " * 12, "<&>" * 66])
async def test_a_vote_over_many_actions_fits_into_a_message(talk: Talk, title: str):
    await a_plenary(talk, 200, title)
    for step in ("doubles", "together"):
        await talk.taps("Amina", f"s:1:{step}")
    for number in range(1, 6):
        for action in range(1, 6):
            await talk.taps(f"P{number}", f"o:1:0:vote:+1.{action}")
    for name in ("P1", "Amina"):
        text, screen = await shown(talk, name)
        assert len(text) < LIMIT
        assert sum(map(len, screen.rows)) <= 100
        assert "and 120 more" in text
    await talk.taps("Amina", "s:1:vote")
    for number in range(20):
        await talk.says("P1", f"{number} {title}"[:200])
    await talk.taps("Amina", "n:1:losses")
    text, _ = await shown(talk, "P1")
    assert "votes" in text
    assert len(text) < LIMIT


async def test_an_action_beyond_what_is_listed_can_be_sent_by_its_number(talk: Talk):
    await a_plenary(talk, 120, "Drill")
    for step in ("doubles", "together"):
        await talk.taps("Amina", f"s:1:{step}")
    await talk.says("P1", "117")
    run = await talk.runner.run(1)
    assert run is not None
    assert [entry.value for entry in run.entries_of("vote")] == [("+1.117",)]


async def test_one_may_vote_for_a_quarter_of_what_is_there(talk: Talk):
    await a_plenary(talk, 17, "Drill")
    await talk.taps("Amina", "o:1:0:doubles:+1.1")  # 16 are left
    for step in ("n:1:doubles", "s:1:together"):
        await talk.taps("Amina", step)
    for action in range(2, 6):
        await talk.taps("P1", f"o:1:0:vote:+1.{action}")
    assert "At most 4" in await talk.taps("P1", "o:1:0:vote:+1.6")
    assert "chosen" not in await talk.taps("P1", "o:1:0:vote:+1.1")  # it stands back
    run = await talk.runner.run(1)
    assert run is not None
    (entry,) = run.entries_of("vote")
    assert entry.value == ("+1.2", "+1.3", "+1.4", "+1.5")
