"""Updates in: a batch is handled, committed as a whole, and only then confirmed to Telegram.

Each update is parsed and handled by itself: one that can't be is laid aside as a dead letter, its person is told, and
the next one goes on. What comes twice, because a confirmation was lost, is known by its update_id.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from telegram import Update

from bot.committed import Committed
from bot.crashpoints import reach
from bot.runner import Runner
from bot.turn import Turn
from storage import updates
from storage.database import Database, Write
from storage.updates import DeadLetter

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "poll")

Raw: TypeAlias = Mapping[str, Any]
"""An update as JSON values."""


class Work(NamedTuple):
    """Something that the bot does on its own, and what is done where that fails."""

    does: Callable[[Turn], Awaitable[None]]
    instead: Callable[[Turn], Awaitable[None]]


class Stopped(Exception):
    """The bot has to end. `line` says why, for people; `exit_code` is the process's."""

    def __init__(self, exit_code: int, line: str) -> None:
        super().__init__(line)
        self.exit_code = exit_code
        self.line = line


class Intake:
    """Takes batches of updates, and what the bot does on its own, one after another.

    `handle` does what an update asks for. `apologise` tells the person of an update that failed; it is given what
    there is of it. `after_commit` is told of each commit.
    """

    def __init__(
        self,
        database: Database,
        runner: Runner,
        handle: Callable[[Turn, Update], Awaitable[None]],
        apologise: Callable[[Turn, Update | Raw], Awaitable[None]],
        after_commit: Callable[[Committed], None],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._runner = runner
        self._handle = handle
        self._apologise = apologise
        self._after_commit = after_commit
        self._now = now
        self._lock = asyncio.Lock()
        self._highest: int | None = None  # id of a handled update, where it is known

    async def take(self, raws: Sequence[Any]) -> None:
        """Handle a batch and commit it; what was handled before is passed over.

        Raises sqlite3.Error where nothing can be written: the updates are then to be taken again.
        """
        fresh: dict[int, Raw] = {}
        for raw in raws:
            if isinstance(raw, Mapping) and isinstance(raw.get("update_id"), int):
                fresh.setdefault(raw["update_id"], raw)
            else:
                logger.error("An update without an id was passed over")
        async with self._lock:
            unseen = await self._unseen(fresh)
            batch = [raw for update_id, raw in fresh.items() if update_id in unseen]
            if not batch:
                return
            highest, self._highest = self._highest or 0, None  # the database is asked anew where this fails
            try:
                await self._batch(batch)
            except Exception as error:
                self._runner.abandon()
                logger.error("A batch can't be committed: %s; taking its updates one by one", type(error).__name__)
                await self._one_by_one(batch)
            self._highest = max(highest, *fresh)

    async def _unseen(self, fresh: Mapping[int, Raw]) -> Collection[int]:
        """Those of the updates that haven't been handled. Ids grow, so that the database is seldom asked."""
        if self._highest is None:
            self._highest = await updates.highest(self._database)
        if fresh and min(fresh) > self._highest:
            return fresh.keys()
        return await updates.unseen(self._database, list(fresh))

    async def act(self, work: Callable[[Turn], Awaitable[None]]) -> None:
        """Do something of the bot's own in a turn of its own. Raises what `work` and the commit raise."""
        async with self._lock:
            turn = self._runner.begin()
            try:
                await work(turn)
                self._runner.keep(turn)
                await self._commit([])
            except BaseException:
                self._runner.abandon()
                raise

    async def act_on_each(self, gather: Callable[[Turn], Awaitable[Sequence[Work]]]) -> int:
        """Do several things of the bot's own in one commit, each in a turn of its own: `gather` says which; it has a
        turn, too. Where one fails, its `instead` is done; where the commit does, each has one of its own. Returns how
        many there were. Raises what `gather` and its commit raise."""
        async with self._lock:
            try:
                works = await self._gathered(gather)
                for each in works:
                    await self._try(each)
                await self._commit([])
            except BaseException as error:
                self._runner.abandon()
                if not isinstance(error, Exception):
                    raise
                logger.error("What is due can't be committed: %s; doing it one by one", type(error).__name__)
                works = await self._each_by_itself(gather)
            return len(works)

    async def _gathered(self, gather: Callable[[Turn], Awaitable[Sequence[Work]]]) -> Sequence[Work]:
        turn = self._runner.begin()
        works = await gather(turn)
        self._runner.keep(turn)
        return works

    async def _each_by_itself(self, gather: Callable[[Turn], Awaitable[Sequence[Work]]]) -> Sequence[Work]:
        try:
            works = await self._gathered(gather)
            await self._commit([])
            for each in works:
                await self._try(each)
                try:
                    await self._commit([])
                except Exception as error:
                    self._runner.abandon()
                    logger.error("Something that is due can't be committed: %s", type(error).__name__)
                    turn = self._runner.begin()
                    await each.instead(turn)
                    self._runner.keep(turn)
                    await self._commit([])
        except BaseException:
            self._runner.abandon()
            raise
        return works

    async def _try(self, work: Work) -> None:
        turn = self._runner.begin()
        try:
            await work.does(turn)
        except Exception as error:
            logger.error("Something that is due can't be done: %s", type(error).__name__)
            turn = self._runner.begin()
            await work.instead(turn)
        self._runner.keep(turn)

    async def between(self, work: Callable[[], Awaitable[object]]) -> None:
        """Do something while no batch is under way. Raises what `work` raises."""
        async with self._lock:
            await work()

    async def _one_by_one(self, batch: Sequence[Raw]) -> None:
        for raw in batch:
            try:
                await self._batch([raw])
            except Exception as error:
                self._runner.abandon()
                letter = _letter(raw, error)
                logger.error("An update can't be committed: %s", letter.error)
                await self._bury(raw, letter)

    async def _bury(self, raw: Raw, letter: DeadLetter) -> None:
        writes = [*updates.handled([letter.update_id], self._now()), *updates.dead([letter], self._now())]
        await self._say_sorry(raw)
        try:
            await self._commit(writes)
        except Exception:  # the apology may be what can't be written; if it isn't, this fails too
            self._runner.abandon()
            await self._commit(writes)

    async def _batch(self, batch: Sequence[Raw]) -> None:
        letters: list[DeadLetter] = []
        for raw in batch:
            turn = self._runner.begin()
            update: Update | None = None
            try:
                update = Update.de_json(_lean(raw), None)
                await self._handle(turn, update)
                self._runner.keep(turn)
            except Exception as error:  # its turn is dropped, and nothing of it is kept
                letters.append(_letter(raw, error))
                # The class alone: the text of an error may repeat what people wrote.
                logger.error("An update (%s) can't be handled: %s", letters[-1].kind, letters[-1].error)
                await self._say_sorry(update or raw)
        now = self._now()
        ids = [raw["update_id"] for raw in batch]
        await self._commit([*updates.handled(ids, now), *updates.dead(letters, now)])

    async def _say_sorry(self, what: Update | Raw) -> None:
        turn = self._runner.begin()
        try:
            await self._apologise(turn, what)
            self._runner.keep(turn)
        except Exception as error:
            logger.error("Nobody could be told: %s", type(error).__name__)

    async def _commit(self, writes: Sequence[Write]) -> None:
        reach("before-commit")
        committed = await self._runner.commit(writes)
        reach("after-commit")
        self._after_commit(committed)


def _lean(raw: Raw) -> dict[str, Any]:
    """An update without the text and the keyboard of the message that was tapped on: what it says is known already,
    and making objects of it takes longer than handling the tap.
    """
    update = dict(raw)
    query = update.get("callback_query")
    message = query.get("message") if isinstance(query, Mapping) else None
    if isinstance(query, Mapping) and isinstance(message, Mapping):
        kept = {name: message[name] for name in ("message_id", "date", "chat") if name in message}
        update["callback_query"] = {**query, "message": kept}
    return update


def _letter(raw: Raw, error: Exception) -> DeadLetter:
    kind = next((name for name in raw if name != "update_id"), "unknown")
    return DeadLetter(raw["update_id"], kind if kind in ALLOWED_UPDATES else "unknown", type(error).__name__)
