"""The webhook: the same path in, answered after the commit; and the sign of life."""

import asyncio
import contextlib
import io
import json
import socket

import aiohttp
import pytest

from bot.intake.webhook import MOST_BYTES, SECRET_HEADER, HttpServer

SECRET = "s3cret"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.asynccontextmanager
async def hooked(desk, take=None, *, announce=False):
    port = free_port()
    url = f"http://127.0.0.1:{port}/hook"
    http = HttpServer("127.0.0.1", port, lambda: http.alive)
    http.hook(url, SECRET, take or desk.intake.take)
    await http.start()
    if announce:
        await http.announce(desk.api, url)
    async with aiohttp.ClientSession() as session:

        async def post(body, secret: str | None = SECRET):
            headers = {} if secret is None else {SECRET_HEADER: secret}
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            async with session.post(url, data=io.BytesIO(data), headers=headers) as response:
                return response.status

        try:
            yield http, post, session
        finally:
            await http.stop()


def update(desk, user_id: int, text: str):
    desk.world.phone(user_id).send(text)
    return desk.waiting()[-1]


async def test_telegram_delivers_to_the_webhook(desk):
    async with hooked(desk, announce=True):
        for number in range(30):
            desk.world.phone(1).send(f"{number}")

        async def all_in():
            return (await desk.said(1)).count(",") == 30 and not desk.waiting()

        await desk.until(all_in)
    assert desk.world.updates.webhook.secret == SECRET


async def test_an_update_is_answered_after_its_commit_and_counts_once(desk):
    async with hooked(desk) as (_, post, _session):
        body = update(desk, 1, "a")
        assert await post(body) == 200
        assert await desk.said(1) == "a,"
        assert await post(body) == 200
        assert await desk.said(1) == "a,"


async def test_updates_that_come_together_share_a_commit(desk):
    bodies = [update(desk, 1, f"{number}") for number in range(20)]
    async with hooked(desk) as (_, post, _session):
        assert await asyncio.gather(*map(post, bodies)) == [200] * 20
    assert (await desk.said(1)).count(",") == 20
    assert len(desk.commits) < 20


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "é"])
async def test_without_the_secret_nothing_is_taken(desk, secret):
    async with hooked(desk) as (_, post, _session):
        assert await post(update(desk, 1, "a"), secret) == 403
    assert await desk.said(1) == ""


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"5", b'{"update_id": "7"}', b"\xff"])
async def test_what_is_no_update_is_refused(desk, body):
    async with hooked(desk) as (_, post, _session):
        assert await post(body) == 400
        assert await post(update(desk, 1, "a")) == 200


async def test_a_body_that_is_too_large_is_refused(desk):
    async with hooked(desk) as (_, post, _session):
        assert await post(b" " * (MOST_BYTES + 1)) == 413
        assert await post(update(desk, 1, "a")) == 200


async def test_a_poisonous_update_is_done_with(desk):
    async with hooked(desk) as (_, post, _session):
        assert await post(update(desk, 1, "boom")) == 200
        assert await post({"update_id": 5, "message": 7}) == 200
    assert len(await desk.dead()) == 2


async def test_what_cannot_be_written_is_not_taken_for_done(desk):
    failing = True

    async def take(updates):
        if failing:
            raise OSError
        await desk.intake.take(updates)

    async with hooked(desk, take) as (_, post, _session):
        body = update(desk, 1, "a")
        assert await post(body) == 500
        failing = False
        assert await post(body) == 200
    assert await desk.said(1) == "a,"


async def test_stopping_answers_what_has_come(desk):
    started = asyncio.Event()

    async def take(updates):
        started.set()
        await asyncio.sleep(0.1)
        await desk.intake.take(updates)

    async with hooked(desk, take) as (http, post, _session):
        posting = asyncio.create_task(post(update(desk, 1, "a")))
        await started.wait()
        await http.stop()
        assert await posting == 200
    assert await desk.said(1) == "a,"


async def test_health():
    healthy = True
    http = HttpServer("127.0.0.1", 0, lambda: healthy)
    await http.start()
    async with aiohttp.ClientSession() as session:
        for expected in (200, 503):
            healthy = expected == 200
            async with session.get(f"http://127.0.0.1:{http.port}/health") as response:
                assert response.status == expected
        async with session.post(f"http://127.0.0.1:{http.port}/") as response:
            assert response.status == 404
    await http.stop()
    assert not http.alive


async def test_a_port_that_is_taken_is_an_error():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        http = HttpServer("127.0.0.1", taken.getsockname()[1], lambda: True)
        with pytest.raises(OSError, match="address already in use"):
            await http.start()
        await http.stop()
