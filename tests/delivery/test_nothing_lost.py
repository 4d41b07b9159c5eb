"""Whatever the network does, and however often the bot is killed: no message is lost, and no more arrive twice than
were of unknown outcome."""

import asyncio
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.message import Priority
from bot.rehearsal.errors import ApiError, refuse
from bot.rehearsal.faults import Delay, Drop
from storage import outbox
from tests.delivery.conftest import FAST, a_room

CHATS = (1, 2, 3)
PACING = replace(FAST, retry_seconds=0.01)
FAULTS = st.sampled_from(
    [
        Drop(processed=True),
        Drop(processed=False),
        Delay(0.02),
        ApiError(429, "Too Many Requests: retry after 1", {"retry_after": 0.02}),
        ApiError(500, "Internal Server Error"),
    ]
)
STEPS = st.lists(
    st.tuples(st.just("send"), st.sampled_from(CHATS), st.sampled_from([Priority.ANSWER, Priority.LIVE]))
    | st.tuples(st.just("fault"), st.sampled_from([*CHATS, None]), FAULTS)
    | st.tuples(st.just("board"), st.sampled_from(CHATS), st.sampled_from("ab"))
    | st.tuples(st.just("wait"), st.none(), st.floats(0, 0.03))
    | st.tuples(st.just("kill"), st.none(), st.none()),
    max_size=25,
)


@given(STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_is_lost_and_duplicates_are_counted(steps):
    asyncio.run(play(steps))


async def play(steps) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with a_room(Path(folder), pacing=PACING) as room:
            await room.open()
            for chat in CHATS:
                room.phone(chat)
            sent: list[tuple[int, Priority, str]] = []
            newest: dict[int, str] = {}
            for number, (kind, chat, more) in enumerate(steps):
                if kind == "send":
                    text = f"{number} {more.name}"
                    sent.append((chat, more, text))
                    await room.commit(room.message(chat, text, priority=more))
                elif kind == "fault":
                    room.world.faults.add(chat_id=chat, outcome=more)
                elif kind == "board":
                    newest[chat] = f"board {number}"
                    room.board(chat, newest[chat], part=more)
                    await room.commit(touched=frozenset({f"chat:{chat}"}), urgent=frozenset({chat}))
                elif kind == "wait":
                    await asyncio.sleep(more)
                else:
                    await room.cut()
                    await asyncio.sleep(0.03)  # what was under way arrives at the server
                    await room.open()
            await room.quiet(drain_boards=True)
            await check(room, sent, newest)


async def check(room, sent, newest) -> None:
    received: dict[int, list[str]] = {
        chat: [each.text for each in room.world.phones[chat].transcript if each.kind == "received"] for chat in CHATS
    }
    duplicates = 0
    for chat, texts in received.items():
        counted = Counter(text for text in texts if not text.startswith("board"))
        duplicates += sum(count - 1 for count in counted.values())
        firsts = list(dict.fromkeys(texts))
        for priority in Priority:
            mine = [text for where, urgency, text in sent if (where, urgency) == (chat, priority)]
            assert [text for text in firsts if text in mine] == mine, "lost, or out of order"
        on_show = [text.removesuffix(" [Next]") for text in room.shown(chat) if text.endswith("[Next]")]
        if chat in newest:
            assert newest[chat] in on_show
            duplicates += len(on_show) - 1
    assert duplicates <= await outbox.unknown_outcomes(room.database)
    assert {status for status, _ in await room.statuses()} <= {"sent", "expired"}


async def test_a_chat_that_blocks_the_bot_in_between_loses_only_its_own(tmp_path):
    async with a_room(tmp_path, pacing=PACING) as room:
        await room.open()
        for chat in CHATS:
            room.phone(chat)
        room.world.faults.add(chat_id=1, times=99, outcome=refuse(403, "bot was blocked by the user"))
        room.world.faults.add(chat_id=2, times=3, outcome=Drop(processed=True))
        await room.deliver(*[room.message(chat, f"{number}") for number in range(5) for chat in CHATS])
        assert set(room.shown(2)) == set(room.shown(3)) == {f"{number}" for number in range(5)}
        assert len(room.shown(2)) == 5 + 3 == 5 + room.delivery.counts.unknown
        assert room.delivery.counts.failed == 5
