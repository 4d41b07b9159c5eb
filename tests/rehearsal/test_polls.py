"""Polls: sent, voted in, closed, with the server's own refusals; and as the libraries read them."""

from __future__ import annotations

import json
from typing import Any

import pytest
import telegram
from aiogram.types import Message as AiogramMessage
from aiogram.types import Poll as AiogramPoll
from aiogram.types import Update as AiogramUpdate

from bot.rehearsal import Phone, PhoneError
from tests.rehearsal.conftest import TOKEN, Api
from tests.rehearsal.test_shapes import unknown

OPTIONS = [{"text": "Yes"}, {"text": "No"}]


@pytest.fixture
def ask(api: Api, ama: Phone) -> Api:
    async def call(**params: Any) -> Any:
        return await api("sendPoll", **{"chat_id": ama.user.id, "question": "Go on?", "options": OPTIONS, **params})

    return call


async def test_a_poll_reaches_the_phone_and_fits_the_official_schema(ask: Api, ama: Phone) -> None:
    sent = await ask()
    assert sent["poll"]["is_anonymous"] is True
    assert (ama.last.kind, ama.last.text) == ("poll", "Go on?\n○ Yes\n○ No")
    read = AiogramMessage.model_validate_json(json.dumps(sent))
    assert set(unknown(read)) == set()
    assert "caption" not in sent
    assert (await ask(is_anonymous=False))["poll"]["is_anonymous"] is False


async def test_votes_come_as_updates_that_the_libraries_read(api: Api, ask: Api, ama: Phone) -> None:
    await ask()
    ama.vote("No")
    ama.vote()
    for update, counts in zip(await api("getUpdates", offset=-2), ([0, 1], [0, 0]), strict=True):
        assert set(unknown(AiogramUpdate.model_validate_json(json.dumps(update)))) == set()
        read = telegram.Update.de_json(update, telegram.Bot(TOKEN))
        assert read.poll is not None
        assert [option.voter_count for option in read.poll.options] == counts


async def test_a_closed_poll_takes_no_votes(api: Api, ask: Api, ama: Phone) -> None:
    sent = await ask()
    where = {"chat_id": ama.user.id, "message_id": sent["message_id"]}
    stopped = await api("stopPoll", **where)
    assert AiogramPoll.model_validate_json(json.dumps(stopped)).is_closed
    assert (await api("getUpdates", offset=-1))[0]["poll"]["is_closed"]
    with pytest.raises(PhoneError):
        ama.vote("Yes")
    assert await api("stopPoll", **where) == "400 Bad Request: poll has already been closed"
    where["message_id"] = 1
    assert await api("stopPoll", **where) == "400 Bad Request: message with poll to stop not found"


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"question": ""}, "poll question must be non-empty and no longer than 300"),
        ({"question": "q" * 301}, "poll question must be non-empty and no longer than 300"),
        ({"options": []}, "poll must have from 1 to 12 options"),
        ({"options": [{"text": "x" * 101}, {"text": "y"}]}, "poll options length must not exceed 100"),
        ({"options": [{"text": "x"}, {"text": "x"}]}, "poll options must be different"),
    ],
)
async def test_what_makes_no_poll_is_refused(ask: Api, params: dict[str, Any], refusal: str) -> None:
    assert refusal in await ask(**params)
