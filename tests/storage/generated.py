"""Values of any shape that the core's types allow, for writing them to the database and reading them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from bot.core.calls import Call
from bot.core.day_close import CloseAnswer, DayClose
from bot.core.dialogue import Dialogue, Person
from bot.core.dot_vote import DotVote, VoteItem
from bot.core.message import Choice, ContentText, Moment, Phrase, Screen, ShortDay
from bot.core.parking import Parked
from bot.core.plan import Action, ActionPlan, Contact, Escalation, Report
from bot.core.plenary import Plenary
from bot.core.quick_poll import QuickPoll
from bot.core.remarks import Remark
from bot.core.report_back import ReportQueue
from bot.core.room import Room
from bot.core.run import Entry, Run
from bot.core.timers import Timer

DIALOGUES: tuple[type, ...] = get_args(Dialogue)
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
NUMBERS = st.integers(-(2**63), 2**63 - 1)
WORDS = st.one_of(
    st.text(max_size=20), st.sampled_from(["$at", '{"$at": "2026"}', "null", "5", "2026-03-02", "\x00", "\u2028"])
)


def of_type(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type, as the core's dataclasses name them."""
    simple = {str: WORDS, int: NUMBERS, bool: st.booleans(), datetime: INSTANTS, date: st.dates(), NoneType: st.none()}
    simple[time] = st.builds(time, st.integers(0, 23), st.integers(0, 59))
    if hint in simple:
        return simple[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return any_of(hint)
    arguments = get_args(hint)
    match get_origin(hint):
        case origin if origin is Literal:
            return st.sampled_from(arguments)
        case origin if origin in (Union, UnionType):
            return st.one_of(*map(of_type, arguments))
        case origin if origin is tuple and arguments[1:] == (...,):
            return st.lists(of_type(arguments[0]), max_size=3).map(tuple)
        case origin if origin is tuple:
            return st.tuples(*map(of_type, arguments))
        case origin if origin is frozenset:
            return st.frozensets(of_type(arguments[0]), max_size=3)
        case origin if origin is Mapping:
            return st.dictionaries(of_type(arguments[0]), of_type(arguments[1]), max_size=3)
    raise TypeError(f"nothing is known of {hint}")


def any_of(kind: type, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Any value of a dataclass; some fields as given."""
    hints = get_type_hints(kind)
    known = {each.name: given[each.name] if each.name in given else of_type(hints[each.name]) for each in fields(kind)}
    return st.builds(kind, **known)


NAMES = st.sampled_from(["text", "name", "count", "steps"])  # of parameters: the code's own
PARAMS = st.recursive(
    st.one_of(
        WORDS,
        NUMBERS,
        st.dates(),
        INSTANTS,
        st.builds(ShortDay, st.dates()),
        st.builds(ContentText, WORDS, WORDS),
        st.builds(Moment, INSTANTS, st.sampled_from(["time", "day", "both"])),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.builds(Phrase, WORDS, st.dictionaries(NAMES, inner, max_size=3))
    ),
    max_leaves=5,
)
LABELS = st.one_of(
    WORDS, st.builds(ContentText, WORDS, WORDS), st.builds(Phrase, WORDS, st.dictionaries(NAMES, PARAMS, max_size=2))
)
COPIES = st.one_of(WORDS, st.builds(Phrase, WORDS, st.dictionaries(NAMES, PARAMS, max_size=2)))
CHOICES = any_of(Choice, label=LABELS, copy=COPIES)
SCREENS = st.builds(
    Screen,
    WORDS,
    st.dictionaries(NAMES, PARAMS, max_size=3),
    st.lists(st.lists(CHOICES, max_size=2).map(tuple), max_size=2).map(tuple),
)
PEOPLE = any_of(
    Person,
    workshop_id=st.none() | st.just(1),
    sheet_run_id=st.none() | st.just(1),
    room_id=st.none() | st.just(1),
    dialogue=st.none() | st.one_of(*map(any_of, DIALOGUES)),
    offers=st.lists(CHOICES, max_size=2).map(tuple),
)


@st.composite
def any_run(draw: st.DrawFn, id: int, workshop_id: int) -> Run:
    """A run with entries of every shape."""
    entries = draw(st.lists(any_of(Entry), max_size=4, unique_by=lambda entry: entry.number))
    return draw(
        any_of(
            Run,
            id=st.just(id),
            workshop_id=st.just(workshop_id),
            group=st.just(id),
            skipped=st.frozensets(WORDS, max_size=3),
            timer=st.none() | st.builds(Timer, ends_at=INSTANTS) | st.builds(Timer, left=st.integers(0, 14_400)),
            entries=st.just({entry.number: entry for entry in sorted(entries, key=lambda entry: entry.number)}),
        )
    )


@st.composite
def any_room(draw: st.DrawFn, workshop_id: int) -> Room:
    """A room with calls and parked questions of every kind, and something that was done last."""
    calls = draw(st.lists(any_of(Call), max_size=3, unique_by=lambda each: each.number))
    parked = draw(st.lists(any_of(Parked), max_size=3, unique_by=lambda each: each.number))
    return draw(
        any_of(
            Room,
            workshop_id=st.just(workshop_id),
            calls=st.just({each.number: each for each in sorted(calls, key=lambda each: each.number)}),
            parked=st.just({each.number: each for each in sorted(parked, key=lambda each: each.number)}),
        )
    )


TIMERS = st.none() | st.builds(Timer, ends_at=INSTANTS) | st.builds(Timer, left=st.integers(0, 14_400))
FEW = st.integers(1, 2**53)


def _numbered(found: list[Any]) -> dict[int, Any]:
    return {each.number: each for each in found}


@st.composite
def any_plenary(draw: st.DrawFn, workshop_id: int) -> Plenary:
    """Closes, queues, remarks on them, and votes that are open or over."""
    answers = st.lists(any_of(CloseAnswer, number=FEW), max_size=3, unique_by=lambda each: each.number).map(_numbered)
    closes = draw(st.lists(any_of(DayClose, answers=answers), max_size=2, unique_by=lambda each: each.on))
    queues = draw(st.lists(any_of(ReportQueue, timer=TIMERS), max_size=2, unique_by=lambda each: each.number))
    remarks = []
    if queues:
        on = st.sampled_from([each.number for each in queues])
        remarks = draw(st.lists(any_of(Remark, queue=on), max_size=3, unique_by=lambda each: each.number))
    items = st.lists(any_of(VoteItem), max_size=3).map(tuple)
    polls = draw(st.lists(any_of(QuickPoll), max_size=2, unique_by=lambda each: each.number))
    votes = draw(st.lists(any_of(DotVote, items=items), max_size=2, unique_by=lambda each: each.number))
    return Plenary(
        workshop_id=workshop_id,
        closes={each.on: each for each in closes},
        queues=_numbered(queues),
        remarks=_numbered(remarks),
        votes=_numbered(votes),
        polls=_numbered(polls),
    )


@st.composite
def any_plan(draw: st.DrawFn, id: int, workshop_id: int) -> ActionPlan:
    """A plan with actions in several versions, and with contacts."""
    history = {}
    for number in draw(st.lists(st.integers(1, 99), max_size=3, unique=True)):
        versions = sorted(draw(st.lists(st.integers(1, 99), min_size=1, max_size=3, unique=True)))
        history[number] = tuple(
            draw(any_of(Action, number=st.just(number), version=st.just(version))) for version in versions
        )
    contacts = draw(st.lists(any_of(Contact, user_id=st.none()), max_size=3, unique_by=lambda each: each.number))
    reports = draw(st.lists(any_of(Report), max_size=3, unique_by=lambda each: each.number))
    return draw(
        any_of(
            ActionPlan,
            escalation=st.none() | st.builds(Escalation, st.sampled_from(["m2", "c1"]), st.integers(1, 90)),
            reports=st.just(tuple(sorted(reports, key=lambda each: each.number))),
            id=st.just(id),
            workshop_id=st.just(workshop_id),
            group=st.just(id),
            history=st.just(dict(sorted(history.items()))),
            contacts=st.just(
                {each.number: replace(each, token=f"{id} {each.number}") for each in sorted(contacts, key=_number)}
            ),
            agreed=st.dictionaries(st.integers(1, 99), st.integers(1, 99), max_size=3),
        )
    )


def _number(contact: Contact) -> int:
    return contact.number
