"""The list of commands behind Telegram's menu button, by role and language."""

from __future__ import annotations

from typing import Any

from bot.core.message import Phrase
from content.catalogues import SOURCE, Catalogues
from handlers.render import Renderer

PARTICIPANT = (
    "sheet",
    "group",
    "exercises",
    "assess",
    "plan",
    "agenda",
    "cards",
    "park",
    "upcoming",
    "mute",
    "export",
    "workshop",
    "name",
    "language",
    "zone",
    "privacy",
    "help",
    "leave",
)
FACILITATOR = (
    "room",
    "groups",
    "people",
    "broadcast",
    "chats",
    "parking",
    "invite",
    "agenda",
    "plenary",
    "reminders",
    "statements",
    "exercises",
    "plan",
    "export",
    "upcoming",
    "language",
    "privacy",
    "help",
)


def commands(names: tuple[str, ...], renderer: Renderer) -> list[dict[str, str]]:
    """Commands with what they do, in one language."""
    return [{"command": name, "description": renderer.plain(Phrase(f"menu.{name}"))} for name in names]


def for_everyone(catalogues: Catalogues) -> list[dict[str, Any]]:
    """What setMyCommands is to be called with, once for each language; the source language is everybody else's."""
    payloads: list[dict[str, Any]] = []
    for language in catalogues.languages():
        payload: dict[str, Any] = {"commands": commands(PARTICIPANT, Renderer(catalogues, language))}
        if language != SOURCE:
            payload["language_code"] = language.split("-", maxsplit=1)[0]
        payloads.append(payload)
    return payloads


def for_facilitator(renderer: Renderer, chat_id: int) -> dict[str, Any]:
    """The same for one facilitator's chat."""
    return {"commands": commands(FACILITATOR, renderer), **of_chat(chat_id)}


def of_chat(chat_id: int) -> dict[str, Any]:
    """What deleteMyCommands is to be called with, so that a chat has everyone's commands again."""
    return {"scope": {"type": "chat", "chat_id": chat_id}}
