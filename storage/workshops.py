"""workshops, members, formations, groups, seats, sessions and rules: rows ↔ Workshop. Only what differs is written."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from bot.core.agenda import SessionChange
from bot.core.grouping import Formation, Group, Seat
from bot.core.reminder_rules import RuleChange
from bot.core.workshop import Member, Membership, Role, Workshop
from storage import codec, statement_sets
from storage.database import Database, Write

_UPSERT_WORKSHOP = """
    INSERT INTO workshops (id, programme, title, first_on, country, zone, code, link_token, facilitator_token,
        created_at, closed_at, place)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
        title = excluded.title, first_on = excluded.first_on, country = excluded.country, zone = excluded.zone,
        code = excluded.code, link_token = excluded.link_token, facilitator_token = excluded.facilitator_token,
        closed_at = excluded.closed_at, place = excluded.place
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
_UPSERT_SESSION = """
    INSERT INTO sessions (workshop_id, id, held_on, starts, ends, place, cancelled) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (workshop_id, id) DO UPDATE SET
        held_on = excluded.held_on, starts = excluded.starts, ends = excluded.ends, place = excluded.place,
        cancelled = excluded.cancelled
"""
_DELETE_SESSION = "DELETE FROM sessions WHERE workshop_id = ? AND id = ?"
_UPSERT_RULE = """
    INSERT INTO rules (workshop_id, id, is_on, days, minutes, at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (workshop_id, id) DO UPDATE SET
        is_on = excluded.is_on, days = excluded.days, minutes = excluded.minutes, at = excluded.at
"""
_DELETE_RULE = "DELETE FROM rules WHERE workshop_id = ? AND id = ?"
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
        place=row["place"],
        sessions=await _sessions(database, workshop_id),
        rules=await _rules(database, workshop_id),
        statements=await statement_sets.of_workshop(database, workshop_id),
    )


async def _sessions(database: Database, workshop_id: int) -> dict[str, SessionChange]:
    rows = await database.read("SELECT * FROM sessions WHERE workshop_id = ? ORDER BY id", (workshop_id,))
    return {
        row["id"]: SessionChange(
            id=row["id"],
            on=date.fromisoformat(row["held_on"]) if row["held_on"] else None,
            starts=codec.from_maybe_time(row["starts"]),
            ends=codec.from_maybe_time(row["ends"]),
            place=row["place"],
            cancelled=bool(row["cancelled"]),
        )
        for row in rows
    }


async def _rules(database: Database, workshop_id: int) -> dict[str, RuleChange]:
    rows = await database.read("SELECT * FROM rules WHERE workshop_id = ? ORDER BY id", (workshop_id,))
    return {
        row["id"]: RuleChange(
            id=row["id"],
            on=None if row["is_on"] is None else bool(row["is_on"]),
            days=None if row["days"] is None else tuple(codec.loads(row["days"])),
            minutes=None if row["minutes"] is None else tuple(codec.loads(row["minutes"])),
            at=codec.from_maybe_time(row["at"]),
        )
        for row in rows
    }


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
        _agenda_changes(before, after, written)
        written[statement_sets.INSERT] += statement_sets.new_rows(before, after)
    order = (
        _UPSERT_WORKSHOP,
        _DELETE_SESSION,
        _UPSERT_SESSION,
        _DELETE_RULE,
        _UPSERT_RULE,
        _UPSERT_MEMBER,
        _UPSERT_FORMATION,
        _DELETE_SEAT,
        _DELETE_GROUP,
        _UPSERT_GROUP,
        _UPSERT_SEAT,
        statement_sets.INSERT,
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
        workshop.place,
    )


def _agenda_changes(
    before: Workshop | None, after: Workshop, written: defaultdict[str, list[tuple[object, ...]]]
) -> None:
    sessions, rules = (before.sessions, before.rules) if before else ({}, {})
    written[_DELETE_SESSION] += [(after.id, id) for id in sessions if id not in after.sessions]
    written[_UPSERT_SESSION] += [
        (
            after.id,
            each.id,
            each.on.isoformat() if each.on else None,
            codec.maybe_time(each.starts),
            codec.maybe_time(each.ends),
            each.place,
            int(each.cancelled),
        )
        for id, each in after.sessions.items()
        if sessions.get(id) != each
    ]
    written[_DELETE_RULE] += [(after.id, id) for id in rules if id not in after.rules]
    written[_UPSERT_RULE] += [
        (
            after.id,
            each.id,
            None if each.on is None else int(each.on),
            None if each.days is None else codec.dumps(list(each.days)),
            None if each.minutes is None else codec.dumps(list(each.minutes)),
            codec.maybe_time(each.at),
        )
        for id, each in after.rules.items()
        if rules.get(id) != each
    ]


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
