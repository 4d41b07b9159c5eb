"""The tags of Telegram's HTML and what their attributes say."""

from __future__ import annotations

import re

from bot.rehearsal.entities import Entity
from bot.rehearsal.errors import MarkupError
from bot.rehearsal.links import checked_link, link_user_id

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = frozenset({*STYLES, "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"})


def date_time_format(value: str) -> str:
    """A date format (`r`, or of w, d or D, t or T) in the order in which the server gives it back; or MarkupError."""
    if value in ("r", "R"):
        return "r"
    if set(value) - set("tTdDwW"):
        raise MarkupError("Invalid date format used")
    week = "w" if set(value) & set("wW") else ""
    day = "d" if "d" in value else "D" if "D" in value else ""
    hour = "t" if "t" in value else "T" if "T" in value else ""
    return week + day + hour


def attribute_argument(tag: str, name: str, value: str, current: str) -> str:
    """What an attribute means to its tag; the current argument where it means nothing."""
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "format")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value[9:]
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value[3:]
    return "1" if (tag, name) == ("blockquote", "expandable") else current


def set_link(entity: Entity, url: str) -> bool:
    """Make an entity a link or, for tg://user?id=, a mention; False where the server drops it."""
    entity.user_id = link_user_id(url)
    if entity.user_id:
        entity.type = "text_mention"
        return True
    entity.type = "text_link"
    try:
        entity.url = checked_link(url)
    except MarkupError:
        return False
    return True


def wrapped_int32(value: str) -> int:
    """A number as the server reads it: leading digits, wrapped to 32 bits."""
    digits = re.match(r"(-?)([0-9]*)", value)
    sign, number = digits.groups() if digits else ("", "")
    wrapped = int(number or 0) & 0xFFFFFFFF
    if wrapped >= 1 << 31:
        wrapped -= 1 << 32
    return -wrapped if sign else wrapped
