"""Which living messages stand where, which of them have to be looked at again, and when."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from bot.core.message import PLAIN_SLOTS, Board, OutboxMessage, Priority, Status
from bot.delivery.counts import Counts
from bot.delivery.dues import Dues
from bot.delivery.lanes import Job, Lanes
from bot.delivery.ledger import Ledger
from storage.outbox import Outcome

ELSEWHERE = "\0"  # a part that no view has: whatever is wanted is another one


@dataclass(slots=True, eq=False)
class Standing:
    """A place for a board in a chat. `job` waits in the chat's lane, `due_at` is when one will; while a job is `busy`
    with it, touches are kept in `again` (1; 2 when urgent). `row` is a message that is being set down; `covered` counts
    the other boards that were set down below this one.
    """

    chat_id: int
    slot: str
    board: Board | None = None
    watches: frozenset[str] = frozenset()
    changed_at: float = -math.inf
    due_at: float = math.inf
    job: Job | None = None
    busy: bool = False
    again: int = 0
    row: OutboxMessage | None = None
    pins: bool = False  # it is pinned
    covered: int = 0
    last: bool = True  # it is the chat's last one, until a look at it says otherwise


@dataclass(slots=True)
class Boards:
    """All standings. `interval` is the least number of seconds between two changes of one board that isn't urgent."""

    ledger: Ledger
    lanes: Lanes
    interval: float
    counts: Counts
    ready: Callable[[], None]  # called when there are new jobs
    unreachable: set[int] = field(default_factory=set)  # chats that get no boards until their person writes again
    takers: Counter[tuple[int, str]] = field(default_factory=Counter)  # messages that wait to take a board's place
    _standings: dict[int, dict[str, Standing]] = field(default_factory=dict)
    _watchers: dict[str, set[Standing]] = field(default_factory=dict)
    _plans: dict[int, Job] = field(default_factory=dict)
    dues: Dues[Standing] = field(init=False)

    def __post_init__(self) -> None:
        self.dues = Dues(self._is_due)

    # Where they stand ------------------------------------------------------------------------------------------------

    def load(self, boards: Iterable[Board]) -> None:
        """Take over what the last process left."""
        for board in boards:
            self.place(board.chat_id, board.slot).board = board

    def place(self, chat_id: int, slot: str) -> Standing:
        """The standing of a slot, made where there is none."""
        slots = self._standings.setdefault(chat_id, {})
        if slot not in slots:
            slots[slot] = Standing(chat_id, slot)
        return slots[slot]

    def take_up(self, row: OutboxMessage) -> None:
        """A board was being set down when the last process ended; its place will use the row, or let it expire."""
        standing = self.place(row.chat_id, row.slot)
        if standing.row is not None:
            self.ledger.note(Outcome(standing.row.id, Status.EXPIRED, standing.row.attempts))
        standing.row = row
        self.plan(row.chat_id)

    def on_show(self, chat_id: int, slot: str) -> Board | None:
        """The board that stands in a slot, if one does; nothing is made. None also where nobody can tell: the last
        process ended while it set another one down, and people may have that in front of them.
        """
        standing = self._standings.get(chat_id, {}).get(slot)
        if standing is None or (standing.row is not None and standing.row.status is Status.UNKNOWN):
            return None
        return standing.board

    def slots(self, chat_id: int) -> list[str]:
        """The slots of a chat in which something stands or is under way."""
        return list(self._standings.get(chat_id, ()))

    def chats(self) -> list[int]:
        """The chats with standings."""
        return list(self._standings)

    def put(self, standing: Standing, board: Board | None) -> None:
        """A board has changed, or (None) is no more."""
        standing.board = board
        self.ledger.board(standing.chat_id, standing.slot, board)

    def lower(self, chat_id: int, slot: str) -> None:
        """Have a board set down anew, below everything else, though nothing in it changed."""
        standing = self._standings.get(chat_id, {}).get(slot)
        if standing is not None and standing.board is not None:
            standing.board = replace(standing.board, part=ELSEWHERE)
            self.touch(standing, urgent=True)

    def push(self, chat_id: int, messages: int, slot: str | None = None) -> None:
        """Messages came to stand below the boards of a chat; `slot` is the board that is itself the message."""
        for standing in self._standings.get(chat_id, {}).values():
            if standing.board is not None and standing.slot != slot and standing.slot not in PLAIN_SLOTS:
                standing.board = replace(standing.board, pushed=standing.board.pushed + messages)
                self.ledger.pushed(standing.board)

    def cover(self, below: Standing, *, urgent: bool) -> None:
        """A board was set down below the others of its chat; whichever is to be the last one follows it."""
        below.covered = 0
        self.push(below.chat_id, 1, below.slot)
        for standing in list(self._standings.get(below.chat_id, {}).values()):
            if standing.board is not None and standing is not below:
                standing.covered += 1
                if standing.last:
                    self.touch(standing, urgent=urgent)

    def watch(self, standing: Standing, names: frozenset[str]) -> None:
        """What a standing shows, by name."""
        if names == standing.watches:
            return
        for name in standing.watches - names:
            self._watchers[name].discard(standing)
            if not self._watchers[name]:
                del self._watchers[name]
        for name in names - standing.watches:
            self._watchers.setdefault(name, set()).add(standing)
        standing.watches = names

    def move(self, old: int, new: int) -> None:
        """A group became a supergroup: its messages have no ids there, so that its boards are set down anew."""
        for slot, standing in self._standings.pop(old, {}).items():
            self.watch(standing, frozenset())
            if standing.job is not None:
                self.lanes.drop(standing.job)
            standing.due_at, standing.job = math.inf, None
            moved = self.place(new, slot)
            moved.row = replace(standing.row, chat_id=new) if standing.row else None
            if standing.board is not None:
                moved.board = replace(standing.board, chat_id=new, message_id=0, shown="")
        self.plan(new)

    # What has to be looked at ----------------------------------------------------------------------------------------

    def touch_names(self, names: Iterable[str], urgent: frozenset[int]) -> None:
        """Look again at every board that watches one of the names, and at all boards of each chat named "chat:<id>"."""
        found: dict[Standing, None] = {}
        planned: set[int] = set()
        for name in names:
            found.update(dict.fromkeys(self._watchers.get(name, ())))
            kind, _, number = name.partition(":")
            if kind == "chat":
                planned.add(int(number))
        # In one order, whatever the names' was; and the open question after the sheet, to stay at the bottom.
        for standing in sorted(found, key=lambda each: each.slot, reverse=True):
            if standing.chat_id not in planned:
                self.touch(standing, urgent=standing.chat_id in urgent)
        for chat_id in planned:
            self.plan(chat_id, urgent=chat_id in urgent)

    def plan(self, chat_id: int, *, urgent: bool = False) -> None:
        """Find out which boards a chat should have, and look at all of them."""
        if chat_id in self.unreachable:
            return
        priority = Priority.ANSWER if urgent else Priority.BOARD
        waiting = self._plans.get(chat_id)
        if waiting is not None:
            if waiting.priority <= priority:
                return
            self.lanes.drop(waiting)
        self._plans[chat_id] = self._queue(chat_id, priority, "")

    def planned(self, chat_id: int) -> None:
        """A chat's plan is being looked at."""
        self._plans.pop(chat_id, None)

    def touch(self, standing: Standing, *, urgent: bool = False) -> None:
        """Look at a board again: at once if urgent, else when its interval is over; always at its newest state."""
        if standing.chat_id in self.unreachable or standing.slot in PLAIN_SLOTS:
            return
        if standing.busy:
            self.counts.coalesced += standing.again > 0
            standing.again = max(standing.again, 2 if urgent else 1)
            return
        pending = standing.job is not None or standing.due_at < math.inf
        self.counts.coalesced += pending
        if standing.job is not None:
            # One that has been taken looks at the newest state in a moment.
            if urgent and standing.job.priority > Priority.ANSWER and self.lanes.drop(standing.job):
                standing.job = self._queue(standing.chat_id, Priority.ANSWER, standing.slot)
            return
        now = asyncio.get_running_loop().time()
        due_at = standing.changed_at + self.interval
        if urgent or due_at <= now:
            standing.due_at = math.inf
            priority = Priority.ANSWER if urgent else Priority.BOARD
            standing.job = self._queue(standing.chat_id, priority, standing.slot)
        elif not pending:
            standing.due_at = due_at
            self.dues.add(standing)

    def taken_up(self, standing: Standing) -> None:
        """A job is busy with a board."""
        standing.job, standing.busy, standing.again = None, True, 0

    def keep(self, standing: Standing, job: Job) -> None:
        """The job will be tried again, and look at the newest state then."""
        if standing.again > 1:
            job.priority = Priority.ANSWER
        standing.job, standing.busy, standing.again = job, False, 0

    def put_down(self, standing: Standing) -> None:
        """The job is done with it."""
        standing.busy = False
        again, standing.again = standing.again, 0
        if again:
            self.touch(standing, urgent=again > 1)
        elif standing.board is None and standing.row is None and standing.job is None and standing.due_at == math.inf:
            self._forget(standing)

    def _forget(self, standing: Standing) -> None:
        self.watch(standing, frozenset())
        slots = self._standings.get(standing.chat_id, {})
        if slots.get(standing.slot) is standing:
            del slots[standing.slot]
            if not slots:
                del self._standings[standing.chat_id]

    def _queue(self, chat_id: int, priority: Priority, slot: str) -> Job:
        job = Job(chat_id, priority, slot=slot)
        self.lanes.push(job, asyncio.get_running_loop().time())
        self.ready()
        return job

    def _is_due(self, standing: Standing) -> None:
        if standing.job is None:
            standing.job = self._queue(standing.chat_id, Priority.BOARD, standing.slot)
