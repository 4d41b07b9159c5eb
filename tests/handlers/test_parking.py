"""What is parked without a name leads back to nobody, and what is answered reaches whom it should."""

from __future__ import annotations

from datetime import timedelta

from bot.core import membership
from tests.handlers.talk import Talk


async def a_room(talk: Talk) -> None:
    workshop = await talk.open("Amina")
    for name in ("Esi", "Marco"):
        await talk.join(name, workshop)


async def park(talk: Talk, name: str, text: str, how: str) -> None:
    await talk.says(name, f"/park {text}")
    await talk.says(name, how)


async def rows(talk: Talk) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    database = talk.runner.database
    names = [row[0] for row in await database.read("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: [repr(tuple(row)) for row in await database.read(f"SELECT * FROM {name}")] for name in names}


async def test_what_is_parked_without_a_name_is_nowhere_beside_one(talk: Talk):
    await a_room(talk)
    await park(talk, "Esi", "Who decides on Kestrels?", "Without my name")
    known = await rows(talk)
    found = {name: [row for row in those if "Kestrels" in row] for name, those in known.items()}
    (row,) = found.pop("parked")
    assert str(talk.id("Esi")) not in row
    assert not any(found.values())  # its words stand nowhere else
    assert ":" not in row.replace("'", "")  # not even a time of day
    said = [each for each in known["outbox"] if str(talk.id("Esi")) in each]
    await park(talk, "Marco", "Who pays?", "With my name")
    others = [each for each in (await rows(talk))["outbox"] if str(talk.id("Marco")) in each]
    assert any("parking.parked" in each for each in said)
    assert [each for each in others if "nameless" in each] == [each for each in said if "nameless" in each]


async def test_nothing_is_parked_before_it_is_said_who_sees_it(talk: Talk):
    await a_room(talk)
    assert "nobody sees who asked" in await talk.says("Esi", "/park Why?")
    assert (await talk.runner.room(1)).parked == {}
    assert "earlier screen" in await talk.taps("Marco", "pk:1:0")  # who wrote nothing parks nothing


async def test_an_answer_to_somebody_who_has_left_goes_to_the_room(talk: Talk):
    await a_room(talk)
    await park(talk, "Esi", "Who pays?", "With my name")
    turn = talk.runner.begin()
    turn.put(membership.leave(await talk.workshop(), 2))
    talk.runner.keep(turn)
    await talk.runner.commit()
    for text in ("/parking", "1", "Answer", "The ministry"):
        await talk.says("Amina", text)
    assert await talk.labels("Amina") == ["To everyone", "Back"]
    assert "Nobody knows" in await talk.taps("Amina", "pkd:1:1:to_author")
    talk.heard("Marco")
    await talk.says("Amina", "To everyone")
    assert any("The ministry" in each for each in talk.heard("Marco"))


async def test_the_second_of_two_facilitators_hears_that_it_was_answered(talk: Talk):
    await a_room(talk)
    await park(talk, "Esi", "Who pays?", "With my name")
    for text in ("/parking", "1", "Answer", "The ministry"):
        await talk.says("Amina", text)
    await talk.taps("Amina", "pkd:1:1:tick")  # on another phone of theirs
    assert "answered already" in await talk.taps("Amina", "pkd:1:1:answer")
    assert (await talk.runner.room(1)).parked[1].answer == ""


async def test_what_was_parked_yesterday_still_waits(talk: Talk):
    await a_room(talk)
    await park(talk, "Esi", "Who pays?", "With my name")
    talk.time += timedelta(days=1)
    assert "Who pays?" in await talk.says("Amina", "/parking")
