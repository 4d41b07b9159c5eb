"""A delivery on a real database, against the local server over HTTP, with sentences and boards that tests set."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest_asyncio

from bot.botapi import BotApi
from bot.committed import Committed
from bot.core.message import Board, Kind, OutboxMessage, Priority, Screen
from bot.delivery.delivery import Delivery
from bot.delivery.pacing import Pacing
from bot.rehearsal import Phone, World
from bot.rehearsal.limits import Limits
from bot.rehearsal.server import serve
from bot.settings import Settings
from bot.transport import AiohttpRequest
from bot.views import Request, View
from storage import outbox
from storage.database import Database

TOKEN = "123456:rehearsal"
FAST = Pacing(
    per_second=1e5, chat_per_second=1e5, chat_burst=10**5, group_chat_per_minute=1e5, board_interval_seconds=0
)


def keyboard(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label} for label in labels]]}


class Words:
    """Rendering for tests: a screen's "text" is what is sent; boards are as `boards` has them."""

    def __init__(self) -> None:
        self.boards: dict[int, dict[str, tuple[str, View | None]]] = {}
        self.closings: dict[str, str | None] = {}  # by part
        self.broken: set[int] = set()
        self.looked_at: list[tuple[int, str]] = []

    async def request(self, message: OutboxMessage) -> Request | None:
        if message.chat_id in self.broken:
            raise KeyError("words that must not be logged")
        text = str(message.screen.params.get("text", ""))
        chat = {"chat_id": message.chat_id}
        match message.kind:
            case Kind.TOAST:
                return Request("answerCallbackQuery", {"callback_query_id": message.query_id, "text": text})
            case Kind.REACT:
                reaction = [{"type": "emoji", "emoji": "👌"}]
                return Request("setMessageReaction", {**chat, "message_id": message.message_id, "reaction": reaction})
            case Kind.EDIT:
                return Request("editMessageText", {**chat, "message_id": message.message_id, "text": text})
            case Kind.DOCUMENT:
                return Request("sendDocument", {**chat, "caption": text}, {"document": ("été.txt", text.encode())})
        if text == "nothing":
            return None
        payload = {**chat, "text": text, "parse_mode": "HTML"}
        if label := message.screen.params.get("button"):
            payload["reply_markup"] = keyboard(str(label))
        return Request("sendMessage", payload)

    async def wanted(self, chat_id: int) -> dict[str, str]:
        return {slot: subject for slot, (subject, _) in self.boards.get(chat_id, {}).items()}

    async def view(self, chat_id: int, slot: str, subject: str) -> View | None:
        if chat_id in self.broken:
            raise KeyError("words that must not be logged")
        self.looked_at.append((chat_id, slot))
        now, view = self.boards.get(chat_id, {}).get(slot, ("", None))
        return view if now == subject else None

    async def closing(self, board: Board) -> str | None:
        return board.closing or self.closings.get(board.part, "")

    async def everyone(self) -> list[int]:
        return list(self.boards)


@dataclass
class Room:
    """Delivery and all around it."""

    folder: Path
    world: World
    api: Callable[..., Any]
    words: Words = field(default_factory=Words)
    time: datetime = datetime(2026, 3, 2, 9, tzinfo=UTC)
    pacing: Pacing = FAST
    unreachable: list[tuple[int, str]] = field(default_factory=list)
    moved: list[tuple[int, int]] = field(default_factory=list)
    ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _database: Database | None = None
    _delivery: Delivery | None = None

    @property
    def database(self) -> Database:
        assert self._database is not None
        return self._database

    @property
    def delivery(self) -> Delivery:
        assert self._delivery is not None
        return self._delivery

    async def open(self) -> None:
        self._database = await Database.open(self.folder)
        rows = await self.database.read("SELECT COALESCE(MAX(id), 0) + 1 FROM outbox")
        self.ids = itertools.count(rows[0][0])
        self._delivery = Delivery(
            self.database,
            self.words,
            self.api,
            self.pacing,
            lambda: self.time,
            next_id=lambda: next(self.ids),
            unreachable=self._note_unreachable,
            migrated=self._note_moved,
        )
        await self.delivery.start()

    async def close(self, seconds: float = 5.0) -> None:
        if self._delivery is not None:
            await self._delivery.stop(seconds)
        await self.cut()

    async def cut(self) -> None:
        """End as a power cut would: nothing is noted any more."""
        if self._delivery is not None:
            for task in [*self._delivery._tasks, self._delivery._ledger._task]:
                if task is not None:
                    task.cancel()
            await asyncio.gather(*self._delivery._tasks, return_exceptions=True)
            self._delivery._ledger._task = None
            self._delivery._tasks = []
            self._delivery._idle = -(10**9)
            self._delivery = None
        if self._database is not None:
            await self._database.close()
            self._database = None

    async def reopen(self) -> None:
        await self.close()
        await self.open()

    async def _note_unreachable(self, chat_id: int, reason: str) -> None:
        self.unreachable.append((chat_id, reason))

    async def _note_moved(self, old: int, new: int) -> None:
        self.moved.append((old, new))

    def message(self, chat_id: int, text: str = "hello", **more: Any) -> OutboxMessage:
        params = {"text": text} | ({"button": more.pop("button")} if "button" in more else {})
        fields: dict[str, Any] = {"kind": Kind.SEND, "priority": Priority.ANSWER, "created_at": self.time} | more
        return OutboxMessage(id=next(self.ids), chat_id=chat_id, screen=Screen("test", params), **fields)

    async def commit(self, *messages: OutboxMessage, **more: Any) -> None:
        if messages:
            await self.database.write(outbox.insert(messages))
        self.delivery.after_commit(Committed(list(messages), **more))

    async def deliver(self, *messages: OutboxMessage, **more: Any) -> None:
        await self.commit(*messages, **more)
        await self.quiet()

    async def quiet(self, **more: Any) -> None:
        async with asyncio.timeout(30):
            await self.delivery.quiet(**more)

    async def show(self, chat_id: int, text: str | None, *, slot: str = "sheet", **more: Any) -> None:
        """Have a board show something (None: it isn't wanted any more), as its person acts."""
        self.board(chat_id, text, slot=slot, **more)
        await self.deliver(touched=frozenset({f"chat:{chat_id}"}), urgent=frozenset({chat_id}))

    def board(self, chat_id: int, text: str | None, *, slot: str = "sheet", subject: str = "1", **more: Any) -> None:
        slots = self.words.boards.setdefault(chat_id, {})
        if text is None:
            slots.pop(slot, None)
            return
        fields: dict[str, Any] = {"part": "a", "markup": keyboard("Next"), "watches": frozenset({"run:1"})} | more
        slots[slot] = (subject, View(text=text, **fields))

    def phone(self, number: int) -> Phone:
        if number in self.world.phones:
            return self.world.phones[number]
        phone = self.world.phone(number, f"P{number}")
        phone.chat.started = True
        return phone

    def shown(self, number: int) -> list[str]:
        """What stands in a private chat now: text, and its buttons in brackets."""
        return [
            message.text + "".join(f" [{label}]" for row in message.buttons for label in row)
            for message in self.world.chats[number].messages.values()
            if message.from_bot and not message.is_service
        ]

    async def stored(self, message_id: int) -> OutboxMessage:
        found = await outbox.load(self.database, message_id)
        assert found is not None
        return found

    async def statuses(self) -> list[tuple[str, int]]:
        return [tuple(row) for row in await self.database.read("SELECT status, attempts FROM outbox ORDER BY id")]

    def requests(self, prefix: str = "") -> list[str]:
        return [each.method for each in self.world.requests if each.method.startswith(prefix)]

    def later(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@contextlib.asynccontextmanager
async def a_room(folder: Path, limits: Limits | None = None, **more: Any) -> AsyncIterator[Room]:
    world = World(TOKEN, limits=limits)
    async with serve(world) as url:
        settings = Settings.model_validate({"bot_token": TOKEN, "bot_api_url": url})
        request = AiohttpRequest()
        await request.initialize()
        made = Room(folder, world, BotApi(request, settings), **more)
        try:
            yield made
        finally:
            await made.close()
            await request.shutdown()


@pytest_asyncio.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path / "data") as made:
        await made.open()
        yield made
