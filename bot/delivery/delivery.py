"""The outbox goes out: at Telegram's pace, the urgent first, in order within a chat, and nothing gets lost.

Telegram has no way to tell that a message is the same as one before. So a message that can't be repeated unseen is
marked as SENDING in the database before its request leaves; a request whose outcome stays unknown, because of a broken
connection or of a crash, is made again and counted. No message is lost, and no more arrive twice than were counted.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from bot.committed import Committed
from bot.core.message import Board, Kind, OutboxMessage, Status
from bot.delivery.boards import Boards
from bot.delivery.counts import Counts
from bot.delivery.courier import Courier
from bot.delivery.lanes import Job, Lanes
from bot.delivery.ledger import Ledger
from bot.delivery.living import Living
from bot.delivery.outlet import Call, Outlet
from bot.delivery.pacing import Pacer, Pacing
from bot.delivery.quick import QUICK, Quick
from bot.views import Views
from storage import boards as board_rows
from storage import outbox
from storage.database import Database

logger = logging.getLogger(__name__)

SHORTEST_NAP = 0.001  # seconds
AHEAD_SECONDS = 0.02  # what is made ready before its turn comes: no more than leaves in this time
FAREWELL_SECONDS = 0.5  # of the time to stop in: nothing new leaves, what left is waited for


class Delivery:
    """Takes what was committed to people's phones.

    `now` is the wall clock (aware), `next_id` gives new ids of outbox rows. `unreachable(chat_id, reason)` is called
    for a chat that nothing reaches (a `Reason`), `migrated(old, new)` for a group that became a supergroup,
    `shut(chat_id, thread, reason)` for a topic of one that takes nothing.
    """

    def __init__(
        self,
        database: Database,
        views: Views,
        call: Call,
        pacing: Pacing,
        now: Callable[[], datetime],
        *,
        next_id: Callable[[], int],
        unreachable: Callable[[int, str], Awaitable[None]] | None = None,
        migrated: Callable[[int, int], Awaitable[None]] | None = None,
        shut: Callable[[int, int, str], Awaitable[None]] | None = None,
    ) -> None:
        self.counts = Counts()
        self._database = database
        self._views = views
        self._call = call
        self._pacing = pacing
        self._now = now
        self._next_id = next_id
        self._unreachable = unreachable
        self._migrated = migrated
        self._shut = shut
        self._ahead = min(pacing.senders, max(2, int(pacing.per_second * AHEAD_SECONDS)))
        self._lanes = Lanes(pacing)
        self._ledger = Ledger(database, lambda names: self.touch(*names))
        self._boards = Boards(self._ledger, self._lanes, pacing.board_interval_seconds, self.counts, self._pump)
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self._idle = 0
        self._claimed = 0  # taken, and not yet left
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = math.inf  # kept here: a timer that uvloop fires at once can't say when it is due
        self._closing = False
        self._done = asyncio.Event()

    # From outside ----------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Take up what the last process left, and bring every phone up to date."""
        loop = asyncio.get_running_loop()
        pacer = Pacer(self._pacing.per_second, loop.time())
        self._outlet = Outlet(self._call, pacer, self._lanes, self._departed)
        living = Living(self._boards, self._views, self._outlet, self._next_id, self._now, self._enqueue)
        self._courier = Courier(
            self._views,
            self._outlet,
            self._ledger,
            living,
            self._pacing.retry_seconds,
            self._now,
            self._unreachable,
            self._migrated,
            self._shut,
        )
        self._quick = Quick(self._courier, self._done.set)
        self._ledger.start()
        interrupted = await outbox.interrupted(self._database)
        self.counts.unknown += interrupted
        if interrupted:
            logger.warning("%d messages may arrive twice: the last process ended while it sent them", interrupted)
        self._boards.load(await board_rows.load_all(self._database))
        for message in await outbox.load_open(self._database):
            if message.kind is Kind.BOARD:
                self._boards.take_up(message)
            else:
                self._enqueue(message)
        self._idle = self._pacing.senders
        self._tasks = [asyncio.create_task(self._work()) for _ in range(self._pacing.senders)]
        self._tasks += [asyncio.create_task(self._quick.work()) for _ in range(self._pacing.quick_senders)]
        self.review(await self._views.everyone())

    def after_commit(self, committed: Committed) -> None:
        """Take what a commit has written, and look at the boards that show what it changed."""
        self._boards.unreachable.difference_update(committed.urgent, committed.pushed)
        self._courier.stopped |= committed.stopped
        for old, new in committed.moved:
            self._courier.move(old, new)
        self._boards.unreachable -= committed.found
        for chat_id, messages in committed.pushed.items():
            self._boards.push(chat_id, messages)
        for message in committed.messages:
            self._enqueue(message)
        self._boards.touch_names(committed.touched, committed.urgent)
        for chat_id, slot in committed.lowered:
            self._boards.lower(chat_id, slot)
        self._pump()

    def on_show(self, chat_id: int, slot: str) -> Board | None:
        """What a living message shows on the phone, as far as it has been delivered."""
        return self._boards.on_show(chat_id, slot)

    def review(self, chats: Iterable[int] = ()) -> None:
        """Look again at every chat that has living messages, and at these."""
        for chat_id in dict.fromkeys([*chats, *self._boards.chats()]):
            self._boards.plan(chat_id)
        self._pump()

    def touch(self, *names: str) -> None:
        """Look again at the boards that watch these names, such as "clock"."""
        self._boards.touch_names(names, frozenset())

    async def quiet(self, *, drain_boards: bool = False) -> None:
        """Return when nothing waits or is under way; boards may wait for their interval, unless `drain_boards`."""
        while True:
            if drain_boards:
                self._boards.dues.drain()
            if self._lanes.open or self._quick.open:
                self._done.clear()
                await self._done.wait()
            elif not self._ledger.idle:
                await self._ledger.flush()
            elif not (drain_boards and self._boards.dues.any()):
                return

    async def stop(self, seconds: float) -> None:
        """Deliver for up to `seconds` what is left, and end. What isn't done by then is done after the next start."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(end - min(FAREWELL_SECONDS, seconds / 2)):
                await self.quiet()
        self._closing = True
        self._boards.dues.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(end):
                while self._claimed or self._idle < self._pacing.senders:
                    self._done.clear()
                    await self._done.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        if self._timer is not None:
            self._timer.cancel()
        self._outlet.close()
        self._quick.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(end - loop.time(), FAREWELL_SECONDS)):
                await self._ledger.flush()
        await self._ledger.close()

    @property
    def alive(self) -> bool:
        """All that should be running is running."""
        return bool(self._tasks) and not any(task.done() for task in self._tasks)

    # Waiting ---------------------------------------------------------------------------------------------------------

    def _enqueue(self, message: OutboxMessage) -> None:
        unsure = message.status is Status.UNKNOWN
        job = Job(message.chat_id, message.priority, message, attempts=message.attempts, unsure=unsure)
        if message.kind in QUICK:
            self._quick.push(job)
            return
        now = asyncio.get_running_loop().time()
        if message.slot:
            self._boards.takers[message.chat_id, message.slot] += 1
        if message.next_attempt_at is not None:
            wait = (message.next_attempt_at - self._now()).total_seconds()
            self._lanes.hold(message.chat_id, now, now + min(wait, 60.0))
        self._lanes.push(job, now)

    def _pump(self) -> None:
        """Give work to whoever is free. Called when something new comes, something is over, or time has passed."""
        if self._closing:
            return
        now = asyncio.get_running_loop().time()
        pacer = self._outlet.pacer
        if pacer.held(now):
            self._wake_at(pacer.at())
            return
        while self._idle > 0:
            job = self._lanes.take(now, answers_only=self._claimed >= self._ahead)
            if job is None:
                break
            job.departed = False
            self._idle -= 1
            self._claimed += 1
            self._jobs.put_nowait(job)
        self._wake_at(self._lanes.wakes_at())

    def _wake_at(self, at: float) -> None:
        # uvloop's clock moves by the millisecond: a timer set for less would fire again and again until it has moved.
        at = max(at, asyncio.get_running_loop().time() + SHORTEST_NAP)
        if self._timer is not None and at < self._timer_at:
            self._timer.cancel()
            self._timer = None
        if self._timer is None and at != math.inf:
            self._timer, self._timer_at = asyncio.get_running_loop().call_at(at, self._wake), at

    def _wake(self) -> None:
        self._timer = None
        self._pump()

    def _departed(self, job: Job) -> None:
        if not job.departed:
            job.departed = True
            self._claimed -= 1
            self._pump()

    # Working ---------------------------------------------------------------------------------------------------------

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            job = await self._jobs.get()
            at = await self._courier.deliver(job)
            self._departed(job)
            if at is None:
                self._lanes.finish(job, loop.time())
            else:
                self.counts.retried += 1
                self._lanes.again(job, loop.time(), at)
            self._idle += 1
            self._done.set()
            self._pump()
