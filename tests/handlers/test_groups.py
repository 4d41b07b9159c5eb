"""Forming groups and working in them, for rooms larger, and lives messier, than a transcript can show."""

from __future__ import annotations

import pytest

from bot.core.grouping import GroupRole
from tests.handlers.talk import Talk

LIMIT = 4096  # characters of a message, Telegram's


async def a_room(talk: Talk, people: int) -> None:
    workshop = await talk.open("Amina")
    for number in range(1, people + 1):
        await talk.join(f"P{number}", workshop)


async def forms(talk: Talk, *labels: str) -> str:
    await talk.says("Amina", "/groups")
    said = ""
    for label in labels:
        said = await talk.says("Amina", label)
    return said


async def sheet_of(talk: Talk, name: str) -> int | None:
    person = await talk.runner.person(talk.id(name))
    return person.sheet_run_id if person else None


async def test_the_list_to_read_aloud_is_paged_and_everyone_is_on_it(talk: Talk):
    await a_room(talk, 90)
    said = await forms(talk, "Count off by 6")
    pages = [said]
    while "More" in await talk.labels("Amina"):
        pages.append(await talk.says("Amina", "More"))
    assert len(pages) > 1
    assert all(len(page) < LIMIT for page in pages)
    listed = ", ".join(line for page in pages for line in page.splitlines() if line.startswith("P") and "," in line)
    assert {name for part in listed.split(", ") if (name := part.removeprefix("and "))} == {
        f"P{number}" for number in range(1, 91)
    }


async def test_one_message_each_and_none_for_those_who_lead(talk: Talk):
    await a_room(talk, 7)
    await talk.says("Amina", "/groups")
    committed = await talk._take("Amina", talk_tap(talk, "Amina", "form:1:count:six"))
    told = [message.chat_id for message in committed.messages if message.kind.value == "send"]
    assert sorted(told) == [talk.id(f"P{number}") for number in range(1, 8)]
    assert talk.id("Amina") not in told


def talk_tap(talk: Talk, name: str, data: str) -> dict[str, object]:
    message = {"message_id": 1, "date": 0, "chat": talk._chat(name)}
    query = {"id": "1", "from": talk._user(name), "chat_instance": "1", "data": data, "message": message}
    return {"callback_query": query}


async def test_fewer_people_than_groups_are_asked_for_a_smaller_number(talk: Talk):
    await a_room(talk, 4)
    assert "send a number from 1 to 4" in await forms(talk, "Count off by 6")
    assert "a whole number from 1 to 4" in await talk.says("Amina", "5")
    await talk.says("Amina", "٢")  # two, in Arabic digits
    assert (await talk.workshop()).formations["six"].sizes() == {1: 2, 2: 2}


async def test_an_empty_room_cannot_be_split(talk: Talk):
    await talk.open("Amina")
    assert "Nobody has joined yet" in await forms(talk, "Count off by 6")


async def test_groups_that_have_work_are_not_done_away_with(talk: Talk):
    await a_room(talk, 6)
    await forms(talk, "Count off by 3")
    await talk.taps("Amina", "ro:1:0:0:2.4.1.a")
    await talk.says("P3", "Files wait for one signature")  # the scribe of Group 3
    await talk.says("Amina", "/groups")
    await talk.says("Amina", "Other than 3")
    await talk.says("Amina", "2")
    assert "Choose at least 3 groups" in await talk.says("Amina", "Do it again")
    assert len((await talk.workshop()).formations["three"].groups) == 3


async def test_sheets_follow_people_into_their_new_groups(talk: Talk):
    await a_room(talk, 6)
    await forms(talk, "Count off by 3")
    await talk.taps("Amina", "ro:1:0:0:2.4.1.a")
    before = await sheet_of(talk, "P1")
    await talk.says("Amina", "/people")
    assert "Group 3" in await talk.taps("Amina", "move:1:2:3:three")
    moved = await sheet_of(talk, "P1")
    assert moved not in (None, before)
    assert moved == await sheet_of(talk, "P3")
    again = await forms(talk, "Count off again by 3", "Do it again")
    assert "P1" in again.split("Group 3")[1]  # moved by hand: stays
    assert await sheet_of(talk, "P1") == moved


async def test_a_latecomer_finds_the_sheet_of_the_smallest_group(talk: Talk):
    await a_room(talk, 5)
    await forms(talk, "Count off by 3")
    await talk.taps("Amina", "ro:1:0:0:2.4.1.a")
    await talk.join("Late", await talk.workshop())
    formation = (await talk.workshop()).formations["three"]
    member = (await talk.workshop()).by_user(talk.id("Late"))
    assert member is not None
    assert formation.seats[member.number].group == 3
    assert await sheet_of(talk, "Late") == await sheet_of(talk, "P3")


async def test_when_a_scribe_leaves_somebody_with_a_phone_takes_over(talk: Talk):
    await a_room(talk, 6)
    await forms(talk, "Count off by 3")
    await talk.taps("Amina", "ro:1:0:0:2.4.1.a")
    group = (await talk.workshop()).formations["three"].groups[1]
    scribe = (await talk.workshop()).members[group.scribe or 0]
    await talk.says(scribe.name, "/leave")
    await talk.says(scribe.name, "Leave")
    after = (await talk.workshop()).formations["three"].groups[1]
    assert after.scribe not in (None, scribe.number)
    assert after.pen == after.scribe
    assert await sheet_of(talk, scribe.name) is None


async def test_someone_unreachable_is_not_made_scribe(talk: Talk):
    await a_room(talk, 6)
    await forms(talk, "Count off by 3")
    for name in ("P1", "P4"):  # all of Group 1
        user = talk._user(name)
        change = {"chat": talk._chat(name), "from": user, "date": 0}
        change |= {"old_chat_member": {"user": user, "status": "member"}}
        change |= {"new_chat_member": {"user": user, "status": "kicked", "until_date": 0}}
        await talk._take(name, {"my_chat_member": change})
    await talk.taps("Amina", "ro:1:0:0:2.4.1.a")
    groups = (await talk.workshop()).formations["three"].groups
    assert groups[1].scribe is None
    assert groups[2].scribe is not None


async def test_who_works_elsewhere_is_told_where_to_go(talk: Talk):
    first = await talk.open("Amina")
    for number in range(1, 4):
        await talk.join(f"P{number}", first)
    second = await talk.open("Amina", "Another workshop")
    await talk.join("P1", second)
    await talk.taps("Amina", f"ws:{first.id}")
    await talk.taps("Amina", f"form:{first.id}:count:three")
    await talk.taps("Amina", f"ro:{first.id}:0:0:2.4.1.a")
    assert await sheet_of(talk, "P1") is None
    assert await sheet_of(talk, "P2") is not None
    await talk.says("P1", "Go there")
    person = await talk.runner.person(talk.id("P1"))
    assert person is not None
    assert person.workshop_id == first.id
    run = await talk.runner.run(person.sheet_run_id or 0)
    assert run is not None
    assert run.workshop_id == first.id


@pytest.mark.parametrize("role", list(GroupRole))
async def test_a_role_is_taken_once(talk: Talk, role: GroupRole):
    await a_room(talk, 6)
    await forms(talk, "Count off by 3")
    assert f"You are the {role.value} of Group 1" in await talk.taps("P1", f"vol:1:{role.value}:three")
    assert f"P1 is the {role.value} already" in await talk.taps("P4", f"vol:1:{role.value}:three")
    assert "of Group 2" in await talk.taps("P2", f"vol:1:{role.value}:three")


@pytest.mark.parametrize("data", ["vol:1:king:three", "vol:1:scribe:none", "vol:9:scribe:three", "mygrp:9:three"])
async def test_forged_roles_change_nothing(talk: Talk, data: str):
    await a_room(talk, 6)
    await forms(talk, "Count off by 3")
    before = await talk.workshop()
    await talk.taps("P1", data)
    await talk.taps("Eve", data)
    assert (await talk.workshop()).formations == before.formations


@pytest.mark.parametrize(
    "data",
    [
        *("grps:1", "form:1:count:six", "form:1:merge:three", "form:1:yes:three", "aloud:1:0:three"),
        *("room:1", "ro:1:0:1:2.4.1.a", "ro:1:0:0:", "rg:1:", "bt:1:0:", "ba:1", "bd:1:send"),
    ],
)
async def test_what_facilitators_do_is_refused_to_others(talk: Talk, data: str):
    await a_room(talk, 6)
    await forms(talk, "Count off by 3")
    before = await talk.workshop()
    assert "Only facilitators" in await talk.taps("P1", data)
    assert "not in that workshop" in await talk.taps("Eve", data)
    assert (await talk.workshop()) == before
    assert await talk.runner.runs_of(1) == []
