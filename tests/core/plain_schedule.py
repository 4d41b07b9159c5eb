"""What should be said when, worked out slowly: day by day, looking at everybody's clock every quarter of an hour.

Written without the rules that it checks. Everything here happens on the quarter of an hour.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from zoneinfo import ZoneInfo

QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)


@dataclass(frozen=True)
class Clock:
    """Somebody's clock and calendar."""

    zone: str
    off: frozenset[int]
    free: frozenset[date]
    opens: time = time(8)
    shuts: time = time(18)


@lru_cache(maxsize=200_000)
def shown(zone: str, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def open_at(clock: Clock, at: datetime) -> bool:
    local = shown(clock.zone, at)
    return (
        clock.opens <= local.time() < clock.shuts
        and local.weekday() not in clock.off
        and local.date() not in clock.free
    )


@lru_cache(maxsize=20_000)
def when(clock: Clock, day: date, hour: time, utc_midnight: datetime) -> datetime:
    """The first instant in working hours once the clock has come to an hour of a day; one that it leaves out is later
    by what it leaves out. `utc_midnight` is where UTC's day begins."""
    at, wanted = utc_midnight - DAY, datetime.combine(day, hour)
    while shown(clock.zone, at) < wanted:
        at += QUARTER
    left_out = shown(clock.zone, at) - shown(clock.zone, at - QUARTER) - QUARTER
    if shown(clock.zone, at) != wanted:
        while shown(clock.zone, at) < wanted + left_out:
            at += QUARTER
    while not open_at(clock, at):
        at += QUARTER
    return at


@dataclass(frozen=True)
class Thing:
    """To be said once, on `day`: of a kind, about an item of an action and its day `on`, in a party's name."""

    kind: str
    action: int
    item: int
    party: str
    on: date
    day: date
    hour: time = field(compare=False)

    @property
    def series(self) -> tuple[object, ...]:
        return (self.kind, self.action, self.item, self.party)

    @property
    def shown(self) -> tuple[object, ...]:
        """What its reader can tell it by."""
        return (*self.series, self.on)


@dataclass
class Task:
    """An action. `told` are the days for which its audience was told."""

    doers: tuple[str, ...] = ()
    owner: str = ""
    due_on: date | None = None
    milestone: date | None = None
    done: bool = False
    sender: str = ""
    often: str = ""  # "", once, weekly, monthly, milestones; "-": nobody is told
    until: date | None = None
    told: set[date] = field(default_factory=set)


@dataclass
class Plain:
    """A workshop's plan and its people. `offsets` are the days of each rule, `hours` their hour; a rule that is off has
    no offsets. `clocks` are people's, by account; accounts are where parties are asked."""

    begins: date
    last_day: date
    clocks: dict[int, Clock]
    accounts: dict[str, int]
    offsets: dict[str, tuple[int, ...]]
    hours: dict[str, time]
    tasks: dict[int, Task] = field(default_factory=dict)
    muted: dict[int, datetime] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)  # who opted out
    last_at: dict[int, datetime] = field(default_factory=dict)
    awaited: dict[Thing, datetime] = field(default_factory=dict)  # with when it is due
    over: set[Thing] = field(default_factory=set)
    moved: dict[Thing, datetime] = field(default_factory=dict)  # by their readers

    # What is wanted ------------------------------------------------------------------------------------------------

    def wanted(self) -> Iterator[Thing]:
        owned = [task.owner for task in self.tasks.values() if not task.done]
        for number, task in self.tasks.items():
            for party in () if task.done else task.doers or (task.owner,):
                yield from self.around("due", number, 0, party, task.due_on, "due", "overdue")
                if task.milestone != task.due_on:
                    yield from self.around("milestone", number, 1, party, task.milestone, "milestone")
            if not task.done and (not task.owner or owned.count(task.owner) == 1):
                yield from self.around("decide", number, 0, task.owner, task.due_on, "decide")
            for day in self.days_to_tell(task):
                for offset in self.offsets["tell"] if day not in task.told else ():
                    party = task.sender or task.owner
                    yield Thing("nudge", number, 2, party, day, day + offset * DAY, self.hours["tell"])
        for party in set(owned) - {""}:
            for offset in self.offsets["check_in"]:
                day = self.last_day + offset * DAY
                yield Thing("check_in", 0, 0, party, self.last_day, day, self.hours["check_in"])

    def around(self, kind: str, number: int, item: int, party: str, on: date | None, *rules: str) -> Iterator[Thing]:
        for rule in rules if on is not None else ():
            assert on is not None
            for offset in self.offsets[rule]:
                if on + offset * DAY > self.begins:
                    yield Thing(kind, number, item, party, on, on + offset * DAY, self.hours[rule])

    def days_to_tell(self, task: Task) -> Iterator[date]:
        last = task.until or task.due_on
        if task.often == "-" or (task.done and task.until is None):
            return
        if task.often == "milestones":
            if task.milestone is not None and self.begins <= task.milestone <= (task.until or task.milestone):
                yield task.milestone
            return
        if task.often in ("", "once"):
            if last is not None and last >= self.begins:
                yield last
            return
        first = next(day for day in self.from_begin() if self.comes_again(task, day))
        if last is not None and self.begins <= last < first:  # once at least
            yield last
        for day in self.from_begin():
            if day > (last or first + 365 * DAY):
                return
            if self.comes_again(task, day):
                yield day

    def from_begin(self) -> Iterator[date]:
        """The days after the one on which it all begins, without end."""
        return (self.begins + number * DAY for number in count(1))

    def comes_again(self, task: Task, day: date) -> bool:
        if task.often == "weekly":
            return (day - self.begins).days % 7 == 0
        same_month = (day.year, day.month) == (self.begins.year, self.begins.month)
        return not same_month and day.day == min(self.begins.day, monthrange(day.year, day.month)[1])

    # Time goes by --------------------------------------------------------------------------------------------------

    def reader(self, thing: Thing) -> int:
        return self.accounts[thing.party]

    def due(self, thing: Thing) -> datetime:
        return self.moved.get(thing) or self.at(thing, thing.day, thing.hour)

    def at(self, thing: Thing, day: date, hour: time) -> datetime:
        """When its reader can be told on a day, from an hour on."""
        midnight = datetime.combine(day, time(), ZoneInfo("UTC"))
        return when(self.clocks[self.reader(thing)], day, hour, midnight)

    def changed(self, now: datetime) -> None:
        """What is not over and wanted now is awaited, unless it would have been due before it was wanted."""
        due = {thing: self.due(thing) for thing in self.wanted() if thing not in self.over}
        self.awaited = {thing: at for thing, at in due.items() if at > now or thing in self.awaited}
        self.moved = {thing: at for thing, at in self.moved.items() if thing in self.awaited}

    def look(self, now: datetime) -> list[tuple[datetime, int, list[tuple[object, ...]]]]:
        """Who is told what now."""
        readers = sorted({self.reader(thing) for thing, at in self.awaited.items() if at <= now})
        return [(now, each, said) for each in readers if (said := self._look_for(each, now))]

    def _look_for(self, reader: int, now: datetime) -> list[tuple[object, ...]]:
        mine = [thing for thing, at in self.awaited.items() if self.reader(thing) == reader and at <= now + 4 * QUARTER]
        if reader in self.gone:
            self._end(mine)
            return []
        self._end([thing for thing in mine if thing.kind == "check_in" and self.awaited[thing] + 14 * DAY <= now])
        mine = [thing for thing in mine if thing in self.awaited]
        last_at, muted = self.last_at.get(reader), self.muted.get(reader)
        if not any(self.awaited[thing] <= now for thing in mine) or not open_at(self.clocks[reader], now):
            return []
        if (muted is not None and now < muted) or (last_at is not None and now < last_at + 4 * QUARTER):
            return []
        said = [thing for thing in mine if not any(self._newer(other, thing) for other in mine)]
        self._end(mine)
        self.last_at[reader] = now
        return sorted((thing.shown for thing in said), key=repr)

    def _newer(self, other: Thing, thing: Thing) -> bool:
        return other.series == thing.series and (other.on, other.day) > (thing.on, thing.day)

    def _end(self, things: list[Thing]) -> None:
        for thing in things:
            del self.awaited[thing]
            self.over.add(thing)
