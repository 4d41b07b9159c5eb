"""One delivery from beginning to end: render, mark, send, and write down what came of it."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.backoff import backoff
from bot.core.message import Kind, OutboxMessage, Status
from bot.core.mirror import thread_of
from bot.delivery import chores
from bot.delivery.lanes import Job
from bot.delivery.ledger import Ledger
from bot.delivery.living import Living
from bot.delivery.outcomes import TOPIC, Meaning, Reason, Verdict
from bot.delivery.outlet import Outlet
from bot.views import Request, Views
from storage import boards as board_rows
from storage import outbox, polls
from storage.outbox import STOPPED, UNSURE, Outcome
from storage.polls import PollCopy

logger = logging.getLogger(__name__)

# Twice looks like once; not kept when done.
REPEATABLE = frozenset({Kind.EDIT, Kind.TOAST, Kind.REACT, Kind.MENU, Kind.STOP_POLL})
TOAST_LIVES = timedelta(seconds=10)


class Courier:
    """Carries out jobs. `deliver` gives the instant to try again at, or None when the job is over."""

    def __init__(
        self,
        views: Views,
        outlet: Outlet,
        ledger: Ledger,
        living: Living,
        retry_seconds: float,
        now: Callable[[], datetime],
        unreachable: Callable[[int, str], Awaitable[None]] | None,
        migrated: Callable[[int, int], Awaitable[None]] | None,
        shut: Callable[[int, int, str], Awaitable[None]] | None = None,
    ) -> None:
        self._views = views
        self._outlet = outlet
        self._ledger = ledger
        self._living = living
        self._boards = living.boards
        self._counts = living.boards.counts
        self._retry_seconds = retry_seconds
        self._now = now
        self._unreachable = unreachable
        self._migrated = migrated
        self._shut = shut
        self.stopped: set[int] = set()  # broadcasts of which nothing more is to leave
        self._failures = 0  # connections in a row that couldn't be made

    async def deliver(self, job: Job) -> float | None:
        """Carry out a job; never raises, but for cancellation."""
        message = job.message
        try:
            if message is not None:
                at = await self._message(job, message)
            elif job.slot:
                at = await self._board(job)
            else:
                await self._living.plan(job)
                at = None
        except Exception as error:  # one job that can't be done must not stop the others
            # The class alone: the text of an error may repeat what people wrote.
            logger.error("A delivery failed: %s", type(error).__name__)
            at = None
            if message is not None:
                self._over(job, message, Status.FAILED, reason=Reason.BROKEN)
        if message is not None and message.slot and at is None:
            self._taker_done(job, message)
        return at

    # Messages --------------------------------------------------------------------------------------------------------

    async def _message(self, job: Job, message: OutboxMessage) -> float | None:
        if message.batch in self.stopped:
            unsure = job.unsure
            self._over(job, message, Status.FAILED if unsure else Status.EXPIRED, reason=UNSURE if unsure else STOPPED)
            return None
        request = None
        if not self._expired(message):
            request = chores.request(message) if chores.is_chore(message) else await self._views.request(message)
        if request is None:
            self._over(job, message, Status.EXPIRED)
            return None
        edit = self._living.in_place(message, request) if message.slot else None
        result = await self._outlet.send(edit, job) if edit is not None else None
        if edit is None or (isinstance(result, Verdict) and result.meaning is Meaning.GONE):
            edit = None
            result = await self._send(job, message, request)
        if isinstance(result, Verdict) and result.meaning is not Meaning.UNCHANGED:
            return await self._after(job, message, result)
        self._failures = 0
        if message.kind is Kind.EDIT:
            self._counts.edits += 1
        sent_id = edit.payload["message_id"] if edit else 0
        if isinstance(result, dict):
            sent_id = int(result.get("message_id", 0))  # a poll that was closed has none
        if message.kind is Kind.POLL and isinstance(result, dict):
            self._polled(job, message, result)
        if message.slot:
            await self._living.taken(job, message, sent_id, edited=edit is not None)
        if message.kind not in REPEATABLE and edit is None:
            self._boards.push(job.chat_id, 1)
        self._over(job, message, Status.SENT, sent_id)
        return None

    def _polled(self, job: Job, message: OutboxMessage, result: dict[str, Any]) -> None:
        """Telegram has made a poll: its answers come under a number of their own."""
        params = message.screen.params
        copy = PollCopy(
            poll_id=str(result["poll"]["id"]),
            workshop_id=int(params["workshop"]),
            number=int(params["number"]),
            chat_id=job.chat_id,
            message_id=int(result["message_id"]),
        )
        self._ledger.write(polls.sent(copy))

    async def _send(self, job: Job, message: OutboxMessage, request: Request) -> object:
        if message.kind in REPEATABLE:
            return await self._outlet.send(request, job)
        try:
            await self._ledger.mark(message.id)
            return await self._outlet.send(request, job)
        except asyncio.CancelledError:
            if not job.departed:  # the bot stops while the message waits for its turn
                self._ledger.unmark(message.id, job.attempts)
            raise

    def _expired(self, message: OutboxMessage) -> bool:
        expires_at = message.expires_at
        if expires_at is None and message.kind is Kind.TOAST:
            expires_at = message.created_at + TOAST_LIVES
        return expires_at is not None and expires_at <= self._now()

    def _over(self, job: Job, message: OutboxMessage, status: Status, sent_id: int = 0, *, reason: str = "") -> None:
        """A message has reached its last status."""
        self._counts.sent += status is Status.SENT and message.kind is not Kind.EDIT
        self._counts.expired += status is Status.EXPIRED
        self._counts.failed += status is Status.FAILED
        if message.kind in REPEATABLE:
            self._ledger.over(message.id)
        else:
            self._ledger.note(Outcome(message.id, status, job.attempts, sent_id, reason), message.batch)

    def _taker_done(self, job: Job, message: OutboxMessage) -> None:
        key = (job.chat_id, message.slot)
        self._boards.takers[key] -= 1
        if self._boards.takers[key] <= 0:
            del self._boards.takers[key]
        self._boards.touch(self._boards.place(*key), urgent=message.priority == 0)

    # Boards ----------------------------------------------------------------------------------------------------------

    async def _board(self, job: Job) -> float | None:
        try:
            verdict = await self._living.deliver(job)
        except BaseException:
            self._boards.put_down(self._boards.place(job.chat_id, job.slot))
            raise
        standing = self._boards.place(job.chat_id, job.slot)
        at = None
        if verdict is None:
            self._failures = 0
        else:
            at = await self._after(job, standing.row, verdict)
            standing = self._boards.place(job.chat_id, job.slot)  # elsewhere, if the group has moved
        if at is None:
            standing.row = None if verdict is not None else standing.row
            self._boards.put_down(standing)
        else:
            self._boards.keep(standing, job)
        return at

    # What went wrong -------------------------------------------------------------------------------------------------

    async def _after(self, job: Job, message: OutboxMessage | None, verdict: Verdict) -> float | None:
        """Write down a failed request; the instant to try again at, or None when that's for nothing."""
        now = asyncio.get_running_loop().time()
        chat_id = job.chat_id
        at: float | None = None
        status = Status.ERRORED
        match verdict.meaning:
            case Meaning.SLOW:
                at = now + verdict.seconds
            case Meaning.NOT_LEFT:
                if not self._outlet.pacer.held(now):  # else it is the same failure, seen by several at once
                    self._failures += 1
                    self._outlet.pacer.hold(now + self._wait(self._failures))
                at = self._outlet.pacer.at()
            case Meaning.UNKNOWN:
                at = now + self._wait(job.attempts)
                if message is not None and message.kind not in REPEATABLE:
                    status = Status.UNKNOWN
                    job.unsure = True
                    self._counts.unknown += 1
            case Meaning.MOVED if verdict.chat_id != chat_id:
                at = now
                await self._move(job, verdict.chat_id)
            case Meaning.REFUSED if verdict.reason in TOPIC:
                await self._tell(self._shut, chat_id, _topic(job), verdict.reason)
            case Meaning.UNREACHABLE:
                self._boards.unreachable.add(chat_id)
                await self._tell(self._unreachable, chat_id, verdict.reason)
        if at is not None:
            if message is not None:
                next_at = self._now() + timedelta(seconds=max(at - now, 0))
                self._ledger.note(Outcome(message.id, status, job.attempts, next_attempt_at=next_at))
            return at
        if message is None:
            self._counts.failed += 1
        elif verdict.meaning is Meaning.LATE:
            self._over(job, message, Status.EXPIRED)
        elif verdict.meaning is Meaning.GONE and message.kind in REPEATABLE:
            self._over(job, message, Status.SENT)
        elif chores.is_chore(message) and message.screen.key == chores.DELETE:
            self._living.strip(job, message)
            self._over(job, message, Status.SENT)
        else:
            if verdict.meaning is Meaning.REFUSED:
                logger.error("A %s was refused: %s", message.kind.value, verdict.reason)
            self._over(job, message, Status.FAILED, reason=verdict.reason or Reason.REFUSED)
        return None

    def _wait(self, attempt: int) -> float:
        return backoff(attempt, random.random(), self._retry_seconds)  # noqa: S311 - spreads retries, keeps no secret

    async def _move(self, job: Job, new: int) -> None:
        old = job.chat_id
        job.chat_id = new
        if job.message is not None:
            job.message = replace(job.message, chat_id=new)
            if job.message.slot:
                self._boards.takers[new, job.message.slot] = self._boards.takers.pop((old, job.message.slot), 1)
        self.move(old, new)
        await self._tell(self._migrated, old, new)

    def move(self, old: int, new: int) -> None:
        """A group became a supergroup: what waits for it, and what stands in it, goes by another id."""
        self._living.outlet.lanes.move(old, new, asyncio.get_running_loop().time())
        self._boards.move(old, new)
        self._ledger.write([*outbox.move(old, new), *board_rows.move(old, new)])

    async def _tell(self, callback: Callable[..., Awaitable[None]] | None, *args: object) -> None:
        if callback is None:
            return
        try:
            await callback(*args)
        except Exception as error:
            logger.error("What delivery found out couldn't be noted: %s", type(error).__name__)


def _topic(job: Job) -> int:
    """The topic of a group chat that a job was for."""
    slot = job.message.slot if job.message is not None else job.slot
    named = job.message.screen.params.get("thread", 0) if job.message is not None else 0
    return int(named) or thread_of(slot)
