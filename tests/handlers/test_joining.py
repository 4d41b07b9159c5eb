"""What holds at the door whatever is sent to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.workshop import Membership, Role
from tests.handlers.talk import Talk


async def test_a_door_opens_to_links_and_codes_only(talk: Talk):
    workshop = await talk.open("Amina")
    await talk.says("Eve", "/start")
    for data in (
        "join:1",
        "joinn:1",
        "joins:1",
        "joinb:1",
        "leave:1",
        "ws:1",
        "mem:1:1",
        "memdo:1:1:rename",
        "enter:1",
    ):
        await talk.taps("Eve", data)
    assert (await talk.workshop()).by_user(talk.id("Eve")) is None
    await talk.says("Eve", f"/join {workshop.code}")
    await talk.taps("Eve", "join:2")
    assert (await talk.workshop()).by_user(talk.id("Eve")) is None
    await talk.taps("Eve", "join:1")
    assert (await talk.workshop()).active_user(talk.id("Eve")) is not None


async def test_joining_twice_at_once_makes_one_member(talk: Talk):
    workshop = await talk.open("Amina")
    await talk.says("Esi", f"/start {workshop.link_token}")
    await talk.taps("Esi", "join:1")
    await talk.taps("Esi", "join:1")
    assert len((await talk.workshop()).members) == 2


async def test_a_door_that_closes_meanwhile_says_so_and_opens_again(talk: Talk):
    workshop = await talk.open("Amina")
    await talk.says("Esi", f"/start {workshop.link_token}")
    await talk.says("Amina", "/close")
    await talk.says("Amina", "Close it")
    assert "takes no more people" in await talk.taps("Esi", "join:1")
    await talk.says("Amina", "/reopen")
    assert "You're in, number 2" in await talk.taps("Esi", "join:1")


@pytest.mark.parametrize("text", ["https://t.me/plenary_bot?start={}", "Here is the link: t.me/plenary_bot?start={} ."])
async def test_a_link_that_was_copied_into_the_chat_works(talk: Talk, text: str):
    workshop = await talk.open("Amina")
    assert "led by Amina" in await talk.says("Esi", text.format(workshop.link_token))
    assert "led by Amina" in await talk.says("Kofi", "/join " + text.format(workshop.link_token))


@pytest.mark.parametrize("code", ["{}", "{} ", "/join {}", "/start {}"])
async def test_a_code_is_read_however_it_is_typed(talk: Talk, code: str):
    workshop = await talk.open("Amina")
    typed = f"{workshop.code[:3].lower()}-{workshop.code[3:]}"
    assert "led by Amina" in await talk.says("Esi", code.format(typed))


async def test_what_is_wrong_closed_or_long_past_is_answered_alike(talk: Talk):
    closed, past = await talk.open("Amina", "Closed one"), await talk.open("Amina", "Past one")
    await talk.taps("Amina", f"wsdo:{closed.id}:close_yes")
    wrong = await talk.says("Esi", "/join ABCDEF")
    assert "doesn't work" in wrong
    assert await talk.says("Kofi", f"/join {closed.code}") == wrong
    assert await talk.says("Kofi", "/start AAAAAAAAAAAAAAAA") == wrong
    assert "Closed one is closed" in await talk.says("Kofi", f"/start {closed.link_token}")
    assert "led by Amina" in await talk.says("Kofi", f"/start {past.link_token}")
    talk.time += timedelta(days=250)
    assert await talk.says("Esi", f"/join {past.code}") == wrong
    assert await talk.says("Esi", f"/start {past.link_token}") == wrong


async def test_guessing_from_inside_a_workshop_is_limited_too(talk: Talk):
    workshop = await talk.open("Amina")
    other = await talk.open("Amina", "Another")
    await talk.join("Esi", workshop)
    for _ in range(5):
        await talk.says("Esi", "ABCDEF")
    assert "nothing to answer" in await talk.says("Esi", other.code)
    assert "Try again in" in await talk.says("Esi", f"/join {other.code}")
    assert "led by Amina" in await talk.says("Esi", f"/start {other.link_token}")


async def test_two_workshops_never_have_the_same_code(talk: Talk):
    first = await talk.open("Amina")
    codes = iter([first.code, first.code, "ZZZZZZ"])
    talk.runner.code = lambda: next(codes)  # type: ignore[method-assign]
    assert (await talk.open("Amina", "Another")).code == "ZZZZZZ"


async def test_words_go_to_the_sheet_once_an_exercise_is_open(talk: Talk):
    workshop = await talk.open("Amina")
    for name in ("Esi", "Marco", "Kofi", "Jon", "Ama", "Li"):
        await talk.join(name, workshop)
    await talk.taps("Amina", "form:1:count:six")
    await talk.taps("Amina", "form:1:merge:three")
    await talk.says("Yaw", f"/start {workshop.link_token}")
    await talk.taps("Yaw", "join:1")
    assert "where do you work" in await talk.says("Yaw", "/nothing")
    await talk.taps("Amina", "ro:1:0:0:2.4.1.a")
    assert "holds the pen" in await talk.says("Yaw", "Permit queue reached nine weeks")
    member = (await talk.workshop()).by_user(talk.id("Yaw"))
    assert member is not None
    assert member.organisation == ""
    await talk.says("Yaw", "Skip")
    assert await talk.question("Yaw") is None


async def test_a_facilitators_answers_follow_a_person_without_a_phone(talk: Talk):
    workshop = await talk.open("Amina")
    for name in ("Esi", "Marco", "Kofi", "Jon", "Ama"):
        await talk.join(name, workshop)
    await talk.taps("Amina", "enter:1")
    await talk.says("Amina", "Yaw")
    await talk.taps("Amina", "enters:1")
    await talk.taps("Amina", "form:1:count:six")
    await talk.taps("Amina", "form:1:merge:three")
    for exercise in ("2.4.1.a", "2.4.1.b"):
        await talk.taps("Amina", f"ro:1:0:1:{exercise}")
        await talk.taps("Amina", "memdo:1:7:answer_for")
        person = await talk.runner.person(talk.id("Amina"))
        assert person is not None
        run = await talk.runner.run(person.sheet_run_id or 0)
        assert run is not None
        assert (person.acting_for, run.exercise, run.group) == (7, exercise, 3)
    await talk.taps("Amina", "move:1:7:1:three")
    person = await talk.runner.person(talk.id("Amina"))
    assert person is not None
    run = await talk.runner.run(person.sheet_run_id or 0)
    assert run is not None
    assert run.group == 1
    await talk.taps("Amina", "memdo:1:7:remove_yes")
    person = await talk.runner.person(talk.id("Amina"))
    assert person is not None
    assert (person.acting_for, person.sheet_run_id) == (None, None)


async def test_a_removal_by_a_facilitator_puts_the_person_out_of_everything(talk: Talk):
    workshop = await talk.open("Amina")
    await talk.join("Esi", workshop)
    await talk.says("Esi", "/name")
    await talk.taps("Amina", "memdo:1:2:remove_yes")
    person = await talk.runner.person(talk.id("Esi"))
    assert person is not None
    assert (person.workshop_id, person.sheet_run_id, person.dialogue) == (None, None, None)
    assert (await talk.workshop()).members[2].status is Membership.REMOVED
    await talk.taps("Amina", "memdo:1:2:restore")
    person = await talk.runner.person(talk.id("Esi"))
    assert person is not None
    assert person.workshop_id == 1


async def test_nobody_but_the_organiser_renews_closes_or_hands_over(talk: Talk):
    workshop = await talk.open("Amina")
    await talk.join("Esi", workshop)
    await talk.says("Bo", f"/start {workshop.facilitator_token}")
    for name in ("Esi", "Bo", "Eve"):
        for data in (
            "wsdo:1:facilitator_link",
            "wsdo:1:close",
            "wsdo:1:close_yes",
            "memdo:1:3:hand_over",
            "memdo:1:3:hand_over_yes",
            "memdo:1:1:remove_yes",
        ):
            await talk.taps(name, data)
    after = await talk.workshop()
    assert after.facilitator_token is None
    assert after.closed_at is None
    assert after.members[1].role is Role.ORGANISER
    assert after.members[1].status is Membership.ACTIVE


async def test_names_with_marks_and_overrides_are_kept_as_words(talk: Talk):
    workshop = await talk.open("Amina")
    await talk.says("Esi", f"/start {workshop.link_token}")
    await talk.taps("Esi", "joinn:1")
    await talk.says("Esi", "<b>\u202eisE\u2066 _*[`\u200b &amp;")
    member = (await talk.workshop()).by_user(talk.id("Esi"))
    assert member is not None
    assert member.name == "<b>isE _*[` &amp;"
    assert "&lt;b&gt;isE _*[` &amp;amp;" in await talk.says("Amina", "/people")
