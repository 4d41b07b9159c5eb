"""Servers on this machine for tests of the transport, and the pool to talk to them with."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.transport import AiohttpRequest

TOKEN = "123456:AAtokentokentokentokentokentoken"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def server(handler: Handler) -> AsyncIterator[str]:
    app = web.Application(client_max_size=2**24)
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def raw_server(talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]):
    """A server below HTTP, for what a proper one never does."""

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        finally:
            writer.close()

    listener = await asyncio.start_server(accept, "127.0.0.1", 0)
    async with listener:
        yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"


@asynccontextmanager
async def pool(**options: Any) -> AsyncIterator[AiohttpRequest]:
    request = AiohttpRequest(**options)
    await request.initialize()
    try:
        yield request
    finally:
        await request.shutdown()


def method(base: str, name: str = "sendMessage") -> str:
    return f"{base}/bot{TOKEN}/{name}"


def assert_no_token(error: BaseException) -> None:
    chain: list[BaseException] = [error]
    for each in chain:
        assert "token" not in f"{each} {each!r}".replace("InvalidToken", "")
        chain += [another for another in (each.__cause__, each.__context__) if another is not None]
