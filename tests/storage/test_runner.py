"""Turns: apart until they are kept, together in one transaction, and read again as they were."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core.audience import Audience
from bot.core.broadcast import Broadcast
from bot.core.dialogue import NewWorkshop
from bot.core.message import Priority, Status
from bot.core.run import Entry
from bot.runner import Runner
from bot.turn import Turn
from storage import outbox
from storage.database import Database
from tests.storage.turns import ADA, BEN, NOW, a_run, a_workshop, commit, started

NOWHERE = [("INSERT INTO nowhere VALUES (1)", [()])]


@pytest_asyncio.fixture
async def runner(database: Database, tmp_path: Path) -> Runner:
    return await started(database, tmp_path)


async def seen_by_turn(turn: Turn):
    return await turn.person(5), await turn.workshop(1), await turn.run(1), await turn.runs_of(1)


# Apart ---------------------------------------------------------------------------------------------------------------


async def test_a_turn_that_is_not_kept_never_happened(runner: Runner, database: Database):
    turn = runner.begin()
    turn.put(ADA, a_workshop(), a_run())
    await turn.say(5, "plain", text="x")
    turn.put(Broadcast(id=1, workshop_id=1, sender=1, audience=Audience(), text="x", sent_at=NOW))
    turn.touch("run:1")
    assert await seen_by_turn(turn) == (ADA, a_workshop(), a_run(), [a_run()])
    assert await seen_by_turn(runner.begin()) == (None, None, None, [])
    committed = await runner.commit()
    assert (committed.messages, committed.touched) == ([], frozenset())
    for table in ("people", "workshops", "runs", "outbox", "broadcasts"):
        assert await database.read(f"SELECT * FROM {table}") == []


async def test_turns_of_a_batch_see_what_was_kept_before_them_and_delivery_does_not(runner: Runner):
    first, beside = runner.begin(), runner.begin()
    first.put(ADA, a_workshop(), a_run())
    assert await seen_by_turn(beside) == (None, None, None, [])
    runner.keep(first)
    for turn in (beside, runner.begin()):
        assert await seen_by_turn(turn) == (ADA, a_workshop(), a_run(), [a_run()])
    assert (await runner.person(5), await runner.workshop(1), await runner.run(1)) == (None, None, None)
    assert await runner.runs_of(1) == []
    await runner.commit()
    assert (await runner.person(5), await runner.workshop(1), await runner.run(1)) == (ADA, a_workshop(), a_run())
    assert await runner.runs_of(1) == [a_run()]


async def test_what_is_said_to_whoever_acts_is_an_answer(runner: Runner):
    turn = runner.begin()
    turn.acting = ADA.user_id
    for chat_id in (ADA.user_id, BEN.user_id):
        await turn.say(chat_id, "plain", priority=Priority.LIVE, text="x")
    assert [each.priority for each in turn.messages] == [Priority.ANSWER, Priority.LIVE]


async def test_each_turn_builds_on_the_one_before(runner: Runner):
    await commit(runner, ADA, a_workshop(), a_run())
    for number in range(1, 6):
        turn = runner.begin()
        run = await turn.run(1)
        assert run is not None
        entry = Entry(number=number, step="gap", author=1, value=f"{number}", created_at=NOW, changed_at=NOW)
        turn.put(replace(run, entries={**run.entries, number: entry}, next_entry=number + 1))
        if number != 3:
            runner.keep(turn)
    await runner.commit()
    for _ in ("from memory", "from the database"):
        run = await runner.run(1)
        assert run is not None
        assert list(run.entries) == [1, 2, 4, 5]
        runner.forget()


async def test_what_a_turn_takes_back_is_not_kept(runner: Runner):
    turn = runner.begin()
    turn.acting = 5
    turn.put(ADA)
    await turn.say(5, "plain", text="x")
    turn.lower(5, "sheet")
    turn.touch("run:1")
    turn.undo()
    turn.put(BEN)
    await turn.say(5, "cancel.done")
    runner.keep(turn)
    committed = await runner.commit()
    assert [message.screen.key for message in committed.messages] == ["cancel.done"]
    assert (set(committed.touched), set(committed.lowered), set(committed.urgent)) == ({"chat:6"}, set(), {5})
    assert await runner.person(5) is None


# Together ------------------------------------------------------------------------------------------------------------


async def test_a_commit_that_fails_writes_nothing_and_can_be_tried_again(runner: Runner, database: Database):
    turn = runner.begin()
    turn.put(ADA, a_workshop())
    await turn.say(5, "plain", text="x")
    runner.keep(turn)
    with pytest.raises(sqlite3.Error):
        await runner.commit(NOWHERE)
    assert await database.read("SELECT * FROM people") == []
    assert await outbox.load_open(database) == []
    assert await runner.person(5) is None
    committed = await runner.commit()
    assert await outbox.load_open(database) == committed.messages
    assert await runner.workshop(1) == a_workshop()


async def test_what_is_abandoned_is_neither_seen_nor_written_later(runner: Runner, database: Database):
    await commit(runner, ADA, a_workshop(), a_run())
    turn = runner.begin()
    turn.put(replace(ADA, name="Eve"), replace(a_workshop(), title="V"), a_run(2))
    await turn.say(5, "plain", text="x")
    runner.keep(turn)
    with pytest.raises(sqlite3.Error):
        await runner.commit(NOWHERE)
    runner.abandon()
    assert await seen_by_turn(runner.begin()) == (ADA, a_workshop(), a_run(), [a_run()])
    assert (await commit(runner, BEN)).messages == []
    runner.forget()
    assert await seen_by_turn(runner.begin()) == (ADA, a_workshop(), a_run(), [a_run()])
    assert await runner.person(6) == BEN


async def test_a_value_that_can_not_be_stored_stops_the_commit_before_anything_is_written(runner: Runner):
    turn = runner.begin()
    turn.put(BEN, replace(ADA, dialogue=NewWorkshop(at=datetime(2026, 3, 2))))  # noqa: DTZ001
    runner.keep(turn)
    with pytest.raises(ValueError, match="naive"):
        await runner.commit()
    runner.forget()
    assert await runner.person(6) is None


async def test_what_refers_to_nothing_is_not_written(runner: Runner):
    with pytest.raises(sqlite3.IntegrityError):
        await commit(runner, replace(ADA, workshop_id=1))
    runner.abandon()
    await commit(runner, replace(ADA, workshop_id=1), a_workshop())


async def test_other_writes_go_with_the_turns(runner: Runner, database: Database):
    turn = runner.begin()
    turn.put(ADA)
    runner.keep(turn)
    await runner.commit([("INSERT INTO settings (name, value) VALUES (?, ?)", [("a", "1"), ("b", "2")])])
    assert [tuple(row) for row in await database.read("SELECT * FROM settings ORDER BY name")] == [
        ("a", "1"),
        ("b", "2"),
    ]


async def test_a_commit_tells_what_changed_and_who_acted(runner: Runner):
    tapped, wrote, timer = runner.begin(), runner.begin(), runner.begin()
    tapped.acting = wrote.acting = 5
    wrote.wrote = True
    tapped.put(ADA, a_workshop())
    wrote.put(a_run())
    timer.touch("clock")
    timer.lower(6, "room")
    for turn in (tapped, wrote, timer):
        runner.keep(turn)
    committed = await runner.commit()
    assert committed.touched == {"chat:5", "workshop:1", "run:1", "runs:1", "clock"}
    assert (set(committed.urgent), dict(committed.pushed), set(committed.lowered)) == ({5}, {5: 1}, {(6, "room")})
    again = await runner.commit()
    assert (again.messages, again.touched, again.urgent) == ([], frozenset(), frozenset())


async def test_messages_leave_in_the_order_in_which_turns_were_kept(runner: Runner, database: Database):
    first, second = runner.begin(), runner.begin()
    await second.say(6, "plain", text="b")
    await first.say(5, "plain", text="a")
    runner.keep(first)
    runner.keep(second)
    committed = await runner.commit()
    assert [message.screen.params["text"] for message in committed.messages] == ["a", "b"]
    stored = await outbox.load_open(database)
    assert stored == sorted(committed.messages, key=lambda message: message.id)
    assert all(message.status is Status.QUEUED and message.created_at == NOW for message in stored)
