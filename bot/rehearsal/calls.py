"""What calls have in common: finding the chat and the message that they name, or refusing as the server does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bot.rehearsal.errors import ApiError, bad_request, refuse
from bot.rehearsal.model import Chat, Message
from bot.rehearsal.params import Params, integer, text

if TYPE_CHECKING:
    from bot.rehearsal.world import World

Handler = Callable[["World", Params, Mapping[str, bytes]], Any]


def find_chat(world: World, params: Params, *, name: str = "chat_id", write: bool = True) -> Chat:
    """The chat that a call names. For writing, raises the 403s of people who can't be written to."""
    given = text(params, name)
    if not given:
        raise bad_request(f"{name} is empty")
    chat = world.chats.get(integer(params, name))
    if chat is None:
        raise bad_request("chat not found")
    if write:
        if chat.deactivated:
            raise refuse(403, "user is deactivated")
        if not chat.started:
            raise refuse(403, "bot can't initiate conversation with a user")
        if chat.blocked:
            raise refuse(403, "bot was blocked by the user")
        if chat.id < 0:
            _check_group(chat, integer(params, "message_thread_id"))
    return chat


def _check_group(chat: Chat, topic: int) -> None:
    """Whether the bot may write into a group chat, and into a topic of it."""
    if chat.gone == "moved":
        moved = {"migrate_to_chat_id": chat.moved_to}
        raise ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", moved)
    if chat.gone:
        raise refuse(403, "the group chat was deleted")
    if not chat.has_bot:
        raise refuse(403, f"bot was kicked from the {chat.type} chat")
    if not chat.bot_may_write:
        raise bad_request("not enough rights to send text messages to the chat")
    if topic and topic not in chat.topics:
        raise bad_request("message thread not found")
    if topic and chat.topics[topic].closed and not chat.bot_is_admin:
        raise bad_request("TOPIC_CLOSED")


def find_message(world: World, params: Params, what: str, *, chat: Chat | None = None) -> Message:
    """The message that a call names; `what` is how the server calls it in "message to edit not found"."""
    chat = chat or find_chat(world, params)
    message = chat.messages.get(integer(params, "message_id"))
    if message is None:
        raise bad_request(f"{what} not found")
    return message
