"""What is due, as rows: one row for each key and version, whatever becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.fires import Fire, FireKind, FireStatus
from storage import fires
from storage.database import Database
from tests.storage.turns import ADA as PERSON
from tests.storage.turns import NOW, a_workshop, started

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ADA, BEN = 5, 6


def a_fire(id: int, in_: timedelta = HOUR, **more: Any) -> Fire:
    made = Fire(
        id=id,
        key=f"p1.a{id}.due",
        version="2026-03-30",
        kind=FireKind.DUE,
        subject=f"p1.a{id}",
        series=f"p1.a{id}.due",
        workshop_id=1,
        plan_id=1,
        action=id,
        party="m1",
        user_id=ADA,
        on=date(2026, 3, 30),
        due_at=NOW + in_,
    )
    return replace(made, **more)


@pytest.fixture
async def stored(database: Database, tmp_path: Any) -> Database:
    """A workshop is there, which rows belong to."""
    runner = await started(database, tmp_path)
    turn = runner.begin()
    turn.put(a_workshop(programme="nowhere"), PERSON)
    runner.keep(turn)
    await runner.commit()
    return database


async def write(database: Database, *found: Fire) -> None:
    await database.write(fires.changes(found))


def ids(found: list[Fire]) -> list[int]:
    return [each.id for each in found]


AT = st.datetimes(datetime(2020, 1, 1), datetime(2099, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
ANY = st.builds(
    Fire,
    id=st.just(1),
    key=st.text(min_size=1, max_size=9),
    version=st.text(max_size=9),
    kind=st.sampled_from(FireKind),
    subject=st.text(max_size=9),
    series=st.text(max_size=9),
    workshop_id=st.just(1),
    plan_id=st.integers(0, 9),
    action=st.integers(0, 9),
    item=st.integers(0, 9),
    rule=st.text(max_size=9),
    party=st.sampled_from(["", "m1", "c2"]),
    user_id=st.integers(0, 2**52),
    on=st.dates(),
    due_at=AT,
    meant_at=st.none() | AT,
    ends_at=st.none() | AT,
    status=st.sampled_from(FireStatus),
    reason=st.text(max_size=9),
    by_hand=st.booleans(),
    done_at=st.none() | AT,
    batch=st.integers(0, 9),
    answer=st.text(max_size=9),
    answered_at=st.none() | AT,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fire=ANY)
async def test_what_is_written_is_read(stored: Database, fire: Fire) -> None:
    await stored.write([("DELETE FROM fires", [()])])
    await write(stored, fire)
    assert await fires.load(stored, 1) == fire


async def test_of_a_key_and_a_version_there_is_one_row_and_it_stays_what_it_became(stored: Database) -> None:
    over = a_fire(1, status=FireStatus.DONE, done_at=NOW, batch=3)
    await write(stored, over)
    await write(stored, a_fire(2, key=over.key))  # planned once more, under another number
    assert await fires.load(stored, 2) is None
    assert await fires.load(stored, 1) == over
    await write(stored, a_fire(3, key=over.key, version="2026-04-01"))  # about another day: something else
    assert ids(await fires.by_key(stored, over.key)) == [1, 3]


async def test_what_was_said_is_never_dropped(stored: Database) -> None:
    waiting = [a_fire(1), a_fire(2)]
    await write(stored, *waiting)
    await write(stored, replace(waiting[0], status=FireStatus.DONE, done_at=NOW))
    await stored.write(fires.dropped(waiting))  # by somebody who read them before
    assert [each is not None for each in [await fires.load(stored, id) for id in (1, 2)]] == [True, False]


async def test_due_is_what_waits_and_whose_time_has_come_the_oldest_first(stored: Database) -> None:
    late, now, soon = a_fire(3, -HOUR), a_fire(1, timedelta(0)), a_fire(2, timedelta(microseconds=1))
    ended = [a_fire(4 + at, -DAY, status=status) for at, status in enumerate(set(FireStatus) - {FireStatus.PENDING})]
    assert await fires.next_due_at(stored) is None
    await write(stored, late, now, soon, *ended)
    assert ids(await fires.due(stored, NOW, 9)) == [3, 1]
    assert ids(await fires.due(stored, NOW, 1)) == [3]
    assert await fires.next_due_at(stored) == late.due_at
    assert ids(await fires.pending_of(stored, ADA, NOW + HOUR)) == [3, 1, 2]
    assert await fires.pending_of(stored, BEN, NOW + HOUR) == []


async def test_last_said_is_what_was_said_before_now_as_the_clock_has_it(stored: Database) -> None:
    said: dict[str, Any] = {"status": FireStatus.DONE}
    await write(
        stored,
        a_fire(1, done_at=NOW - HOUR, **said),
        a_fire(2, done_at=NOW + MINUTE, **said),  # before the clock was set back
        a_fire(3, done_at=NOW, status=FireStatus.MISSED),
        a_fire(4, done_at=NOW, user_id=BEN, **said),
    )
    assert await fires.last_said_at(stored, ADA, NOW) == NOW - HOUR
    assert await fires.last_said_at(stored, ADA, NOW + HOUR) == NOW + MINUTE
    assert await fires.last_said_at(stored, 99, NOW) is None


async def test_what_was_planned_with_something_is_found_with_or_without_its_series(stored: Database) -> None:
    of_plan: dict[str, Any] = {"subject": "p1", "plan_id": 1, "action": 0}
    await write(
        stored,
        a_fire(1, **of_plan, series="p1.digest.m1"),
        a_fire(2, **of_plan, series="p1.digest.m12", status=FireStatus.CANCELLED),
        a_fire(3, subject="p12"),
        a_fire(4, subject="p1.a1"),
    )
    assert ids(await fires.of_subjects(stored, ["p1"])) == [1, 2]
    assert ids(await fires.of_subjects(stored, ["p1", "p12"])) == [1, 2, 3]
    assert ids(await fires.of_subjects(stored, ["p1"], ["p1.digest.m1", "p1.check_in.m1"])) == [1]
    assert await fires.of_subjects(stored, ["p1"], []) == []


async def test_one_message_is_one_batch(stored: Database) -> None:
    together = [a_fire(id, -MINUTE * id, batch=7, status=FireStatus.DONE, done_at=NOW) for id in (1, 2)]
    await write(stored, *together, a_fire(3), a_fire(4, batch=8, status=FireStatus.DONE, done_at=NOW))
    assert ids(await fires.of_batch(stored, 7)) == [2, 1]
    assert await fires.of_batch(stored, 0) == []  # nothing of what was never said in a message
    assert await fires.last_batch(stored) == 8
