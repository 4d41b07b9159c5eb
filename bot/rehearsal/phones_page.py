"""The page of phones: several people's phones side by side in a browser, and a clock that can be wound on.

The page asks for what changed since a version, and sends what a person does. Requests must come from the page itself.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.web_request import BaseRequest

from bot.rehearsal import polls
from bot.rehearsal.calls_bot import is_loopback
from bot.rehearsal.errors import PhoneError
from bot.rehearsal.page_view import phone_json
from bot.rehearsal.phone import Phone
from bot.rehearsal.world import World

FIRST_VISITOR = 7_000_000_001
_POLL_SECONDS = 20.0
_SETTLE_SECONDS = 0.05  # lets the events of one turn arrive together
_MOST_WOUND = 400 * 86_400.0
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

Deed = Callable[[Phone, dict[str, Any]], Any]


class PhonesPage:
    """Answers the page's requests over one world. `clock_file` gets the offset of the wound clock, in seconds."""

    def __init__(self, world: World, clock_file: Path | None) -> None:
        self._world = world
        self._clock_file = clock_file

    async def handle(self, request: BaseRequest) -> web.Response | None:
        """One request that isn't for the Bot API; None where it isn't for the page either."""
        if not is_loopback(urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""):
            return _json({"problem": "Open this page as 127.0.0.1 or localhost."}, 403)
        path = request.path
        if request.method == "GET":
            if path == "/":
                page = resources.files("bot.rehearsal").joinpath("page/phones.html").read_text(encoding="utf-8")
                return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": _POLICY})
            if path == "/page/phones":
                return _json(await self._changes(request.query.get("since", "")))
            if path == "/page/file":
                return self._file(request.query.get("id", ""))
        elif path == "/page/do" and request.content_type == "application/json":
            # A form on another site can't send JSON without asking first, and is never allowed to.
            return await self._do(request)
        return None

    async def _changes(self, since: str) -> dict[str, Any]:
        """All that changed since a version, after waiting for a change; everything for an unknown version."""
        world = self._world
        known = int(since) if since.isdecimal() and int(since) <= world.version else -1
        if known == world.version:
            await world.change(_POLL_SECONDS)
            await asyncio.sleep(_SETTLE_SECONDS)
        changed = [phone for phone in world.phones.values() if phone.version > known]
        return {
            "version": world.version,
            "bot": world.bot.username,
            "now": world.clock(),
            "wound": world.wound,
            "windable": self._clock_file is not None,
            "phones": [phone_json(phone) for phone in changed],
        }

    def _file(self, file_id: str) -> web.Response:
        stored = self._world.files.get(file_id)
        if stored is None:
            return _json({"problem": "There is no such file."}, 404)
        kind = stored.mime_type if stored.mime_type.startswith("image/") else "application/octet-stream"
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        if not kind.startswith("image/"):
            name = re.sub(r"[^\w. -]", "_", stored.name, flags=re.ASCII)
            headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return web.Response(body=stored.data, content_type=kind, headers=headers)

    async def _do(self, request: BaseRequest) -> web.Response:
        try:
            asked = json.loads(await request.read())
            deed = str(asked["do"])
            if deed == "wind":
                self._wind(float(asked["seconds"]))
            elif deed == "add":
                return _json({"phone": self._add(str(asked["name"]), str(asked["language"]))})
            else:
                return _json(_DEEDS[deed](self._world.phones[int(asked["phone"])], asked) or {})
        except PhoneError as problem:
            return _json({"problem": str(problem)}, 409)
        except (KeyError, TypeError, ValueError):
            return _json({"problem": "That was not understood."}, 400)
        return _json({})

    def _wind(self, seconds: float) -> None:
        if self._clock_file is None or not 0 <= seconds <= _MOST_WOUND - self._world.wound:
            raise PhoneError("the clock can't be wound that far")
        offset = self._world.wound + seconds
        fresh = self._clock_file.with_suffix(".new")
        fresh.write_text(f"{offset:.0f}\n", encoding="ascii")
        fresh.replace(self._clock_file)  # at once: the bot may be reading
        self._world.wind(seconds)

    def _add(self, name: str, language: str) -> int:
        name = " ".join(name.split())[:64]
        if not name or not re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", language):
            raise PhoneError("a phone needs a name and a language such as en or pt-br")
        user_id = max([FIRST_VISITOR - 1, *self._world.phones]) + 1
        first, _, last = name.partition(" ")
        return self._world.phone(user_id, first, last, language).user.id


def _tap(phone: Phone, asked: dict[str, Any]) -> Any:
    message = phone.chat.messages.get(int(asked["message"]))
    row, column = int(asked["row"]), int(asked["column"])
    if message is not None and polls.is_open(message):
        phone.vote_at(message, row)
        return None
    if message is None or row >= len(message.rows) or column >= len(message.rows[row]):
        raise PhoneError("this button has gone")
    pressed = phone.press(message, message.rows[row][column])
    return {"pressed": pressed} if isinstance(pressed, str) else None


def _start(phone: Phone, asked: dict[str, Any]) -> None:
    written = str(asked.get("payload", "")).strip()
    link = re.search(r"[?&]start=([A-Za-z0-9_-]*)", written)
    phone.start(link.group(1) if link else written)


def _send(phone: Phone, asked: dict[str, Any]) -> None:
    edited = asked.get("message")
    if edited:
        phone.edit(int(edited), str(asked["text"]))
    else:
        phone.send(str(asked["text"]))


def _attach(phone: Phone, asked: dict[str, Any]) -> None:
    kinds: dict[str, Callable[[], Any]] = {
        "sticker": phone.sticker,
        "voice": phone.voice,
        "photo": phone.photo,
        "contact": phone.contact,
        "location": phone.location,
        "document": lambda: phone.document("notes.txt", b"Notes taken during the workshop.\n"),
        "forward": lambda: phone.forward("As agreed this morning.", "Someone else"),
    }
    kinds[str(asked["kind"])]()


def _block(phone: Phone, _asked: dict[str, Any]) -> None:
    if phone.chat.blocked:
        phone.unblock()
    else:
        phone.block()


def _key(phone: Phone, asked: dict[str, Any]) -> None:
    label = str(asked["label"])
    if "person" in asked:
        phone.choose(label, phone.world.people[int(asked["person"])])
    else:
        phone.press_key(label)


_DEEDS: dict[str, Deed] = {
    "tap": _tap,
    "key": _key,
    "start": _start,
    "send": _send,
    "attach": _attach,
    "block": _block,
}


def _json(value: Any, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(value).encode(), status=status, content_type="application/json")
