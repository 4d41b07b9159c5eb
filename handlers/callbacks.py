"""Typed callback data: each tap is a small value, packed into Telegram's 64 bytes and read back from them.

What comes back from a phone is only a wish: whoever handles it asks the database who may do what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import ClassVar

LIMIT = 64  # bytes, Telegram's; with ids of 24 characters there is room for a million runs of 10,000 entries each
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")  # as `str` writes it, and small enough for the database

_KINDS: dict[str, type[Action]] = {}


@dataclass(frozen=True, slots=True)
class Action:
    """What a button asks for. Fields are ints or short strings without a colon, apart from the last one."""

    verb: ClassVar[str] = ""

    def __init_subclass__(cls, verb: str = "") -> None:
        super(Action, cls).__init_subclass__()
        # With slots the class is made twice, the second time without the keyword: that one has to stay.
        verb = verb or cls.__dict__.get("verb", "")
        if _KINDS.get(verb, cls).__qualname__ != cls.__qualname__:
            raise ValueError(f"two actions are called {verb}")
        cls.verb = verb
        _KINDS[verb] = cls


def pack(action: Action) -> str:
    """The callback data of an action. Raises ValueError when it doesn't fit or couldn't be read back."""
    values = [str(getattr(action, field.name)) for field in fields(action)]
    data = ":".join([action.verb, *values])
    if len(data.encode(errors="replace")) > LIMIT:
        raise ValueError(f"callback data of {action.verb} is over {LIMIT} bytes")
    if any(":" in value for value in values[:-1]) or not data.isprintable():
        raise ValueError(f"callback data of {action.verb} could not be read back")
    return data


def unpack(data: str) -> Action | None:
    """The action that was packed; None for anything that no version of this bot would have packed so."""
    verb, colon, rest = data.partition(":")
    kind = _KINDS.get(verb)
    if kind is None or not data.isprintable() or len(data.encode()) > LIMIT:
        return None
    wanted = fields(kind)
    parts = rest.split(":", len(wanted) - 1) if wanted else []
    if len(parts) != len(wanted) or bool(wanted) != bool(colon):
        return None
    values: list[int | str] = []
    for field, part in zip(wanted, parts, strict=True):
        if field.type in (int, "int"):
            if not _NUMBER.fullmatch(part):
                return None
            values.append(int(part))
        else:
            values.append(part)
    return kind(*values)


# Everywhere
@dataclass(frozen=True, slots=True)
class Close(Action, verb="x"):
    """Put the open question away."""


@dataclass(frozen=True, slots=True)
class ShowLanguages(Action, verb="langs"):
    pass


@dataclass(frozen=True, slots=True)
class PickLanguage(Action, verb="lang"):
    language: str


@dataclass(frozen=True, slots=True)
class PickWorkshop(Action, verb="ws"):
    workshop: int


# Opening a workshop, joining, leaving
@dataclass(frozen=True, slots=True)
class NewPick(Action, verb="new"):
    """An answer to the question that /new asks: `asks` is its name, `value` what the button stands for."""

    asks: str
    value: str


@dataclass(frozen=True, slots=True)
class NewBack(Action, verb="newb"):
    pass


@dataclass(frozen=True, slots=True)
class Join(Action, verb="join"):
    workshop: int


@dataclass(frozen=True, slots=True)
class JoinOtherName(Action, verb="joinn"):
    workshop: int


@dataclass(frozen=True, slots=True)
class JoinBack(Action, verb="joinb"):
    """Back to the welcome."""

    workshop: int


@dataclass(frozen=True, slots=True)
class JoinSkip(Action, verb="joins"):
    """Skip the organisation."""

    workshop: int


@dataclass(frozen=True, slots=True)
class Leave(Action, verb="leave"):
    workshop: int


# A facilitator's people
@dataclass(frozen=True, slots=True)
class ShowPeople(Action, verb="ppl"):
    workshop: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowMember(Action, verb="mem"):
    workshop: int
    member: int


@dataclass(frozen=True, slots=True)
class MemberDo(Action, verb="memdo"):
    """`what`: rename, remove, remove_yes, restore, move, hand_over, hand_over_yes, answer_for, stop_answering."""

    workshop: int
    member: int
    what: str


@dataclass(frozen=True, slots=True)
class MoveTo(Action, verb="move"):
    workshop: int
    member: int
    group: int
    grouping: str


@dataclass(frozen=True, slots=True)
class EnterPerson(Action, verb="enter"):
    workshop: int


@dataclass(frozen=True, slots=True)
class EnterSkip(Action, verb="enters"):
    workshop: int


@dataclass(frozen=True, slots=True)
class WorkshopDo(Action, verb="wsdo"):
    """`what`: invite, facilitator_link, close, close_yes, reopen."""

    workshop: int
    what: str


# Groups and their roles
@dataclass(frozen=True, slots=True)
class ShowGroups(Action, verb="grps"):
    workshop: int


@dataclass(frozen=True, slots=True)
class FormGroups(Action, verb="form"):
    """`how`: count, merge, other (asks for a number), yes (do what was asked about), no."""

    workshop: int
    how: str
    grouping: str


@dataclass(frozen=True, slots=True)
class ReadAloud(Action, verb="aloud"):
    workshop: int
    page: int
    grouping: str


@dataclass(frozen=True, slots=True)
class MyGroup(Action, verb="mygrp"):
    workshop: int
    grouping: str


@dataclass(frozen=True, slots=True)
class Volunteer(Action, verb="vol"):
    workshop: int
    role: str
    grouping: str


# The sheet
@dataclass(frozen=True, slots=True)
class Next(Action, verb="n"):
    run: int
    step: str


@dataclass(frozen=True, slots=True)
class Skip(Action, verb="s"):
    run: int
    step: str


@dataclass(frozen=True, slots=True)
class Back(Action, verb="b"):
    run: int
    step: str


@dataclass(frozen=True, slots=True)
class Publish(Action, verb="p"):
    run: int
    step: str


@dataclass(frozen=True, slots=True)
class Pick(Action, verb="o"):
    """Choose an option; `version` is that of the answer on show (0: none)."""

    run: int
    version: int
    step: str
    option: str


@dataclass(frozen=True, slots=True)
class Rate(Action, verb="r"):
    """Give a rating; `number` is empty for "don't know"."""

    run: int
    version: int
    step: str
    number: str


@dataclass(frozen=True, slots=True)
class TakePrefill(Action, verb="pre"):
    run: int
    step: str


@dataclass(frozen=True, slots=True)
class Show(Action, verb="show"):
    """Open something to read beside the sheet: example, why, options, help, product."""

    run: int
    what: str
    step: str


@dataclass(frozen=True, slots=True)
class ShowSheet(Action, verb="sheet"):
    """Put a run's sheet in front of the reader."""

    run: int


@dataclass(frozen=True, slots=True)
class AskPen(Action, verb="pen"):
    run: int


@dataclass(frozen=True, slots=True)
class GivePen(Action, verb="give"):
    """Hand the pen to a member; 0 keeps it."""

    run: int
    member: int


@dataclass(frozen=True, slots=True)
class ShowEntries(Action, verb="es"):
    run: int
    page: int
    step: str


@dataclass(frozen=True, slots=True)
class ShowEntry(Action, verb="e"):
    run: int
    entry: int


@dataclass(frozen=True, slots=True)
class ChangeEntry(Action, verb="ec"):
    """Put other words into an entry, or into one column of a row."""

    run: int
    entry: int
    version: int
    column: str


@dataclass(frozen=True, slots=True)
class RemoveEntry(Action, verb="er"):
    run: int
    entry: int
    version: int


@dataclass(frozen=True, slots=True)
class PutBack(Action, verb="eb"):
    run: int
    entry: int


@dataclass(frozen=True, slots=True)
class FillIn(Action, verb="fill"):
    """Go on filling in a row; an entry of 0 means the first row with a gap."""

    run: int
    entry: int
    step: str


@dataclass(frozen=True, slots=True)
class ColumnValue(Action, verb="cv"):
    run: int
    entry: int
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class ColumnSkip(Action, verb="cs"):
    run: int
    entry: int
    column: str


@dataclass(frozen=True, slots=True)
class ColumnBack(Action, verb="cb"):
    run: int
    entry: int
    column: str


@dataclass(frozen=True, slots=True)
class Settle(Action, verb="set"):
    """End a conflict: `mine` is 1 for one's own words."""

    run: int
    entry: int
    mine: int


@dataclass(frozen=True, slots=True)
class Split(Action, verb="split"):
    """Add a text that was too long in several parts."""

    run: int


# Exercises
@dataclass(frozen=True, slots=True)
class ShowExercises(Action, verb="exs"):
    workshop: int


@dataclass(frozen=True, slots=True)
class OpenNext(Action, verb="on"):
    """A group opens an exercise for itself."""

    workshop: int
    group: int
    exercise: str


@dataclass(frozen=True, slots=True)
class ShowProduct(Action, verb="prod"):
    run: int
    page: int


# The room
@dataclass(frozen=True, slots=True)
class ShowRoom(Action, verb="room"):
    workshop: int


@dataclass(frozen=True, slots=True)
class RoomOpen(Action, verb="ro"):
    """Open an exercise: an empty `exercise` asks which; `group` 0 is all of them. `anyway`: 0 asks where a group isn't
    ready for it, 1 opens all the same, 2 only where it is ready."""

    workshop: int
    group: int
    anyway: int
    exercise: str


@dataclass(frozen=True, slots=True)
class RoomGroup(Action, verb="rg"):
    """Ask whose sheet of an exercise to see; of the newest one, if empty."""

    workshop: int
    exercise: str
