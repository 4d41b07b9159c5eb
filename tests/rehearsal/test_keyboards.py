"""Keyboards: what is accepted, what is refused, and what a thumb can do with them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.rehearsal import Phone, PhoneError
from tests.rehearsal.conftest import Api, buttons


def one(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Go", **button}]]}


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (one(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (one(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (one(), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (
            one(callback_data=""),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (one(callback_data="x", style="loud"), "can't parse inline keyboard button: invalid button style specified"),
        (one(url="nowhere"), "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        (one(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (one(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        ({"inline_keyboard": [["Go"]]}, "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": [{"text": "Go"}]}, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array'),
        (buttons(*[["x"]] * 101), "reply markup is too long"),
        (buttons(["x"] * 9), "reply markup is too long"),
        (buttons(*[["x" * 64] * 8] * 10), "reply markup is too long"),
        ([], "object expected as reply markup"),
    ],
)
async def test_a_keyboard_that_is_refused(api: Api, ama: Phone, markup: Any, refusal: str) -> None:
    answer = await api("sendMessage", chat_id=ama.user.id, text="x", reply_markup=markup)
    assert answer.startswith(f"400 Bad Request: {refusal}")


async def test_all_kinds_of_buttons_that_are_accepted(say: Api, ama: Phone) -> None:
    rows = [
        [{"text": "Save", "callback_data": "é" * 32, "style": "primary"}],
        [{"text": "Copy", "copy_text": {"text": "x" * 256}}, {"text": "Open", "url": "EXAMPLE.org"}],
        [{"text": "Me", "url": "tg://user?id=5"}, {"text": "", "callback_data": "left out"}],
    ]
    sent = await say("x", reply_markup={"inline_keyboard": rows})
    assert sent["reply_markup"]["inline_keyboard"] == [
        [{"text": "Save", "style": "primary", "callback_data": "é" * 32}],
        [{"text": "Copy", "copy_text": {"text": "x" * 256}}, {"text": "Open", "url": "http://example.org/"}],
        [{"text": "Me", "url": "tg://user?id=5"}],
    ]
    assert await say("x", reply_markup=buttons(*[["1", "2", "3", "4", "5", "6", "7", "8"]] * 12))
    assert ama.tap("Open") == "http://example.org/"
    assert ama.tap("Copy") == ama.clipboard == "x" * 256


async def test_a_reply_keyboard_writes_for_the_person(say: Api, ama: Phone) -> None:
    keys = [[{"text": "Yes"}, "No"], [{"text": "My number", "request_contact": True}]]
    await say("Ready?", reply_markup={"keyboard": keys, "one_time_keyboard": True, "resize_keyboard": True})
    assert ama.buttons() == [["Yes", "No"], ["My number"]]
    ama.tap("Yes")
    assert ama.messages[-1].text == "Yes"
    assert ama.buttons() == []
    await say("Number?", reply_markup={"keyboard": keys})
    ama.tap("My number")
    assert ama.messages[-1].kind == "contact"
    await say("Thanks", reply_markup={"remove_keyboard": True})
    with pytest.raises(PhoneError, match="no button 'Yes'"):
        ama.tap("Yes")


def asks(**more: Any) -> dict[str, Any]:
    key = {"text": "Pick", "request_users": {"request_id": 3, **more}}
    return {"keyboard": [[key], ["Leave it"]], "one_time_keyboard": True}


async def test_people_are_picked_behind_a_key(world: Any, say: Api, ama: Phone) -> None:
    kofi = world.phone(8, "Kofi", "Mensah", username="kofi_m").user
    await say("Who?", reply_markup=asks(request_name=True))
    assert ama.last.keys == [["Pick"], ["Leave it"]]
    with pytest.raises(PhoneError, match="choose"):
        ama.tap("Pick")
    picked = ama.choose("Pick", kofi)
    assert picked.media["users_shared"] == {
        "request_id": 3,
        "user_ids": [8],
        "users": [{"user_id": 8, "first_name": "Kofi", "last_name": "Mensah"}],
    }
    assert ama.buttons() == []  # it is there for one time


async def test_a_key_says_whom_it_takes_and_what_it_tells_of_them(world: Any, say: Api, ama: Phone) -> None:
    kofi = world.phone(8, "Kofi", username="kofi_m").user
    await say("Who?", reply_markup=asks(user_is_bot=False, request_username=True))
    for wrong in ((), (kofi, ama.user), (world.bot,)):
        with pytest.raises(PhoneError, match="Pick"):
            ama.choose("Pick", *wrong)
    with pytest.raises(PhoneError, match="doesn't ask for people"):
        ama.choose("Leave it", kofi)
    assert ama.choose("Pick", kofi).media["users_shared"]["users"] == [{"user_id": 8, "username": "kofi_m"}]
    with pytest.raises(PhoneError, match="no key 'Pick'"):
        ama.choose("Pick", kofi)


async def test_people_are_shared_though_nobody_asked(world: Any, ama: Phone) -> None:
    kofi = world.phone(8, "Kofi", username="kofi_m").user
    picked = ama.share_users(3, [kofi])
    assert picked.media["users_shared"]["users"] == [{"user_id": 8, "first_name": "Kofi", "username": "kofi_m"}]
