"""Conversations without a server: updates go into the routes, and what was said is read from the outbox.

For what a transcript can't show: stored values, forged taps, a bot without an organiser.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from telegram import Update

from bot.committed import Committed
from bot.core.message import Screen
from bot.core.workshop import Workshop
from bot.runner import Runner
from content.catalogues import Catalogues
from content.loader import load_all
from handlers.context import SCREENS
from handlers.render import Renderer
from handlers.routes import Routes
from storage.database import Database

PROGRAMMES = load_all()
CATALOGUES = Catalogues()
START = datetime(2027, 6, 14, 8, 0, tzinfo=UTC)


class Talk:
    """People are known by their first name; their ids count up from 1001."""

    def __init__(self, database: Database, organiser_ids: frozenset[int]) -> None:
        self.time = START
        self.runner = Runner(
            database,
            PROGRAMMES,
            lambda: self.time,
            catalogues=CATALOGUES,
            organiser_ids=organiser_ids,
            bot_username="plenary_bot",
            dice=random.Random(7),
        )
        self.routes = Routes(CATALOGUES)
        self.ids: dict[str, int] = {}
        self.numbers = count(1)
        self.language = "en"
        self.told: dict[int, list[str]] = {}  # what was said to whom, since it was last asked for

    def id(self, name: str) -> int:
        return self.ids.setdefault(name, 1001 + len(self.ids))

    async def _take(self, name: str, body: dict[str, Any]) -> Committed:
        self.time += timedelta(seconds=5)
        update = Update.de_json({"update_id": next(self.numbers), **body}, None)
        turn = self.runner.begin()
        await self.routes.handle(turn, update)
        self.runner.keep(turn)
        committed = await self.runner.commit()
        for each in committed.messages:
            if each.screen.key:
                person = await self.runner.person(each.chat_id)
                text = Renderer(CATALOGUES, person.language if person else "en").text(each.screen)
                self.told.setdefault(each.chat_id, []).append(text)
        return committed

    def _user(self, name: str) -> dict[str, Any]:
        return {"id": self.id(name), "is_bot": False, "first_name": name, "language_code": self.language}

    def _chat(self, name: str) -> dict[str, Any]:
        return {"id": self.id(name), "type": "private", "first_name": name}

    async def says(self, name: str, text: str) -> str:
        """Somebody writes. Returns what is said to them, message after message, and the question then open."""
        message = {"message_id": next(self.numbers), "date": 0, "chat": self._chat(name), "from": self._user(name)}
        return await self._answers(name, await self._take(name, {"message": message | {"text": text}}))

    async def taps(self, name: str, data: str) -> str:
        """Somebody sends callback data, with or without such a button."""
        message = {"message_id": next(self.numbers), "date": 0, "chat": self._chat(name)}
        query = {"id": str(next(self.numbers)), "from": self._user(name), "chat_instance": "1", "data": data}
        query["message"] = message
        return await self._answers(name, await self._take(name, {"callback_query": query}))

    async def picks(self, name: str, request: int, other: str, *, called: str | None = None) -> str:
        """Somebody shares a person, as if behind a key with this number."""
        called = other if called is None else called
        user = {"user_id": self.id(other), **({"first_name": called} if called else {})}
        message = {"message_id": next(self.numbers), "date": 0, "chat": self._chat(name), "from": self._user(name)}
        shared = {"request_id": request, "users": [user]}
        return await self._answers(name, await self._take(name, {"message": message | {"users_shared": shared}}))

    def heard(self, name: str) -> list[str]:
        """What was said to somebody since this was last asked for."""
        return self.told.pop(self.id(name), [])

    async def _answers(self, name: str, committed: Committed) -> str:
        renderer = await self.renderer(name)
        mine = [message for message in committed.messages if message.chat_id == self.id(name)]
        said = [renderer.text(message.screen) for message in mine if message.screen.key]
        question = await self.question(name)
        return "\n".join([*said, renderer.text(question)] if question else said)

    async def renderer(self, name: str) -> Renderer:
        person = await self.runner.person(self.id(name))
        return Renderer(CATALOGUES, person.language if person else "en")

    async def question(self, name: str) -> Screen | None:
        person = await self.runner.person(self.id(name))
        if person is None or person.dialogue is None:
            return None
        return await SCREENS[type(person.dialogue)](self.runner, person, person.dialogue)

    async def labels(self, name: str) -> list[str]:
        """The buttons of the open question."""
        question, renderer = await self.question(name), await self.renderer(name)
        return [renderer.label(choice) for row in question.rows for choice in row] if question else []

    async def workshop(self, number: int = 1) -> Workshop:
        found = await self.runner.workshop(number)
        assert found is not None
        return found

    async def open(self, name: str, title: str = "June workshop") -> Workshop:
        """Have an organiser open a workshop that begins today."""
        for text in ("/new", title, "14 June 2027", "That's right", "Ghana", "That's right", "Open it"):
            await self.says(name, text)
        person = await self.runner.person(self.id(name))
        assert person is not None
        assert person.workshop_id is not None
        return await self.workshop(person.workshop_id)

    async def join(self, name: str, workshop: Workshop) -> None:
        """Have somebody join by the link."""
        for text in (f"/start {workshop.link_token}", f"Join as {name}", "Skip"):
            await self.says(name, text)
