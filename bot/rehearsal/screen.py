"""What stands on a person's phone, and what has happened on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.rehearsal.errors import PhoneError
from bot.rehearsal.model import Chat, Message, Tap, User

if TYPE_CHECKING:
    from bot.rehearsal.world import World


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened on a phone, for the transcript.

    `kind`: sent, edited by me, tapped, opened, copied, blocked, unblocked (by the person); received, edited, deleted,
    reaction, pinned, unpinned, toast, alert (by the bot). `at` is a time of the world's clock, in seconds.
    """

    at: float
    kind: str
    text: str
    message: Message | None = None
    buttons: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Toast:
    """What answerCallbackQuery showed: for a moment, or as an alert to close."""

    text: str
    alert: bool = False
    url: str = ""


class Screen:
    """The private chat with the bot as one person sees it."""

    def __init__(self, world: World, user: User, chat: Chat) -> None:
        self.world = world
        self.user = user
        self.chat = chat
        self.transcript: list[Happening] = []
        self.answers: list[Toast] = []  # to every tap, empty ones too
        self.waiting: dict[str, Tap] = {}  # taps not answered yet
        self.clipboard = ""
        self.version = 0  # the world's, when something last changed here

    # What is seen

    @property
    def messages(self) -> list[Message]:
        """What stands in the chat now, oldest first, by either side; without the notes about pins."""
        return [message for message in self.chat.messages.values() if not message.is_service]

    @property
    def last(self) -> Message:
        """The bot's newest message. Raises PhoneError while there is none."""
        for message in reversed(self.messages):
            if message.from_bot:
                return message
        raise PhoneError(f"{self.user.name}'s phone shows nothing from the bot")

    @property
    def toasts(self) -> list[str]:
        """The texts that were shown in answer to taps."""
        return [answer.text for answer in self.answers if answer.text]

    @property
    def pinned(self) -> Message | None:
        """The message on top of the chat."""
        return self.chat.messages[self.chat.pinned[-1]] if self.chat.pinned else None

    def buttons(self) -> list[list[str]]:
        """The labels of the newest message that has buttons, row by row; else those of the reply keyboard."""
        for message in reversed(self.messages):
            if message.rows:
                return message.buttons
        return [[button["text"] for button in row] for row in (self.chat.keyboard or {}).get("keyboard", [])]

    async def wait_for(self, wanted: str | Callable[[Any], Any], seconds: float = 5.0) -> Message:
        """Wait until a message of the bot holds a text, or a condition on this phone holds.

        Returns that message, or the newest. Raises PhoneError with what the phone shows when it doesn't come in time.
        """
        monotonic = self.world.monotonic
        until = monotonic() + seconds
        while True:
            if isinstance(wanted, str):
                for message in reversed(self.messages):
                    if message.from_bot and wanted in message.text:
                        return message
            elif wanted(self):
                return self.last
            left = until - monotonic()
            if left <= 0 or not await self.world.change(left):
                raise PhoneError(f"{wanted!r} didn't come in {seconds} s to {self.user.name}; seen: {self._shown()}")

    # For the world

    def touch(self) -> None:
        """Count a change on this phone; the world's version grows with the same event."""
        self.version = self.world.version + 1

    def note(self, kind: str, message: Message | None, text: str) -> None:
        """Write down what happened."""
        self.touch()
        if self.world.keep:
            shown = (message.buttons or message.keys) if message and kind in ("received", "edited") else []
            buttons = tuple(map(tuple, shown))
            self.transcript.append(Happening(self.world.clock(), kind, text, message, buttons))

    def answered(self, tap: Tap, text: str, *, alert: bool = False, url: str = "") -> None:
        """Show the answer to a tap."""
        self.touch()
        self.waiting.pop(tap.query_id, None)
        self.answers.append(Toast(text, alert, url))
        if text:
            self.note("alert" if alert else "toast", self.chat.messages.get(tap.message_id), text)

    def _all_buttons(self) -> list[list[str]]:
        shown = [row for message in self.messages for row in message.buttons]
        return shown + [[key["text"] for key in row] for row in (self.chat.keyboard or {}).get("keyboard", [])]

    def _shown(self) -> list[str]:
        return [f"{'bot' if m.from_bot else 'me'}: {m.text or m.kind}" for m in self.messages[-4:]]
