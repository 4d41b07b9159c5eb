"""Composition root: puts the parts together, and takes them apart again."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from telegram import Update
from telegram.error import TelegramError

from bot.botapi import BotApi
from bot.delivery import Delivery
from bot.pacing import Pacing
from bot.runner import Runner, Turn
from bot.settings import Settings
from bot.transport import AiohttpRequest
from bot.wallclock import WallClock
from content import loader
from content.catalogues import Catalogues, own_name
from handlers import common
from handlers.routes import Routes
from handlers.views import Views
from storage import updates
from storage.database import Database

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]


class Stopped(Exception):
    """The bot has to end. `line` says why, for people."""

    def __init__(self, exit_code: int, line: str) -> None:
        super().__init__(line)
        self.exit_code = exit_code
        self.line = line


class App:
    """The whole bot. `open` makes it ready, `close` ends it; `take_once` handles what is waiting at Telegram."""

    def __init__(self, settings: Settings, database: Database, runner: Runner, transport: AiohttpRequest) -> None:
        self.settings = settings
        self.database = database
        self.runner = runner
        self.transport = transport
        self.routes = Routes(runner.catalogues)
        self.views = Views(runner)
        pacing = Pacing(
            settings.pace_per_second,
            settings.pace_chat_per_second,
            settings.pace_chat_burst,
            settings.pace_group_chat_per_minute,
            settings.board_interval_seconds,
        )
        self.delivery = Delivery(
            database,
            self.views,
            BotApi(transport, settings),
            pacing,
            runner.now,
            next_id=lambda: runner.next_id("outbox"),
            unreachable=self._unreachable,
        )
        self._offset = 0

    @classmethod
    async def open(
        cls, settings: Settings, *, now: Callable[[], datetime] | None = None, dice: random.Random | None = None
    ) -> App:
        """Make everything ready. Raises StorageError, TelegramError, Stopped."""
        catalogues = Catalogues()
        common.LANGUAGES.update({tag: own_name(tag) for tag in catalogues.languages()})
        database = await Database.open(settings.data_dir)
        transport = AiohttpRequest()
        try:
            await transport.initialize()
            me = await transport.call(settings.api_url("getMe"), {})
            runner = Runner(
                database,
                loader.load_all(),
                now or WallClock(settings.rehearsal_clock).now,
                catalogues=catalogues,
                organiser_ids=settings.organiser_ids,
                bot_username=me["username"],
                dice=dice,
            )
            await runner.start()
            app = cls(settings, database, runner, transport)
            runner.on_show = app.delivery.on_show
            await app.delivery.start()
        except BaseException:
            await transport.shutdown()
            await database.close()
            raise
        return app

    async def close(self, seconds: float = 5.0) -> None:
        """Deliver what can be delivered in so many seconds, and end."""
        await self.delivery.stop(seconds)
        await self.transport.shutdown()
        await self.database.close()

    async def quiet(self) -> None:
        """Return when everything that can be delivered has been."""
        await self.delivery.quiet(drain_boards=True)

    async def _unreachable(self, chat_id: int, reason: str) -> None:
        person = await self.runner.person(chat_id)
        if person is not None and person.unreachable != reason:
            turn = self.runner.begin()
            turn.put(replace(person, unreachable=reason))

    async def take_once(self, seconds: float = 0) -> int:
        """Handle what is waiting, or what comes within so many seconds; how many updates that were."""
        payload = {"offset": self._offset, "timeout": seconds, "limit": 100, "allowed_updates": ALLOWED_UPDATES}
        waiting = await self.transport.call(self.settings.api_url("getUpdates"), payload, read_timeout=seconds + 5)
        if not waiting:
            return 0
        new = await updates.unseen(self.database, [each["update_id"] for each in waiting])
        for raw in waiting:
            if raw["update_id"] in new:
                turn: Turn = self.runner.begin()
                await self.routes.handle(turn, Update.de_json(raw, None))
                self.runner.keep(turn)
        committed = await self.runner.commit(updates.handled(new, self.runner.now()))
        self.delivery.after_commit(committed)
        self._offset = waiting[-1]["update_id"] + 1
        return len(waiting)


async def run_bot(settings: Settings) -> None:
    """Run until told to stop. Raises Stopped."""
    try:
        app = await App.open(settings)
    except TelegramError as error:
        raise Stopped(1, f"Telegram refused the start: {type(error).__name__}") from None
    try:
        while True:
            await app.take_once(25)
    except asyncio.CancelledError:
        pass
    finally:
        await app.close()
