"""An intake on a real database with the real runner, against the local server."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest_asyncio
from telegram import Update

from bot.botapi import BotApi
from bot.committed import Committed
from bot.core.dialogue import Person
from bot.intake.intake import Intake
from bot.intake.polling import Polling
from bot.rehearsal import World
from bot.rehearsal.server import serve
from bot.runner import Runner
from bot.settings import Settings
from bot.transport import AiohttpRequest
from bot.turn import Turn
from content.catalogues import Catalogues
from storage.database import Database

TOKEN = "123456:rehearsal"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class Desk:
    """Handlers of the simplest kind: a person's name is all they ever said, with commas between."""

    world: World
    url: str
    api: BotApi
    database: Database
    runner: Runner
    commits: list[Committed] = field(default_factory=list)
    sorry_fails: bool = False

    def __post_init__(self) -> None:
        self.intake = Intake(self.database, self.runner, self.handle, self.apologise, self.commits.append, lambda: NOW)
        self.polling = Polling(self.api, self.intake.take)

    async def handle(self, turn: Turn, update: Update) -> None:
        message, user = update.message, update.effective_user
        if message is None or user is None:
            return
        turn.acting = user.id
        before = await turn.person(user.id)
        said = f"{before.name if before else ''}{message.text},"
        workshop = 999 if message.text == "poison" else before.workshop_id if before else None  # there is no such one
        turn.put(Person(user_id=user.id, name=said, language="en", workshop_id=workshop))
        await turn.say(user.id, "heard", text=message.text or "")
        if message.text == "boom":
            raise KeyError("secret words")

    async def apologise(self, turn: Turn, what: Update | Mapping[str, Any]) -> None:
        if self.sorry_fails:
            raise ValueError("secret words")
        body = what.to_dict() if isinstance(what, Update) else what
        turn.acting = body["message"]["from"]["id"]
        await turn.say(turn.acting, "sorry")

    async def said(self, user_id: int) -> str:
        rows = await self.database.read("SELECT name FROM people WHERE user_id = ?", (user_id,))
        return str(rows[0][0]) if rows else ""

    async def sent(self) -> list[tuple[int, str]]:
        rows = await self.database.read("SELECT chat_id, screen FROM outbox ORDER BY id")
        return [(row[0], "sorry" if "sorry" in row[1] else "heard") for row in rows]

    async def dead(self) -> list[tuple[str, str]]:
        return [tuple(row) for row in await self.database.read("SELECT kind, error FROM dead_letters ORDER BY 1")]

    def waiting(self) -> list[dict[str, Any]]:
        return [each.to_dict() for each in self.world.updates.pending()]

    async def until(self, condition: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(10):
            while not await condition():  # noqa: ASYNC110 - what is waited for is in the database
                await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def a_desk(folder: Path, world: World | None = None) -> AsyncIterator[Desk]:
    world = world or World(TOKEN)
    async with serve(world, webhook_retry_seconds=0.1) as url:
        settings = Settings.model_validate({"bot_token": TOKEN, "bot_api_url": url})
        request = AiohttpRequest()
        await request.initialize()
        database = await Database.open(folder)
        try:
            runner = Runner(database, {}, lambda: NOW, catalogues=Catalogues())
            await runner.start()
            yield Desk(world, url, BotApi(request, settings), database, runner)
        finally:
            await database.close()
            await request.shutdown()


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with a_desk(tmp_path / "data") as made:
        made.world.phone(1, "Ama").start()
        made.world.phone(2, "Ben").start()
        while await made.polling.take_once():
            pass
        await made.database.write([(f"DELETE FROM {table}", [()]) for table in ("outbox", "people")])
        made.runner.forget()
        made.commits.clear()
        yield made
