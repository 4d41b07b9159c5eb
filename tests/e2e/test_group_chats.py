"""Group chats beside people's own: tied by facilitators, showing what everybody may see, and gone at any time."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core.dialogue import Person
from bot.rehearsal.groups import GroupChat, Seat
from bot.rehearsal.model import Message
from bot.rehearsal.phone import Phone
from tests.stage import Stage, stage
from tests.transcripts.setups import at_work, three_groups

TIMED = ("[Time and pace]", "[20 min]", "[Close]")
CHAT, FORUM = -4_000_001, -1_001_000_000_002


@pytest_asyncio.fixture
async def on(tmp_path: Path) -> AsyncIterator[Stage]:
    """Three groups at 2.4.1.a; the bot is closed and opened between every two inputs."""
    async with stage(tmp_path) as made:
        await at_work(made)
        yield made
        made.check()


def chat_of(on: Stage, *names: str, chat_id: int = CHAT, title: str = "Permit office") -> GroupChat:
    return on.world.group(chat_id, title, *(on.phone(name) for name in names), has_bot=False)


async def tied(on: Stage, chat: GroupChat, group: int = 1) -> None:
    """Amina brings the bot in behind her link for a group."""
    amina = on.phone("Amina")
    await on.do("Amina", "/chats")
    link = next(
        button["url"] for row in amina.last.rows for button in row if f"startgroup=g1_{group}_" in button.get("url", "")
    )
    await on.do("Amina", "[Close]")
    chat.add_bot(amina, link.partition("startgroup=")[2])
    await on.settle()


def shown(chat: GroupChat, topic: int = 0) -> list[str]:
    return [each.text for each in chat.messages if each.from_bot and each.thread_id == topic]


def sheet(chat: GroupChat, topic: int = 0) -> Message:
    """The living message: the newest of the bot's with a link to people's own chats."""
    found = [each for each in sheets(chat) if each.thread_id == topic]
    assert len(found) == 1, shown(chat, topic)
    return found[0]


def sheets(chat: GroupChat) -> list[Message]:
    """Whatever looks like one."""
    return [each for each in chat.messages if ["My own chat"] in each.buttons]


async def replies(on: Stage, seat: Seat, text: str, to: Message) -> Message:
    made = seat.reply(to.message_id, text)
    on.time += timedelta(seconds=5)
    await on.settle()
    return made


async def taps(on: Stage, seat: Seat, label: str) -> None:
    seat.tap(label)
    await on.settle()


# Tying ---------------------------------------------------------------------------------------------------------------


async def test_added_to_a_chat_that_isnt_tied_it_says_once_what_it_does(on: Stage):
    chat = chat_of(on, "Kofi")
    chat.add_bot(on.phone("Kofi"))
    await on.settle()
    assert [text[:20] for text in shown(chat)] == ["I guide workshops. O"]
    chat.restrict_bot(on.phone("Kofi"))
    await on.settle()
    chat.chat.bot_may_write = True
    chat.add_bot(on.phone("Kofi"))
    await on.settle()
    assert len(shown(chat)) == 1


async def test_a_facilitators_link_ties_a_chat_and_its_sheet_stands_there(on: Stage):
    chat = chat_of(on, "Amina", "Esi", "Marco")
    await tied(on, chat)
    assert "This chat shows the sheet of Group 1, Accra June workshop." in shown(chat)[1]
    assert sheet(chat).text.startswith("2.4.1.a Iceberg · 1 of 10 · Starting gap")
    assert sheet(chat).text.endswith("Reply to this message to answer.")
    assert sheet(chat).buttons == [["Next: Event"], ["My own chat"]]
    await on.do("Amina", "/chats")
    assert "Group 1: “Permit office”" in on.phone("Amina").last.text
    assert ["Untie Group 1"] in on.phone("Amina").last.buttons


async def test_a_link_in_other_hands_only_asks(on: Stage):
    chat = chat_of(on, "Esi", "Marco")
    chat.add_bot(on.phone("Esi"), "g1_1_three")
    await on.settle()
    chat.join(on.phone("Marco")).send("/tie")
    await on.settle()
    assert len([each for each in on.phone("Amina").messages if "asks to tie the chat" in each.text]) == 1
    assert shown(chat)[-1] == "I have asked a facilitator to which group this chat belongs."
    asked = on.phone("Amina").last
    assert asked.text.startswith("Esi asks to tie the chat “Permit office” to a group of Accra June workshop.")
    await on.do("Amina", "[Group 2]")
    assert on.phone("Amina").messages[-1].text == "“Permit office” shows the sheet of Group 2 now."
    assert "Group 2" in shown(chat)[-2] or "Group 2" in shown(chat)[-1]
    assert sheet(chat).text.startswith("2.4.1.a")


async def test_a_facilitator_may_say_no_and_nothing_else_ties_it(on: Stage):
    chat = chat_of(on, "Esi")
    seat = chat.join(on.phone("Esi"))
    chat.add_bot(on.phone("Esi"))
    await on.settle()
    seat.send("/tie@PlenaryBot")
    await on.settle()
    await on.do("Amina", "[To none]")
    await on.do("Amina", f"(tap tie:1:{CHAT}:0:1:three)")
    assert on.phone("Amina").toasts[-1].startswith("That button is from an earlier screen")
    await on.do("Esi", f"(tap tie:1:{CHAT}:0:1:three)")
    assert on.phone("Esi").toasts[-1].startswith("Only facilitators can do that")
    assert sheets(chat) == []


async def test_who_isnt_in_a_workshop_can_tie_nothing(on: Stage):
    chat = chat_of(on)
    stranger = on.phone("Zed")
    seat = chat.join(stranger)
    chat.add_bot(stranger)
    await on.settle()
    for _ in range(3):
        seat.send("/tie")
        await on.settle()
    assert [text[:37] for text in shown(chat)[1:]] == ["For that I have to know the workshop."]
    assert on.phone("Amina").last.text.startswith("Accra June workshop")


async def test_a_hidden_admin_is_asked_to_show_who_they_are(on: Stage):
    chat = chat_of(on, "Amina", "Esi")
    seat = chat.join(on.phone("Amina"))
    seat.anonymous = True
    chat.add_bot(on.phone("Esi"))
    await on.settle()
    seat.send("/tie")
    await on.settle()
    assert shown(chat)[-1] == "I can't see who you are, because you write as the chat. Send /tie under your own name."
    seat.anonymous = False
    await tied(on, chat)
    seat.anonymous = True
    for _ in range(2):
        await replies(on, seat, "A gap", sheet(chat))
    told = [
        text for text in shown(chat) if text.startswith("I can't see who you are, because you write as the chat. A")
    ]
    assert len(told) == 1
    assert "▸" not in sheet(chat).text


async def test_untied_the_sheet_goes_and_people_go_on(on: Stage):
    chat = chat_of(on, "Amina", "Esi")
    await tied(on, chat)
    await on.do("Amina", "/chats")
    await on.do("Amina", "[Untie Group 1]")
    assert shown(chat)[-1].startswith("This chat isn't tied to a group any more.")
    assert sheets(chat) == []
    await on.do("Esi", "Queues")
    assert any("▸ Queues" in each.text for each in on.phone("Esi").messages)


# Working in it -------------------------------------------------------------------------------------------------------


async def test_a_reply_is_an_answer_and_the_sheet_is_edited_in_place_everywhere(on: Stage):
    chat = chat_of(on, "Amina", "Esi", "Marco")
    await tied(on, chat)
    esi, before = chat.join(on.phone("Esi")), sheet(chat).message_id
    said = await replies(on, esi, "Permits take nine weeks", sheet(chat))
    assert said.reactions == ["👌"]
    assert sheet(chat).message_id == before
    assert "▸ Permits take nine weeks" in sheet(chat).text
    assert any("▸ Permits take nine weeks" in each.text for each in on.phone("Marco").messages)
    assert "Esi" not in sheet(chat).text


async def test_the_pen_moves_on_by_a_button_there_and_nobody_else_does(on: Stage):
    chat = chat_of(on, "Amina", "Esi", "Marco", "Kofi")
    await tied(on, chat)
    esi, marco, kofi = (chat.join(on.phone(name)) for name in ("Esi", "Marco", "Kofi"))
    await replies(on, esi, "Permits take nine weeks", sheet(chat))
    await taps(on, marco, "Next: Event")
    assert "Esi" in marco.toasts[-1]
    await taps(on, kofi, "Next: Event")
    assert sheet(chat).text.startswith("2.4.1.a Iceberg · 1 of 10")
    await taps(on, esi, "Next: Event")
    assert sheet(chat).text.startswith("2.4.1.a Iceberg · 2 of 10")
    assert any("Starting gap: Permits take nine weeks" in text for text in shown(chat))  # a line stays of the step
    assert any(each.text.startswith("2.4.1.a Iceberg · 2 of 10") for each in on.phone("Marco").messages)


async def test_only_buttons_of_what_stands_there_work_there(on: Stage):
    chat = chat_of(on, "Amina", "Esi")
    await tied(on, chat)
    seat = chat.join(on.phone("Esi"))
    for data in ("n:2:gap", "x", "show:1:help:gap", "bd:1:send", "pen:1", "nonsense"):
        seat.tap_data(data, sheet(chat).message_id)
        await on.settle()
        assert seat.toasts[-1].startswith("That button is from an earlier screen"), data
    stranger = chat.join(on.phone("Zed"))
    stranger.tap_data("n:1:gap", sheet(chat).message_id)
    await on.settle()
    assert stranger.toasts == ["Only people of the workshop can do that."]
    assert sheet(chat).text.startswith("2.4.1.a Iceberg · 1 of 10")


async def test_people_of_other_groups_and_strangers_answer_nothing(on: Stage):
    chat = chat_of(on, "Amina", "Esi", "Kofi", "Zed")
    await tied(on, chat)
    kofi, zed, amina = (chat.join(on.phone(name)) for name in ("Kofi", "Zed", "Amina"))
    await replies(on, kofi, "From Group 2", sheet(chat))
    assert on.phone("Kofi").last.text == "In that chat people of Group 1 answer, and you aren't in it."
    await replies(on, amina, "From the front", sheet(chat))
    before = len(shown(chat))
    for _ in range(3):
        await replies(on, zed, "From the street", sheet(chat))
    assert len(shown(chat)) == before + 1
    assert "Only people of Group 1 can answer here." in shown(chat)[-1]
    assert on.phone("Zed").messages == []
    assert "▸" not in sheet(chat).text
    assert all("From" not in each.text for each in on.phone("Esi").messages)


async def test_a_reply_to_an_old_line_or_without_words_is_nothing(on: Stage):
    chat = chat_of(on, "Amina", "Esi")
    await tied(on, chat)
    esi = chat.join(on.phone("Esi"))
    hello = chat.messages[0]
    await replies(on, esi, "About the first message", hello)
    sticker = esi.sticker()
    sticker.reply_to = sheet(chat)
    on.world.put_message(sticker)
    await on.settle()
    assert "▸" not in sheet(chat).text
    assert on.phone("Esi").last.text.startswith("2.4.1.a")


async def walk_to(on: Stage, step: str) -> None:
    """Esi, who has the pen, walks on alone in her own chat."""
    on.restarting = False
    for _ in range(12):
        run = await on.app.runner.run(1)
        assert run is not None
        if run.step == step:
            break
        for number in range(1, 4):
            await on.do("Esi", f"Words {number} for {run.step}")
        await on.do("Esi", f"(tap n:1:{run.step})")
        await on.do("Esi", f"(tap s:1:{run.step})")
    on.restarting = True


async def test_what_is_anonymous_or_ones_own_never_gets_there(on: Stage):
    """All texts that ever stood in the chat, by every step of every exercise of the group."""
    chat = chat_of(on, "Amina", "Esi", "Marco")
    await tied(on, chat)
    await walk_to(on, "models")
    assert sheet(chat).text.endswith("Each of you answers this in their own chat with me, not here.")
    await on.do("Marco", "Secretly we like the queue")
    esi = chat.join(on.phone("Esi"))
    await replies(on, esi, "Said before everybody", sheet(chat))
    assert on.phone("Esi").last.text.startswith("That step isn't answered in front of everybody")
    run = await on.app.runner.run(1)
    assert run is not None
    assert [each.value for each in run.entries_of("models")] == ["Secretly we like the queue"]
    ever = ever_said(on, CHAT)
    assert not any("Secretly" in text for text in ever)
    assert not any(name in text for text in ever for name in ("Esi", "Marco", "Amina"))


def ever_said(on: Stage, chat_id: int) -> list[str]:
    """Whatever the bot sent to a chat, whether it still stands there or not."""
    calls = [each for each in on.world.requests if each.chat_id == chat_id]
    return [str(each.params.get("text", "")) for each in calls]


async def test_time_is_said_there_too(on: Stage):
    chat = chat_of(on, "Amina", "Esi")
    await tied(on, chat)
    for what in TIMED:
        await on.do("Amina", what)
    assert re.search(r"^Until \d+:\d\d\sAM$", sheet(chat).text, re.MULTILINE)
    shown_before = len(shown(chat))
    await on.wind(on.time + timedelta(minutes=30))
    said = shown(chat)[shown_before:]
    assert len(said) == 3, said  # two minutes, half a minute, and the end
    assert all("2.4.1.a" in text for text in said)
    assert "Until" not in sheet(chat).text


# How it ends ---------------------------------------------------------------------------------------------------------


async def goes_on_alone(on: Stage) -> None:
    await on.do("Esi", "In my own chat")
    assert any("▸ In my own chat" in each.text for each in on.phone("Esi").messages)


@pytest.mark.parametrize("by", ["kicked", "deleted"])
async def test_put_out_or_deleted_facilitators_are_told_once_and_people_go_on(on: Stage, by: str):
    chat = chat_of(on, "Amina", "Esi")
    await tied(on, chat)
    if by == "kicked":
        chat.remove_bot(on.phone("Esi"))
    else:
        chat.delete()
    await on.settle()
    await goes_on_alone(on)
    await on.settle()
    told = [each.text for each in on.phone("Amina").messages if "is gone for me" in each.text]
    assert len(told) == 1
    calls = len(on.world.requests)
    await on.do("Marco", "And I")
    assert all(each.chat_id != CHAT for each in on.world.requests[calls:])
    await on.do("Amina", "/chats")
    assert "Permit office" not in on.phone("Amina").last.text


async def test_silenced_it_waits_until_it_may_write_again(on: Stage):
    chat = chat_of(on, "Amina", "Esi")
    await tied(on, chat)
    chat.restrict_bot(on.phone("Esi"))
    await on.settle()
    await goes_on_alone(on)
    told = [each.text for each in on.phone("Amina").messages if "I may not write any more" in each.text]
    assert len(told) == 1
    chat.chat.bot_may_write = True
    chat._membership(on.phone("Esi"), "restricted", "member")
    await on.settle()
    assert "▸ In my own chat" in sheet(chat).text


@pytest.mark.parametrize("heard", [True, False])
async def test_a_group_that_becomes_a_supergroup_keeps_its_sheet(on: Stage, heard: bool):
    """Whether the bot hears of it, or finds out when it writes there."""
    chat = chat_of(on, "Amina", "Esi")
    await tied(on, chat)
    new = chat.upgrade(FORUM)
    if not heard:
        on.world.updates.clear()
    await on.settle()
    await goes_on_alone(on)
    assert "▸ In my own chat" in sheet(new).text
    await replies(on, new.join(on.phone("Esi")), "In the new chat", sheet(new))
    assert "▸ In the new chat" in sheet(new).text
    await on.do("Amina", "/chats")
    assert "Group 1: “Permit office”" in on.phone("Amina").last.text
    assert not any("is gone for me" in each.text for each in on.phone("Amina").messages)


async def elsewhere(on: Stage) -> Phone:
    """Zoe leads a workshop of her own, with groups; the person."""
    zoe = on.phone("Zoe")
    zoe.chat.started = True
    turn = on.app.runner.begin()
    ours = await turn.workshop(1)
    assert ours is not None
    lead = replace(ours.organiser, name="Zoe", user_id=zoe.user.id)
    empty = {name: replace(each, seats={}) for name, each in ours.formations.items()}
    turn.put(Person(user_id=zoe.user.id, name="Zoe", language="en", workshop_id=2))
    turn.put(
        replace(ours, id=2, code="ZZZZZZ", link_token="l2", facilitator_token=None, title="Hers", members={1: lead})
    )
    turn.put(replace((await turn.workshop(2)) or ours, formations=empty))
    on.app.runner.next_id("workshops")
    on.app.runner.keep(turn)
    await on.app.runner.commit()
    return zoe


async def test_a_chat_that_another_workshop_takes_is_lost_to_the_first_which_hears_of_it(on: Stage):
    chat = chat_of(on, "Amina", "Esi")
    await tied(on, chat)
    zoe = await elsewhere(on)
    chat.join(zoe).send("/tie")
    await on.settle()
    assert sheet(chat).text.startswith("2.4.1.a")  # until somebody says yes
    await on.do("Zoe", "[Group 2]")
    assert any("Group 2, Hers" in text for text in shown(chat))
    assert sheets(chat) == []
    told = [each.text for each in on.phone("Amina").messages if "is gone for me" in each.text]
    assert len(told) == 1
    await goes_on_alone(on)


# Topics --------------------------------------------------------------------------------------------------------------


async def forum(on: Stage) -> tuple[GroupChat, int, int]:
    """A forum with a topic for each of two groups, tied."""
    chat = chat_of(on, "Amina", "Esi", "Kofi", chat_id=FORUM, title="All of us")
    amina = on.phone("Amina")
    chat.add_bot(amina)
    await on.settle()
    topics = [chat.open_topic(amina, name) for name in ("Group 1", "Group 2")]
    seat = chat.join(amina)
    for group, topic in enumerate(topics, 1):
        seat.topic = topic
        seat.send("/tie")
        await on.settle()
        await on.do("Amina", f"[Group {group}]")
    return chat, topics[0], topics[1]


async def test_each_topic_shows_its_own_group(on: Stage):
    chat, one, two = await forum(on)
    kofi = chat.join(on.phone("Kofi"))
    kofi.topic = two
    await replies(on, kofi, "Of Group 2", sheet(chat, two))
    assert "▸ Of Group 2" in sheet(chat, two).text
    assert "▸" not in sheet(chat, one).text
    assert all(not text.startswith("2.4.1.a") for text in shown(chat))


async def test_a_closed_topic_waits_and_the_others_go_on(on: Stage):
    chat, one, two = await forum(on)
    chat.close_topic(on.phone("Amina"), one)
    await on.settle()
    await goes_on_alone(on)
    await on.do("Kofi", "Of Group 2")
    assert "▸ Of Group 2" in sheet(chat, two).text
    assert any("The topic of Group 1 in “All of us” was closed." in each.text for each in on.phone("Amina").messages)
    chat.reopen_topic(on.phone("Amina"), one)
    await on.settle()
    assert "▸ In my own chat" in sheet(chat, one).text


async def test_a_deleted_topic_is_found_out_and_the_others_go_on(on: Stage):
    chat, one, two = await forum(on)
    chat.delete_topic(one)
    await goes_on_alone(on)
    await on.do("Esi", "(tap n:1:gap)")
    await on.do("Kofi", "Of Group 2")
    assert "▸ Of Group 2" in sheet(chat, two).text
    told = [each.text for each in on.phone("Amina").messages if "was deleted" in each.text]
    assert len(told) == 1


async def test_results_stay_and_the_next_exercise_stands_below(tmp_path: Path):
    async with stage(tmp_path, restarting=False) as on:
        await three_groups(on)
        chat = chat_of(on, "Amina", "Esi")
        await tied(on, chat)
        assert sheets(chat) == []  # nothing is open yet
        await on.do("Amina", "[Open 2.4.1.a]")
        assert sheet(chat).text.startswith("2.4.1.a Iceberg · 1 of 10")
        await walk_to(on, "publish")
        on.restarting = False
        await on.do("Esi", "(tap p:1:publish)")
        assert sheet(chat).text.startswith("Iceberg card · Group 1")
        assert "Words 1 for patterns" in sheet(chat).text
        assert " for models" not in sheet(chat).text
        await on.do("Esi", "[Open 2.4.1.b]")
        assert sheet(chat).text.startswith("2.4.1.b")
        assert any("Words 1 for patterns" in text for text in shown(chat))
        on.check()
