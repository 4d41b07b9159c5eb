import io
import logging
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InputFile, InputMediaPhoto
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot import loop
from bot.transport import (
    AiohttpRequest,
    ConnectFailed,
    OutcomeUnknown,
    RedactToken,
    dumps,
    loads,
    redact,
    retry_after_seconds,
)
from tests.loopback import TOKEN, assert_no_token, method, pool, server

MESSAGE = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}}


async def test_call_posts_json_and_returns_the_result():
    async def handler(request: web.Request) -> web.Response:
        assert request.content_type == "application/json"
        assert request.path == f"/bot{TOKEN}/sendMessage"
        return web.json_response({"ok": True, "result": await request.json()})

    payload = {"chat_id": 2**52, "text": "آمين 👩‍👩‍👧", "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}}
    async with server(handler) as base, pool() as request:
        assert await request.call(method(base), payload) == payload


@pytest.mark.parametrize(
    ("status", "parameters", "error"),
    [
        (400, None, BadRequest),
        (401, None, InvalidToken),
        (403, None, Forbidden),
        (404, None, InvalidToken),
        (409, None, Conflict),
        (400, {"migrate_to_chat_id": -1001}, ChatMigrated),
        (429, {"retry_after": 7}, RetryAfter),
        (429, None, NetworkError),
        (500, None, OutcomeUnknown),
        (502, None, OutcomeUnknown),
    ],
)
async def test_what_telegram_refuses_comes_as_the_librarys_errors(status, parameters, error):
    answer: dict[str, Any] = {"ok": False, "error_code": status, "description": "Bad thing: said so"}
    if parameters:
        answer["parameters"] = parameters

    async def handler(_request: web.Request) -> web.Response:
        return web.json_response(answer, status=status)

    async with server(handler) as base, pool() as request:
        with pytest.raises(error) as caught:
            await request.call(method(base), {})
    if parameters is None:
        assert caught.value.message == "Bad thing: said so"
    if isinstance(caught.value, ChatMigrated):
        assert caught.value.new_chat_id == -1001
    if isinstance(caught.value, RetryAfter):
        assert retry_after_seconds(caught.value) == 7.0


def test_the_time_to_wait_is_in_seconds_whichever_type_it_has():
    assert retry_after_seconds(RetryAfter(3)) == 3.0
    assert retry_after_seconds(RetryAfter(timedelta(minutes=1))) == 60.0


@pytest.mark.parametrize("status", [302, 400, 404, 413])
async def test_a_proxys_page_with_the_address_shows_no_token(status):
    async def handler(request: web.Request) -> web.Response:
        page = f"<p>{request.url} is nowhere</p>"
        return web.Response(status=status, text=page, headers={"Location": str(request.url)})

    async with server(handler) as base, pool() as request:
        with pytest.raises(Exception, match=str(status)) as caught:
            await request.call(method(base), {})
    assert_no_token(caught.value)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"7", b'{"ok":true}', b'{"ok":false}', b"\xff"])
async def test_a_200_that_is_no_answer_is_an_unknown_outcome(body):
    async def handler(_request: web.Request) -> web.Response:
        return web.Response(body=body)

    async with server(handler) as base, pool() as request:
        with pytest.raises(OutcomeUnknown):
            await request.call(method(base), {})


async def test_a_closed_pool_never_left_and_can_be_opened_again():
    async def handler(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": True})

    request = AiohttpRequest()
    async with server(handler) as base:
        with pytest.raises(ConnectFailed):
            await request.call(method(base), {})
        for _ in range(2):
            await request.initialize()
            assert await request.call(method(base), {}) is True
            await request.shutdown()
            await request.shutdown()


async def test_the_librarys_bot_works_on_it_uploads_included():
    seen: dict[str, Any] = {}

    async def handler(request: web.Request) -> web.StreamResponse:
        name = request.path.rpartition("/")[2]
        if name == "getFile":
            return web.json_response({"ok": True, "result": {"file_id": "f", "file_unique_id": "u", "file_path": "p"}})
        if name == "p":
            return web.Response(body=b"contents")
        assert request.content_type == ("multipart/form-data" if name.startswith("send") else None)
        fields = await request.post()
        for key, value in fields.items():
            seen[key] = (
                (value.filename, value.content_type, value.file.read()) if isinstance(value, web.FileField) else value
            )
        return web.json_response({"ok": True, "result": [MESSAGE] if name == "sendMediaGroup" else MESSAGE})

    async with server(handler) as base, pool() as request:
        bot = Bot(TOKEN, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot", request=request)
        message = await bot.send_document(7, InputFile(b"x" * 2**21, 'план "ü".txt'), caption="<b>")
        assert message.message_id == 5
        assert seen["chat_id"] == "7"
        assert seen["caption"] == "<b>"
        assert seen["document"][1:] == ("text/plain", b"x" * 2**21)
        assert "план" in seen["document"][0]
        await bot.send_media_group(7, [InputMediaPhoto(io.BytesIO(b"one")), InputMediaPhoto(b"two")])
        assert {value[2] for value in seen.values() if isinstance(value, tuple)} >= {b"one", b"two"}
        file = await bot.get_file("f")
        assert bytes(await file.download_as_bytearray()) == b"contents"


async def test_the_librarys_plain_methods_send_forms():
    async def handler(request: web.Request) -> web.Response:
        fields = await request.post()
        return web.json_response({"ok": True, "result": {**MESSAGE, "text": fields["text"]}})

    async with server(handler) as base, pool() as request:
        bot = Bot(TOKEN, base_url=f"{base}/bot", request=request)
        assert (await bot.send_message(7, "a & b = ü 👍")).text == "a & b = ü 👍"


async def test_no_token_in_any_log(caplog):
    async def handler(_request: web.Request) -> web.Response:
        return web.Response(status=500, text="broken")

    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(RedactToken())
    logger = logging.getLogger("tests.transport")
    async with server(handler) as base, pool() as request:
        bot = Bot(TOKEN, base_url=f"{base}/bot", request=request)
        with pytest.raises(NetworkError):
            await bot.get_me()
        try:
            raise ValueError(method(base))
        except ValueError:
            logger.exception("sending to %s failed", method(base))
    assert "sending to" in caplog.text
    assert "AAtoken" not in caplog.text


def test_redaction_leaves_the_rest():
    assert (
        redact(f"POST https://h/bot{TOKEN}/getMe at 12:30:15 by /bother")
        == "POST https://h/bot…/getMe at 12:30:15 by /bother"
    )
    assert redact(f"the token {TOKEN}.") == "the token …."
    assert redact("/bot1:short/x /bot1%3Ashort/x") == "/bot…/x /bot…/x"


def test_json_takes_what_telegram_can_send_and_people_can_type():
    assert loads(b'{"a": "\\ud83d"}') == {"a": "\ud83d"}
    assert loads(b'{"a": "\xff"}') == {"a": "\ufffd"}
    assert loads(dumps({"a": "\ud83d", "b": 2**70})) == {"a": "\ud83d", "b": 2**70}
    assert dumps({"a": "ü"}) == '{"a":"ü"}'.encode()
    with pytest.raises(ValueError, match="Expecting"):
        loads(b"{")


def test_the_main_coroutine_runs_and_its_error_passes_through():
    async def main(value: int) -> int:
        if value < 0:
            raise LookupError
        return value

    assert loop.run(main(3)) == 3
    with pytest.raises(LookupError):
        loop.run(main(-1))
