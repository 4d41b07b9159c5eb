"""A network that breaks, and a Telegram that refuses: what was written arrives all the same, or is told by name."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.rehearsal.errors import ApiError, refuse, too_many
from bot.rehearsal.faults import Drop
from bot.rehearsal.player import plain
from bot.rehearsal.stored import read
from tests.e2e.house import House, words
from tests.e2e.rig import Rig, rig, until

SIX = ("Ama", "Ben", "Chi", "Dao", "Eve", "Fay")
LINES = 6  # of each group's holder of the pen: every one replaces the one before
DROPPED = ("sendMessage", "editMessageText", "setMessageReaction", "answerCallbackQuery", "getUpdates")


async def _opened(on: Rig) -> House:
    await on.start()
    house = House(on.world, SIX)
    await house.gather()
    return house


async def _write(house: House) -> None:
    """Each group's gap is put differently a few times, and then stands so on both phones of the group."""
    async with asyncio.TaskGroup() as tasks:
        for group in (1, 2, 3):
            tasks.create_task(_lines(house, group))


async def _lines(house: House, group: int) -> None:
    holder, other = house.group(group)
    for line in range(LINES):
        await holder.say(f"Gap {group}, version {line}")
    for each in (holder, other):
        await each.see_sheet("2.4.1.a", 1, f"Gap {group}, version {LINES - 1}")


async def _stored(on: Rig, house: House) -> None:
    """The bot stops in order, and everything is there once."""
    assert await on.bot.stop(6.0) == 0
    on.check()
    kept = read(on.bot.data, set())
    assert kept.answers == house.tally.answers == 3 * LINES
    assert not kept.dead_letters
    assert not kept.undelivered


async def test_broken_connections_and_refusals_lose_nothing(tmp_path: Path) -> None:
    await _together(tmp_path, _dropped_before, _dropped_after, _server_errors, _too_much)


async def test_what_has_to_wait_waits_and_nothing_else(tmp_path: Path) -> None:
    await _together(tmp_path, _one_slow_chat, _unreachable_at_first, _unreachable_for_a_while, _sigterm_in_a_broadcast)


async def _together(folder: Path, *scenarios: Callable[[Path], Awaitable[None]]) -> None:
    """Several worlds at the same time: mostly, there is something to wait for."""

    async def play(scenario: Callable[[Path], Awaitable[None]]) -> None:
        await scenario(folder / scenario.__name__)

    async with asyncio.TaskGroup() as tasks:
        for each in scenarios:
            tasks.create_task(play(each))


async def _dropped_before(folder: Path) -> None:
    assert await _dropped(folder, processed=False) == 0


async def _dropped_after(folder: Path) -> None:
    await _dropped(folder, processed=True)


async def _dropped(folder: Path, *, processed: bool) -> int:
    """How many messages came twice."""
    async with rig(folder) as on:
        house = await _opened(on)
        for method in DROPPED:
            on.world.faults.add(method=method, times=2, outcome=Drop(processed))
        await _write(house)
        await house.group(1)[0].press("label.next")
        for each in house.group(1):
            await each.at("2.4.1.a", 2)
        assert on.calls("sendMessage", f"dropped {'after' if processed else 'before'}")
        on.world.faults.clear()
        await _stored(on, house)
        return on.check_duplicates()


async def _server_errors(folder: Path) -> None:
    async with rig(folder) as on:
        house = await _opened(on)
        for method in DROPPED:
            on.world.faults.add(method=method, outcome=ApiError(500, "Internal Server Error"))
            on.world.faults.add(method=method, outcome=ApiError(502, "Bad Gateway"))
        await _write(house)
        on.world.faults.clear()
        await _stored(on, house)


async def _too_much(folder: Path) -> None:
    """429 for whatever is sent, and for the updates: waited out, and not run against."""
    async with rig(folder) as on:
        house = await _opened(on)
        on.world.faults.add(method="editMessageText", times=8, outcome=too_many(1))
        on.world.faults.add(method="getUpdates", outcome=too_many(1))
        await _write(house)
        assert not on.world.faults.open
        await _stored(on, house)


async def _one_slow_chat(folder: Path) -> None:
    async with rig(folder) as on:
        house = await _opened(on)
        slow, quick = house.group(1)[0], house.group(2)[0]
        on.world.faults.add(method="editMessageText", chat_id=slow.phone.user.id, outcome=too_many(3))
        began = on.world.monotonic()
        slow.phone.send("Gap 1, slowly")
        await until(lambda: not on.world.faults.open, "the refusal")
        await quick.say("Gap 2, at once")
        await quick.see_sheet("2.4.1.a", 1, "Gap 2, at once")
        assert not any("▸ Gap 1" in message.text for message in slow.phone.messages)  # it has to wait for three seconds
        await slow.see_sheet("2.4.1.a", 1, "Gap 1, slowly")
        assert on.world.monotonic() - began >= 3


async def test_who_blocked_the_bot_is_named_and_comes_back(tmp_path: Path) -> None:
    async with rig(tmp_path) as on:
        house = await _opened(on)
        gone, lead = house.guests[5], house.lead
        gone.phone.block()
        await lead.until(lambda: (board := lead.phone.pinned) and "1 can't be reached" in board.text, "the board")
        await lead.press("label.broadcast")
        await lead.press("label.everyone")
        lead.phone.send("Coffee is ready")
        await lead.press("label.send")
        told = await lead.see(words("sent.missed"))
        assert "Fay" in plain(told.text)
        assert "5 of 6" in plain(told.text)
        gone.phone.unblock()
        await lead.until(lambda: (board := lead.phone.pinned) and "can't be reached" not in board.text, "the board")
        await house.group(3)[0].say("Gap 3, with Fay again")
        await gone.see_sheet("2.4.1.a", 1, "with Fay again")
        assert "Coffee is ready" not in " ".join(message.text for message in gone.phone.messages)
        assert on.bot.running


async def _unreachable_for_a_while(folder: Path) -> None:
    async with rig(folder) as on:
        house = await _opened(on)
        await on.unreachable()
        for group in (1, 2, 3):
            house.group(group)[0].phone.send(f"Gap {group}, written in between")
        await asyncio.sleep(2.0)
        assert on.bot.running
        await on.serve()
        for each in house.guests:
            await each.see_sheet("2.4.1.a", 1, f"Gap {each.group}, written in between")
        await on.unreachable()
        assert await on.bot.stop(5.0) == 0  # nobody to say goodbye to


async def _unreachable_at_first(folder: Path) -> None:
    async with rig(folder) as on:
        await on.unreachable()
        await on.bot.start()
        await asyncio.sleep(1.5)
        assert on.bot.running
        await on.serve()
        await until(lambda: on.calls("getMe"), "the first call")


@pytest.mark.parametrize("code", [401, 409])
async def test_a_refusal_at_work_ends_it(tmp_path: Path, code: int) -> None:
    async with rig(tmp_path) as on:
        await on.start()
        await until(lambda: on.calls("deleteWebhook"), "the polling to begin")
        said = "Unauthorized" if code == 401 else "Conflict: terminated by other getUpdates request"
        on.world.faults.add(method="getUpdates", outcome=refuse(code, said))
        on.world.phone(1, "Ama").start()  # ends the poll that is under way
        assert await on.bot.wait(5.0) > 0
        assert len(on.log.strip().splitlines()) <= 2
        on.check()


async def test_a_wrong_token_ends_it_within_five_seconds(tmp_path: Path) -> None:
    wrong = "1000001:AAE-a-token-that-nobody-gave-it-00000"
    async with rig(tmp_path, BOT_TOKEN=wrong) as on:
        await on.bot.start()
        assert await on.bot.wait(5.0) > 0
        assert "BOT_TOKEN" in on.log
        assert wrong.partition(":")[2] not in on.log
        assert len(on.log.strip().splitlines()) == 1


async def test_without_a_token_it_says_what_to_do(tmp_path: Path) -> None:
    async with rig(tmp_path, BOT_TOKEN="") as on:
        await on.bot.start()
        assert await on.bot.wait(5.0) > 0
        assert "@BotFather" in on.log
        assert ".env" in on.log
        assert not on.world.requests


async def _sigterm_in_a_broadcast(folder: Path) -> None:
    """It takes longer than the end may take: what isn't out yet goes out later, once."""
    async with rig(folder) as on:
        house = await _opened(on)
        assert await on.bot.stop() == 0
        await on.start(PACE_PER_SECOND="1")
        house.lead.phone.send("/broadcast Lunch is at one")
        await house.lead.press("label.everyone")
        await house.lead.press("label.send")
        house.guests[0].phone.send("Gap 1, at the last moment")
        await asyncio.sleep(0.3)
        began = on.world.monotonic()
        assert await on.bot.stop(5.5) == 0
        assert on.world.monotonic() - began < 5.0
        early = sum(_heard(each.phone.messages) for each in house.guests)
        assert early < len(house.guests)
        await on.start()
        for each in house.guests:
            await each.see("Lunch is at one")
        await house.guests[0].see_sheet("2.4.1.a", 1, "at the last moment")
        assert await on.bot.stop() == 0
        on.check()
    assert [_heard(each.phone.messages) for each in house.guests] == [1] * 6


def _heard(messages: list) -> int:
    return sum("Lunch is at one" in message.text for message in messages)
