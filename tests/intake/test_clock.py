"""The clockwork: the night's work, and the tick."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest_asyncio

from bot import clock as module
from bot.clock import Clock
from bot.core.message import Kind, OutboxMessage, Priority, Screen, Status
from storage import outbox, updates
from storage.database import Database

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest_asyncio.fixture
async def database(tmp_path):
    opened = await Database.open(tmp_path)
    yield opened
    await opened.close()


async def tick():
    pass


def message(id: int, age: timedelta, status: Status) -> OutboxMessage:
    return OutboxMessage(
        id=id,
        chat_id=1,
        kind=Kind.SEND,
        screen=Screen("x"),
        priority=Priority.LIVE,
        created_at=NOW - age,
        status=status,
    )


async def test_every_night_a_backup_and_seven_are_kept(database):
    now = NOW
    for _ in range(9):
        await Clock(database, lambda: now, tick).night()  # noqa: B023 - called at once
        now += timedelta(days=1)
    kept = sorted((database.folder / "backups").iterdir())
    assert len(kept) == 7
    assert kept[0].name == "plenary-20260304-020000.db"
    copy = sqlite3.connect(kept[-1])
    assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    copy.close()


async def test_what_was_kept_long_enough_goes_at_night(database):
    old, older = timedelta(days=29), timedelta(days=31)
    rows = [message(1, older, Status.SENT), message(2, older, Status.QUEUED), message(3, old, Status.SENT)]
    writes = [updates.handled([1], NOW - timedelta(days=4)), updates.handled([2], NOW - timedelta(days=2))]
    await database.write(outbox.insert(rows) + writes[0] + writes[1])
    await Clock(database, lambda: NOW, tick).night()
    assert [row[0] for row in await database.read("SELECT id FROM outbox")] == [2, 3]
    assert await updates.unseen(database, [1, 2]) == {1}


async def test_a_backup_that_fails_does_not_keep_the_rest_from_being_done(database, caplog):
    (database.folder / "backups").touch()
    await database.write(outbox.insert([message(1, timedelta(days=31), Status.SENT)]))
    await Clock(database, lambda: NOW, tick).night()
    assert await database.read("SELECT id FROM outbox") == []
    assert "night's work failed" in caplog.text


async def test_it_ticks_even_after_a_tick_that_failed(database, monkeypatch, caplog):
    ticks: asyncio.Queue[int] = asyncio.Queue()

    async def counted():
        ticks.put_nowait(1)
        raise KeyError("secret words")

    monkeypatch.setattr(module, "TICK_SECONDS", 0.05)
    clock = Clock(database, lambda: NOW, counted)
    clock.start()
    states = [clock.alive]
    for _ in range(3):
        await asyncio.wait_for(ticks.get(), 5)
    clock.stop()
    states.append(clock.alive)
    assert states == [True, False]
    assert "secret" not in caplog.text
