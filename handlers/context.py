"""What a conversation sees of one update: who acts, on what, and ways to answer.

Conversations register themselves here by kind of input, so that `routes` can find them without knowing them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import Any, NamedTuple, Protocol, TypeVar

from bot.core.broadcast import Broadcast
from bot.core.dialogue import TO_READ, Dialogue, Person
from bot.core.errors import Refusal
from bot.core.exercise import Exercise, Programme
from bot.core.fires import Fire
from bot.core.message import Choice, Kind, Phrase, Priority, Rows, Screen
from bot.core.mirror import GroupChat, Mirror
from bot.core.plan import ActionPlan
from bot.core.plenary import Plenary
from bot.core.room import Room
from bot.core.run import Run
from bot.core.workshop import Member, Workshop
from bot.turn import Turn
from handlers.callbacks import Action, pack
from storage.outbox import Receipt


class Reader(Protocol):
    """What can be looked up, whether in the middle of a turn or of committed state."""

    def present(self) -> datetime: ...
    async def person(self, user_id: int) -> Person | None: ...
    async def workshop(self, workshop_id: int) -> Workshop | None: ...
    async def run(self, run_id: int) -> Run | None: ...
    async def runs_of(self, workshop_id: int) -> list[Run]: ...
    async def plan(self, plan_id: int) -> ActionPlan | None: ...
    async def plans_of(self, workshop_id: int) -> list[ActionPlan]: ...
    async def room(self, workshop_id: int) -> Room: ...
    async def plenary(self, workshop_id: int) -> Plenary: ...
    async def poll_votes(self, workshop_id: int, number: int) -> dict[str, tuple[int, ...]]: ...
    @property
    def programmes(self) -> Mapping[str, Programme]: ...
    def programme(self, workshop: Workshop) -> Programme: ...
    def exercise(self, workshop: Workshop, run: Run) -> Exercise: ...
    @property
    def bot_username(self) -> str: ...
    async def mirrors(self) -> list[Mirror]: ...
    async def mirrors_in(self, chat_id: int) -> list[Mirror]: ...
    async def group_chat(self, chat_id: int) -> GroupChat | None: ...
    async def broadcast(self, broadcast_id: int) -> Broadcast | None: ...
    async def broadcasts_of(self, workshop_id: int) -> list[Broadcast]: ...
    async def ledger(self, batch: int) -> list[Receipt]: ...
    async def fire(self, id: int) -> Fire | None: ...
    async def fires_of_batch(self, batch: int) -> list[Fire]: ...
    async def upcoming(self, user_id: int, until: datetime) -> list[Fire]: ...
    async def said_about(self, plan_id: int) -> list[Fire]: ...


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that somebody sent: what it is called, and its size in bytes where that is known. A `picture` was sent as
    one; the `caption` are the words below it."""

    id: str
    name: str = ""
    size: int = 0
    picture: bool = False
    caption: str = ""


@dataclass(slots=True)
class Here:
    """One update of one person. `query_id` is set for a tap, `message_id` is the message tapped on or written,
    `chat_id` the group chat in which that was; 0: their own chat."""

    turn: Turn
    person: Person
    message_id: int = 0
    query_id: str = ""
    chat_id: int = 0
    answered: bool = False
    desk: Any = None  # the run that the input was about (handlers.sheet.Desk), for what a refusal has to name

    @property
    def user_id(self) -> int:
        return self.person.user_id

    def change(self, **changes: Any) -> None:
        """Note something about the person, on top of what else this turn did to them."""
        self.person = replace(self.turn.state.people.get(self.user_id, self.person), **changes)
        self.turn.put(self.person)

    def become(self, person: Person) -> None:
        """Note how the person is from now on."""
        self.person = person
        self.turn.put(person)

    def ask(self, dialogue: Dialogue | None) -> None:
        """Open a question (its screen follows from it), or put the open one away; one that was laid aside comes
        back then."""
        laid_aside = self.person.laid_aside
        if dialogue is None and laid_aside is not None:
            self.change(dialogue=laid_aside, laid_aside=None)
        else:
            self.change(dialogue=dialogue)

    def ask_aside(self, dialogue: Dialogue) -> None:
        """Open a question that somebody was led to by a message that came unasked: what they were in the middle of is
        laid aside, and comes back after it."""
        open_one = self.person.dialogue
        if open_one is not None and not isinstance(open_one, TO_READ) and self.person.laid_aside is None:
            self.change(laid_aside=open_one)
        self.change(dialogue=dialogue)

    async def instead(self, screen: Screen) -> None:
        """Put something in the place of the message that was tapped on, whose choices may be typed then; where it was
        typed, say it."""
        if self.query_id:
            self.turn.edit(self.message_id, screen)
            if self.person.dialogue is None:
                keys = tuple(each for each in self.person.offers if each.key)
                self.change(offers=(*(each for row in screen.rows for each in row if each.action), *keys))
        else:
            await self.say(screen.key, screen.rows, **screen.params)

    async def say(self, key: str, rows: Rows = (), *, slot: str = "", **params: Any) -> None:
        """Send a message to the person."""
        await self.turn.say(self.user_id, key, rows, slot=slot, **params)
        self.person = await self.turn.person(self.user_id) or self.person

    async def done(self, key: str, rows: Rows = (), **params: Any) -> None:
        """End the open question with a message in its place."""
        self.ask(None)
        await self.say(key, rows, slot="question", **params)

    @property
    def said(self) -> bool:
        """Whether a message has been sent to the person, other than one in place of the open question."""
        mine = (each for each in self.turn.messages if each.chat_id == self.user_id)
        return any(each.kind is Kind.SEND and each.slot != "question" for each in mine)

    def toast(self, key: str = "", **params: Any) -> None:
        """Answer the tap; without a tap there is nothing to answer."""
        if self.query_id and not self.answered:
            self.turn.toast(self.query_id, key, **params)
            self.answered = True

    async def reply(self, key: str, rows: Rows = (), **params: Any) -> None:
        """Answer in the way the input came: a line on top for a tap without choices, else a message."""
        if self.query_id and not rows:
            self.toast(key, **params)
        else:
            await self.say(key, rows, **params)

    def acknowledge(self) -> None:
        """Mark the person's own message as taken in; a tap shows it by itself."""
        if not self.query_id and self.message_id:
            self.turn.acknowledge(self.message_id, self.chat_id)

    async def member(self, workshop_id: int) -> tuple[Workshop, Member]:
        """The workshop and the person's membership in it. Refuses whoever isn't, or is no longer, a member."""
        workshop = await self.turn.workshop(workshop_id)
        member = workshop.active_user(self.user_id) if workshop else None
        if workshop is None or member is None:
            raise Refusal("access.not_member")
        return workshop, member

    async def facilitator(self, workshop_id: int) -> tuple[Workshop, Member]:
        """The same for those who lead the workshop."""
        workshop, member = await self.member(workshop_id)
        if not member.leads:
            raise Refusal("access.facilitators_only")
        return workshop, member

    async def organiser(self, workshop_id: int) -> tuple[Workshop, Member]:
        workshop, member = await self.member(workshop_id)
        if workshop.organiser.number != member.number:
            raise Refusal("access.organiser_only", name=workshop.organiser.name)
        return workshop, member

    async def current_workshop(self) -> tuple[Workshop, Member]:
        """The workshop that the person is working in. Refuses when there is none, or several and none chosen."""
        if self.person.workshop_id is None:
            raise NoWorkshop("access.no_workshop")
        return await self.member(self.person.workshop_id)


def button(key: str, action: Action, *, style: str = "", **params: Any) -> Choice:
    """A button with a label of ours."""
    return Choice(Phrase(key, params), pack(action), style=style)


def lines(*parts: Any) -> dict[str, Any]:
    """The parameters of a screen that is a list of lines; None leaves a line out, "" leaves one empty."""
    return {"lines": [part for part in parts if part is not None]}


def joined(key: str, parts: Iterable[Phrase]) -> Phrase:
    """Phrases one after another, put together by the sentence `key`."""
    return reduce(lambda left, right: Phrase(key, {"left": left, "right": right}), parts)


def page_of(items: list[Any], page: int, size: int) -> tuple[list[Any], int, int]:
    """A page of a list: its items, its number within range, and how many pages there are."""
    pages = max(1, -(-len(items) // size))
    page = min(max(page, 0), pages - 1)
    return items[page * size : (page + 1) * size], page, pages


class Picked(NamedTuple):
    """Somebody whom a person chose among their phone's contacts. `request` is the number that the key carried, and
    `name` what the phone calls them."""

    request: int
    user_id: int
    name: str


# Registers: filled by the conversations' modules when they are imported ------------------------------------------

A = TypeVar("A", bound=Action)
D = TypeVar("D", bound=Dialogue)
Command = Callable[[Here, str], Awaitable[None]]
TapHandler = Callable[[Here, Any], Awaitable[None]]
FileHandler = Callable[[Here, Any, "SentFile | None"], Awaitable[None]]
TextHandler = Callable[[Here, Any, str], Awaitable[None]]
PickHandler = Callable[[Here, Any, Picked], Awaitable[None]]
ScreenMaker = Callable[[Reader, Person, Any], Awaitable[Screen | None]]

COMMANDS: dict[str, Command] = {}
TAPS: dict[type, TapHandler] = {}
TEXTS_IN: dict[type, TextHandler] = {}
PICKED_IN: dict[type, PickHandler] = {}
FILES_IN: dict[type, FileHandler] = {}
SCREENS: dict[type, ScreenMaker] = {}


def command(*names: str) -> Callable[[Command], Command]:
    """Register what /name does; it gets the text after the command."""

    def register(function: Command) -> Command:
        COMMANDS.update(dict.fromkeys(names, function))
        return function

    return register


def tap(kind: type[A]) -> Callable[[Callable[[Here, A], Awaitable[None]]], Callable[[Here, A], Awaitable[None]]]:
    """Register what a tap does."""

    def register(function: Callable[[Here, A], Awaitable[None]]) -> Callable[[Here, A], Awaitable[None]]:
        TAPS[kind] = function
        return function

    return register


def on_text(
    kind: type[D],
) -> Callable[[Callable[[Here, D, str], Awaitable[None]]], Callable[[Here, D, str], Awaitable[None]]]:
    """Register what words do while a dialogue of this kind is open. A dialogue without this lets them pass on to
    the sheet."""

    def register(function: Callable[[Here, D, str], Awaitable[None]]) -> Callable[[Here, D, str], Awaitable[None]]:
        TEXTS_IN[kind] = function
        return function

    return register


def on_picked(
    kind: type[D],
) -> Callable[[Callable[[Here, D, Picked], Awaitable[None]]], Callable[[Here, D, Picked], Awaitable[None]]]:
    """Register what somebody chosen from the phone's contacts means while a dialogue of this kind is open."""

    def register(
        function: Callable[[Here, D, Picked], Awaitable[None]],
    ) -> Callable[[Here, D, Picked], Awaitable[None]]:
        PICKED_IN[kind] = function
        return function

    return register


def on_file(
    kind: type[D],
) -> Callable[
    [Callable[[Here, D, SentFile | None], Awaitable[None]]], Callable[[Here, D, SentFile | None], Awaitable[None]]
]:
    """Register what a file or a picture does while a dialogue of this kind is open. It gets None for a voice note and
    whatever else is neither."""

    def register(
        function: Callable[[Here, D, SentFile | None], Awaitable[None]],
    ) -> Callable[[Here, D, SentFile | None], Awaitable[None]]:
        FILES_IN[kind] = function
        return function

    return register


def screen(
    kind: type[D],
) -> Callable[
    [Callable[[Reader, Person, D], Awaitable[Screen | None]]], Callable[[Reader, Person, D], Awaitable[Screen | None]]
]:
    """Register how a dialogue of this kind looks. Changes nothing; reads what it needs."""

    def register(
        function: Callable[[Reader, Person, D], Awaitable[Screen | None]],
    ) -> Callable[[Reader, Person, D], Awaitable[Screen | None]]:
        SCREENS[kind] = function
        return function

    return register


class NoWorkshop(Refusal):
    """Nothing says which workshop a command is about: there is none, or one has to be chosen first."""


class Pass(Exception):
    """Raised by a text handler whose dialogue takes no words at this point: they go on to the sheet."""


__all__ = [
    "COMMANDS",
    "FILES_IN",
    "PICKED_IN",
    "SCREENS",
    "TAPS",
    "TEXTS_IN",
    "Here",
    "NoWorkshop",
    "Pass",
    "Picked",
    "Priority",
    "Reader",
    "SentFile",
    "button",
    "command",
    "joined",
    "lines",
    "on_file",
    "on_picked",
    "on_text",
    "page_of",
    "screen",
    "tap",
]
