"""Who is meant by a name in a file, and what of a file a plan takes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import Refusal
from bot.core.plan import Action, ActionPlan
from bot.core.plan_import import Incoming, Someone, found, new_ones, take_in, told_apart
from bot.core.planning import MOST_ACTIONS

NOW = datetime(2027, 6, 18, 15, 0, tzinfo=UTC)
EMPTY = ActionPlan(id=1, workshop_id=1, group=1, created_at=NOW)
NAMES = {"m1": "Esi", "m2": "Marco", "m3": "esi", "c1": "Esi", "c2": "Works #1"}


def action(title: str, number: int = 0, **more) -> Action:
    return Action(number=number, title=title, changed_at=NOW, **more)


def take(plan: ActionPlan, incoming: Incoming) -> tuple[ActionPlan, int]:
    return take_in(plan, incoming, {"m1": "Esi", "m2": "Marco"}, token=lambda: "t", by="m1", now=NOW)


def test_names_of_several_people_come_with_their_numbers():
    assert told_apart(NAMES) == {"m1": "Esi #1", "m2": "Marco", "m3": "esi #3", "c1": "Esi #c1", "c2": "Works #1 #c2"}


@given(
    st.dictionaries(st.sampled_from(["m1", "m2", "m10", "c1", "c2", "c10"]), st.sampled_from(["Esi", "Esi #1", "A"]))
)
def test_a_name_that_was_told_apart_leads_back_to_its_person(names):
    assert {party: found(Someone(name=called), names) for party, called in told_apart(names).items()} == {
        party: party for party in names
    }


@pytest.mark.parametrize(
    ("someone", "party"),
    [
        (Someone(name="Marco"), "m2"),
        (Someone(name="marco."), "m2"),
        (Someone(name="Esi", number=3), "m3"),  # the same but for the letters' case
        (Someone(name="Marco", number=9), "m2"),  # another number here
        (Someone(name="Kofi", number=2), ""),  # another person here
        (Someone(name="Esi", contact=True), "c1"),
        (Someone(name="Marco", contact=True), ""),
        (Someone(name="Marco #7"), ""),
    ],
)
def test_who_is_meant(someone, party):
    assert found(someone, NAMES) == party


def test_unknown_people_become_contacts_once():
    people = {"n1": Someone(name="Works"), "n2": Someone(name="works."), "n3": Someone(name="Marco")}
    incoming = Incoming(people=people, actions=(action("Ask", responsible=("n1", "n2"), owner="n3"),))
    plan, added = take(EMPTY, incoming)
    assert added == 1
    assert [each.name for each in plan.contacts.values()] == ["Works"]
    (only,) = plan.actions()
    assert (only.number, only.responsible, only.owner, only.version) == (1, ("c1",), "m2", 1)
    assert plan.next_action == 2


def test_titles_that_are_there_stay_and_each_comes_once():
    incoming = Incoming(people={}, actions=(action("Ask"), action("ask."), action("Tell")))
    fresh, known = new_ones(EMPTY, incoming)
    assert [each.title for each in fresh] == ["Ask", "Tell"]
    assert [each.title for each in known] == ["ask."]
    plan, _ = take(EMPTY, incoming)
    assert take(plan, incoming) == (plan, 0)


def test_more_than_a_plan_holds_is_refused():
    full, _ = take(EMPTY, Incoming(people={}, actions=tuple(action(f"Action {at}") for at in range(MOST_ACTIONS))))
    with pytest.raises(Refusal) as caught:
        take(full, Incoming(people={}, actions=(action("One more"),)))
    assert caught.value.key == "plan.full"


def test_a_whole_plan_goes_into_an_empty_one_with_its_numbers_and_what_was_agreed():
    then = (action("Ask", 2), action("Tell", 5))
    now = (replace(then[0], owner="p1"), action("Look", 7))
    incoming = Incoming(
        people={"p1": Someone(name="Esi", number=1)},
        actions=now,
        goal="Fewer queues",
        agreed_at=NOW,
        agreed_goal="No queues",
        agreed=then,
        whole=True,
    )
    plan, added = take(EMPTY, incoming)
    assert added == 2
    assert [(each.number, each.title, each.owner) for each in plan.actions()] == [(2, "Ask", "m1"), (7, "Look", "")]
    assert plan.agreed == {2: 1, 5: 1}
    assert plan.history[5][-1].removed
    assert (plan.goal, plan.agreed_goal, plan.next_action) == ("Fewer queues", "No queues", 8)
    again, added = take(plan, incoming)  # it isn't empty any more: nothing is new
    assert (again, added) == (plan, 0)
