"""What could be better about a plan, action by action: asked about once, politely, and never in anybody's way.

Languages come in as an argument (`Words`): which names mean everybody, which words no order begins with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from bot.core.amounts import has_number
from bot.core.plan import Action, Barrier, Communication, Field, Kpi, Party

_TOKENS = re.compile(r"[^\W\d_]+")
# Scripts that put no spaces between words: one "word" there may be a whole sentence.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of languages, in small letters: names that mean everybody, words that an order to act doesn't
    begin with, and words that say how many."""

    everyone: frozenset[str] = frozenset()
    no_verb: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


class Lack(StrEnum):
    """What a finding is about. Those after `UNANSWERED` are for the list of what is open only."""

    EVERYONE = "everyone"  # does it: that is nobody in particular
    NO_OWNER = "no_owner"
    NO_VERB = "no_verb"
    NO_DATE = "no_date"
    KPI_NO_NUMBER = "kpi_no_number"
    UNTOLD = "untold"  # an audience nobody tells
    UNANSWERED = "unanswered"  # a barrier without an answer
    NOBODY = "nobody"  # does it
    NO_RESOURCES = "no_resources"
    NO_ONE_TOLD = "no_one_told"
    HOW_OFTEN = "how_often"  # an audience that is told nobody knows how often
    NO_KPI = "no_kpi"


WEAK = frozenset({Lack.NOBODY, Lack.NO_RESOURCES, Lack.NO_ONE_TOLD, Lack.HOW_OFTEN, Lack.NO_KPI})
"""Lacks that nobody is asked about: they are only listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that an action lacks: where it is mended (`field`, and which `part` of which `item` of a list), and
    the `name` of what it is about."""

    lack: Lack
    field: Field
    item: int = 0
    part: str = ""
    party: Party = ""
    name: str = ""

    @property
    def key(self) -> str:
        """What it is called among an action's `settled` ones: "no_date", "untold:3"."""
        about = self.party or (str(self.item) if self.item else "")
        return f"{self.lack.value}:{about}" if about else self.lack.value


def findings(action: Action, name: Callable[[Party], str], words: Words) -> list[Finding]:
    """What an action lacks, the weightiest first, without what was called fine. `name` says what somebody is
    called."""
    return [each for each in _findings(action, name, words) if each.key not in action.settled]


def first_finding(action: Action, name: Callable[[Party], str], words: Words) -> Finding | None:
    """The one thing to ask about, if any."""
    return next((each for each in findings(action, name, words) if each.lack not in WEAK), None)


def find(action: Action, key: str, name: Callable[[Party], str], words: Words) -> Finding | None:
    """A finding by its key, as long as it stands."""
    return next((each for each in findings(action, name, words) if each.key == key), None)


def _findings(action: Action, name: Callable[[Party], str], words: Words) -> Iterator[Finding]:
    for party in action.responsible:
        if means_everyone(name(party), words):
            yield Finding(lack=Lack.EVERYONE, field=Field.RESPONSIBLE, party=party, name=name(party))
    if not action.owner:
        yield Finding(lack=Lack.NO_OWNER, field=Field.OWNER)
    if lacks_verb(action.title, words):
        yield Finding(lack=Lack.NO_VERB, field=Field.TITLE, name=action.title)
    if action.due_on is None:
        yield Finding(lack=Lack.NO_DATE, field=Field.DUE_ON)
    for kpi in action.kpis:
        yield from _of_kpi(kpi, words)
    for communication in action.communications:
        yield from _of_communication(communication)
    for barrier in action.barriers:
        yield from _of_barrier(barrier)
    yield from _weak(action)


def _of_kpi(kpi: Kpi, words: Words) -> Iterator[Finding]:
    """A baseline without a number says how it will be measured, which is fine; an empty one says nothing."""
    found = Finding(lack=Lack.KPI_NO_NUMBER, field=Field.KPIS, item=kpi.id, name=kpi.name)
    if not says_number(kpi.target, words):
        yield replace(found, part="target")
    elif not kpi.baseline:
        yield replace(found, part="baseline")


def _of_communication(told: Communication) -> Iterator[Finding]:
    if not told.sender:
        yield Finding(lack=Lack.UNTOLD, field=Field.COMMUNICATIONS, item=told.id, part="sender", name=told.audience)


def _of_barrier(barrier: Barrier) -> Iterator[Finding]:
    if not barrier.answer:
        yield Finding(lack=Lack.UNANSWERED, field=Field.BARRIERS, item=barrier.id, part="answer", name=barrier.who)


def _weak(action: Action) -> Iterator[Finding]:
    if not action.responsible and action.owner:
        yield Finding(lack=Lack.NOBODY, field=Field.RESPONSIBLE)
    if not action.resources_available and not action.resources_needed:
        yield Finding(lack=Lack.NO_RESOURCES, field=Field.AVAILABLE)
    if not action.communications:
        yield Finding(lack=Lack.NO_ONE_TOLD, field=Field.COMMUNICATIONS)
    for told in action.communications:
        if told.frequency is None:
            yield Finding(
                lack=Lack.HOW_OFTEN, field=Field.COMMUNICATIONS, item=told.id, part="frequency", name=told.audience
            )
    if not action.kpis:
        yield Finding(lack=Lack.NO_KPI, field=Field.KPIS)


# Words -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """Words in small letters, one space between them, apostrophes all the same."""
    return " ".join(text.casefold().replace("’", "'").split()).strip(" .!?,;:\"'“”«»()")


def means_everyone(name: str, words: Words) -> bool:
    """Whether a name stands for everybody, and so for nobody in particular."""
    return _bare(name) in words.everyone


@lru_cache(maxsize=4096)
def lacks_verb(title: str, words: Words) -> bool:
    """Whether a title surely says no order to act: one word alone, or a first word that no order begins with."""
    tokens = _TOKENS.findall(_bare(title))
    if not tokens or _UNSPACED.search(title):
        return False
    return len(tokens) == 1 or tokens[0] in words.no_verb


def says_number(text: str, words: Words) -> bool:
    """Whether a text says how many: in digits of any script, or in words that are known."""
    return has_number(text) or not words.numbers.isdisjoint(_TOKENS.findall(_bare(text)))


# The six questions -----------------------------------------------------------------------------------------------


class Question(StrEnum):
    """What a plan has an answer to."""

    WHAT = "what"  # changes
    WHO = "who"  # carries it out
    WHEN = "when"  # and for how long
    MEANS = "means"  # there are, and what stands against it
    TOLD = "told"  # whom do we tell, and how often
    SUCCESS = "success"  # looks like what


LACKS: Mapping[Question, tuple[Lack, ...]] = {
    Question.WHAT: (Lack.NO_VERB,),
    Question.WHO: (Lack.EVERYONE, Lack.NO_OWNER, Lack.NOBODY),
    Question.WHEN: (Lack.NO_DATE,),
    Question.MEANS: (Lack.NO_RESOURCES, Lack.UNANSWERED),
    Question.TOLD: (Lack.NO_ONE_TOLD, Lack.UNTOLD, Lack.HOW_OFTEN),
    Question.SUCCESS: (Lack.NO_KPI, Lack.KPI_NO_NUMBER),
}


def open_questions(
    actions: Iterable[Action], name: Callable[[Party], str], words: Words
) -> dict[Question, tuple[int, ...]]:
    """For each of the six questions, the numbers of the actions that leave it open."""
    lacks = {action.number: {each.lack for each in findings(action, name, words)} for action in actions}
    return {
        question: tuple(number for number, found in lacks.items() if not found.isdisjoint(LACKS[question]))
        for question in Question
    }
