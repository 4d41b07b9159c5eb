"""People's words, made safe to keep and to show: nothing invisible, no direction overrides, one normal form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from unicodedata import category

_BLANK = "\t\x1f\u115f\u1160\u2800\u3164\uffa0\ufffc\U0001d159"  # letters and symbols that show nothing
_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"  # what other programs end lines and pages with
_UNSEEN_MARKS = "\u034f\u17b4\u17b5"
_RESERVED = re.compile("[\u2065\ufff0-\ufff8\ufdd0-\ufdef\U000e0000-\U000e0fff]")  # for what is never seen
# Every character outside the ranges here, which hold nothing but visible ones, is looked at by itself.
_DOUBTFUL = re.compile(
    "[^ -~\n\u00a1-\u00ac\u00ae-\u034e\u0350-\u05ff\u0606-\u061b\u061d-\u06dc\u06de-\u070e\u0900-\u109f\u1e00-\u1fff"
    "\u2010-\u2027\u2030-\u205e\u3001-\u3163\u3165-\u9fff\uac00-\ud7a3]"
)

# Three kinds of invisible characters mean something, each in its place only.
_TAGS = re.compile("(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f)|[\U000e0020-\U000e007f]+")
_SELECTORS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_JOINERS = re.compile("[\u200c\u200d]+")
_JOINED_SCRIPTS = re.compile(
    "[\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\u1900-\u1cff\u2d30-\u2d7f\ua800-\ua95f\ua980-\uaaff\uabc0-\uabff"
    "\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
_NON_JOINER, _JOINER, _KEYCAP = "\u200c", "\u200d", "\u20e3"

_MANY_LINES = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[^\S\n]+")


def _visible(found: re.Match[str]) -> str:
    char = found[0]
    if _JOINERS.match(char) or _SELECTORS.match(char):
        return char
    if char in _BREAKS:
        return "\n"
    if char in _BLANK:
        return " "
    if "\U000e0020" <= char <= "\U000e007f":
        return char
    if char in _UNSEEN_MARKS or _RESERVED.match(char) or category(char) in ("Cc", "Cf", "Cs", "Co"):
        return ""
    return "" if ord(char) & 0xFFFE == 0xFFFE else char


def _around(found: re.Match[str]) -> tuple[str, str]:
    text, start, end = found.string, found.start(), found.end()
    return text[max(0, start - 1) : start], text[end : end + 1]


def _tags(found: re.Match[str]) -> str:
    """Only the flags of England, Scotland, Wales and the like are spelled with tags."""
    return found[1] or ""


def _selected(found: re.Match[str]) -> str:
    """A variation selector chooses the form of the sign before it; cased letters have only one."""
    before, after = _around(found)
    if before.isascii():  # or there is none
        return found[0][0] if after == _KEYCAP else ""
    return "" if category(before) in ("Lu", "Ll") and before != "ℹ" else found[0][0]


def _joined(found: re.Match[str]) -> str:
    """A joiner changes how letters are shaped in some scripts, and makes one picture out of several."""
    before, after = _around(found)
    if _is_joined_letter(before):
        return found[0][0] if found[0][0] == _JOINER or _is_joined_letter(after) else ""
    return _JOINER if _JOINER in found[0] and _is_picture(before) and _is_picture(after) else ""


def _is_joined_letter(char: str) -> bool:
    return bool(_JOINED_SCRIPTS.match(char)) and category(char)[0] in "LM"


def _is_picture(char: str) -> bool:
    if char >= "\U0001f000" or (char and (_SELECTORS.match(char) or char == _KEYCAP)):
        return True
    return char > "\u00a8" and category(char) in ("So", "Sm")


def _cleaned(text: str) -> str:
    text = _DOUBTFUL.sub(_visible, text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = _JOINERS.sub(_joined, _SELECTORS.sub(_selected, _TAGS.sub(_tags, text)))
        text = unicodedata.normalize("NFC", text)
    text = "\n".join(line.strip() for line in _SPACES.sub(" ", text).split("\n"))
    return _MANY_LINES.sub("\n\n", text).strip()


def clean(text: str) -> str:
    """The text as it is kept: trimmed, in normal form C, without invisible or direction-changing characters, with
    two line breaks in a row at most. Empty when nothing in it can be seen."""
    while (cleaned := _cleaned(text)) != text:  # what is left may have come together anew
        text = cleaned
    return text


def clean_line(text: str) -> str:
    """The same on one line, for names and titles."""
    return " ".join(clean(text).split())


@lru_cache(maxsize=4096)  # each new line of a sheet is compared with all that stand there already
def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!?;,… ")


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, letter case, spaces and the mark at the end aside."""
    return _bare(one) == _bare(other)


# Cutting -----------------------------------------------------------------------------------------------------------


def _is_attached(text: str, at: int) -> bool:
    """Whether the character at a place belongs to what is seen as one with the character before it."""
    char, before = text[at], text[at - 1]
    if before == _JOINER or char in (_JOINER, _NON_JOINER) or category(char)[0] == "M":
        return True
    if "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f":
        return True
    return _is_flag_letter(char) and _flag_letters_before(text, at) % 2 == 1


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_letters_before(text: str, at: int) -> int:
    start = at
    while start and _is_flag_letter(text[start - 1]):
        start -= 1
    return at - start


def _border(text: str, at: int) -> int:
    """The last place up to `at` where a text can be cut without parting an emoji or a letter from its marks."""
    border = at
    while 0 < border < len(text) and _is_attached(text, border):
        border -= 1
    return border or at


def shortened(text: str, length: int) -> str:
    """The text on one line, cut at a word if it can be, with an ellipsis where it was cut; `length` in characters."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: _border(text, length - 1)]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > length // 2 else cut).rstrip(" ,;:.") + "…"


def pieces(text: str, length: int) -> list[str]:
    """A long text cut into parts of at most `length` characters: at line breaks, else at sentences, else at words."""
    rest, parts = text.strip(), []
    while len(rest) > length:
        window = rest[: length + 1]
        ends = [window.rfind(mark) + 1 for mark in (". ", "? ", "! ", "; ")]
        at = max(window.rfind("\n"), rest[:length].rfind("。") + 1, *ends)
        if at < length // 3:
            at = window.rfind(" ")
        if at <= 0:
            at = _border(rest, length)
        parts.append(rest[:at].strip())
        rest = rest[at:].strip()
    return [part for part in [*parts, rest] if part]
