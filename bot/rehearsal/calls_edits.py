"""Calls that change and delete messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.rehearsal.calls import Handler, find_chat, find_message
from bot.rehearsal.calls_messages import read_caption, read_message_text, read_preview
from bot.rehearsal.errors import ApiError, bad_request
from bot.rehearsal.keyboards import Markup, read_markup
from bot.rehearsal.model import Message
from bot.rehearsal.params import Params, integer, structure, text

if TYPE_CHECKING:
    from bot.rehearsal.world import World

_DELETABLE_SECONDS = 48 * 3600


def edit_text(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """editMessageText. Without reply_markup the keyboard goes."""
    written, entities = read_message_text(params)
    markup = read_markup(params, inline_only=True)
    preview = read_preview(params)
    message = _editable(world, params)
    if message.media:
        raise bad_request("There is no text in the message to edit")
    same = (message.text, message.entities, message.reply_markup, message.link_preview)
    if same == (written, entities, markup, preview):
        raise _not_modified()
    message.text, message.entities, message.link_preview = written, entities, preview
    return _changed(world, message, markup)


def edit_caption(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """editMessageCaption. Without reply_markup the keyboard goes."""
    written, entities = read_caption(params)
    markup = read_markup(params, inline_only=True)
    message = _editable(world, params)
    if not message.media:
        raise bad_request("There is no caption in the message to edit")
    if (message.text, message.entities, message.reply_markup) == (written, entities, markup):
        raise _not_modified()
    message.text, message.entities = written, entities
    return _changed(world, message, markup)


def edit_markup(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """editMessageReplyMarkup."""
    markup = read_markup(params, inline_only=True)
    message = _editable(world, params)
    if message.reply_markup == markup:
        raise _not_modified()
    return _changed(world, message, markup)


def delete_message(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """deleteMessage: any message of the chat, for 48 hours."""
    if not integer(params, "message_id"):
        raise bad_request("message identifier is not specified")
    message = find_message(world, params, "message to delete", chat=find_chat(world, params, write=False))
    _delete(world, message)
    return True


def delete_messages(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """deleteMessages: those that aren't there are passed over."""
    chat = find_chat(world, params, write=False)
    numbers = structure(params, "message_ids", "message identifiers")
    if not isinstance(numbers, list) or not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > 100:
        raise bad_request("too many message identifiers specified")
    for message in [chat.messages[int(n)] for n in numbers if int(n) in chat.messages]:
        _delete(world, message)
    return True


METHODS: dict[str, Handler] = {
    "editmessagetext": edit_text,
    "editmessagecaption": edit_caption,
    "editmessagereplymarkup": edit_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
}


def _editable(world: World, params: Params) -> Message:
    if "message_id" not in params and not text(params, "inline_message_id"):
        raise bad_request("message identifier is not specified")
    message = find_message(world, params, "message to edit")
    other_keyboard = message.reply_markup is not None and not message.rows
    if not message.from_bot or message.is_service or message.forward_origin or other_keyboard:
        raise bad_request("message can't be edited")
    return message


def _changed(world: World, message: Message, markup: Markup | None) -> dict[str, Any]:
    message.reply_markup = markup
    message.edit_date = int(world.clock())
    message.chat.note("edited", message)
    world.changed()
    return message.to_dict()


def _not_modified() -> ApiError:
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same as a current "
        "content and reply markup of the message"
    )


def _delete(world: World, message: Message) -> None:
    if world.clock() - message.date > _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    chat = message.chat
    del chat.messages[message.message_id]
    message.deleted = True
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
    chat.note("deleted", message)
    world.changed()
