"""Where core and storage meet: load, change, and save state and messages in one transaction.

A `Turn` is what one update may do. It sees the turns kept before it in the batch, and nobody sees what it did until
it is kept; a turn that isn't kept never happened. `commit` writes all kept turns at once. What delivery reads
(`Runner.person`, `workshop`, `run`) is the committed state only.
"""

from __future__ import annotations

import random
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from bot import planner
from bot.committed import Committed, Fetch
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
from bot.core.workshop import CODE_ALPHABET, CODE_LENGTH, KEPT_FOR, Workshop
from content.catalogues import Catalogues
from storage import (
    broadcasts,
    erasure,
    fires,
    merge_proposals,
    mirrors,
    outbox,
    people,
    plans,
    plenaries,
    polls,
    rooms,
    runs,
    settings,
    workshops,
)
from storage.database import Database, Write
from storage.outbox import Receipt
from storage.polls import PollCopy

TOAST_LIVES = timedelta(seconds=10)
ORGANISERS = "organisers"  # who claimed the bot: user ids with spaces between them
CLAIM = "claim"  # the digest of the code for claiming it; empty once it has been used


Stored: TypeAlias = (
    Person | Workshop | Run | ActionPlan | MergeProposal | Fire | Broadcast | Room | Plenary | Mirror | GroupChat
)
"""What a turn may change."""


class State:
    """The aggregates as one layer of changes over another."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self.workshops: dict[int, Workshop] = {}
        self.runs: dict[int, Run] = {}
        self.plans: dict[int, ActionPlan] = {}
        self.proposals: dict[int, MergeProposal] = {}
        self.fires: dict[int, Fire] = {}
        self.broadcasts: dict[int, Broadcast] = {}
        self.rooms: dict[int, Room] = {}  # by workshop
        self.mirrors: dict[tuple[int, int], Mirror] = {}  # by chat and topic
        self.group_chats: dict[int, GroupChat] = {}
        self.plenaries: dict[int, Plenary] = {}  # by workshop
        self.poll_votes: dict[str, tuple[int, ...]] = {}  # by Telegram's number of a poll
        self.settings: dict[str, str] = {}

    def absorb(self, above: State) -> None:
        self.people |= above.people
        self.workshops |= above.workshops
        self.runs |= above.runs
        self.plans |= above.plans
        self.proposals |= above.proposals
        self.fires |= above.fires
        self.broadcasts |= above.broadcasts
        self.rooms |= above.rooms
        self.mirrors |= above.mirrors
        self.group_chats |= above.group_chats
        self.plenaries |= above.plenaries
        self.poll_votes |= above.poll_votes
        self.settings |= above.settings


class Runner:
    """`now` is the only clock, and `token` and `code` the only dice, that handlers see."""

    def __init__(
        self,
        database: Database,
        programmes: Mapping[str, Programme],
        now: Callable[[], datetime],
        *,
        catalogues: Catalogues,
        organiser_ids: frozenset[int] = frozenset(),
        bot_username: str = "",
        dice: random.Random | None = None,
    ) -> None:
        self.database = database
        self.programmes = programmes
        self.now = now
        self.catalogues = catalogues
        self.organiser_ids = organiser_ids
        self.bot_username = bot_username
        self.dice: random.Random = dice or secrets.SystemRandom()
        self.on_show: Callable[[int, str], Board | None] = lambda chat_id, slot: None
        self._committed = State()
        self._batch = State()
        self._kept: list[Turn] = []
        self._all_runs: dict[int, dict[int, Run]] = {}  # by workshop and id, where every run of it is in memory
        self._all_plans: dict[int, dict[int, ActionPlan]] = {}  # the same for plans
        self._mirrors: dict[tuple[int, int], Mirror] | None = None  # all of them, once they were read
        self._next_ids: dict[str, int] = {}
        self._settings: dict[str, str] = {}
        self.next_due_at: datetime | None = None  # when something is due next; it may have been long ago

    async def start(self) -> None:
        """Read the highest ids in use, and the settings that live in the database."""
        self._settings = await settings.load(self.database)
        for table in ("workshops", "runs", "plans", "merge_proposals", "outbox", "broadcasts", "fires"):
            rows = await self.database.read(f"SELECT COALESCE(MAX(id), 0) FROM {table}")  # noqa: S608
            self._next_ids[table] = rows[0][0]
        self._next_ids["batches"] = await fires.last_batch(self.database)
        self.next_due_at = await fires.next_due_at(self.database)

    def next_id(self, table: str) -> int:
        self._next_ids[table] += 1
        return self._next_ids[table]

    def token(self) -> str:
        """Sixteen characters of a URL's alphabet: 96 bits that nobody guesses."""
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        return "".join(self.dice.choice(alphabet) for _ in range(16))

    def code(self) -> str:
        return "".join(self.dice.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))

    async def claim_code(self) -> str | None:
        """A new one-time code for the first organiser, to be shown to whoever started the bot; None when there is an
        organiser. The one before it no longer counts."""
        if self.organiser_ids or self._settings.get(ORGANISERS):
            return None
        code = "".join(self.dice.choice(CODE_ALPHABET) for _ in range(claim.LENGTH))
        kept = {CLAIM: claim.digest(code)}
        await self.database.write(settings.changes(kept))
        self._settings |= kept
        return claim.written(code)

    # What is committed -------------------------------------------------------------------------------------------

    async def person(self, user_id: int) -> Person | None:
        if user_id not in self._committed.people:
            person = await people.load(self.database, user_id)
            if person is None:
                return None
            self._committed.people.setdefault(user_id, person)
        return self._committed.people[user_id]

    async def workshop(self, workshop_id: int) -> Workshop | None:
        if workshop_id not in self._committed.workshops:
            workshop = await workshops.load(self.database, workshop_id)
            if workshop is None:
                return None
            self._committed.workshops.setdefault(workshop_id, workshop)
        return self._committed.workshops[workshop_id]

    async def run(self, run_id: int) -> Run | None:
        if run_id not in self._committed.runs:
            run = await runs.load(self.database, run_id)
            if run is None:
                return None
            self._committed.runs.setdefault(run_id, run)
        return self._committed.runs[run_id]

    async def runs_of(self, workshop_id: int) -> list[Run]:
        if workshop_id not in self._all_runs:
            for run in await runs.of_workshop(self.database, workshop_id):
                self._committed.runs.setdefault(run.id, run)
            # One may have been committed while the others were read.
            found = [run for run in self._committed.runs.values() if run.workshop_id == workshop_id]
            self._all_runs[workshop_id] = {run.id: run for run in sorted(found, key=lambda run: run.id)}
        return list(self._all_runs[workshop_id].values())

    async def plan(self, plan_id: int) -> ActionPlan | None:
        if plan_id not in self._committed.plans:
            plan = await plans.load(self.database, plan_id)
            if plan is None:
                return None
            self._committed.plans.setdefault(plan_id, plan)
        return self._committed.plans[plan_id]

    async def plans_of(self, workshop_id: int) -> list[ActionPlan]:
        if workshop_id not in self._all_plans:
            for plan in await plans.of_workshop(self.database, workshop_id):
                self._committed.plans.setdefault(plan.id, plan)
            found = [plan for plan in self._committed.plans.values() if plan.workshop_id == workshop_id]
            self._all_plans[workshop_id] = {plan.id: plan for plan in sorted(found, key=lambda plan: plan.id)}
        return list(self._all_plans[workshop_id].values())

    async def room(self, workshop_id: int) -> Room:
        if workshop_id not in self._committed.rooms:
            self._committed.rooms.setdefault(workshop_id, await rooms.load(self.database, workshop_id))
        return self._committed.rooms[workshop_id]

    async def plenary(self, workshop_id: int) -> Plenary:
        if workshop_id not in self._committed.plenaries:
            self._committed.plenaries.setdefault(workshop_id, await plenaries.load(self.database, workshop_id))
        return self._committed.plenaries[workshop_id]

    def held_person(self, user_id: int) -> Person | None:
        """Somebody as they are in memory; None where they aren't there, and the same for workshops and plans."""
        return self._committed.people.get(user_id)

    def held_workshop(self, workshop_id: int | None) -> Workshop | None:
        return self._committed.workshops.get(workshop_id) if workshop_id is not None else None

    def held_plan(self, plan_id: int | None) -> ActionPlan | None:
        return self._committed.plans.get(plan_id) if plan_id is not None else None

    async def poll_votes(self, workshop_id: int, number: int) -> dict[str, tuple[int, ...]]:
        """What was chosen in a quick poll that is open, chat by chat."""
        return await polls.votes(self.database, workshop_id, number)

    def present(self) -> datetime:
        """The instant that it is now."""
        return self.now()

    def programme(self, workshop: Workshop) -> Programme:
        return self.programmes[workshop.programme]

    def exercise(self, workshop: Workshop, run: Run) -> Exercise:
        return self.programme(workshop).exercises[run.exercise]

    async def waiting_for_files(self) -> list[Fetch]:
        """The files that were to be fetched when the last process ended."""
        return [Fetch(user_id, file_id) for user_id, file_id in await people.reading_files(self.database)]

    async def people_with_something_on_show(self) -> list[int]:
        """The ids of everyone who should have, or has, a living message."""
        return await people.with_something_on_show(self.database)

    async def fire(self, id: int) -> Fire | None:
        return await fires.load(self.database, id)

    async def fires_of_batch(self, batch: int) -> list[Fire]:
        """What was said in one message."""
        return await fires.of_batch(self.database, batch)

    async def upcoming(self, user_id: int, until: datetime) -> list[Fire]:
        """What waits for somebody until an instant, in order."""
        return await fires.pending_of(self.database, user_id, until)

    async def said_about(self, plan_id: int) -> list[Fire]:
        """What was said about a plan, the oldest first."""
        return await fires.said_about(self.database, plan_id)

    async def mirrors(self) -> list[Mirror]:
        """The group chats and topics that are tied to working groups."""
        if self._mirrors is None:
            self._mirrors = {each.key: each for each in await mirrors.load_all(self.database)}
        return list(self._mirrors.values())

    async def mirrors_in(self, chat_id: int) -> list[Mirror]:
        """Those of one chat: its own, and its topics'."""
        return [each for each in await self.mirrors() if each.chat_id == chat_id]

    async def group_chat(self, chat_id: int) -> GroupChat | None:
        return await mirrors.chat(self.database, chat_id)

    async def broadcast(self, broadcast_id: int) -> Broadcast | None:
        return await broadcasts.load(self.database, broadcast_id)

    async def broadcasts_of(self, workshop_id: int) -> list[Broadcast]:
        """All of a workshop, in the order in which they were written."""
        return await broadcasts.of_workshop(self.database, workshop_id)

    async def ledger(self, batch: int) -> list[Receipt]:
        """How the copies of a broadcast fared so far."""
        return await outbox.ledger(self.database, batch)

    # A batch -----------------------------------------------------------------------------------------------------

    def begin(self) -> Turn:
        return Turn(self)

    def keep(self, turn: Turn) -> None:
        """Accept what a turn did."""
        self._batch.absorb(turn.state)
        self._kept.append(turn)

    def abandon(self) -> None:
        """Forget everything that isn't committed."""
        self._batch = State()
        self._kept = []

    async def commit(self, extra: Sequence[Write] = ()) -> Committed:
        """Write all kept turns and `extra` in one transaction. On an error nothing is written; then `abandon`."""
        batch, kept = self._batch, self._kept
        messages = [message for turn in kept for message in turn.messages]
        stopped = frozenset(each.id for each in batch.broadcasts.values() if each.stopped_at and each.sent_at)
        tied = [*await self.mirrors(), *batch.mirrors.values()]
        planned, whose = await planner.replan(Turn(self), self._committed, batch)
        writes: list[Write] = [
            *workshops.changes([(self._committed.workshops.get(id), after) for id, after in batch.workshops.items()]),
            *runs.changes([(self._committed.runs.get(id), after) for id, after in batch.runs.items()]),
            *plans.changes([(self._committed.plans.get(id), after) for id, after in batch.plans.items()]),
            *rooms.changes([(self._committed.rooms.get(id), after) for id, after in batch.rooms.items()]),
            *polls.voted(batch.poll_votes),
            *plenaries.changes([(self._committed.plenaries.get(id), after) for id, after in batch.plenaries.items()]),
            *merge_proposals.changes(list(batch.proposals.values())),
            *people.changes(list(batch.people.values())),
            *broadcasts.changes(list(batch.broadcasts.values())),
            *mirrors.changes(list(batch.mirrors.values()), list(batch.group_chats.values())),
            *fires.changes(list(batch.fires.values())),
            *planned,  # after what was done to them: what was put off may have become needless in the same batch
            *settings.changes(batch.settings),
            *outbox.insert(messages),
            *outbox.stop(stopped),
            *extra,
        ]
        if writes:
            await self.database.write(writes)
        self._committed.absorb(batch)
        self._committed.proposals.clear()  # rare: read again each time
        self._committed.fires.clear()
        self._committed.broadcasts.clear()
        self._committed.group_chats.clear()
        self._keep_mirrors(batch.mirrors)
        if planned or batch.fires:
            self.next_due_at = await fires.next_due_at(self.database)
        for run in batch.runs.values():
            if run.workshop_id in self._all_runs:
                self._all_runs[run.workshop_id][run.id] = run
        for plan in batch.plans.values():
            if plan.workshop_id in self._all_plans:
                self._all_plans[plan.workshop_id][plan.id] = plan
        self._settings |= batch.settings
        self.abandon()
        touched = {f"chat:{id}" for id in batch.people}
        touched |= {f"run:{id}" for id in batch.runs}
        touched |= {f"runs:{run.workshop_id}" for run in batch.runs.values()}
        touched |= {f"plan:{id}" for id in batch.plans}
        touched |= {f"plans:{plan.workshop_id}" for plan in batch.plans.values()}
        touched |= {f"workshop:{id}" for id in batch.workshops}
        touched |= {f"room:{id}" for id in batch.rooms}
        touched |= {f"plenary:{id}" for id in batch.plenaries}
        touched |= {f"fires:{id}" for id in whose | {each.user_id for each in batch.fires.values()}}
        touched |= {f"chat:{each.chat_id}" for each in batch.mirrors.values()}
        opened = {(run.workshop_id, run.group) for run in batch.runs.values()}
        touched |= {f"chat:{each.chat_id}" for each in tied if (each.workshop_id, each.group) in opened}
        touched |= {f"batch:{id}" for id in batch.broadcasts}
        touched |= {f"broadcasts:{each.workshop_id}" for each in batch.broadcasts.values()}
        touched |= {name for turn in kept for name in turn.touched}
        return Committed(
            messages=messages,
            touched=frozenset(touched),
            urgent=frozenset(turn.acting for turn in kept if turn.acting),
            pushed=Counter(turn.acting for turn in kept if turn.wrote),
            lowered=frozenset(each for turn in kept for each in turn.lowered),
            fetches=[each for turn in kept for each in turn.fetches],
            stopped=stopped,
            moved=[each for turn in kept for each in turn.moved],
            found=frozenset(each.chat_id for each in batch.mirrors.values() if not each.over and not each.paused),
        )

    def _keep_mirrors(self, changed: Mapping[tuple[int, int], Mirror]) -> None:
        if self._mirrors is not None:
            self._mirrors |= changed
            self._mirrors = {key: each for key, each in self._mirrors.items() if not each.over}

    async def write_planned(self, writes: Sequence[Write]) -> None:
        """Write what is due. Not to be called while a batch is under way."""
        if writes:
            await self.database.write(writes)
            self.next_due_at = await fires.next_due_at(self.database)

    async def keep_setting(self, name: str, value: str) -> None:
        """Remember a single value of the bot's own."""
        await self.database.write(settings.changes({name: value}))
        self._settings[name] = value

    def kept_setting(self, name: str) -> str:
        """A single value of the bot's own; empty where there is none."""
        return self._settings.get(name, "")

    async def erase_old(self) -> int:
        """Forget the workshops that have been kept as long as their people were told; how many those were. Not to be
        called while a batch is under way."""
        ids = await erasure.begun_before(self.database, self.now().date() - KEPT_FOR)
        if ids:
            await self.database.write(erasure.workshops(ids))
            self.forget()
            self.next_due_at = await fires.next_due_at(self.database)
        return len(ids)

    def forget(self) -> None:
        """Drop everything held in memory, as a restart would."""
        self.abandon()
        self._committed = State()
        self._all_runs.clear()
        self._all_plans.clear()
        self._mirrors = None


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
