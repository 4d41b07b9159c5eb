"""What of a text is the bot's own and slipped past the catalogues, for somebody who reads the made-up language."""

from __future__ import annotations

import re

from babel import Locale

# What stays as it is in every language: commands, addresses, files, tags of a person's own link, and what Babel writes.
_KEPT = re.compile(r"https?://\S+|(?<!\w)/[a-z_]+|@\w+|\b\d+(?:\.\d+)*\.[a-z]\b|\b[A-Z2-9]{6}\b|\b\w+\.toml\b")
_WORD = re.compile(r"[A-Za-z]{2,}")
_ENGLISH = Locale.parse("en")  # dates and lists, as Babel writes them for a language that it doesn't know
_BABEL = {
    "and", "or", "at", "AM", "PM", "English", "Fran", "ais",
    "Ghana", "Accra", "Kenya", "Nairobi", "Niger", "Nigeria", "Chicago",
    "Sao", "Paulo", "Manaus", "Rio", "Branco", "Fernando", "de", "Noronha",
    *(name for names in _ENGLISH.months["format"].values() for name in names.values()),
    *(name for names in _ENGLISH.days["format"].values() for name in names.values()),
}  # fmt: skip


def slipped(text: str) -> list[str]:
    """The words of a text that stand in plain letters. People write in another alphabet where this is asked."""
    return [word for word in _WORD.findall(_KEPT.sub(" ", text)) if word not in _BABEL]
