"""How updates wait, are confirmed, expire and collide."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.rehearsal import ApiError, Phone, World
from tests.rehearsal.conftest import Api, Clock, buttons

CONFLICT = "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_stay_until_a_higher_offset_confirms_them(api: Api, ama: Phone) -> None:
    for number in range(3):
        ama.send(f"note {number}")
    first = await api("getUpdates")
    assert texts(first) == ["/start", "note 0", "note 1", "note 2"]
    assert [u["update_id"] for u in first] == [first[0]["update_id"] + n for n in range(4)]
    assert await api("getUpdates") == first
    offset = first[1]["update_id"] + 1
    assert texts(await api("getUpdates", offset=offset, limit=1)) == ["note 1"]
    assert texts(await api("getUpdates", offset=0)) == ["note 1", "note 2"]
    assert texts(await api("getUpdates", offset=-1)) == ["note 2"]
    assert texts(await api("getUpdates", offset="2100000000")) == ["note 2"]


async def test_a_long_poll_ends_with_the_next_message(api: Api, ama: Phone) -> None:
    confirmed = (await api("getUpdates"))[-1]["update_id"] + 1
    poll = asyncio.create_task(api("getUpdates", offset=confirmed, timeout=30))
    await asyncio.sleep(0)
    ama.send("now")
    assert texts(await asyncio.wait_for(poll, 1)) == ["now"]


async def test_a_long_poll_ends_empty_when_its_time_is_over(api: Api) -> None:
    assert await asyncio.wait_for(api("getUpdates", timeout=1), 3) == []


async def test_a_second_poll_ends_the_first_with_a_conflict(api: Api, ama: Phone) -> None:
    confirmed = (await api("getUpdates"))[-1]["update_id"] + 1
    first = asyncio.create_task(api("getUpdates", offset=confirmed, timeout=30))
    await asyncio.sleep(0)
    second = asyncio.create_task(api("getUpdates", offset=confirmed, timeout=30))
    assert await asyncio.wait_for(first, 1) == CONFLICT
    ama.send("to the second")
    assert texts(await asyncio.wait_for(second, 1)) == ["to the second"]


async def test_polling_and_a_webhook_exclude_each_other(api: Api) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0)
    assert await api("setWebhook", url="http://127.0.0.1:9/hook", secret_token="s-1") is True
    assert await asyncio.wait_for(poll, 1) == "409 Conflict: terminated by setWebhook request"
    assert (await api("getUpdates")).startswith("409 Conflict: can't use getUpdates method while webhook is active")
    assert await api("deleteWebhook") is True
    assert await api("getUpdates") == []


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"url": "https://example.org/hook"}, "bad webhook: a rehearsal calls back to this machine alone"),
        ({"url": "http://localhost:1/", "secret_token": "x" * 257}, "secret token is too long"),
        ({"url": "http://localhost:1/", "secret_token": "a b"}, "secret token contains unallowed characters"),
    ],
)
async def test_webhooks_that_are_refused(api: Api, params: dict[str, Any], refusal: str) -> None:
    assert await api("setWebhook", **params) == f"400 Bad Request: {refusal}"


async def test_only_the_kinds_that_were_asked_for_are_queued(api: Api, ama: Phone) -> None:
    await api("getUpdates", offset=-1, allowed_updates='["callback_query"]')
    ama.send("unheard")
    ama.tap_data("x", 1)
    assert list((await api("getUpdates"))[-1]) == ["update_id", "callback_query"]
    assert len(await api("getUpdates")) == 2
    await api("getUpdates", allowed_updates="[]")
    ama.send("heard again")
    assert texts((await api("getUpdates"))[2:]) == ["heard again"]


async def test_a_tap_is_gone_after_150_seconds_and_a_message_after_a_day(
    api: Api, say: Api, ama: Phone, clock: Clock
) -> None:
    await say(reply_markup=buttons(["Go"]))
    ama.tap("Go")
    assert len(await api("getUpdates")) == 2
    clock.now += 151
    assert texts(await api("getUpdates")) == ["/start"]
    clock.now += 86_400
    assert await api("getUpdates") == []
    assert (await api("getWebhookInfo"))["pending_update_count"] == 0


async def test_a_dropped_poll_leaves_updates_in_place(world: World, ama: Phone) -> None:
    poll = asyncio.create_task(world.call("getUpdates", {"offset": world.updates.next_id, "timeout": 30}))
    await asyncio.sleep(0)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    ama.send("after")
    assert texts(await world.call("getUpdates", {})) == ["after"]


async def test_a_wrong_offset_is_read_as_zero(world: World, ama: Phone) -> None:
    assert texts(await world.call("getUpdates", {"offset": "soon"})) == ["/start"]
    with pytest.raises(ApiError):
        await world.call("getFile", {})
