"""Group chats as the bot and their members have them: privacy mode, topics, anonymous admins, and how chats end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.rehearsal import media
from bot.rehearsal.errors import PhoneError
from bot.rehearsal.model import Chat, Message, Topic, User
from bot.rehearsal.phone import Phone

if TYPE_CHECKING:
    from bot.rehearsal.world import World

ANONYMOUS = User(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)  # in whose name hidden admins write
_COMMAND = re.compile(r"/\w+(?:@(?P<bot>\w+))?(?:\s|$)")


class Seat(Phone):
    """One person's place in a group chat. What they write goes to `topic` (0 is the chat itself), and in the chat's
    name where they are an `anonymous` admin. What can't be done on a real phone raises PhoneError."""

    topic = 0
    anonymous = False

    def _ready(self) -> None:
        if self.chat.gone or self.user.id not in self.chat.members:
            raise PhoneError(f"{self.user.name} isn't in {self.chat.title} (any more)")
        topic = self.chat.topics.get(self.topic)
        if self.topic and (topic is None or topic.closed):
            raise PhoneError(f"nobody can write into the topic {self.topic}")

    def _sent(self, message: Message) -> Message:
        message.thread_id = self.topic
        if self.anonymous:
            message.sender, message.sender_chat = ANONYMOUS, self.chat
        for seat in self.chat.members.values():
            seat.note("sent" if seat is self else "received", message, message.text)
        if self.chat.has_bot and _concerns_the_bot(message, self.world.bot):
            self.world.put_message(message)
        self.world.changed()
        return message

    def start(self, payload: str = "") -> Message:
        raise PhoneError("Start is in the private chat; GroupChat.add_bot brings the bot into a group")

    def block(self) -> None:
        raise PhoneError("a group's members don't block the bot there; GroupChat.remove_bot takes it out")


def _concerns_the_bot(message: Message, bot: User) -> bool:
    """Whether privacy mode lets a message through: commands, and replies to what the bot said."""
    command = _COMMAND.match(message.text)
    if command:
        return (command["bot"] or bot.username).lower() == bot.username.lower()
    return message.reply_to is not None and message.reply_to.sender == bot


class GroupChat:
    """A group chat, and what can happen to it as a whole. `by` is whoever does it."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world = world
        self.chat = chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def type(self) -> str:
        return self.chat.type

    @property
    def messages(self) -> list[Message]:
        """What stands in it now, without the notes about what happened."""
        return [message for message in self.chat.messages.values() if not message.is_service]

    def join(self, phone: Phone) -> Seat:
        """Let somebody in; their seat."""
        seat = self.chat.members.get(phone.user.id)
        if not isinstance(seat, Seat):
            seat = self.chat.members[phone.user.id] = Seat(self.world, phone.user, self.chat)
        return seat

    def leave(self, phone: Phone) -> None:
        """Take somebody out."""
        del self.chat.members[phone.user.id]

    # The bot in it

    def add_bot(self, by: Phone, payload: str | None = None, *, admin: bool = False) -> None:
        """Bring the bot in: from the members' list, or (a payload) behind a t.me link with ?startgroup=payload."""
        self.chat.has_bot, self.chat.bot_is_admin = True, admin
        self._membership(by, "left", "administrator" if admin else "member")
        self._service(by.user, {"new_chat_members": [self.world.bot.to_dict()]})
        if payload is not None:
            self.join(by).send(f"/start@{self.world.bot.username} {payload}".strip())

    def remove_bot(self, by: Phone) -> None:
        """Kick it."""
        self.chat.has_bot = False
        self._membership(by, "member", "kicked")

    def restrict_bot(self, by: Phone) -> None:
        """Let it write no more."""
        self.chat.bot_may_write = False
        self._membership(by, "member", "restricted")

    def delete(self) -> None:
        """Delete the chat; nobody tells the bot."""
        self.chat.gone = "deleted"

    def upgrade(self, new_id: int) -> GroupChat:
        """Make a supergroup of it: another chat with another id, which has the members and none of the messages."""
        moved = self.world.group(new_id, self.chat.title, *(self.world.phones[id] for id in self.chat.members))
        self._service(ANONYMOUS, {"migrate_to_chat_id": new_id})
        moved._service(ANONYMOUS, {"migrate_from_chat_id": self.id})
        self.chat.gone, self.chat.moved_to = "moved", new_id
        return moved

    # Topics

    def open_topic(self, by: Phone, name: str) -> int:
        """A new topic of a forum; its thread's id."""
        self.chat.is_forum = True
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        message = self._service(by.user, created)
        self.chat.topics[message.message_id] = Topic(name)
        return message.message_id

    def close_topic(self, by: Phone, topic: int) -> None:
        self.chat.topics[topic].closed = True
        self._service(by.user, {"forum_topic_closed": {}}, topic)

    def reopen_topic(self, by: Phone, topic: int) -> None:
        self.chat.topics[topic].closed = False
        self._service(by.user, {"forum_topic_reopened": {}}, topic)

    def delete_topic(self, topic: int) -> None:
        """Delete a topic with all that stands in it; nobody tells the bot."""
        del self.chat.topics[topic]
        for message in [each for each in self.chat.messages.values() if each.thread_id == topic]:
            message.deleted = True
            del self.chat.messages[message.message_id]

    def _service(self, sender: User, what: dict[str, Any], topic: int = 0) -> Message:
        message = self.world.add_message(self.chat, sender)
        message.media, message.thread_id = what, topic
        if sender is ANONYMOUS:
            message.sender_chat = self.chat
        if "forum_topic_created" in what:
            message.thread_id = message.message_id
        if self.chat.has_bot:
            self.world.put_message(message)
        return message

    def _membership(self, by: Phone, old: str, new: str) -> None:
        now = int(self.world.clock())
        body = media.group_membership(self.chat, by.user, self.world.bot, now, old, new)
        seconds = self.world.limits.update_seconds
        self.world.updates.put("my_chat_member", body, lane=("member", self.chat.id), seconds=seconds)
        self.world.changed()
