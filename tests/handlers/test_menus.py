"""The commands behind Telegram's menu button are those of one's role, wherever one goes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from handlers.menus import FACILITATOR
from tests.stage import Stage, stage
from tests.transcripts import setups


@pytest_asyncio.fixture
async def on(tmp_path: Path) -> AsyncIterator[Stage]:
    """Amina leads a workshop, and Esi leads it with her."""
    async with stage(tmp_path, restarting=False) as made:
        await setups.opened(made)
        made.restarting = False
        await made.do("Esi", setups.filled(made, "(start @once)"))
        yield made


def menu(on: Stage, name: str) -> list[str]:
    """The commands of somebody's own chat; none where they have everyone's."""
    found = on.world.commands.get((f"chat/{on.phone(name).user.id}", ""), [])
    return [each["command"] for each in found]


async def do(on: Stage, *inputs: str) -> None:
    for each in inputs:
        name, what = each.split(": ")
        await on.do(name, setups.filled(on, what))


async def test_whoever_leads_has_commands_of_their_own(on: Stage):
    await do(on, "Marco: (start @link)", "Marco: [Join as Marco]", "Marco: [Skip]")
    assert [menu(on, name) for name in ("Amina", "Esi", "Marco")] == [list(FACILITATOR), list(FACILITATOR), []]
    assert not any(request.method == "deleteMyCommands" for request in on.world.requests)


async def test_whoever_hands_over_and_leaves_has_everyones_again(on: Stage):
    await do(on, "Amina: /people", "Amina: 2", "Amina: [Hand over]", "Amina: [Hand over]")
    assert menu(on, "Amina") == list(FACILITATOR)
    await do(on, "Amina: /leave", "Amina: [Leave]")
    assert (menu(on, "Amina"), menu(on, "Esi")) == ([], list(FACILITATOR))
    on.check()


async def test_whoever_is_removed_has_everyones_again_until_that_is_undone(on: Stage):
    await do(on, "Amina: /people", "Amina: 2", "Amina: [Remove]", "Amina: [Remove]")
    assert menu(on, "Esi") == []
    await do(on, "Amina: [Undo]")
    assert menu(on, "Esi") == list(FACILITATOR)


async def test_the_commands_are_those_of_the_workshop_that_somebody_works_in(on: Stage):
    await setups.second_workshop(on)
    on.restarting = False
    await do(on, "Esi: (start @second)", "Esi: [Join as Esi]", "Esi: [Skip]")
    assert menu(on, "Esi") == []
    await do(on, "Esi: /workshop", "Esi: [Accra June workshop]")
    assert menu(on, "Esi") == list(FACILITATOR)
    await do(on, "Esi: /leave", "Esi: [Leave]")
    assert menu(on, "Esi") == []


async def test_another_language_changes_only_their_own_commands(on: Stage):
    await do(on, "Esi: /language", "Esi: [Français]")
    words = {name: on.world.commands[f"chat/{on.phone(name).user.id}", ""][0] for name in ("Amina", "Esi")}
    assert words["Amina"]["command"] == words["Esi"]["command"]
    assert words["Amina"]["description"] != words["Esi"]["description"]
