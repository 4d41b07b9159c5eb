"""The JSON, read by the standard library's reader, and the plan that it becomes again."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from bot.core.errors import Refusal
from bot.core.plan import ActionPlan
from bot.core.plan_import import take_in
from bot.exports import plan_json, plan_json_read
from tests.exports.lived import items_of, lived_plan, lived_plans
from tests.exports.plans import ANY, MEMBERS, NOW, of_actions, plan, plans, real, real_plan


def written(*some: ActionPlan) -> bytes:
    return plan_json.document(
        [plan_json.PlanSource(plan=each, workshop="Accra", members=MEMBERS) for each in some], NOW
    )


def same_but_for_versions(some: ActionPlan) -> dict[str, Any]:
    def bare(number: int, version: int | None = None) -> Any:
        found = some.version(number, version) if version is not None else some.action(number)
        assert found is not None
        return replace(found, version=0, next_item=0)

    return {
        "goal": some.goal,
        "contacts": {number: each.name for number, each in some.contacts.items()},
        "actions": [bare(each.number) for each in some.actions()],
        "agreed_at": some.agreed_at,
        "agreed_goal": some.agreed_goal,
        "agreed": [bare(number, version) for number, version in sorted(some.agreed.items())],
    }


@settings(ANY, max_examples=60)
@given(plans())
def test_what_is_read_back_is_the_same_plan(some):
    (incoming,) = plan_json_read.read(written(some), NOW)
    empty = replace(plan({}), contacts={}, next_contact=1)
    again, _ = take_in(empty, incoming, MEMBERS, token=lambda: "t", by="m1", now=NOW)
    assert same_but_for_versions(again) == same_but_for_versions(some)


@settings(ANY, max_examples=60)
@given(lived_plans())
def test_what_became_of_it_comes_back_with_it(some):
    (incoming,) = plan_json_read.read(written(some), NOW)
    empty = replace(plan({}), contacts={}, next_contact=1)
    again, _ = take_in(empty, incoming, MEMBERS, token=lambda: "t", by="m1", now=NOW)
    assert again.reports == some.reports
    assert items_of(again) == items_of(some)


def test_reports_go_only_where_the_whole_plan_does():
    (incoming,) = plan_json_read.read(written(lived_plan()), NOW)
    before = of_actions(real()[1], goal="Mine")
    again, added = take_in(before, incoming, MEMBERS, token=lambda: "t", by="m1", now=NOW)
    assert (added, again.reports) == (5, ())


def test_a_new_item_gets_no_id_that_reports_speak_of():
    found = json.loads(written(lived_plan()))
    first = found["plans"][0]["actions"][0]
    gone = first["kpis"].pop()["id"]
    first["kpis"].append({"name": "Another one"})
    found["plans"][0]["agreed"] = None
    (incoming,) = plan_json_read.read(json.dumps(found).encode(), NOW)
    again, _ = take_in(replace(plan({}), contacts={}), incoming, MEMBERS, token=lambda: "t", by="m1", now=NOW)
    action = again.actions()[0]
    assert gone < action.kpis[1].id < action.next_item
    assert any(each.item == gone for each in again.reports)


def test_of_what_was_removed_nothing_is_said():
    some = lived_plan()
    removed = replace(some.history[3][-1], version=9, removed=True)
    found = json.loads(written(replace(some, history={**some.history, 3: (*some.history[3], removed)})))
    assert {each["action"] for each in found["plans"][0]["reports"]} == {1, 4}


def test_it_tells_no_secret_and_no_account():
    text = written(real_plan()).decode()
    assert "secret" not in text
    assert "900" not in text.replace("900 →", "")


def test_it_can_be_read_by_people():
    text = written(real_plan()).decode()
    assert "建立跨部委的数字政府协调小组" in text
    found = json.loads(text)
    assert found["format"] == "plenary-plan"
    assert found["version"] == 1
    (first,) = found["plans"]
    assert first["group"] == 2
    assert first["people"][0] == {"id": "m1", "name": "Amina Diallo", "member": 1}
    assert first["actions"][0]["due_on"] == "2027-09-30"
    assert first["actions"][0]["kpis"][0]["frequency"] == "quarterly"
    assert first["agreed"]["actions"][0]["title"] == real()[0].title


def test_into_a_plan_with_actions_only_new_ones_come():
    (incoming,) = plan_json_read.read(written(real_plan()), NOW)
    before = of_actions(replace(real()[1], title=real()[1].title + "。"), goal="Mine")
    again, added = take_in(before, incoming, MEMBERS, token=lambda: "t", by="m1", now=NOW)
    assert added == 6
    before = of_actions(replace(real()[0], title=real()[0].title.upper() + "."), goal="Mine")
    again, added = take_in(before, incoming, MEMBERS, token=lambda: "t", by="m1", now=NOW)
    assert added == 5
    assert again.goal == "Mine"
    assert again.agreed_at is None
    assert [each.number for each in again.actions()] == [1, 2, 3, 4, 5, 6]
    assert {each.changed_by for each in again.actions()[1:]} == {"m1"}


def test_a_contact_who_turned_out_to_be_a_member_is_written_as_that_member():
    before = real_plan()
    contact = replace(before.contacts[1], became="m7")
    found = json.loads(written(replace(before, contacts={**before.contacts, 1: contact})))
    (only,) = found["plans"]
    assert only["actions"][0]["responsible"] == ["m2", "m7"]
    assert only["agreed"]["actions"][0]["responsible"] == ["m2", "m7"]
    assert [each["id"] for each in only["people"] if each["id"].startswith("c")] == ["c2", "c3", "c4"]


def changed(path: str, value: object) -> bytes:
    """A good file with one thing in it changed."""
    found: Any = json.loads(written(lived_plan()))
    *way, last = [int(each) if each.isdecimal() else each for each in path.split(".")]
    at = found
    for each in way:
        at = at[each]
    at[last] = value
    return json.dumps(found).encode()


def refused(data: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        plan_json_read.read(data, NOW)
    return caught.value


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("plans.0.actions.0.title", "", "plans[0].actions[0].title"),
        ("plans.0.actions.0.title", 5, "plans[0].actions[0].title"),
        ("plans.0.actions.0.title", "x" * 201, "plans[0].actions[0].title"),
        ("plans.0.actions.1.title", real()[0].title, "plans[0].actions[1].title"),
        ("plans.0.actions.1.number", 1, "plans[0].actions[1].number"),
        ("plans.0.actions.1.number", True, "plans[0].actions[1].number"),
        ("plans.0.actions.0.due_on", "31 February", "plans[0].actions[0].due_on"),
        ("plans.0.actions.0.due_on", 20270331, "plans[0].actions[0].due_on"),
        ("plans.0.actions.0.due_on", "9999-12-31", "plans[0].actions[0].due_on"),
        ("plans.0.actions.0.changed_at", "0001-01-01T00:00:00+14:00", "plans[0].actions[0].changed_at"),
        ("plans.0.agreed.at", "9999-12-31T23:59:59-12:00", "plans[0].agreed.at"),
        ("plans.0.actions.0.owner", "m99", "plans[0].actions[0].owner"),
        ("plans.0.actions.0.owner", ["m1"], "plans[0].actions[0].owner"),
        ("plans.0.actions.0.responsible", "m1", "plans[0].actions[0].responsible"),
        ("plans.0.actions.0.responsible", ["m1"] * 13, "plans[0].actions[0].responsible"),
        ("plans.0.actions.0.kpis.0.frequency", "now and then", "plans[0].actions[0].kpis[0].frequency"),
        ("plans.0.actions.0.kpis.0.name", None, "plans[0].actions[0].kpis[0]"),
        ("plans.0.actions.0.kpis.0.name", "x" * 81, "plans[0].actions[0].kpis"),
        ("plans.0.actions.0.kpis.0", [], "plans[0].actions[0].kpis[0]"),
        ("plans.0.actions.0.communications.0.sender", "c9", "plans[0].actions[0].communications[0].sender"),
        ("plans.0.actions.0.changed_at", "2027-06-18T15:00:00", "plans[0].actions[0].changed_at"),
        ("plans.0.actions.0.left_open", ["colour"], "plans[0].actions[0].left_open[0]"),
        ("plans.0.agreed.at", "yesterday", "plans[0].agreed.at"),
        ("plans.0.people.0.name", "", "plans[0].people[0].name"),
        ("plans.0.people.0.id", 1, "plans[0].people[0].id"),
        ("plans.0.people.0.member", -1, "plans[0].people[0].member"),
        ("plans.0.actions.0.kpis.0.id", "1", "plans[0].actions[0].kpis[0].id"),
        ("plans.0.actions.0.kpis.0.id", 1, "plans[0].actions[0]"),
        ("plans.0.reports.0.kind", "rumour", "plans[0].reports[0].kind"),
        ("plans.0.reports.0.action", 99, "plans[0].reports[0].action"),
        ("plans.0.reports.0.by", "m99", "plans[0].reports[0].by"),
        ("plans.0.reports.0.at", "today", "plans[0].reports[0].at"),
        ("plans.0.reports.0.progress", None, "plans[0].reports[0].progress"),
        ("plans.0.reports.0.progress", "splendid", "plans[0].reports[0].progress"),
        ("plans.0.reports.1.progress", "done", "plans[0].reports[1].progress"),
        ("plans.0.reports.1.item", None, "plans[0].reports[1].item"),
        ("plans.0.reports.2.text", "x" * 201, "plans[0].reports[2].text"),
        ("plans.0.reports.3.text", "", "plans[0].reports[3].text"),
        ("plans.0.reports.4.text", "x" * 81, "plans[0].reports[4].text"),
        ("plans.0.reports.0.on", "2027-07-18", "plans[0].reports[0].on"),
        ("plans.0.reports.8.on", None, "plans[0].reports[8].on"),
        ("plans.0.reports", {}, "plans[0].reports"),
        ("plans.0.goal", ["x"], "plans[0].goal"),
        ("plans.0.actions", {}, "plans[0].actions"),
        ("plans.0", 1, "plans[0]"),
        ("plans", "none", "plans"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(path, value, where):
    found = refused(changed(path, value))
    assert (found.key, found.params) == ("import.json_wrong", {"where": where})


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "import.no_json"),
        (b"\xff\xfe\x00", "import.no_json"),
        (b"[]", "import.no_json"),
        (b'{"format": "other"}', "import.no_json"),
        (b"[" * 100_000, "import.no_json"),
        (b'{"format": "plenary-plan", "version": 2}', "import.other_version"),
        (b" " * (6 << 20), "import.too_large"),
    ],
)
def test_what_is_no_plan_is_refused(data, key):
    assert refused(data).key == key
