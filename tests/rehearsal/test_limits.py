"""Paces that are held to, and faults that are ordered."""

from __future__ import annotations

import asyncio

import pytest

from bot.rehearsal import ApiError, ConnectionDropped, Delay, Drop, Limits, World
from tests.rehearsal.conftest import TOKEN, Clock


def paced(limits: Limits, people: int = 40) -> tuple[World, Clock]:
    ticks = Clock(1000.0)
    world = World(TOKEN, limits=limits, monotonic=ticks)
    for number in range(1, people + 1):
        world.phone(number, f"P{number}").start()
    return world, ticks


async def send(world: World, chat_id: int, method: str = "sendMessage") -> int:
    """Seconds to wait; 0 when it went through."""
    caught: ApiError | None = None
    try:
        await world.call(method, {"chat_id": chat_id, "text": "x", "action": "typing"})
    except ApiError as error:
        caught = error
    if caught is None:
        return 0
    wait: int = caught.parameters["retry_after"]
    assert (caught.code, caught.description) == (429, f"Too Many Requests: retry after {wait}")
    return wait


async def test_thirty_messages_in_any_second_and_no_more() -> None:
    world, ticks = paced(Limits(overall_per_second=30))
    assert [await send(world, n) for n in range(1, 31)] == [0] * 30
    assert await send(world, 31) == 1
    assert await send(world, 31, "sendChatAction") == 0
    ticks.now += 0.99
    assert await send(world, 31) == 1
    ticks.now += 0.02
    assert await send(world, 31) == 0


async def test_a_chat_takes_a_burst_and_then_one_a_second() -> None:
    world, ticks = paced(Limits(per_chat_per_second=1.0, per_chat_burst=3))
    assert [await send(world, 1) for _ in range(4)] == [0, 0, 0, 1]
    assert await send(world, 2) == 0
    ticks.now += 1
    assert [await send(world, 1) for _ in range(2)] == [0, 1]


async def test_a_group_takes_twenty_a_minute() -> None:
    world, ticks = paced(Limits(per_group_per_minute=20))
    world.group(-100, "Room")
    for _ in range(20):
        assert await send(world, -100) == 0
        ticks.now += 1
    assert await send(world, -100) == 40
    ticks.now += 40
    assert await send(world, -100) == 0
    assert await send(world, 1) == 0


async def test_without_limits_nothing_is_refused() -> None:
    world, _ = paced(Limits(), people=1)
    assert not any([await send(world, 1) for _ in range(200)])
    assert Limits.strict().overall_per_second == 30


async def test_an_ordered_refusal_hits_what_it_names_and_as_often() -> None:
    world, _ = paced(Limits(), people=2)
    upgraded = ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -5})
    world.faults.add(method="sendMessage", chat_id=2, times=2, outcome=upgraded)
    await world.call("sendMessage", {"chat_id": 1, "text": "x"})
    for _ in range(2):
        with pytest.raises(ApiError, match="supergroup") as caught:
            await world.call("sendMessage", {"chat_id": 2, "text": "x"})
        assert caught.value.parameters == {"migrate_to_chat_id": -5}
    await world.call("sendMessage", {"chat_id": 2, "text": "x"})
    assert world.faults.open == 0


async def test_a_dropped_connection_may_have_had_its_effect() -> None:
    world, _ = paced(Limits(), people=1)
    world.faults.add(outcome=Drop())
    world.faults.add(outcome=Drop(processed=True))
    for processed in (False, True):
        with pytest.raises(ConnectionDropped) as caught:
            await world.call("sendMessage", {"chat_id": 1, "text": "x"})
        assert caught.value.processed is processed
    assert [m.text for m in world.phone(1).messages] == ["/start", "x"]
    assert [r.outcome for r in world.requests] == ["dropped before", "dropped after"]


async def test_a_slow_answer_is_slow() -> None:
    world, _ = paced(Limits(), people=1)
    world.faults.add(method="getMe", outcome=Delay(30))
    slow = asyncio.create_task(world.call("getMe"))
    await asyncio.sleep(0.01)
    assert not slow.done()
    slow.cancel()
    world.faults.add(times=9, outcome=Delay(30))
    world.faults.clear()
    await world.call("getMe")


async def test_requests_are_kept_or_only_counted() -> None:
    world, _ = paced(Limits(), people=1)
    await world.call("sendMessage", {"chat_id": 1, "text": "x"})
    with pytest.raises(ApiError):
        await world.call("sendMessage", {"chat_id": 2, "text": "x"})
    good, bad = world.requests
    assert (good.method, good.chat_id, good.outcome, good.result["text"]) == ("sendMessage", 1, "ok", "x")
    assert (bad.outcome, bad.error) == ("error", "400 Bad Request: chat not found")
    lean = World(TOKEN, keep=False)
    await lean.call("getMe")
    assert (lean.requests, lean.counts["getMe", "ok"]) == ([], 1)
