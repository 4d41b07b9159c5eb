"""Reply markup: checked as the server checks it, and kept as it gives it back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bot.rehearsal.entities import clean
from bot.rehearsal.errors import MarkupError, bad_request
from bot.rehearsal.links import checked_link, link_user_id
from bot.rehearsal.params import Params, structure

MOST_BUTTONS = 100
MOST_IN_ROW = 8
MOST_REPLY_BUTTONS = 300
MOST_REPLY_IN_ROW = 12
MOST_DATA_BYTES = 64
MOST_COPY_CHARACTERS = 256
# Nobody documents the size of a whole keyboard; reports of refusals begin near 10 kB of JSON.
MOST_MARKUP_BYTES = 9_500
_STYLES = ("", "default", "primary", "danger", "success")
_REQUESTS = ("request_contact", "request_location", "request_users", "request_chat", "request_poll", "web_app")
_PASSED_ON = (
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
    "web_app",
    "pay",
    "callback_game",
)

Markup = dict[str, Any]


def read_markup(params: Params, *, inline_only: bool = False) -> Markup | None:
    """The reply_markup of a call, None where there is none. Raises ApiError in the server's words.

    Stricter than the real server in one point: a row of more than eight buttons is refused, where clients cram or cut.
    """
    value = structure(params, "reply_markup", "reply keyboard markup")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("Object expected as reply markup")
    if isinstance(value.get("keyboard"), list) and value["keyboard"]:
        made = _reply_keyboard(value)
    elif isinstance(value.get("inline_keyboard"), list):
        made = _inline_keyboard(value["inline_keyboard"])
    elif value.get("remove_keyboard"):
        made = {"remove_keyboard": True}
    elif value.get("force_reply"):
        made = {"force_reply": True, **_placeholder(value)}
    else:
        return None
    if inline_only and made is not None and "inline_keyboard" not in made:
        raise bad_request("inline keyboard expected")
    return made


def _inline_keyboard(rows: list[Any]) -> Markup | None:
    kept = _rows(rows, "inline_keyboard", " of the InlineKeyboardMarkup", "inline keyboard button", _inline_button)
    _count(kept, MOST_BUTTONS, MOST_IN_ROW)
    if _size(kept) > MOST_MARKUP_BYTES:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _reply_keyboard(value: Markup) -> Markup | None:
    kept = _rows(value["keyboard"], "keyboard", "", "keyboard button", _reply_button)
    _count(kept, MOST_REPLY_BUTTONS, MOST_REPLY_IN_ROW)
    flags = {k: True for k in ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective") if value.get(k)}
    return {"keyboard": kept, **flags, **_placeholder(value)} if kept else None


def _rows(rows: list[Any], field: str, of: str, what: str, read: Callable[[Any], Markup | None]) -> list[list[Markup]]:
    kept: list[list[Markup]] = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(f'Field "{field}"{of} must be an Array of Arrays')
        try:
            buttons = [made for made in map(read, row) if made]
        except MarkupError as error:
            raise bad_request(f"Can't parse {what}: {error}") from None
        if buttons:
            kept.append(buttons)
    return kept


def _count(rows: list[list[Markup]], most: int, most_in_row: int) -> None:
    if sum(map(len, rows)) > most or any(len(row) > most_in_row for row in rows):
        raise bad_request("reply markup is too long")


def _size(rows: list[list[Markup]]) -> int:
    """Bytes of JSON; 0 where a glance shows that it is little."""
    glance = sum(len(button["text"]) + 40 + len(str(button.get("url") or "")) for row in rows for button in row)
    if glance * 4 < MOST_MARKUP_BYTES and not any("copy_text" in button for row in rows for button in row):
        return 0
    return len(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())


def _placeholder(value: Markup) -> Markup:
    shown = value.get("input_field_placeholder")
    if shown and len(shown) > 64:
        raise bad_request("INPUT_FIELD_PLACEHOLDER_INVALID")
    return {"input_field_placeholder": shown} if shown else {}


def _label(button: Markup, *, kind: str) -> Markup:
    if not isinstance(button, dict):
        raise MarkupError(f"{kind} must be an Object")
    if "text" not in button:
        raise MarkupError('Can\'t find field "text"')
    label = button["text"]
    if not isinstance(label, str):
        raise MarkupError('Field "text" must be of type String')
    style = str(button.get("style") or "").lower()
    if style not in _STYLES:
        raise MarkupError("invalid button style specified")
    made: Markup = {"text": clean(label)}
    if style and style != "default":
        made["style"] = style
    if button.get("icon_custom_emoji_id"):
        made["icon_custom_emoji_id"] = str(button["icon_custom_emoji_id"])
    return made


def _inline_button(button: Markup) -> Markup | None:
    made = _label(button, kind="InlineKeyboardButton")
    url, data = button.get("url"), button.get("callback_data")
    if url:
        made["url"] = _button_url(str(url)) if made["text"] else url
    elif data:
        if not isinstance(data, str):
            raise MarkupError('Field "callback_data" must be of type String')
        if len(data.encode()) > MOST_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        made["callback_data"] = data
    elif "copy_text" in button:
        made["copy_text"] = {"text": _copied(button["copy_text"])}
    elif kind := next((kind for kind in _PASSED_ON if kind in button), None):
        made[kind] = button[kind]
    else:
        raise MarkupError("Text buttons are unallowed in the inline keyboard")
    # The server leaves out a button without a label rather than refusing it.
    return made if made["text"] else None


def _button_url(url: str) -> str:
    if link_user_id(url):
        return url
    try:
        return clean(checked_link(url))
    except MarkupError as error:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {error}") from None


def _copied(value: Any) -> str:
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise MarkupError('Field "copy_text" must be of type Object')
    copied = clean(value["text"])
    if not 1 <= len(copied) <= MOST_COPY_CHARACTERS:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return copied


def _reply_button(button: Any) -> Markup | None:
    if isinstance(button, str):
        return {"text": clean(button)} if button else None
    if not isinstance(button, dict):
        raise MarkupError("KeyboardButton must be a String or an Object")
    made = _label(button, kind="KeyboardButton")
    for kind in _REQUESTS:
        if button.get(kind):
            made[kind] = button[kind]
    users = button.get("request_users")
    if users and not (isinstance(users, dict) and isinstance(users.get("request_id"), int)):
        raise MarkupError('Can\'t find field "request_id"')
    return made if made["text"] else None
