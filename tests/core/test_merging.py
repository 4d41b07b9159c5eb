"""Two actions that become one: nothing that was written is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import handover, merging, planning, reports
from bot.core.errors import Refusal
from bot.core.merging import MergeProposal, Place, united
from bot.core.plan import (
    ITEMS,
    Action,
    ActionPlan,
    Barrier,
    Communication,
    Field,
    Frequency,
    Kpi,
    Milestone,
    Progress,
    Resource,
    ResourceKind,
)

NOW = datetime(2027, 6, 14, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=1)

PARTIES = st.sampled_from(["m1", "m2", "m3", "m4", "c1", "c2"])
NAMES = st.sampled_from(["permits", "Permits", "the counter", "radio"])
DAYS = st.none() | st.dates(date(2027, 1, 1), date(2028, 1, 1))


def listed(items: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(items, max_size=4, unique=True).map(tuple)


ITEMS_OF = {
    Field.MILESTONES: listed(st.builds(Milestone, name=NAMES, due_on=DAYS)),
    Field.AVAILABLE: listed(st.builds(Resource, what=NAMES, kind=st.none() | st.sampled_from(ResourceKind))),
    Field.NEEDED: listed(st.builds(Resource, what=NAMES)),
    Field.BARRIERS: listed(st.builds(Barrier, who=NAMES, how=NAMES)),
    Field.COMMUNICATIONS: listed(
        st.builds(Communication, audience=NAMES, sender=PARTIES, frequency=st.none() | st.sampled_from(Frequency))
    ),
    Field.KPIS: listed(st.builds(Kpi, name=NAMES, target=NAMES)),
}


@st.composite
def an_action(draw: st.DrawFn, number: int) -> Action:
    ids = count(1)
    lists: dict[str, Any] = {
        listed.value: tuple(replace(item, id=next(ids)) for item in draw(items)) for listed, items in ITEMS_OF.items()
    }
    return Action(
        number=number,
        title=f"Action {number}",
        responsible=draw(st.lists(PARTIES, max_size=3, unique=True).map(tuple)),
        owner=draw(st.just("") | PARTIES),
        supporters=draw(st.lists(PARTIES, max_size=3, unique=True).map(tuple)),
        due_on=draw(DAYS),
        progress=draw(st.sampled_from(Progress)),
        passed=draw(st.frozensets(st.sampled_from(Field), max_size=3)),
        settled=draw(st.frozensets(st.sampled_from(["no_date", "untold:1", "untold:2", "unanswered:3"]), max_size=3)),
        next_item=next(ids),
        changed_at=NOW,
        **lists,
    )


def folded(items: tuple) -> set[str]:
    return {repr(replace(item, id=0)).casefold() for item in items}


@given(an_action(1), an_action(2))
def test_nothing_is_lost_and_nothing_stands_twice(kept: Action, other: Action):
    both = united(kept, other)
    assert (both.number, both.title) == (kept.number, kept.title)
    assert both.parties() == kept.parties() | other.parties()
    assert not {both.owner, *both.responsible} & set(both.supporters)
    for field in ITEMS:
        items = both.items(field)
        assert folded(items) == folded(kept.items(field)) | folded(other.items(field))
        assert items[: len(kept.items(field))] == kept.items(field)
        assert len(items) <= len(kept.items(field)) + len(other.items(field))
    ids = [item.id for field in ITEMS for item in both.items(field)]
    assert len(set(ids)) == len(ids)
    assert max(ids, default=0) < both.next_item


@given(an_action(1), an_action(2))
def test_there_is_one_owner_and_the_earlier_day(kept: Action, other: Action):
    both = united(kept, other)
    assert both.owner == (kept.owner or other.owner)
    assert other.owner in ("", both.owner, *both.responsible)
    assert both.due_on == min(filter(None, (kept.due_on, other.due_on)), default=None)
    assert (both.progress is Progress.DONE) == (kept.progress is other.progress is Progress.DONE)
    assert (both.progress is Progress.BLOCKED) == (Progress.BLOCKED in (kept.progress, other.progress))


@given(an_action(1))
def test_an_action_with_its_double_is_as_it_was(kept: Action):
    both = united(kept, replace(kept, number=2))
    assert replace(both, supporters=()) == replace(kept, supporters=())
    assert set(both.supporters) <= set(kept.supporters)


@given(an_action(1), an_action(2))
def test_what_was_called_fine_stays_so_for_the_same_item(kept: Action, other: Action):
    both = united(kept, other)
    assert kept.settled <= both.settled
    for told in other.communications:
        if f"untold:{told.id}" in other.settled:
            twin = next(each for each in both.communications if repr(replace(each, id=0)).casefold() in folded((told,)))
            assert f"untold:{twin.id}" in both.settled


def test_too_much_for_one_is_refused():
    def barriers(letter: str) -> tuple[Barrier, ...]:
        return tuple(Barrier(who=f"{letter}{at}", id=at) for at in range(1, 8))

    kept = Action(number=1, title="A", barriers=barriers("a"), next_item=8, changed_at=NOW)
    with pytest.raises(Refusal) as refusal:
        united(kept, replace(kept, number=2, barriers=barriers("b")))
    assert refusal.value.key == "plan.list_full"
    people = tuple(f"m{number}" for number in range(1, 9))
    with pytest.raises(Refusal) as refusal:
        united(
            Action(number=1, title="A", responsible=people, changed_at=NOW),
            Action(number=2, title="B", responsible=tuple(f"c{number}" for number in range(1, 9)), changed_at=NOW),
        )
    assert refusal.value.key == "plan.too_many_people"


# In a plan, and across two -------------------------------------------------------------------------------------------


def a_plan(id: int = 1, *titles: str) -> ActionPlan:
    plan = planning.open_plan(id=id, workshop_id=1, group=id, now=NOW)
    for title in titles:
        plan = planning.add_action(plan, title, by="m2", now=NOW)
    return plan


def test_one_goes_into_the_other_and_can_be_looked_up_still():
    plan = a_plan(1, "Publish the list", "Put the list online")
    plan = planning.set_field(plan, 2, Field.OWNER, "m3", by="m3", now=NOW)
    plan = merging.merge(plan, 1, 2, by="m4", now=LATER)
    [action] = plan.actions()
    assert (action.number, action.title, action.owner, action.changed_by) == (1, "Publish the list", "m3", "m4")
    assert plan.history[2][-1].removed
    assert [each.version for each in plan.history[1]] == [1, 2]


def test_what_isnt_there_is_not_merged():
    plan = a_plan(1, "Publish the list", "Train the staff")
    for kept, other, key in ((1, 9, "plan.gone"), (9, 1, "plan.gone"), (1, 1, "merge.itself")):
        with pytest.raises(Refusal) as refusal:
            merging.merge(plan, kept, other, by="m2", now=LATER)
        assert refusal.value.key == key


def test_somebody_from_outside_who_agreed_to_one_takes_part_in_both():
    plan = a_plan(1, "Publish the list", "Put the list online")
    plan, works = handover.add_contact(plan, "Ministry of Works", token="w", named_by="m2")
    plan = planning.name_party(plan, 2, Field.RESPONSIBLE, works, on=True, by="m2", now=NOW)
    contact = replace(plan.contacts[1], user_id=77, agreed=frozenset({2}))
    plan = replace(plan, contacts={1: contact})
    plan = merging.merge(plan, 1, 2, by="m2", now=LATER)
    assert plan.actions()[0].responsible == (works,)
    assert plan.contacts[1].agreed == frozenset({1, 2})


def across(plan: ActionPlan, other: ActionPlan) -> tuple[ActionPlan, ActionPlan]:
    tokens = count(1)
    return merging.merge_across(plan, 1, other, 1, token=lambda: f"t{next(tokens)}", by="m2", from_by="m2", now=LATER)


def with_contact(plan: ActionPlan, name: str, **known: Any) -> ActionPlan:
    plan, party = handover.add_contact(plan, name, token=f"{plan.id}{name}", named_by="m2")
    plan = planning.set_field(plan, 1, Field.OWNER, party, by="m2", now=NOW)
    number = int(party[1:])
    return replace(plan, contacts={**plan.contacts, number: replace(plan.contacts[number], **known)})


def test_people_from_outside_come_along_into_the_other_plan():
    other = with_contact(a_plan(2, "Put the list online"), "Works", user_id=77, agreed=frozenset({1}))
    plan, left = across(a_plan(1, "Publish the list"), other)
    assert left.actions() == []
    [contact] = plan.contacts.values()
    assert (contact.name, contact.token, contact.user_id, contact.agreed) == ("Works", "t1", 77, frozenset({1}))
    assert plan.actions()[0].owner == "c1"
    assert left.contacts == other.contacts


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ({}, {}, 1),  # the same name, neither known yet
        ({"user_id": 5}, {}, 1),
        ({}, {"user_id": 5, "agreed": frozenset({1})}, 1),
        ({"user_id": 5}, {"user_id": 5}, 1),
        ({"user_id": 5}, {"user_id": 6}, 2),  # two people of one name
    ],
)
def test_the_same_name_is_the_same_person_unless_their_accounts_differ(here, there, expected):
    plan = with_contact(a_plan(1, "Publish the list"), "Legal office", **here)
    other = with_contact(a_plan(2, "Put the list online"), "legal office", **there)
    merged, _ = across(plan, other)
    assert len(merged.contacts) == expected
    assert {each.user_id for each in merged.contacts.values()} >= {each.get("user_id") for each in (here, there)} - {
        None
    }
    assert len({each.token for each in merged.contacts.values()}) == expected


# What was reported about them ------------------------------------------------------------------------------------


def told_of(plan: ActionPlan, number: int) -> ActionPlan:
    """A plan whose action has an audience and a measure, both reported on, and a milestone that has left it since."""
    gone = Milestone(name="Draft ready")
    for field, item in (
        (Field.MILESTONES, gone),
        (Field.COMMUNICATIONS, Communication(audience=f"Applicants {number}", frequency=Frequency.MONTHLY)),
        (Field.KPIS, Kpi(name="visits", target="600")),
    ):
        plan = planning.add_item(plan, number, field, item, by="m2", now=NOW)
    milestone, told, kpi = 1, 2, 3
    plan = reports.reach(plan, number, milestone, by="m2", now=NOW)
    plan = planning.drop_item(plan, number, Field.MILESTONES, gone, by="m2", now=NOW)
    plan = reports.tell(plan, number, told, date(2027, 7, 14), by="m2", now=NOW + timedelta(hours=1))
    return reports.measure(plan, number, kpi, f"{800 + number}", by="m3", now=NOW + timedelta(hours=number))


def test_what_was_reported_about_both_is_known_of_what_they_became():
    plan = told_of(told_of(a_plan(1, "Publish the list", "Put the list online"), 1), 2)
    merged = merging.merge(plan, 1, 2, by="m2", now=LATER)
    [action] = merged.actions()
    one, other = action.communications
    assert [each.audience for each in (one, other)] == ["Applicants 1", "Applicants 2"]
    assert [len(reports.told_log(merged, 1, each.id)) for each in (one, other)] == [1, 1]
    [kpi] = action.kpis  # both have the same one
    assert [each.text for each in reports.values(merged, action, kpi)] == ["801", "802"]
    assert reports.of_action(merged, 2) == reports.of_action(plan, 2)
    assert len({each.number for each in merged.reports}) == len(merged.reports)


def test_what_left_an_action_before_is_not_taken_for_something_else():
    plan = told_of(a_plan(1, "Publish the list", "Put the list online"), 2)
    plan = planning.add_item(plan, 1, Field.MILESTONES, Milestone(name="Signed"), by="m2", now=NOW)
    merged = merging.merge(plan, 1, 2, by="m2", now=LATER)
    assert reports.reached(merged, 1, 1) is None
    assert reports.reached(merged, 2, 1) is not None


def test_what_is_carried_over_twice_stands_once():
    plan = told_of(a_plan(1, "Publish the list"), 1)
    assert reports.carry(plan, plan.reports) == plan


def test_reports_come_along_into_another_plan_with_those_who_made_them():
    other = with_contact(a_plan(2, "Put the list online"), "Works", user_id=77, agreed=frozenset({1}))
    other = told_of(other, 1)
    told = other.actions()[0].communications[0]
    other = reports.tell(other, 1, told.id, date(2027, 8, 14), by="c1", now=LATER)
    other = planning.set_field(other, 1, Field.OWNER, "m2", by="m2", now=LATER)
    plan, name = handover.add_contact(a_plan(1, "Publish the list"), "Printer", token="p", named_by="m2")
    plan, left = across(planning.set_field(plan, 1, Field.OWNER, name, by="m2", now=NOW), other)
    [action] = plan.actions()
    log = reports.told_log(plan, 1, action.communications[0].id)
    assert [plan.contacts[int(each.by[1:])].name for each in log if each.by[0] == "c"] == ["Works"]
    assert [each.by for each in log] == ["m2", "c2"]
    assert left.reports == other.reports


# Who is asked --------------------------------------------------------------------------------------------------------


def a_proposal() -> MergeProposal:
    return MergeProposal(
        id=1,
        workshop_id=1,
        kept=Place(plan=1, action=1),
        other=Place(plan=2, action=3),
        proposed_by=9,
        asked={"kept": ("m2", "m3"), "other": ("m3", "c1")},
        created_at=NOW,
    )


def test_authors_are_who_added_it_and_its_owner():
    plan = a_plan(1, "Publish the list")
    assert merging.authors(plan, 1) == ("m2",)
    plan = planning.set_field(plan, 1, Field.OWNER, "c1", by="m5", now=NOW)
    assert merging.authors(plan, 1) == ("m2", "c1")
    plan = planning.set_field(plan, 1, Field.OWNER, "m2", by="m5", now=NOW)
    assert merging.authors(plan, 1) == ("m2",)


def test_both_sides_have_to_agree():
    proposal = a_proposal()
    assert merging.sides_of(proposal, {1: "m2", 2: "m2"}) == ["kept"]
    assert merging.sides_of(proposal, {1: "m3", 2: "m3"}) == ["kept", "other"]
    assert merging.sides_of(proposal, {2: "c1"}) == ["other"]
    assert merging.sides_of(proposal, {1: "c1"}) == []  # another plan's contact of that number
    half = merging.agree(proposal, ["kept"])
    assert not merging.is_agreed(half)
    assert merging.is_agreed(merging.agree(half, ["other"]))


def test_what_is_over_is_over():
    over = merging.end(a_proposal(), now=LATER)
    assert not over.is_open
    for rule in (lambda: merging.agree(over, ["kept"]), lambda: merging.end(over, now=LATER)):
        with pytest.raises(Refusal) as refusal:
            rule()
        assert refusal.value.key == "merge.over"
    assert not merging.is_agreed(replace(over, agreed=frozenset({"kept", "other"})))
