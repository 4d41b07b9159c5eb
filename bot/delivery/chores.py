"""What is tidied up after a board has moved or ended: outbox rows like any other, which no rendering sees."""

from __future__ import annotations

from typing import Any

from bot.core.message import Kind, OutboxMessage
from bot.views import Request

CLOSE, DELETE, PIN, UNPIN = "board.close", "board.delete", "board.pin", "board.unpin"


def is_chore(message: OutboxMessage) -> bool:
    """Say whether a message is delivery's own."""
    return message.kind is Kind.EDIT and message.screen.key in (CLOSE, DELETE, PIN, UNPIN)


def request(message: OutboxMessage) -> Request:
    """The request of a row that tidies up."""
    payload: dict[str, Any] = {"chat_id": message.chat_id, "message_id": message.message_id}
    match message.screen.key:
        case key if key == DELETE:
            return Request("deleteMessage", payload)
        case key if key == PIN:
            return Request("pinChatMessage", payload | {"disable_notification": True})
        case key if key == UNPIN:
            return Request("unpinChatMessage", payload)
    if closing := message.screen.params.get("closing"):
        return Request("editMessageText", payload | words(str(closing), None))
    return Request("editMessageReplyMarkup", payload)


def words(text: str, markup: dict[str, Any] | None) -> dict[str, Any]:
    """A text in Telegram's HTML, with or without an inline keyboard, as parameters of a request."""
    made = {"text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    return made | {"reply_markup": markup} if markup else made
