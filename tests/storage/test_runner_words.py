"""What turns say, the numbers and codes they give out, and the first organiser's claim."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest_asyncio

from bot.core import membership
from bot.core.audience import Audience, To
from bot.core.broadcast import Attachment, Broadcast
from bot.core.dialogue import AskCode
from bot.core.message import Choice, Kind, Phrase, Priority
from bot.core.workshop import CODE_ALPHABET
from bot.runner import Runner
from bot.state import CLAIM, ORGANISERS
from bot.turn import user_ids
from storage import broadcasts
from storage.database import Database
from tests.storage.turns import ADA, BEN, NOW, a_run, a_workshop, commit, started

YES, NO = Choice(Phrase("label.yes"), "y"), Choice("No", "n")


@pytest_asyncio.fixture
async def runner(database: Database, tmp_path: Path) -> Runner:
    return await started(database, tmp_path)


async def test_choices_that_are_sent_can_be_typed_until_the_next_ones(runner: Runner):
    await commit(runner, ADA)
    turn = runner.begin()
    await turn.say(5, "plain", ((YES, NO), (Choice("Site", url="https://example.org"),)), text="?")
    assert await turn.person(5) == replace(ADA, offers=(YES, NO))
    await turn.say(5, "cancel.done")
    await turn.say(5, "plain", ((Choice("Code", copy="ABC"),),), text="x")
    assert await turn.person(5) == replace(ADA, offers=(YES, NO))
    await turn.say(5, "plain", ((NO,),), text="?")
    runner.keep(turn)
    await runner.commit()
    runner.forget()
    assert await runner.person(5) == replace(ADA, offers=(NO,))


async def test_keys_stay_until_a_message_without_choices_takes_them_away(runner: Runner):
    await commit(runner, ADA)
    pick, leave = replace(YES, key=7), replace(NO, key=-1)
    turn = runner.begin()
    await turn.say(5, "plain", ((pick,), (leave,)), text="?")
    await turn.say(5, "plain", ((YES,),), text="?")
    assert await turn.person(5) == replace(ADA, offers=(YES, pick, leave))
    await turn.say(5, "plain", ((replace(pick, key=8),), (leave,)), text="another")
    await turn.say(5, "plain", slot="question", text="in the place of a question, and so an edit")
    runner.keep(turn)
    await runner.commit()
    runner.forget()
    turn = runner.begin()
    assert await turn.person(5) == replace(ADA, offers=(replace(pick, key=8), leave))
    await turn.say(5, "cancel.done")
    await turn.say(5, "cancel.done")
    assert [message.kind for message in turn.messages] == [Kind.KEYLESS, Kind.SEND]
    assert await turn.person(5) == replace(ADA, offers=())


async def test_choices_sent_to_somebody_unknown_are_only_sent(runner: Runner):
    turn = runner.begin()
    await turn.say(77, "plain", ((YES,),), text="?")
    assert await turn.person(77) is None
    assert [message.chat_id for message in turn.messages] == [77]


async def test_a_tap_is_answered_for_ten_seconds_and_words_by_a_sign(runner: Runner):
    turn = runner.begin()
    turn.acting = 5
    turn.toast("q1", "tap.old")
    turn.toast("q2")
    turn.acknowledge(31)
    line, silent, sign = turn.messages
    assert (line.kind, line.chat_id, line.query_id, line.screen.key) == (Kind.TOAST, 5, "q1", "tap.old")
    assert (silent.screen.key, line.expires_at) == ("", NOW + timedelta(seconds=10))
    assert (sign.kind, sign.message_id, sign.expires_at) == (Kind.REACT, 31, None)
    assert {message.priority for message in turn.messages} == {Priority.ANSWER}


async def test_a_broadcast_is_kept_with_the_turn_that_sent_it(runner: Runner, database: Database):
    audience = Audience(to=To.GROUPS, grouping="two", groups=(1, 3))
    attachment = Attachment("f1", picture=True, name="<i>")
    broadcast = Broadcast(
        id=1, workshop_id=1, sender=1, audience=audience, text="<b>", attachment=attachment, sent_at=NOW, aloud=(2,)
    )
    turn = runner.begin()
    turn.put(replace(broadcast, id=2))
    turn.undo()
    turn.put(ADA, a_workshop())
    turn.put(broadcast)
    runner.keep(turn)
    await runner.commit()
    assert await broadcasts.load(database, 1) == broadcast
    assert await broadcasts.load(database, 2) is None
    stopped = replace(broadcast, stopped_at=NOW, stopped_by=1)
    turn = runner.begin()
    turn.put(stopped)
    assert await turn.broadcasts_of(1) == [stopped]
    runner.keep(turn)
    committed = await runner.commit()
    assert committed.stopped == {1}
    assert {"batch:1", "broadcasts:1"} <= committed.touched
    assert await broadcasts.of_workshop(database, 1) == [stopped]


async def test_numbers_go_on_after_a_restart_and_are_not_used_twice(runner: Runner, database: Database, tmp_path: Path):
    lost, kept = runner.begin(), runner.begin()
    await lost.say(5, "plain", text="lost")
    await kept.say(5, "plain", text="kept")
    kept.put(ADA, a_workshop(runner.next_id("workshops")), a_run(runner.next_id("runs")))
    runner.keep(kept)
    (message,) = (await runner.commit()).messages
    again = await started(database, tmp_path)
    turn = again.begin()
    await turn.say(5, "plain", text="next")
    assert turn.messages[0].id > message.id > lost.messages[0].id
    assert [again.next_id(table) for table in ("workshops", "runs", "broadcasts")] == [2, 2, 1]


async def test_codes_can_be_read_aloud_and_links_can_not_be_guessed(runner: Runner):
    codes, tokens = {runner.code() for _ in range(200)}, {runner.token() for _ in range(200)}
    assert all(re.fullmatch(f"[{CODE_ALPHABET}]{{6}}", code) for code in codes)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{16}", token) for token in tokens)
    assert len(codes) == len(tokens) == 200


def test_only_those_with_a_phone_have_an_account():
    workshop, deb = membership.enter(a_workshop(), name="Deb", now=NOW)
    workshop, ben, _ = membership.join(workshop, user_id=6, name="Ben", organisation="", now=NOW)
    assert user_ids(workshop, [1, deb.number, ben.number]) == [5, 6]


# The first organiser -------------------------------------------------------------------------------------------------


async def test_the_first_who_sends_the_code_is_the_organiser_and_nobody_after(runner: Runner):
    code = await runner.claim_code()
    assert code is not None
    first, second = runner.begin(), runner.begin()
    assert not first.claim("AAAA-AAAA-AAAA", 6)
    assert (first.is_organiser(5), first.unclaimed) == (False, True)
    assert first.claim(code.lower(), 5)
    assert (first.is_organiser(5), first.unclaimed) == (True, False)
    assert (second.is_organiser(5), second.unclaimed) == (False, True)
    runner.keep(first)
    assert (second.is_organiser(5), second.unclaimed) == (True, False)
    assert not second.claim(code, 6)
    await runner.commit()
    assert runner.begin().is_organiser(5)
    assert not runner.begin().is_organiser(6)
    assert await runner.claim_code() is None


async def test_a_claim_that_is_not_committed_does_not_count(runner: Runner):
    code = await runner.claim_code()
    assert code is not None
    abandoned, undone = runner.begin(), runner.begin()
    assert abandoned.claim(code, 5)
    runner.keep(abandoned)
    runner.abandon()
    assert undone.claim(code, 5)
    undone.undo()
    assert not undone.is_organiser(5)
    assert runner.begin().claim(code, 6)


async def test_a_claim_outlives_a_restart_and_the_code_itself_is_not_kept(database: Database, tmp_path: Path):
    before = await started(database, tmp_path)
    code = await before.claim_code()
    assert code is not None
    stored = {row["name"]: row["value"] for row in await database.read("SELECT * FROM settings")}
    assert set(stored) == {CLAIM}
    assert code.replace("-", "") not in str(stored).upper()
    turn = before.begin()
    turn.put(replace(ADA, dialogue=AskCode()), BEN)
    assert turn.claim(code, 5)
    before.keep(turn)
    await before.commit()
    after = await started(database, tmp_path)
    assert (after.begin().is_organiser(5), after.begin().setting(ORGANISERS)) == (True, "5")
    assert not after.begin().claim(code, 6)
    assert await after.claim_code() is None


async def test_a_new_start_makes_a_new_code_and_the_old_one_no_longer_counts(database: Database, tmp_path: Path):
    old = await (await started(database, tmp_path)).claim_code()
    runner = await started(database, tmp_path)
    runner.dice.seed(2)
    new = await runner.claim_code()
    assert old is not None
    assert new is not None
    assert not runner.begin().claim(old, 5)
    assert runner.begin().claim(new, 5)


async def test_where_organisers_are_set_there_is_nothing_to_claim(database: Database, tmp_path: Path):
    code = await (await started(database, tmp_path)).claim_code()
    assert code is not None
    runner = await started(database, tmp_path, organiser_ids=frozenset({6}))
    assert await runner.claim_code() is None
    turn = runner.begin()
    assert not turn.claim(code, 5)
    assert (turn.is_organiser(6), turn.is_organiser(5), turn.unclaimed) == (True, False, False)


async def test_before_a_code_is_made_nobody_can_claim(runner: Runner):
    turn = runner.begin()
    assert not turn.claim("", 5)
    assert (turn.is_organiser(5), turn.unclaimed) == (False, False)
