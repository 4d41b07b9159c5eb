"""Who and what there is: people, chats, messages, and the taps that wait for an answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.rehearsal.entities import Entity

if TYPE_CHECKING:
    from bot.rehearsal.phone import Phone

# What a message holds that tells of something which happened to its chat.
_SERVICE = frozenset(
    [
        "pinned_message",
        "new_chat_members",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "forum_topic_created",
        "forum_topic_closed",
        "forum_topic_reopened",
    ]
)


@dataclass(slots=True)
class User:
    """A person, or the bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def to_dict(self) -> dict[str, Any]:
        """A User object."""
        made: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if value := getattr(self, name):
                made[name] = value
        return made


@dataclass(slots=True, eq=False)
class Message:
    """One message of a chat.

    `text` is what is read of it, of a caption too; `media` holds the fields of the Message object that aren't text.
    `reactions` are the bot's; `reply_markup` is an inline keyboard, or a keyboard that was sent with the message.
    """

    message_id: int
    chat: Chat
    date: int
    sender: User
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    media: dict[str, Any] = field(default_factory=dict)
    reply_to: Message | None = None
    forward_origin: dict[str, Any] | None = None
    reply_markup: dict[str, Any] | None = None
    edit_date: int = 0
    reactions: list[str] = field(default_factory=list)
    pinned: bool = False
    deleted: bool = False
    silent: bool = False
    protected: bool = False
    link_preview: dict[str, Any] | None = None
    thread_id: int = 0  # the topic it stands in
    sender_chat: Chat | None = None  # in whose name a hidden admin wrote it

    @property
    def from_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def is_service(self) -> bool:
        return not _SERVICE.isdisjoint(self.media)

    @property
    def kind(self) -> str:
        """`text`, or what the message holds: photo, document, sticker, voice, contact, location and so on."""
        return next(iter(self.media), "text")

    @property
    def media_name(self) -> str:
        """What goes by a name in it: a file, a sticker's emoji, somebody's card, the people who were picked."""
        held = self.media.get(self.kind)
        held = held[-1] if isinstance(held, list) else held
        if not isinstance(held, dict):
            return ""
        picked = ", ".join(str(user.get("first_name", user["user_id"])) for user in held.get("users", []))
        return str(held.get("file_name") or held.get("emoji") or held.get("first_name") or picked)

    @property
    def rows(self) -> list[list[dict[str, Any]]]:
        """The inline buttons as InlineKeyboardButton objects."""
        rows: list[list[dict[str, Any]]] = (self.reply_markup or {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the inline buttons, row by row."""
        return [[button["text"] for button in row] for row in self.rows]

    @property
    def keys(self) -> list[list[str]]:
        """The labels of the reply keyboard that came with it, row by row."""
        return [[key["text"] for key in row] for row in (self.reply_markup or {}).get("keyboard", [])]

    @property
    def clears_keys(self) -> bool:
        """Whether it takes the reply keyboard away."""
        return "remove_keyboard" in (self.reply_markup or {})

    def to_dict(self, *, with_reply: bool = True) -> dict[str, Any]:
        """A Message object."""
        made: dict[str, Any] = {
            "message_id": self.message_id,
            "from": self.sender.to_dict(),
            "chat": self.chat.to_dict(),
            "date": self.date,
        }
        if self.sender_chat:
            made["sender_chat"] = self.sender_chat.to_dict()
        if self.thread_id:
            made |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if self.edit_date:
            made["edit_date"] = self.edit_date
        if self.forward_origin:
            made["forward_origin"] = self.forward_origin
            made["forward_date"] = self.forward_origin["date"]
            if name := self.forward_origin.get("sender_user_name"):
                made["forward_sender_name"] = name
        if with_reply and self.reply_to and not self.reply_to.deleted:
            made["reply_to_message"] = self.reply_to.to_dict(with_reply=False)
        made.update(self.media)
        if self.text and "poll" not in self.media:  # a poll's words are in it
            is_caption = bool(self.media)
            made["caption" if is_caption else "text"] = self.text
            if self.entities:
                made["caption_entities" if is_caption else "entities"] = self.chat.show_entities(self.entities)
        if self.link_preview:
            made["link_preview_options"] = self.link_preview
        if self.protected:
            made["has_protected_content"] = True
        if self.rows:
            made["reply_markup"] = self.reply_markup
        return made


@dataclass(slots=True, eq=False)
class Chat:
    """A chat as the server has it. For a private chat `id` is the person's, and `started` says that they pressed Start.

    `keyboard` is the reply keyboard on show, `members` the phones that see the chat. Of a group: `gone` says that it
    was deleted or moved (to the id `moved_to`), `topics` are those of a forum by their thread's id.
    """

    id: int
    type: str = "private"
    title: str = ""
    user: User | None = None
    instance: str = ""
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    keyboard: dict[str, Any] | None = None
    members: dict[int, Phone] = field(default_factory=dict)
    people: dict[int, User] = field(default_factory=dict)  # everyone in the world, for mentions
    has_bot: bool = True
    bot_is_admin: bool = False
    bot_may_write: bool = True
    gone: str = ""
    moved_to: int = 0
    is_forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)

    def note(self, kind: str, message: Message) -> None:
        """Have everyone who sees the chat note what happened to a message."""
        for phone in self.members.values():
            phone.note(kind, message, message.text)

    def to_dict(self) -> dict[str, Any]:
        """A Chat object."""
        if self.user is None:
            forum = {"is_forum": True} if self.is_forum else {}
            return {"id": self.id, "title": self.title, "type": self.type, **forum}
        made: dict[str, Any] = {"id": self.id, "first_name": self.user.first_name}
        if self.user.last_name:
            made["last_name"] = self.user.last_name
        if self.user.username:
            made["username"] = self.user.username
        made["type"] = self.type
        return made

    def show_entities(self, entities: list[Entity]) -> list[dict[str, Any]]:
        """MessageEntity objects; a mention of someone unknown is left out."""
        shown: list[dict[str, Any]] = []
        for entity in entities:
            made = entity.to_dict()
            if user_id := made.pop("user_id", 0):
                if user_id not in self.people:
                    continue
                made["user"] = self.people[user_id].to_dict()
            shown.append(made)
        return shown


@dataclass(slots=True)
class Topic:
    """A topic of a forum."""

    name: str
    closed: bool = False


@dataclass(slots=True)
class Tap:
    """A tap on a button that waits for answerCallbackQuery; `at` is a time of the world's clock."""

    query_id: str
    user_id: int
    chat: Chat
    message_id: int
    data: str
    at: float


@dataclass(frozen=True, slots=True)
class Request:
    """One call as it was made and how it ended.

    `outcome` is "ok", "error", "dropped before" or "dropped after"; `result` is what was answered, `error` the refusal
    as "code description". `at` is a time of the world's clock, `tick` one of a clock that never goes back, in seconds.
    """

    method: str
    params: dict[str, Any]
    chat_id: int | None
    at: float
    tick: float
    outcome: str
    result: Any = None
    error: str = ""
