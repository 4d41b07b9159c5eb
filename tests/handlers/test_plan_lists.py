"""/plan for whoever has no plan yet, has none of their own, or is named in plans of several workshops."""

from __future__ import annotations

from dataclasses import replace

from bot.core import handover, planning
from bot.core.plan import Field
from bot.core.plan_dialogue import ActionView, PlanView
from bot.core.workshop import Workshop
from tests.handlers.talk import Talk

PEOPLE = ("Esi", "Marco", "Kofi", "Li Na", "Ama", "Jon")


async def formed(talk: Talk, title: str, people: tuple[str, ...] = PEOPLE) -> Workshop:
    """A workshop whose groups for plans are formed: two people in each."""
    workshop = await talk.open("Amina", title)
    for name in people:
        await talk.join(name, workshop)
    await talk.taps("Amina", f"form:{workshop.id}:count:six")
    await talk.taps("Amina", f"form:{workshop.id}:merge:three")
    return await talk.workshop(workshop.id)


async def plan_with(talk: Talk, workshop: Workshop, id: int, contact: str = "") -> None:
    """Group 1's plan, with one action; for a contact from outside who agreed to it, if there is one."""
    plan = planning.open_plan(id=id, workshop_id=workshop.id, group=1, now=talk.time)
    plan = planning.add_action(plan, f"Publish the list of {workshop.title}", by="m2", now=talk.time)
    if contact:
        plan, party = handover.add_contact(plan, contact, token=f"token {id}", named_by="m2")
        plan = planning.set_field(plan, 1, Field.OWNER, party, by="m2", now=talk.time)
        agreed = replace(plan.contacts[1], user_id=talk.id(contact), agreed=frozenset({1}))
        plan = replace(plan, contacts={1: agreed})
    turn = talk.runner.begin()
    turn.put(plan)
    talk.runner.keep(turn)
    await talk.runner.commit()


async def test_there_is_no_plan_before_there_are_groups(talk: Talk) -> None:
    workshop = await talk.open("Amina")
    await talk.join("Esi", workshop)
    for name in ("Amina", "Esi"):
        assert "once the groups for it are formed" in await talk.says(name, "/plan")


async def test_somebody_in_no_workshop_is_told_how_to_get_into_one(talk: Talk) -> None:
    assert "/join" in await talk.says("Zoe", "/plan")


async def test_who_is_named_in_two_workshops_sees_both(talk: Talk) -> None:
    """And neither of them is theirs."""
    first = await formed(talk, "Accra June")
    second = await formed(talk, "Lusaka July", tuple(f"{name} Z" for name in PEOPLE))
    await talk.says("Works", "/id")
    await plan_with(talk, first, 1, "Works")
    await plan_with(talk, second, 2, "Works")
    assert "Publish the list of Lusaka July" in await talk.says("Works", "/plan")
    assert await talk.labels("Works") == ["1", "Accra June", "Close"]
    assert "Publish the list of Accra June" in await talk.says("Works", "Accra June")
    assert await talk.labels("Works") == ["1", "Close"]


async def test_a_participant_who_is_named_elsewhere_goes_there_from_their_own_plan(talk: Talk) -> None:
    first = await formed(talk, "Accra June")
    second = await formed(talk, "Lusaka July", tuple(f"{name} Z" for name in PEOPLE))
    await plan_with(talk, first, 1)
    await plan_with(talk, second, 2, "Esi")
    assert "Publish the list of Accra June" in await talk.says("Esi", "/plan")
    assert "Lusaka July" in await talk.labels("Esi")
    shown = await talk.says("Esi", "Lusaka July")
    assert "Publish the list of Lusaka July" in shown
    assert "Accra June" not in shown
    assert "Publish the list of Lusaka July" in await talk.says("Esi", "1")
    person = await talk.runner.person(talk.id("Esi"))
    assert person is not None
    assert person.workshop_id == first.id  # what they work in stays


async def test_what_is_typed_behind_the_command_may_be_in_ones_own_language(talk: Talk) -> None:
    workshop = await formed(talk, "Accra June")
    await plan_with(talk, workshop, 1)
    expected = {
        "mine": "mine",
        "Les miennes": "mine",
        "vérifier": "check",
        "par personne": "people",
        "by date": "date",
        "status": "status",
        "changes": "list",  # nothing is agreed yet
    }
    for words, view in expected.items():
        talk.language = "fr" if words in ("Les miennes", "vérifier", "par personne") else "en"
        await talk.says("Esi", f"/plan {words}")
        person = await talk.runner.person(talk.id("Esi"))
        assert person is not None
        assert isinstance(person.dialogue, PlanView), words
        assert person.dialogue.view == view, words
    await talk.says("Esi", "/plan publish the list of Accra June")
    person = await talk.runner.person(talk.id("Esi"))
    assert person is not None
    assert isinstance(person.dialogue, ActionView)
