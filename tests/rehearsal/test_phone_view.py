"""A conversation as it looks on a narrow phone."""

from __future__ import annotations

from bot.rehearsal import Phone
from bot.rehearsal.model import Tap
from bot.rehearsal.phone_view import WIDTH, columns, show_phone, show_transcript, wrap
from tests.rehearsal.conftest import Api, buttons


async def test_both_views(api: Api, say: Api, ama: Phone) -> None:
    sent = await say(
        "<b>What has been happening again and again?</b>\n1 每个部门都要求提供相同的文件和证明材料 (Esi)",
        parse_mode="HTML",
        reply_markup=buttons(["Next: trends", "Back"], ["Example", "Help"]),
    )
    tap = ama.tap("Help")
    assert isinstance(tap, Tap)
    await api("answerCallbackQuery", callback_query_id=tap.query_id, text="Send a message to add one")
    note = ama.send("Files wait for one signature, and nobody knows whose it is")
    here = {"chat_id": ama.user.id}
    await api("setMessageReaction", **here, message_id=note.message_id, reaction=[{"type": "emoji", "emoji": "👍"}])
    await api("editMessageText", **here, message_id=sent["message_id"], text="3 of 9", reply_markup=buttons(["Back"]))
    ama.sticker("🎉")
    asks = {"request_id": 3, "request_name": True}
    await say("Who?", reply_markup={"keyboard": [[{"text": "Pick", "request_users": asks}], ["Leave it"]]})
    ama.choose("Pick", ama.user)
    assert (
        show_phone(ama)
        == """\
┌ Ama Boateng ───────────────────────────┐
                                  /start ▐
▌ 3 of 9
  [ Back ]
       Files wait for one signature, and ▐
       nobody knows whose it is          ▐
                                        👍
                            [sticker 🎉] ▐
▌ Who?
                      [users_shared Ama] ▐
──────────────────────────────────────────
  [ Pick ]
  [ Leave it ]
"""
    )
    assert (
        show_transcript(ama)
        == """\
┌ Ama Boateng ───────────────────────────┐
                                  /start ▐
▌ What has been happening again and again?
▌ 1 每个部门都要求提供相同的文件和证明材料
▌ (Esi)
  [ Next: trends ] [ Back ]
  [ Example ] [ Help ]
                            (tapped: Help)
    (toast: Send a message to add one)
       Files wait for one signature, and ▐
       nobody knows whose it is          ▐
                            bot reacted 👍
✎ 3 of 9
  [ Back ]
                            [sticker 🎉] ▐
▌ Who?
  [ Pick ]
  [ Leave it ]
                      [users_shared Ama] ▐
"""
    )


def test_no_line_is_wider_than_the_phone(ama: Phone) -> None:
    ama.send("👩‍👩‍👧‍👦 " * 40 + "x" * 90 + "漢" * 60)
    assert max(map(columns, show_transcript(ama).split("\n"))) == WIDTH


def test_columns_count_what_is_drawn() -> None:
    assert columns("abc") == 3
    assert columns("漢字") == 4
    assert columns("e\u0301\u200b") == 1
    assert columns("👩‍👧") == 2
    assert columns("👍🏽") == 2


def test_lines_break_at_spaces_and_never_inside_one_emoji() -> None:
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("👩‍👧👩‍👧", 3) == ["👩‍👧", "👩‍👧"]
    assert wrap("a\n\nb", 5) == ["a", "", "b"]
