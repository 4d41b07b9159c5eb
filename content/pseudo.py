"""A made-up language for tests: what passed through gettext is accented and in ⟦brackets⟧; what didn't stands out."""

from __future__ import annotations

import re
from gettext import NullTranslations

PSEUDO = ("qps", "en-XA")
OPENING, CLOSING = "⟦", "⟧"

_ACCENTED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž",
)
# Placeholders, tags, character references, commands and addresses mean something to programs, and stay.
_KEPT = re.compile(r"(\{[^{}]*\}|</?[a-zA-Z][^<>]*>|&#?\w+;|(?<!\S)/\w+|https?://\S+)")


def pseudo(text: str) -> str:
    """The text as if translated."""
    if not text:
        return text
    parts = _KEPT.split(text)
    return (
        OPENING
        + "".join(part if index % 2 else part.translate(_ACCENTED) for index, part in enumerate(parts))
        + CLOSING
    )


class PseudoTranslations(NullTranslations):
    """Translates into the made-up language."""

    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return pseudo(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)
