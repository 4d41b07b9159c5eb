"""What people type to the questions about an action in other words than the buttons': "no" to one more, "yes" to a day
that was read back, several names at once."""

from __future__ import annotations

import re

from bot.core.plan_dialogue import PlanAsk
from bot.core.plan_filling import is_gate
from content.catalogues import SOURCE, locale_of
from handlers.days.words import listed
from handlers.plan.options import asks_for_day, asks_for_people
from handlers.render import says

_COMMAS = r"\s*[,;&،、\n]\s*"


def move_of(asked: PlanAsk, text: str, language: str) -> str:
    """What typed words do, as `PlanMove` has it; empty where they are an answer.

    Where an answer is in words of its own, only what stands on the buttons of the other questions moves on: "nothing"
    may be what somebody will do about a barrier.
    """

    def meant(*keys: str) -> bool:
        words = (word for key in keys for each in (language, SOURCE) for place in listed(key, each) for word in place)
        return any(says(text, word) for word in words)

    if asked.asks == "day":
        return "day_ok" if meant("plan.typed.yes") else "days" if meant("plan.typed.no") else ""
    if asked.asks == "new_name" and meant("plan.typed.yes", "plan.typed.no"):
        return "ok" if meant("plan.typed.yes") else "name"
    if meant("plan.typed.next"):
        return "next"
    chosen = is_gate(asked) or asks_for_people(asked) or asks_for_day(asked)
    return "next" if chosen and meant("plan.typed.no", "plan.typed.none") else ""


def listed_names(text: str) -> list[str]:
    """The parts of a list with commas."""
    return _parts(text, _COMMAS)


def joined_names(text: str, language: str) -> list[str]:
    """The same where "and" may stand for a comma, in the language or in English: "Esi, Marco and Kofi"."""
    ands = "|".join(_and(each) for each in dict.fromkeys([language, SOURCE]))
    return _parts(text, rf"(?:{_COMMAS})?(?:{ands})|{_COMMAS}")


def _parts(text: str, between: str) -> list[str]:
    return [part for part in re.split(between, text.strip(), flags=re.IGNORECASE) if part]


def _and(language: str) -> str:
    """What a language has between the last two of a list, as a pattern."""
    between = str(locale_of(language).list_patterns["standard"]["2"]).removeprefix("{0}").removesuffix("{1}")
    spaces = [r"\s+" if edge.isspace() else r"\s*" for edge in (between[:1], between[-1:])]
    return spaces[0] + re.escape(between.strip()) + (spaces[1] if spaces[1] == r"\s+" else "")
