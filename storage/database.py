"""The one connection to the data folder's SQLite file: whole transactions, reads, migrations, backups."""

from __future__ import annotations

import asyncio
import fcntl
import os
import sqlite3
import sys
import threading
from collections import deque
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any, TypeAlias

import aiosqlite

Write: TypeAlias = tuple[str, Sequence[Sequence[Any]]]
"""A statement and the rows of parameters that it is executed with, one after another."""

FILE = "plenary.db"
BUSY_SECONDS = 5.0  # for other programs that look into the file; the bot itself has one connection

# How long Python lets the event loop's thread go on while another thread, here the database's, waits for Python's
# lock. It is needed several times a statement: with the default of 5 ms a transaction takes 100 ms and more beside an
# event loop that never rests (3 of 4 statements a second then; 87 with this).
SWITCH_SECONDS = 0.0002


class StorageError(Exception):
    """The data folder can't be used; `str()` is one line for the person who started the bot."""


class DataFolderInUse(StorageError):
    """Another instance works on the same data folder."""


class DatabaseTooNew(StorageError):
    """The database was written by a newer version of this program."""


class MigrationFailed(StorageError):
    """A migration would leave rows that refer to nothing; nothing of it was kept."""


class _Transaction:
    """`dropped` is set where whoever wanted it was cancelled: it is then undone unless it is already committed."""

    __slots__ = ("dropped", "writes")

    def __init__(self, writes: Sequence[Write]) -> None:
        self.writes = writes
        self.dropped = threading.Event()


class _Connection(sqlite3.Connection):
    """Its `commit` carries out the next waiting transaction as a whole.

    aiosqlite hands each call to its thread and back, which costs more than most statements; so a transaction of any
    number of statements is one call. As the thread does one call after another, transactions and reads never mix.
    """

    waiting: deque[_Transaction]

    def commit(self) -> None:
        transaction = self.waiting.popleft()
        if transaction.dropped.is_set():
            return
        self.execute("BEGIN IMMEDIATE")
        try:
            self.execute("PRAGMA defer_foreign_keys = ON")  # holds for this transaction only
            for sql, rows in transaction.writes:
                if len(rows) == 1:
                    self.execute(sql, rows[0])
                elif rows:
                    self.executemany(sql, rows)
            if transaction.dropped.is_set():
                self.execute("ROLLBACK")
            else:
                self.execute("COMMIT")
        except BaseException:
            if self.in_transaction:
                self.execute("ROLLBACK")
            raise


class Database:
    """SQLite in WAL mode with synchronous=FULL: what `write` returned from survives a kill and a power cut."""

    def __init__(self, folder: Path, lock: int) -> None:
        self.folder = folder
        self.path = folder / FILE
        self._lock = lock
        self._waiting: deque[_Transaction] = deque()
        self._connection: aiosqlite.Connection | None = None

    @classmethod
    async def open(cls, folder: Path) -> Database:
        """Open the database in `folder`, made (0700, files 0600) and migrated where needed; locks the folder.

        Raises DataFolderInUse, DatabaseTooNew, MigrationFailed, or StorageError where the folder can't be used.
        """
        sys.setswitchinterval(min(sys.getswitchinterval(), SWITCH_SECONDS))
        database = cls(folder, _lock(folder))
        try:
            await database._connect()
        except BaseException as error:
            await database.close()
            if isinstance(error, sqlite3.Error | OSError):
                raise StorageError(f"The database {database.path} can't be opened: {error}.") from error
            raise
        return database

    async def _connect(self) -> None:
        # SQLite gives the -wal and -shm files the mode that the database file has.
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        self.path.chmod(0o600)

        def connection(*args: Any, **kwargs: Any) -> _Connection:
            made = _Connection(*args, **kwargs)
            made.waiting = self._waiting
            made.row_factory = sqlite3.Row
            return made

        self._connection = await aiosqlite.connect(
            self.path, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=512, factory=connection
        )
        await self._connection.execute_fetchall("PRAGMA journal_mode = WAL")
        await self._connection.execute_fetchall("PRAGMA synchronous = FULL")
        await self._connection.execute_fetchall("PRAGMA foreign_keys = OFF")  # migrations may rebuild tables
        await _migrate(self._connection, migrations())
        await self._connection.execute_fetchall("PRAGMA foreign_keys = ON")

    @property
    def _open(self) -> aiosqlite.Connection:
        if self._connection is None:
            raise StorageError("The database is closed.")
        return self._connection

    async def read(self, sql: str, params: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Return all rows of a query: what is committed, and never a part of a transaction."""
        return list(await self._open.execute_fetchall(sql, params))

    async def write(self, writes: Sequence[Write]) -> None:
        """Carry out `writes` in order as one transaction; foreign keys are checked at its end.

        Raises sqlite3.Error, and nothing is written then. Where the caller is cancelled, the transaction is undone
        unless it is past its commit: it is done as a whole or not at all, and is over when this returns.
        """
        connection, transaction = self._open, _Transaction(writes)
        self._waiting.append(transaction)  # in the same step as the call, so that each call finds its own
        try:
            await connection.commit()
        except asyncio.CancelledError:
            transaction.dropped.set()
            # The thread does one call after another: when this one is answered, the transaction is over.
            await connection.execute_fetchall("SELECT 1")
            raise

    async def backup(self, path: Path) -> None:
        """Write a consistent copy of the database to `path` (0600), replacing what is there; work goes on meanwhile.

        Raises sqlite3.Error or OSError, and leaves `path` as it was.
        """
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + ".part")
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        try:
            # A connection of its own, so that reads and writes needn't wait for the whole copy.
            async with aiosqlite.connect(self.path) as source, aiosqlite.connect(unfinished) as target:
                await source.backup(target)
                # A copy is one file: no -wal beside it that could be left behind when it is moved.
                await target.execute_fetchall("PRAGMA journal_mode = DELETE")
            os.replace(unfinished, path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise

    async def close(self) -> None:
        """Finish what is under way, close the file and unlock the folder. Does nothing where it is closed."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()
        lock, self._lock = self._lock, -1
        if lock >= 0:
            os.close(lock)


async def copy_of(path: Path, target: Path) -> None:
    """Write a consistent copy of a database that may be in use (or is a backup) to `target`, and change nothing in it.

    Raises StorageError.
    """
    try:
        async with (
            aiosqlite.connect(_read_only(path), uri=True) as source,
            aiosqlite.connect(target) as copy,
        ):
            await source.backup(copy)
    except sqlite3.Error as error:
        raise StorageError(f"{path} can't be read: {error}.") from error


def _read_only(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro"


def _lock(folder: Path) -> int:
    """Make the folder where it isn't there, and lock it; the lock ends with the process or when this is closed."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageError(f"The data folder {folder} can't be used: {error.strerror}.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise DataFolderInUse(f"The data folder {folder} is in use by another instance: stop that one first.") from None
    return lock


def migrations() -> list[str]:
    """The migrations as SQL, the first of them at 0. Numbers without a gap are part of the file names."""
    folder = resources.files("storage") / "migrations"
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".sql")), key=lambda each: each.name)
    for number, each in enumerate(files, start=1):
        if int(each.name.split("_")[0]) != number:
            raise StorageError(f"Migration {number:04} is missing: {each.name} stands in its place.")
    return [each.read_text(encoding="utf-8") for each in files]


async def _migrate(connection: aiosqlite.Connection, scripts: Sequence[str]) -> None:
    """Carry out the migrations that this database hasn't had, each in a transaction of its own."""
    ((version,),) = await connection.execute_fetchall("PRAGMA user_version")
    if version > len(scripts):
        raise DatabaseTooNew(
            f"The database is of version {version}, but this program knows versions up to {len(scripts)}: "
            "start a newer release of the program."
        )
    for number in range(version + 1, len(scripts) + 1):
        try:
            await connection.executescript(f"BEGIN IMMEDIATE;\n{scripts[number - 1]}")
            if await connection.execute_fetchall("PRAGMA foreign_key_check"):
                raise MigrationFailed(f"Migration {number:04} would leave rows that refer to nothing.")
            # Not as a script: Python commits before it runs one.
            await connection.execute_fetchall(f"PRAGMA user_version = {number}")
            await connection.execute_fetchall("COMMIT")
        except BaseException:
            await connection.rollback()
            raise
