"""What one update may do: read what there is with what this batch did to it, note changes, say things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.committed import Fetch
from bot.core import claim
from bot.core.broadcast import Broadcast
from bot.core.dialogue import Person
from bot.core.exercise import Exercise, Programme
from bot.core.fires import Fire
from bot.core.merging import MergeProposal
from bot.core.message import Board, Choice, Kind, OutboxMessage, Priority, Rows, Screen
from bot.core.mirror import GroupChat, Mirror
from bot.core.plan import ActionPlan
from bot.core.plenary import Plenary
from bot.core.room import Room
from bot.core.run import Run
from bot.core.workshop import Workshop
from bot.state import CLAIM, ORGANISERS, State
from storage import fires, merge_proposals, plans, polls, workshops
from storage.outbox import Receipt
from storage.polls import PollCopy

if TYPE_CHECKING:
    from bot.runner import Runner

TOAST_LIVES = timedelta(seconds=10)

Stored: TypeAlias = (
    Person | Workshop | Run | ActionPlan | MergeProposal | Fire | Broadcast | Room | Plenary | Mirror | GroupChat
)
"""What a turn may change."""


class Turn:
    """What one update reads and does. `acting` is the chat it came from; `wrote` says that a message (and not a
    tap) came in."""

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        self.now = runner.now()
        self.state = State()
        self.messages: list[OutboxMessage] = []
        self.touched: set[str] = set()
        self.lowered: set[tuple[int, str]] = set()
        self.fetches: list[Fetch] = []
        self.moved: list[tuple[int, int]] = []
        self.acting = 0
        self.wrote = False

    # Reading -----------------------------------------------------------------------------------------------------

    async def person(self, user_id: int) -> Person | None:
        for layer in (self.state, self.runner._batch):
            if user_id in layer.people:
                return layer.people[user_id]
        return await self.runner.person(user_id)

    async def workshop(self, workshop_id: int | None) -> Workshop | None:
        if workshop_id is None:
            return None
        for layer in (self.state, self.runner._batch):
            if workshop_id in layer.workshops:
                return layer.workshops[workshop_id]
        return await self.runner.workshop(workshop_id)

    async def run(self, run_id: int | None) -> Run | None:
        if run_id is None:
            return None
        for layer in (self.state, self.runner._batch):
            if run_id in layer.runs:
                return layer.runs[run_id]
        return await self.runner.run(run_id)

    async def runs_of(self, workshop_id: int) -> list[Run]:
        """All runs of a workshop, in the order in which they were opened."""
        found = {run.id: run for run in await self.runner.runs_of(workshop_id)}
        for layer in (self.runner._batch, self.state):
            found |= {run.id: run for run in layer.runs.values() if run.workshop_id == workshop_id}
        return sorted(found.values(), key=lambda run: run.id)

    async def plan(self, plan_id: int | None) -> ActionPlan | None:
        if plan_id is None:
            return None
        for layer in (self.state, self.runner._batch):
            if plan_id in layer.plans:
                return layer.plans[plan_id]
        return await self.runner.plan(plan_id)

    async def plans_of(self, workshop_id: int) -> list[ActionPlan]:
        """All plans of a workshop, in the order in which they were begun."""
        found = {plan.id: plan for plan in await self.runner.plans_of(workshop_id)}
        for layer in (self.runner._batch, self.state):
            found |= {plan.id: plan for plan in layer.plans.values() if plan.workshop_id == workshop_id}
        return sorted(found.values(), key=lambda plan: plan.id)

    async def room(self, workshop_id: int) -> Room:
        """The room of a workshop."""
        for layer in (self.state, self.runner._batch):
            if workshop_id in layer.rooms:
                return layer.rooms[workshop_id]
        return await self.runner.room(workshop_id)

    async def plenary(self, workshop_id: int) -> Plenary:
        """What everybody in a workshop does together."""
        for layer in (self.state, self.runner._batch):
            if workshop_id in layer.plenaries:
                return layer.plenaries[workshop_id]
        return await self.runner.plenary(workshop_id)

    async def poll_votes(self, workshop_id: int, number: int) -> dict[str, tuple[int, ...]]:
        found = await self.runner.poll_votes(workshop_id, number)
        ours = {each.poll_id for each in await self.poll_copies(workshop_id, number)}
        for layer in (self.runner._batch, self.state):
            found |= {poll_id: picks for poll_id, picks in layer.poll_votes.items() if poll_id in ours}
        return found

    async def poll_copies(self, workshop_id: int, number: int) -> list[PollCopy]:
        """A quick poll that is open as it stands in people's chats."""
        return await polls.copies(self.runner.database, workshop_id, number)

    async def poll_copy(self, poll_id: str) -> PollCopy | None:
        """The quick poll that Telegram knows by a number."""
        return await polls.copy(self.runner.database, poll_id)

    def vote(self, poll_id: str, picks: tuple[int, ...]) -> None:
        """Note what was chosen in a poll."""
        self.state.poll_votes[poll_id] = picks

    def stop_poll(self, chat_id: int, message_id: int) -> None:
        """Have Telegram close a poll."""
        self._queue(chat_id, Kind.STOP_POLL, Screen(""), Priority.LIVE, message_id=message_id)

    async def plans_of_contact(self, user_id: int) -> list[ActionPlan]:
        """The plans in which somebody from outside the workshop has agreed to take part, the newest first."""
        ids = set(await plans.of_user(self.runner.database, user_id))
        for layer in (self.state, self.runner._batch):
            ids |= {plan.id for plan in layer.plans.values() if _takes_part(plan, user_id)}
        found = [await self.plan(id) for id in sorted(ids, reverse=True)]
        return [plan for plan in found if plan and _takes_part(plan, user_id)]

    async def find_plan(self, token: str) -> ActionPlan | None:
        """The plan in which a contact's link has this token."""
        ids = [await plans.find_by_token(self.runner.database, token)]
        for layer in (self.runner._batch, self.state):
            ids += [plan.id for plan in layer.plans.values() if _has_token(plan, token)]
        found = [await self.plan(id) for id in reversed(ids)]
        return next((plan for plan in found if plan and _has_token(plan, token)), None)

    async def proposal(self, id: int) -> MergeProposal | None:
        """A proposal to make one of two actions."""
        for layer in (self.state, self.runner._batch):
            if id in layer.proposals:
                return layer.proposals[id]
        return await merge_proposals.load(self.runner.database, id)

    async def open_proposals(self, workshop_id: int) -> list[MergeProposal]:
        """Those of a workshop that nobody has ended yet, in the order in which they were made."""
        found = {each.id: each for each in await merge_proposals.open_ones(self.runner.database, workshop_id)}
        for layer in (self.runner._batch, self.state):
            found |= {each.id: each for each in layer.proposals.values() if each.workshop_id == workshop_id}
        return [each for _, each in sorted(found.items()) if each.is_open]

    async def find_workshop(self, column: str, value: str) -> Workshop | None:
        """The workshop with this `code`, `link_token` or `facilitator_token`."""
        ids = [await workshops.find_by(self.runner.database, column, value)]
        for layer in (self.runner._batch, self.state):
            ids += [each.id for each in layer.workshops.values() if getattr(each, column) == value]
        found = [await self.workshop(id) for id in reversed(ids)]  # as they are now: a code may have been used up
        return next((each for each in found if each and getattr(each, column) == value), None)

    async def workshops_of(self, user_id: int) -> list[Workshop]:
        """The workshops someone is an active member of, the newest first."""
        ids = set(await workshops.of_user(self.runner.database, user_id))
        for layer in (self.state, self.runner._batch):
            ids |= {each.id for each in layer.workshops.values() if each.by_user(user_id)}
        found = [await self.workshop(id) for id in sorted(ids, reverse=True)]
        return [each for each in found if each and each.active_user(user_id)]

    async def mirrors(self) -> list[Mirror]:
        found = {each.key: each for each in await self.runner.mirrors()}
        for layer in (self.runner._batch, self.state):
            found |= layer.mirrors
        return [each for each in found.values() if not each.over]

    async def mirrors_in(self, chat_id: int) -> list[Mirror]:
        return [each for each in await self.mirrors() if each.chat_id == chat_id]

    async def group_chat(self, chat_id: int) -> GroupChat | None:
        for layer in (self.state, self.runner._batch):
            if chat_id in layer.group_chats:
                return None if layer.group_chats[chat_id].over else layer.group_chats[chat_id]
        return await self.runner.group_chat(chat_id)

    async def broadcast(self, broadcast_id: int) -> Broadcast | None:
        for layer in (self.state, self.runner._batch):
            if broadcast_id in layer.broadcasts:
                return layer.broadcasts[broadcast_id]
        return await self.runner.broadcast(broadcast_id)

    async def broadcasts_of(self, workshop_id: int) -> list[Broadcast]:
        found = {each.id: each for each in await self.runner.broadcasts_of(workshop_id)}
        for layer in (self.runner._batch, self.state):
            found |= {id: each for id, each in layer.broadcasts.items() if each.workshop_id == workshop_id}
        return [each for _, each in sorted(found.items())]

    async def ledger(self, batch: int) -> list[Receipt]:
        return await self.runner.ledger(batch)

    # What is due: as `Runner` reads it, with what this batch did to it ------------------------------------------

    async def fire(self, id: int) -> Fire | None:
        for layer in (self.state, self.runner._batch):
            if id in layer.fires:
                return layer.fires[id]
        return await self.runner.fire(id)

    async def fires_by_key(self, key: str) -> list[Fire]:
        """What there is of one key, in whichever version."""
        found = {each.id: each for each in await fires.by_key(self.runner.database, key)}
        for layer in (self.runner._batch, self.state):
            found |= {id: each for id, each in layer.fires.items() if each.key == key}
        return list(found.values())

    async def due(self, most: int) -> list[Fire]:
        """What is due by now, the oldest first; at most so many at once."""
        found = self._as_now(await fires.due(self.runner.database, self.now, most))
        return [each for each in found if each.is_open and each.due_at <= self.now]

    async def upcoming(self, user_id: int, until: datetime) -> list[Fire]:
        found = {each.id: each for each in await self.runner.upcoming(user_id, until)}
        for layer in (self.runner._batch, self.state):
            found |= layer.fires
        theirs = [each for each in found.values() if each.is_open and each.user_id == user_id and each.due_at <= until]
        return sorted(theirs, key=lambda each: (each.due_at, each.id))

    async def fires_of_batch(self, batch: int) -> list[Fire]:
        return self._as_now(await self.runner.fires_of_batch(batch))

    async def said_about(self, plan_id: int) -> list[Fire]:
        return self._as_now(await self.runner.said_about(plan_id))

    async def last_said_at(self, user_id: int) -> datetime | None:
        """When something was last said to somebody of the bot's own accord."""
        return await fires.last_said_at(self.runner.database, user_id, self.now)

    def _as_now(self, found: list[Fire]) -> list[Fire]:
        changed = self.runner._batch.fires | self.state.fires
        return [changed.get(each.id, each) for each in found]

    def present(self) -> datetime:
        return self.now

    @property
    def bot_username(self) -> str:
        return self.runner.bot_username

    @property
    def programmes(self) -> Mapping[str, Programme]:
        return self.runner.programmes

    def programme(self, workshop: Workshop) -> Programme:
        return self.runner.programme(workshop)

    def exercise(self, workshop: Workshop, run: Run) -> Exercise:
        return self.runner.exercise(workshop, run)

    def setting(self, name: str) -> str:
        for layer in (self.state, self.runner._batch):
            if name in layer.settings:
                return layer.settings[name]
        return self.runner._settings.get(name, "")

    def is_organiser(self, user_id: int) -> bool:
        """Whether somebody may open workshops."""
        return user_id in self.runner.organiser_ids or str(user_id) in self.setting(ORGANISERS).split()

    @property
    def unclaimed(self) -> bool:
        """Whether the bot waits for its first organiser's code."""
        return bool(self.setting(CLAIM)) and not self.runner.organiser_ids and not self.setting(ORGANISERS)

    # Changing ----------------------------------------------------------------------------------------------------

    def put(self, *values: Stored) -> None:
        """Note how something is from now on: a person, a workshop, its room or plenary, a run, a plan, …"""
        for value in values:
            match value:
                case Person():
                    self.state.people[value.user_id] = value
                case Workshop():
                    self.state.workshops[value.id] = value
                case Run():
                    self.state.runs[value.id] = value
                case ActionPlan():
                    self.state.plans[value.id] = value
                case MergeProposal():
                    self.state.proposals[value.id] = value
                case Fire():
                    self.state.fires[value.id] = value
                case Broadcast():
                    self.state.broadcasts[value.id] = value
                case Mirror():
                    self.state.mirrors[value.key] = value
                case GroupChat():
                    self.state.group_chats[value.chat_id] = value
                case Room():
                    self.state.rooms[value.workshop_id] = value
                case Plenary():
                    self.state.plenaries[value.workshop_id] = value

    def claim(self, code: str, user_id: int) -> bool:
        """Make somebody the first organiser, if the code is the one that was shown at the start."""
        if not self.unclaimed or not claim.is_right(code, self.setting(CLAIM)):
            return False
        self.state.settings |= {ORGANISERS: str(user_id), CLAIM: ""}
        return True

    def undo(self) -> None:
        """Take back everything this turn did so far."""
        self.state = State()
        self.messages.clear()
        self.touched.clear()
        self.lowered.clear()
        self.fetches.clear()
        self.moved.clear()

    def on_show(self, chat_id: int, slot: str) -> Board | None:
        """What a chat's living message shows on the phone, as far as it has been delivered."""
        return self.runner.on_show(chat_id, slot)

    def lower(self, chat_id: int, slot: str) -> None:
        """Have a living message set down anew, below everything else."""
        self.lowered.add((chat_id, slot))

    def fetch(self, user_id: int, file_id: str) -> None:
        """Have a file fetched that somebody sent. It comes back in a turn of its own."""
        self.fetches.append(Fetch(user_id, file_id))

    # Saying ------------------------------------------------------------------------------------------------------

    def _queue(self, chat_id: int, kind: Kind, screen: Screen, priority: Priority, **more: Any) -> OutboxMessage:
        message = OutboxMessage(
            id=self.runner.next_id("outbox"),
            chat_id=chat_id,
            kind=kind,
            screen=screen,
            priority=priority,
            created_at=self.now,
            **more,
        )
        self.messages.append(message)
        return message

    async def say(
        self,
        chat_id: int,
        key: str,
        rows: Rows = (),
        *,
        priority: Priority = Priority.ANSWER,
        kind: Kind = Kind.SEND,
        slot: str = "",
        batch: int = 0,
        silent: bool = False,
        unasked: bool = False,
        expires_at: datetime | None = None,
        **params: Any,
    ) -> None:
        """Send a message. Its choices may be typed, too, until the next message that has some. Keys stay on the phone
        until the next message without choices, which takes them away."""
        if chat_id == self.acting:
            priority = min(priority, Priority.ANSWER)  # whatever whoever acts is told, is an answer, and in its order
        offers: tuple[Choice, ...] = tuple(choice for row in rows for choice in row if choice.action)
        person = await self.person(chat_id)
        # What comes unasked doesn't take the words of somebody who is in the middle of something.
        if person is not None and not (unasked and person.dialogue is not None):
            anew = any(choice.key for choice in offers)
            keys = () if anew else tuple(choice for choice in person.offers if choice.key)
            if keys and kind is Kind.SEND and not rows and not slot:
                kind = Kind.KEYLESS
                self.put(replace(person, offers=tuple(each for each in person.offers if not each.key)))
            elif offers:
                self.put(replace(person, offers=offers + keys))
        more = {"slot": slot, "batch": batch, "silent": silent, "expires_at": expires_at}
        self._queue(chat_id, kind, Screen(key, params, rows), priority, **more)

    def edit(self, message_id: int, screen: Screen) -> None:
        """Put something else in the place of a message of the bot's to whoever acts."""
        self._queue(self.acting, Kind.EDIT, screen, Priority.ANSWER, message_id=message_id)

    def toast(self, query_id: str, key: str = "", **params: Any) -> None:
        """Answer a tap, with a line on top of the screen or (no key) silently."""
        self._queue(
            self.acting,
            Kind.TOAST,
            Screen(key, params),
            Priority.ANSWER,
            query_id=query_id,
            expires_at=self.now + TOAST_LIVES,
        )

    def acknowledge(self, message_id: int, chat_id: int = 0) -> None:
        """React to somebody's message, in a group chat or (0) in their own: taken in."""
        self._queue(chat_id or self.acting, Kind.REACT, Screen(""), Priority.ANSWER, message_id=message_id)

    def menu(self, chat_id: int) -> None:
        """Give a chat the list of commands that its person's role has by then."""
        if not any(each.kind is Kind.MENU and each.chat_id == chat_id for each in self.messages):
            self._queue(chat_id, Kind.MENU, Screen(""), Priority.LATER)

    def touch(self, *names: str) -> None:
        """Have the living messages that watch these names looked at again."""
        self.touched |= set(names)


def _takes_part(plan: ActionPlan, user_id: int) -> bool:
    return any(contact.user_id == user_id and contact.agreed for contact in plan.contacts.values())


def _has_token(plan: ActionPlan, token: str) -> bool:
    return any(contact.token == token for contact in plan.contacts.values())


def user_ids(workshop: Workshop, members: Iterable[int]) -> list[int]:
    """The Telegram accounts of members, without those who have no phone."""
    return [user_id for number in members if (user_id := workshop.members[number].user_id) is not None]
