"""Updates on their way to the bot: the queue, long polling with its conflicts, and what a webhook is set to."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from bot.rehearsal.errors import ApiError, refuse
from bot.rehearsal.params import Params, integer, structure

_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_LONGEST_POLL = 50  # seconds
_CONFLICT = "terminated by other getUpdates request; make sure that only one bot instance is running"
_HOOKED = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@dataclass(slots=True)
class Queued:
    """One update; `expires` is a time of the world's clock, `lane` names those that stay in order over a webhook."""

    update_id: int
    kind: str
    body: dict[str, Any]
    expires: float
    lane: tuple[str, int]

    def to_dict(self) -> dict[str, Any]:
        """An Update object."""
        return {"update_id": self.update_id, self.kind: self.body}


@dataclass(slots=True)
class Webhook:
    """What setWebhook was given, and how delivery goes."""

    url: str
    secret: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error: str = ""


@dataclass(slots=True)
class UpdateQueue:
    """Updates not yet confirmed. Must be used from one event loop."""

    clock: Callable[[], float]
    next_id: int = 500_000_001
    webhook: Webhook | None = None
    allowed: frozenset[str] | None = None
    _waiting: deque[Queued] = field(default_factory=deque)
    _poll: asyncio.Future[None] | None = None
    on_change: Callable[[], None] = lambda: None

    def put(self, kind: str, body: dict[str, Any], *, lane: tuple[str, int], seconds: float) -> int | None:
        """Add an update that lasts so many seconds. Returns its id, or None where the bot didn't ask for the kind."""
        if kind in _NOT_BY_DEFAULT if self.allowed is None else kind not in self.allowed:
            return None
        queued = Queued(self.next_id, kind, body, self.clock() + seconds, lane)
        self.next_id += 1
        self._waiting.append(queued)
        self._wake()
        self.on_change()
        return queued.update_id

    def pending(self) -> list[Queued]:
        """Those that wait, oldest first; the expired are dropped."""
        now = self.clock()
        if any(queued.expires <= now for queued in self._waiting):
            self._waiting = deque(queued for queued in self._waiting if queued.expires > now)
        return list(self._waiting)

    def confirm(self, update_id: int) -> None:
        """Forget one update, delivered over a webhook."""
        self._waiting = deque(queued for queued in self._waiting if queued.update_id != update_id)

    def clear(self) -> None:
        """Forget all."""
        self._waiting.clear()

    async def get(self, params: Params) -> list[dict[str, Any]]:
        """getUpdates. Raises ApiError 409 while a webhook is set, or when another call takes over the wait."""
        if self.webhook:
            raise refuse(409, _HOOKED)
        offset = integer(params, "offset")
        limit = integer(params, "limit", 100, 1, 100)
        timeout = integer(params, "timeout", 0, 0, _LONGEST_POLL)
        self.allow(params)
        self._forget(offset)
        if not (found := self._first(limit)) and timeout:
            self._end_poll(refuse(409, _CONFLICT))
            await self._wait(timeout)
            found = self._first(limit)
        return found

    def allow(self, params: Params) -> None:
        """Keep the allowed_updates of a call, where it has any; what isn't a list is overlooked."""
        if "allowed_updates" not in params:
            return
        try:
            value = structure(params, "allowed_updates", "allowed updates")
        except ApiError:
            return
        if isinstance(value, list):
            self.allowed = frozenset(map(str, value)) or None

    def hook(self, webhook: Webhook | None) -> None:
        """Set or remove the webhook; a waiting getUpdates ends with a conflict."""
        if webhook:
            self._end_poll(refuse(409, "terminated by setWebhook request"))
        self.webhook = webhook
        self.on_change()

    def allowed_json(self) -> str:
        """The allowed kinds as JSON, "" for the default."""
        return json.dumps(sorted(self.allowed)) if self.allowed else ""

    def _forget(self, offset: int) -> None:
        if offset < 0:
            self._waiting = deque(self.pending()[offset:])
        elif 0 < offset <= self.next_id + 10:
            while self._waiting and self._waiting[0].update_id < offset:
                self._waiting.popleft()

    def _first(self, limit: int) -> list[dict[str, Any]]:
        now = self.clock()
        lasting = (queued.to_dict() for queued in self._waiting if queued.expires > now)
        return list(islice(lasting, limit))

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None

    def _wake(self) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def _end_poll(self, error: ApiError) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_exception(error)
        self._poll = None
