"""The stand-in over real HTTP, on 127.0.0.1."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.rehearsal import ApiError, Drop, Phone, World, serve
from tests.rehearsal.conftest import TOKEN


class Client:
    """What a bot does, over HTTP."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self.session = session

    async def call(self, method: str, **how: Any) -> tuple[int, dict[str, Any]]:
        async with self.session.post(f"{self.url}/bot{TOKEN}/{method}", **how) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def client(world: World) -> AsyncIterator[Client]:
    async with serve(world, webhook_retry_seconds=0.01) as url, aiohttp.ClientSession() as session:
        yield Client(url, session)


async def test_parameters_come_as_json_form_query_or_parts(client: Client, ama: Phone) -> None:
    chat = str(ama.user.id)
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "1"}]]}
    status, answer = await client.call("sendMessage", json={"chat_id": chat, "text": "1", "reply_markup": markup})
    assert (status, answer["ok"], answer["result"]["reply_markup"]) == (200, True, markup)
    form = {"chat_id": chat, "text": "2", "reply_markup": json.dumps(markup)}
    assert (await client.call("sendMessage", data=form))[1]["result"]["reply_markup"] == markup
    parts = aiohttp.FormData({"chat_id": chat, "caption": "3"})
    parts.add_field("document", b"plan", filename="plan.txt", content_type="text/plain")
    sent = (await client.call("sendDocument", data=parts))[1]["result"]
    assert sent["document"]["file_name"] == "plan.txt"
    async with client.session.get(f"{client.url}/bot{TOKEN}/sendMessage", params={"chat_id": chat, "text": "4"}) as got:
        assert (await got.json())["result"]["text"] == "4"
    assert [m.text for m in ama.messages[1:]] == ["1", "2", "3", "4"]


async def test_refusals_have_status_code_and_parameters(client: Client, world: World, ama: Phone) -> None:
    status, answer = await client.call("sendMessage", json={"chat_id": 1, "text": "x"})
    assert (status, answer) == (400, {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"})
    world.faults.add(outcome=ApiError(429, "Too Many Requests: retry after 7", {"retry_after": 7}))
    status, answer = await client.call("getMe")
    assert (status, answer["parameters"]) == (429, {"retry_after": 7})
    status, answer = await client.call("getMe", data=b"{", headers={"Content-Type": "application/json"})
    assert (status, answer["description"]) == (400, "Bad Request: can't parse JSON encoded request body")
    assert (await client.call("getNothing"))[0] == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/bot123456:other/getMe", 401),
        ("/botnonsense/getMe", 401),
        ("/file/bot123456:other/documents/file_0.txt", 401),
        (f"/file/bot{TOKEN}/documents/none", 404),
        ("/elsewhere", 404),
    ],
)
async def test_other_addresses(client: Client, path: str, status: int) -> None:
    async with client.session.get(client.url + path) as answer:
        assert answer.status == (await answer.json())["error_code"] == status


async def test_a_file_can_be_fetched(client: Client, ama: Phone) -> None:
    sent = ama.document("notes.txt", b"what we said")
    _, answer = await client.call("getFile", json={"file_id": sent.media["document"]["file_id"]})
    async with client.session.get(f"{client.url}/file/bot{TOKEN}/{answer['result']['file_path']}") as got:
        assert await got.read() == b"what we said"


@pytest.mark.parametrize("processed", [False, True])
async def test_a_broken_connection(client: Client, world: World, ama: Phone, processed: bool) -> None:
    world.faults.add(method="sendMessage", outcome=Drop(processed=processed))
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await client.call("sendMessage", json={"chat_id": ama.user.id, "text": "x"})
    assert len(ama.messages) == 1 + processed


async def test_a_long_poll_over_http(client: Client, ama: Phone) -> None:
    offset = (await client.call("getUpdates"))[1]["result"][-1]["update_id"] + 1
    poll = asyncio.create_task(client.call("getUpdates", json={"offset": offset, "timeout": 20}))
    await asyncio.sleep(0.05)
    ama.send("over the wire")
    _, answer = await asyncio.wait_for(poll, 2)
    assert answer["result"][0]["message"]["text"] == "over the wire"


async def test_it_serves_this_machine_alone(world: World) -> None:
    for host in ("0.0.0.0", "192.168.1.5", "example.org"):
        with pytest.raises(ValueError, match="this machine alone"):
            async with serve(world, host=host):
                pass


class Hook:
    """A bot's webhook that fails as often as it is told to."""

    def __init__(self) -> None:
        self.took = asyncio.Event()
        self.seen: list[tuple[str, str]] = []
        self.fail = 0
        self.most_at_once = 0
        self._now = 0

    async def take(self, request: web.Request) -> web.Response:
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        await asyncio.sleep(0.01)
        self._now -= 1
        if self.fail:
            self.fail -= 1
            return web.Response(status=500)
        update = await request.json()
        self.took.set()
        self.seen.append((request.headers["X-Telegram-Bot-Api-Secret-Token"], update["message"]["text"]))
        return web.Response()


@pytest.fixture
async def hook() -> AsyncIterator[tuple[Hook, str]]:
    made = Hook()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield made, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def seen(hook: Hook, count: int) -> list[str]:
    async with asyncio.timeout(5):
        while len(hook.seen) < count:
            await hook.took.wait()
            hook.took.clear()
    return [text for _, text in hook.seen]


async def test_a_webhook_gets_updates_in_order_and_again_until_it_takes_them(
    client: Client, world: World, ama: Phone, hook: tuple[Hook, str]
) -> None:
    bot, url = hook
    bot.fail = 2
    await client.call("setWebhook", json={"url": url, "secret_token": "s3cret"})
    for number in range(4):
        ama.send(f"note {number}")
    assert await seen(bot, 5) == ["/start", "note 0", "note 1", "note 2", "note 3"]
    assert {secret for secret, _ in bot.seen} == {"s3cret"}
    _, answer = await client.call("getWebhookInfo")
    assert answer["result"]["pending_update_count"] == 0
    assert answer["result"]["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_people_dont_wait_for_each_other_at_a_webhook(
    client: Client, world: World, hook: tuple[Hook, str]
) -> None:
    bot, url = hook
    await client.call("setWebhook", json={"url": url, "secret_token": "s", "max_connections": 3})
    for number in range(1, 10):
        world.phone(number, f"P{number}").start()
    await seen(bot, 9)
    assert bot.most_at_once == 3
