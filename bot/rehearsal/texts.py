"""Texts on their way: what a bot sends is read, what a person types is cleaned, and the server finds entities in both.

MarkdownV2 and Markdown are refused: nothing here sends them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.rehearsal.entities import SEALED, Entity, fix, sort_entities, utf16_length
from bot.rehearsal.errors import MarkupError
from bot.rehearsal.links import lower_ascii
from bot.rehearsal.markup import parse_html
from bot.rehearsal.tags import date_time_format, set_link

MESSAGE_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
_MAX_BYTES = 1 << 15
_STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
_MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")
_HASHTAG = re.compile(r"(?<![\w\u200c])#(?=[\d_]*[^\W\d_])[\w\u200c]{1,256}(?![\w\u200c]*#)")
_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?![\w@])")
_URL = re.compile(
    r"(?<![\w@./-])(?:https?://[^\s<>\"«»]+|(?:[A-Za-z0-9-]+\.)+(?:com|org|net|int|edu|gov|info|io|me|eu|[a-z]{2})"
    r"(?:[/?#][^\s<>\"«»]*)?(?![\w@]))"
)
_FOUND = ((_EMAIL, "email"), (_URL, "url"), (_MENTION, "mention"), (_COMMAND, "bot_command"), (_HASHTAG, "hashtag"))


def read_text(
    text: str, parse_mode: str, entities: Sequence[dict[str, Any]] | None, *, limit: int, allow_empty: bool = False
) -> tuple[str, list[Entity]]:
    """What people see of a text that a bot sends, with a parse mode or with entities, at most `limit` code points.

    Raises MarkupError in the server's words.
    """
    if len(text) * 4 > _MAX_BYTES and len(text.encode()) > _MAX_BYTES:
        raise MarkupError("Text is too long")
    mode = lower_ascii(parse_mode)
    found: list[Entity] = []
    if text and mode and mode != "none":
        if mode in ("markdown", "markdownv2"):
            raise MarkupError("Can't parse entities: the rehearsal server reads HTML alone, not Markdown")
        if mode != "html":
            raise MarkupError("Unsupported parse_mode")
        text, found = parse_html(text)
    elif entities:
        found = [entity for entity in map(read_entity, entities) if entity]
    text, found = fix(text, found, allow_empty=allow_empty)
    if len(text) > limit:
        raise MarkupError("Message is too long" if limit == MESSAGE_LIMIT else "Message caption is too long")
    return text, with_found(text, found)[:ENTITY_LIMIT]


def read_entity(value: dict[str, Any]) -> Entity | None:
    """A MessageEntity object as a bot sends it; None for kinds that the server finds by itself. Raises MarkupError."""
    if not isinstance(value, dict):
        raise MarkupError("Can't parse MessageEntity: expected an Object")
    try:
        entity = Entity(str(value["type"]), int(value["offset"]), int(value["length"]))
    except (KeyError, TypeError, ValueError) as error:
        raise MarkupError(f"Can't parse MessageEntity: Can't find field {error}") from None
    if entity.type in _STYLES or entity.type in ("code", "blockquote", "expandable_blockquote"):
        return entity
    if entity.type == "pre":
        entity.language = str(value.get("language") or "")
    elif entity.type == "text_link":
        if not set_link(entity, str(value.get("url") or "")):
            raise MarkupError("Can't parse MessageEntity: wrong url")
    elif entity.type == "text_mention":
        entity.user_id = int((value.get("user") or {}).get("id") or 0)
    elif entity.type == "custom_emoji":
        entity.custom_emoji_id = str(value.get("custom_emoji_id") or "")
    elif entity.type == "date_time":
        entity.unix_time = int(value.get("unix_time") or 0)
        entity.date_time_format = date_time_format(str(value.get("date_time_format") or ""))
        if entity.unix_time <= 0:
            raise MarkupError("Invalid date specified")
    else:
        return None
    return entity


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities, and the commands, mentions, hashtags, addresses and links that the server finds by itself.

    Links without a scheme are found only for common endings, where the real server knows every top-level domain.
    """
    if not any(c in text for c in "/@#."):
        return entities
    taken = [(e.offset, e.end) for e in entities if e.type in SEALED or e.type.startswith(("text_", "custom"))]
    added: list[Entity] = []
    for pattern, kind in _FOUND:
        for match in pattern.finditer(text):
            shown = match.group().rstrip(".:;,('?!`") if kind == "url" else match.group()
            start = utf16_length(text[: match.start()])
            end = start + utf16_length(shown)
            if all(end <= low or high <= start for low, high in taken):
                taken.append((start, end))
                added.append(Entity(kind, start, end - start))
    if not added:
        return entities
    merged = entities + added
    sort_entities(merged)
    return merged
