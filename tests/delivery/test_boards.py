"""Living messages: they show the newest state, at most one change per interval, and stand where they should."""

import asyncio
from dataclasses import replace

import pytest

from bot.core.message import Board, Kind, Priority
from bot.delivery.living import Step, decide, digest
from bot.rehearsal.errors import bad_request, refuse, too_many
from bot.rehearsal.faults import Delay, Drop
from bot.rehearsal.limits import Limits
from bot.views import View
from storage import boards
from tests.delivery.conftest import FAST, Words, a_room, keyboard

VIEW = View("a", "text", None)
BOARD = Board(chat_id=1, slot="s", subject="1", part="a", message_id=5, shown=digest(VIEW))


@pytest.mark.parametrize(
    ("board", "subject", "view", "step"),
    [
        (None, None, None, Step.NOTHING),
        (None, "1", None, Step.NOTHING),
        (None, "1", VIEW, Step.SET_DOWN),
        (BOARD, "1", VIEW, Step.NOTHING),
        (replace(BOARD, pushed=99), "1", VIEW, Step.NOTHING),
        (replace(BOARD, shown="old"), "1", VIEW, Step.EDIT),
        (replace(BOARD, shown="old", pushed=4), "1", VIEW, Step.EDIT),
        (replace(BOARD, shown="old", pushed=5), "1", VIEW, Step.SET_DOWN),
        (replace(BOARD, shown="old", pushed=99), "1", replace(VIEW, moves_after=0), Step.EDIT),
        (BOARD, "1", replace(VIEW, part="b"), Step.SET_DOWN),
        (BOARD, "2", VIEW, Step.SET_DOWN),
        (replace(BOARD, message_id=0), "1", VIEW, Step.SET_DOWN),
        (BOARD, None, None, Step.RETIRE),
        (BOARD, "1", None, Step.RETIRE),
    ],
)
def test_what_becomes_of_a_board(board, subject, view, step):
    assert decide(board, subject, view) is step


def test_a_digest_tells_texts_and_keyboards_apart():
    views = [VIEW, replace(VIEW, text="other"), replace(VIEW, markup=keyboard("x"))]
    assert len({digest(each) for each in views}) == 3
    assert digest(VIEW) == digest(replace(VIEW, part="b", watches=frozenset({"run:1"})))


async def test_a_board_is_set_down_and_edited_in_place(room):
    room.phone(1)
    await room.show(1, "one")
    await room.show(1, "two")
    await room.show(1, "two")
    assert room.shown(1) == ["two [Next]"]
    assert room.requests() == ["sendMessage", "editMessageText"]
    (board,) = await boards.load_all(room.database)
    assert (board.part, board.message_id, board.pushed) == ("a", next(iter(room.world.chats[1].messages)), 0)
    assert [row[0] for row in await room.database.read("SELECT status FROM outbox")] == ["sent"]


async def test_whoever_watches_what_changed_gets_it(room):
    for chat in (1, 2, 3):
        room.phone(chat)
        room.board(chat, "one", watches=frozenset({f"run:{chat // 3}"}))
        await room.deliver(touched=frozenset({f"chat:{chat}"}))
    for chat in (1, 2, 3):
        room.board(chat, "two", watches=frozenset({f"run:{chat // 3}"}))
    await room.deliver(touched=frozenset({"run:0"}))
    assert [room.shown(chat) for chat in (1, 2, 3)] == [["two [Next]"], ["two [Next]"], ["one [Next]"]]
    room.delivery.touch("run:1")
    await room.quiet()
    assert room.shown(3) == ["two [Next]"]


async def test_another_part_is_a_new_message_and_the_old_one_is_shortened(room):
    room.phone(1)
    room.words.closings = {"a": "Done: a"}
    await room.show(1, "step a")
    await room.show(1, "step b", part="b")
    await room.show(1, "step c", part="c")
    assert room.shown(1) == ["Done: a", "step b", "step c [Next]"]
    assert {row[0] for row in await room.database.read("SELECT kind FROM outbox")} == {"board"}


async def test_an_old_copy_leaves_the_line_of_what_it_showed_last(room):
    room.phone(1)
    await room.show(1, "question one", closing="One?", moves_after=1)
    await room.show(1, "question two", closing="Two?", moves_after=1)
    await room.reopen()
    await room.deliver(room.message(1, "answer"))
    await room.show(1, "question three", closing="Three?", moves_after=1)
    assert room.shown(1) == ["Two?", "answer", "question three [Next]"]
    await room.deliver(room.message(1, "another"))
    await room.show(1, None)
    assert room.shown(1) == ["Two?", "answer", "Three?", "another"]


async def test_an_old_copy_that_says_nothing_more_goes(room):
    room.phone(1)
    room.words.closings = {"a": None}
    await room.show(1, "step a")
    await room.show(1, "step b", part="b")
    assert room.shown(1) == ["step b [Next]"]


async def test_a_board_that_was_pushed_up_is_set_down_anew(room):
    phone = room.phone(1)
    await room.show(1, "one", moves_after=3)
    phone.send("mine")
    await room.deliver(room.message(1, "answer"), pushed={1: 1})
    await room.show(1, "two", moves_after=3)
    assert room.shown(1) == ["two [Next]", "answer"]
    await room.deliver(room.message(1, "more"))
    assert (await boards.load_all(room.database))[0].pushed == 3
    await room.show(1, "two", moves_after=3)
    await room.show(1, "three", moves_after=3)
    assert room.shown(1) == ["two", "answer", "more", "three [Next]"]
    assert (await boards.load_all(room.database))[0].pushed == 0


async def test_boards_push_each_other(room):
    room.phone(1)
    await room.show(1, "sheet")
    await room.show(1, "question", slot="question")
    assert {each.slot: each.pushed for each in await boards.load_all(room.database)} == {"sheet": 1, "question": 0}


async def test_the_last_board_follows_those_set_down_below_it(room):
    room.phone(1)
    await room.show(1, "sheet")
    await room.show(1, "question", slot="question", last=True, closing="Question?")
    await room.show(1, "next sheet", part="b")
    assert room.shown(1) == ["sheet", "next sheet [Next]", "question [Next]"]
    before = len(room.requests())
    await room.show(1, "the same sheet", part="b")
    assert room.requests()[before:] == ["editMessageText"]


async def test_a_board_that_only_another_board_has_covered_goes_when_it_is_over(room):
    room.phone(1)
    await room.show(1, "sheet")
    await room.show(1, "question", slot="question", closing="Question?")
    room.board(1, "next sheet", part="b")
    await room.show(1, None, slot="question")
    assert room.shown(1) == ["sheet", "next sheet [Next]"]


async def test_a_board_nobody_wants_any_more_goes(room):
    room.phone(1)
    await room.show(1, "question")
    await room.show(1, None)
    assert (room.shown(1), await boards.load_all(room.database)) == ([], [])
    room.words.closings = {"a": "Over."}
    await room.show(1, "question", slot="other")
    await room.deliver(room.message(1, "below"))
    await room.show(1, None, slot="other")
    assert (room.shown(1), await boards.load_all(room.database)) == (["Over.", "below"], [])


async def test_a_message_too_old_to_be_deleted_loses_its_keyboard(room):
    room.phone(1)
    await room.show(1, "question")
    room.world.faults.add(method="deleteMessage", outcome=bad_request("message can't be deleted for everyone"))
    await room.show(1, None)
    assert room.shown(1) == ["question"]


async def test_the_last_message_is_turned_into_the_one_that_takes_its_place(room):
    room.phone(1)
    await room.show(1, "question")
    room.board(1, None)
    await room.deliver(room.message(1, "answer", slot="sheet"), touched=frozenset({"chat:1"}), urgent=frozenset({1}))
    assert room.shown(1) == ["answer"]
    assert await boards.load_all(room.database) == []
    assert room.requests() == ["sendMessage", "editMessageText"]


async def test_a_board_with_something_below_it_is_replaced_by_a_new_message(room):
    room.phone(1)
    await room.show(1, "question")
    await room.deliver(pushed={1: 1})
    room.board(1, "next question", subject="2")
    await room.deliver(
        room.message(1, "answer", slot="sheet", button="Yes"), touched=frozenset({"chat:1"}), urgent=frozenset({1})
    )
    assert room.shown(1) == ["question", "answer [Yes]", "next question [Next]"]
    (board,) = await boards.load_all(room.database)
    assert (board.subject, board.pushed) == ("2", 0)


async def test_a_calm_board_waits_for_the_message_that_takes_its_place(room):
    room.phone(1)
    await room.show(1, "question")
    room.board(1, "next question", subject="2")
    late = room.message(1, "answer", slot="sheet", priority=Priority.LATER)
    await room.deliver(late, touched=frozenset({"chat:1"}))
    assert room.shown(1) == ["answer", "next question [Next]"]


async def test_a_board_that_was_deleted_on_the_phone_is_set_down_anew(room):
    room.phone(1)
    await room.show(1, "one")
    room.world.chats[1].messages.clear()
    await room.show(1, "two")
    assert room.shown(1) == ["two [Next]"]
    await room.show(1, "three")
    assert room.shown(1) == ["three [Next]"]


async def test_pinned_boards(room):
    room.phone(1)
    await room.show(1, "room", pin=True, silent=True)
    (first,) = ((await boards.load_all(room.database))[0].message_id,)
    assert room.world.chats[1].pinned == [first]
    await room.show(1, "moved", pin=True, silent=True, part="b")
    (board,) = await boards.load_all(room.database)
    assert room.world.chats[1].pinned == [board.message_id]
    assert room.world.chats[1].messages[board.message_id].silent


async def test_changes_of_a_board_coalesce_to_the_newest(tmp_path):
    async with a_room(tmp_path / "data", pacing=replace(FAST, board_interval_seconds=0.4)) as room:
        await room.open()
        room.phone(1)
        room.board(1, "0")
        await room.deliver(touched=frozenset({"chat:1"}))
        for number in range(1, 20):
            room.board(1, f"{number}")
            await room.deliver(touched=frozenset({"run:1"}))
            await asyncio.sleep(0.01)
        assert room.shown(1) == ["0 [Next]"]
        assert room.delivery.counts.coalesced == 18
        await asyncio.sleep(0.5)
        assert room.shown(1) == ["19 [Next]"]
        assert room.requests() == ["sendMessage", "editMessageText"]
        room.board(1, "20")
        await room.deliver(touched=frozenset({"run:1"}))
        assert room.shown(1) == ["19 [Next]"]
        await room.quiet(drain_boards=True)
        assert room.shown(1) == ["20 [Next]"]


async def test_whoever_acts_sees_it_at_once(tmp_path):
    async with a_room(tmp_path / "data", pacing=replace(FAST, board_interval_seconds=60)) as room:
        await room.open()
        for chat in (1, 2):
            room.phone(chat)
            room.board(chat, "0")
            await room.deliver(touched=frozenset({f"chat:{chat}"}))
        for chat in (1, 2):
            room.board(chat, "1")
        await room.deliver(touched=frozenset({"run:1"}), urgent=frozenset({2}))
        assert (room.shown(1), room.shown(2)) == (["0 [Next]"], ["1 [Next]"])
        await room.deliver(touched=frozenset({"run:1"}), urgent=frozenset({1}))
        assert room.shown(1) == ["1 [Next]"]


async def test_what_changes_while_a_board_is_being_changed_is_shown_too(room):
    room.phone(1)
    await room.show(1, "0")
    room.world.faults.add(method="editMessageText", outcome=Delay(0.2))
    room.board(1, "1")
    await room.commit(touched=frozenset({"run:1"}))
    await asyncio.sleep(0.1)
    room.board(1, "2")
    await room.commit(touched=frozenset({"run:1"}))
    await room.quiet()
    assert room.shown(1) == ["2 [Next]"]


async def test_a_restart_changes_only_phones_that_show_something_old(room):
    for chat in (1, 2, 3):
        room.phone(chat)
        await room.show(chat, "one")
    await room.close()
    requests = len(room.requests())
    room.board(2, "two")
    room.board(3, None)
    await room.open()
    await room.quiet()
    assert room.requests()[requests:] in (["editMessageText", "deleteMessage"], ["deleteMessage", "editMessageText"])
    assert [room.shown(chat) for chat in (1, 2, 3)] == [["one [Next]"], ["two [Next]"], []]


async def test_a_crash_while_a_board_is_set_down_leads_to_one_more_and_is_counted(room):
    room.phone(1)
    room.world.faults.add(method="sendMessage", outcome=Delay(0.5))
    room.board(1, "board")
    await room.commit(touched=frozenset({"chat:1"}))
    await asyncio.sleep(0.2)
    await room.cut()
    await asyncio.sleep(0.4)
    await room.open()
    await room.quiet()
    assert room.shown(1) == ["board [Next]", "board [Next]"]
    assert room.delivery.counts.unknown == 1
    assert await room.statuses() == [("sent", 2)]
    await room.cut()
    await room.open()
    await room.quiet()
    assert len(room.shown(1)) == 2


async def test_after_a_crash_nobody_claims_to_know_which_board_is_on_the_phone(room):
    room.phone(1)
    await room.show(1, "one")
    room.world.faults.add(method="sendMessage", outcome=Delay(0.4))
    room.board(1, "two", part="b")
    await room.commit(touched=frozenset({"chat:1"}))
    await asyncio.sleep(0.2)
    assert room.delivery.on_show(1, "sheet").part == "a"
    await room.cut()
    room.world.faults.add(method="sendMessage", outcome=Delay(0.2))
    await room.open()
    assert room.delivery.on_show(1, "sheet") is None
    await room.quiet()
    assert room.delivery.on_show(1, "sheet").part == "b"


async def test_a_board_of_unknown_outcome_that_nobody_wants_any_more_expires(room):
    room.phone(1)
    room.world.faults.add(method="sendMessage", outcome=Delay(0.4))
    room.board(1, "board")
    await room.commit(touched=frozenset({"chat:1"}))
    await asyncio.sleep(0.2)
    await room.cut()
    room.board(1, None)
    await room.open()
    await room.quiet()
    assert [status for status, _ in await room.statuses()] == ["expired"]


async def test_tidying_up_survives_a_crash(room):
    room.phone(1)
    await room.show(1, "one")
    room.world.faults.add(method="editMessageReplyMarkup", outcome=too_many(60))
    room.board(1, "two", part="b")
    await room.commit(touched=frozenset({"chat:1"}))
    await asyncio.sleep(0.3)
    assert room.shown(1) == ["one [Next]", "two [Next]"]
    await room.cut()
    room.later(61)
    await room.open()
    await room.quiet()
    assert room.shown(1) == ["one", "two [Next]"]


async def test_trouble_with_one_board_does_not_stop_the_others(room, caplog):
    for chat in (1, 2):
        room.phone(chat)
        room.board(chat, "one")
    room.words.broken.add(1)
    await room.deliver(touched=frozenset({"chat:1", "chat:2"}))
    assert (room.shown(1), room.shown(2)) == ([], ["one [Next]"])
    assert "KeyError" in caplog.text
    assert "must not be logged" not in caplog.text
    room.words.broken.clear()
    await room.deliver(touched=frozenset({"chat:1"}))
    assert room.shown(1) == ["one [Next]"]


async def test_an_unreachable_chat_gets_no_boards_until_its_person_writes(room):
    room.phone(1)
    room.world.faults.add(outcome=refuse(403, "bot was blocked by the user"))
    await room.show(1, "one")
    room.board(1, "two")
    await room.deliver(touched=frozenset({"chat:1", "run:1"}))
    assert (len(room.requests()), room.unreachable) == (1, [(1, "blocked")])
    await room.deliver(pushed={1: 1}, touched=frozenset({"chat:1"}), urgent=frozenset({1}))
    assert room.shown(1) == ["two [Next]"]


@pytest.mark.parametrize("outcome", [too_many(1), Drop(processed=True), Drop(processed=False)])
async def test_an_edit_that_goes_wrong_is_made_again_with_the_newest_state(room, outcome):
    room.phone(1)
    await room.show(1, "0")
    room.world.faults.add(method="editMessageText", outcome=outcome)
    room.board(1, "1")
    await room.commit(touched=frozenset({"run:1"}))
    await asyncio.sleep(0.05)
    room.board(1, "2")
    await room.deliver(touched=frozenset({"run:1"}))
    assert room.shown(1) == ["2 [Next]"]
    assert room.delivery.counts.unknown == 0


async def test_boards_that_count_a_broadcast_see_its_results(room):
    class Counting(Words):
        async def view(self, chat_id, slot, subject):
            rows = await room.database.read("SELECT COUNT(*) FROM outbox WHERE batch = 7 AND status = 'sent'")
            return View("a", f"{rows[0][0]} of 3", None, watches=frozenset({"batch:7"}))

    room.words.__class__ = Counting
    for chat in (1, 2, 3, 9):
        room.phone(chat)
    room.board(9, "counted")
    await room.deliver(touched=frozenset({"chat:9"}))
    await room.deliver(*[room.message(chat, batch=7, priority=Priority.LIVE) for chat in (1, 2, 3)])
    assert room.shown(9) == ["3 of 3"]


async def test_a_broadcast_and_boards_stay_within_the_pace(tmp_path):
    async with a_room(tmp_path / "data", Limits(overall_per_second=30), pacing=replace(FAST, per_second=29.5)) as room:
        await room.open()
        for chat in range(1, 21):
            room.phone(chat)
            room.board(chat, "one")
        await room.commit(
            *[room.message(chat, priority=Priority.LIVE) for chat in range(1, 21)],
            touched=frozenset(f"chat:{chat}" for chat in range(1, 21)),
        )
        await asyncio.sleep(0.3)
        for chat in range(1, 21):
            room.board(chat, "two")
        await room.commit(touched=frozenset({"run:1"}))
        await room.quiet()
        assert all(room.shown(chat) == ["hello", "two [Next]"] for chat in range(1, 21))
        assert room.delivery.counts.retried == 0


async def test_a_message_in_place_of_a_board_that_is_gone(room):
    room.phone(1)
    await room.show(1, "question")
    room.world.chats[1].messages.clear()
    room.board(1, None)
    await room.deliver(room.message(1, "answer", slot="sheet"), touched=frozenset({"chat:1"}))
    assert room.shown(1) == ["answer"]


async def test_a_file_cannot_be_made_of_a_board(room):
    room.phone(1)
    await room.show(1, "question")
    room.board(1, None)
    await room.deliver(room.message(1, "file", slot="sheet", kind=Kind.DOCUMENT), touched=frozenset({"chat:1"}))
    assert room.shown(1) == ["question", "file"]


async def test_of_messages_about_the_same_only_the_newest_has_a_keyboard(room):
    room.phone(1)
    await room.deliver(room.message(1, "one", slot="seat", button="Scribe"))
    await room.deliver(room.message(1, "something else"))
    await room.reopen()
    await room.deliver(room.message(1, "two", slot="seat", button="Scribe"), touched=frozenset({"chat:1"}))
    await room.deliver(room.message(1, "three", slot="seat", button="Scribe"))
    assert room.shown(1) == ["one", "something else", "two", "three [Scribe]"]
    assert room.requests() == ["sendMessage"] * 2 + ["sendMessage", "editMessageReplyMarkup"] * 2
    (board,) = await boards.load_all(room.database)
    assert (board.slot, board.message_id, board.pushed) == ("seat", max(room.world.chats[1].messages), 0)
