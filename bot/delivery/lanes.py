"""What waits to be sent: a lane per chat, in it a queue per priority. Pure: time is an argument.

Taking the next job costs the same however many wait: lanes whose turn it could be stand in line by the priority of
their first job, the others in a heap by the instant from which it could be.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from dataclasses import dataclass, replace
from itertools import count

from bot.core.message import OutboxMessage, Priority
from bot.delivery.pacing import ChatPace, Pacing


@dataclass(slots=True, eq=False)
class Job:
    """A message to deliver, or (no message) a board of this `slot` to look at; an empty slot means all of the chat's.

    `attempts` counts the requests made for it; after one of `unsure` outcome it may have arrived. `dropped` jobs are
    passed over; one that is `taken` can't be any more.
    """

    chat_id: int
    priority: Priority
    message: OutboxMessage | None = None
    slot: str = ""
    attempts: int = 0
    unsure: bool = False
    dropped: bool = False
    taken: bool = False
    departed: bool = False


class Lane:
    """One chat's queues. One job at a time is under way, which keeps a chat's messages in order."""

    __slots__ = ("busy", "chat_id", "held_until", "in_line", "pace", "queues", "wakes_at")

    def __init__(self, chat_id: int, pace: ChatPace) -> None:
        self.chat_id = chat_id
        self.pace = pace
        self.queues: tuple[deque[Job], ...] = tuple(deque() for _ in Priority)
        self.busy = False
        self.held_until = -math.inf
        self.in_line = -1  # the line that it stands in, by priority
        self.wakes_at = math.inf

    def first(self) -> int:
        """The priority of the next job; -1 when there is none."""
        for priority, queue in enumerate(self.queues):
            while queue and queue[0].dropped:
                queue.popleft()
            if queue:
                return priority
        return -1


class Lanes:
    """All lanes. A chat that has nothing to send and could send at once is forgotten."""

    def __init__(self, pacing: Pacing) -> None:
        self._pacing = pacing
        self._lanes: dict[int, Lane] = {}
        self._lines: tuple[deque[Lane], ...] = tuple(deque() for _ in Priority)
        self._sleeping: list[tuple[float, int, Lane]] = []
        self._numbers = count()
        self.open = 0  # jobs that wait or are under way

    def __len__(self) -> int:
        return len(self._lanes)

    def lane(self, chat_id: int, now: float) -> Lane:
        """The lane of a chat."""
        lane = self._lanes.get(chat_id)
        if lane is None:
            lane = self._lanes[chat_id] = Lane(chat_id, ChatPace(self._pacing, chat_id < 0, now))
        return lane

    def push(self, job: Job, now: float) -> None:
        """Put a job at the end of its chat's queue of its priority."""
        self.open += 1
        lane = self.lane(job.chat_id, now)
        lane.queues[job.priority].append(job)
        self._offer(lane, now)

    def drop(self, job: Job) -> bool:
        """Take back a job; False where it is too late, because it has been taken."""
        if job.taken:
            return False
        self.open -= 1
        job.dropped = True
        return True

    def take(self, now: float, *, answers_only: bool = False) -> Job | None:
        """The next job that may start, if any; its chat is busy until `finish` or `again`."""
        while self._sleeping and self._sleeping[0][0] <= now:
            at, _, lane = heapq.heappop(self._sleeping)
            if lane.wakes_at == at:
                lane.wakes_at = math.inf
                self._offer(lane, now)
        for priority, line in enumerate(self._lines[:1] if answers_only else self._lines):
            while line:
                lane = line.popleft()
                if lane.in_line != priority:
                    continue  # it has moved to another line since
                lane.in_line = -1
                if lane.busy or lane.first() != priority or max(lane.held_until, lane.pace.at()) > now:
                    self._offer(lane, now)
                    continue
                lane.busy = True
                job = lane.queues[priority].popleft()
                job.taken = True
                return job
        return None

    def wakes_at(self) -> float:
        """When `take` should be asked again though nothing new came: the next lane's instant, or infinity."""
        return self._sleeping[0][0] if self._sleeping else math.inf

    def finish(self, job: Job, now: float) -> None:
        """The job is over."""
        self.open -= 1
        lane = self.lane(job.chat_id, now)
        lane.busy = False
        self._offer(lane, now)

    def again(self, job: Job, now: float, at: float) -> None:
        """The job comes first again in its queue, and the chat waits until `at`, lest a later message overtakes it."""
        lane = self.lane(job.chat_id, now)
        lane.busy = job.taken = False
        lane.held_until = max(lane.held_until, at)
        lane.queues[job.priority].appendleft(job)
        self._offer(lane, now)

    def hold(self, chat_id: int, now: float, until: float) -> None:
        """Let nothing more be started for a chat before `until`."""
        lane = self.lane(chat_id, now)
        lane.held_until = max(lane.held_until, until)

    def move(self, old: int, new: int, now: float) -> None:
        """A chat has another id: everything that waits for it waits there, before what is there already."""
        source = self._lanes.pop(old, None)
        if source is None:
            return
        target = self.lane(new, now)
        for queue, waiting in zip(target.queues, source.queues, strict=True):
            for job in waiting:
                job.chat_id = new
                if job.message is not None:
                    job.message = replace(job.message, chat_id=new)
            queue.extendleft(reversed(waiting))
            waiting.clear()
        target.busy = target.busy or source.busy
        target.held_until = max(target.held_until, source.held_until)
        self._offer(target, now)

    def _offer(self, lane: Lane, now: float) -> None:
        """Put a lane where it belongs: in line, asleep, or (nothing to do) nowhere."""
        if lane.busy:
            return
        first = lane.first()
        if first < 0:
            at = max(lane.pace.forgettable_at(), lane.held_until)
            if at <= now:
                if self._lanes.get(lane.chat_id) is lane:
                    del self._lanes[lane.chat_id]
            elif lane.wakes_at == math.inf:
                self._sleep(lane, at)
            return
        at = max(lane.held_until, lane.pace.at())
        if at > now:
            if at < lane.wakes_at:
                self._sleep(lane, at)
        elif lane.in_line < 0 or first < lane.in_line:
            lane.in_line = first
            self._lines[first].append(lane)

    def _sleep(self, lane: Lane, at: float) -> None:
        lane.wakes_at = at
        heapq.heappush(self._sleeping, (at, next(self._numbers), lane))
