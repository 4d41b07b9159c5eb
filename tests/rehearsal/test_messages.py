"""Sending, changing, copying and deleting, with the server's own refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.rehearsal import Phone, World
from tests.rehearsal.conftest import Api, Clock, buttons

SAME = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)


async def test_a_message_reaches_the_phone_as_people_read_it(say: Api, ama: Phone, clock: Clock) -> None:
    sent = await say("<b>Hi</b> Ama", parse_mode="HTML", reply_markup=buttons(["Join"], ["Later", "Help"]))
    assert sent == {
        "message_id": 2,
        "from": {"id": 123456, "is_bot": True, "first_name": "Plenary", "username": "PlenaryBot"},
        "chat": {"id": ama.user.id, "first_name": "Ama", "last_name": "Boateng", "type": "private"},
        "date": int(clock.now),
        "text": "Hi Ama",
        "entities": [{"offset": 0, "length": 2, "type": "bold"}],
        "reply_markup": buttons(["Join"], ["Later", "Help"]),
    }
    assert ama.last.text == "Hi Ama"
    assert ama.last.buttons == ama.buttons() == [["Join"], ["Later", "Help"]]
    assert [h.kind for h in ama.transcript] == ["sent", "received"]


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "\u200b\u2800"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "é" * 20_000}, "text is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "parse_mode": "LaTeX"}, "unsupported parse_mode"),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 9}]},
            "entity beginning at UTF-16 offset 0",
        ),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 5}, "chat not found"),
    ],
)
async def test_what_cannot_be_sent_is_refused_in_the_servers_words(
    api: Api, ama: Phone, params: dict[str, Any], refusal: str
) -> None:
    answer = await api("sendMessage", **{"chat_id": ama.user.id, **params})
    assert answer.startswith(f"400 Bad Request: {refusal}")
    assert len(ama.messages) == 1


async def test_length_counts_after_parsing_and_in_code_points(say: Api) -> None:
    sent = await say("<b>" + "🙂" * 4096 + "</b>", parse_mode="HTML")
    assert sent["entities"] == [{"offset": 0, "length": 8192, "type": "bold"}]


async def test_who_cannot_be_written_to(api: Api, world: World) -> None:
    kofi = world.phone(8, "Kofi")
    refused = {"chat_id": 8, "text": "x"}
    assert await api("sendMessage", **refused) == "403 Forbidden: bot can't initiate conversation with a user"
    kofi.start()
    kofi.block()
    assert await api("sendMessage", **refused) == "403 Forbidden: bot was blocked by the user"
    kofi.unblock()
    assert (await api("sendMessage", **refused))["text"] == "x"
    kofi.deactivate()
    assert await api("sendMessage", **refused) == "403 Forbidden: user is deactivated"


async def test_an_edit_changes_the_message_in_place_and_its_keyboard_goes(api: Api, say: Api, ama: Phone) -> None:
    sent = await say("1 of 3", reply_markup=buttons(["Next"]))
    where = {"chat_id": ama.user.id, "message_id": sent["message_id"]}
    edited = await api("editMessageText", **where, text="2 of 3")
    assert edited["text"] == "2 of 3"
    assert edited["edit_date"]
    assert "reply_markup" not in edited
    assert [m.text for m in ama.messages] == ["/start", "2 of 3"]
    assert ama.buttons() == []
    assert await api("editMessageText", **where, text="<i></i>2 of 3 ", parse_mode="HTML") == SAME
    assert (await api("editMessageReplyMarkup", **where, reply_markup=json.dumps(buttons(["Back"]))))["message_id"]
    assert await api("editMessageReplyMarkup", **where, reply_markup=buttons(["Back"])) == SAME
    assert ama.buttons() == [["Back"]]


async def test_what_cannot_be_edited(api: Api, say: Api, ama: Phone) -> None:
    here = {"chat_id": ama.user.id, "text": "y"}
    assert await api("editMessageText", **here) == "400 Bad Request: message identifier is not specified"
    assert await api("editMessageText", **here, message_id=77) == "400 Bad Request: message to edit not found"
    assert await api("editMessageText", **here, message_id=1) == "400 Bad Request: message can't be edited"
    asked = await say("Name?", reply_markup={"force_reply": True})
    answer = await api("editMessageText", **here, message_id=asked["message_id"])
    assert answer == "400 Bad Request: message can't be edited"
    plain = await say("x")
    wrong = {"message_id": plain["message_id"], "reply_markup": {"force_reply": True}}
    assert await api("editMessageText", **here, **wrong) == "400 Bad Request: inline keyboard expected"


async def test_a_deleted_message_is_gone(api: Api, say: Api, ama: Phone, clock: Clock) -> None:
    where = {"chat_id": ama.user.id, "message_id": (await say())["message_id"]}
    assert await api("deleteMessage", **where) is True
    assert await api("deleteMessage", **where) == "400 Bad Request: message to delete not found"
    assert await api("editMessageText", **where, text="x") == "400 Bad Request: message to edit not found"
    assert ama.transcript[-1].kind == "deleted"
    old = (await say())["message_id"]
    clock.now += 48 * 3600 + 1
    late = await api("deleteMessage", chat_id=ama.user.id, message_id=old)
    assert late == "400 Bad Request: message can't be deleted for everyone"
    assert await api("deleteMessages", chat_id=ama.user.id, message_ids=[999]) is True


async def test_a_copy_has_no_author_and_may_have_another_caption(api: Api, world: World, ama: Phone) -> None:
    photo = ama.photo("Our wall")
    answer = await api(
        "copyMessage",
        chat_id=ama.user.id,
        from_chat_id=ama.user.id,
        message_id=photo.message_id,
        caption="<b>Wall</b>",
        parse_mode="HTML",
    )
    assert answer == {"message_id": ama.last.message_id}
    assert (ama.last.kind, ama.last.text) == ("photo", "Wall")
    missing = await api("copyMessage", chat_id=ama.user.id, from_chat_id=ama.user.id, message_id=99)
    assert missing == "400 Bad Request: message to copy not found"


async def test_files_go_out_once_and_again_by_their_identifier(world: World, ama: Phone) -> None:
    params = {"chat_id": ama.user.id, "caption": "The plan", "name:document": "plan.xlsx"}
    sent = await world.call("sendDocument", params, {"document": b"xlsx"})
    assert sent["document"]["file_name"] == "plan.xlsx"
    assert sent["caption"] == "The plan"
    file_id = sent["document"]["file_id"]
    again = await world.call("sendDocument", {"chat_id": ama.user.id, "document": file_id})
    assert again["document"]["file_id"] == file_id
    described = await world.call("getFile", {"file_id": file_id})
    stored = world.files.fetch(described["file_path"])
    assert stored is not None
    assert stored.data == b"xlsx"


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({}, "there is no photo in the request"),
        ({"photo": "nonsense"}, "wrong file identifier/HTTP URL specified"),
        ({"photo": "attach://up", "name:up": "x.png"}, "IMAGE_PROCESS_FAILED"),
        ({"photo": "attach://empty"}, "file must be non-empty"),
        ({"photo": "attach://good", "caption": "x" * 1025}, "message caption is too long"),
    ],
)
async def test_pictures_that_are_refused(world: World, ama: Phone, params: dict[str, Any], refusal: str) -> None:
    good = b"\x89PNG\r\n\x1a\n" + bytes(8) + (300).to_bytes(4, "big") * 2
    uploads = {"up": b"no picture", "empty": b"", "good": good}
    with pytest.raises(Exception, match=refusal):
        await world.call("sendPhoto", {"chat_id": ama.user.id, **params}, uploads)
    sent = await world.call("sendPhoto", {"chat_id": ama.user.id, "photo": "attach://good"}, uploads)
    assert (sent["photo"][0]["width"], sent["photo"][0]["height"]) == (300, 300)


async def test_replies_and_protection_are_kept(say: Api, ama: Phone) -> None:
    sent = await say("x", reply_parameters={"message_id": 1}, protect_content="true", disable_notification=True)
    assert sent["reply_to_message"]["text"] == "/start"
    assert sent["has_protected_content"] is True
    assert ama.last.silent
    lenient = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await say("x", reply_parameters=json.dumps(lenient))


async def test_an_unknown_method_is_not_found(api: Api) -> None:
    assert (await api("sendChecklist")).startswith("404 Not Found")
