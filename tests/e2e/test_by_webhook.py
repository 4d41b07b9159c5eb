"""The same conversation when Telegram delivers updates instead of being asked for them."""

from __future__ import annotations

import asyncio
import io
import json
import socket
from pathlib import Path
from typing import Any

import aiohttp

from bot.rehearsal.stored import read
from tests.e2e.house import House
from tests.e2e.rig import Rig, rig, until

SECRET = "only-telegram-knows-this"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
SIX = ("Ama", "Ben", "Chi", "Dao", "Eve", "Fay")


def _settings() -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    url = f"http://127.0.0.1:{port}/updates"
    return {"WEBHOOK_URL": url, "WEBHOOK_SECRET": SECRET, "HTTP_HOST": "127.0.0.1", "HTTP_PORT": port}


async def _post(on: Rig, body: Any, **headers: str) -> int:
    """The answer to an update; 0 where the connection broke."""
    sent = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session,
            session.post(on.bot.settings["WEBHOOK_URL"], data=sent, headers=headers) as answer,
        ):
            return answer.status
    except (aiohttp.ClientError, OSError):
        return 0


def _update(update_id: int, house: House, text: str) -> dict[str, Any]:
    """Words of the first guest."""
    phone = house.guests[0].phone
    message = {"message_id": 90_000 + update_id % 1000, "date": 1, "text": text}
    message |= {"chat": phone.chat.to_dict(), "from": phone.user.to_dict()}
    return {"update_id": update_id, "message": message}


async def _gathered(on: Rig) -> House:
    await _listening(on)
    house = House(on.world, SIX)
    await house.gather()
    return house


def _answers(on: Rig) -> list[str]:
    """What stands as Group 1's gap."""
    return [value for _, value in read(on.bot.data, set()).sheets.get(("2.4.1.a", 1, "gap"), [])]


async def test_the_same_conversation_by_webhook_with_kills(tmp_path: Path) -> None:
    async with rig(tmp_path, **_settings()) as on:
        house = await _gathered(on)
        for kills in range(2):
            async with asyncio.TaskGroup() as tasks:
                for group in (1, 2, 3):
                    for each in range(3):
                        holder = house.group(group)[0]
                        tasks.create_task(holder.say(f"Gap {group}, round {kills}, version {each}"))
                tasks.create_task(_killed(on))
        assert await on.bot.stop() == 0
        on.check()
        on.check_duplicates()
        kept = read(on.bot.data, set())
        assert kept.answers == house.tally.answers == 18
        assert not kept.dead_letters
        assert not on.world.counts["getUpdates", "ok"]


async def _killed(on: Rig) -> None:
    await asyncio.sleep(0.02)
    await on.kill()
    await on.start()


async def test_200_comes_after_the_commit_and_only_then(tmp_path: Path) -> None:
    async with rig(tmp_path, **_settings()) as on:
        house = await _gathered(on)
        told = {HEADER: SECRET}
        assert await _post(on, _update(7001, house, "Gap one"), **told) == 200
        assert _answers(on) == ["Gap one"]
        for point, text, stored in (
            ("before-commit", "Gap two", "Gap one"),
            ("after-commit", "Gap three", "Gap three"),
        ):
            await on.kill()
            await _listening(on, CRASH_AT=f"{point}:1")
            update = _update(7001 + len(text), house, text)
            assert await _post(on, update, **told) == 0
            assert await on.bot.wait(5.0) < 0
            assert _answers(on) == [stored]
            await _listening(on)
            assert await _post(on, update, **told) == 200
            assert await _post(on, update, **told) == 200  # once more, as Telegram may do
            assert _answers(on) == [text]
        assert await on.bot.stop() == 0
        on.check()
        assert read(on.bot.data, set()).answers == 3


async def _listening(on: Rig, **settings: str) -> None:
    before = on.calls("setWebhook")
    await on.start(**settings)
    await until(lambda: on.calls("setWebhook") > before, "the webhook")


async def test_strangers_and_nonsense_are_refused(tmp_path: Path) -> None:
    async with rig(tmp_path, **_settings()) as on:
        house = await _gathered(on)
        good = _update(7001, house, "Gap by a stranger")
        for headers in ({}, {HEADER: ""}, {HEADER: SECRET[:-1]}, {HEADER: SECRET + "x"}, {HEADER: SECRET.upper()}):
            assert await _post(on, good, **headers) in (401, 403)
        told = {HEADER: SECRET}
        assert await _post(on, b"x" * (1 << 20) + b"x", **told) == 413
        assert await _post(on, _update(7002, house, "x" * (1 << 20)), **told) == 413
        for nonsense in (b"", b"{", b"[]", b"null", b'{"update_id": "7"}', b"\xff\xfe", b"[" * 900):
            assert await _post(on, nonsense, **told) == 400
        assert await _post(on, {"update_id": 7003, "message": {"message_id": "no number"}}, **told) == 200
        assert not _answers(on)
        assert await _post(on, _update(7004, house, "Gap by a guest"), **told) == 200
        assert _answers(on) == ["Gap by a guest"]
        async with (
            aiohttp.ClientSession() as session,
            session.get(on.bot.settings["WEBHOOK_URL"].replace("/updates", "/health")) as answer,
        ):
            assert answer.status == 200
        assert SECRET not in on.log
        assert await on.bot.stop() == 0
        on.check()
