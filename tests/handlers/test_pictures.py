"""What a picture of a grid shows, to whom, and in which language."""

from __future__ import annotations

from typing import Any

from bot.core.message import Kind
from handlers.pictures import card_of, grid_of
from tests.handlers.talk import Talk

NAMES = ("Esi", "Kofi", "Ama", "Marco", "Jon")


async def a_group(talk: Talk) -> None:
    """Five people in one group, of which Esi holds the pen, and another one, Zoe, in none."""
    workshop = await talk.open("Amina")
    for name in NAMES:
        await talk.join(name, workshop)
    for data in ("form:1:other:three",):
        await talk.taps("Amina", data)
    await talk.says("Amina", "1")


async def grid(talk: Talk, name: str, run: int, step: str) -> Any:
    return await grid_of(talk.runner, await talk.renderer(name), talk.id(name), {"run": run, "step": step})


async def test_a_table_s_rows_stand_where_they_were_rated(talk: Talk):
    await a_group(talk)
    await talk.taps("Amina", "ro:1:0:1:2.4.1.b")
    await talk.taps("Esi", "s:1:service")
    assert "nothing on the grid" in await talk.taps("Esi", "pic:1:stakeholders")
    for name, support, importance in (("Clerks", "2", "5"), ("Applicants", "5", "4")):
        await talk.says("Esi", name)
        await talk.taps("Esi", "x")
        entry = max((await run_of(talk, 1)).entries)
        for column, value in (("support", support), ("importance", importance)):
            await talk.taps("Esi", f"ec:1:{entry}:1:{column}")
            await talk.taps("Esi", f"cv:1:{entry}:{column}:{value}")
    shown = await grid(talk, "Esi", 1, "stakeholders")
    assert [(each.name, each.across, each.up) for each in shown.points] == [("Clerks", 2, 5), ("Applicants", 5, 4)]
    assert (shown.across.label, shown.up.label) == ("Support", "Importance")
    assert (shown.across.lowest, shown.across.highest, shown.middle) == (1, 5, 4)
    assert shown.fields == ("Keep an eye on", "Keep informed", "Win over first", "Work with closely")
    assert shown.note == "Group 1 · June workshop"
    assert (shown.unplaced, shown.language) == ((), "en")


async def run_of(talk: Talk, number: int) -> Any:
    found = await talk.runner.run(number)
    assert found is not None
    return found


async def rated(talk: Talk) -> None:
    """Four of five have rated two of three actions twice, and differ on the second."""
    await a_group(talk)
    await talk.taps("Amina", "ro:1:0:1:2.5")
    for data in ("s:1:goal", "n:1:first"):
        await talk.taps("Esi", data)
    for title in ("Publish the list", "Train deputies", "Drill wells"):
        await talk.says("Esi", title)
    await talk.taps("Amina", "ro:1:0:1:4.3")
    await talk.taps("Esi", "s:2:words")
    for step, numbers in (("doable", ("55", "51", "41", "45")), ("matters", ("44", "44", "54", "54"))):
        for name, each in zip(NAMES, numbers, strict=False):
            for action, number in enumerate(each, 1):
                await talk.taps(name, f"itr:2:{step}:+1.{action}::{number}")
        await talk.taps("Esi", f"s:2:{step}")


async def test_what_was_rated_stands_at_the_middle_of_all_numbers(talk: Talk):
    await rated(talk)
    shown = await grid(talk, "Jon", 2, "grid")
    assert [(each.name, each.across, each.up, each.apart) for each in shown.points] == [
        ("Publish the list", 4.5, 4.5, False),
        ("Train deputies", 3.0, 4.0, True),
    ]
    assert (shown.across.label, shown.up.label) == ("Do-able", "How much it matters")
    assert shown.unplaced == ("Drill wells",)
    assert shown.unplaced_heading == "Rated by fewer than 4:"


async def test_a_picture_is_sent_to_whom_the_product_may_be_shown(talk: Talk):
    await rated(talk)
    await talk.join("Zoe", await talk.workshop())  # seated in the only group there is
    talk.language = "fr"
    turn = await talk._take("Zoe", {"callback_query": tap(talk, "Zoe", "pic:2:grid")})
    (photo,) = [message for message in turn.messages if message.kind is Kind.PHOTO]
    assert photo.chat_id == talk.id("Zoe")
    shown = await grid(talk, "Zoe", 2, "grid")
    assert shown.language == "fr"
    assert shown.across.label == "Faisable"
    assert await grid(talk, "Stranger", 2, "grid") is None
    await talk.says("Zoe", "/leave")
    await talk.taps("Zoe", "leave:1")
    assert await grid(talk, "Zoe", 2, "grid") is None


def tap(talk: Talk, name: str, data: str) -> dict[str, Any]:
    message = {"message_id": 1, "date": 0, "chat": talk._chat(name)}
    return {"id": "1", "from": talk._user(name), "chat_instance": "1", "data": data, "message": message}


async def test_what_is_no_grid_is_no_picture(talk: Talk):
    await rated(talk)
    for data in ("pic:2:five", "pic:2:gone", "pic:99:grid"):
        turn = await talk._take("Esi", {"callback_query": tap(talk, "Esi", data)})
        assert not [message for message in turn.messages if message.kind is Kind.PHOTO], data


async def test_a_product_is_drawn_with_all_that_stands_on_it(talk: Talk):
    await a_group(talk)
    await talk.taps("Amina", "ro:1:0:1:2.4.1.a")
    for data in ("s:1:gap",):
        await talk.taps("Esi", data)
    await talk.says("Esi", "The queue grows")
    await talk.taps("Esi", "n:1:event")
    await talk.says("Kofi", "<b>It grows each June</b>")
    shown = await card_of(talk.runner, await talk.renderer("Esi"), talk.id("Esi"), {"run": 1, "drawn": True})
    assert shown is not None
    assert [plate.title for plate in shown.above] == ["Starting gap"]
    assert [plate.lines for plate in shown.parts[:3]] == [("The queue grows",), ("<b>It grows each June</b>",), ()]
    assert len(shown.parts) == 5
    assert [plate.title for plate in shown.below] == ["Archetype", "Why this archetype", "Leverage point"]
    assert shown.note == "Group 1 · June workshop"
    assert shown.language == "en"


async def test_a_product_is_drawn_for_those_who_may_see_it(talk: Talk):
    await a_group(talk)
    await talk.taps("Amina", "ro:1:0:1:2.4.1.a")
    for name, sees in (("Esi", True), ("Amina", True), ("Stranger", False)):
        renderer = await talk.renderer(name)
        assert (await card_of(talk.runner, renderer, talk.id(name), {"run": 1}) is not None) is sees
        turn = await talk._take(name, {"callback_query": tap(talk, name, "drw:1")})
        assert [message.kind for message in turn.messages if message.kind is Kind.PHOTO] == [Kind.PHOTO] * sees
