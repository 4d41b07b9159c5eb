"""Messages, boards and updates, to rows and back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from bot.core.message import Board, Choice, ContentText, Kind, OutboxMessage, Phrase, Priority, Screen, Status
from storage import boards, outbox, updates
from storage.outbox import Outcome, Receipt

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def message(id=1, **more: Any):
    fields: dict[str, Any] = {
        "chat_id": 2**40,
        "kind": Kind.SEND,
        "screen": Screen("hello"),
        "priority": Priority.ANSWER,
        "created_at": NOW,
    }
    return OutboxMessage(id=id, **(fields | more))


async def stored(database, id=1):
    return await outbox.load(database, id)


async def test_a_message_comes_back_as_it_was(database):
    screen = Screen(
        "key",
        {
            "name": "<b>\u202e🧑‍🚀",
            "n": 3,
            "at": NOW,
            "on": date(2026, 3, 2),
            "all": [Phrase("p", {"x": ContentText("d", "t")})],
        },
        (
            (Choice(Phrase("yes"), "a:1", style="success"), Choice("words", url="https://x.test/")),
            (Choice("c", copy="c"),),
        ),
    )
    whole = message(
        screen=screen, kind=Kind.TOAST, priority=Priority.LATER, message_id=7, query_id="q", batch=3, silent=True,
        slot="sheet", status=Status.ERRORED, attempts=2, next_attempt_at=NOW, expires_at=NOW + timedelta(1),
        sent_message_id=9, reason="blocked",
    )  # fmt: skip
    await database.write(outbox.insert([whole, message(2)]))
    assert await outbox.load_open(database) == [whole, message(2)]


async def test_instants_are_kept_in_utc_and_naive_ones_refused(database):
    with pytest.raises(ValueError, match="naive"):
        outbox.insert([replace(message(), created_at=datetime(2026, 3, 2))])  # noqa: DTZ001 - that's the point
    with pytest.raises(ValueError, match="naive"):
        outbox.outcomes([Outcome(1, Status.ERRORED, 1, next_attempt_at=datetime(2026, 3, 2))])  # noqa: DTZ001
    there = NOW.astimezone(timezone(timedelta(hours=3)))
    await database.write(outbox.insert([replace(message(), created_at=there)]))
    assert (await database.read("SELECT created_at FROM outbox"))[0][0] == "2026-03-02T09:30:00.000000+00:00"


async def test_what_was_being_sent_at_a_crash_is_of_unknown_outcome(database):
    await database.write(outbox.insert([message(id) for id in range(1, 6)]))
    await database.write(outbox.sending([2, 3]))
    await database.write(outbox.outcomes([Outcome(3, Status.SENT, 1, 77), Outcome(4, Status.FAILED, 1, 0, "blocked")]))
    assert await outbox.interrupted(database) == 1
    assert [(each.id, each.status) for each in await outbox.load_open(database)] == [
        (1, Status.QUEUED),
        (2, Status.UNKNOWN),
        (5, Status.QUEUED),
    ]
    assert (await stored(database, 3)).sent_message_id == 77
    assert await outbox.interrupted(database) == 0
    assert [each.attempts for each in await outbox.load_open(database)] == [0, 1, 0]
    assert await outbox.unknown_outcomes(database) == 1


async def test_outcomes_of_many(database):
    await database.write(outbox.insert([message(id) for id in range(1, 200)]))
    later = NOW + timedelta(seconds=5)
    await database.write(
        outbox.outcomes([Outcome(id, Status.ERRORED, 2, 0, "reason", later) for id in range(1, 200, 2)])
    )
    every = await outbox.load_open(database)
    assert {each.status for each in every[::2]} == {Status.ERRORED}
    assert {(each.attempts, each.reason, each.next_attempt_at) for each in every[::2]} == {(2, "reason", later)}
    assert every[1::2] == [message(id) for id in range(2, 200, 2)]
    await database.write(outbox.delete([each.id for each in every[:100]]))
    assert len(await outbox.load_open(database)) == 99


async def test_nothing_to_write_writes_nothing():
    assert outbox.insert([]) == outbox.sending([]) == outbox.outcomes([]) == outbox.delete([]) == []
    assert boards.put([]) == boards.drop([]) == []
    assert updates.handled([], NOW) == updates.dead([], NOW) == []


async def test_the_ledger_of_a_broadcast(database):
    await database.write(outbox.insert([message(1, chat_id=11, batch=4), message(2, chat_id=12, batch=4), message(3)]))
    await database.write(outbox.outcomes([Outcome(1, Status.SENT, 1, 5), Outcome(2, Status.FAILED, 1, 0, "blocked")]))
    assert await outbox.ledger(database, 4) == [Receipt(11, Status.SENT, ""), Receipt(12, Status.FAILED, "blocked")]


async def test_a_group_that_became_a_supergroup(database):
    await database.write(outbox.insert([message(1, chat_id=-5), message(2, chat_id=-5), message(3, chat_id=6)]))
    await database.write(outbox.outcomes([Outcome(1, Status.SENT, 1, 5)]))
    await database.write(boards.put([Board(chat_id=-5, slot="room", subject="w", message_id=4, shown="x")]))
    await database.write(outbox.move(-5, -1005) + boards.move(-5, -1005))
    assert [(await stored(database, id)).chat_id for id in (1, 2, 3)] == [-5, -1005, 6]
    assert await boards.load_all(database) == [Board(chat_id=-1005, slot="room", subject="w")]


async def test_only_what_is_over_is_pruned(database):
    old = NOW - timedelta(days=31)
    await database.write(outbox.insert([message(1, created_at=old), message(2, created_at=old), message(3)]))
    await database.write(outbox.outcomes([Outcome(id, Status.SENT, 1, 5) for id in (1, 3)]))
    await database.write(outbox.prune(NOW - timedelta(days=30)))
    assert [await stored(database, id) is None for id in (1, 2, 3)] == [True, False, False]


async def test_boards(database):
    sheet = Board(chat_id=1, slot="sheet", subject="run:1", part="step", message_id=2**40, shown="abc", pushed=3)
    room = Board(chat_id=1, slot="room", subject="workshop:1")
    await database.write(boards.put([sheet, room]))
    changed = replace(sheet, pushed=4, closing="Patterns: 3 entries")
    await database.write(boards.put([changed]))
    assert await boards.load_all(database) == [room, changed]
    await database.write(boards.drop([(1, "sheet"), (2, "sheet")]))
    assert await boards.load_all(database) == [room]


async def test_updates_are_marked_once(database):
    await database.write(updates.handled([10, 2**40], NOW))
    assert await updates.unseen(database, [9, 10, 11, 2**40]) == {9, 11}
    with pytest.raises(Exception, match="UNIQUE"):
        await database.write(updates.handled([12, 10], NOW))
    assert await updates.unseen(database, [12]) == {12}
    await database.write(updates.handled([13], NOW + timedelta(days=4)))
    await database.write(updates.prune(NOW + timedelta(days=3)))
    assert await updates.unseen(database, [10, 13]) == {10}


async def test_dead_letters_hold_their_kind_and_error(database):
    letters = [updates.DeadLetter(1, "message", "KeyError"), updates.DeadLetter(2, "unknown", "ValueError")]
    await database.write(updates.dead(letters, NOW))
    await database.write(updates.dead(letters[:1], NOW))
    assert await updates.dead_letters(database) == letters
