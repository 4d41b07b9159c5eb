"""The board of the room and broadcasts, where numbers are large or something is off."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.core.message import Kind, Priority, Status
from bot.core.workshop import close
from handlers.room import room_screen
from storage.outbox import Receipt
from tests.handlers.talk import Talk

LIMIT = 4096


async def a_room(talk: Talk, people: int, *, without_phone: int = 0) -> None:
    workshop = await talk.open("Amina")
    for number in range(1, people + 1):
        await talk.join(f"P{number}", workshop)
    for number in range(1, without_phone + 1):
        for text in ("/people", "Add someone", f"Q{number}", "Skip"):
            await talk.says("Amina", text)


async def board(talk: Talk, name: str = "Amina") -> tuple[str, list[str]]:
    person = await talk.runner.person(talk.id(name))
    assert person is not None
    renderer = await talk.renderer(name)
    shown = await room_screen(talk.runner, person, await talk.workshop(), talk.time)
    return renderer.text(shown), [renderer.label(choice) for row in shown.rows for choice in row]


# The board -------------------------------------------------------------------------------------------------------


async def test_the_board_fits_a_narrow_phone(talk: Talk):
    await a_room(talk, 14)
    for data in ("form:1:other:three", "14"):
        await (talk.taps("Amina", data) if ":" in data else talk.says("Amina", data))
    await talk.taps("Amina", "ro:1:0:1:2.4.1.a")
    await talk.taps("Amina", "ro:1:0:1:2.4.1.b")
    text, labels = await board(talk)
    table = re.search(r"<pre>(.*)</pre>", text, re.DOTALL)
    assert table is not None
    lines = table[1].splitlines()
    assert len(lines) == 15
    assert max(map(len, lines)) <= 34
    assert len({len(line) for line in lines}) == 1  # columns stand under each other
    assert len(text) < LIMIT
    assert all(len(label) <= 24 for label in labels)


async def test_silence_is_named_while_it_means_something(talk: Talk):
    await a_room(talk, 6)
    await talk.taps("Amina", "form:1:count:three")
    await talk.taps("Amina", "ro:1:0:0:2.4.1.a")
    for seconds, stuck in ((239, False), (240, True), (3 * 3600, False)):
        assert ("Group 2 is stuck" in await _board_at(talk, seconds)) is stuck, seconds
    assert "nothing for 4 min" in await _board_at(talk, 299)


async def _board_at(talk: Talk, seconds: int) -> str:
    person = await talk.runner.person(talk.id("Amina"))
    assert person is not None
    shown = await room_screen(talk.runner, person, await talk.workshop(), talk.time + timedelta(seconds=seconds))
    return (await talk.renderer("Amina")).text(shown)


async def test_a_closed_workshop_opens_nothing(talk: Talk):
    await a_room(talk, 6)
    await talk.taps("Amina", "form:1:count:three")
    turn = talk.runner.begin()
    turn.put(close(await talk.workshop(), talk.time))
    talk.runner.keep(turn)
    await talk.runner.commit()
    text, labels = await board(talk)
    assert "Closed" in text
    assert not any(label.startswith("Open") for label in labels)
    assert "is closed" in await talk.taps("Amina", "ro:1:0:0:2.4.1.a")
    assert await talk.runner.runs_of(1) == []


async def test_buttons_of_the_board_may_be_typed(talk: Talk):
    await a_room(talk, 6)
    await talk.says("Amina", "/room")
    assert "Groups aren't formed" not in await talk.says("Amina", "form groups")
    await talk.says("Amina", "Close")
    assert "To whom?" in await talk.says("Amina", "Broadcast")


# Broadcasts ------------------------------------------------------------------------------------------------------


async def sent(talk: Talk, *inputs: str) -> list[tuple[int, str]]:
    """What the last of some inputs put into the outbox as copies of a broadcast: chat and text."""
    for text in inputs[:-1]:
        await talk.says("Amina", text)
    message = {"message_id": 1, "date": 0, "chat": talk._chat("Amina"), "from": talk._user("Amina")}
    committed = await talk._take("Amina", {"message": message | {"text": inputs[-1]}})
    copies = [each for each in committed.messages if each.batch]
    assert all(each.kind is Kind.SEND and each.priority is Priority.LIVE for each in copies)
    renderer = await talk.renderer("Amina")
    return [(each.chat_id, renderer.text(each.screen)) for each in copies]


async def test_all_participants_get_it_once_and_nobody_else(talk: Talk):
    await a_room(talk, 5, without_phone=2)
    copies = await sent(talk, "/broadcast", "All participants", "Lunch is at <noon> & ends at 13:00", "Send")
    assert sorted(chat for chat, _ in copies) == [talk.id(f"P{number}") for number in range(1, 6)]
    assert {text for _, text in copies} == {"<b>Amina</b>\nLunch is at &lt;noon&gt; &amp; ends at 13:00"}
    question = await talk.question("Amina")
    assert question is not None
    assert "Without a phone: Q1 and Q2. Read it to them." in (await talk.renderer("Amina")).text(question)


async def test_the_longest_text_fits_and_a_longer_one_is_kept_out(talk: Talk):
    await a_room(talk, 2)
    await talk.says("Amina", "/broadcast")
    await talk.says("Amina", "All participants")
    assert "That's 3001 characters, and 3000 fit" in await talk.says("Amina", "a" * 3001)
    preview = await talk.says("Amina", "&" * 3000)
    assert len(preview.replace("&amp;", "&")) < LIMIT
    copies = await sent(talk, "Send")
    assert len(copies) == 2
    assert len(copies[0][1].replace("&amp;", "&")) < LIMIT


async def test_a_group_that_is_empty_or_gone_gets_nothing(talk: Talk):
    await a_room(talk, 3)
    await talk.taps("Amina", "form:1:count:three")
    await talk.says("Amina", "/broadcast Hello")
    await talk.says("Amina", "Group 3")
    await talk.says("P3", "/leave")
    await talk.says("P3", "Leave")
    assert "nobody to send it to" in await talk.says("Amina", "Write to Group 3")
    assert "earlier screen" in await talk.taps("Amina", "bt:1:9:three")


async def test_sending_twice_sends_once(talk: Talk):
    await a_room(talk, 2)
    assert len(await sent(talk, "/broadcast Hello", "All participants", "Send")) == 2
    assert await sent(talk, "Send") == []
    assert "earlier screen" in await talk.taps("Amina", "bd:1:send")


RECEIPTS = [
    (Status.SENT, "", "Delivered to 1 of 1"),
    (Status.QUEUED, "", "1 is on its way"),
    (Status.UNKNOWN, "", "1 is on its way"),
    (Status.ERRORED, "", "1 is on its way"),
    (Status.FAILED, "blocked", "Not reached: P1 (blocked the bot). Please tell them."),
    (Status.FAILED, "not_started", "P1 (never started the bot)"),
    (Status.FAILED, "deactivated", "P1 (account is gone)"),
    (Status.FAILED, "something new", "P1 (could not be delivered)"),
]


@pytest.mark.parametrize(("status", "reason", "says"), RECEIPTS)
async def test_the_result_is_read_from_what_was_sent(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, status: Status, reason: str, says: str
):
    await a_room(talk, 1)
    await sent(talk, "/broadcast Hello", "All participants", "Send")

    async def ledger(batch: int) -> list[Receipt]:
        return [Receipt(talk.id("P1"), status, reason)]

    monkeypatch.setattr(talk.runner, "ledger", ledger)
    question = await talk.question("Amina")
    assert question is not None
    assert says in (await talk.renderer("Amina")).text(question)


async def test_many_names_are_cut_short(talk: Talk, monkeypatch: pytest.MonkeyPatch):
    await a_room(talk, 30)
    await sent(talk, "/broadcast Hello", "All participants", "Send")
    workshop = await talk.workshop()
    chats = [member.user_id for member in workshop.participants() if member.user_id is not None]

    async def ledger(batch: int) -> list[Receipt]:
        return [Receipt(chat, Status.FAILED, "blocked") for chat in chats]

    monkeypatch.setattr(talk.runner, "ledger", ledger)
    question = await talk.question("Amina")
    assert question is not None
    assert "and 10 more. Please tell them." in (await talk.renderer("Amina")).text(question)


async def test_who_works_elsewhere_reads_where_it_comes_from(talk: Talk):
    first = await talk.open("Amina")
    await talk.join("P1", first)
    second = await talk.open("Amina", "Another workshop")
    await talk.join("P1", second)
    await talk.taps("Amina", f"ws:{first.id}")
    copies = await sent(talk, "/broadcast Hello", "All participants", "Send")
    assert copies == [(talk.id("P1"), "<b>Amina</b> · June workshop\nHello")]


async def test_the_board_fits_with_all_that_a_workshop_does(talk: Talk):
    """2.4.1 isn't published by all, and 2.5, 4.3, 4.4 and 5.2 are open: the newest three tables are shown."""
    await a_room(talk, 45)
    for data in ("form:1:count:six", "form:1:merge:three"):
        await talk.taps("Amina", data)
    for exercise in ("2.4.1.a", "2.4.1.b", "2.4.1.c", "2.5", "4.3", "4.4", "5.2"):
        await talk.taps("Amina", f"ro:1:0:1:{exercise}")
    text, labels = await board(talk)
    tables = re.findall(r"<pre>(.*?)</pre>", text, re.DOTALL)
    assert [table.splitlines()[0].split() for table in tables] == [["2.5"], ["4.3", "4.4"], ["5.2"]]
    assert tables[2].splitlines()[1].split() == ["Everyone", "0/7"]
    for table in tables:
        assert max(map(len, table.splitlines())) <= 34
        assert len({len(line) for line in table.splitlines()}) == 1
    assert len(text) < LIMIT
    assert all(len(label) <= 24 for label in labels)


async def test_a_group_that_fills_in_its_plan_is_not_stuck(talk: Talk):
    await a_room(talk, 6)
    await talk.taps("Amina", "form:1:count:three")
    await talk.taps("Amina", "ro:1:0:1:2.5")
    talk.time += timedelta(minutes=3)
    for data in ("s:1:goal", "n:1:first"):
        await talk.taps("P1", data)
    await talk.says("P1", "Publish the list")
    talk.time += timedelta(minutes=3)
    await talk.says("P1", "Skip")  # who does it, which changes the plan and not the sheet
    assert "Group 1 is stuck" not in await _board_at(talk, 3 * 60)
    assert "Group 2 is stuck" in await _board_at(talk, 3 * 60)
    assert "Group 1 is stuck" in await _board_at(talk, 4 * 60)
