"""What holds for people who are named in a plan and aren't in its workshop, whatever they and others send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.core import handover, planning
from bot.core.plan import ActionPlan, Contact, Field, contact_of
from bot.core.plan_dialogue import PlanAsk
from handlers.plan.contact_picker import request_of
from tests.handlers.talk import Talk

WRONG = "That link doesn't work, or no longer does"
PEOPLE = ("Esi", "Marco", "Kofi", "Li", "Ama", "Jon")  # members 2 to 7; the first two are Group 1
ESI, MARCO, KOFI = "m2", "m3", "m4"


class Room:
    """A workshop with three groups, and Group 1's plan with two actions."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk

    async def build(self) -> None:
        workshop = await self.talk.open("Amina", "Accra workshop")
        for name in PEOPLE:
            await self.talk.join(name, workshop)
        await self.talk.taps("Amina", "form:1:count:six")
        await self.talk.taps("Amina", "form:1:merge:three")
        plan = planning.open_plan(id=self.talk.runner.next_id("plans"), workshop_id=1, group=1, now=self.talk.time)
        for title in ("Publish the list", "Train the staff"):
            plan = planning.add_action(plan, title, by=ESI, now=self.talk.time)
        await self.put(plan)
        self.talk.told.clear()

    async def put(self, plan: ActionPlan) -> None:
        turn = self.talk.runner.begin()
        turn.put(plan)
        self.talk.runner.keep(turn)
        await self.talk.runner.commit()

    async def plan(self) -> ActionPlan:
        found = await self.talk.runner.plan(1)
        assert found is not None
        return found

    async def contact(self, number: int = 1) -> Contact:
        return (await self.plan()).contacts[number]

    async def change(self, rule: Callable[[ActionPlan], ActionPlan]) -> None:
        await self.put(rule(await self.plan()))

    async def name(self, name: str, *actions: int, by: str = ESI, field: Field = Field.RESPONSIBLE) -> Contact:
        """Have somebody from outside named, without anybody being asked."""
        plan = await self.plan()
        plan, party = handover.add_contact(plan, name, token=self.talk.runner.token(), named_by=by)
        for action in actions:
            plan = planning.name_party(plan, action, field, party, on=True, by=by, now=self.talk.time)
        await self.put(plan)
        return plan.contacts[contact_of(party) or 0]

    async def asks_for(self, name: str, action: int = 1, field: Field = Field.RESPONSIBLE) -> PlanAsk:
        """A question about people is open for somebody."""
        person = await self.talk.runner.person(self.talk.id(name))
        assert person is not None
        asked = PlanAsk(plan_id=1, action=action, field=field, asks="name")
        turn = self.talk.runner.begin()
        turn.put(replace(person, dialogue=asked))
        self.talk.runner.keep(turn)
        await self.talk.runner.commit()
        return asked

    async def opens(self, name: str, contact: Contact) -> str:
        return await self.talk.says(name, f"/start h_{contact.token}")

    async def agrees(self, name: str, contact: Contact) -> str:
        await self.opens(name, contact)
        return await self.talk.says(name, "I'll take part")


@pytest_asyncio.fixture
async def room(talk: Talk) -> Room:
    made = Room(talk)
    await made.build()
    return made


# The link ------------------------------------------------------------------------------------------------------------


async def test_wrong_used_renewed_and_past_links_are_answered_alike(room: Room) -> None:
    used, fresh, past = [await room.name(name, 1) for name in ("Works", "Health", "Trade")]
    await room.agrees("Kwame", used)
    answers = {await room.talk.says("Eve", "/start h_AAAAAAAAAAAAAAAA"), await room.opens("Eve", used)}
    await room.talk.taps("Marco", f"hr:1:{fresh.number}")
    answers.add(await room.opens("Eve", fresh))
    room.talk.time += timedelta(days=250)
    answers.add(await room.opens("Eve", past))
    assert len(answers) == 1
    assert answers.pop().startswith(WRONG)


async def test_whoever_tries_links_has_to_wait(room: Room) -> None:
    contact = await room.name("Works", 1)
    for at in range(5):
        assert WRONG in await room.talk.says("Eve", f"/start h_AAAAAAAAAAAAAAA{at}")
    assert "Try again in" in await room.opens("Eve", contact)
    assert "Publish the list" in await room.opens("Kwame", contact)
    room.talk.time += timedelta(minutes=11)
    assert "Publish the list" in await room.opens("Eve", contact)


async def test_a_link_that_was_copied_into_the_chat_works(room: Room) -> None:
    contact = await room.name("Works", 1)
    assert "Publish the list" in await room.talk.says("Kwame", f"https://t.me/plenary_bot?start=h_{contact.token}")


async def test_of_two_who_open_a_link_at_once_the_first_has_it(room: Room) -> None:
    contact = await room.name("Works", 1)
    await room.opens("Kwame", contact)
    await room.opens("Eve", contact)
    await room.talk.says("Kwame", "I'll take part")
    assert await room.talk.labels("Eve") == []
    assert WRONG in await room.talk.taps("Eve", f"ho:{contact.token}:0:1")
    assert WRONG in await room.talk.taps("Eve", f"ho:{contact.token}:1:0")
    assert (await room.contact()).user_id == room.talk.id("Kwame")


async def test_a_new_link_ends_the_question_of_the_old_one(room: Room) -> None:
    contact = await room.name("Works", 1)
    await room.opens("Eve", contact)
    await room.talk.taps("Esi", "hr:1:1")
    assert WRONG in await room.talk.taps("Eve", f"ho:{contact.token}:0:1")
    assert WRONG in await room.talk.says("Eve", "and now?")
    assert "I don't understand that" in await room.talk.says("Eve", "and now?")
    assert (await room.contact()).token != contact.token
    assert "Publish the list" in await room.opens("Kwame", await room.contact())


async def test_a_link_asks_about_what_stands_there_now(room: Room) -> None:
    contact = await room.name("Works", 1, 2)
    assert "Train the staff" in await room.opens("Kwame", contact)
    await room.change(lambda plan: planning.remove(plan, 2, 2, by=ESI, now=room.talk.time))
    assert "Train the staff" not in str(await room.talk.question("Kwame"))
    await room.change(lambda plan: planning.remove(plan, 1, 2, by=ESI, now=room.talk.time))
    assert await room.talk.labels("Kwame") == ["Close"]
    assert "doesn't name you any more" in await room.talk.taps("Kwame", f"ho:{contact.token}:0:1")
    await room.talk.says("Kwame", "/cancel")
    assert "doesn't name you any more" in await room.opens("Kwame", contact)
    assert (await room.contact()).user_id is None


async def test_only_what_was_shown_is_agreed_to_and_the_rest_is_asked(room: Room) -> None:
    contact = await room.name("Works", 1)
    await room.opens("Kwame", contact)
    await room.name("Works", 2, by=MARCO)
    room.talk.heard("Kwame")
    await room.talk.says("Kwame", "I'll take part")
    assert (await room.contact()).agreed == {1}
    told = room.talk.heard("Kwame")
    assert len(told) == 2
    assert "Marco named you" in told[1]
    await room.talk.says("Kwame", "I'll take part")  # typed, under that message
    assert (await room.contact()).agreed == {1, 2}


async def test_words_that_are_no_answer_keep_the_question(room: Room) -> None:
    contact = await room.name("Works", 1)
    await room.opens("Kwame", contact)
    assert "Tap one of the buttons" in await room.talk.says("Kwame", "perhaps")
    assert "You take part" in await room.talk.says("Kwame", "1")


async def test_the_question_is_back_once_a_language_was_chosen_or_not(room: Room) -> None:
    contact = await room.name("Works", 1)
    await room.opens("Kwame", contact)
    assert "Which language" in await room.talk.says("Kwame", "Language")
    assert "Publish the list: you do it" in await room.talk.says("Kwame", "Cancel")


async def test_trying_ones_own_link_changes_nothing(room: Room) -> None:
    contact = await room.name("Works", 1)
    asked = await room.asks_for("Esi")
    assert "Is it you who is meant?" in await room.opens("Esi", contact)
    assert "Nothing has changed" in await room.talk.says("Esi", "Not me")
    person = await room.talk.runner.person(room.talk.id("Esi"))
    assert person is not None
    assert person.dialogue == asked
    assert (await room.contact()) == contact
    assert room.talk.heard("Marco") == []


async def test_one_account_behind_two_names_is_one_contact(room: Room) -> None:
    works, ministry = await room.name("Works", 1), await room.name("Ministry of Works", 2)
    await room.agrees("Kwame", works)
    assert "“Ministry of Works”" in await room.opens("Kwame", ministry)
    await room.talk.says("Kwame", "I'll take part")
    assert [action.responsible for action in (await room.plan()).actions()] == [("c1",), ("c1",)]
    assert (await room.contact()).agreed == {1, 2}
    assert WRONG in await room.opens("Kwame", ministry)


# Who is told ---------------------------------------------------------------------------------------------------------


async def test_each_namer_is_told_of_their_own_actions_once(room: Room) -> None:
    contact = await room.name("Works", 1)
    await room.name("Works", 2, by=MARCO)
    await room.opens("Eve", contact)
    await room.talk.says("Eve", "Not me")
    (esi,), (marco,) = room.talk.heard("Esi"), room.talk.heard("Marco")
    assert ("“Publish the list”" in esi, "“Train the staff”" in esi) == (True, False)
    assert ("“Publish the list”" in marco, "“Train the staff”" in marco) == (False, True)
    await room.opens("Eve", contact)
    await room.talk.says("Eve", "Not me")
    assert (room.talk.heard("Esi"), room.talk.heard("Marco")) == ([], [])


@pytest.mark.parametrize("gone", [("Esi",), ("Esi", "Marco")])
async def test_where_the_namer_has_left_somebody_else_is_told(room: Room, gone: tuple[str, ...]) -> None:
    """The reporter of the group, or where it is empty the organiser; never nobody."""
    contact = await room.name("Works", 1)
    for name in gone:
        await room.talk.says(name, "/leave")
        await room.talk.says(name, "Leave")
    for name in ("Esi", "Marco", "Amina"):
        room.talk.heard(name)
    await room.opens("Eve", contact)
    await room.talk.says("Eve", "Not me")
    told = {name: bool(room.talk.heard(name)) for name in ("Esi", "Marco", "Amina")}
    assert told == {"Esi": False, "Marco": len(gone) == 1, "Amina": len(gone) == 2}


async def test_whoever_leaves_tells_once_and_comes_back_by_the_link(room: Room) -> None:
    contact = await room.name("Works", 1, 2)
    await room.agrees("Kwame", contact)
    room.talk.heard("Esi")
    assert "Accra workshop" in await room.talk.says("Kwame", "/leave")
    assert "You no longer take part" in await room.talk.says("Kwame", "Stop taking part")
    (told,) = room.talk.heard("Esi")
    assert "“Publish the list” and “Train the staff”" in told
    assert "That button is from an earlier screen" in await room.talk.taps("Kwame", "hs:1")
    assert "not in a workshop" in await room.talk.says("Kwame", "/leave")
    await room.agrees("Kwame", contact)
    assert (await room.contact()).agreed == {1, 2}


async def test_stopping_is_for_those_who_take_part_and_were_asked(room: Room) -> None:
    contact = await room.name("Works", 1)
    await room.agrees("Kwame", contact)
    for name in ("Kwame", "Eve", "Esi", "Amina"):
        await room.talk.taps(name, "hs:1")
    await room.talk.says("Esi", "/leave")
    await room.talk.taps("Esi", "hs:1")
    assert (await room.contact()).agreed == {1}


# One more action -----------------------------------------------------------------------------------------------------


async def test_whoever_is_here_is_asked_once_about_an_action(room: Room) -> None:
    contact = await room.name("Works", 1)
    await room.agrees("Kwame", contact)
    room.talk.heard("Kwame")
    await room.asks_for("Marco", action=2)
    for _ in range(2):
        await room.talk.taps("Marco", "aq:1:2:0:responsible::+c1")
        await room.talk.taps("Marco", "aq:1:2:0:responsible::-c1")
    await room.talk.taps("Marco", "aq:1:2:0:responsible::+c1")
    (asked,) = room.talk.heard("Kwame")
    assert "Train the staff: you do it" in asked
    assert "If you take part" not in asked
    assert room.talk.heard("Marco") == []
    await room.talk.taps("Kwame", f"ho:{contact.token}:2:0")
    assert (await room.contact()).agreed == {1}
    assert (await room.contact()).declined == {2}
    assert "said no to that already" in await room.talk.taps("Kwame", f"ho:{contact.token}:2:0")
    (told,) = room.talk.heard("Marco")
    assert "won't take part: “Train the staff”" in told


async def test_an_action_that_names_nobody_of_the_kind_cant_be_taken(room: Room) -> None:
    contact = await room.name("Works", 1)
    for data in (f"ho:{contact.token}:2:1", f"ho:{contact.token}:99:1"):
        assert "doesn't name you any more" in await room.talk.taps("Eve", data)
    assert (await room.contact()).user_id is None


async def test_whoever_comes_along_from_another_plan_is_asked_there(room: Room) -> None:
    """Their link was one into the other plan, and nobody can be asked by it any more."""
    plan = planning.open_plan(id=room.talk.runner.next_id("plans"), workshop_id=1, group=2, now=room.talk.time)
    plan = planning.add_action(plan, "Print the list", by=KOFI, now=room.talk.time)
    plan, party = handover.add_contact(plan, "Printer", token=room.talk.runner.token(), named_by=KOFI)
    plan = planning.set_field(plan, 1, Field.OWNER, party, by=KOFI, now=room.talk.time)
    plan = handover.note_asked(plan, 1, (1,))
    await room.put(plan)
    await room.talk.taps("Amina", "pmp:1:1:2:1")
    await room.talk.taps("Esi", "pma:1:1")
    await room.talk.taps("Kofi", "pma:1:1")
    contact = await room.contact()
    assert (contact.name, contact.asked) == ("Printer", frozenset({1}))
    assert [told for told in room.talk.heard("Kofi") if f"start=h_{contact.token}" in told]
    assert "Publish the list" in await room.opens("Ama's printer", contact)


async def test_whoever_was_named_before_is_asked_for_by_nobody_who_changes_something_else(room: Room) -> None:
    """As in a plan that was read from a file: their links are on the action's card."""
    contact = await room.name("Works", 1)
    await room.asks_for("Esi")
    await room.talk.taps("Esi", "aq:1:1:0:responsible::+m3")
    assert room.talk.heard("Esi") == []
    assert f"start=h_{contact.token}" in await room.talk.taps("Esi", "hl:1:1")
    assert (await room.contact()).asked == {1}
    await room.asks_for("Esi", action=2)
    await room.talk.taps("Esi", "aq:1:2:0:responsible::+c1")
    assert len(room.talk.heard("Esi")) == 1  # one link asks about everything


# Coming and going ----------------------------------------------------------------------------------------------------


async def test_whoever_joins_the_workshop_is_named_as_its_member(room: Room) -> None:
    await room.agrees("Kwame", await room.name("Works", 1, 2))
    await room.talk.join("Kwame", await room.talk.workshop())
    assert [action.responsible for action in (await room.plan()).actions()] == [("m8",), ("m8",)]
    assert (await room.contact()).became == "m8"
    assert "the action plan of" not in await room.talk.says("Kwame", "/privacy")


async def test_a_cofacilitator_who_took_part_is_named_so_too(room: Room) -> None:
    await room.agrees("Kwame", await room.name("Works", 1))
    workshop = await room.talk.workshop()
    await room.talk.says("Kwame", f"/start {workshop.facilitator_token}")
    assert (await room.contact()).became == "m8"


async def test_taking_part_here_and_working_elsewhere(room: Room) -> None:
    """Both are on offer behind /leave, and /privacy tells of both."""
    other = await room.talk.open("Amina", "Lusaka workshop")
    await room.talk.join("Kwame", other)
    await room.agrees("Kwame", await room.name("Works", 1))
    privacy = await room.talk.says("Kwame", "/privacy")
    assert "<b>Lusaka workshop</b>" in privacy
    assert "<b>Accra workshop</b>, the action plan of Group 1" in privacy
    await room.talk.says("Kwame", "/leave")
    assert await room.talk.labels("Kwame") == ["Leave", "Stop: Accra workshop", "Stay"]
    await room.talk.says("Kwame", "Stop: Accra workshop")
    assert (await room.contact()).user_id is None
    assert other.id in [each.id for each in await room.talk.runner.begin().workshops_of(room.talk.id("Kwame"))]


async def test_an_organiser_who_takes_part_elsewhere_can_stop(room: Room) -> None:
    """Amina has handed this workshop over and left it, and leads another one."""
    await room.talk.says("Bo", f"/start {(await room.talk.workshop()).facilitator_token}")
    await room.talk.taps("Amina", "memdo:1:8:hand_over_yes")
    await room.talk.says("Amina", "/leave")
    await room.talk.says("Amina", "Leave")
    await room.talk.open("Amina", "Lusaka workshop")
    assert "hand it over first" in await room.talk.says("Amina", "/leave")
    await room.agrees("Amina", await room.name("Works", 1))
    assert "action plan of Accra workshop" in await room.talk.says("Amina", "/leave")
    await room.talk.says("Amina", "Stop taking part")
    assert "hand it over first" in await room.talk.says("Amina", "/leave")


async def test_what_the_plan_calls_somebody_is_theirs_to_say(room: Room) -> None:
    await room.name("Health", 1)
    await room.agrees("Kwame", await room.name("Works", 2))
    assert "What shall the plan call you?" in await room.talk.says("Kwame", "/name")
    assert "is called Health already" in await room.talk.says("Kwame", "Health")
    assert "A name needs letters" in await room.talk.says("Kwame", "42")
    assert "calls you Kwame M. now" in await room.talk.says("Kwame", "Kwame M.")
    assert (await room.contact(2)).name == "Kwame M."
    assert "calls you Works now" in await room.talk.says("Kwame", "/name Works")
    assert "not in a workshop" in await room.talk.says("Eve", "/name Eve")


async def test_help_is_about_what_somebody_takes_part_in(room: Room) -> None:
    await room.agrees("Kwame", await room.name("Works", 1))
    for text in ("/start", "/help"):
        assert "/plan: what you take part in" in await room.talk.says("Kwame", text)
    assert "/plan shows what you take part in" in await room.talk.says("Kwame", "hello")
    assert "doesn't work, or no longer does" in await room.talk.says("Kwame", "/join ABCDEF")


# The phone's contacts ------------------------------------------------------------------------------------------------


async def test_nobody_is_named_whom_nobody_asked_for(room: Room) -> None:
    asked = await room.asks_for("Esi")
    for name, request in (("Esi", 7), ("Esi", request_of(replace(asked, action=2))), ("Marco", request_of(asked))):
        assert "wasn't asking for anybody" in await room.talk.picks(name, request, "Abena")
    due = replace(asked, field=Field.DUE_ON, asks="")
    person = await room.talk.runner.person(room.talk.id("Esi"))
    assert person is not None
    turn = room.talk.runner.begin()
    turn.put(replace(person, dialogue=due))
    room.talk.runner.keep(turn)
    await room.talk.runner.commit()
    assert "wasn't asking for anybody" in await room.talk.picks("Esi", request_of(due), "Abena")
    assert (await room.plan()).contacts == {}


async def test_a_stranger_cant_name_anybody_by_a_question_of_their_own(room: Room) -> None:
    await room.talk.says("Eve", "/start")
    asked = await room.asks_for("Eve")
    assert "another group's plan" in await room.talk.picks("Eve", request_of(asked), "Abena")
    asked = await room.asks_for("Kofi")
    assert "another group's plan" in await room.talk.picks("Kofi", request_of(asked), "Abena")
    assert (await room.plan()).contacts == {}


async def test_somebody_from_the_contacts_who_is_in_the_workshop_is_its_member(room: Room) -> None:
    asked = await room.asks_for("Esi")
    await room.talk.picks("Esi", request_of(asked), "Kofi", called="Cousin Kofi")
    assert (await room.plan()).actions()[0].responsible == (KOFI,)
    assert (await room.plan()).contacts == {}
    assert room.talk.heard("Esi") == ["Kofi: noted."]


async def test_somebody_from_the_contacts_who_never_wrote_gets_a_link(room: Room) -> None:
    asked = await room.asks_for("Esi")
    await room.talk.picks("Esi", request_of(asked), "Abena")
    noted, link = room.talk.heard("Esi")
    contact = await room.contact()
    assert (noted, contact.user_id) == ("Abena: noted.", None)
    assert f"start=h_{contact.token}" in link
    assert room.talk.heard("Abena") == []


async def test_somebody_from_the_contacts_who_wrote_before_is_asked_at_once(room: Room) -> None:
    await room.talk.says("Abena", "/start")
    room.talk.heard("Abena")
    asked = await room.asks_for("Marco")
    await room.talk.picks("Marco", request_of(asked), "Abena")
    assert room.talk.heard("Marco") == ["Abena uses this bot, and I asked them. Until they agree, I ask Esi instead."]
    (question,) = room.talk.heard("Abena")
    assert "Publish the list: you do it" in question
    assert "If you take part" in question
    assert "I don't understand that" in await room.talk.says("Abena", "who is this?")  # she has agreed to nothing
    await room.talk.says("Abena", "I'll take part")
    assert (await room.contact()).agreed == {1}


async def test_a_no_to_a_direct_question_leaves_nothing_of_the_account(room: Room) -> None:
    await room.talk.says("Abena", "/start")
    asked = await room.asks_for("Esi")
    await room.talk.picks("Esi", request_of(asked), "Abena")
    assert (await room.contact()).user_id == room.talk.id("Abena")
    await room.talk.says("Abena", "Not me")
    assert ((await room.contact()).user_id, (await room.contact()).declined) == (None, frozenset({1}))


async def test_somebody_who_blocked_the_bot_gets_a_link(room: Room) -> None:
    await room.talk.says("Abena", "/start")
    person = await room.talk.runner.person(room.talk.id("Abena"))
    assert person is not None
    turn = room.talk.runner.begin()
    turn.put(replace(person, unreachable="blocked"))
    room.talk.runner.keep(turn)
    await room.talk.runner.commit()
    asked = await room.asks_for("Esi")
    await room.talk.picks("Esi", request_of(asked), "Abena")
    assert "start=h_" in room.talk.heard("Esi")[-1]
    assert (await room.contact()).user_id is None


async def test_a_contact_without_a_name_is_asked_for_by_words(room: Room) -> None:
    asked = await room.asks_for("Esi")
    assert "There was nothing to read" in await room.talk.picks("Esi", request_of(asked), "Abena", called="")
    await room.talk.picks("Esi", request_of(asked), "Abena", called="A" * 200)
    assert len((await room.contact()).name) <= planning.LONGEST_NAME


async def test_the_same_person_twice_is_one_contact(room: Room) -> None:
    await room.agrees("Kwame", await room.name("Works", 1))
    asked = await room.asks_for("Marco", action=2)
    await room.talk.picks("Marco", request_of(asked), "Kwame", called="Kwame M.")
    assert list((await room.plan()).contacts) == [1]
    assert (await room.plan()).actions()[1].responsible == ("c1",)
