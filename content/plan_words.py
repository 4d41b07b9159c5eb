"""What the check of a plan has to know of languages; see plan_words.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from bot.core.plan_check import Words


@cache
def plan_words() -> Words:
    """The words of all languages together."""
    languages = tomllib.loads((files("content") / "plan_words.toml").read_text(encoding="utf-8")).values()
    return Words(
        everyone=frozenset(word for each in languages for word in each["everyone"]),
        no_verb=frozenset(word for each in languages for word in each["no_verb"]),
        numbers=frozenset(word for each in languages for word in each["numbers"]),
    )
