"""python-telegram-bot's `BaseRequest` on aiohttp, and a faster way in for raw Bot API calls.

Its errors say what delivery has to know: whether a request that failed can have reached Telegram.
"""

from __future__ import annotations

import io
import json
import logging
import os
import re
from datetime import timedelta
from http import HTTPStatus
from typing import Any, cast

import aiohttp
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

try:
    import orjson
except ImportError:  # PyPy has no wheel
    orjson = None  # type: ignore[assignment]

# Durations as timedelta, the library's coming default: without this each 429, a normal event, prints a warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

_SECRET = re.compile(r"(?<=/bot)\d+(?::|%3A)[^/\s'\"]+|\b\d+:[A-Za-z0-9_-]{20,}")


class ConnectFailed(NetworkError):
    """The request never left: no connection could be made. Sending it again is safe."""


class OutcomeUnknown(NetworkError):
    """The request left, but no proper answer came back: Telegram may or may not have carried it out."""


class ConnectTimedOut(ConnectFailed, TimedOut):
    """No connection within the connect or pool timeout: the request never left."""


class AnswerTimedOut(OutcomeUnknown, TimedOut):
    """No answer within the write and read timeouts: the outcome is unknown."""


def redact(text: str) -> str:
    """Return `text` without anything that looks like a bot token."""
    return _SECRET.sub("…", text)


class RedactToken(logging.Filter):
    """Takes tokens out of log records, whichever library wrote them; add it to the handlers."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record's message and traceback; never drops a record."""
        message = record.getMessage()
        if (clean := redact(message)) != message:
            record.msg, record.args = clean, None
        if record.exc_info:
            record.exc_text = redact(record.exc_text or logging.Formatter().formatException(record.exc_info))
        return True


def retry_after_seconds(error: RetryAfter) -> float:
    """Return the seconds that Telegram asks to wait, whichever type the library gives them."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def dumps(value: Any) -> bytes:
    """Encode as JSON."""
    if orjson is not None:
        try:
            return orjson.dumps(value)
        except TypeError:  # half a surrogate pair, or a number over 64 bits: the standard library takes both
            pass
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()


def loads(payload: bytes) -> Any:
    """Decode JSON; broken UTF-8 and half surrogate pairs are no reason to refuse it. Raises ValueError."""
    if orjson is not None:
        try:
            return orjson.loads(payload)
        except ValueError:  # stricter than the standard library, which decides
            pass
    return json.loads(payload.decode("utf-8", "replace"))


class _JsonBody:
    """A request body to be sent as JSON, passed through `BaseRequest.post` in the place of its RequestData."""

    contains_files = False

    def __init__(self, payload: dict[str, Any]) -> None:
        self.body = dumps(payload)


class AiohttpRequest(BaseRequest):
    """A pool of connections to the Bot API. All timeouts are in seconds; None waits without end.

    `pool_size`: requests under way at once; more wait for up to `pool_timeout`.
    Raises, besides the errors of python-telegram-bot, ConnectFailed and OutcomeUnknown. A 404 is InvalidToken, as in
    the library: Telegram answers so both for a malformed token and for a method that it doesn't know.
    """

    def __init__(
        self,
        pool_size: int = 64,
        read_timeout: float | None = 10.0,
        write_timeout: float | None = 10.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 5.0,
        media_write_timeout: float | None = 60.0,
    ) -> None:
        self._pool_size = pool_size
        self._read = read_timeout
        self._write = write_timeout
        self._connect = connect_timeout
        self._pool = pool_timeout
        self._media_write = media_write_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer where a request doesn't say."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool; connections are made when needed. Does nothing where it is open."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._pool_size, ttl_dns_cache=300, keepalive_timeout=30),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                auto_decompress=True,
            )

    async def shutdown(self) -> None:
        """Close the pool and its connections. Does nothing where it is closed."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def call(self, url: str, payload: dict[str, Any], *, read_timeout: float | None = None) -> Any:
        """POST `payload` as JSON to a Bot API method's address; return the answer's `result`, not made into objects.

        `read_timeout` in seconds; without it the pool's own. Raises telegram.error types, as the class says.
        """
        wait = self._read if read_timeout is None else read_timeout
        try:
            return await self.post(url, cast("RequestData", _JsonBody(payload)), read_timeout=wait)
        except KeyError:  # a 200 that says "ok": false
            raise OutcomeUnknown("The server's answer has no result") from None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | _JsonBody | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request, never repeated and never redirected; return the status and the body.

        Raises ConnectFailed or OutcomeUnknown (an answer of 500 and above is one too).
        """
        if self._session is None:
            raise ConnectFailed("The connection pool is not open")
        files = request_data is not None and request_data.contains_files
        connect = _pick(connect_timeout, self._connect)
        waiting = _sum(_pick(pool_timeout, self._pool), connect)
        read = _pick(read_timeout, self._read)
        working = _sum(_pick(write_timeout, self._media_write if files else self._write), read)
        timeout = aiohttp.ClientTimeout(
            # aiohttp has no timeout for writing; the total bounds it. A download only has to keep coming.
            total=_sum(waiting, working) if method == "POST" else None,
            connect=waiting,
            sock_connect=connect,
            sock_read=read,
        )
        headers: dict[str, str] = {}
        data: Any = None
        if isinstance(request_data, _JsonBody):
            data, headers["Content-Type"] = request_data.body, "application/json"
        elif request_data is not None:
            data = _multipart(request_data) if files else request_data.json_parameters
        failure: TelegramError
        try:
            # aiohttp repeats a request on a connection that turned out dead only for idempotent methods: no POST.
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                return response.status, _presentable(response.status, await response.read())
        except (aiohttp.ClientError, OSError) as error:  # TimeoutError is an OSError
            failure = _classify(error)
        except OutcomeUnknown as error:
            failure = error
        # Raised here, not above: aiohttp's errors may hold the address, and with it the token, as context.
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Decode an answer. Raises OutcomeUnknown where it is not a Bot API answer."""
        try:
            answer = loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or ("result" not in answer and answer.get("ok") is not False):
            raise OutcomeUnknown("The server's answer is not one of a Bot API server")
        return answer


def _pick(timeout: object, default: float | None) -> float | None:
    return default if timeout is BaseRequest.DEFAULT_NONE else cast("float | None", timeout)


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _multipart(request_data: RequestData) -> aiohttp.FormData:
    # Quoting would turn the names of files into percent codes for their readers.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime_type) in request_data.multipart_data.items():
        # Read piece by piece: a large body of bytes would hold up the event loop.
        body = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, body, filename=filename, content_type=mime_type)
    return form


def _presentable(status: int, body: bytes) -> bytes:
    """Return the body, or for an error that isn't JSON (a proxy's page, which may show the address) a stand-in."""
    if status < 300:
        return body
    try:
        description = str(loads(body)["description"])
    except (ValueError, KeyError, TypeError):
        description = ""
    if status >= 500:
        raise OutcomeUnknown(redact(description) or f"{_phrase(status)} ({status})")
    if description:
        return body
    return dumps({"ok": False, "error_code": status, "description": f"{_phrase(status)} ({status})"})


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "HTTP error"


def _classify(error: Exception) -> TelegramError:
    told = redact(f"{type(error).__name__}: {error}".removesuffix(": "))
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return ConnectTimedOut(told)
    if isinstance(error, TimeoutError):
        return AnswerTimedOut(told)
    if isinstance(error, (aiohttp.ClientConnectorError, aiohttp.ServerFingerprintMismatch, aiohttp.InvalidURL)):
        return ConnectFailed(told)
    return OutcomeUnknown(told)
