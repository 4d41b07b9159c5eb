"""Quick polls where things happen out of order: votes that come before the poll is known, or after its end."""

from __future__ import annotations

from telegram import Poll

from bot.core.message import Kind, OutboxMessage, Priority, Screen
from bot.rehearsal.polls import made
from handlers.plenary import polling
from storage import polls as stored
from storage.polls import PollCopy
from tests.stage import Stage, stage
from tests.transcripts import setups


async def asked(on: Stage) -> None:
    await setups.three_groups(on)
    on.restarting = False
    for what in ("/plenary", "[Quick poll]", "Shall we go on?", "[Yes, no]", "[Send]"):
        await on.do("Amina", what)


def polls(on: Stage) -> list[dict[str, object]]:
    """The polls on all phones, in the order of the people."""
    found = []
    for phone in on.world.phones.values():
        found += [message.media["poll"] for message in phone.messages if "poll" in message.media]
    return found


async def rows(on: Stage, table: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await on.app.database.read(f"SELECT * FROM {table}")]


def told(poll_id: str, *counts: int) -> Poll:
    """What Telegram says of a poll that has so many votes for yes and for no."""
    poll = made(0, "Shall we go on?", ("Yes", "No"), anonymous=True, several=False)
    for option, count in zip(poll["options"], counts, strict=True):
        option["voter_count"] = count
    return Poll.de_json({**poll, "id": poll_id}, None)


async def voted(on: Stage, poll: Poll) -> None:
    await on.app.intake.act(lambda turn: polling.voted(turn, poll))
    await on.settle()


async def test_everybody_has_a_poll_of_their_own_and_no_facilitator_has(tmp_path):
    async with stage(tmp_path) as on:
        await asked(on)
        assert len(polls(on)) == 6
        assert len(await rows(on, "poll_copies")) == 6
        assert not any("poll" in message.media for message in on.phone("Amina").messages)
        on.check()


async def test_a_vote_counts_that_came_before_its_poll_was_known(tmp_path):
    async with stage(tmp_path) as on:
        await asked(on)
        await voted(on, told("early", 1, 0))
        copy = PollCopy(poll_id="early", workshop_id=1, number=1, chat_id=4711, message_id=1)
        await on.app.database.write(stored.sent(copy))
        assert (await on.app.runner.poll_votes(1, 1)) == {"early": (0,)}


async def test_once_it_is_over_nothing_is_left_that_leads_to_anybody(tmp_path):
    async with stage(tmp_path) as on:
        await asked(on)
        for name in ("Esi", "Marco", "Kofi", "Li Na"):
            await on.do(name, "(vote Yes)")
        assert len(await rows(on, "poll_votes")) == 4
        await on.do("Amina", "[End the poll]")
        assert await rows(on, "poll_votes") == []
        assert await rows(on, "poll_copies") == []
        assert all(poll["is_closed"] for poll in polls(on))
        plenary = await on.app.runner.plenary(1)
        assert plenary.polls[1].totals == {0: 4}


async def test_a_poll_that_left_while_it_was_being_ended_is_closed_when_somebody_votes(tmp_path):
    async with stage(tmp_path) as on:
        await asked(on)
        await on.do("Amina", "[End the poll]")
        phone = on.phone("Esi")
        message = next(each for each in phone.messages if "poll" in each.media)
        message.media["poll"]["is_closed"] = False
        copy = PollCopy("late", 1, 1, phone.user.id, message.message_id)
        await on.app.database.write(stored.sent(copy))
        await voted(on, told("late", 0, 1))
        assert message.media["poll"]["is_closed"]
        assert await rows(on, "poll_votes") == []


async def test_what_hasnt_left_by_the_end_doesnt_leave(tmp_path):
    async with stage(tmp_path) as on:
        await asked(on)
        await on.do("Amina", "[End the poll]")
        late = OutboxMessage(
            id=999,
            chat_id=on.phone("Esi").user.id,
            kind=Kind.POLL,
            screen=Screen("quick.stands", {"question": "Shall we go on?", "workshop": 1, "number": 1}),
            priority=Priority.LIVE,
            created_at=on.time,
        )
        assert await polling.request(on.app.runner, late) is None
