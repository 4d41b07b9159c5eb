"""What the page of phones shows: the state of each phone as JSON, its texts as safe HTML."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from typing import Any

from bot.rehearsal import polls
from bot.rehearsal.entities import Entity
from bot.rehearsal.model import Message
from bot.rehearsal.phone import Phone

_MOST_MESSAGES = 60
_MOST_ANSWERS = 5
_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def phone_json(phone: Phone) -> dict[str, Any]:
    """One phone: who, whether it can write, the newest messages, the keyboard, the newest answers to taps."""
    answers = phone.answers[-_MOST_ANSWERS:]
    first = len(phone.answers) - len(answers)
    shown = [answer for answer in enumerate(answers, first) if answer[1].text]
    return {
        "id": phone.user.id,
        "name": phone.user.name,
        "language": phone.user.language_code,
        "started": phone.chat.started,
        "blocked": phone.chat.blocked,
        "pinned": phone.pinned.text if phone.pinned else None,
        "messages": [_message_json(message) for message in phone.messages[-_MOST_MESSAGES:]],
        "keys": [[_key(button) for button in row] for row in (phone.chat.keyboard or {}).get("keyboard", [])],
        "waiting": [[tap.message_id, tap.data] for tap in phone.waiting.values()],
        "answered": len(phone.answers),
        "answers": [{"number": number, "text": answer.text, "alert": answer.alert} for number, answer in shown],
    }


def to_html(text: str, entities: Iterable[Entity]) -> str:
    """A text with its entities as HTML that holds nothing but these. Entities are sorted and nest properly."""
    units = text.encode("utf-16-le", "surrogatepass")
    made: list[str] = []
    open_: list[tuple[int, str]] = []
    at = 0

    def put(until: int) -> None:
        nonlocal at
        made.append(escape(units[at * 2 : until * 2].decode("utf-16-le", "replace")))
        at = until

    for entity in entities:
        while open_ and open_[-1][0] <= entity.offset:
            end, closing = open_.pop()
            put(end)
            made.append(closing)
        put(entity.offset)
        opening, closing = _tags(entity)
        made.append(opening)
        open_.append((entity.end, closing))
    for end, closing in reversed(open_):
        put(end)
        made.append(closing)
    put(len(units) // 2)
    return "".join(made)


def _tags(entity: Entity) -> tuple[str, str]:
    if entity.type in _TAGS:
        tag = _TAGS[entity.type]
        return f"<{tag}>", f"</{tag}>"
    if entity.type == "text_link" and entity.url.startswith(("http://", "https://")):
        return f'<a href="{escape(entity.url)}">', "</a>"
    if entity.type == "url":
        return '<a data-plain="">', "</a>"
    if entity.type == "date_time":
        moment = datetime.fromtimestamp(entity.unix_time, UTC).isoformat()
        return f'<time datetime="{moment}" data-format="{escape(entity.date_time_format)}">', "</time>"
    return f'<span class="{escape(entity.type)}">', "</span>"


def _message_json(message: Message) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": message.message_id,
        "mine": not message.from_bot,
        "date": message.date,
        "edited": bool(message.edit_date),
        "html": to_html(message.text, message.entities),
        "text": message.text,
        "reactions": message.reactions,
        "buttons": [[_button(button) for button in row] for row in message.rows] + _answers(message),
    }
    if message.media:
        made["media"] = _media_json(message)
    if message.reply_to:
        made["quote"] = message.reply_to.text or message.reply_to.kind
    if message.forward_origin:
        made["forwarded"] = message.forward_origin.get("sender_user_name", "")
    return made


def _button(button: dict[str, Any]) -> dict[str, Any]:
    kind = next((kind for kind in ("url", "copy_text", "callback_data") if kind in button), "other")
    made = {"label": button["text"], "kind": kind, "style": button.get("style", "")}
    if kind in ("url", "callback_data"):
        made["value"] = button[kind]
    return made


def _answers(message: Message) -> list[list[dict[str, Any]]]:
    """The answers of a poll that is open, to be tapped like buttons."""
    if not polls.is_open(message):
        return []
    options = message.media["poll"]["options"]
    return [
        [{"label": each["text"], "kind": "vote", "style": "primary" if each["voter_count"] else ""}] for each in options
    ]


def _key(button: dict[str, Any]) -> dict[str, Any]:
    return {"label": button["text"], "people": "request_users" in button}


def _media_json(message: Message) -> dict[str, Any]:
    held = message.media[message.kind]
    held = held[-1] if isinstance(held, list) else held
    return {
        "kind": message.kind,
        "name": message.media_name,
        "file": held.get("file_id", "") if isinstance(held, dict) else "",
    }
