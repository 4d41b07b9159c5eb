"""Taps, toasts, reactions, pins, commands, and the rest that isn't a message."""

from __future__ import annotations

from typing import Any

import pytest
from telegram.constants import ReactionEmoji

from bot.rehearsal import Phone, World
from bot.rehearsal.calls_chat import REACTIONS
from bot.rehearsal.model import Tap
from tests.rehearsal.conftest import Api, Clock, buttons

TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


async def tapped(say: Api, ama: Phone) -> Tap:
    await say(reply_markup=buttons(["Go"]))
    tap = ama.tap("Go")
    assert isinstance(tap, Tap)
    return tap


async def test_a_tap_brings_a_query_and_its_answer_a_toast(api: Api, say: Api, ama: Phone) -> None:
    tap = await tapped(say, ama)
    query = (await api("getUpdates"))[-1]["callback_query"]
    assert (query["id"], query["data"], query["from"]["language_code"]) == (tap.query_id, "Go", "en")
    assert query["message"]["reply_markup"] == buttons(["Go"])
    assert int(query["chat_instance"])
    assert list(ama.waiting) == [tap.query_id]
    assert await api("answerCallbackQuery", callback_query_id=tap.query_id, text="Saved", show_alert=True) is True
    assert (ama.toasts, ama.waiting) == (["Saved"], {})
    assert ama.transcript[-1].kind == "alert"
    assert await api("answerCallbackQuery", callback_query_id=tap.query_id) == TOO_OLD


async def test_a_query_can_be_answered_for_a_while_only(api: Api, say: Api, ama: Phone, clock: Clock) -> None:
    tap = await tapped(say, ama)
    clock.now += 16
    assert await api("answerCallbackQuery", callback_query_id=tap.query_id) == TOO_OLD
    assert await api("answerCallbackQuery", callback_query_id="12") == TOO_OLD


async def test_a_toast_that_is_too_long_can_be_sent_again(api: Api, say: Api, ama: Phone) -> None:
    tap = await tapped(say, ama)
    long = await api("answerCallbackQuery", callback_query_id=tap.query_id, text="x" * 201)
    assert long == "400 Bad Request: MESSAGE_TOO_LONG"
    assert await api("answerCallbackQuery", callback_query_id=tap.query_id) is True
    assert ama.toasts == []


async def test_a_tap_under_a_deleted_message_says_so(api: Api, say: Api, ama: Phone) -> None:
    sent = await say(reply_markup=buttons(["Go"]))
    await api("deleteMessage", chat_id=ama.user.id, message_id=sent["message_id"])
    ama.tap_old(sent["message_id"], "Go")
    message = (await api("getUpdates"))[-1]["callback_query"]["message"]
    assert (message["message_id"], message["date"]) == (sent["message_id"], 0)
    assert "text" not in message


async def test_a_reaction_shows_on_the_persons_own_message(api: Api, ama: Phone) -> None:
    note = ama.send("Files wait for one signature")
    here = {"chat_id": ama.user.id, "message_id": note.message_id}
    assert await api("setMessageReaction", **here, reaction='[{"type":"emoji","emoji":"👍"}]') is True
    assert note.reactions == ["👍"]
    two = [{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "🔥"}]
    assert await api("setMessageReaction", **here, reaction=two) == "400 Bad Request: REACTIONS_TOO_MANY"
    odd = [{"type": "emoji", "emoji": "✅"}]
    assert await api("setMessageReaction", **here, reaction=odd) == "400 Bad Request: REACTION_INVALID"
    assert await api("setMessageReaction", **here) is True
    assert note.reactions == []
    missing = await api("setMessageReaction", chat_id=ama.user.id, message_id=99)
    assert missing == "400 Bad Request: message to react not found"


def test_the_reactions_are_those_that_telegram_lists() -> None:
    assert {emoji.value.replace("\ufe0f", "") for emoji in ReactionEmoji} == REACTIONS


async def test_a_pin_is_on_top_and_the_bot_hears_of_it(api: Api, say: Api, ama: Phone) -> None:
    first, second = (await say("board"))["message_id"], (await say("sheet"))["message_id"]
    for message_id in (first, second):
        assert (
            await api("pinChatMessage", chat_id=ama.user.id, message_id=message_id, disable_notification=True) is True
        )
    assert ama.chat.pinned == [first, second]
    newest = ama.pinned
    assert newest is ama.chat.messages[second]
    assert (await api("getUpdates"))[-1]["message"]["pinned_message"]["text"] == "sheet"
    assert [m.text for m in ama.messages] == ["/start", "board", "sheet"]
    assert (await api("getChat", chat_id=ama.user.id))["pinned_message"]["message_id"] == second
    assert await api("unpinChatMessage", chat_id=ama.user.id) is True
    assert ama.chat.pinned == [first]
    assert await api("unpinAllChatMessages", chat_id=ama.user.id) is True
    on_top = ama.pinned
    assert on_top is None
    nothing = await api("unpinChatMessage", chat_id=ama.user.id)
    assert nothing == "400 Bad Request: message to unpin not found"


async def test_commands_are_kept_per_scope_and_language(api: Api, ama: Phone) -> None:
    commands = [{"command": "help", "description": "What can be done now"}]
    mine = {"type": "chat", "chat_id": ama.user.id}
    assert await api("setMyCommands", commands=commands, scope=mine, language_code="fr") is True
    assert await api("getMyCommands", scope=mine, language_code="fr") == commands
    assert await api("getMyCommands") == []
    assert await api("deleteMyCommands", scope=mine, language_code="fr") is True
    assert await api("getMyCommands", scope=mine, language_code="fr") == []


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"commands": [{"command": "Help", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "", "description": "x"}]}, "command must be non-empty"),
        ({"commands": [{"command": "x" * 33, "description": "x"}]}, "command length must not exceed 32"),
        ({"commands": [{"command": "x", "description": ""}]}, "command description must be non-empty"),
        ({"commands": [{"command": "x", "description": "y" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "x"}]}, "can't parse BotCommand: Can't find field \"description\""),
        ({"commands": "nonsense"}, "can't parse commands JSON object"),
        ({"commands": [], "scope": {"type": "moon"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ({"commands": [], "language_code": "english"}, "invalid language code specified"),
    ],
)
async def test_commands_that_are_refused(api: Api, params: dict[str, Any], refusal: str) -> None:
    assert await api("setMyCommands", **params) == f"400 Bad Request: {refusal}"


async def test_typing_needs_a_known_action(api: Api, ama: Phone) -> None:
    assert await api("sendChatAction", chat_id=ama.user.id, action="typing") is True
    answer = await api("sendChatAction", chat_id=ama.user.id, action="thinking")
    assert answer == "400 Bad Request: wrong parameter action in request"


async def test_the_bot_knows_itself(api: Api, world: World) -> None:
    me = await api("getMe")
    assert (me["id"], me["username"], me["is_bot"]) == (123456, "PlenaryBot", True)
    with pytest.raises(ValueError, match="a number, a colon and a secret"):
        World("nonsense")
