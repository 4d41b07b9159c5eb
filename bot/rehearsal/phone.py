"""A person's phone: what they do with it. What they see on it is its Screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.rehearsal import media, polls
from bot.rehearsal.entities import clean, is_blank, utf16_length
from bot.rehearsal.errors import PhoneError
from bot.rehearsal.model import Message, Tap, User
from bot.rehearsal.screen import Screen
from bot.rehearsal.texts import MESSAGE_LIMIT, with_found


class Phone(Screen):
    """One person's phone in their private chat with the bot. What can't be done on a real one raises PhoneError."""

    # What is written

    def start(self, payload: str = "") -> Message:
        """Press Start, as behind a t.me link with ?start=payload."""
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,64}", payload):
            raise PhoneError("a start parameter is at most 64 of A-Z, a-z, 0-9, _ and -")
        if self.chat.blocked:
            self.unblock()
        self.chat.started = True
        return self._write(f"/start {payload}".strip())

    def send(self, text: str) -> Message:
        """Write a message. Longer than 4096 it leaves in parts, as apps do; returns the last."""
        return self._write_parts(text)

    def reply(self, message_id: int, text: str) -> Message:
        """Write in reply to a message."""
        return self._write_parts(text, reply_to=self._message(message_id))

    def forward(self, text: str, from_name: str) -> Message:
        """Pass on someone's message, someone who hides their account."""
        return self._write_parts(text, forward=media.hidden_origin(from_name, int(self.world.clock())))

    def edit(self, message_id: int, text: str) -> Message:
        """Change a message of one's own."""
        message = self._message(message_id)
        if message.from_bot or message.forward_origin:
            raise PhoneError("only one's own messages can be changed")
        message.text = self._typed(text)
        message.entities = with_found(message.text, [])
        message.edit_date = int(self.world.clock())
        self.note("edited by me", message, message.text)
        self.world.put_message(message, "edited_message")
        return message

    def sticker(self, emoji: str = "👍") -> Message:
        """Send a sticker."""
        return self._send_media(media.sticker(self.world.files, emoji))

    def voice(self, seconds: int = 3) -> Message:
        """Send a voice note."""
        return self._send_media(media.voice(self.world.files, seconds))

    def photo(self, caption: str | None = None) -> Message:
        """Send a picture."""
        return self._send_media(media.photo(self.world.files), caption or "")

    def document(self, name: str, data: bytes, caption: str = "") -> Message:
        """Send a file."""
        return self._send_media(media.document(self.world.files, name, data), caption)

    def contact(self, phone_number: str = "+233201234567", other: User | None = None) -> Message:
        """Share a contact: one's own number, or another person's."""
        return self._send_media(media.contact(other or self.user, phone_number))

    def location(self, latitude: float = 5.6037, longitude: float = -0.187) -> Message:
        """Share a place, in degrees."""
        return self._send_media({"location": {"latitude": latitude, "longitude": longitude}})

    def choose(self, label: str, *users: User) -> Message:
        """Tap a key of the reply keyboard that asks for people, and pick these."""
        asks = self._key(label).get("request_users")
        if asks is None:
            raise PhoneError(f"{label!r} doesn't ask for people")
        most = int(asks.get("max_quantity") or 1)
        if not 1 <= len(users) <= most:
            raise PhoneError(f"{label!r} takes 1 to {most} people, not {len(users)}")
        wants_bots = asks.get("user_is_bot")
        if any(wants_bots is not None and user.is_bot != wants_bots for user in users):
            raise PhoneError(f"{label!r} doesn't offer {[user.name for user in users]}")
        self._pressed()
        names, usernames = bool(asks.get("request_name")), bool(asks.get("request_username"))
        return self._send_media(media.users_shared(asks["request_id"], users, names=names, usernames=usernames))

    def share_users(self, request_id: int, users: Sequence[User]) -> Message:
        """Share people as if behind a key of the reply keyboard, whether there is one or not."""
        return self._send_media(media.users_shared(request_id, users, names=True, usernames=True))

    def vote(self, *answers: str) -> Message:
        """Choose answers in the newest poll that is open and has them; none takes one's vote back."""
        for message in reversed(self.messages):
            if polls.is_open(message) and polls.has(message, answers):
                polls.vote(self.world, message, answers)
                self.touch()
                return message
        raise PhoneError(f"no open poll on {self.user.name}'s phone has {answers}")

    def vote_at(self, message: Message, at: int) -> None:
        """Tap an answer of a poll: choose it alone, or take the vote back."""
        options = message.media["poll"]["options"]
        if not 0 <= at < len(options):
            raise PhoneError("this answer isn't there")
        polls.vote(self.world, message, [] if options[at]["voter_count"] else [options[at]["text"]])
        self.touch()

    # What is tapped

    def tap(self, label: str) -> Tap | Message | str:
        """Tap the button with this label, or the one label that holds it, on the newest message that has such a one.

        Returns the tap, or for a reply keyboard the message it wrote, or the text copied, or the link opened. Raises
        PhoneError with all buttons on show where there is none.
        """
        for fits in (label.__eq__, lambda shown: label in shown):
            for message in reversed(self.messages):
                found = [button for row in message.rows for button in row if fits(button["text"])]
                if len(found) > 1:
                    raise PhoneError(f"{label!r} may be any of {[button['text'] for button in found]}")
                if found:
                    return self.press(message, found[0])
            for key in self._keys():
                if fits(key["text"]):
                    return self.press_key(key["text"])
        raise PhoneError(f"no button {label!r} on {self.user.name}'s phone; there are: {self._all_buttons()}")

    def tap_data(self, data: str, message_id: int | None = None) -> Tap:
        """Send forged callback data, as if from a button of a message (the bot's newest by default)."""
        return self._tapped(message_id if message_id is not None else self.last.message_id, data)

    def tap_old(self, message_id: int, data: str) -> Tap:
        """Tap a button that stood under a message before it was changed or deleted."""
        return self._tapped(message_id, data)

    def block(self) -> None:
        """Block the bot."""
        self._set_blocked(True)

    def unblock(self) -> None:
        """Unblock the bot; Start or a message goes separately."""
        self._set_blocked(False)

    def deactivate(self) -> None:
        """Delete the account."""
        self.chat.deactivated = True
        self.touch()
        self.world.changed()

    def _message(self, message_id: int) -> Message:
        message = self.chat.messages.get(message_id)
        if message is None:
            raise PhoneError(f"no message {message_id} on {self.user.name}'s phone")
        return message

    def _ready(self) -> None:
        if self.chat.deactivated or self.chat.blocked or not self.chat.started:
            why = "deleted the account" if self.chat.deactivated else "blocked the bot"
            raise PhoneError(f"{self.user.name} {why if self.chat.started else 'has not pressed Start'}")

    def _typed(self, text: str) -> str:
        typed = clean(text).strip(" \n")
        if not typed or is_blank(typed):
            raise PhoneError("an app doesn't send an empty message")
        return typed

    def _write_parts(self, text: str, **more: Any) -> Message:
        typed = self._typed(text)
        while utf16_length(typed) > MESSAGE_LIMIT:
            part, typed = media.split(typed, MESSAGE_LIMIT)
            self._write(part, **more)
        return self._write(typed, **more)

    def _write(self, text: str, *, reply_to: Message | None = None, forward: dict[str, Any] | None = None) -> Message:
        self._ready()
        message = self.world.add_message(self.chat, self.user, text, with_found(text, []))
        message.reply_to, message.forward_origin = reply_to, forward
        return self._sent(message)

    def _send_media(self, fields: dict[str, Any], caption: str = "") -> Message:
        self._ready()
        text = clean(caption).strip(" \n")
        message = self.world.add_message(self.chat, self.user, text, with_found(text, []))
        message.media = fields
        return self._sent(message)

    def _sent(self, message: Message) -> Message:
        self.note("sent", message, message.text)
        self.world.put_message(message)
        return message

    def press(self, message: Message, button: dict[str, Any]) -> Tap | Message | str:
        """Tap one inline button (as an InlineKeyboardButton object) of a message; returns what `tap` returns."""
        if "callback_data" in button:
            self.note("tapped", message, button["text"])
            return self._tapped(message.message_id, button["callback_data"], noted=True)
        if "copy_text" in button:
            self.clipboard = str(button["copy_text"]["text"])
            self.note("copied", message, self.clipboard)
            return self.clipboard
        return self.open(str(button.get("url", "")))

    def open(self, url: str) -> Message | str:
        """Follow a link; one to the bot itself with ?start= presses Start."""
        self.note("opened", None, url)
        parts = urlsplit(url)
        payload = parse_qs(parts.query).get("start")
        if (
            parts.netloc.lower() == "t.me"
            and parts.path.strip("/").lower() == self.world.bot.username.lower()
            and payload
        ):
            return self.start(payload[0])
        return url

    def _keys(self) -> list[dict[str, Any]]:
        return [button for row in (self.chat.keyboard or {}).get("keyboard", []) for button in row]

    def _key(self, label: str) -> dict[str, Any]:
        button = next((key for key in self._keys() if key["text"] == label), None)
        if button is None:
            raise PhoneError(f"no key {label!r} on {self.user.name}'s phone")
        return button

    def _pressed(self) -> None:
        if (self.chat.keyboard or {}).get("one_time_keyboard"):
            self.chat.keyboard = None

    def press_key(self, label: str) -> Message:
        """Tap the key of the reply keyboard that has this label. Raises PhoneError where there is none."""
        button = self._key(label)
        if "request_users" in button:
            raise PhoneError(f"{label!r} asks for people: choose({label!r}, …)")
        self._pressed()
        if button.get("request_contact"):
            return self.contact()
        return self.location() if button.get("request_location") else self._write(button["text"])

    def _tapped(self, message_id: int, data: str, *, noted: bool = False) -> Tap:
        if not 1 <= len(data.encode()) <= 64:
            raise PhoneError("callback data is 1 to 64 bytes")
        self._ready()
        if not noted:
            self.note("tapped", self.chat.messages.get(message_id), data)
        tap = self.world.add_tap(self.user, self.chat, message_id, data)
        self.waiting[tap.query_id] = tap
        return tap

    def _set_blocked(self, blocked: bool) -> None:
        if self.chat.blocked == blocked:
            return
        self.chat.blocked = blocked
        self.note("blocked" if blocked else "unblocked", None, "")
        body = media.membership(self.chat, self.user, self.world.bot, int(self.world.clock()), blocked=blocked)
        seconds = self.world.limits.update_seconds
        self.world.updates.put("my_chat_member", body, lane=("member", self.chat.id), seconds=seconds)
        self.world.changed()
