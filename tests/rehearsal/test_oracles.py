"""The oracles let good calls pass and name what is wrong with bad ones."""

from __future__ import annotations

from typing import Any

import pytest

from bot.rehearsal import Phone, World
from tests import oracles
from tests.rehearsal.conftest import buttons


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("getUpdates", {"timeout": "10", "allowed_updates": '["message"]'}),
        ("sendMessage", {"chat_id": "5", "text": "<b>x</b>", "parse_mode": "HTML", "disable_notification": "true"}),
        (
            "sendMessage",
            {"chat_id": 5, "text": '<tg-time unix="1790000000" format="wD">x</tg-time>', "parse_mode": "HTML"},
        ),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": buttons(["a"] * 8)}),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": {"force_reply": True}}),
        ("sendMessage", {"chat_id": 5, "text": "x", "entities": [{"type": "bold", "offset": 0, "length": 1}]}),
        ("sendDocument", {"chat_id": 5, "name:document": "plan.xlsx", "caption": "x" * 1024}),
        ("answerCallbackQuery", {"callback_query_id": "77", "text": "Saved"}),
        ("setMessageReaction", {"chat_id": 5, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}]}),
    ],
)
def test_good_calls_pass(method: str, params: dict[str, Any]) -> None:
    oracles.check_request(method, params)


@pytest.mark.parametrize(
    ("method", "params", "complaint"),
    [
        ("sendMassage", {}, "there is no method sendMassage"),
        ("sendMessage", {"text": "x"}, "chat_id: Field required"),
        ("sendMessage", {"chat_id": 5, "text": "x", "silent": True}, "there is no field silent"),
        ("sendMessage", {"chat_id": 5, "text": "x", "protect_content": 1}, "protect_content"),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_parameters": {"message_id": "4"}}, "message_id"),
        ("sendMessage", {"chat_id": 5, "text": "<i>x", "parse_mode": "HTML"}, "Can't find end tag"),
        ("sendMessage", {"chat_id": 5, "text": "*x*", "parse_mode": "Markdown"}, "parse mode Markdown"),
        ("sendMessage", {"chat_id": 5, "text": "<b> </b>", "parse_mode": "HTML"}, "text: empty"),
        ("sendMessage", {"chat_id": 5, "text": "x" * 4097}, "4097 characters, and 4096 fit"),
        (
            "sendMessage",
            {"chat_id": 5, "text": "<b>x</b> " * 101, "parse_mode": "HTML"},
            "101 entities, and 100 are kept",
        ),
        ("sendDocument", {"chat_id": 5, "document": "id", "caption": "x" * 1025}, "1025 characters, and 1024 fit"),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": buttons(["a"] * 9)}, "9 buttons in a row"),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": buttons(*[["a"]] * 101)}, "101 buttons"),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": buttons(["é" * 33])}, "carries 66 bytes"),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": buttons([" "])}, "without a label"),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": "{"}, "reply_markup is not JSON"),
        ("answerCallbackQuery", {"callback_query_id": "7", "text": "x" * 201}, "a toast of 201 characters"),
    ],
)
def test_bad_calls_are_named(method: str, params: dict[str, Any], complaint: str) -> None:
    with pytest.raises(AssertionError) as caught:
        oracles.check_request(method, params)
    assert complaint in str(caught.value)


async def test_all_calls_of_a_world_are_checked_at_once(world: World, ama: Phone) -> None:
    await world.call("sendMessage", {"chat_id": ama.user.id, "text": "x"})
    await world.call("getUpdates", {"offset": 0})
    assert oracles.check_all(world.requests) == 2
    await world.call("sendMessage", {"chat_id": ama.user.id, "text": "x", "colour": "red"})
    with pytest.raises(
        AssertionError, match=r"1 of 3 calls are wrong:\n  sendMessage .*\n    there is no field colour"
    ):
        oracles.check_all(world.requests)
