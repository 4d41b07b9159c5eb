"""People's words, made safe to keep and to show: nothing invisible, no direction overrides, one normal form."""

from __future__ import annotations

import re
import unicodedata

_JOINERS = "\u200c\u200d"  # meaningful inside words of some scripts and inside emoji, nowhere else
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters and symbols that show nothing
_MANY_LINES = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[^\S\n]+")
_LONE_JOINERS = re.compile(f"(?<![^\\s{_JOINERS}])[{_JOINERS}]+|[{_JOINERS}]+(?![^\\s{_JOINERS}])")


def _visible(char: str) -> str:
    if char == "\n" or char in _JOINERS:
        return char
    if char in _BLANK:
        return " "
    category = unicodedata.category(char)
    if category in ("Zl", "Zp"):
        return "\n"
    if category == "Cf" and "\U000e0020" <= char <= "\U000e007f":
        return char  # the tags that make the flags of England, Scotland and Wales
    if category in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return " " if char == "\t" else ""
    return char


def clean(text: str) -> str:
    """The text as it is kept: trimmed, in normal form C, without invisible or direction-changing characters, with
    two line breaks in a row at most. Empty when nothing in it can be seen."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(_visible(char) for char in text)
    text = _SPACES.sub(" ", _LONE_JOINERS.sub("", text))
    text = "\n".join(line.strip() for line in text.split("\n"))
    return _MANY_LINES.sub("\n\n", text).strip()


def clean_line(text: str) -> str:
    """The same on one line, for names and titles."""
    return " ".join(clean(text).split())


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, letter case and spaces aside."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def shortened(text: str, length: int) -> str:
    """The text on one line, cut at a word if it can be, with an ellipsis where it was cut; `length` in characters."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > length // 2 else cut).rstrip(" ,;:.") + "…"


def pieces(text: str, length: int) -> list[str]:
    """A long text cut into parts of at most `length` characters: at line breaks, else at sentences, else at words."""
    rest, parts = text.strip(), []
    while len(rest) > length:
        window = rest[: length + 1]
        at = max(window.rfind("\n"), *(window.rfind(mark) + 1 for mark in (". ", "? ", "! ", "; ", "。")))
        if at < length // 3:
            at = window.rfind(" ")
        if at <= 0:
            at = length
        parts.append(rest[:at].strip())
        rest = rest[at:].strip()
    return [part for part in [*parts, rest] if part]
