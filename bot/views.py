"""What delivery asks of rendering: requests for messages, and how living messages should look."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.core.message import Board, OutboxMessage

MOVES_AFTER = 5  # messages below a living message before it moves to the bottom


@dataclass(frozen=True, slots=True)
class Request:
    """A call of the Bot API. `files` are field → (file name, bytes)."""

    method: str
    payload: dict[str, Any]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class View:
    """What a living message should show right now.

    Another `part` than the one on the phone is set down as a new message, and so is the same part once `moves_after`
    messages stand below it (0: never); else it is edited in place. One that is `still` moves only for what its reader
    does, and not for what others do or time brings. The `last` one of a chat, of which there is at most
    one, follows any other that was set down below it. `text` is Telegram's HTML, `markup` an inline
    keyboard as the Bot API takes it. `watches` names what the view shows, such as "run:12": when that changes, it is
    looked at again. In a group chat it stands in the topic `thread` (0: in the chat itself).
    `closing` is the line that it leaves behind, for those whose `Views.closing` goes by it.
    """

    part: str
    text: str
    markup: dict[str, Any] | None
    watches: frozenset[str] = frozenset()
    moves_after: int = MOVES_AFTER
    last: bool = False
    still: bool = False
    pin: bool = False
    silent: bool = False
    closing: str = ""
    thread: int = 0


class Views(Protocol):
    """Rendering, as delivery sees it."""

    async def request(self, message: OutboxMessage) -> Request | None:
        """The call that delivers a message; None when there is nothing to do any more."""

    async def wanted(self, chat_id: int) -> dict[str, str]:
        """The living messages that a chat should have now: slot → subject."""

    async def view(self, chat_id: int, slot: str, subject: str) -> View | None:
        """How one of them should look; None when it has nothing to show."""

    async def closing(self, board: Board) -> str | None:
        """What becomes of an old copy: the line that it is shortened to; "" when it only loses its keyboard; None when
        it may go."""

    async def everyone(self) -> list[int]:
        """The chats that have, or should have, living messages."""
