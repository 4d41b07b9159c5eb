"""When somebody was last seen."""

from datetime import timedelta

from tests.handlers.talk import Talk


async def test_whoever_writes_or_taps_is_seen_and_the_minute_is_enough(talk: Talk):
    workshop = await talk.open("Amina")
    await talk.join("P1", workshop)
    person = await talk.runner.person(talk.id("P1"))
    assert person is not None
    assert person.seen_at is not None
    begun = person.seen_at
    await talk.says("P1", "/help")
    again = await talk.runner.person(talk.id("P1"))
    assert again is not None
    assert again.seen_at is not None
    assert again.seen_at - begun < timedelta(minutes=1)
    talk.time += timedelta(minutes=3)
    await talk.taps("P1", "nothing:1")
    later = await talk.runner.person(talk.id("P1"))
    assert later is not None
    assert later.seen_at == talk.time


async def test_what_the_bot_says_is_no_sign_of_life(talk: Talk):
    workshop = await talk.open("Amina")
    await talk.join("P1", workshop)
    person = await talk.runner.person(talk.id("P1"))
    assert person is not None
    talk.time += timedelta(minutes=30)
    await talk.says("Amina", "/broadcast Hello")
    await talk.says("Amina", "All participants")
    await talk.says("Amina", "Send")
    after = await talk.runner.person(talk.id("P1"))
    assert after is not None
    assert after.seen_at == person.seen_at
