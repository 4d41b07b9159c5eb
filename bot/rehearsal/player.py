"""Somebody at a workshop with a phone in hand: they look, wait, write and tap as people do, and remember what they see.

Nothing here knows the bot from inside. A sheet is known by its first line, a button by its label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.rehearsal.cast import Human
from bot.rehearsal.errors import PhoneError
from bot.rehearsal.model import Message, Tap
from bot.rehearsal.phone import Phone
from bot.rehearsal.world import World

PATIENCE = 20.0  # seconds that anybody waits for anything
SHEET = re.compile(r"(?P<exercise>\d\S*) .+ · (?:(?P<at>\d+) of (?P<of>\d+) · (?P<step>.+)|published)")
_ISOLATES = str.maketrans("", "", "\u2068\u2069")
_CUT = "…"

T = TypeVar("T")


class Disappointed(Exception):
    """Somebody didn't get to see what they had to; `str()` says what was expected and what their phone shows."""


@dataclass(slots=True)
class Tally:
    """What the whole cast has done so far. `flying` are answers on their way, which nobody has acknowledged."""

    answers: int = 0
    flying: int = 0


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """The sheet on somebody's phone. `at` is 0 once it is published."""

    message: Message
    exercise: str
    at: int
    step: str

    @property
    def text(self) -> str:
        return plain(self.message.text)


def plain(text: str) -> str:
    """A text as it is read, without the marks that fence off another script."""
    return text.translate(_ISOLATES)


def fits(label: str, wanted: str) -> bool:
    """Whether a button says this; a long label is cut, a chosen one is marked."""
    shown = plain(label).removeprefix("✓ ")
    return shown == wanted or (shown.endswith(_CUT) and wanted.startswith(shown.removesuffix(_CUT).rstrip()))


class Player:
    """One of the cast. `name` is theirs in the workshop."""

    def __init__(self, world: World, human: Human, tally: Tally) -> None:
        self.human = human
        self.tally = tally
        self.phone: Phone = world.phone(human.id, human.first, human.last)
        self.seated = False  # in the group that does the exercises

    @property
    def key(self) -> str:
        return self.human.key

    @property
    def name(self) -> str:
        return self.human.name

    # Looking ---------------------------------------------------------------------------------------------------

    async def until(self, seen: Callable[[], T | None], what: str, seconds: float = PATIENCE) -> T:
        """Wait until `seen` finds something on the phone, and return that. `what` completes "waited for …"."""
        found: list[T] = []
        looked_at = (-1, -1)

        def look(phone: Phone) -> bool:
            nonlocal looked_at
            now = len(phone.transcript), len(phone.answers)
            if now == looked_at:
                return False  # something happened on another phone
            looked_at = now
            value = seen()
            if value is not None and value is not False:
                found.append(value)
            return bool(found)

        try:
            await self.phone.wait_for(look, seconds)
        except PhoneError:
            raise Disappointed(f"{self.name} waited {seconds:.0f} s for {what}.\n{self._shown()}") from None
        return found[0]

    def _shown(self) -> str:
        last = self.phone.messages[-5:]
        lines = [f"  {'bot' if m.from_bot else 'self'}: {m.text or m.kind!r} {m.buttons or ''}" for m in last]
        toasts = f"  toasts: {self.phone.toasts[-3:]}; taps without an answer: {len(self.phone.waiting)}"
        return "\n".join(["On the phone:", *lines, toasts])

    def said(self, text: str, after: int = 0) -> Message | None:
        """The newest message of the bot, later than the message `after`, that holds a text."""
        for message in reversed(self.phone.messages):
            if message.message_id <= after:
                return None
            if message.from_bot and text in plain(message.text):
                return message
        return None

    def last_starting(self, text: str) -> Message | None:
        """The newest message of the bot that begins with a text."""
        mine = (message for message in reversed(self.phone.messages) if message.from_bot)
        return next((message for message in mine if plain(message.text).startswith(text)), None)

    async def see(self, text: str, after: int = 0) -> Message:
        """Wait for a message with a text."""
        return await self.until(lambda: self.said(text, after), f"a message with “{text}”")

    @property
    def sheet(self) -> SheetSeen | None:
        """The newest sheet."""
        for message in reversed(self.phone.messages):
            if message.from_bot and (found := SHEET.fullmatch(plain(message.text).partition("\n")[0])):
                return SheetSeen(message, found["exercise"], int(found["at"] or 0), found["step"] or "")
        return None

    def sheet_at(self, exercise: str, at: int) -> SheetSeen | None:
        """The sheet if it is at this step; 0 is the published one."""
        sheet = self.sheet
        return sheet if sheet and (sheet.exercise, sheet.at) == (exercise, at) else None

    async def see_sheet(self, exercise: str, at: int, *texts: str) -> SheetSeen:
        """Wait until the sheet is at a step and holds all the texts."""

        def look() -> SheetSeen | None:
            sheet = self.sheet_at(exercise, at)
            return sheet if sheet and all(text in sheet.text for text in texts) else None

        about = f" with {', '.join(f'“{text}”' for text in texts)}" if texts else ""
        return await self.until(look, f"the sheet of {exercise} at step {at or 'published'}{about}")

    async def has_pen(self, exercise: str, at: int) -> None:
        """Wait until the sheet says that one holds the pen; it says more on the first step."""

        def mine() -> bool:
            sheet = self.sheet_at(exercise, at)
            return sheet is not None and ("Pen: you" in sheet.text or "You hold the pen" in sheet.text)

        await self.until(mine, f"the pen on the sheet of {exercise}")

    # Writing ---------------------------------------------------------------------------------------------------

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Around something that has to be taken as an answer, until it is acknowledged."""
        self.tally.answers += 1
        self.tally.flying += 1
        yield
        self.tally.flying -= 1

    async def answer(self, text: str) -> Message:
        """Send words that have to be taken; the bot marks them so."""
        with self.answering():
            sent = self.phone.send(text)
            await self.until(lambda: bool(sent.reactions), f"“{text}” to be taken")
        return sent

    async def told(self, sent: Message, reply: str) -> None:
        """Wait for what the bot says to a message that it can't use."""
        await self.until(lambda: self.said(reply, sent.message_id), f"the reply “… {reply} …” to {sent.text!r}")

    # Tapping ---------------------------------------------------------------------------------------------------

    def _press(self, message: Message, button: dict[str, Any]) -> Tap:
        tap = self.phone.press(message, button)
        if not isinstance(tap, Tap):
            raise Disappointed(f"{button['text']!r} on {self.name}'s phone isn't a button of the bot's")
        return tap

    async def tap(self, label: str, on: Callable[[], Message | None] | None = None, *, starts: bool = False) -> Tap:
        """Wait for a button and tap it: on the newest message that has it, or on the one that `on` finds. With
        `starts` the label need only begin so."""

        def find() -> tuple[Message, dict[str, Any]] | None:
            messages = reversed(self.phone.messages) if on is None else filter(None, [on()])
            for message in messages:
                for row in message.rows:
                    for button in row:
                        shown = button["text"]
                        if fits(shown, label) or (starts and plain(shown).startswith(label)):
                            return message, button
            return None

        message, button = await self.until(find, f"a button [{label}]")
        return self._press(message, button)

    async def tap_sheet(self, label: str) -> Tap:
        """Tap a button of the sheet."""
        return await self.tap(label, lambda: self.sheet.message if self.sheet else None)

    async def answered(self, tap: Tap) -> None:
        """Wait until the button stops turning."""
        await self.until(lambda: tap.query_id not in self.phone.waiting, "an answer to the tap")

    async def toast(self, reply: str, before: int) -> None:
        """Wait for a line on top of the screen, after the first `before` of them."""
        await self.until(lambda: any(reply in plain(t) for t in self.phone.toasts[before:]), f"the toast “… {reply} …”")
