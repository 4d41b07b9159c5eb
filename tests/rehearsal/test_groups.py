"""Group chats of the rehearsal: what a bot in privacy mode gets to hear, and how it is refused."""

from __future__ import annotations

from typing import Any

import pytest
import telegram
from aiogram.types import Update as AiogramUpdate

from bot.rehearsal import ApiError, Phone, PhoneError, World
from bot.rehearsal.groups import ANONYMOUS, GroupChat
from tests.rehearsal.conftest import buttons
from tests.rehearsal.test_shapes import unknown

ROOM = -1_000_000_000_005
OLD = -5


@pytest.fixture
def kofi(world: World) -> Phone:
    return world.phone(8, "Kofi")


@pytest.fixture
def room(world: World, ama: Phone, kofi: Phone) -> GroupChat:
    world.updates.allow({"allowed_updates": ["message", "callback_query", "my_chat_member"]})
    return world.group(ROOM, "Group 1", ama, kofi)


def heard(world: World, kind: str = "message") -> list[dict[str, Any]]:
    return [each.body for each in world.updates.pending() if each.kind == kind and each.body["chat"]["id"] < 0]


async def test_privacy_lets_commands_and_replies_to_the_bot_through(world, room, ama, api):
    seat = room.join(ama)
    asked = await api("sendMessage", chat_id=ROOM, text="Which event?")
    seat.send("I think it is the queue")
    seat.send("/tie")
    seat.send(f"/tie@{world.bot.username.upper()} now")
    seat.send("/help@another_bot")
    mine = seat.send("a note")
    seat.reply(mine.message_id, "and a second one")
    seat.reply(asked["message_id"], "The queue")
    assert [each["text"] for each in heard(world)] == ["/tie", "/tie@PLENARYBOT now", "The queue"]
    assert heard(world)[-1]["reply_to_message"]["text"] == "Which event?"


async def test_everyone_in_the_chat_sees_what_is_written(room, ama, kofi, api):
    room.join(ama).send("Hello")
    await api("sendMessage", chat_id=ROOM, text="Good morning")
    assert [each.text for each in room.join(kofi).transcript] == ["Hello", "Good morning"]
    assert [each.kind for each in room.join(kofi).transcript] == ["received", "received"]
    assert kofi.transcript == []


async def test_a_tap_in_a_group_is_answered_there(world, room, kofi, api):
    await api("sendMessage", chat_id=ROOM, text="x", reply_markup=buttons(["Go"]))
    seat = room.join(kofi)
    tap = seat.tap("Go")
    (update,) = [each for each in world.updates.pending() if each.kind == "callback_query"]
    assert update.body["message"]["chat"]["id"] == ROOM
    assert update.body["from"]["id"] == kofi.user.id
    await api("answerCallbackQuery", callback_query_id=tap.query_id, text="Done")
    assert seat.toasts == ["Done"]
    assert kofi.toasts == []


async def test_a_hidden_admin_writes_in_the_name_of_the_chat(world, room, ama, api):
    seat = room.join(ama)
    seat.anonymous = True
    seat.send("/tie")
    (body,) = heard(world)
    assert body["from"]["id"] == ANONYMOUS.id
    assert body["sender_chat"]["id"] == ROOM
    found = await api("getChatMember", chat_id=ROOM, user_id=ama.user.id)
    assert (found["status"], found["is_anonymous"]) == ("administrator", True)


async def test_topics_are_written_into_closed_and_deleted(world, room, ama, api):
    topic = room.open_topic(ama, "Group 1")
    seat = room.join(ama)
    seat.topic = topic
    sent = await api("sendMessage", chat_id=ROOM, message_thread_id=topic, text="Here")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    seat.send("/tie")
    assert heard(world)[-1]["message_thread_id"] == topic
    room.close_topic(ama, topic)
    with pytest.raises(PhoneError, match="nobody can write"):
        seat.send("anything")
    assert await api("sendMessage", chat_id=ROOM, message_thread_id=topic, text="x") == "400 Bad Request: TOPIC_CLOSED"
    room.reopen_topic(ama, topic)
    assert (await api("sendMessage", chat_id=ROOM, message_thread_id=topic, text="x"))["text"] == "x"
    room.delete_topic(topic)
    refusal = await api("sendMessage", chat_id=ROOM, message_thread_id=topic, text="x")
    assert refusal == "400 Bad Request: message thread not found"
    assert "is_forum" in (await api("getChat", chat_id=ROOM))


async def test_a_chat_that_ends_refuses_as_the_server_does(world, ama, api):
    def to(chat_id: int) -> Any:
        return api("sendMessage", chat_id=chat_id, text="x")

    kicked, deleted, silent = (world.group(id, "Room", ama) for id in (ROOM, OLD, OLD - 1))
    kicked.remove_bot(ama)
    deleted.delete()
    silent.restrict_bot(ama)
    assert await to(kicked.id) == "403 Forbidden: bot was kicked from the supergroup chat"
    assert await to(deleted.id) == "403 Forbidden: the group chat was deleted"
    assert await to(silent.id) == "400 Bad Request: not enough rights to send text messages to the chat"
    with pytest.raises(PhoneError, match="isn't in Room"):
        deleted.join(ama).send("anyone?")


async def test_an_upgraded_chat_names_its_new_id(world, ama):
    old = world.group(OLD, "Room", ama)
    new = old.upgrade(ROOM)
    with pytest.raises(ApiError) as refusal:
        await world.call("sendMessage", {"chat_id": OLD, "text": "x"})
    assert refusal.value.parameters == {"migrate_to_chat_id": ROOM}
    assert [{"migrate_to_chat_id", "migrate_from_chat_id"} & set(body) for body in heard(world)] == [
        {"migrate_to_chat_id"},
        {"migrate_from_chat_id"},
    ]
    new.join(ama).send("/tie")
    assert heard(world)[-1]["chat"]["id"] == ROOM


async def test_all_that_the_bot_hears_is_as_the_libraries_know_it(world, ama, kofi):
    world.updates.allow({"allowed_updates": ["message", "callback_query", "my_chat_member"]})
    room = world.group(ROOM, "Room", ama, has_bot=False)
    room.join(kofi).send("before it came")
    room.add_bot(ama, "k7")
    topic = room.open_topic(ama, "Group 1")
    seat = room.join(kofi)
    seat.topic, seat.anonymous = topic, True
    seat.send("/tie")
    room.close_topic(ama, topic)
    room.reopen_topic(ama, topic)
    room.restrict_bot(ama)
    room.remove_bot(ama)
    old = world.group(OLD, "Old", ama, has_bot=False)
    old.add_bot(ama, admin=True)
    old.upgrade(ROOM - 1)
    updates = [each.to_dict() for each in world.updates.pending()]
    assert "before it came" not in str(updates)
    assert [each["message"]["text"] for each in updates if "text" in each.get("message", ())] == [
        "/start",
        "/start@PlenaryBot k7",
        "/tie",
    ]
    statuses = [each["my_chat_member"]["new_chat_member"]["status"] for each in updates if "my_chat_member" in each]
    assert statuses == ["member", "restricted", "kicked", "administrator"]
    for update in updates:
        assert list(unknown(AiogramUpdate.model_validate(update))) == []
        assert telegram.Update.de_json(update, None) is not None
