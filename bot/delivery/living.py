"""Living messages: one that stands in a chat and always shows the newest state. Here one of them is brought up to date.

What a phone shows follows from committed state and the board's row alone, so that a restart at any point ends with the
same messages on it. What has to be tidied up afterwards (an old copy, a pin) are outbox rows like any other, written
with the change that calls for it; their keys start with "board.", and no rendering sees them.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from typing import Any

import orjson

from bot.core.message import PLAIN_SLOTS, Board, Kind, OutboxMessage, Priority, Screen, Status
from bot.delivery.boards import ELSEWHERE, Boards, Standing
from bot.delivery.chores import CLOSE, DELETE, PIN, UNPIN, words
from bot.delivery.lanes import Job
from bot.delivery.outcomes import Meaning, Verdict
from bot.delivery.outlet import Outlet
from bot.views import Request, View, Views
from storage.outbox import Outcome

SET_DOWN_KEY = "board"
_KEPT_BY_AN_EDIT = ("chat_id", "text", "parse_mode", "entities", "link_preview_options", "reply_markup")


class Step(Enum):
    NOTHING = auto()
    EDIT = auto()
    SET_DOWN = auto()
    RETIRE = auto()


def digest(view: View) -> str:
    """A short name for what a phone shows."""
    shown = orjson.dumps([view.text, view.markup], option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(shown, digest_size=16).hexdigest()


def decide(board: Board | None, subject: str | None, view: View | None, *, acted: bool = True) -> Step:
    """What to do so that a board shows `view` of `subject` (None: nothing is wanted any more); `acted`: its reader has
    just done something."""
    if subject is None or view is None:
        return Step.RETIRE if board is not None else Step.NOTHING
    if board is None or not board.message_id or (board.subject, board.part) != (subject, view.part):
        return Step.SET_DOWN
    if board.shown == digest(view):
        return Step.NOTHING
    moves = 0 < view.moves_after <= board.pushed and (acted or not view.still)
    return Step.SET_DOWN if moves else Step.EDIT


@dataclass(slots=True)
class Living:
    """Brings boards up to date, one at a time per chat."""

    boards: Boards
    views: Views
    outlet: Outlet
    next_id: Callable[[], int]
    now: Callable[[], datetime]
    queue: Callable[[OutboxMessage], None]  # has a message delivered that the ledger has got

    async def plan(self, job: Job) -> None:
        """Look at every board that a chat has or should have."""
        self.boards.planned(job.chat_id)
        wanted = await self.views.wanted(job.chat_id)
        urgent = job.priority is Priority.ANSWER
        # The open question after the sheet: it is to stay at the bottom.
        for slot in sorted({*self.boards.slots(job.chat_id), *wanted}, reverse=True):
            self.boards.touch(self.boards.place(job.chat_id, slot), urgent=urgent)

    async def deliver(self, job: Job) -> Verdict | None:
        """Bring one board up to date; what went wrong, if a request failed. It stays busy until `put_down`."""
        standing = self.boards.place(job.chat_id, job.slot)
        self.boards.taken_up(standing)
        if self.boards.takers[job.chat_id, job.slot]:
            return None  # a message is about to take its place, and looks at it again afterwards
        board = standing.board  # as it stood before looking: what is asked of it meanwhile brings another look
        subject = (await self.views.wanted(job.chat_id)).get(job.slot)
        view = await self.views.view(job.chat_id, job.slot, subject) if subject is not None else None
        self.boards.watch(standing, view.watches if view else frozenset())
        standing.pins = view.pin if view else standing.pins
        standing.last = view.last if view else standing.last
        if board is not None and view is not None and view.last and standing.covered:
            board = replace(board, part=ELSEWHERE)
        step = decide(board, subject, view, acted=job.priority is Priority.ANSWER)
        if step is Step.EDIT and subject is not None and view is not None:
            verdict = await self._edit(job, standing, view)
            if verdict is None or verdict.meaning is not Meaning.GONE:
                return verdict
            standing.board, step = replace(standing.board, message_id=0) if standing.board else None, Step.SET_DOWN
        if step is Step.SET_DOWN and subject is not None and view is not None:
            return await self._set_down(job, standing, subject, view)
        self._abandon(standing)
        if step is Step.RETIRE:
            await self._retire(job, standing)
        return None

    def _abandon(self, standing: Standing) -> None:
        """A message that was to be set down, and whose outcome is unknown, isn't wanted any more."""
        row, standing.row = standing.row, None
        if row is not None:
            self.boards.ledger.note(Outcome(row.id, Status.EXPIRED, row.attempts))
            self.boards.counts.expired += 1

    async def _edit(self, job: Job, standing: Standing, view: View) -> Verdict | None:
        board = standing.board
        assert board is not None  # noqa: S101 - as decided
        self._abandon(standing)
        payload = {"chat_id": job.chat_id, "message_id": board.message_id, **words(view.text, view.markup)}
        result = await self.outlet.send(Request("editMessageText", payload), job)
        if isinstance(result, Verdict) and result.meaning is not Meaning.UNCHANGED:
            return result
        standing.changed_at = asyncio.get_running_loop().time()
        self.boards.counts.edits += 1
        # What was pushed below it meanwhile stands in the newest value.
        self.boards.put(standing, replace(standing.board or board, shown=digest(view), closing=view.closing))
        return None

    async def _set_down(self, job: Job, standing: Standing, subject: str, view: View) -> Verdict | None:
        old = standing.board
        alone = old is not None and view.last and old.pushed <= standing.covered  # nothing was said below it
        closing = None if alone else await self._closing(standing)
        payload = {"chat_id": job.chat_id, **words(view.text, view.markup)}
        if view.thread:
            payload["message_thread_id"] = view.thread
        if view.silent:
            payload["disable_notification"] = True
        new_row = standing.row is None
        if standing.row is None:
            standing.row = self._message(
                job, Screen(SET_DOWN_KEY), Kind.BOARD, job.priority, slot=job.slot, status=Status.SENDING, attempts=1
            )
        else:
            job.attempts = standing.row.attempts
        try:
            if new_row:
                await self.boards.ledger.add(standing.row)
            else:
                await self.boards.ledger.mark(standing.row.id)
            result = await self.outlet.send(Request("sendMessage", payload), job)
        except asyncio.CancelledError:
            if not job.departed:  # the bot stops while the board waits for its turn
                self.boards.ledger.unmark(standing.row.id, job.attempts)
            raise
        row = standing.row = replace(standing.row, attempts=job.attempts)
        if isinstance(result, Verdict):
            return result
        standing.changed_at = asyncio.get_running_loop().time()
        standing.row = None
        message_id = int(result["message_id"])
        self.boards.counts.sent += 1
        self.boards.ledger.note(Outcome(row.id, Status.SENT, job.attempts, message_id))
        fresh = Board(
            chat_id=job.chat_id,
            slot=job.slot,
            subject=subject,
            part=view.part,
            message_id=message_id,
            shown=digest(view),
            closing=view.closing,
        )
        self.boards.put(standing, fresh)
        self.boards.cover(standing, urgent=job.priority is Priority.ANSWER)
        if old is not None and old.message_id:
            if view.pin:
                self._tidy(job, UNPIN, old.message_id)
            self._clear(job, old.message_id, closing)
        if view.pin:
            self._tidy(job, PIN, message_id)
        return None

    async def _retire(self, job: Job, standing: Standing) -> None:
        board = standing.board
        assert board is not None  # noqa: S101 - as decided
        closing = await self._closing(standing)
        self.boards.put(standing, None)
        if not board.message_id:
            return
        if board.pushed > standing.covered:
            if standing.pins:
                self._tidy(job, UNPIN, board.message_id)
            self._clear(job, board.message_id, closing)
        else:
            self._tidy(job, DELETE, board.message_id, priority=job.priority)

    async def _closing(self, standing: Standing) -> str | None:
        """The line that the copy on the phone is shortened to; see `Views.closing`."""
        return await self.views.closing(standing.board) if standing.board is not None else ""

    # Messages that take a board's place ------------------------------------------------------------------------------

    def in_place(self, message: OutboxMessage, request: Request) -> Request | None:
        """The edit that turns a board, the last message of its chat, into this message; None where that can't be."""
        board = self.boards.place(message.chat_id, message.slot).board
        if board is None or not board.message_id or board.pushed or message.kind is not Kind.SEND:
            return None
        if message.slot in PLAIN_SLOTS:
            return None  # it is news, and an edit would tell nobody
        if request.method != "sendMessage" or "inline_keyboard" not in request.payload.get(
            "reply_markup", {"inline_keyboard": []}
        ):
            return None
        payload = {name: request.payload[name] for name in _KEPT_BY_AN_EDIT if name in request.payload}
        return Request("editMessageText", payload | {"message_id": board.message_id})

    async def taken(self, job: Job, message: OutboxMessage, message_id: int, *, edited: bool) -> None:
        """A message has taken a board's place; the board is no more."""
        standing = self.boards.place(message.chat_id, message.slot)
        board = standing.board
        closing = "" if edited else await self._closing(standing)
        if message.slot in PLAIN_SLOTS:
            fresh = Board(chat_id=message.chat_id, slot=message.slot, subject="", message_id=message_id)
            self.boards.put(standing, fresh)
        elif board is not None:
            self.boards.put(standing, None)
        if board is not None and not edited and board.message_id:
            self._clear(job, board.message_id, closing)

    # Tidying up ------------------------------------------------------------------------------------------------------

    def strip(self, job: Job, message: OutboxMessage) -> None:
        """A message that can't be deleted any more loses its keyboard instead."""
        self._tidy(job, CLOSE, message.message_id, closing="")

    def _clear(self, job: Job, message_id: int, closing: str | None) -> None:
        """An old copy becomes a line, loses its keyboard (""), or goes (None)."""
        if closing is None:
            self._tidy(job, DELETE, message_id)
        else:
            self._tidy(job, CLOSE, message_id, closing=closing)

    def _tidy(
        self, job: Job, key: str, message_id: int, *, priority: Priority = Priority.LATER, closing: str = ""
    ) -> None:
        screen = Screen(key, {"closing": closing} if closing else {})
        message = self._message(job, screen, Kind.EDIT, priority, message_id=message_id)
        self.boards.ledger.chores([message])
        self.queue(message)

    def _message(self, job: Job, screen: Screen, kind: Kind, priority: Priority, **more: Any) -> OutboxMessage:
        return OutboxMessage(
            id=self.next_id(),
            chat_id=job.chat_id,
            kind=kind,
            screen=screen,
            priority=priority,
            created_at=self.now(),
            **more,
        )
