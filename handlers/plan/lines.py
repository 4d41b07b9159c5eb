"""Lines of a plan that say several things at once, read in the writer's language; see `bot.core.amounts`."""

from __future__ import annotations

from bot.core.amounts import Measure, kpi_line
from content.catalogues import SOURCE
from handlers.days.words import listed


def measure(text: str, language: str) -> Measure:
    """A measure from one line: "visits to the counter: 900 → 600 a month", in the language or in English."""
    return kpi_line(text, begins=_words("amounts.begins", language), ends=_words("amounts.ends", language))


def _words(key: str, language: str) -> list[str]:
    """The longest first: "jusqu'à" is not "à"."""
    found = {word for each in (language, SOURCE) for place in listed(key, each) for word in place if word}
    return sorted(found, key=lambda word: (-len(word), word))
