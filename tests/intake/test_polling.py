"""Long polling: confirms only what is committed, and outlives a server that is away."""

import asyncio
import contextlib

import pytest

from bot.intake.intake import Stopped
from bot.intake.polling import Polling
from bot.rehearsal.errors import ApiError, refuse
from bot.rehearsal.faults import Drop


@contextlib.asynccontextmanager
async def running(desk):
    task = asyncio.create_task(desk.polling.run())
    try:
        yield task
    finally:
        desk.polling.stop()
        await asyncio.wait_for(task, 5)


async def test_updates_come_in_and_are_confirmed_after_their_commit(desk):
    async with running(desk):
        for number in range(250):
            desk.world.phone(1).send(f"{number}")
        await desk.until(lambda: _is(desk, 1, "".join(f"{number}," for number in range(250))))
        await desk.until(lambda: _none_waiting(desk))


async def _is(desk, user_id, text):
    return await desk.said(user_id) == text


async def _none_waiting(desk):
    return not desk.waiting()


async def test_nothing_is_confirmed_that_was_not_committed(desk):
    async def fails(updates):
        raise OSError

    polling = Polling(desk.api, fails)
    desk.world.phone(1).send("a")
    for _ in range(2):
        with pytest.raises(OSError):  # noqa: PT011 - ours
            await polling.take_once()
    assert len(desk.waiting()) == 1
    assert await desk.polling.take_once() == 1
    assert await desk.polling.take_once() == 0
    assert desk.waiting() == []


async def test_a_server_that_is_away_is_asked_again(desk, caplog):
    desk.world.faults.add(method="getUpdates", times=2, outcome=Drop())
    desk.world.faults.add(method="getUpdates", outcome=ApiError(502, "Bad Gateway"))
    async with running(desk):
        desk.world.phone(1).send("a")
        await desk.until(lambda: _is(desk, 1, "a,"))
    assert "OutcomeUnknown" in caplog.text
    assert desk.world.token not in "".join(each.getMessage() for each in caplog.records if each.name.startswith("bot"))


@pytest.mark.parametrize("method", ["getUpdates", "deleteWebhook"])
async def test_a_token_that_is_not_accepted_ends_the_bot_with_a_line(desk, method):
    desk.world.faults.add(method=method, outcome=ApiError(401, "Unauthorized"))
    with pytest.raises(Stopped, match="BOT_TOKEN") as stopped:
        await asyncio.wait_for(desk.polling.run(), 5)
    assert stopped.value.exit_code != 0


async def test_a_second_bot_on_the_same_token_ends_with_a_line(desk):
    desk.world.faults.add(method="getUpdates", outcome=refuse(409, "terminated by other getUpdates request"))
    with pytest.raises(Stopped, match="Another program") as stopped:
        await asyncio.wait_for(desk.polling.run(), 5)
    assert stopped.value.exit_code != 0


async def test_a_webhook_from_before_is_removed(desk):
    await desk.api("setWebhook", {"url": "http://127.0.0.1:9/x"})
    async with running(desk):
        desk.world.phone(1).send("a")
        await desk.until(lambda: _is(desk, 1, "a,"))


async def test_stopping_ends_the_wait_but_not_the_work(desk):
    started, go_on = asyncio.Event(), asyncio.Event()

    async def take(updates):
        started.set()
        await go_on.wait()
        await desk.intake.take(updates)

    desk.polling = Polling(desk.api, take)
    task = asyncio.create_task(desk.polling.run())
    desk.world.phone(1).send("a")
    await started.wait()
    desk.polling.stop()
    await asyncio.sleep(0.05)
    assert not task.done()
    go_on.set()
    await asyncio.wait_for(task, 5)
    assert await desk.said(1) == "a,"


async def test_only_what_the_bot_understands_is_asked_for(desk):
    await desk.polling.take_once()
    assert desk.world.updates.allowed == {"message", "edited_message", "callback_query", "my_chat_member", "poll"}
