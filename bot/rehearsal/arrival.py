"""How the cast comes in: by the link or by the code, under the name on the phone or another one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.rehearsal.lead import WaysIn
from bot.rehearsal.player import Player

FIRST_NUMBER = 2  # the facilitator is number 1


async def everybody(players: Sequence[Player], ways: WaysIn) -> None:
    """All open the door at the same time and go in one after another: who is in first counts off first."""
    async with asyncio.TaskGroup() as tasks:
        for player in players:
            tasks.create_task(_to_the_door(player, ways))
    for player in players:
        await _step_in(player)
    async with asyncio.TaskGroup() as tasks:
        for number, player in enumerate(players, FIRST_NUMBER):
            tasks.create_task(_say_where_from(player, number))


async def latecomer(player: Player, ways: WaysIn, number: int, seat: str) -> None:
    """Somebody comes when the groups are at work: they are told their group and have its sheet at once."""
    await _to_the_door(player, ways)
    await _step_in(player)
    await player.see(seat)
    player.seated = True
    await _say_where_from(player, number)


async def go_away(player: Player, exercise: str) -> None:
    """Block the bot in the middle of an exercise."""
    await player.until(lambda: player.sheet, f"the sheet of {exercise}")
    player.seated = False
    player.phone.block()


async def come_back(player: Player, exercise: str) -> None:
    """Unblock it, and ask for the sheet."""
    player.phone.unblock()
    asked = player.phone.send("/sheet")

    def anew() -> bool:
        sheet = player.sheet
        return sheet is not None and sheet.exercise == exercise and sheet.message.message_id > asked.message_id

    await player.until(anew, f"the sheet of {exercise} after coming back")
    player.seated = True


async def _to_the_door(player: Player, ways: WaysIn) -> None:
    if player.human.by_code:
        player.phone.start()
        await player.see("six-character code")
        player.phone.send("ABC234")
        await player.see("doesn't work")
        player.phone.send(ways.code.lower())
    else:
        player.phone.open(ways.link)
    await player.see("Your own ratings stay yours.")


async def _step_in(player: Player) -> None:
    if player.human.renamed:
        await player.tap("Other name")
        await player.see("What shall your group call you?")
        player.phone.send(player.human.name)
    else:
        await player.tap(f"Join as {player.human.name}")


async def _say_where_from(player: Player, number: int) -> None:
    await player.see(f"You're in, number {number}. One more thing")
    if player.human.organisation:
        player.phone.send(player.human.organisation)
    else:
        await player.tap("Skip")
    await player.until(lambda: _is_in(player, number), "the last word of joining")


def _is_in(player: Player, number: int) -> bool:
    found = player.said(f"You're in, number {number}.")
    return found is not None and "One more thing" not in found.text
