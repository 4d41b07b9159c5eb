"""Words that mean something to machines stand on every phone as they were written, and nowhere in the log."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.rehearsal.errors import PhoneError
from bot.rehearsal.model import Message
from bot.rehearsal.player import plain
from tests.e2e.hostile import FACILITATOR, INVISIBLE, NAMES, TITLE, WORDS, bare
from tests.e2e.house import Guest, House, words
from tests.e2e.rig import ORGANISER, Rig, rig

A, B = "2.4.1.a", "2.4.1.b"


async def test_words_stand_as_they_were_written_and_never_in_the_log(tmp_path: Path) -> None:
    """A workshop whose title, people and organisations are such words, and what its three groups write."""
    async with rig(tmp_path, LOG_LEVEL="DEBUG") as on:
        await on.start()
        house = House(on.world, NAMES)
        on.world.people[ORGANISER].first_name = FACILITATOR
        await house.open(TITLE)
        await house.join(WORDS)
        await house.form()
        async with asyncio.TaskGroup() as tasks:
            for work in (_texts_and_entries, _rows_of_a_table, _long_and_invisible):
                tasks.create_task(work(house))
        await _names_titles_and_organisations(house)
        await _broadcasts(house)
        assert await on.bot.stop() == 0
        on.check()
        _nothing_in_the_log(on)


def _nothing_in_the_log(on: Rig) -> None:
    written = bare(on.log)
    assert "DEBUG" in written
    for each in (*WORDS, *NAMES, TITLE, FACILITATOR):
        assert not bare(each) or bare(each) not in written, each
        assert not bare(each) or bare(each)[:12] not in written, each


def _shown(guest: Guest, text: str) -> bool:
    """The text stands, or stood, on the phone in some message of the bot's."""
    wanted = bare(text)
    seen = (each.text for each in guest.phone.transcript if each.kind in ("received", "edited"))
    return any(wanted in " ".join(plain(each).split()) for each in seen)


async def _see(guest: Guest, text: str) -> None:
    await guest.until(lambda: _shown(guest, text), f"{text!r} on the phone")


async def _names_titles_and_organisations(house: House) -> None:
    lead = house.lead
    await _see(lead, TITLE)
    for guest in house.guests:
        await _see(guest, TITLE)
        await _see(guest, FACILITATOR)
    lead.phone.send("/people")
    for name, organisation in zip(NAMES[:5], WORDS, strict=False):
        await _see(lead, name)
        await _see(lead, organisation)
    lead.phone.send("/groups")
    await lead.press("label.read_aloud")
    for name in NAMES[:5]:
        await _see(lead, name)
    for guest in house.guests:
        guest.phone.send("/group")
        for each in house.group(guest.group):
            if bare(each.phone.user.first_name):
                await _see(guest, each.phone.user.first_name)
    first = house.guests[0]
    for name in WORDS:
        first.phone.send(f"/name {name}")
        line = " ".join(name.split("\n"))[:60]
        await first.until(lambda line=line: _shown(first, line[:40]), f"the name {line!r}")  # type: ignore[misc]


async def _texts_and_entries(house: House) -> None:
    holder, other = house.group(1)
    for text in WORDS:
        await holder.say(text)
        await _see(holder, text)
        await _see(other, text)
    await holder.press("label.next")
    await holder.at(A, 2)
    await holder.press("label.skip")
    await other.at(A, 3)
    for at, text in enumerate(WORDS[:12]):
        await (holder, other)[at % 2].say(text)
    for each in (holder, other):
        await _see(each, WORDS[11])
        await each.press("label.change_entry")
        for text in WORDS[:8]:
            await _see(each, text)
        await each.press("label.close")
    await holder.press("label.next")
    for step in range(4, 10):
        await holder.at(A, step)
        await holder.press("label.skip")
    await holder.at(A, 10)
    await _reads(holder, [WORDS[-1], *WORDS[:12]])
    await holder.press("label.publish")
    other.phone.send("/exercises")
    await other.press("label.read")
    await _see(other, WORDS[0])


async def _rows_of_a_table(house: House) -> None:
    holder, other = house.group(2)
    house.lead.phone.send("/open")
    await house.lead.tap(f"{B}: Group 2")
    await house.lead.press("label.open_anyway")
    await holder.at(B, 1)
    await holder.say(WORDS[5])
    await holder.press("label.next")
    await other.at(B, 2)
    for at, text in enumerate(WORDS[:8]):
        writer = (holder, other)[at % 2]
        for typed in (text[:58], "1", text, "-2", "3", "5", WORDS[-at - 1], text[::-1]):
            await writer.say(typed)
    for each in (holder, other):
        await _see(each, WORDS[7][:20])
    await holder.press("label.next")
    await holder.at(B, 3)
    await holder.say("1")
    await holder.say("2")
    await holder.press("label.next")
    await _reads(holder, [*WORDS[:8], *(WORDS[-at - 1] for at in range(8))])


async def _reads(reader: Guest, texts: list[str]) -> None:
    """[Read the result], page after page, until everything was seen."""
    await reader.press("label.read_it")
    left, before = {bare(text)[:50] for text in texts}, ""
    while True:
        page = await reader.until(lambda before=before: _page(reader, before), f"a page with {left}")  # type: ignore[misc]
        shown = " ".join(plain(page.text).split())
        left = {text for text in left if text not in shown}
        if not left:
            break
        before = page.text
        assert words("label.more") in _labels(page), left
        await reader.press("label.more")
    await reader.press("label.close")


def _labels(message: Message) -> list[str]:
    return [label for row in message.buttons for label in row]


def _page(reader: Guest, before: str) -> Message | None:
    """The page on show, if it is another one than before."""
    page = reader.phone.last
    return page if words("label.close") in _labels(page) and page.text != before else None


async def _broadcasts(house: House) -> None:
    for text in (*WORDS, "\n".join(WORDS)):
        house.lead.phone.send("/broadcast")
        await house.lead.press("label.everyone")
        house.lead.phone.send(text)
        await house.lead.press("label.send")
        for guest in house.guests:
            await _see(guest, text)
        await house.lead.press("label.close")


async def _long_and_invisible(house: House) -> None:
    holder, other = house.group(3)
    long = " ".join(f"Long & <b>longer</b> {{0}} words, {number}." for number in range(200))[:4096]
    sent = holder.phone.send(long)
    await holder.told(sent, "4096 characters" if len(bare(long)) == 4096 else "characters")
    await holder.say("The gap of Group 3")
    await other.see_sheet(A, 1, "The gap of Group 3")
    for text in INVISIBLE:
        try:
            sent = holder.phone.send(text)
        except PhoneError:
            continue  # no app sends that
        await holder.told(sent, words("input.empty"))
    await holder.press("label.next")
    await holder.at(A, 2)
    await holder.press("label.skip")
    await holder.at(A, 3)
    sent = holder.phone.send(long[:1100])
    await holder.told(sent, "parts")
    await holder.press("label.split")
    for each in (holder, other):
        await _see(each, long[1000:1040])
