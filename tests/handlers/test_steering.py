"""What facilitators steer, where a transcript can't show it: late taps, two at once, signals after their time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core import timers
from bot.core.fires import FireKind, FireStatus
from bot.core.run import Run
from handlers.followup.firing import what_is_due
from handlers.steering.doing import mark_of
from tests.handlers.talk import Talk

MINUTE = timedelta(minutes=1)


async def at_work(talk: Talk) -> None:
    """Three groups of two, at work on 2.4.1.a."""
    workshop = await talk.open("Amina")
    for number in range(1, 7):
        await talk.join(f"P{number}", workshop)
    await talk.taps("Amina", "form:1:count:three")
    await talk.taps("Amina", "ro:1:0:0:2.4.1.a")


async def runs(talk: Talk) -> list[Run]:
    return await talk.runner.runs_of(1)


async def undo(talk: Talk) -> str:
    last = (await talk.runner.room(1)).last
    assert last is not None
    return f"stb:1:{mark_of(last)}"


async def let_be_said(talk: Talk) -> list[str]:
    """Have what is due said, as the bot does by itself; what P1 heard."""
    talk.heard("P1")
    turn = talk.runner.begin()
    for each in await what_is_due(turn):
        await each.say(turn)
    talk.runner.keep(turn)
    committed = await talk.runner.commit()
    renderer = await talk.renderer("P1")
    return [renderer.text(each.screen) for each in committed.messages if each.chat_id == talk.id("P1")]


async def waiting(talk: Talk) -> list[int]:
    """How many seconds before the end of Group 1's time something is still to be said."""
    sql = "SELECT item FROM fires WHERE kind = 'timer' AND status = 'pending' AND subject = 'r1' ORDER BY due_at"
    return [row[0] for row in await talk.runner.database.read(sql)]


# Undo ----------------------------------------------------------------------------------------------------------------


async def test_what_was_done_is_taken_back_in_ten_seconds_and_not_after_that(talk: Talk):
    await at_work(talk)
    await talk.taps("Amina", "st:1:0:close:0:2.4.1.a")
    back = await undo(talk)
    await talk.taps("Amina", back)
    assert [run.closed_at for run in await runs(talk)] == [None] * 3
    await talk.taps("Amina", "st:1:0:close:0:2.4.1.a")
    back = await undo(talk)
    talk.time += timedelta(seconds=6)  # and five for the tap
    assert "more than ten seconds ago" in await talk.taps("Amina", back)
    assert all(run.closed_at for run in await runs(talk))


async def test_a_button_takes_back_what_it_was_made_for_and_nothing_newer(talk: Talk):
    await at_work(talk)
    await talk.taps("Amina", "st:1:0:start:20:2.4.1.a")
    stale = await undo(talk)
    await talk.taps("Amina", "st:1:1:close:0:2.4.1.a")
    assert "something else was done since" in await talk.taps("Amina", stale)
    assert (await runs(talk))[0].closed_at is not None


async def test_nothing_that_was_written_meanwhile_is_lost_by_taking_back(talk: Talk):
    await at_work(talk)
    back = await undo(talk)  # of opening it
    talk.time -= timedelta(seconds=4)
    await talk.says("P1", "A gap that matters")
    talk.time -= timedelta(seconds=4)
    await talk.taps("Amina", back)
    first = (await runs(talk))[0]
    assert first.closed_at is not None
    assert [entry.value for entry in first.entries.values()] == ["A gap that matters"]


async def test_a_button_that_is_tapped_twice_at_once_counts_once(talk: Talk):
    await at_work(talk)
    await talk.taps("Amina", "st:1:0:start:20:2.4.1.a")
    for _ in range(2):
        await talk.taps("Amina", "st:1:0:more:0:2.4.1.a")
        talk.time -= timedelta(seconds=4.8)
    first = (await runs(talk))[0].timer
    assert first is not None
    assert first.ends_at is not None
    assert timedelta(minutes=24) < first.ends_at - talk.time < timedelta(minutes=26)


# Doors and gates -----------------------------------------------------------------------------------------------------


async def test_a_group_does_not_open_for_itself_what_a_facilitator_closed(talk: Talk):
    await at_work(talk)
    for text in ("A gap", "Next: Event", *["Skip"] * 8, "Publish"):
        await talk.says("P1", text)
    await talk.says("P1", "Open 2.4.1.b")
    await talk.says("P1", "Permits")
    await talk.taps("Amina", "st:1:1:close:0:2.4.1.b")
    assert "closed for now" in await talk.taps("P1", "on:1:1:2.4.1.b")
    assert (await runs(talk))[3].closed_at is not None
    await talk.taps("Amina", "st:1:1:reopen:0:2.4.1.b")  # whoever leads may
    assert (await runs(talk))[3].closed_at is None


async def test_a_group_that_waits_does_not_run_on_into_the_next_exercise(talk: Talk):
    await at_work(talk)
    for text in ("A gap", "Next: Event", *["Skip"] * 8):
        await talk.says("P1", text)
    await talk.taps("Amina", "st:1:1:hold:0:2.4.1.a")
    await talk.says("P1", "Publish")
    assert "A facilitator opens 2.4.1.b" in await talk.taps("P1", "on:1:1:2.4.1.b")
    assert len(await runs(talk)) == 3


async def test_what_cannot_be_done_is_said_and_changes_nothing(talk: Talk):
    await at_work(talk)
    for data, said in (
        ("st:1:0:more:0:2.4.1.a", "No time is running there"),
        ("st:1:0:reopen:0:2.4.1.a", "nothing is open there"),
        ("st:1:0:close:0:2.4.1.b", "nothing is open there"),
        ("st:1:0:free:0:2.4.1.a", "Nothing to change"),
        ("st:1:0:start:500:2.4.1.a", "240 minutes at most"),
        ("st:1:0:start:0:2.4.1.a", "240 minutes at most"),
        ("st:1:0:dance:0:2.4.1.a", "earlier screen"),
        ("st:1:0:close:0:9.9", "earlier screen"),
    ):
        before = await runs(talk)
        assert said in await talk.taps("Amina", data), data
        assert await runs(talk) == before


# Signals -------------------------------------------------------------------------------------------------------------


async def test_each_signal_is_said_once(talk: Talk):
    await at_work(talk)
    await talk.taps("Amina", "st:1:0:start:20:2.4.1.a")
    start = talk.time
    heard = []
    for second in range(0, 21 * 60, 10):
        talk.time = start + timedelta(seconds=second)
        heard += await let_be_said(talk)
    assert heard == [
        "2.4.1.a Iceberg: 2 minutes left.",
        "2.4.1.a Iceberg: half a minute left.",
        "2.4.1.a Iceberg: time is up. What you wrote is saved.",
    ]
    assert await waiting(talk) == []


async def test_more_time_is_signalled_anew_and_time_that_stands_still_is_not(talk: Talk):
    await at_work(talk)
    await talk.taps("Amina", "st:1:1:start:10:2.4.1.a")
    talk.time += 9 * MINUTE
    assert await let_be_said(talk) == ["2.4.1.a Iceberg: 1 minute left."]
    await talk.taps("Amina", "st:1:1:more:0:2.4.1.a")
    assert await waiting(talk) == [120, 30, 0]
    await talk.taps("Amina", "st:1:1:pause:0:2.4.1.a")
    assert await waiting(talk) == []
    talk.time += 60 * MINUTE
    assert await let_be_said(talk) == []
    await talk.taps("Amina", "st:1:1:resume:0:2.4.1.a")
    assert await waiting(talk) == [120, 30, 0]


async def test_what_comes_too_late_is_missed_and_who_is_done_is_not_disturbed(talk: Talk):
    await at_work(talk)
    await talk.taps("Amina", "st:1:0:start:5:2.4.1.a")
    talk.time += 16 * MINUTE
    assert await let_be_said(talk) == []
    rows = await talk.runner.database.read("SELECT DISTINCT status, reason FROM fires WHERE kind = 'timer'")
    assert [tuple(row) for row in rows] == [("missed", "too_late")]
    await talk.taps("Amina", "st:1:0:start:5:2.4.1.a")
    for text in ("A gap", "Next: Event", *["Skip"] * 8, "Publish"):
        await talk.says("P1", text)
    assert await waiting(talk) == []


async def test_a_signal_that_was_read_before_the_time_changed_says_nothing(talk: Talk):
    """A tap may be committed between the look at what is due and the turn that says it."""
    await at_work(talk)
    await talk.taps("Amina", "st:1:1:start:5:2.4.1.a")
    talk.time += 5 * MINUTE
    turn = talk.runner.begin()
    due = [each for each in await turn.due(10) if each.kind is FireKind.TIMER]
    works = await what_is_due(turn)
    run = (await runs(talk))[0]
    assert run.timer is not None
    turn.put(replace(run, timer=timers.more(run.timer, 5 * MINUTE, turn.now)))
    for each in works:
        await each.say(turn)
    assert turn.messages == []
    assert {turn.state.fires[each.id].status for each in due} == {FireStatus.MISSED}


# For people without a phone ------------------------------------------------------------------------------------------


async def test_any_answer_is_entered_for_somebody_without_a_phone_in_their_name(talk: Talk):
    workshop = await talk.open("Amina")
    for name in ("P1", "P2"):
        await talk.join(name, workshop)
    for text in ("/people", "Add someone", "Yaw", "Skip", "Close"):
        await talk.says("Amina", text)
    await talk.taps("Amina", "form:1:count:three")
    for exercise in ("2.4.1.a", "2.4.1.b"):
        await talk.taps("Amina", f"ro:1:0:1:{exercise}")
    yaw = next(each for each in (await talk.workshop()).members.values() if each.name == "Yaw")
    group = (await talk.workshop()).formations["three"].seats[yaw.number].group
    card, table = [run for run in await runs(talk) if run.group == group]
    assert "Answer in 2.4.1.b" in await labels_after(talk, f"ai:1:{yaw.number}:{card.id}")
    await talk.says("Amina", "A gap that Yaw sees")
    await talk.says("Amina", "Answer in 2.4.1.b")
    await talk.says("Amina", "Permits")
    found = {run.id: [*run.entries.values()] for run in await runs(talk)}
    for run, words in ((card, "A gap that Yaw sees"), (table, "Permits")):
        (entry,) = found[run.id]
        assert (entry.value, entry.author, entry.entered_by) == (words, yaw.number, 1)


async def labels_after(talk: Talk, data: str) -> list[str]:
    """The buttons of the message that a tap leads to."""
    await talk.taps("Amina", data)
    person = await talk.runner.person(talk.id("Amina"))
    renderer = await talk.renderer("Amina")
    assert person is not None
    return [renderer.label(choice) for choice in person.offers]


async def test_nobody_answers_for_who_has_a_phone_or_where_nothing_is_theirs(talk: Talk):
    await at_work(talk)
    for text in ("/people", "Add someone", "Yaw", "Skip", "Close"):
        await talk.says("Amina", text)
    assert "P1" in await talk.taps("Amina", "ai:1:2:1")
    yaw = next(each for each in (await talk.workshop()).members.values() if each.name == "Yaw")
    group = (await talk.workshop()).formations["three"].seats[yaw.number].group
    other = next(run for run in await runs(talk) if run.group != group)
    await talk.taps("Amina", f"ai:1:{yaw.number}:{other.id}")
    person = await talk.runner.person(talk.id("Amina"))
    assert person is not None
    assert person.acting_for is None


async def test_a_group_that_was_shut_out_by_mistake_has_its_sheet_again(talk: Talk):
    await at_work(talk)
    await talk.taps("Amina", await undo(talk))
    person = await talk.runner.person(talk.id("P1"))
    assert person is not None
    assert person.sheet_run_id is None
    await talk.taps("Amina", "st:1:0:reopen:0:2.4.1.a")
    person = await talk.runner.person(talk.id("P1"))
    assert person is not None
    assert person.sheet_run_id == 1
    await talk.says("P1", "A gap")
    assert len((await runs(talk))[0].entries) == 1
