"""Times of day as people type them: 9:30, 9.30, 0930, 9h30, 14 h, 2 pm, and from one to another."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

_TIME = re.compile(
    r"(\d{1,2})(?:\s*(?:[:.]|h(?:eures?)?)?\s*(\d{2})|\s*h(?:eures?)?)?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE
)
_FROM = re.compile(r"^(?:from|at|de|à)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[-–—]|\b(?:to|until|till|jusqu['’]à|à)\s)\s*", re.IGNORECASE)


def read_time(text: str) -> time | None:
    """A time of day; None where it is none."""
    found = _TIME.fullmatch(_plain(text))
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").casefold()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_times(text: str) -> tuple[time, time | None] | None:
    """When something begins and, where that is said, ends."""
    parts = _BETWEEN.split(_plain(text), maxsplit=1)
    found = [read_time(part) for part in parts]
    if found[0] is None or (len(parts) == 2 and found[1] is None):
        return None
    return found[0], found[1] if len(parts) == 2 else None


def _plain(text: str) -> str:
    return _FROM.sub("", unicodedata.normalize("NFKC", text).strip().rstrip(",;!?"))
