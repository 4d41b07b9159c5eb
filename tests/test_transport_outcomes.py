"""What a failed request says of its outcome: it never left, or nobody knows."""

import asyncio
import socket

import pytest
from aiohttp import web
from telegram import Bot, InputFile

from bot.transport import AnswerTimedOut, ConnectFailed, ConnectTimedOut, OutcomeUnknown
from tests.loopback import TOKEN, assert_no_token, method, pool, raw_server, server


def refused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def test_a_refused_connection_never_left():
    async with pool() as request:
        with pytest.raises(ConnectFailed) as caught:
            await request.call(method(f"http://127.0.0.1:{refused_port()}"), {})
    assert not isinstance(caught.value, OutcomeUnknown)
    assert_no_token(caught.value)


@pytest.mark.parametrize("base", ["http://no-such-host.invalid", "http://127.0.0.1:99999", "nonsense"])
async def test_an_address_that_leads_nowhere_never_left(base):
    async with pool() as request:
        with pytest.raises(ConnectFailed) as caught:
            await request.call(method(base), {})
    assert_no_token(caught.value)


async def test_tls_that_fails_never_left():
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Plain\r\n\r\n")

    async with raw_server(talk) as base, pool() as request:
        with pytest.raises(ConnectFailed) as caught:
            await request.call(method(base.replace("http:", "https:")), {})
    assert_no_token(caught.value)


async def test_waiting_for_a_connection_too_long_never_left():
    gate = asyncio.Event()

    async def handler(_request: web.Request) -> web.Response:
        await gate.wait()
        return web.json_response({"ok": True, "result": True})

    async with server(handler) as base, pool(pool_size=1, pool_timeout=0.05, connect_timeout=0.05) as request:
        first = asyncio.create_task(request.call(method(base), {}))
        await asyncio.sleep(0.02)
        with pytest.raises(ConnectTimedOut):
            await request.call(method(base), {})
        gate.set()
        assert await first is True


async def test_a_slow_answer_is_an_unknown_outcome():
    async def handler(_request: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.Response()

    async with server(handler) as base, pool() as request:
        with pytest.raises(AnswerTimedOut) as caught:
            await request.call(method(base), {}, read_timeout=0.05)
    assert isinstance(caught.value, OutcomeUnknown)
    assert_no_token(caught.value)


async def test_a_server_that_stops_reading_is_an_unknown_outcome():
    async def talk(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(1)

    options = {"read_timeout": 0.1, "media_write_timeout": 0.1, "connect_timeout": 0.1, "pool_timeout": 0.1}
    async with raw_server(talk) as base, pool(**options) as request:
        bot = Bot(TOKEN, base_url=f"{base}/bot", request=request)
        with pytest.raises(AnswerTimedOut):
            await bot.send_document(7, InputFile(b"x" * 2**24, "large.bin"), write_timeout=0.1)


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", b"nonsense\r\n\r\n"])
async def test_a_connection_that_breaks_after_the_request_is_an_unknown_outcome_and_not_repeated(said):
    requests = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal requests
        await reader.readuntil(b"{}")
        requests += 1
        writer.write(said)

    async with raw_server(talk) as base, pool() as request:
        with pytest.raises(OutcomeUnknown) as caught:
            await request.call(method(base), {})
    assert requests == 1
    assert_no_token(caught.value)


async def test_a_kept_connection_that_breaks_is_not_retried_silently():
    requests = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal requests
        for _ in range(2):
            await reader.readuntil(b"{}")
            requests += 1
            if requests > 1:
                return
            body = b'{"ok":true,"result":true}'
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))

    async with raw_server(talk) as base, pool() as request:
        assert await request.call(method(base), {}) is True
        with pytest.raises(OutcomeUnknown):
            await request.call(method(base), {})
    assert requests == 2
