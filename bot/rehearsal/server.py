"""The stand-in over HTTP, on this machine alone: /bot<token>/<method>, /file/bot<token>/<path>, a page of phones."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from aiohttp import web
from aiohttp.web_request import BaseRequest, FileField

from bot.rehearsal.calls_bot import is_loopback
from bot.rehearsal.errors import ApiError, ConnectionDropped, bad_request, refuse
from bot.rehearsal.phones_page import PhonesPage
from bot.rehearsal.webhook import Pusher
from bot.rehearsal.world import World

dumps: Callable[[Any], bytes]
loads: Callable[[bytes], Any]
try:
    import orjson

    dumps, loads = orjson.dumps, orjson.loads
except ImportError:  # slower, but all that a rehearsal needs
    loads = json.loads

    def dumps(value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False).encode()


_MOST_BYTES = 60 << 20
_JSON = "application/json"


@contextlib.asynccontextmanager
async def serve(
    world: World,
    port: int = 0,
    *,
    host: str = "127.0.0.1",
    clock_file: Path | None = None,
    webhook_retry_seconds: float = 1.0,
) -> AsyncIterator[str]:
    """Serve a world while the block runs; gives the base address, such as http://127.0.0.1:8081.

    Port 0 takes a free one. `clock_file` is where the page's clock control writes an offset in seconds. Raises
    ValueError for an address that others could reach.
    """
    if not is_loopback(host):
        raise ValueError(f"the rehearsal server is for this machine alone, not for {host}")
    page = PhonesPage(world, clock_file)
    runner = web.ServerRunner(
        web.Server(_handler(world, page), request_factory=_request), access_log=None, shutdown_timeout=0.5
    )
    await runner.setup()
    pusher = asyncio.create_task(Pusher(world, webhook_retry_seconds).run())
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        bound = runner.addresses[0][1]
        yield f"http://{f'[{host}]' if ':' in host else host}:{bound}"
    finally:
        pusher.cancel()
        await asyncio.gather(pusher, return_exceptions=True)
        await runner.cleanup()


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> BaseRequest:
    loop = asyncio.get_running_loop()
    return BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=_MOST_BYTES)


def _handler(world: World, page: PhonesPage) -> Callable[[BaseRequest], Any]:
    api, file = f"/bot{world.token}/", f"/file/bot{world.token}/"

    async def handle(request: BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith(api):
            return await _call(world, request, path[len(api) :])
        if path.startswith(file):
            stored = world.files.fetch(unquote(path[len(file) :]))
            if stored:
                return web.Response(body=stored.data, content_type="application/octet-stream")
            return _refused(refuse(404, "Not Found"))
        if path.startswith(("/bot", "/file/bot")):
            return _refused(_wrong_token(path))
        return await page.handle(request) or _refused(refuse(404, "Not Found"))

    return handle


async def _call(world: World, request: BaseRequest, method: str) -> web.Response:
    try:
        params, files = await _read(request)
        result = await world.call(method, params, files)
    except ApiError as error:
        return _refused(error)
    except ConnectionDropped:
        if request.transport:
            request.transport.abort()
        return web.Response()
    return web.Response(body=b'{"ok":true,"result":' + dumps(result) + b"}", content_type=_JSON)


async def _read(request: BaseRequest) -> tuple[dict[str, Any], dict[str, bytes]]:
    params: dict[str, Any] = dict(request.query) if request.query_string else {}
    kind = request.content_type
    if not request.can_read_body:
        return params, {}
    if kind == _JSON:
        try:
            body = loads(await request.read())
        except ValueError:
            raise bad_request("can't parse JSON encoded request body") from None
        if not isinstance(body, dict):
            raise bad_request("can't parse JSON encoded request body")
        params.update((name, value) for name, value in body.items() if value is not None)
        return params, {}
    if kind != "multipart/form-data":
        params.update(parse_qsl((await request.read()).decode(), keep_blank_values=True))
        return params, {}
    files: dict[str, bytes] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            files[name] = value.file.read()
            params[f"name:{name}"] = value.filename
        else:
            params[name] = value
    return params, files


def _refused(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    response = web.Response(body=dumps(body), status=error.code, content_type=_JSON)
    if wait := error.parameters.get("retry_after"):
        response.headers["Retry-After"] = str(wait)
    return response


def _wrong_token(path: str) -> ApiError:
    token = path.removeprefix("/file").removeprefix("/bot").partition("/")[0]
    number, colon, _ = token.partition(":")
    plausible = colon and number.isdecimal()
    return ApiError(401, "Unauthorized" if plausible else "Unauthorized: invalid token specified")
