"""Message entities: their order, which may stand inside which, and how they move when a text is cleaned and trimmed.

Offsets and lengths are in UTF-16 code units, as everywhere in the Bot API.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from bot.rehearsal.errors import MarkupError

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
# What the server treats as a block without anything inside it; dates are among them.
SEALED = frozenset({"pre", "code", "date_time"})
_PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "date_time": 30,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
_DIRTY = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a\u200e\u200f]")
_DROPPED = frozenset("\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u0333\u033f\u030a")
_MARKS = re.compile("[\u200e\u200f]+")


@dataclass(slots=True)
class Entity:
    """One entity; only the fields of its type are set. `unix_time` is in seconds."""

    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    user_id: int = 0
    custom_emoji_id: str = ""
    unix_time: int = 0
    date_time_format: str = ""

    @property
    def end(self) -> int:
        return self.offset + self.length

    def to_dict(self) -> dict[str, Any]:
        """As in a Message object, but a mentioned user is given by id."""
        found: dict[str, Any] = {"offset": self.offset, "length": self.length, "type": self.type}
        for name in ("url", "language", "user_id", "custom_emoji_id"):
            if value := getattr(self, name):
                found[name] = value
        if self.type == "date_time":
            found["unix_time"] = self.unix_time
            found["date_time_format"] = self.date_time_format
        return found


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def sort_entities(entities: list[Entity]) -> None:
    """By start, longest first, then the order in which types enclose each other."""
    entities.sort(key=_order)


def clean(text: str) -> str:
    """A text as the server keeps it: control characters become spaces, some format characters go."""
    if not _DIRTY.search(text):
        return text
    return _thin_marks("".join(_kept(c) for c in text))


def fix(text: str, entities: list[Entity], *, allow_empty: bool = False) -> tuple[str, list[Entity]]:
    """Clean and trim a text together with its entities, and make these valid.

    Raises MarkupError for an empty text (unless allowed), and for entities that cut a symbol in two or lie outside.
    """
    if entities:
        entities = [replace(e) for e in entities if e.length]
        for entity in entities:
            if not 0 <= entity.offset <= 1_000_000:
                raise MarkupError(f"Receive an entity with incorrect offset {entity.offset}")
            if not 0 <= entity.length <= 1_000_000:
                raise MarkupError(f"Receive an entity with incorrect length {entity.length}")
        entities = _valid(entities)
        cleaned = _clean_with(text, entities)
        if cleaned is not text:  # entities may have become empty, or neighbours
            text, entities = cleaned, _valid([e for e in entities if e.length > 0])
    else:
        text = clean(text)
    body = text.rstrip(" \n")
    if not body or is_blank(body):
        if not allow_empty:
            raise MarkupError("Text must be non-empty")
        return "", []
    end = utf16_length(body)
    entities = [e for e in entities if e.offset < end]
    for entity in entities:
        entity.length = min(entity.end, end) - entity.offset
    sort_entities(entities)
    lead = len(body) - len(body.lstrip(" \n"))
    if entities:
        lead = min(lead, entities[0].offset)
    for entity in entities:
        entity.offset -= lead
    return body[lead:], entities


_BLANK = frozenset(
    "\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f"
    "\u202e\u202f\u205f\u2800\u3000\ufffc\ufeff\xa0 \n\t\r\v\0"
)


def is_blank(text: str) -> bool:
    """Whether a text shows nothing, as the server judges it (it overlooks some invisible characters)."""
    return all(c in _BLANK or "\U000e0000" <= c <= "\U000e007f" for c in text)


def _order(entity: Entity) -> tuple[int, int, int]:
    priority = 10 if entity.type == "pre" and entity.language else _PRIORITY.get(entity.type, 50)
    return entity.offset, -entity.length, priority


def _kept(char: str) -> str:
    if char in _DROPPED:
        return ""
    return " " if char < " " and char != "\n" else char


def _thin_marks(text: str) -> str:
    return _MARKS.sub(lambda run: "\u200c" * (len(run.group()) - 1) + run.group()[-1], text)


def _clean_with(text: str, entities: list[Entity]) -> str:
    """Clean a text and move the entities along; a text that is clean comes back as it is."""
    if not _DIRTY.search(text) and utf16_length(text) == len(text):
        _check_places(entities, len(text), lambda offset: True)
        return text
    moved: dict[int, int] = {}  # UTF-16 offset of each character before cleaning, and after
    before = after = 0
    kept: list[str] = []
    for char in text:
        moved[before] = after
        size = 2 if char > "\uffff" else 1
        before += size
        if new := _kept(char):
            kept.append(new)
            after += size
    moved[before] = after
    _check_places(entities, before, moved.__contains__)
    for entity in entities:
        start, end = moved[entity.offset], moved[entity.end]
        entity.offset, entity.length = start, end - start
    cleaned = _thin_marks("".join(kept))
    return text if cleaned == text else cleaned


def _check_places(entities: list[Entity], length: int, is_border: Callable[[int], bool]) -> None:
    """Raise MarkupError for the first place in the text where an entity can't begin or end."""
    begins = [(e.offset, 1, "") for e in entities if e.offset <= length and not is_border(e.offset)]
    ends = [(e.end, 0, e.offset) for e in reversed(entities) if e.end <= length and not is_border(e.end)]
    if begins or ends:
        _, is_begin, offset = min([*begins, *ends], key=lambda found: found[:2])
        if is_begin:
            raise MarkupError("Entity begins in a middle of a UTF-16 symbol")
        raise MarkupError(f"Entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol")
    for entity in entities:
        if entity.offset > length:
            raise MarkupError(f"Entity begins after the end of the text at UTF-16 offset {entity.offset}")
    for entity in reversed(entities):
        if entity.end > length:
            where = f"Entity beginning at UTF-16 offset {entity.offset} ends after the end of the text"
            raise MarkupError(f"{where} at UTF-16 offset {entity.end}")


def _valid(entities: list[Entity]) -> list[Entity]:
    """Drop what may not overlap, and cut styles at the borders of what they cross."""
    sort_entities(entities)
    if all(left.end < right.offset for left, right in pairwise(entities)):
        return entities
    styles = [e for e in entities if e.type in SPLITTABLE]
    quotes = _apart([e for e in entities if e.type in QUOTES])
    blocks = _apart([e for e in entities if e.type not in SPLITTABLE and e.type not in QUOTES])
    blocks = [b for b in blocks if not any(_crosses(b, q) for q in quotes)]
    blocks += quotes
    sort_entities(blocks)
    if not styles:
        return blocks
    blocks += _split(styles, blocks)
    sort_entities(blocks)
    return blocks


def _apart(entities: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _crosses(block: Entity, quote: Entity) -> bool:
    return (
        block.offset < quote.end and quote.offset < block.end and (block.offset < quote.offset or block.end > quote.end)
    )


def _split(styles: list[Entity], blocks: list[Entity]) -> list[Entity]:
    """Merge styles that touch, cut them where a block or another style begins or ends, drop those in sealed text."""
    cuts = sorted({b.offset for b in blocks} | {b.end for b in blocks})
    sealed = [b for b in blocks if b.type in SEALED]
    open_: dict[str, list[int]] = {}
    pieces: list[Entity] = []

    def flush(offset: int) -> None:
        for kind in SPLITTABLE:
            if kind in open_ and open_[kind][0] < offset:
                start, end = open_[kind]
                pieces.append(Entity(kind, start, min(end, offset) - start))
                if end <= offset:
                    del open_[kind]
                else:
                    open_[kind][0] = offset

    todo = list(styles)
    for cut in [*cuts, 1 << 40]:
        while todo and todo[0].offset < cut:
            style = todo.pop(0)
            if style.type in open_ and style.offset <= open_[style.type][1]:
                open_[style.type][1] = max(open_[style.type][1], style.end)
            else:
                flush(style.offset)
                open_[style.type] = [style.offset, style.end]
        flush(cut)
    return [p for p in pieces if not any(s.offset <= p.offset and p.end <= s.end for s in sealed)]
