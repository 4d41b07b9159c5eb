"""Calls that write, change, copy and delete messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.rehearsal.calls import Handler, find_chat, find_message
from bot.rehearsal.entities import Entity
from bot.rehearsal.errors import MarkupError, bad_request
from bot.rehearsal.files import StoredFile, picture_size
from bot.rehearsal.keyboards import Markup, read_markup
from bot.rehearsal.model import Chat, Message
from bot.rehearsal.params import Params, flag, integer, structure, text
from bot.rehearsal.texts import CAPTION_LIMIT, MESSAGE_LIMIT, read_text

if TYPE_CHECKING:
    from bot.rehearsal.world import World

_DELETABLE_SECONDS = 48 * 3600


def send_message(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """sendMessage."""
    written, entities = _text(params)
    preview = _preview(params)
    chat, reply_to, markup = _address(world, params)
    message = world.add_message(chat, world.bot, written, entities)
    message.link_preview = preview
    return _deliver(world, params, message, reply_to, markup)


def send_photo(world: World, params: Params, files: Mapping[str, bytes]) -> Any:
    """sendPhoto: an upload, or the identifier of a file that was sent before."""
    stored = _file(world, params, files, "photo", "photos", "image/png")
    width, height = picture_size(stored.data)
    size = {**stored.to_dict(), "width": width, "height": height}
    return _send_media(world, params, {"photo": [size]})


def send_document(world: World, params: Params, files: Mapping[str, bytes]) -> Any:
    """sendDocument: an upload, or the identifier of a file that was sent before."""
    stored = _file(world, params, files, "document", "documents", "")
    described = {**stored.to_dict(), "file_name": stored.name, "mime_type": stored.mime_type}
    return _send_media(world, params, {"document": described})


def copy_message(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """copyMessage: answers the new message's id alone."""
    source = find_message(world, params, "message to copy", chat=find_chat(world, params, name="from_chat_id"))
    if source.is_service:
        raise bad_request("message can't be copied")
    chat, reply_to, markup = _address(world, params)
    written, entities = source.text, source.entities
    if source.media and "caption" in params:
        written, entities = _caption(params)
    message = world.add_message(chat, world.bot, written, entities)
    message.media = source.media
    _deliver(world, params, message, reply_to, markup)
    return {"message_id": message.message_id}


def edit_text(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """editMessageText. Without reply_markup the keyboard goes."""
    written, entities = _text(params)
    markup = read_markup(params, inline_only=True)
    preview = _preview(params)
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
    written, entities = _caption(params)
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
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "copymessage": copy_message,
    "editmessagetext": edit_text,
    "editmessagecaption": edit_caption,
    "editmessagereplymarkup": edit_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
}


def _text(params: Params) -> tuple[str, list[Entity]]:
    written = text(params, "text")
    if not written:
        raise bad_request("message text is empty")
    return _read(params, written, "entities", MESSAGE_LIMIT)


def _caption(params: Params) -> tuple[str, list[Entity]]:
    return _read(params, text(params, "caption"), "caption_entities", CAPTION_LIMIT)


def _read(params: Params, written: str, field: str, limit: int) -> tuple[str, list[Entity]]:
    entities = structure(params, field, "entities") if field in params else None
    mode = text(params, "parse_mode")
    try:
        return read_text(written, mode, entities, limit=limit, allow_empty=limit == CAPTION_LIMIT)
    except MarkupError as error:
        raise bad_request(str(error)) from None


def _preview(params: Params) -> dict[str, Any] | None:
    options = structure(params, "link_preview_options", "link preview options")
    if options is None and flag(params, "disable_web_page_preview"):
        return {"is_disabled": True}
    return {k: v for k, v in options.items() if v} or None if isinstance(options, dict) else None


def _address(world: World, params: Params) -> tuple[Chat, Message | None, Markup | None]:
    markup = read_markup(params)
    chat = find_chat(world, params)
    wanted = structure(params, "reply_parameters", "reply parameters") or {}
    number = integer(wanted or {"message_id": params.get("reply_to_message_id")}, "message_id")
    lenient = flag(wanted or params, "allow_sending_without_reply")
    reply_to = chat.messages.get(number)
    if number and reply_to is None and not lenient:
        raise bad_request("message to be replied not found")
    return chat, reply_to, markup


def _send_media(world: World, params: Params, media: dict[str, Any]) -> Any:
    written, entities = _caption(params)
    chat, reply_to, markup = _address(world, params)
    message = world.add_message(chat, world.bot, written, entities)
    message.media = media
    return _deliver(world, params, message, reply_to, markup)


def _deliver(
    world: World, params: Params, message: Message, reply_to: Message | None, markup: Markup | None
) -> dict[str, Any]:
    message.reply_to = reply_to
    message.silent = flag(params, "disable_notification")
    message.protected = flag(params, "protect_content")
    message.reply_markup = markup
    chat = message.chat
    if markup and "keyboard" in markup:
        chat.keyboard = markup
    elif markup and ("remove_keyboard" in markup or "force_reply" in markup):
        chat.keyboard = None
    for phone in chat.members.values():
        phone.note("received", message, message.text)
    world.changed()
    return message.to_dict()


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
    for phone in message.chat.members.values():
        phone.note("edited", message, message.text)
    world.changed()
    return message.to_dict()


def _not_modified() -> Exception:
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
    for phone in chat.members.values():
        phone.note("deleted", message, message.text)
    world.changed()


def _file(
    world: World, params: Params, files: Mapping[str, bytes], field: str, folder: str, mime_type: str
) -> StoredFile:
    given = text(params, field)
    upload = given.removeprefix("attach://") if given.startswith("attach://") else field
    if upload in files:
        if not files[upload]:
            raise bad_request("file must be non-empty")
        name = text(params, f"name:{upload}") or "file"
        return world.files.add(folder, name, files[upload], mime_type or _mime_type(name))
    if not given:
        raise bad_request(f"There is no {field} in the request")
    stored = world.files.get(given)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return stored


def _mime_type(name: str) -> str:
    known = {"pdf": "application/pdf", "png": "image/png", "txt": "text/plain", "ics": "text/calendar"}
    known["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    known["docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return known.get(name.rpartition(".")[2].lower(), "application/octet-stream")
