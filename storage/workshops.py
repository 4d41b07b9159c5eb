"""workshops, members, formations, groups and seats: rows ↔ Workshop. Only what differs is written."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from bot.core.grouping import Formation, Group, Seat
from bot.core.workshop import Member, Membership, Role, Workshop
from storage import codec
from storage.database import Database, Write

_UPSERT_WORKSHOP = """
    INSERT INTO workshops (id, programme, title, first_on, country, zone, code, link_token, facilitator_token,
        created_at, closed_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
        title = excluded.title, first_on = excluded.first_on, country = excluded.country, zone = excluded.zone,
        code = excluded.code, link_token = excluded.link_token, facilitator_token = excluded.facilitator_token,
        closed_at = excluded.closed_at
"""
_UPSERT_MEMBER = """
    INSERT INTO members (workshop_id, number, user_id, name, organisation, role, status, joined_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (workshop_id, number) DO UPDATE SET
        user_id = excluded.user_id, name = excluded.name, organisation = excluded.organisation,
        role = excluded.role, status = excluded.status
"""
_UPSERT_FORMATION = """
    INSERT INTO formations (workshop_id, grouping, formed_at) VALUES (?, ?, ?)
    ON CONFLICT (workshop_id, grouping) DO UPDATE SET formed_at = excluded.formed_at
"""
_UPSERT_GROUP = """
    INSERT INTO groups (workshop_id, grouping, number, topics, reporter, scribe, timekeeper, pen, pen_at, pen_asked)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (workshop_id, grouping, number) DO UPDATE SET
        topics = excluded.topics, reporter = excluded.reporter, scribe = excluded.scribe,
        timekeeper = excluded.timekeeper, pen = excluded.pen, pen_at = excluded.pen_at,
        pen_asked = excluded.pen_asked
"""
_UPSERT_SEAT = """
    INSERT INTO seats (workshop_id, grouping, member, group_number, counted, moved) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (workshop_id, grouping, member) DO UPDATE SET
        group_number = excluded.group_number, counted = excluded.counted, moved = excluded.moved
"""
_DELETE_SEAT = "DELETE FROM seats WHERE workshop_id = ? AND grouping = ? AND member = ?"
_DELETE_GROUP = "DELETE FROM groups WHERE workshop_id = ? AND grouping = ? AND number = ?"


async def load(database: Database, workshop_id: int) -> Workshop | None:
    rows = await database.read("SELECT * FROM workshops WHERE id = ?", (workshop_id,))
    if not rows:
        return None
    row = rows[0]
    return Workshop(
        id=row["id"],
        programme=row["programme"],
        title=row["title"],
        first_on=date.fromisoformat(row["first_on"]),
        country=row["country"],
        zone=row["zone"],
        code=row["code"],
        link_token=row["link_token"],
        facilitator_token=row["facilitator_token"],
        created_at=codec.from_instant(row["created_at"]),
        closed_at=codec.from_maybe_instant(row["closed_at"]),
        members=await _members(database, workshop_id),
        formations=await _formations(database, workshop_id),
    )


async def _members(database: Database, workshop_id: int) -> dict[int, Member]:
    rows = await database.read("SELECT * FROM members WHERE workshop_id = ? ORDER BY number", (workshop_id,))
    return {
        row["number"]: Member(
            number=row["number"],
            user_id=row["user_id"],
            name=row["name"],
            organisation=row["organisation"],
            role=Role(row["role"]),
            status=Membership(row["status"]),
            joined_at=codec.from_instant(row["joined_at"]),
        )
        for row in rows
    }


async def _formations(database: Database, workshop_id: int) -> dict[str, Formation]:
    groups: defaultdict[str, dict[int, Group]] = defaultdict(dict)
    for row in await database.read("SELECT * FROM groups WHERE workshop_id = ? ORDER BY number", (workshop_id,)):
        groups[row["grouping"]][row["number"]] = Group(
            number=row["number"],
            topics=tuple(codec.loads(row["topics"])),
            reporter=row["reporter"],
            scribe=row["scribe"],
            timekeeper=row["timekeeper"],
            pen=row["pen"],
            pen_at=codec.from_maybe_instant(row["pen_at"]),
            pen_asked=row["pen_asked"],
        )
    seats: defaultdict[str, dict[int, Seat]] = defaultdict(dict)
    for row in await database.read("SELECT * FROM seats WHERE workshop_id = ? ORDER BY member", (workshop_id,)):
        seats[row["grouping"]][row["member"]] = Seat(
            member=row["member"], group=row["group_number"], counted=row["counted"], moved=bool(row["moved"])
        )
    formations = await database.read("SELECT * FROM formations WHERE workshop_id = ?", (workshop_id,))
    return {
        row["grouping"]: Formation(
            grouping=row["grouping"],
            formed_at=codec.from_instant(row["formed_at"]),
            groups=groups[row["grouping"]],
            seats=seats[row["grouping"]],
        )
        for row in formations
    }


async def find_by(database: Database, column: str, value: str) -> int | None:
    """The id of the workshop with this `code`, `link_token` or `facilitator_token`."""
    if column not in ("code", "link_token", "facilitator_token"):
        raise ValueError(column)
    rows = await database.read(f"SELECT id FROM workshops WHERE {column} = ?", (value,))  # noqa: S608
    return int(rows[0][0]) if rows else None


async def ids(database: Database) -> list[int]:
    """The ids of all workshops, in the order in which they were opened."""
    return [row[0] for row in await database.read("SELECT id FROM workshops ORDER BY id")]


async def of_user(database: Database, user_id: int) -> list[int]:
    """The ids of the workshops that someone is or was a member of, the newest first."""
    rows = await database.read(
        "SELECT workshop_id FROM members WHERE user_id = ? ORDER BY workshop_id DESC", (user_id,)
    )
    return [row[0] for row in rows]


def changes(pairs: list[tuple[Workshop | None, Workshop]]) -> list[Write]:
    """What to write so that each stored workshop (the first of a pair; None: not stored yet) becomes the second."""
    written: defaultdict[str, list[tuple[object, ...]]] = defaultdict(list)
    for before, after in pairs:
        if before is None or _row(before) != _row(after):
            written[_UPSERT_WORKSHOP].append(_row(after))
        old = before.members if before else {}
        written[_UPSERT_MEMBER] += [
            (
                after.id,
                each.number,
                each.user_id,
                each.name,
                each.organisation,
                each.role.value,
                each.status.value,
                codec.instant(each.joined_at),
            )
            for number, each in after.members.items()
            if old.get(number) is not each
        ]
        for name, formation in after.formations.items():
            earlier = before.formations.get(name) if before else None
            if formation is not earlier:
                _formation_changes(after.id, earlier, formation, written)
    order = (
        _UPSERT_WORKSHOP,
        _UPSERT_MEMBER,
        _UPSERT_FORMATION,
        _DELETE_SEAT,
        _DELETE_GROUP,
        _UPSERT_GROUP,
        _UPSERT_SEAT,
    )
    return [(sql, written[sql]) for sql in order if written[sql]]


def _row(workshop: Workshop) -> tuple[object, ...]:
    return (
        workshop.id,
        workshop.programme,
        workshop.title,
        workshop.first_on.isoformat(),
        workshop.country,
        workshop.zone,
        workshop.code,
        workshop.link_token,
        workshop.facilitator_token,
        codec.instant(workshop.created_at),
        codec.maybe_instant(workshop.closed_at),
    )


def _formation_changes(
    workshop_id: int,
    before: Formation | None,
    after: Formation,
    written: defaultdict[str, list[tuple[object, ...]]],
) -> None:
    key = (workshop_id, after.grouping)
    groups = before.groups if before else {}
    seats = before.seats if before else {}
    if before is None or before.formed_at != after.formed_at:
        written[_UPSERT_FORMATION].append((*key, codec.instant(after.formed_at)))
    written[_DELETE_SEAT] += [(*key, member) for member in seats if member not in after.seats]
    written[_DELETE_GROUP] += [(*key, number) for number in groups if number not in after.groups]
    written[_UPSERT_GROUP] += [
        (
            *key,
            number,
            codec.dumps(list(group.topics)),
            group.reporter,
            group.scribe,
            group.timekeeper,
            group.pen,
            codec.maybe_instant(group.pen_at),
            group.pen_asked,
        )
        for number, group in after.groups.items()
        if groups.get(number) is not group
    ]
    written[_UPSERT_SEAT] += [
        (*key, member, seat.group, seat.counted, int(seat.moved))
        for member, seat in after.seats.items()
        if seats.get(member) is not seat
    ]
