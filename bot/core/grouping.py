"""Splitting the room: counting off, merging, moving, latecomers. For a group's roles and its pen see `roles`.

A formation is one way in which the room is split. The counted number is what a person called out ("four"); the
group follows from it. People moved by hand stay where they were put when the room is split again in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.core.errors import Refusal
from bot.core.exercise import WHOLE_ROOM, Grouping


class GroupRole(StrEnum):
    REPORTER = "reporter"
    SCRIBE = "scribe"
    TIMEKEEPER = "timekeeper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A member's place. `counted` is the number that they counted off, from 1."""

    member: int
    group: int
    counted: int
    moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A part of a formation. Roles and the pen are member numbers."""

    number: int
    topics: tuple[str, ...] = ()
    reporter: int | None = None
    scribe: int | None = None
    timekeeper: int | None = None
    pen: int | None = None
    pen_at: datetime | None = None
    pen_asked: int | None = None

    def holder(self, role: GroupRole) -> int | None:
        match role:
            case GroupRole.REPORTER:
                return self.reporter
            case GroupRole.SCRIBE:
                return self.scribe
            case GroupRole.TIMEKEEPER:
                return self.timekeeper

    def with_role(self, role: GroupRole, member: int | None) -> Group:
        match role:
            case GroupRole.REPORTER:
                return replace(self, reporter=member)
            case GroupRole.SCRIBE:
                return replace(self, scribe=member)
            case GroupRole.TIMEKEEPER:
                return replace(self, timekeeper=member)

    def roles_of(self, member: int) -> list[GroupRole]:
        return [role for role in GroupRole if self.holder(role) == member]


@dataclass(frozen=True, slots=True, kw_only=True)
class Formation:
    grouping: str
    formed_at: datetime
    groups: Mapping[int, Group]
    seats: Mapping[int, Seat]

    def members_of(self, group: int) -> list[int]:
        return sorted(seat.member for seat in self.seats.values() if seat.group == group)

    def group_of(self, member: int) -> Group | None:
        seat = self.seats.get(member)
        return self.groups[seat.group] if seat else None

    def with_group(self, group: Group) -> Formation:
        return replace(self, groups={**self.groups, group.number: group})

    def sizes(self) -> dict[int, int]:
        sizes = dict.fromkeys(self.groups, 0)
        for seat in self.seats.values():
            sizes[seat.group] += 1
        return sizes


def _topics(grouping: Grouping, topics: Sequence[str], number: int, groups: int) -> tuple[str, ...]:
    """A group's share of the grouping's topics, in order. With fewer groups than planned some get one more, so that no
    topic is left out; with more groups than topics some share one."""
    shared = topics[: grouping.groups * grouping.topics_per_group]
    first, end = (number - 1) * len(shared) // groups, number * len(shared) // groups
    return tuple(shared[first : max(end, first + 1)])


def _smallest(sizes: Mapping[int, int]) -> int:
    return min(sizes, key=lambda number: (sizes[number], number))


def count_off(
    grouping: Grouping,
    members: Sequence[int],
    topics: Sequence[str],
    *,
    now: datetime,
    groups: int | None = None,
    before: Formation | None = None,
    merges: Sequence[Sequence[int]] = (),
) -> Formation:
    """Count the members off, in the order given, into `groups` groups (the grouping's own number by default).

    Whoever was moved by hand in `before` stays in that group; the others are counted round, each to the next group
    that is not ahead of the rest, so that sizes differ by one at most wherever the moves leave that possible. `merges`
    names the groups that will be joined later: those left over in the last round go to different ones of them, so
    that the joined groups are even, too. Refuses when there are fewer members than groups.
    """
    n = groups or grouping.groups
    if len(members) < n:
        raise Refusal("groups.too_few", people=len(members), groups=n)
    kept = {
        seat.member: seat
        for seat in (before.seats.values() if before else ())
        if seat.moved and seat.member in members and seat.group <= n
    }
    sizes = dict.fromkeys(range(1, n + 1), 0)
    for seat in kept.values():
        sizes[seat.group] += 1
    seats = dict(kept)
    counted = [member for member in members if member not in kept]
    last_round = [part[place] for place in range(n) for part in merges if place < len(part) and part[place] <= n]
    last = n
    for index, member in enumerate(counted):
        least = [number for number in sizes if sizes[number] == min(sizes.values())]
        if len(counted) - index < len(least):
            number = next((each for each in last_round if each in least), least[0])
        else:
            number = min(least, key=lambda each: (each - last - 1) % n)
        sizes[number] += 1
        last = number
        seats[member] = Seat(member=member, group=number, counted=number)
    made = {number: Group(number=number, topics=_topics(grouping, topics, number, n)) for number in sizes}
    return _with_roles_of(before, Formation(grouping=grouping.id, formed_at=now, groups=made, seats=seats))


def together(members: Iterable[int], *, now: datetime) -> Formation:
    """Everybody in one group. It has no pen: a facilitator leads."""
    seats = {member: Seat(member=member, group=1, counted=1) for member in members}
    return Formation(grouping=WHOLE_ROOM, formed_at=now, groups={1: Group(number=1)}, seats=seats)


def merge(
    grouping: Grouping,
    earlier: Formation,
    members: Iterable[int],
    *,
    now: datetime,
    before: Formation | None = None,
) -> Formation:
    """Join the groups of an earlier formation, as the grouping says; each half keeps its topics and its numbers.

    Whoever was moved by hand in `before`, an earlier result of this same merge, stays there. Members who came since
    are seated as latecomers. Refuses when the earlier formation has other groups than the merges name.
    """
    named = sorted(number for part in grouping.merges for number in part)
    if named != sorted(earlier.groups):
        raise Refusal("groups.cant_merge", groups=len(earlier.groups), expected=len(named))
    whole = {part_number: index for index, part in enumerate(grouping.merges, 1) for part_number in part}
    present = sorted(members)
    groups = {
        index: Group(number=index, topics=tuple(t for number in part for t in earlier.groups[number].topics))
        for index, part in enumerate(grouping.merges, 1)
    }
    seats = {
        member: replace(seat, group=whole[seat.group], moved=False)
        for member, seat in earlier.seats.items()
        if member in present
    }
    for seat in before.seats.values() if before else ():
        if seat.moved and seat.member in present and seat.group in groups:
            seats[seat.member] = seat
    formation = Formation(grouping=grouping.id, formed_at=now, groups=groups, seats=seats)
    for member in present:
        formation = seat_latecomer(formation, member)
    return _with_roles_of(before, formation)


def _with_roles_of(before: Formation | None, formation: Formation) -> Formation:
    """Whoever is still in the group where they had a role or the pen keeps it."""
    for number, was in before.groups.items() if before else ():
        group = formation.groups.get(number)
        if group is None:
            continue
        staying = set(formation.members_of(number))
        for role in GroupRole:
            if was.holder(role) in staying:
                group = group.with_role(role, was.holder(role))
        if was.pen in staying:
            group = replace(group, pen=was.pen, pen_at=was.pen_at)
        formation = formation.with_group(group)
    return formation


def seat_latecomer(formation: Formation, member: int) -> Formation:
    """Put someone who isn't seated yet into the smallest group; seated members stay where they are."""
    if member in formation.seats:
        return formation
    number = _smallest(formation.sizes())
    seat = Seat(member=member, group=number, counted=number)
    return replace(formation, seats={**formation.seats, member: seat})


def move(formation: Formation, member: int, group: int) -> Formation:
    """Put a member into another group, to stay there. Their roles and the pen stay with the group they leave."""
    if group not in formation.groups:
        raise Refusal("groups.no_such", number=group)
    seat = formation.seats.get(member)
    if seat is None:
        seat = Seat(member=member, group=group, counted=group, moved=True)
    left = vacate(formation, member) if seat.group != group else formation
    return replace(left, seats={**left.seats, member: replace(seat, group=group, moved=True)})


def vacate(formation: Formation, member: int) -> Formation:
    """Take a member out: seat, roles and pen. For those who leave or are removed."""
    group = formation.group_of(member)
    if group is None:
        return formation
    for role in group.roles_of(member):
        group = group.with_role(role, None)
    if group.pen == member:
        group = replace(group, pen=None, pen_at=None)
    if group.pen_asked == member:
        group = replace(group, pen_asked=None)
    seats = {number: seat for number, seat in formation.seats.items() if number != member}
    return replace(formation, seats=seats, groups={**formation.groups, group.number: group})
