"""What delivery writes down. Many marks and results share a transaction; the next is made up while one is written."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable

from bot.core.message import Board, OutboxMessage, Status
from storage import boards, outbox
from storage.database import Database, Write
from storage.outbox import Outcome

logger = logging.getLogger(__name__)

RETRY_SECONDS = 1.0  # after a write that failed, which means a full disk or worse
GATHER_SECONDS = 0.02  # in which notes that nothing depends on come together: losing them repeats what nobody sees


class Ledger:
    """Notes are kept until they are written; `mark` and `add` return only then. `written` is told the names of the
    broadcasts ("batch:3") of which results were written, for the boards that count them.
    """

    def __init__(self, database: Database, written: Callable[[set[str]], None]) -> None:
        self._database = database
        self._tell = written
        self._touched: set[str] = set()
        self._new: list[OutboxMessage] = []
        self._outcomes: dict[int, Outcome] = {}
        self._marks: list[int] = []
        self._over: list[int] = []
        self._boards: dict[tuple[int, str], Board | None] = {}
        self._other: list[Write] = []
        self._unknown = 0
        self._waiters: list[asyncio.Future[None]] = []
        self._wake = asyncio.Event()
        self._pressing = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._run())

    async def mark(self, message_id: int) -> None:
        """Write that a request may leave now (SENDING); everything noted so far is written with it."""
        self._marks.append(message_id)
        await self._soon()

    def unmark(self, message_id: int, attempts: int) -> None:
        """Note that a marked request won't leave after all, before the bot ends."""
        if message_id in self._marks:
            self._marks.remove(message_id)
        self.note(Outcome(message_id, Status.QUEUED, attempts))

    async def add(self, *messages: OutboxMessage) -> None:
        """Write new messages of delivery's own."""
        self._new += messages
        await self._soon()

    def note(self, outcome: Outcome, batch: int = 0) -> None:
        """Note how an attempt ended."""
        self._outcomes[outcome.id] = outcome
        if batch:
            self._touched.add(f"batch:{batch}")
        self._unknown += outcome.status is Status.UNKNOWN
        self._stir()

    def over(self, message_id: int) -> None:
        """Note that a message is done and may be forgotten."""
        self._over.append(message_id)
        self._stir(pressing=False)

    def board(self, chat_id: int, slot: str, board: Board | None) -> None:
        """Note how a board stands, or (None) that it is no more."""
        self._boards[chat_id, slot] = board
        self._stir(pressing=False)

    def pushed(self, board: Board) -> None:
        """Note where a board stands, to be written whenever something else is."""
        self._boards[board.chat_id, board.slot] = board
        self._idle.clear()

    def chores(self, messages: Iterable[OutboxMessage]) -> None:
        """Note new messages of delivery's own, to be written with whatever is noted in the same step."""
        self._new += messages
        self._stir()

    def write(self, writes: Iterable[Write]) -> None:
        """Note something else to write."""
        self._other += writes
        self._stir()

    async def flush(self) -> None:
        """Return when everything noted is written."""
        while not self._idle.is_set():
            self._stir()
            await self._idle.wait()

    async def close(self) -> None:
        """Stop writing. What was noted and not flushed is left undone."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None

    @property
    def idle(self) -> bool:
        """Nothing is left to write."""
        return self._idle.is_set()

    def _stir(self, *, pressing: bool = True) -> None:
        self._idle.clear()
        self._wake.set()
        if pressing:
            self._pressing.set()

    async def _soon(self) -> None:
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append(written)
        self._stir()
        await written

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            if not self._pressing.is_set():
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(GATHER_SECONDS):
                        await self._pressing.wait()
            self._wake.clear()
            self._pressing.clear()
            waiters, self._waiters = self._waiters, []
            writes = self._take()
            touched, self._touched = self._touched, set()
            while True:
                try:
                    await self._database.write(writes)
                    break
                except Exception as error:  # whatever it is, nothing may be forgotten
                    logger.error("Statuses can't be written: %s", type(error).__name__)
                    await asyncio.sleep(RETRY_SECONDS)
            for written in waiters:
                if not written.done():  # else whoever waited was cancelled
                    written.set_result(None)
            if touched:
                self._tell(touched)
            if not self._wake.is_set() and not self._boards:
                self._idle.set()

    def _take(self) -> list[Write]:
        """Everything noted, in the order that makes the last word on each message the one that counts: a message's
        result can't be noted before the mark of the same attempt is written.
        """
        writes = [
            *self._other,
            *outbox.insert(self._new),
            *outbox.outcomes(list(self._outcomes.values())),
            *outbox.sending(self._marks),
            *outbox.count_unknown(self._unknown),
            *outbox.delete(self._over),
            *boards.drop([key for key, board in self._boards.items() if board is None]),
            *boards.put([board for board in self._boards.values() if board is not None]),
        ]
        self._new, self._outcomes, self._marks, self._over = [], {}, [], []
        self._boards, self._other, self._unknown = {}, [], 0
        return writes
