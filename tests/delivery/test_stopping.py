"""A broadcast that is stopped while it goes out: what left is counted, nothing more leaves, also after a crash."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from bot.committed import Committed
from bot.core.audience import Audience
from bot.core.broadcast import Broadcast
from bot.core.message import Priority, Status
from bot.rehearsal.faults import Drop
from storage import broadcasts, outbox
from storage.outbox import STOPPED, UNSURE
from tests.delivery.conftest import FAST, a_room

BATCH = 1
WORKSHOP = """
    INSERT INTO workshops (id, programme, title, first_on, country, zone, code, link_token, created_at)
    VALUES (1, 'p', 't', '2026-03-02', 'KE', 'UTC', 'c', 'l', '2026-03-02T08:00:00+00:00')
"""


async def going_out(room, people: int = 40) -> None:
    for chat in range(1, people + 1):
        room.phone(chat)
    many = [room.message(chat, priority=Priority.LIVE, batch=BATCH) for chat in range(1, people + 1)]
    await room.commit(*many)


async def stop(room) -> None:
    """As the runner does it: what is stored first, then delivery."""
    await room.database.write(outbox.stop([BATCH]))
    room.delivery.after_commit(Committed(stopped=frozenset({BATCH})))


def arrived(room) -> int:
    return sum(len(room.shown(chat)) for chat in list(room.world.phones))


async def statuses(room) -> Counter[tuple[Status, str]]:
    return Counter((each.status, each.reason) for each in await outbox.ledger(room.database, BATCH))


@pytest.fixture
def slow() -> object:
    return replace(FAST, per_second=40.0)


async def test_what_left_is_counted_and_nothing_more_leaves(tmp_path, slow):
    async with a_room(tmp_path / "data", pacing=slow) as room:
        await room.open()
        await going_out(room)
        await asyncio.sleep(0.4)
        await stop(room)
        at = arrived(room)
        await room.quiet()
        assert at <= arrived(room) <= at + room.delivery._ahead + 1  # what was on its way
        found = await statuses(room)
        assert found == {(Status.SENT, ""): arrived(room), (Status.EXPIRED, STOPPED): 40 - arrived(room)}
        assert 0 < arrived(room) < 40


async def test_what_else_waits_for_the_same_people_still_goes(tmp_path, slow):
    async with a_room(tmp_path / "data", pacing=slow) as room:
        await room.open()
        await going_out(room)
        await room.commit(room.message(40, "something else", priority=Priority.LATER))
        await stop(room)
        await room.quiet()
        assert room.shown(40) == ["something else"]


async def test_a_crash_right_after_it_was_stopped_sends_nothing_more(tmp_path, slow):
    async with a_room(tmp_path / "data", pacing=slow) as room:
        await room.open()
        await going_out(room)
        await asyncio.sleep(0.2)
        await room.database.write(outbox.stop([BATCH]))
        await room.cut()  # before delivery heard of it
        at = arrived(room)
        await room.open()
        await room.quiet()
        left = await statuses(room)
        assert arrived(room) - at <= left[Status.SENT, ""] - at + 2
        assert left[Status.EXPIRED, STOPPED] > 0
        assert sum(left.values()) == 40


async def test_what_may_have_arrived_before_is_said_to_be_unsure(tmp_path):
    async with a_room(tmp_path / "data", pacing=replace(FAST, retry_seconds=30.0)) as room:
        await room.open()
        room.world.faults.add(method="sendMessage", times=1, outcome=Drop(processed=True))
        await going_out(room, 1)
        await asyncio.sleep(0.3)  # its status is written
        assert room.delivery.counts.unknown == 1
        await stop(room)
        assert await statuses(room) == {(Status.FAILED, UNSURE): 1}
        assert len(room.shown(1)) == 1


async def test_after_a_crash_nothing_of_a_stopped_one_is_tried_again(tmp_path):
    """Its request had failed while it was being stopped, so that it waited to be made again."""
    async with a_room(tmp_path / "data", pacing=replace(FAST, per_second=0.001)) as room:
        await room.open()
        await room.database.write([(WORKSHOP, [()])])
        stopped = Broadcast(
            id=BATCH, workshop_id=1, sender=1, audience=Audience(), text="x", sent_at=room.time, stopped_at=room.time
        )
        await room.database.write(broadcasts.changes([stopped]))
        await going_out(room, 3)
        await room.database.write([("UPDATE outbox SET status = 'errored' WHERE id = 1", [()])])
        await room.cut()
        room.pacing = FAST
        await room.open()
        await room.quiet()
        assert arrived(room) == 0
        found = await statuses(room)
        assert found[Status.EXPIRED, STOPPED] >= 1
        assert found[Status.EXPIRED, STOPPED] + found[Status.FAILED, UNSURE] == 3  # two were about to leave
