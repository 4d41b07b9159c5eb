"""A small world of its own: a bot's server side and the phones of the people who talk to it.

`World.call` is the Bot API, `World.phone` a person. Everything happens in memory and in one event loop.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from bot.rehearsal.entities import Entity
from bot.rehearsal.errors import ApiError, ConnectionDropped, PhoneError, refuse
from bot.rehearsal.faults import Delay, Drop, Faults, Refuse
from bot.rehearsal.files import Files
from bot.rehearsal.groups import GroupChat
from bot.rehearsal.limits import Limits, Pace
from bot.rehearsal.methods import METHODS, counts
from bot.rehearsal.model import Chat, Message, Request, Tap, User
from bot.rehearsal.params import integer
from bot.rehearsal.phone import Phone
from bot.rehearsal.updates import UpdateQueue


class World:
    """Everything that one bot can see or do.

    `clock` gives Unix seconds; with the seconds that the rehearsal's clock was wound on, these date messages.
    `monotonic` paces sending and never goes back. With `keep` False, requests are counted but not kept, and
    transcripts neither, for long benches.
    """

    def __init__(
        self,
        token: str,
        username: str = "PlenaryBot",
        clock: Callable[[], float] = time.time,
        limits: Limits | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        keep: bool = True,
        first_name: str = "Plenary",
    ) -> None:
        number, _, secret = token.partition(":")
        if not number.isdecimal() or not secret:
            raise ValueError("a token is a number, a colon and a secret")
        self.token = token
        self._clock = clock
        self.wound = 0.0
        self.monotonic = monotonic
        self.keep = keep
        self.limits = limits or Limits()
        self.pace = Pace(self.limits)
        self.bot = User(int(number), first_name, username=username, is_bot=True)
        self.people: dict[int, User] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.phones: dict[int, Phone] = {}
        self.taps: dict[str, Tap] = {}
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.files = Files()
        self.faults = Faults()
        self.updates = UpdateQueue(self.clock)
        self.requests: list[Request] = []
        self.counts: Counter[tuple[str, str]] = Counter()
        self.version = 0  # grows with everything that could be seen on a phone
        self._next_message_id = 0
        self._next_tap_id = (self.bot.id << 32) % (1 << 60)
        self._waiting: list[asyncio.Future[None]] = []

    def clock(self) -> float:
        """Now, in Unix seconds, as this world has it."""
        return self._clock() + self.wound

    # The bot's side

    async def call(
        self, method: str, params: Mapping[str, Any] | None = None, files: Mapping[str, bytes] | None = None
    ) -> Any:
        """One call of the Bot API; `files` are uploads by field name, their names in `params` under "name:<field>".

        Returns the result as plain JSON values. Raises ApiError, or ConnectionDropped where a fault was ordered.
        """
        given = dict(params or {})
        name = method.lower()
        chat_id = integer(given, "chat_id") if "chat_id" in given else None
        try:
            result = await self._attempt(name, given, files or {}, chat_id)
        except ApiError as error:
            self._note(method, given, chat_id, "error", error=str(error))
            raise
        except ConnectionDropped as drop:
            self._note(method, given, chat_id, f"dropped {'after' if drop.processed else 'before'}")
            raise
        self._note(method, given, chat_id, "ok", result)
        return result

    async def _attempt(self, name: str, params: dict[str, Any], files: Mapping[str, bytes], chat_id: int | None) -> Any:
        known = METHODS.get(name)
        if known is None:
            raise refuse(404, "Not Found: method not found")
        fault = self.faults.take(name, chat_id) if self.faults.open else None
        if isinstance(fault, Refuse):
            raise fault.error
        if isinstance(fault, Drop) and not fault.processed:
            raise ConnectionDropped(processed=False)
        if chat_id is not None and counts(name):
            self.pace.check(chat_id, self.monotonic())
        result = known(self, params, files)
        if asyncio.iscoroutine(result):
            result = await result
        if isinstance(fault, Drop):
            raise ConnectionDropped(processed=True)
        if isinstance(fault, Delay):
            await asyncio.sleep(fault.seconds)
        return result

    def _note(
        self,
        method: str,
        params: dict[str, Any],
        chat_id: int | None,
        outcome: str,
        result: Any = None,
        error: str = "",
    ) -> None:
        self.counts[method, outcome] += 1
        if self.keep:
            made = Request(method, params, chat_id, self.clock(), self.monotonic(), outcome, result, error)
            self.requests.append(made)

    # The people's side

    def phone(
        self, user_id: int, first_name: str = "", last_name: str = "", language_code: str = "en", username: str = ""
    ) -> Phone:
        """The phone of a person; made at the first call, which needs a name, and found again by later ones."""
        if user_id in self.phones:
            return self.phones[user_id]
        if not first_name:
            raise PhoneError(f"nobody has the phone {user_id} yet: give a first name")
        user = User(user_id, first_name, last_name, username, language_code)
        self.people[user_id] = user
        chat = Chat(user_id, user=user, instance=self._instance(user_id), people=self.people)
        phone = Phone(self, user, chat)
        chat.members[user_id] = phone
        self.chats[user_id] = chat
        self.phones[user_id] = phone
        phone.touch()
        self.changed()
        return phone

    def group(self, chat_id: int, title: str, *members: Phone, has_bot: bool = True) -> GroupChat:
        """A group chat (a negative id), with the bot in it or not."""
        kind = "supergroup" if chat_id < -(10**12) else "group"
        chat = Chat(chat_id, kind, title, instance=self._instance(chat_id), started=True, people=self.people)
        chat.has_bot = has_bot
        self.chats[chat_id] = chat
        made = GroupChat(self, chat)
        for phone in members:
            made.join(phone)
        return made

    def add_message(self, chat: Chat, sender: User, text: str = "", entities: list[Entity] | None = None) -> Message:
        """A new message at the end of a chat; the caller fills in the rest before showing it."""
        self._next_message_id += 1
        message = Message(self._next_message_id, chat, int(self.clock()), sender, text, entities or [])
        chat.messages[message.message_id] = message
        return message

    def put_message(self, message: Message, kind: str = "message") -> None:
        """Tell the bot of a message, or with "edited_message" of its new text."""
        seconds = self.limits.update_seconds
        self.updates.put(kind, message.to_dict(), lane=("message", message.chat.id), seconds=seconds)
        self.changed()

    def add_tap(self, user: User, chat: Chat, message_id: int, data: str) -> Tap:
        """A tap on a button of a message, which may be gone by now, and the update about it."""
        self._next_tap_id += 1
        tap = Tap(str(self._next_tap_id), user.id, chat, message_id, data, self.clock())
        self.taps[tap.query_id] = tap
        message = chat.messages.get(message_id)
        shown = message.to_dict() if message else {"message_id": message_id, "chat": chat.to_dict(), "date": 0}
        body = {
            "id": tap.query_id,
            "from": user.to_dict(),
            "message": shown,
            "chat_instance": chat.instance,
            "data": data,
        }
        seconds = self.limits.callback_update_seconds
        self.updates.put("callback_query", body, lane=("tap", user.id), seconds=seconds)
        self.changed()
        return tap

    # Waiting

    def wind(self, seconds: float) -> None:
        """Put this world's clock forward by so many seconds."""
        self.wound += seconds
        self.changed()

    def changed(self) -> None:
        """Wake whoever waits for something to happen on a phone."""
        self.version += 1
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def change(self, seconds: float = 5.0) -> bool:
        """Wait for the next change on any phone; False when none came in time."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        try:
            async with asyncio.timeout(seconds):
                await future
        except TimeoutError:
            return False
        return True

    def _instance(self, chat_id: int) -> str:
        digest = hashlib.sha256(f"{self.bot.id}/{chat_id}".encode()).digest()
        return str(int.from_bytes(digest[:8], "big", signed=True))
