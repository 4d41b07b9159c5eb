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


def send_message(world: World, params: Params, _files: Mapping[str, bytes]) -> Any:
    """sendMessage."""
    written, entities = read_message_text(params)
    preview = read_preview(params)
    chat, reply_to, markup = address(world, params)
    message = world.add_message(chat, world.bot, written, entities)
    message.link_preview = preview
    return deliver(world, params, message, reply_to, markup)


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
    chat, reply_to, markup = address(world, params)
    written, entities = source.text, source.entities
    if source.media and "caption" in params:
        written, entities = read_caption(params)
    message = world.add_message(chat, world.bot, written, entities)
    message.media = source.media
    deliver(world, params, message, reply_to, markup)
    return {"message_id": message.message_id}


METHODS: dict[str, Handler] = {
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "copymessage": copy_message,
}


def read_message_text(params: Params) -> tuple[str, list[Entity]]:
    """The text of a call and its entities. Raises ApiError."""
    written = text(params, "text")
    if not written:
        raise bad_request("message text is empty")
    return _read(params, written, "entities", MESSAGE_LIMIT)


def read_caption(params: Params) -> tuple[str, list[Entity]]:
    """The caption of a call, which may be empty, and its entities. Raises ApiError."""
    return _read(params, text(params, "caption"), "caption_entities", CAPTION_LIMIT)


def _read(params: Params, written: str, field: str, limit: int) -> tuple[str, list[Entity]]:
    entities = structure(params, field, "entities") if field in params else None
    mode = text(params, "parse_mode")
    try:
        return read_text(written, mode, entities, limit=limit, allow_empty=limit == CAPTION_LIMIT)
    except MarkupError as error:
        raise bad_request(str(error)) from None


def read_preview(params: Params) -> dict[str, Any] | None:
    """What a call says about link previews; None where it says nothing."""
    options = structure(params, "link_preview_options", "link preview options")
    if options is None and flag(params, "disable_web_page_preview"):
        return {"is_disabled": True}
    return {k: v for k, v in options.items() if v} or None if isinstance(options, dict) else None


def address(world: World, params: Params) -> tuple[Chat, Message | None, Markup | None]:
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
    written, entities = read_caption(params)
    chat, reply_to, markup = address(world, params)
    message = world.add_message(chat, world.bot, written, entities)
    message.media = media
    return deliver(world, params, message, reply_to, markup)


def deliver(
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
    message.thread_id = reply_to.thread_id if reply_to else 0
    if number := integer(params, "message_thread_id"):
        message.thread_id = number
    chat.note("received", message)
    world.changed()
    return message.to_dict()


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
