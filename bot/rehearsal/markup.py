"""Telegram's HTML: from the text that a bot sends to the plain text and the entities that people see.

Tags: b strong i em u ins s strike del tg-spoiler span(class=tg-spoiler) a code pre blockquote(expandable) tg-emoji,
and tg-time(unix, format) for a moment that each reader sees in their own time zone. Offsets are in UTF-16 code units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.rehearsal.entities import Entity, sort_entities, utf16_length
from bot.rehearsal.errors import MarkupError
from bot.rehearsal.links import lower_ascii, strict_integer
from bot.rehearsal.tags import STYLES, TAGS, attribute_argument, date_time_format, set_link, wrapped_int32

_SPECIAL = re.compile("[<&]")
_NUMBER = re.compile(r"&#(?:x([0-9a-fA-F]*)|([0-9]*));?")
_NAME = re.compile(r"&([A-Za-z]*);?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_HALVES = re.compile("[\ud800-\udfff]")
_SPACES = " \t\r\n\0\v"
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    moment: int
    offset: int
    begin: int  # index into the plain text


class _Parser:
    """One pass over a text; the end of the text reads as NUL, which counts as a space and as "nothing more"."""

    def __init__(self, text: str) -> None:
        self.source = text + "\0"
        self.size = len(text)
        self.at = 0
        self.plain: list[str] = []
        self.length = 0  # of plain, in characters
        self.offset = 0  # of plain, in UTF-16 code units
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < self.size:
            found = _SPECIAL.search(self.source, self.at, self.size)
            stop = found.start() if found else self.size
            if stop > self.at:
                self._emit(self.source[self.at : stop])
                self.at = stop
            if not found:
                break
            if found.group() == "&":
                self._emit(self._reference() or self._next())
            elif self.source[self.at + 1] == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        text = "".join(self.plain)
        if not text.isascii() and _HALVES.search(text):
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate "
                "code units"
            )
        for entity in self.entities:
            if entity.type == "code":
                entity.language = ""
        sort_entities(self.entities)
        return text, self.entities

    def _emit(self, text: str) -> None:
        self.plain.append(text)
        self.length += len(text)
        self.offset += utf16_length(text)

    def _next(self) -> str:
        self.at += 1
        return self.source[self.at - 1]

    def _reference(self) -> str:
        """The character that a reference at this place stands for, or nothing, and then the place stays."""
        if found := _NUMBER.match(self.source, self.at):
            hexadecimal, decimal = found.groups()
            digits = hexadecimal if decimal is None else decimal
            code = int(digits, 16 if decimal is None else 10) if digits and len(digits) < 10 else 0
            size = len(digits) + (3 if decimal is None else 2)
            if code == 0 or code >= 0x10FFFF or size >= 10:
                return ""
            self.at = found.end()
            return chr(code)
        found = _NAME.match(self.source, self.at)
        char = _NAMED.get(found.group(1), "") if found else ""
        if found and char:
            self.at = found.end()
        return char

    def _bytes(self, index: int) -> int:
        return len(self.source[:index].encode("utf-8", "surrogatepass"))

    def _skip_to(self, stops: str) -> str:
        begin = self.at
        while self.source[self.at] not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _skip_spaces(self) -> None:
        while self.source[self.at] != "\0" and self.source[self.at] in _SPACES:
            self.at += 1

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = lower_ascii(self._skip_to(_SPACES + ">"))
        if self.source[self.at] == "\0":
            raise MarkupError(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if tag not in TAGS:
            raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        argument, moment = "", 0
        while self.source[self.at] != ">":
            self._skip_spaces()
            if self.source[self.at] == ">":
                break
            name, value = self._attribute(tag, begin)
            if value is None:
                if tag == "blockquote" and name == "expandable":
                    argument = "1"
            elif tag == "tg-time" and name == "unix":
                moment = wrapped_int32(value)
            else:
                argument = attribute_argument(tag, name, value, argument)
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self.open.append(_Open(tag, argument, moment, self.offset, self.length))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str | None]:
        name = self._skip_to(_SPACES + "=>/\"'")
        if not name:
            raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}')
        unclosed = f'Unclosed start tag "{tag}" at byte offset '
        self._skip_spaces()
        if self.source[self.at] != "=":
            if self.source[self.at] == "\0":
                raise MarkupError(f"{unclosed}{self._bytes(begin)}")
            return name, None
        self.at += 1
        self._skip_spaces()
        quote = self.source[self.at]
        if quote == "\0":
            raise MarkupError(f"{unclosed}{self._bytes(begin)}")
        if quote in "\"'":
            self.at += 1
            value = self._quoted(quote)
        else:
            start = self.at
            self.at = _TOKEN.match(self.source, start).end()  # type: ignore[union-attr]  # it matches nothing at least
            value = lower_ascii(self.source[start : self.at])
            if self.source[self.at] not in _SPACES + ">":
                raise MarkupError(f"Unexpected end of name token at byte offset {self._bytes(start)}")
        if self.source[self.at] == "\0":
            raise MarkupError(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        return name, value

    def _quoted(self, quote: str) -> str:
        value: list[str] = []
        while self.source[self.at] not in (quote, "\0"):
            char = self._reference() if self.source[self.at] == "&" else ""
            value.append(char or self._next())
        if self.source[self.at] == quote:
            self.at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise MarkupError(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        self.at += 2
        tag = lower_ascii(self._skip_to(_SPACES + ">"))
        self._skip_spaces()
        if self.source[self.at] != ">":
            raise MarkupError(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self.at += 1
        opened = self.open[-1]
        if tag and tag != opened.tag:
            raise MarkupError(
                f'Unmatched end tag at byte offset {self._bytes(begin)}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self.offset > opened.offset:
            self._close(opened)
        self.open.pop()

    def _close(self, opened: _Open) -> None:
        entity = Entity(STYLES.get(opened.tag, opened.tag), opened.offset, self.offset - opened.offset)
        last = self.entities[-1] if self.entities else None
        same = last is not None and (last.offset, last.length) == (entity.offset, entity.length)
        if opened.tag == "a":
            if not set_link(entity, opened.argument or "".join(self.plain)[opened.begin :]):
                return
        elif opened.tag == "tg-emoji":
            if not strict_integer(opened.argument):
                raise MarkupError("Invalid custom emoji identifier specified")
            entity.type, entity.custom_emoji_id = "custom_emoji", opened.argument
        elif opened.tag == "tg-time":
            entity.type, entity.unix_time = "date_time", opened.moment
            entity.date_time_format = date_time_format(opened.argument)
            if opened.moment <= 0:
                return
        elif opened.tag == "pre":
            if last and same and last.type == "code" and last.language:
                last.type = "pre"
                return
        elif opened.tag == "code":
            if last and same and last.type == "pre" and opened.argument:
                last.language = opened.argument
                return
            entity.language = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity.type = "expandable_blockquote"
        self.entities.append(entity)


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Plain text and entities of Telegram HTML, neither trimmed nor cleaned. Raises MarkupError."""
    if not _SPECIAL.search(text):
        return text, []
    try:
        return _Parser(text).parse()
    except MarkupError as error:
        raise MarkupError(f"Can't parse entities: {error}") from None
