"""What is said, before it has words: keys, parameters and choices. Rendering gives them a language.

A parameter is a str, an int, a date, an aware datetime, a `Phrase` (another message), a `ContentText` (a sentence
of the programme, looked up in its own catalogue), or a list of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class ContentText:
    """A source string of a programme, translated in that programme's domain."""

    domain: str
    text: str


@dataclass(frozen=True, slots=True)
class ShortDay:
    """A day among other things on a line, without its weekday."""

    on: date


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant that each phone shows in its own time zone. `shows`: "time", "day" or "both"."""

    at: datetime
    shows: str = "both"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message inside a message."""

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


Param: TypeAlias = str | int | date | datetime | ShortDay | Moment | Phrase | ContentText | list["Param"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `label` is a Phrase, a ContentText, or people's own words; `action` is packed callback data (at most
    64 bytes). Instead of an action it may carry a `url` to open or a text to `copy`; a text
    that is too long for a button leaves it out.

    With a `key` it stands in the place of the phone's keyboard, as do all choices of its message, and writes its words.
    Where the number is above zero it asks the phone for one of its contacts instead, who comes back with that number.
    """

    label: Phrase | ContentText | str
    action: str = ""
    url: str = ""
    copy: Phrase | str = ""
    style: str = ""  # "", "primary", "success" or "danger", as in Telegram's button styles
    key: int = 0


Rows: TypeAlias = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A message's meaning with its choices, row by row. `closing` is what stays in the chat of an open question that
    is over; it is of no use to a message, and not stored with one.
    """

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)
    rows: Rows = ()
    closing: Phrase | None = None


class Kind(StrEnum):
    """What a delivery does. All but SEND and its like can be repeated without anyone seeing it twice."""

    SEND = "send"
    PHOTO = "photo"  # a picture that is made at delivery from `params`, with the text as its caption
    DOCUMENT = "document"
    POLL = "poll"  # Telegram's own, of `params`: question, answers; and workshop, number to know it by
    STOP_POLL = "stop_poll"  # closes the poll `message_id`
    KEYLESS = "keyless"  # takes the keys away that a message brought
    EDIT = "edit"  # of `message_id`
    TOAST = "toast"  # answers the callback query `query_id`
    REACT = "react"  # to `message_id`: taken in
    MENU = "menu"  # the commands behind the menu button, as the person's role has them
    BOARD = "board"  # a living message set down anew; written by delivery itself


class Priority(IntEnum):
    """Lower goes first."""

    ANSWER = 0
    LIVE = 1  # instructions and broadcasts
    BOARD = 2
    LATER = 3  # reminders and nudges


class Status(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    ERRORED = "errored"  # will be tried again at next_attempt_at
    FAILED = "failed"  # for good, with a reason
    UNKNOWN = "unknown"  # the connection broke after the request had left; tried again, and may arrive twice
    EXPIRED = "expired"


SEAT = "seat"
PLAIN_SLOTS = frozenset({SEAT})  # of messages that nobody keeps up to date: the newest one has the keyboard


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """One thing to deliver to one chat, in meaning. `batch` ties the copies of a broadcast together."""

    id: int
    chat_id: int
    kind: Kind
    screen: Screen
    priority: Priority
    created_at: datetime
    message_id: int = 0
    query_id: str = ""
    batch: int = 0
    silent: bool = False
    slot: str = ""  # the board whose place this message takes, if any
    status: Status = Status.QUEUED
    attempts: int = 0
    next_attempt_at: datetime | None = None
    expires_at: datetime | None = None
    sent_message_id: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A living message in a chat: what stands in a `slot` ("sheet", "question", "room"); or the newest message of one
    of the `PLAIN_SLOTS`, with its id alone.

    `subject` says what it shows; `part` is the part of it on show (a step): another part is set down as a new
    message. `shown` is a digest of what the phone shows; `pushed` counts the messages below it; `closing` is the line
    that it leaves behind, as the view on show had it.
    """

    chat_id: int
    slot: str
    subject: str
    part: str = ""
    message_id: int = 0
    shown: str = ""
    pushed: int = 0
    closing: str = ""
