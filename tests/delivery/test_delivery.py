"""Messages go out: in order, once, with the right last status; what goes wrong is dealt with as it deserves."""

import asyncio
import logging
from dataclasses import replace

import pytest

from bot.core.message import Kind, Priority, Status
from bot.delivery.pacing import Pacing
from bot.rehearsal.errors import ApiError, bad_request, refuse, too_many
from bot.rehearsal.faults import Delay, Drop
from bot.rehearsal.limits import Limits
from bot.transport import ConnectFailed
from storage import outbox
from storage.outbox import Receipt, unknown_outcomes
from tests.delivery.conftest import FAST, a_room

QUICK_PACE = replace(FAST, chat_burst=3, chat_per_second=20.0)


async def test_a_message_arrives_and_is_noted(room):
    room.phone(1)
    await room.deliver(room.message(1, "<b>bold</b>"))
    assert room.shown(1) == ["bold"]
    stored = await room.stored(1)
    assert (stored.status, stored.attempts) == (Status.SENT, 1)
    assert stored.sent_message_id == next(iter(room.world.chats[1].messages))
    assert room.delivery.counts.sent == 1


async def test_a_file_arrives(room):
    room.phone(1)
    await room.deliver(room.message(1, "words", kind=Kind.DOCUMENT))
    (message,) = room.world.chats[1].messages.values()
    assert (message.text, message.media["document"]["file_name"]) == ("words", "été.txt")


async def test_messages_of_a_chat_keep_their_order(room):
    chats = range(1, 6)
    for chat in chats:
        room.phone(chat)
    room.world.faults.add(method="sendMessage", times=1, outcome=Delay(0.05))
    await room.deliver(*[room.message(chat, f"{number}") for number in range(30) for chat in chats])
    for chat in chats:
        assert room.shown(chat) == [f"{number}" for number in range(30)]


async def test_urgent_messages_overtake_in_a_chat_and_each_priority_keeps_its_order(room):
    room.phone(1)
    order = [Priority.LATER, Priority.LIVE, Priority.ANSWER, Priority.LIVE, Priority.ANSWER, Priority.LATER]
    await room.deliver(*[room.message(1, f"{each.name}{place}", priority=each) for place, each in enumerate(order)])
    assert room.shown(1) == ["ANSWER2", "ANSWER4", "LIVE1", "LIVE3", "LATER0", "LATER5"]


async def test_an_answer_overtakes_a_broadcast_and_the_pace_is_kept(tmp_path):
    pacing = Pacing(per_second=29.5)
    async with a_room(tmp_path / "data", Limits.strict(), pacing=pacing) as room:
        await room.open()
        for chat in range(1, 102):
            room.phone(chat)
        many = [room.message(chat, priority=Priority.LIVE, batch=1) for chat in range(1, 101)]
        await room.commit(*many)
        await asyncio.sleep(0.5)
        await room.deliver(room.message(101, "at once"))
        sent = [each.chat_id for each in room.world.requests]
        assert sent.index(101) < 25
        assert len(sent) == 101
        ticks = [each.tick for each in room.world.requests]
        assert all(later - earlier > 1 for earlier, later in zip(ticks, ticks[30:], strict=False))
        assert room.delivery.counts.retried == 0
        assert {receipt.status for receipt in await outbox.ledger(room.database, 1)} == {Status.SENT}


async def test_the_pace_holds_across_a_restart(tmp_path):
    async with a_room(tmp_path / "data", Limits.strict(), pacing=Pacing()) as room:
        await room.open()
        for chat in range(1, 81):
            room.phone(chat)
        await room.commit(*[room.message(chat) for chat in range(1, 81)])
        for _ in range(3):
            await asyncio.sleep(0.4)
            await room.close(0.1)
            await room.open()
        await room.quiet()
        ticks = [each.tick for each in room.world.requests]
        assert all(later - earlier > 1 for earlier, later in zip(ticks, ticks[30:], strict=False))
        # A close that leaves little time may cut off a request whose answer is on its way: that one may come twice.
        twice = [len(room.shown(chat)) - 1 for chat in range(1, 81)]
        assert min(twice) == 0
        assert sum(twice) <= await unknown_outcomes(room.database)


async def test_one_chat_gets_a_burst_and_then_a_steady_rate(tmp_path):
    limits = Limits(per_chat_per_second=20.0, per_chat_burst=3)
    async with a_room(tmp_path / "data", limits, pacing=QUICK_PACE) as room:
        await room.open()
        room.phone(1)
        room.phone(2)
        await room.deliver(*[room.message(1, f"{number}") for number in range(10)], room.message(2))
        assert room.delivery.counts.retried == 0
        first = [each.chat_id for each in room.world.requests][:5]
        assert 2 in first
        ticks = [each.tick for each in room.world.requests if each.chat_id == 1]
        assert ticks[-1] - ticks[0] > 7 / 20 - 0.06


async def test_a_group_chat_gets_only_so_many_a_minute(tmp_path):
    pacing = replace(FAST, group_chat_per_minute=5)
    async with a_room(tmp_path / "data", pacing=pacing) as room:
        await room.open()
        room.world.group(-5, "Room")
        await room.commit(*[room.message(-5, f"{number}") for number in range(8)])
        await asyncio.sleep(0.3)
        assert len(room.requests("send")) == 5


async def test_the_topics_of_a_chat_share_what_it_gets_a_minute(tmp_path):
    """Messages and edits of two topics' living messages, and their last states come through once there is room."""
    pacing = replace(FAST, group_chat_per_minute=6)
    async with a_room(tmp_path / "data", pacing=pacing) as room:
        await room.open()
        made = room.world.group(-1_000_000_000_005, "Room")
        topics = [made.open_topic(room.phone(1), name) for name in ("One", "Two")]
        for number in range(8):
            for topic in topics:
                room.board(made.id, f"{topic}: {number}", slot=f"mirror.{topic}", thread=topic)
            room.delivery.touch(f"chat:{made.id}")
            await asyncio.sleep(0.05)
        assert len([each for each in room.world.requests if each.method.startswith(("send", "edit"))]) == 6
        assert {each.thread_id for each in made.messages} == set(topics)


async def test_a_429_holds_back_the_chat_alone(room):
    room.phone(1)
    room.phone(2)
    room.world.faults.add(chat_id=1, outcome=too_many(1))
    await room.commit(room.message(1, "slow"), room.message(1, "after"))
    await asyncio.sleep(0.2)
    await room.commit(room.message(2, "fast"))
    await asyncio.sleep(0.2)
    assert (room.shown(1), room.shown(2)) == ([], ["fast"])
    assert (await room.stored(1)).status is Status.ERRORED
    await room.quiet()
    assert room.shown(1) == ["slow", "after"]
    assert room.delivery.counts.retried == 1


async def test_several_chats_refused_in_a_row_hold_back_everything(room):
    for chat in range(1, 6):
        room.phone(chat)
    for chat in range(1, 4):
        room.world.faults.add(chat_id=chat, outcome=too_many(1))
    await room.commit(*[room.message(chat) for chat in range(1, 4)])
    await asyncio.sleep(0.2)
    await room.commit(room.message(5, "waits"))
    await asyncio.sleep(0.3)
    assert room.shown(5) == []
    await room.quiet()
    assert all(len(room.shown(chat)) == 1 for chat in (1, 2, 3, 5))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (refuse(403, "bot was blocked by the user"), "blocked"),
        (refuse(403, "user is deactivated"), "deactivated"),
        (refuse(403, "bot can't initiate conversation with a user"), "not_started"),
        (bad_request("chat not found"), "chat_not_found"),
        (refuse(403, "something new"), "forbidden"),
    ],
)
async def test_who_cannot_be_reached_is_told_with_the_reason(room, error, reason):
    room.phone(1)
    room.phone(2)
    room.world.faults.add(chat_id=1, outcome=error)
    await room.deliver(room.message(1, batch=7), room.message(2, batch=7))
    assert room.unreachable == [(1, reason)]
    assert await outbox.ledger(room.database, 7) == [Receipt(1, Status.FAILED, reason), Receipt(2, Status.SENT, "")]
    await room.deliver(room.message(1, "again"))
    assert room.shown(1) == ["again"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (bad_request("message is too long"), "too_long"),
        (bad_request('can\'t parse entities: unsupported start tag "secret" at byte offset 0'), "markup"),
        (bad_request("BUTTON_DATA_INVALID"), "buttons"),
        (bad_request("something new with secret words"), "refused"),
        (ApiError(404, "Not Found: method not found"), "refused"),
    ],
)
async def test_a_message_that_is_refused_fails_alone(room, caplog, error, reason):
    room.phone(1)
    room.world.faults.add(outcome=error)
    await room.deliver(room.message(1), room.message(1, "next"))
    assert (await room.stored(1)).reason == reason
    assert (room.unreachable, room.shown(1)) == ([], ["next"])
    assert "secret" not in caplog.text


async def test_a_message_that_cannot_be_rendered_fails_alone(room, caplog):
    room.phone(1)
    room.phone(2)
    room.words.broken.add(1)
    await room.deliver(room.message(1), room.message(2))
    assert (await room.stored(1)).reason == "broken"
    assert room.shown(2) == ["hello"]
    assert "KeyError" in caplog.text
    assert "must not be logged" not in caplog.text


async def test_what_has_nothing_to_say_any_more_expires(room):
    room.phone(1)
    await room.deliver(room.message(1, "nothing"), room.message(1, expires_at=room.time), room.message(1, "x"))
    assert [status for status, _ in await room.statuses()] == ["expired", "expired", "sent"]
    assert room.delivery.counts.expired == 2


@pytest.mark.parametrize("processed", [True, False])
async def test_a_connection_that_breaks_leads_to_one_more_and_is_counted(room, processed):
    room.phone(1)
    room.world.faults.add(outcome=Drop(processed=processed))
    await room.deliver(room.message(1, "first"), room.message(1, "second"))
    assert room.shown(1) == [*["first"] * (1 + processed), "second"]
    assert (room.delivery.counts.unknown, room.delivery.counts.retried) == (1, 1)
    assert await outbox.unknown_outcomes(room.database) == 1
    assert await room.statuses() == [("sent", 2), ("sent", 1)]


async def test_the_servers_own_errors_may_have_been_carried_out(room):
    room.phone(1)
    room.world.faults.add(times=2, outcome=ApiError(502, "Bad Gateway"))
    await room.deliver(room.message(1))
    assert (room.shown(1), room.delivery.counts.unknown) == (["hello"], 2)


async def test_a_server_that_cannot_be_reached_is_tried_until_it_is_back(tmp_path):
    async with a_room(tmp_path / "data") as room:
        api = room.api
        room.phone(1)
        room.phone(2)
        down = True

        async def flaky(method, payload, files):
            if down:
                raise ConnectFailed("refused")
            return await api(method, payload, files)

        room.api = flaky
        await room.open()
        await room.commit(room.message(1, "a"), room.message(1, "b"), room.message(2, "c"))
        await asyncio.sleep(1.2)
        assert room.world.requests == []
        down = False
        await room.quiet()
        assert (room.shown(1), room.shown(2)) == (["a", "b"], ["c"])
        assert room.delivery.counts.unknown == 0


async def test_toasts_and_reactions_are_not_paced_and_leave_no_rows(tmp_path):
    async with a_room(tmp_path / "data", pacing=replace(FAST, per_second=1.0)) as room:
        await room.open()
        phone = room.phone(1)
        mine = phone.send("answer")
        await room.deliver(room.message(1, "x", button="Tap"))
        taps = [phone.tap_data("Tap") for _ in range(5)]
        toasts = [room.message(1, "ok", kind=Kind.TOAST, query_id=tap.query_id) for tap in taps]
        reactions = [room.message(1, kind=Kind.REACT, message_id=mine.message_id)]
        await asyncio.wait_for(room.deliver(*toasts, *reactions), 1.0)
        assert mine.reactions == ["👌"]
        assert len([each for each in phone.transcript if each.kind == "toast"]) == 5
        assert await room.statuses() == [("sent", 1)]


async def test_a_toast_that_comes_too_late_expires(room):
    phone = room.phone(1)
    await room.deliver(room.message(1, "x", button="Tap"))
    tap = phone.tap_data("Tap")
    old = room.message(1, "late", kind=Kind.TOAST, query_id=tap.query_id)
    room.later(11)
    await room.deliver(old, room.message(1, kind=Kind.TOAST, query_id="12345"))
    assert room.requests("answer") == ["answerCallbackQuery"]
    assert room.delivery.counts.expired == 2
    assert len(await room.statuses()) == 1


async def test_edits(room):
    room.phone(1)
    await room.deliver(room.message(1, "old"))
    number = next(iter(room.world.chats[1].messages))
    edit = {"kind": Kind.EDIT, "message_id": number}
    await room.deliver(room.message(1, "new", **edit), room.message(1, "new", **edit))
    await room.deliver(room.message(1, "nobody", kind=Kind.EDIT, message_id=999))
    assert room.shown(1) == ["new"]
    assert [status for status, _ in await room.statuses()] == ["sent"]
    assert room.delivery.counts.failed == 0


async def test_a_group_that_becomes_a_supergroup_gets_its_new_id_everywhere(room):
    room.world.group(-5, "Room")
    room.world.group(-1_000_000_000_005, "Room")
    moved = ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat",
                     {"migrate_to_chat_id": -1_000_000_000_005})  # fmt: skip
    room.board(-5, "board")
    await room.deliver(touched=frozenset({"chat:-5"}))
    room.words.boards[-1_000_000_000_005] = room.words.boards.pop(-5)
    room.world.faults.add(chat_id=-5, times=99, outcome=moved)
    await room.deliver(*[room.message(-5, f"{number}") for number in range(4)])
    assert room.shown(-1_000_000_000_005) == ["0", "1", "2", "3", "board [Next]"]
    assert room.moved == [(-5, -1_000_000_000_005)]
    rows = await room.database.read("SELECT DISTINCT chat_id FROM outbox WHERE kind = 'send'")
    assert [row[0] for row in rows] == [-1_000_000_000_005]
    assert room.delivery.counts.unknown == 0


async def test_what_was_being_sent_at_a_crash_is_sent_again_and_counted(room):
    room.phone(1)
    room.world.faults.add(method="sendMessage", outcome=Delay(0.5))
    await room.commit(room.message(1, "first"), room.message(1, "second"))
    await asyncio.sleep(0.2)
    await room.cut()
    await asyncio.sleep(0.5)
    await room.open()
    await room.quiet()
    assert room.shown(1) == ["first", "first", "second"]
    assert (room.delivery.counts.unknown, await outbox.unknown_outcomes(room.database)) == (1, 1)
    assert await room.statuses() == [("sent", 2), ("sent", 1)]


async def test_stopping_in_time_leaves_nothing_unknown(tmp_path):
    async with a_room(tmp_path / "data", pacing=Pacing(per_second=20.0)) as room:
        await room.open()
        for chat in range(1, 41):
            room.phone(chat)
        await room.commit(*[room.message(chat) for chat in range(1, 41)])
        await asyncio.sleep(0.3)
        await room.close(0.4)
        await room.open()
        assert "unknown" not in {status for status, _ in await room.statuses()}
        await room.quiet()
        assert all(len(room.shown(chat)) == 1 for chat in range(1, 41))
        assert room.delivery.counts.unknown == 0


async def test_nothing_of_peoples_words_is_logged(room, caplog):
    caplog.set_level(logging.DEBUG)
    room.phone(1)
    room.world.faults.add(outcome=Drop(processed=False))
    await room.deliver(room.message(1, "secret words"))
    # The statements that aiosqlite logs at DEBUG, and what the server of this test logs, aren't delivery's.
    told = "".join(each.getMessage() for each in caplog.records if each.name.startswith(("bot", "storage")))
    assert "secret" not in told
    assert room.world.token not in told
