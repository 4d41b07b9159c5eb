"""people: rows ↔ Person."""

from __future__ import annotations

from bot.core.dialogue import Person
from storage import codec
from storage.database import Database, Write

_COLUMNS = (
    "user_id, name, language, language_chosen, workshop_id, sheet_run_id, acting_for, room_id, dialogue, offers,"
    " unreachable, wrong_codes, laid_aside, zone, country, muted_until, opted_out,"
    " seen_at"
)
_PLACES = ", ".join("?" * (_COLUMNS.count(",") + 1))
_UPSERT = f"""
    INSERT INTO people ({_COLUMNS}) VALUES ({_PLACES})
    ON CONFLICT (user_id) DO UPDATE SET
        name = excluded.name, language = excluded.language, language_chosen = excluded.language_chosen,
        workshop_id = excluded.workshop_id, sheet_run_id = excluded.sheet_run_id, acting_for = excluded.acting_for,
        room_id = excluded.room_id, dialogue = excluded.dialogue, offers = excluded.offers,
        unreachable = excluded.unreachable, wrong_codes = excluded.wrong_codes, laid_aside = excluded.laid_aside,
        zone = excluded.zone, country = excluded.country, muted_until = excluded.muted_until,
        opted_out = excluded.opted_out, seen_at = excluded.seen_at
"""  # noqa: S608 - the columns are this module's own


async def load(database: Database, user_id: int) -> Person | None:
    rows = await database.read(f"SELECT {_COLUMNS} FROM people WHERE user_id = ?", (user_id,))  # noqa: S608
    if not rows:
        return None
    row = rows[0]
    return Person(
        user_id=row["user_id"],
        name=row["name"],
        language=row["language"],
        language_chosen=bool(row["language_chosen"]),
        workshop_id=row["workshop_id"],
        sheet_run_id=row["sheet_run_id"],
        acting_for=row["acting_for"],
        room_id=row["room_id"],
        dialogue=codec.load_dialogue(row["dialogue"]),
        offers=codec.load_choices(row["offers"]),
        unreachable=row["unreachable"],
        wrong_codes=tuple(codec.loads(row["wrong_codes"])),
        laid_aside=codec.load_dialogue(row["laid_aside"]),
        zone=row["zone"],
        country=row["country"],
        muted_until=codec.from_maybe_instant(row["muted_until"]),
        opted_out=bool(row["opted_out"]),
        seen_at=codec.from_maybe_instant(row["seen_at"]),
    )


async def with_something_on_show(database: Database) -> list[int]:
    """The ids of everyone who should have, or has, a living message."""
    rows = await database.read(
        "SELECT user_id FROM people WHERE sheet_run_id IS NOT NULL OR dialogue IS NOT NULL OR room_id IS NOT NULL"
        " UNION SELECT chat_id FROM boards"
        " UNION SELECT user_id FROM members WHERE user_id IS NOT NULL AND status = 'active' AND workshop_id IN"
        " (SELECT workshop_id FROM day_closes WHERE ended_at IS NULL"
        " UNION SELECT workshop_id FROM report_queues WHERE ended_at IS NULL"
        " UNION SELECT workshop_id FROM dot_votes WHERE ended_at IS NULL"
        " UNION SELECT workshop_id FROM quick_polls WHERE ended_at IS NULL) ORDER BY 1"
    )
    return [row[0] for row in rows]


async def reading_files(database: Database) -> list[tuple[int, str]]:
    """Who waits for a file to be read, and which one it is."""
    rows = await database.read(
        "SELECT user_id, json_extract(dialogue, '$.file_id') FROM people"
        " WHERE json_extract(dialogue, '$.asks') = 'reading' ORDER BY user_id"
    )
    return [(row[0], row[1]) for row in rows if row[1]]


def changes(people: list[Person]) -> list[Write]:
    if not people:
        return []
    rows = [
        (
            person.user_id,
            person.name,
            person.language,
            person.language_chosen,
            person.workshop_id,
            person.sheet_run_id,
            person.acting_for,
            person.room_id,
            codec.dump_dialogue(person.dialogue),
            codec.dump_choices(person.offers),
            person.unreachable,
            codec.dumps(list(person.wrong_codes)),
            codec.dump_dialogue(person.laid_aside),
            person.zone,
            person.country,
            codec.maybe_instant(person.muted_until),
            int(person.opted_out),
            codec.maybe_instant(person.seen_at),
        )
        for person in people
    ]
    return [(_UPSERT, rows)]
