"""Every older schema, filled, becomes today's.

snapshots/NNNN.sql holds rows for each table as migration NNNN left it. A new migration needs the snapshot of the
schema before it to be here, and adds its own.
"""

import sqlite3
from pathlib import Path

import pytest

from storage.database import Database, migrations

SNAPSHOTS = Path(__file__).parent / "snapshots"
VERSIONS = range(1, len(migrations()) + 1)


def build(folder: Path, version: int) -> sqlite3.Connection:
    """A database as the program of that version left it, with rows."""
    connection = sqlite3.connect(folder / "plenary.db")
    for script in migrations()[:version]:
        connection.executescript(script)
    connection.executescript((SNAPSHOTS / f"{version:04}.sql").read_text(encoding="utf-8"))
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
    return connection


def tables(connection: sqlite3.Connection) -> set[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {name for (name,) in found}


def schema(connection: sqlite3.Connection) -> dict[str, object]:
    """What the tables are like, whichever way they were made."""
    found: dict[str, object] = {}
    for name in tables(connection):
        columns = connection.execute(f"SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{name}')")
        keys = connection.execute(f'SELECT "from", "table", "to" FROM pragma_foreign_key_list(\'{name}\')')
        indexes = connection.execute(f"SELECT name, \"unique\", partial FROM pragma_index_list('{name}')")
        found[name] = (set(columns.fetchall()), set(keys.fetchall()), set(indexes.fetchall()))
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_every_table_of_a_snapshot_has_rows(tmp_path, version):
    connection = build(tmp_path, version)
    empty = {name for name in tables(connection) if not connection.execute(f"SELECT 1 FROM {name}").fetchone()}
    assert empty == set()
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


@pytest.mark.parametrize("version", VERSIONS)
async def test_an_older_database_with_rows_becomes_todays(tmp_path, version):
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    connection = build(old, version)
    connection.execute("PRAGMA foreign_keys = OFF")
    counts = {name: connection.execute(f"SELECT COUNT(*) FROM {name}").fetchone() for name in tables(connection)}
    connection.close()

    for folder in (old, new):
        database = await Database.open(folder)
        assert tuple((await database.read("PRAGMA user_version"))[0]) == (len(migrations()),)
        assert await database.read("PRAGMA foreign_key_check") == []
        assert tuple((await database.read("PRAGMA integrity_check"))[0]) == ("ok",)
        await database.close()

    migrated, fresh = (sqlite3.connect(folder / "plenary.db") for folder in (old, new))
    assert schema(migrated) == schema(fresh)
    kept = {
        name: migrated.execute(f"SELECT COUNT(*) FROM {name}").fetchone() for name in tables(migrated) & set(counts)
    }
    assert kept == {name: count for name, count in counts.items() if name in kept}
    migrated.close()
    fresh.close()


def test_every_version_has_its_snapshot():
    assert sorted(each.stem for each in SNAPSHOTS.glob("*.sql")) == [f"{version:04}" for version in VERSIONS]
