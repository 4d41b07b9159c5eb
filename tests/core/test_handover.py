"""People who are named and aren't in the workshop: nobody takes part unasked, and nobody loses their place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.core import agreement, handover, planning
from bot.core.errors import Refusal
from bot.core.plan import ActionPlan, Communication, Contact, Field, Party, contact_of, contact_party

NOW = datetime(2027, 6, 14, 9, tzinfo=UTC)
ESI, MARCO = "m2", "m3"
KOFI, ABENA, YAW = 2001, 2002, 2003  # accounts


def a_plan(*titles: str) -> ActionPlan:
    plan = planning.open_plan(id=1, workshop_id=1, group=1, now=NOW)
    for title in titles or ("Publish the list",):
        plan = planning.add_action(plan, title, by=ESI, now=NOW)
    return plan


def contact(plan: ActionPlan, name: str = "Ministry of Works", *, user_id: int | None = None) -> tuple[ActionPlan, int]:
    plan, party = handover.add_contact(plan, name, token=f"token of {name}", named_by=ESI, user_id=user_id)
    return plan, contact_of(party) or 0


def owned(plan: ActionPlan, number: int, action: int = 1, by: Party = ESI) -> ActionPlan:
    return planning.set_field(plan, action, Field.OWNER, contact_party(number), by=by, now=NOW)


def refused(key: str, does: Callable[[], object]) -> None:
    with pytest.raises(Refusal) as caught:
        does()
    assert caught.value.key == key


# Naming --------------------------------------------------------------------------------------------------------------


def test_the_same_name_is_the_same_contact() -> None:
    plan, first = contact(a_plan())
    plan, again = contact(plan, " ministry  of WORKS. ")
    assert again == first
    assert len(plan.contacts) == 1


def test_two_people_of_one_name_are_two_once_their_accounts_are_known() -> None:
    plan, first = contact(a_plan(), "Kofi", user_id=KOFI)
    plan, other = contact(plan, "Kofi", user_id=ABENA)
    assert (first, other) == (1, 2)
    assert contact(plan, "Kofi A.", user_id=KOFI)[1] == first
    assert contact(plan, "Kofi")[1] == first


def test_a_name_that_was_typed_gets_its_account_when_it_is_picked() -> None:
    plan, first = contact(a_plan(), "Kofi")
    plan, again = contact(plan, "Kofi", user_id=KOFI)
    assert (again, plan.contacts[first].user_id) == (first, KOFI)


def test_a_plan_has_room_for_so_many() -> None:
    plan = a_plan()
    for number in range(handover.MOST_CONTACTS):
        plan, _ = contact(plan, f"Office {number}")
    refused("plan.too_many_contacts", lambda: contact(plan, "One more"))
    assert contact(plan, "office 5")[1] == 6


def test_a_contact_is_called_otherwise() -> None:
    plan, one = contact(a_plan(), "Works")
    plan, _ = contact(plan, "Health")
    assert handover.rename(plan, one, " Public  Works ").contacts[one].name == "Public Works"
    assert handover.rename(plan, one, "works").contacts[one].name == "works"
    refused("handover.name_taken", lambda: handover.rename(plan, one, "health"))
    refused("input.empty", lambda: handover.rename(plan, one, " "))
    refused("handover.gone", lambda: handover.rename(plan, 9, "Works"))


def test_who_brought_somebody_in() -> None:
    plan, one = contact(a_plan())
    plan = owned(plan, one, by=MARCO)
    plan = planning.set_field(plan, 1, Field.TITLE, "Publish all lists", by=ESI, now=NOW)
    assert handover.namer(plan, 1, "c1") == MARCO
    plan = planning.set_field(plan, 1, Field.OWNER, "", by=ESI, now=NOW)
    assert handover.namer(plan, 1, "c1") == ""
    assert handover.namer(owned(plan, one), 1, "c1") == ESI


# Asking --------------------------------------------------------------------------------------------------------------


def test_one_link_asks_about_everything() -> None:
    plan, one = contact(a_plan("One", "Two", "Three"))
    assert handover.unasked(plan, one) == ()
    plan = owned(plan, one)
    assert handover.unasked(plan, one) == (1,)
    plan = owned(handover.note_asked(plan, one, (1,)), one, 2)
    assert handover.unasked(plan, one) == ()  # the link is on its way
    plan = owned(handover.decline(plan, one, (1, 2)), one, 3)
    assert handover.unasked(plan, one) == (3,)  # it was answered


def test_whoever_is_here_is_asked_once_about_each_action() -> None:
    plan, one = contact(a_plan("One", "Two"))
    plan = owned(plan, one)
    plan = owned(handover.agree(plan, one, KOFI, (1,), now=NOW), one, 2)
    assert handover.unasked(plan, one) == (2,)
    plan = handover.note_asked(plan, one, (2,))
    assert handover.unasked(plan, one) == ()
    assert handover.waiting(plan) == [(plan.contacts[one], (2,))]
    plan = handover.agree(plan, one, KOFI, (2,), now=NOW)
    assert handover.waiting(plan) == []


# Answering -----------------------------------------------------------------------------------------------------------


def test_only_what_was_shown_is_agreed_to() -> None:
    plan, one = contact(a_plan("One", "Two"))
    plan = owned(owned(plan, one), one, 2)
    plan = handover.agree(plan, one, KOFI, (1, 77), now=NOW)
    assert plan.contacts[one].agreed == {1}
    assert handover.unasked(plan, one) == (2,)


def test_a_link_works_for_one_person() -> None:
    plan, one = contact(a_plan())
    plan = handover.agree(owned(plan, one), one, KOFI, (1,), now=NOW)
    refused("handover.wrong", lambda: handover.agree(plan, one, ABENA, (1,), now=NOW))
    assert handover.agree(plan, one, KOFI, (1,), now=NOW) == plan


def test_what_is_gone_cant_be_agreed_to() -> None:
    plan, one = contact(a_plan())
    refused("handover.nothing", lambda: handover.agree(plan, one, KOFI, (1,), now=NOW))
    plan = owned(plan, one)
    plan = planning.remove(plan, 1, 2, by=ESI, now=NOW)
    refused("handover.nothing", lambda: handover.agree(plan, one, KOFI, (1,), now=NOW))


def test_a_no_may_become_a_yes_and_the_other_way_round() -> None:
    plan, one = contact(a_plan())
    plan = handover.decline(owned(plan, one), one, (1,))
    assert (plan.contacts[one].user_id, plan.contacts[one].declined) == (None, frozenset({1}))
    plan = handover.agree(plan, one, KOFI, (1,), now=NOW)
    assert (plan.contacts[one].agreed, plan.contacts[one].declined) == (frozenset({1}), frozenset())
    plan = handover.decline(plan, one, (1,))
    assert (plan.contacts[one].user_id, plan.contacts[one].agreed) == (None, frozenset())


def test_a_no_to_one_of_two_keeps_the_other() -> None:
    plan, one = contact(a_plan("One", "Two"))
    plan = handover.agree(owned(owned(plan, one), one, 2), one, KOFI, (1, 2), now=NOW)
    plan = handover.decline(plan, one, (2,))
    assert (plan.contacts[one].user_id, plan.contacts[one].agreed) == (KOFI, frozenset({1}))


def test_whoever_leaves_is_in_nothing_and_the_link_brings_them_back() -> None:
    plan, one = contact(a_plan("One", "Two"))
    plan = handover.agree(owned(owned(plan, one), one, 2), one, KOFI, (1, 2), now=NOW)
    token = plan.contacts[one].token
    plan = handover.leave(plan, one)
    assert (plan.contacts[one].user_id, plan.contacts[one].agreed) == (None, frozenset())
    assert (plan.contacts[one].declined, plan.contacts[one].token) == (frozenset({1, 2}), token)
    assert handover.agree(plan, one, KOFI, (2,), now=NOW).contacts[one].agreed == {2}


def test_a_new_link_ends_what_came_of_the_old_one() -> None:
    plan, one = contact(a_plan())
    plan = handover.agree(owned(plan, one), one, KOFI, (1,), now=NOW)
    plan = handover.renew(plan, one, "fresh")
    assert plan.contacts[one] == Contact(number=1, name="Ministry of Works", token="fresh", named_by=ESI)
    assert handover.unasked(plan, one) == (1,)
    assert handover.agree(plan, one, ABENA, (1,), now=NOW).contacts[one].user_id == ABENA


# Uniting -------------------------------------------------------------------------------------------------------------


def test_one_account_behind_two_names_is_one_contact() -> None:
    plan, one = contact(a_plan("One", "Two"), "Ministry of Works")
    plan, two = contact(plan, "Works Ministry")
    plan = handover.agree(owned(owned(plan, one), two, 2), one, KOFI, (1,), now=NOW)
    plan = handover.agree(plan, two, KOFI, (2,), now=NOW)
    assert plan.contacts[one].agreed == {1, 2}
    assert (plan.contacts[two].became, plan.contacts[two].user_id) == ("c1", None)
    assert [action.owner for action in plan.actions()] == ["c1", "c1"]
    assert plan.outside() == [plan.contacts[one]]
    assert handover.namer(plan, 2, "c1") == ESI
    assert contact(plan, "works ministry")[1] == one
    for does in (
        lambda: handover.agree(plan, two, ABENA, (2,), now=NOW),
        lambda: handover.decline(plan, two, (2,)),
        lambda: handover.renew(plan, two, "x"),
    ):
        refused("handover.gone", does)


def test_a_member_takes_every_place_of_the_contact_they_are() -> None:
    plan, one = contact(a_plan())
    for field in (Field.RESPONSIBLE, Field.SUPPORTERS):
        for party in (ESI, "c1", MARCO):
            plan = planning.name_party(plan, 1, field, party, on=True, by=ESI, now=NOW)
    item = Communication(audience="Applicants", sender="c1")
    plan = planning.add_item(owned(plan, one), 1, Field.COMMUNICATIONS, item, by=ESI, now=NOW)
    plan = handover.become(plan, one, MARCO, by=MARCO, now=NOW)
    action = plan.actions()[0]
    assert (action.responsible, action.owner, action.supporters) == ((ESI, MARCO), MARCO, (ESI, MARCO))
    assert (action.communications[0].sender, action.changed_by) == (MARCO, MARCO)
    assert handover.waiting(plan) == []


def test_what_was_agreed_keeps_its_names_and_shows_who_it_is_now() -> None:
    plan, one = contact(a_plan())
    plan = handover.become(agreement.agree(owned(plan, one), now=NOW), one, MARCO, by=MARCO, now=NOW)
    (change,) = agreement.changes_since_agreed(plan)
    assert (change.field, change.before, change.after, change.by) == (Field.OWNER, "c1", MARCO, MARCO)
    assert plan.contacts[one].name == "Ministry of Works"


def test_nothing_that_is_taken_back_names_who_somebody_no_longer_is() -> None:
    plan, one = contact(a_plan("One", "Two"))
    plan = owned(owned(plan, one), one, 2)
    item = Communication(audience="Applicants", sender="c1")
    plan = planning.add_item(plan, 1, Field.COMMUNICATIONS, item, by=ESI, now=NOW)
    told = plan.actions()[0].communications[0]
    plan = planning.drop_item(plan, 1, Field.COMMUNICATIONS, told, by=ESI, now=NOW)
    plan = planning.remove(plan, 2, 2, by=ESI, now=NOW)
    plan = handover.become(plan, one, MARCO, by=MARCO, now=NOW)
    plan = planning.undo(plan, 1, plan.history[1][-1].version, by=ESI, now=NOW)
    assert plan.actions()[0].owner == MARCO
    plan = planning.put_back(plan, 2, by=ESI, now=NOW)
    assert plan.actions()[1].owner == MARCO
    plan = planning.bring_back(plan, 1, Field.COMMUNICATIONS, told.id, "channel", "radio", by=ESI, now=NOW)
    assert plan.actions()[0].communications[0].sender == MARCO
    for party in ("c1", MARCO):  # a button of an earlier screen
        plan = planning.name_party(plan, 1, Field.RESPONSIBLE, party, on=True, by=ESI, now=NOW)
    assert plan.actions()[0].responsible == (MARCO,)
    assert owned(plan, one, 2) == plan


# Anything in any order -----------------------------------------------------------------------------------------------

ACTIONS = st.integers(1, 3)
CONTACTS = st.integers(1, 4)
ACCOUNTS = st.sampled_from([KOFI, ABENA, YAW])
SETS = st.frozensets(ACTIONS)


class Outside(RuleBasedStateMachine):
    """`place` is who was put into each place, by the name that they had; `account` and `agreed` are the plain model of
    who is who and takes part in what."""

    @initialize()
    def begins(self) -> None:
        self.plan = a_plan("One", "Two", "Three")
        for name in ("Works", "Health", "Trade", "Post"):
            self.plan, _ = contact(self.plan, name)
        self.owner: dict[int, Party] = {}
        self.helpers: dict[int, list[Party]] = {number: [] for number in (1, 2, 3)}
        self.became: dict[Party, Party] = {}
        self.account: dict[Party, int] = {}
        self.agreed: dict[Party, set[int]] = {contact_party(number): set() for number in range(1, 5)}

    def who(self, party: Party) -> Party:
        while party in self.became:
            party = self.became[party]
        return party

    def named(self, party: Party) -> set[int]:
        owns = {number for number, owner in self.owner.items() if self.who(owner) == party}
        return owns | {number for number, names in self.helpers.items() if party in map(self.who, names)}

    def take(self, allowed: bool, does: Callable[[], ActionPlan]) -> bool:
        if allowed:
            self.plan = does()
        else:
            with pytest.raises(Refusal):
                does()
        return allowed

    @rule(action=ACTIONS, number=CONTACTS)
    def owns(self, action: int, number: int) -> None:
        self.plan = owned(self.plan, number, action)
        self.owner[action] = contact_party(number)

    @rule(action=ACTIONS, number=CONTACTS, on=st.booleans())
    def helps(self, action: int, number: int, on: bool) -> None:
        party = contact_party(number)
        self.plan = planning.name_party(self.plan, action, Field.SUPPORTERS, party, on=on, by=ESI, now=NOW)
        others = [each for each in self.helpers[action] if self.who(each) != self.who(party)]
        self.helpers[action] = [*others, party] if on else others

    @rule(number=CONTACTS, user_id=ACCOUNTS, actions=SETS)
    def agrees(self, number: int, user_id: int, actions: frozenset[int]) -> None:
        party = contact_party(number)
        shown = set(actions) & self.named(party)
        allowed = party not in self.became and self.account.get(party, user_id) == user_id and bool(shown)
        if self.take(allowed, lambda: handover.agree(self.plan, number, user_id, actions, now=NOW)):
            mine = next((each for each, account in self.account.items() if account == user_id), party)
            if mine != party:
                self.became[party] = mine
            self.account[mine] = user_id
            self.agreed[mine] |= shown

    @rule(number=CONTACTS, actions=SETS)
    def declines(self, number: int, actions: frozenset[int]) -> None:
        party = contact_party(number)
        if self.take(party not in self.became, lambda: handover.decline(self.plan, number, actions)):
            self.agreed[party] -= set(actions) & self.named(party)
            self._forgotten(party)

    @rule(number=CONTACTS)
    def leaves(self, number: int) -> None:
        party = contact_party(number)
        if self.take(party not in self.became, lambda: handover.leave(self.plan, number)):
            self.agreed[party].clear()
            self._forgotten(party)

    @rule(number=CONTACTS)
    def renews(self, number: int) -> None:
        party = contact_party(number)
        token = f"{self.plan.contacts[number].token}'"
        if self.take(party not in self.became, lambda: handover.renew(self.plan, number, token)):
            self.agreed[party].clear()
            self._forgotten(party)

    @rule(number=CONTACTS)
    def turns_out_to_be_marco(self, number: int) -> None:
        party = contact_party(number)
        if self.take(party not in self.became, lambda: handover.become(self.plan, number, MARCO, by=MARCO, now=NOW)):
            self.became[party] = MARCO
            self.account.pop(party, None)

    @rule(action=ACTIONS)
    def is_undone_twice(self, action: int) -> None:
        """Which changes nothing but the number of the version."""
        for _ in range(2):
            versions = self.plan.history[action]
            if len(versions) > 1:
                self.plan = planning.undo(self.plan, action, versions[-1].version, by=ESI, now=NOW)

    def _forgotten(self, party: Party) -> None:
        if not self.agreed[party]:
            self.account.pop(party, None)

    @invariant()
    def nobody_lost_their_place(self) -> None:
        for number in (1, 2, 3):
            action = planning.standing(self.plan, number)
            assert action.owner == self.who(self.owner.get(number, ""))
            assert set(action.supporters) == set(map(self.who, self.helpers[number]))
            assert len(set(action.supporters)) == len(action.supporters)

    @invariant()
    def who_takes_part_has_agreed_and_is_known_by_one_account(self) -> None:
        standing = {contact_party(each.number): each for each in self.plan.outside()}
        assert set(standing) == set(self.agreed) - set(self.became)
        assert {party: each.user_id for party, each in standing.items() if each.user_id} == self.account
        assert len(set(self.account.values())) == len(self.account)
        for party, each in standing.items():
            assert each.agreed == self.agreed[party]
            assert not each.agreed & each.declined
            assert bool(each.agreed) == (each.user_id is not None)
            assert each.agreed | each.declined <= each.asked

    @invariant()
    def whoever_isnt_here_is_waited_for(self) -> None:
        found = {contact_party(each.number): set(actions) for each, actions in handover.waiting(self.plan)}
        expected = {party: self.named(party) - self.agreed[party] for party in set(self.agreed) - set(self.became)}
        assert found == {party: actions for party, actions in expected.items() if actions}


TestOutside = Outside.TestCase
TestOutside.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
