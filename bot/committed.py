"""What a commit changed, as the runner tells it to delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.message import OutboxMessage


@dataclass(frozen=True, slots=True)
class Fetch:
    """A file that somebody sent, to be fetched from Telegram."""

    user_id: int
    file_id: str


@dataclass(frozen=True, slots=True)
class Committed:
    """`messages` stand in the outbox now, in order. `touched` names what changed ("run:12", "chat:77"), for the living
    messages that watch it; the boards of `urgent` chats go at once, because their person just acted. `pushed` counts
    the person's own messages that came into each chat, and so stand below its boards. `lowered` names
    the living messages, by chat and slot, that are to be set down anew even though nothing in them changed. `fetches`
    are files that people sent and the bot wants to read. Of the broadcasts that were `stopped` nothing more is sent.
    `moved` are group chats that go by another id (old, new) from now on; those `found` can be written to again.
    """

    messages: list[OutboxMessage] = field(default_factory=list)
    touched: frozenset[str] = frozenset()
    urgent: frozenset[int] = frozenset()
    pushed: Mapping[int, int] = field(default_factory=dict)
    lowered: frozenset[tuple[int, str]] = frozenset()
    fetches: Sequence[Fetch] = ()
    stopped: frozenset[int] = frozenset()
    moved: Sequence[tuple[int, int]] = ()
    found: frozenset[int] = frozenset()
