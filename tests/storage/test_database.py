"""Transactions, locks, modes and backups on real files."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from storage import database as module
from storage.database import Database, DatabaseTooNew, DataFolderInUse, MigrationFailed, StorageError

SET = "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)"
BOARD = "INSERT INTO boards (chat_id, slot, subject) VALUES (?, ?, ?)"
SEAT = "INSERT INTO formations (workshop_id, grouping, formed_at) VALUES (?, ?, ?)"
WORKSHOP = """
    INSERT INTO workshops (id, programme, title, first_on, country, zone, code, link_token, created_at)
    VALUES (?, 'p', 't', '2026-01-01', 'KE', 'UTC', ?, ?, '2026-01-01')
"""


async def settings(database: Database) -> dict[str, str]:
    return {row["name"]: row["value"] for row in await database.read("SELECT name, value FROM settings")}


async def test_a_transaction_is_whole_or_nothing(database):
    await database.write([(SET, [("a", "1"), ("b", "2")]), (SET, [("a", "3")])])
    assert await settings(database) == {"a": "3", "b": "2"}
    with pytest.raises(sqlite3.IntegrityError):
        await database.write([(SET, [("a", "4")]), (BOARD, [(1, "s", "x"), (1, "s", "y")])])
    assert await settings(database) == {"a": "3", "b": "2"}
    assert await database.read("SELECT * FROM boards") == []


async def test_after_an_error_the_next_transaction_is_its_own(database):
    wrong = database.write([("INSERT INTO nowhere VALUES (?)", [(1,)])])
    right = database.write([(SET, [("a", "1")])])
    results = await asyncio.gather(wrong, right, return_exceptions=True)
    assert isinstance(results[0], sqlite3.OperationalError)
    assert await settings(database) == {"a": "1"}


async def test_foreign_keys_are_checked_at_the_end(database):
    await database.write([(SEAT, [(7, "sixes", "x")]), (WORKSHOP, [(7, "AAAAAA", "link")])])
    with pytest.raises(sqlite3.IntegrityError):
        await database.write([(SEAT, [(8, "sixes", "x")])])
    assert len(await database.read("SELECT * FROM formations")) == 1


async def test_a_cancelled_transaction_is_whole_or_nothing_and_over(database):
    rows = [(f"{number}", "x") for number in range(20_000)]
    for turns in range(6):
        await database.write([("DELETE FROM settings", [()])])
        task = asyncio.create_task(database.write([(SET, rows)]))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert len(await settings(database)) in (0, len(rows))
        await database.write([(SET, [("next", "1")])])
        assert (await settings(database))["next"] == "1"


async def test_a_transaction_cancelled_before_its_turn_is_not_done(database):
    first = asyncio.create_task(database.write([(SET, [(f"{number}", "x") for number in range(50_000)])]))
    second = asyncio.create_task(database.write([(SET, [("late", "1")])]))
    await asyncio.sleep(0.001)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    await first
    assert "late" not in await settings(database)


async def test_reads_never_see_half_a_transaction(database):
    pairs = "INSERT OR REPLACE INTO settings (name, value) VALUES ('left', ?)"
    other = "INSERT OR REPLACE INTO settings (name, value) VALUES ('right', ?)"

    async def writer(offset):
        for number in range(50):
            value = str(offset + number)
            await database.write([(pairs, [(value,)]), (other, [(value,)])])

    async def reader():
        for _ in range(100):
            seen = await settings(database)
            assert seen.get("left") == seen.get("right")

    await asyncio.gather(writer(0), writer(1000), reader())


async def test_what_was_written_is_durable(database):
    for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)):
        assert tuple((await database.read(f"PRAGMA {pragma}"))[0]) == (value,)


async def test_only_the_owner_can_read_the_folder(database):
    await database.write([(SET, [("a", "1")])])
    await database.backup(database.folder / "backups" / "one.db")
    assert stat.S_IMODE(database.folder.stat().st_mode) == 0o700
    files = [each for each in database.folder.rglob("*") if each.is_file()]
    assert {"plenary.db", "plenary.db-wal", "plenary.db-shm", "lock", "one.db"} == {each.name for each in files}
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}


async def test_modes_that_were_wider_are_narrowed(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    (folder / "plenary.db").touch(mode=0o644)
    opened = await Database.open(folder)
    await opened.close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "plenary.db").stat().st_mode) == 0o600


async def test_a_second_instance_is_refused_until_the_first_has_ended(database):
    with pytest.raises(DataFolderInUse, match="in use by another instance"):
        await Database.open(database.folder)
    await database.close()
    again = await Database.open(database.folder)
    await again.close()


async def test_a_process_that_was_killed_leaves_no_lock(tmp_path):
    code = (
        "import asyncio, os, pathlib, signal, sys\n"
        "from storage.database import Database\n"
        "async def main():\n"
        "    database = await Database.open(pathlib.Path(sys.argv[1]))\n"
        "    await database.write([('INSERT INTO settings VALUES (?, ?)', [('a', '1')])])\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    killed = await asyncio.to_thread(subprocess.run, command, cwd=Path(__file__).parents[2], check=False)
    assert killed.returncode == -9
    again = await Database.open(tmp_path)
    assert await settings(again) == {"a": "1"}
    await again.close()


async def test_a_newer_database_is_refused(tmp_path):
    (await _closed(tmp_path)).close()
    connection = sqlite3.connect(tmp_path / "plenary.db")
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    with pytest.raises(DatabaseTooNew, match="version 9999"):
        await Database.open(tmp_path)


async def _closed(folder: Path):
    opened = await Database.open(folder)
    await opened.close()
    return sqlite3.connect(folder / "plenary.db")


async def test_what_is_no_database_is_refused_with_a_line(tmp_path):
    (tmp_path / "plenary.db").write_bytes(b"not a database at all, but long enough to look like one" * 20)
    with pytest.raises(StorageError, match="can't be opened"):
        await Database.open(tmp_path)
    (tmp_path / "plenary.db").unlink()
    await (await Database.open(tmp_path)).close()


async def test_a_folder_that_cannot_be_made_is_refused_with_a_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="can't be used"):
        await Database.open(tmp_path / "file")


async def test_a_migration_that_fails_leaves_nothing(tmp_path, monkeypatch):
    (await _closed(tmp_path)).close()
    good = module.migrations()
    for bad, error in (
        ("CREATE TABLE extra (id INTEGER); INSERT INTO nowhere VALUES (1);", StorageError),
        (f"CREATE TABLE extra (id INTEGER); {SEAT.replace('?, ?, ?', '1, 2, 3')};", MigrationFailed),
    ):
        monkeypatch.setattr(module, "migrations", lambda bad=bad: [*good, bad])
        with pytest.raises(error):
            await Database.open(tmp_path)
    monkeypatch.setattr(module, "migrations", lambda: good)
    again = await Database.open(tmp_path)
    assert await again.read("SELECT name FROM sqlite_master WHERE name = 'extra'") == []
    assert tuple((await again.read("PRAGMA user_version"))[0]) == (len(good),)
    await again.close()


async def test_a_backup_is_consistent_while_work_goes_on(database, tmp_path):
    async def work():
        for number in range(200):
            await database.write([(SET, [("left", str(number))]), (SET, [("right", str(number))])])

    working = asyncio.create_task(work())
    await asyncio.sleep(0.01)
    path = tmp_path / "copies" / "plenary.db"
    await database.backup(path)
    await working
    assert os.listdir(path.parent) == ["plenary.db"]
    copy = sqlite3.connect(path)
    assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    values = dict(copy.execute("SELECT name, value FROM settings").fetchall())
    copy.close()
    assert values.get("left") == values.get("right")


async def test_a_backup_that_fails_leaves_the_one_before(database, tmp_path):
    path = tmp_path / "plenary.db"
    await database.backup(path)
    before = path.read_bytes()
    folder = tmp_path / "plenary.db.part"
    folder.mkdir()
    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
        await database.backup(path)
    assert path.read_bytes() == before


async def test_nothing_works_on_a_closed_database(database):
    await database.close()
    await database.close()
    with pytest.raises(StorageError):
        await database.read("SELECT 1")
    with pytest.raises(StorageError):
        await database.write([(SET, [("a", "1")])])
