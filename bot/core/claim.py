"""The one-time code with which the first organiser claims the bot. Only its digest is kept."""

from __future__ import annotations

import hmac
from hashlib import sha256

from bot.core.workshop import CODE_ALPHABET

LENGTH = 12
BLOCK = 4


def plain(text: str) -> str:
    """A code as it is compared: without spaces and hyphens, in capitals."""
    return "".join(char for char in text.upper() if char.isalnum())


def written(code: str) -> str:
    """A code as it is printed: ABCD-EFGH-JKMN."""
    return "-".join(code[at : at + BLOCK] for at in range(0, len(code), BLOCK))


def looks_like(text: str) -> bool:
    code = plain(text)
    return len(code) == LENGTH and all(char in CODE_ALPHABET for char in code)


def digest(code: str) -> str:
    return sha256(plain(code).encode()).hexdigest()


def is_right(text: str, kept: str) -> bool:
    """Whether the text is the code whose digest was kept; takes as long for a near miss as for any other."""
    return bool(kept) and hmac.compare_digest(digest(text), kept)
