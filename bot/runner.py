"""Where core and storage meet: load, change, and save state and messages in one transaction.

A `Turn` is what one update may do. It sees the turns kept before it in the batch, and nobody sees what it did until
it is kept; a turn that isn't kept never happened. `commit` writes all kept turns at once. What delivery reads
(`Runner.person`, `workshop`, `run`) is the committed state only.
"""

from __future__ import annotations

import random
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot import planner
from bot.committed import Committed, Fetch
from bot.core import claim
from bot.core.broadcast import Broadcast
from bot.core.dialogue import Person
from bot.core.exercise import Exercise, Programme
from bot.core.fires import Fire
from bot.core.message import Board
from bot.core.mirror import GroupChat, Mirror
from bot.core.plan import ActionPlan
from bot.core.plenary import Plenary
from bot.core.room import Room
from bot.core.run import Run
from bot.core.workshop import CODE_ALPHABET, CODE_LENGTH, KEPT_FOR, Workshop
from bot.state import CLAIM, ORGANISERS, State
from bot.turn import Turn
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
