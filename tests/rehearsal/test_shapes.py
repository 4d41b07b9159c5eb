"""What the stand-in hands out, read by the libraries that bots are written with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import telegram
from aiogram.methods import GetMe, GetUpdates, SendMessage
from aiogram.types import Chat as AiogramChat
from aiogram.types import Message as AiogramMessage
from aiogram.types import Update as AiogramUpdate
from aiogram.types import User as AiogramUser
from pydantic import BaseModel

from bot.rehearsal import Phone, World, serve
from tests.rehearsal.conftest import TOKEN, Api, buttons

# Sent by the real server for old clients; the schema no longer has them.
LEGACY = {"forward_date", "forward_sender_name", "user_ids"}


def unknown(value: Any) -> Iterator[str]:
    """Fields that aiogram's models, made from the official schema, don't know."""
    if isinstance(value, BaseModel):
        yield from value.model_extra or {}
        for name in value.model_fields_set & set(type(value).model_fields):
            yield from unknown(getattr(value, name))
    elif isinstance(value, list):
        for entry in value:
            yield from unknown(entry)


async def everything(api: Api, say: Api, ama: Phone) -> list[dict[str, Any]]:
    """An update of every kind that a phone can cause."""
    note = ama.send("see @amina_d at https://example.org")
    ama.edit(note.message_id, "second thought")
    ama.reply(note.message_id, "and a reply")
    ama.forward("passed on", "Esi K.")
    for send in (ama.sticker, ama.voice, ama.photo, ama.contact, ama.location):
        send()
    ama.document("notes.txt", b"hi", "with a caption")
    ama.share_users(1, [ama.user])
    await say("Who?", reply_markup={"keyboard": [[{"text": "Pick", "request_users": {"request_id": 3}}]]})
    ama.choose("Pick", ama.user)
    sent = await say('<b>x</b> <tg-time unix="1790000000" format="wD">then</tg-time>', parse_mode="HTML")
    await say("x", reply_markup=buttons(["Go"]), reply_parameters={"message_id": note.message_id})
    await api("pinChatMessage", chat_id=ama.user.id, message_id=sent["message_id"])
    ama.tap("Go")
    ama.tap_old(9999, "gone")
    ama.block()
    ama.unblock()
    updates: list[dict[str, Any]] = await api("getUpdates")
    assert len(updates) == 18
    return updates


async def test_updates_fit_the_official_schema(api: Api, say: Api, ama: Phone) -> None:
    for update in await everything(api, say, ama):
        read = AiogramUpdate.model_validate_json(json.dumps(update))
        assert set(unknown(read)) <= LEGACY, update
        assert read.event_type in update


async def test_updates_are_read_by_python_telegram_bot(api: Api, say: Api, ama: Phone) -> None:
    bot = telegram.Bot(TOKEN)
    for update in await everything(api, say, ama):
        read = telegram.Update.de_json(update, bot)
        assert read.update_id == update["update_id"]
        assert read.effective_user is not None
        assert read.effective_user.id in (ama.user.id, 123456)


async def test_answers_fit_the_official_schema(api: Api, say: Api, ama: Phone) -> None:
    assert GetMe.__returning__ is AiogramUser
    assert SendMessage.__returning__ is AiogramMessage
    assert GetUpdates.__returning__ == list[AiogramUpdate]
    me = AiogramUser.model_validate_json(json.dumps(await api("getMe")))
    sent = AiogramMessage.model_validate_json(json.dumps(await say("x", reply_markup=buttons(["Go"]))))
    assert set(unknown(me)) | set(unknown(sent)) == set()
    await api("pinChatMessage", chat_id=ama.user.id, message_id=sent.message_id)
    chat = await api("getChat", chat_id=ama.user.id)
    assert chat["pinned_message"]["message_id"] == sent.message_id
    assert AiogramChat.model_validate_json(json.dumps(chat)).id == ama.user.id


async def test_python_telegram_bot_works_against_the_server(world: World, ama: Phone) -> None:
    async with serve(world) as url:
        made = telegram.Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")
        async with made as bot:
            keyboard = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Go", callback_data="1")]])
            sent = await bot.send_message(ama.user.id, "<b>x</b>", parse_mode="HTML", reply_markup=keyboard)
            assert (sent.text, ama.buttons()) == ("x", [["Go"]])
            document = await bot.send_document(ama.user.id, b"plan", filename="plan.txt", caption="The plan")
            assert document.document is not None
            assert bytes(await (await document.document.get_file()).download_as_bytearray()) == b"plan"
            ama.tap("Go")
            updates = await bot.get_updates(timeout=1)
            assert updates[-1].callback_query is not None
            assert await updates[-1].callback_query.answer("Saved")
            assert await bot.set_message_reaction(ama.user.id, 1, "👍")
            await bot.set_my_commands([("help", "What can be done now")], language_code="fr")
    assert ama.toasts == ["Saved"]
