"""Calls about a chat and what happens in it besides messages: pins, reactions, taps, "typing"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.rehearsal import media
from bot.rehearsal.calls import Handler, find_chat, find_message
from bot.rehearsal.errors import bad_request
from bot.rehearsal.groups import Seat
from bot.rehearsal.model import Chat, Message
from bot.rehearsal.params import Params, flag, integer, structure, text

if TYPE_CHECKING:
    from bot.rehearsal.world import World

# The emoji with which one can react; anything else is refused.
_SOME_REACTIONS = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔"
)
_MORE_REACTIONS = "🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉"
_LAST_REACTIONS = "🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡"
REACTIONS = frozenset(f"{_SOME_REACTIONS} {_MORE_REACTIONS} {_LAST_REACTIONS}".split())
_DOING = "typing choose_sticker find_location"
_MAKING = [f"{verb}_{what}" for verb in ("record", "upload") for what in ("video", "voice", "video_note")]
_ACTIONS = frozenset([*_DOING.split(), *_MAKING, "upload_photo", "upload_document"])
_MOST_TOAST = 200


def answer_callback(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """answerCallbackQuery: once, and soon."""
    tap = world.taps.pop(text(params, "callback_query_id"), None)
    if tap is None or world.clock() - tap.at > world.limits.callback_answer_seconds:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    shown = text(params, "text")
    if len(shown) > _MOST_TOAST:
        world.taps[tap.query_id] = tap
        raise bad_request("MESSAGE_TOO_LONG")
    tap.chat.members[tap.user_id].answered(tap, shown, alert=flag(params, "show_alert"), url=text(params, "url"))
    world.changed()
    return True


def set_reaction(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """setMessageReaction: at most one, none to take it back."""
    wanted = structure(params, "reaction", "reaction types")
    if wanted is None:
        wanted = []
    if not isinstance(wanted, list):
        raise bad_request("Expected an Array of ReactionType")
    emoji = [_reaction(value) for value in wanted]
    message = find_message(world, params, "message to react")
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(_plain(e) not in REACTIONS for e in emoji) or message.is_service:
        raise bad_request("REACTION_INVALID")
    if message.reactions != emoji:
        message.reactions = emoji
        for phone in message.chat.members.values():
            phone.note("reaction", message, "".join(emoji))
        world.changed()
    return True


def pin(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """pinChatMessage: the pin on top, and a service message that the bot hears of too."""
    message = find_message(world, params, "message to pin")
    if message.is_service:
        raise bad_request("message can't be pinned")
    chat = message.chat
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
    chat.pinned.append(message.message_id)
    if not message.pinned:
        message.pinned = True
        chat.note("pinned", message)
        service = world.add_message(chat, world.bot)
        service.media = {"pinned_message": message.to_dict(with_reply=False)}
        world.put_message(service)
    return True


def unpin(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """unpinChatMessage: the newest pin where no message is named."""
    chat = find_chat(world, params)
    if not integer(params, "message_id"):
        if not chat.pinned:
            raise bad_request("message to unpin not found")
        _unpin(world, chat, chat.messages[chat.pinned[-1]])
        return True
    _unpin(world, chat, find_message(world, params, "message to unpin", chat=chat))
    return True


def unpin_all(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """unpinAllChatMessages."""
    chat = find_chat(world, params)
    for message_id in list(chat.pinned):
        _unpin(world, chat, chat.messages[message_id])
    return True


def chat_action(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """sendChatAction."""
    if text(params, "action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    find_chat(world, params)
    return True


def get_chat(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """getChat."""
    chat = find_chat(world, params, write=False)
    made = {**chat.to_dict(), "accent_color_id": 0, "max_reaction_count": 11}
    made["accepted_gift_types"] = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    if chat.pinned:
        made["pinned_message"] = chat.messages[chat.pinned[-1]].to_dict(with_reply=False)
    return made


def get_chat_member(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """getChatMember: a member or somebody who isn't; a seat that writes in the chat's name is a hidden admin's."""
    chat = find_chat(world, params, write=False)
    user_id = integer(params, "user_id")
    user = world.people.get(user_id)
    if user is None:
        raise bad_request("user not found")
    seat = chat.members.get(user_id)
    if user_id == world.bot.id:
        return media.member(user, "member" if chat.has_bot else "left")
    if isinstance(seat, Seat) and seat.anonymous:
        return media.member(user, "administrator", is_anonymous=True)
    return media.member(user, "member" if seat else "left")


def leave_chat(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """leaveChat."""
    find_chat(world, params).has_bot = False
    return True


METHODS: dict[str, Handler] = {
    "getchatmember": get_chat_member,
    "leavechat": leave_chat,
    "answercallbackquery": answer_callback,
    "setmessagereaction": set_reaction,
    "pinchatmessage": pin,
    "unpinchatmessage": unpin,
    "unpinallchatmessages": unpin_all,
    "sendchataction": chat_action,
    "getchat": get_chat,
}


def _reaction(value: Any) -> str:
    if not isinstance(value, dict):
        raise bad_request("Can't parse ReactionType: expected an Object")
    if value.get("type") == "emoji" and isinstance(value.get("emoji"), str):
        return str(value["emoji"])
    if value.get("type") == "custom_emoji":
        raise bad_request("REACTION_INVALID")
    raise bad_request("Can't parse ReactionType: invalid reaction type specified")


def _plain(emoji: str) -> str:
    """An emoji made of several is known with and without the sign that asks for colours."""
    return emoji.replace("\ufe0f", "") if "\u200d" in emoji else emoji


def _unpin(world: World, chat: Chat, message: Message) -> None:
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
        message.pinned = False
        chat.note("unpinned", message)
        world.changed()
