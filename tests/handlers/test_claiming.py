"""The first organiser, on a bot that has none."""

from __future__ import annotations

import pytest

from bot.runner import Runner
from bot.state import CLAIM
from storage import settings
from tests.handlers.talk import Talk


async def code_of(talk: Talk) -> str:
    code = await talk.runner.claim_code()
    assert code is not None
    return code


async def test_where_organisers_are_set_there_is_nothing_to_claim(talk: Talk):
    assert await talk.runner.claim_code() is None
    assert "organiser already" in await talk.says("Kofi", "/claim ABCD-EFGH-JKMN")


@pytest.mark.parametrize("way", ["/claim {}", "{}", "  {}  "])
async def test_whoever_has_the_code_becomes_the_organiser(unclaimed: Talk, way: str):
    code = await code_of(unclaimed)
    assert "claim code" in await unclaimed.says("Amina", "/start")
    assert "You are the organiser now" in await unclaimed.says("Amina", way.format(code.lower()))
    assert "What is it called?" in await unclaimed.says("Amina", "/new")


async def test_the_code_is_asked_for_and_works_once(unclaimed: Talk):
    code = await code_of(unclaimed)
    assert "Send the claim code" in await unclaimed.says("Amina", "/claim")
    assert "not the claim code" in await unclaimed.says("Amina", "ABCD")
    assert "You are the organiser now" in await unclaimed.says("Amina", code.replace("-", ""))
    assert "organiser already" in await unclaimed.says("Kofi", f"/claim {code}")
    assert "Only organisers" in await unclaimed.says("Kofi", "/new")
    assert "You are an organiser already" in await unclaimed.says("Amina", f"/claim {code}")


async def test_only_a_digest_is_stored_and_the_claim_survives_a_restart(unclaimed: Talk):
    first = await code_of(unclaimed)
    code = await code_of(unclaimed)
    database = unclaimed.runner.database
    stored = await settings.load(database)
    assert code not in str(stored)
    assert code.replace("-", "") not in str(stored)
    assert "not the claim code" in await unclaimed.says("Amina", f"/claim {first}")
    await unclaimed.says("Amina", f"/claim {code}")
    assert (await settings.load(database))[CLAIM] == ""
    again = Runner(database, {}, lambda: unclaimed.time, catalogues=unclaimed.runner.catalogues)
    await again.start()
    assert again.begin().is_organiser(unclaimed.id("Amina"))
    assert not again.begin().is_organiser(unclaimed.id("Kofi"))
    assert await again.claim_code() is None


async def test_guesses_are_limited(unclaimed: Talk):
    code = await code_of(unclaimed)
    for _ in range(5):
        assert "not the claim code" in await unclaimed.says("Eve", "/claim ABCD-EFGH-JKMN")
    assert "Try again in 10 minutes" in await unclaimed.says("Eve", f"/claim {code}")
    assert "You are the organiser now" in await unclaimed.says("Amina", code)


async def test_a_claim_whose_turn_is_not_kept_never_happened(unclaimed: Talk):
    code = await code_of(unclaimed)
    turn = unclaimed.runner.begin()
    assert turn.claim(code, 7)
    assert turn.is_organiser(7)
    unclaimed.runner.abandon()
    assert not unclaimed.runner.begin().is_organiser(7)
    assert unclaimed.runner.begin().claim(code, 8)
