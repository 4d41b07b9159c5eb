"""Composition root: puts the parts together, runs them, and takes them apart again."""

from __future__ import annotations

import asyncio
import gc
import logging
import random
import signal
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram import Update

from bot import crashpoints, nights
from bot.botapi import BotApi
from bot.clock import Clock
from bot.committed import Committed, Fetch
from bot.core.exercise import Programme
from bot.delivery.delivery import Delivery
from bot.delivery.pacing import Pacing
from bot.intake.fetching import Fetching
from bot.intake.intake import Intake, Stopped, Work
from bot.intake.polling import Polling, until_done
from bot.intake.webhook import HttpServer
from bot.runner import Runner
from bot.settings import Settings
from bot.transport import AiohttpRequest
from bot.turn import Turn
from bot.wallclock import WallClock
from content import loader
from content.catalogues import Catalogues, own_name
from handlers import common, menus
from handlers.files import arriving
from handlers.files.reading import MOST_BYTES
from handlers.followup import firing
from handlers.mirrors import ending
from handlers.routes import Routes
from handlers.views import Views
from storage.database import Database

logger = logging.getLogger(__name__)

DRAIN_SECONDS = 4.0  # of the five that an end may take

__all__ = ["App", "Stopped", "run_bot"]


class App:
    """The whole bot. `open` makes it ready, `run` lets it work until it is stopped, `close` ends it."""

    def __init__(self, settings: Settings, database: Database, runner: Runner, api: BotApi) -> None:
        self.settings = settings
        self.database = database
        self.runner = runner
        self.api = api
        self.routes = Routes(runner.catalogues)
        self.delivery = Delivery(
            database,
            Views(runner),
            api,
            Pacing(
                settings.pace_per_second,
                settings.pace_chat_per_second,
                settings.pace_chat_burst,
                settings.pace_group_chat_per_minute,
                settings.board_interval_seconds,
            ),
            runner.now,
            next_id=lambda: runner.next_id("outbox"),
            unreachable=self._unreachable,
            migrated=self._migrated,
            shut=self._shut,
        )
        runner.on_show = self.delivery.on_show
        self.intake = Intake(database, runner, self.routes.handle, self._apologise, self._committed, runner.now)
        self.fetching = Fetching(lambda file_id: api.download(file_id, MOST_BYTES), self._arrived)
        self.polling = Polling(api, self.intake.take)
        self.clock = Clock(database, runner.now, self._tick, self._tidy, self.look, self._catch_up)
        self.http = HttpServer(settings.http_host, settings.http_port, lambda: self.alive)
        self._stop = asyncio.Event()
        self._leaving = AsyncExitStack()

    @classmethod
    async def open(
        cls,
        settings: Settings,
        *,
        now: Callable[[], datetime] | None = None,
        dice: random.Random | None = None,
        programmes: Mapping[str, Programme] | None = None,
        catalogues: Catalogues | None = None,
    ) -> App:
        """Make everything ready; waits for Telegram to be reachable. What is given isn't read anew. Raises StorageError
        and Stopped."""
        crashpoints.arm(settings.crash_at)
        catalogues = catalogues or Catalogues()
        common.LANGUAGES.update({tag: own_name(tag) for tag in catalogues.languages()})
        async with AsyncExitStack() as leaving:
            database = await Database.open(settings.data_dir)
            leaving.push_async_callback(database.close)
            transport = AiohttpRequest()
            await transport.initialize()
            leaving.push_async_callback(transport.shutdown)
            api = BotApi(transport, settings)
            me = await until_done(lambda: api("getMe", {}), asyncio.Event())
            runner = Runner(
                database,
                programmes or loader.load_all(),
                now or WallClock(settings.rehearsal_clock).now,
                catalogues=catalogues,
                organiser_ids=settings.organiser_ids,
                bot_username=me["username"],
                dice=dice,
            )
            await runner.start()
            app = cls(settings, database, runner, api)
            await app.delivery.start()
            app.fetching.take(await runner.waiting_for_files())
            app._leaving = leaving.pop_all()
        return app

    async def close(self, seconds: float = DRAIN_SECONDS) -> None:
        """Deliver what can be delivered in so many seconds, and end."""
        await self.fetching.stop()
        await self.delivery.stop(seconds)
        await self._leaving.aclose()

    async def run(self) -> None:
        """Take updates until `stop`. Raises Stopped where going on is no use."""
        self.clock.start()
        chores = asyncio.create_task(self._set_menus())
        try:
            if self.settings.webhook_url is not None:
                await self._by_webhook(self.settings.webhook_url)
            else:
                await self._by_polling()
        finally:
            chores.cancel()
            await asyncio.gather(chores, return_exceptions=True)
            self.clock.stop()

    def stop(self) -> None:
        """Take no more updates; `run` returns once those that came are committed."""
        self._stop.set()
        self.polling.stop()

    async def _by_polling(self) -> None:
        if "http_port" in self.settings.model_fields_set:
            await self.http.start()
        try:
            await self.polling.run()
        finally:
            await self.http.stop()

    async def _by_webhook(self, url: str) -> None:
        secret = self.settings.webhook_secret
        self.http.hook(url, secret.get_secret_value() if secret else "", self.intake.take)
        await self.http.start()
        try:
            await _first(self.http.announce(self.api, url), self._stop.wait())
            await self._stop.wait()
        finally:
            await self.http.stop()

    @property
    def alive(self) -> bool:
        """Everything that should be going is going."""
        return self.delivery.alive and self.clock.alive

    # For tests, which have no use for a loop of their own ----------------------------------------------------------

    async def take_once(self) -> int:
        """Handle what is waiting at Telegram; how many updates that were."""
        return await self.polling.take_once()

    async def quiet(self) -> None:
        """Return when everything that can be delivered has been."""
        await self.delivery.quiet(drain_boards=True)
        await self.fetching.quiet()
        await self.delivery.quiet(drain_boards=True)

    # What the parts need of each other -----------------------------------------------------------------------------

    def _committed(self, committed: Committed) -> None:
        self.delivery.after_commit(committed)
        self.fetching.take(committed.fetches)

    async def _arrived(self, fetch: Fetch, data: bytes | None) -> None:
        """A file that somebody sent is there: it is read, and then handled as an input."""
        await self.intake.act(await arriving.arrived(self.runner, fetch, data))

    async def _migrated(self, old: int, new: int) -> None:
        await self.intake.act(lambda turn: ending.moved(turn, old, new))

    async def _shut(self, chat_id: int, thread: int, reason: str) -> None:
        await self.intake.act(lambda turn: ending.shut(turn, chat_id, thread, reason))

    async def _unreachable(self, chat_id: int, reason: str) -> None:
        if chat_id < 0:
            await self.intake.act(lambda turn: ending.lost(turn, chat_id, reason))
            return

        async def work(turn: Turn) -> None:
            person = await turn.person(chat_id)
            if person is not None and person.unreachable != reason:
                turn.put(replace(person, unreachable=reason))
                if person.workshop_id is not None:
                    turn.touch(f"workshop:{person.workshop_id}")

        await self.intake.act(work)

    async def _apologise(self, turn: Turn, what: Update | Mapping[str, Any]) -> None:
        user_id = _sender(what)
        if user_id is not None and await turn.person(user_id) is not None:
            await turn.say(user_id, "input.failed")

    async def look(self) -> None:
        """Say what is due, if anything is."""
        while self.runner.next_due_at is not None and self.runner.next_due_at <= self.runner.now():
            await self.intake.act_on_each(self._due)

    async def _due(self, turn: Turn) -> list[Work]:
        return [Work(each.say, each.give_up) for each in await firing.what_is_due(turn)]

    async def _tick(self) -> None:
        self.delivery.touch("clock")

    async def _tidy(self) -> None:
        await self.intake.between(self.runner.erase_old)
        await self._plan_ahead()
        await self.intake.between(self._let_go)
        self.delivery.review()  # what was forgotten isn't to stay on show

    async def _let_go(self) -> None:
        """Keep nothing in memory of those whom nothing was heard of today; the others are read again."""
        self.runner.forget()

    async def _plan_ahead(self) -> None:
        async for step in nights.steps(self.runner):
            try:
                await self.intake.between(step)
            except Exception as error:  # the others are planned all the same
                logger.error("Something can't be planned: %s", type(error).__name__)
            await asyncio.sleep(0)

    async def _catch_up(self) -> None:
        """Plan what a night would have, where the bot was away at night or its clock was wound on."""
        if nights.is_due(self.runner):
            await self._plan_ahead()

    async def _set_menus(self) -> None:
        for payload in menus.for_everyone(self.runner.catalogues):
            await until_done(lambda payload=payload: self.api("setMyCommands", payload), self._stop)  # type: ignore[misc]


def _sender(what: Update | Mapping[str, Any]) -> int | None:
    """Whom an update came from, as far as it can be told."""
    if isinstance(what, Update):
        return what.effective_user.id if what.effective_user else None
    for part in what.values():
        sender = part.get("from") if isinstance(part, Mapping) else None
        if isinstance(sender, Mapping) and isinstance(sender.get("id"), int):
            return int(sender["id"])
    return None


async def _first(*works: Coroutine[Any, Any, Any]) -> None:
    """Wait until one of them is done, and end the others. Raises what that one raises."""
    tasks = [asyncio.ensure_future(work) for work in works]
    done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    for task in done:
        task.result()


async def run_bot(settings: Settings, announce: Callable[[str], None]) -> None:
    """Run until SIGTERM or SIGINT. `announce` prints a line for whoever started it. Raises Stopped, StorageError."""
    starting = asyncio.current_task()
    running: list[App] = []

    def stop() -> None:
        if running:
            running[0].stop()
        elif starting is not None:
            starting.cancel()  # Telegram hasn't been reached yet

    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop)
    try:
        app = await App.open(settings)
    except asyncio.CancelledError:
        return
    running.append(app)
    # What the start has made stays for good: the collector needn't look through it again and again.
    gc.collect()
    gc.freeze()
    # Most of what a turn makes goes by itself: looking for cycles after every 700 new objects finds next to nothing.
    gc.set_threshold(50_000, 20, 20)
    try:
        code = await app.runner.claim_code()
        if code is not None:
            announce(
                f"Nobody may open workshops yet. To be the organiser, send @{app.runner.bot_username} /claim {code}"
            )
        announce(f"@{app.runner.bot_username} is running.")
        await app.run()
    finally:
        await app.close()
