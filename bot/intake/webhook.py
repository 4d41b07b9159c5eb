"""The bot's own HTTP server: updates that Telegram delivers (a webhook), and a sign of life for whoever watches."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.botapi import BotApi
from bot.intake.intake import ALLOWED_UPDATES
from bot.intake.polling import until_done
from bot.transport import loads

logger = logging.getLogger(__name__)

MOST_BYTES = 1 << 20
MOST_AT_ONCE = 100  # updates in one commit
CONNECTIONS = 40
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class HttpServer:
    """Serves GET /health (200 while `alive`), and the webhook's address where one is set.

    An update is answered with 200 only after its commit; those that come at the same time share one.
    """

    def __init__(self, host: str, port: int, alive: Callable[[], bool]) -> None:
        self._host = host
        self._port = port
        self._alive = alive
        self._app = web.Application(client_max_size=MOST_BYTES)
        self._app.router.add_get("/health", self._health)
        self._runner: web.AppRunner | None = None
        self._take: Callable[[Sequence[Any]], Awaitable[None]] | None = None
        self._secret = b""
        self._waiting: list[tuple[Any, asyncio.Future[None]]] = []
        self._some = asyncio.Event()
        self._empty = asyncio.Event()
        self._batches: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()

    def hook(self, url: str, secret: str, take: Callable[[Sequence[Any]], Awaitable[None]]) -> None:
        """Serve a webhook at the path of `url`; call before `start`."""
        self._take = take
        self._secret = secret.encode()
        self._app.router.add_post(urlsplit(url).path or "/", self._update)

    async def start(self) -> None:
        """Listen. Raises OSError where the port is taken."""
        self._runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        if self._take is not None:
            self._batches = asyncio.create_task(self._run(self._take))

    async def announce(self, api: BotApi, url: str) -> None:
        """Tell Telegram where to deliver; asks again until it is answered. Raises Stopped where that's no use."""
        payload = {
            "url": url,
            "secret_token": self._secret.decode(),
            "max_connections": CONNECTIONS,
            "allowed_updates": ALLOWED_UPDATES,
        }
        await until_done(lambda: api("setWebhook", payload), self._stopping)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._runner.addresses[0][1]) if self._runner and self._runner.addresses else 0

    @property
    def alive(self) -> bool:
        """Updates that come are taken."""
        return self._runner is not None and (self._batches is None or not self._batches.done())

    async def stop(self) -> None:
        """Take no more; what has come is still handled and answered."""
        self._stopping.set()
        if self._runner is not None:
            for site in list(self._runner.sites):
                await site.stop()
        if self._batches is not None and self._waiting:
            await asyncio.wait(
                [self._batches, asyncio.ensure_future(self._empty.wait())], return_when="FIRST_COMPLETED"
            )
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        if self._batches is not None:
            self._batches.cancel()
            await asyncio.gather(self._batches, return_exceptions=True)

    async def _health(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok") if self._alive() else web.Response(status=503, text="not ok")

    async def _update(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        try:
            raw = loads(await request.read())  # more than MOST_BYTES is answered with 413
        except ValueError:
            raw = None
        if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
            return web.Response(status=400)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((raw, done))
        self._some.set()
        self._empty.clear()
        try:
            await done
        except Exception:  # told in the log by whoever failed; Telegram delivers it again
            return web.Response(status=500)
        return web.Response()

    async def _run(self, take: Callable[[Sequence[Any]], Awaitable[None]]) -> None:
        while True:
            await self._some.wait()
            batch = self._waiting[:MOST_AT_ONCE]
            failure: Exception | None = None
            try:
                # In the order in which they happened, as far as they are here.
                await take(sorted((raw for raw, _ in batch), key=lambda raw: int(raw["update_id"])))
            except Exception as error:
                logger.error("Updates can't be taken: %s", type(error).__name__)
                failure = error
            del self._waiting[: len(batch)]
            for _, done in batch:
                if done.done():
                    continue  # the connection is gone
                if failure is None:
                    done.set_result(None)
                else:
                    done.set_exception(failure)
            if not self._waiting:
                self._some.clear()
                self._empty.set()
