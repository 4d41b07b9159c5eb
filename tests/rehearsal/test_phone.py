"""What a person can do, and what the bot is told of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.rehearsal import Phone, PhoneError, World
from bot.rehearsal.model import Message
from tests.rehearsal.conftest import Api, buttons


async def told(api: Api) -> dict[str, Any]:
    """The newest update."""
    update: dict[str, Any] = (await api("getUpdates", offset=-1))[0]
    return update


async def test_start_carries_its_payload_and_a_command(api: Api, world: World) -> None:
    kofi = world.phone(8, "Kofi", language_code="fr", username="kofi_m")
    kofi.start("join_A-1")
    message = (await told(api))["message"]
    assert message["text"] == "/start join_A-1"
    assert message["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]
    assert message["from"] == {
        "id": 8,
        "is_bot": False,
        "first_name": "Kofi",
        "username": "kofi_m",
        "language_code": "fr",
    }
    assert message["chat"] == {"id": 8, "first_name": "Kofi", "username": "kofi_m", "type": "private"}
    with pytest.raises(PhoneError, match="start parameter"):
        kofi.start("a b")


async def test_text_arrives_as_apps_and_the_server_leave_it(api: Api, ama: Phone) -> None:
    ama.send(" \n tabs\tand\u202e overrides \u2066stay\u2069\r\n ")
    assert (await told(api))["message"]["text"] == "tabs and overrides \u2066stay\u2069"
    with pytest.raises(PhoneError, match="empty"):
        ama.send(" \u200b\u2800 \n")


async def test_a_long_text_leaves_in_parts(api: Api, ama: Phone) -> None:
    ama.send("word " * 1000)
    updates = await api("getUpdates")
    parts = [u["message"]["text"] for u in updates[1:]]
    assert len(parts) == 2
    assert " ".join(parts) == ("word " * 1000).strip()
    ama.send("x" * 4096)
    assert len((await told(api))["message"]["text"]) == 4096
    ama.send("🙂" * 3000)
    assert len((await told(api))["message"]["text"]) == 3000 - 2048


async def test_an_edit_a_reply_and_a_forward(api: Api, say: Api, ama: Phone) -> None:
    note = ama.send("first")
    ama.edit(note.message_id, "second")
    edited = (await told(api))["edited_message"]
    assert (edited["message_id"], edited["text"], edited["edit_date"]) == (note.message_id, "second", note.date)
    question = await say("Name?")
    ama.reply(question["message_id"], "Ama")
    replied = (await told(api))["message"]
    assert replied["reply_to_message"]["text"] == "Name?"
    ama.forward("As agreed", "Esi K.")
    passed = (await told(api))["message"]
    assert passed["forward_origin"]["sender_user_name"] == passed["forward_sender_name"] == "Esi K."
    for number, complaint in ((question["message_id"], "one's own"), (99, "no message 99")):
        with pytest.raises(PhoneError, match=complaint):
            ama.edit(number, "x")


@pytest.mark.parametrize(
    ("send", "field"),
    [
        (lambda p: p.sticker("🎉"), "sticker"),
        (lambda p: p.voice(), "voice"),
        (lambda p: p.photo("wall"), "photo"),
        (lambda p: p.document("notes.txt", b"hi"), "document"),
        (lambda p: p.contact(), "contact"),
        (lambda p: p.location(), "location"),
    ],
)
async def test_what_is_not_text(api: Api, ama: Phone, send: Any, field: str) -> None:
    sent: Message = send(ama)
    message = (await told(api))["message"]
    assert field in message
    assert "text" not in message
    assert sent.kind == field
    held = message[field][0] if isinstance(message[field], list) else message[field]
    if "file_id" in held:
        assert (await api("getFile", file_id=held["file_id"]))["file_path"]


async def test_a_tap_finds_the_newest_button_and_says_what_there_is(say: Api, ama: Phone) -> None:
    await say("old", reply_markup=buttons(["Next: patterns", "Help"]))
    await say("new", reply_markup=buttons(["Next: trends"], ["Join as Kofi", "Join as Esi"]))
    ama.tap("Next")
    assert ama.transcript[-1].text == "Next: trends"
    ama.tap("Next: patterns")
    assert ama.transcript[-1].text == "Next: patterns"
    with pytest.raises(PhoneError, match=r"may be any of \['Join as Kofi', 'Join as Esi'\]"):
        ama.tap("Join")
    with pytest.raises(PhoneError, match=r"no button 'Save' on Ama Boateng's phone; there are: .*'Help'"):
        ama.tap("Save")


async def test_forged_data_arrives_as_it_is(api: Api, say: Api, ama: Phone) -> None:
    await say("x", reply_markup=buttons(["Go"]))
    ama.tap_data("w:999:drop")
    query = (await told(api))["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("w:999:drop", "x")
    with pytest.raises(PhoneError, match="1 to 64 bytes"):
        ama.tap_data("x" * 65)


async def test_blocking_is_told_and_silences(api: Api, ama: Phone) -> None:
    ama.block()
    gone = (await told(api))["my_chat_member"]
    assert (gone["old_chat_member"]["status"], gone["new_chat_member"]["status"]) == ("member", "kicked")
    assert gone["new_chat_member"]["until_date"] == 0
    with pytest.raises(PhoneError, match="blocked the bot"):
        ama.send("hello?")
    ama.start()
    back = await api("getUpdates", offset=-2)
    assert [list(u)[1] for u in back] == ["my_chat_member", "message"]
    assert back[0]["my_chat_member"]["new_chat_member"]["status"] == "member"


async def test_nothing_can_be_written_before_start(world: World) -> None:
    kofi = world.phone(8, "Kofi")
    with pytest.raises(PhoneError, match="has not pressed Start"):
        kofi.send("hi")
    with pytest.raises(PhoneError, match="shows nothing from the bot"):
        kofi.last  # noqa: B018
    with pytest.raises(PhoneError, match="give a first name"):
        world.phone(9)
    assert world.phone(8) is kofi


async def test_a_link_to_the_bot_presses_start(api: Api, say: Api, ama: Phone) -> None:
    markup = {"inline_keyboard": [[{"text": "Agenda", "url": "https://t.me/plenarybot?start=agenda"}]]}
    await say("x", reply_markup=markup)
    ama.tap("Agenda")
    assert (await told(api))["message"]["text"] == "/start agenda"


async def test_waiting_for_what_comes(say: Api, ama: Phone) -> None:
    wait = asyncio.create_task(ama.wait_for("trends", 2))
    await asyncio.sleep(0)
    await say("patterns")
    await say("trends")
    assert (await wait).text == "trends"
    assert (await ama.wait_for(lambda phone: len(phone.messages) == 3)).text == "trends"
    with pytest.raises(PhoneError, match=r"'structures' didn't come in 0.01 s to Ama Boateng; seen: .*bot: trends"):
        await ama.wait_for("structures", 0.01)


async def test_message_ids_come_from_one_counter(world: World, ama: Phone) -> None:
    kofi = world.phone(8, "Kofi")
    ids = [kofi.start().message_id, ama.send("x").message_id]
    sent = await world.call("sendMessage", {"chat_id": 8, "text": "y"})
    assert [*ids, sent["message_id"]] == [2, 3, 4]


async def test_members_of_a_group_see_it_while_private_chats_stay_apart(world: World, ama: Phone) -> None:
    group = world.group(-1_000_000_000_005, "Room", ama)
    await world.call("sendMessage", {"chat_id": group.id, "text": "All here"})
    assert group.type == "supergroup"
    assert group.join(ama).transcript[-1].text == "All here"
    assert [m.text for m in ama.messages] == ["/start"]
