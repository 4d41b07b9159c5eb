"""The rules of an action plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import agreement, handover, planning
from bot.core.errors import Refusal
from bot.core.plan import ActionPlan, Barrier, Field, Milestone, Progress, contact_of, member_of, written
from bot.core.planning import Overtaken

NOW = datetime(2027, 6, 14, 9, tzinfo=UTC)
ESI, MARCO = "m1", "m2"


def a_plan(*titles: str) -> ActionPlan:
    plan = planning.open_plan(id=1, workshop_id=1, group=1, now=NOW)
    for title in titles:
        plan = planning.add_action(plan, title, by=ESI, now=NOW)
    return plan


def due(plan: ActionPlan, day: date, *, by: str = ESI, base: str | None = None, why: str = "") -> ActionPlan:
    return planning.set_field(plan, 1, Field.DUE_ON, day, base=base, by=by, now=NOW + timedelta(hours=1), why=why)


def refused(key: str, work: Callable[[], Any]) -> None:
    with pytest.raises(Refusal) as refusal:
        work()
    assert refusal.value.key == key


# Adding ----------------------------------------------------------------------------------------------------------


def test_an_action_is_numbered_for_good_even_after_others_were_removed():
    plan = a_plan("Publish the list", "Train the clerks")
    plan = planning.remove(plan, 2, 1, by=ESI, now=NOW)
    plan = planning.add_action(plan, "Ask the mayor", by=ESI, now=NOW)
    assert [each.number for each in plan.actions()] == [1, 3]


def test_the_same_action_twice_is_refused_letter_case_and_the_full_stop_aside():
    refused("plan.already_there", lambda: planning.add_action(a_plan("Publish it"), "publish it.", by=ESI, now=NOW))


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\u2066 \u2069"])
def test_an_action_without_words_is_refused(text):
    refused("input.empty", lambda: planning.add_action(a_plan(), text, by=ESI, now=NOW))


def test_a_title_that_is_too_long_says_by_how_much():
    with pytest.raises(Refusal) as refusal:
        planning.add_action(a_plan(), "x" * 201, by=ESI, now=NOW)
    assert refusal.value.params == {"length": 201, "longest": 200}


def test_a_plan_takes_two_hundred_actions():
    plan = a_plan(*(f"Action number {number}" for number in range(planning.MOST_ACTIONS)))
    refused("plan.full", lambda: planning.add_action(plan, "One more", by=ESI, now=NOW))


# Changing --------------------------------------------------------------------------------------------------------


def test_a_change_made_without_seeing_the_one_before_it_is_refused_with_both():
    plan = due(a_plan("Publish it"), date(2027, 9, 30), base="")
    with pytest.raises(Overtaken) as overtaken:
        due(plan, date(2027, 10, 1), by=MARCO, base="")
    assert (overtaken.value.theirs, overtaken.value.mine) == (date(2027, 9, 30), date(2027, 10, 1))


def test_the_same_change_twice_is_one_version():
    plan = due(a_plan("Publish it"), date(2027, 9, 30), base="")
    assert due(plan, date(2027, 9, 30), by=MARCO, base="") is plan


def test_naming_people_never_conflicts():
    plan = a_plan("Publish it")
    for party, by in ((ESI, MARCO), (MARCO, ESI), (ESI, ESI)):
        plan = planning.name_party(plan, 1, Field.RESPONSIBLE, party, on=True, by=by, now=NOW)
    plan = planning.name_party(plan, 1, Field.RESPONSIBLE, ESI, on=False, by=MARCO, now=NOW)
    assert planning.standing(plan, 1).responsible == (MARCO,)


def test_an_answer_takes_back_that_the_question_was_passed():
    plan = planning.pass_over(a_plan("Publish it"), 1, Field.DUE_ON, by=ESI, now=NOW)
    assert planning.next_open(planning.standing(plan, 1), after=Field.SUPPORTERS) is Field.MILESTONES
    plan = due(plan, date(2027, 9, 30))
    assert Field.DUE_ON not in planning.standing(plan, 1).passed


def test_the_same_item_twice_is_one():
    plan = a_plan("Publish it")
    for _ in range(2):
        plan = planning.add_item(plan, 1, Field.MILESTONES, Milestone(name="Draft"), by=ESI, now=NOW)
    assert len(planning.standing(plan, 1).milestones) == 1


def test_two_items_do_not_become_the_same():
    plan = a_plan("Publish it")
    for who in ("Legal office", "Clerks"):
        plan = planning.add_item(plan, 1, Field.BARRIERS, Barrier(who=who), by=ESI, now=NOW)
    refused(
        "plan.already_there",
        lambda: planning.set_part(plan, 1, Field.BARRIERS, 2, "who", "Legal office", base="Clerks", by=ESI, now=NOW),
    )


def test_an_item_changed_by_somebody_else_is_not_dropped_unseen():
    plan = planning.add_item(a_plan("Publish it"), 1, Field.BARRIERS, Barrier(who="Clerks"), by=ESI, now=NOW)
    (seen,) = planning.standing(plan, 1).barriers
    plan = planning.set_part(plan, 1, Field.BARRIERS, seen.id, "how", "too busy", base="", by=MARCO, now=NOW)
    with pytest.raises(Overtaken):
        planning.drop_item(plan, 1, Field.BARRIERS, seen, by=ESI, now=NOW)


def test_a_list_is_full_at_some_point():
    plan = a_plan("Publish it")
    for number in range(planning.MOST_ITEMS):
        plan = planning.add_item(plan, 1, Field.BARRIERS, Barrier(who=str(number)), by=ESI, now=NOW)
    refused("plan.list_full", lambda: planning.add_item(plan, 1, Field.BARRIERS, Barrier(who="x"), by=ESI, now=NOW))


# Taking back -----------------------------------------------------------------------------------------------------


def test_undo_takes_the_last_change_back_and_done_again_brings_it_back():
    plan = due(a_plan("Publish it"), date(2027, 9, 30))
    plan = planning.undo(plan, 1, 2, by=MARCO, now=NOW)
    assert planning.standing(plan, 1).due_on is None
    plan = planning.undo(plan, 1, 3, by=MARCO, now=NOW)
    assert planning.standing(plan, 1).due_on == date(2027, 9, 30)


def test_undo_of_a_version_that_is_no_longer_the_newest_is_refused():
    plan = due(a_plan("Publish it"), date(2027, 9, 30))
    with pytest.raises(Overtaken):
        planning.undo(plan, 1, 1, by=MARCO, now=NOW)


def test_undo_brings_no_title_back_that_another_action_has_by_now():
    plan = planning.set_field(a_plan("Publish it"), 1, Field.TITLE, "Print it", by=ESI, now=NOW)
    plan = planning.add_action(plan, "Publish it", by=MARCO, now=NOW)
    refused("plan.already_there", lambda: planning.undo(plan, 1, 2, by=ESI, now=NOW))


def test_a_removed_action_comes_back_as_it_was():
    plan = due(a_plan("Publish it"), date(2027, 9, 30))
    plan = planning.remove(plan, 1, 2, by=ESI, now=NOW)
    assert plan.actions() == []
    refused("plan.gone", lambda: due(plan, date(2027, 10, 1)))
    plan = planning.put_back(plan, 1, by=ESI, now=NOW)
    assert planning.standing(plan, 1).due_on == date(2027, 9, 30)


def test_the_first_and_the_agreed_version_outlive_all_others():
    plan = due(a_plan("Publish it"), date(2027, 1, 1))
    plan = agreement.agree(plan, now=NOW)
    for day in range(planning.MOST_VERSIONS + 20):
        plan = due(plan, date(2027, 2, 1) + timedelta(days=day))
    kept = [each.version for each in plan.history[1]]
    assert len(kept) == planning.MOST_VERSIONS
    assert kept[:2] == [1, 2]
    assert agreement.changes_since_agreed(plan)[0].before == date(2027, 1, 1)


# Agreeing --------------------------------------------------------------------------------------------------------


def test_an_empty_plan_cannot_be_agreed_and_a_plan_only_once():
    refused("plan.empty", lambda: agreement.agree(a_plan(), now=NOW))
    agreed = agreement.agree(a_plan("Publish it"), now=NOW)
    refused("plan.agreed_already", lambda: agreement.agree(agreed, now=NOW))


def test_what_was_changed_since_says_who_did_it_when_and_why():
    plan = agreement.agree(due(a_plan("Publish it"), date(2027, 9, 30)), now=NOW)
    plan = due(plan, date(2027, 10, 15), by=MARCO, why="The printer is out of order")
    plan = planning.set_field(plan, 1, Field.PROGRESS, Progress.AT_RISK, by=ESI, now=NOW + timedelta(days=2))
    moved, status = agreement.changes_since_agreed(plan)
    assert (moved.field, moved.before, moved.after) == (Field.DUE_ON, date(2027, 9, 30), date(2027, 10, 15))
    assert (moved.by, moved.at, moved.why) == (MARCO, NOW + timedelta(hours=1), "The printer is out of order")
    assert (status.field, status.by) == (Field.PROGRESS, ESI)


def test_actions_added_and_removed_since_are_changes_too():
    plan = agreement.agree(a_plan("Publish it", "Train the clerks"), now=NOW)
    plan = planning.add_action(plan, "Ask the mayor", by=MARCO, now=NOW)
    plan = planning.remove(plan, 2, 1, by=ESI, now=NOW)
    found = [(each.field, each.before, each.after, each.by) for each in agreement.changes_since_agreed(plan)]
    assert found == [(None, "Train the clerks", None, ESI), (None, None, "Ask the mayor", MARCO)]


def test_what_was_changed_and_changed_back_is_no_change():
    plan = agreement.agree(due(a_plan("Publish it"), date(2027, 9, 30)), now=NOW)
    plan = due(due(plan, date(2027, 10, 15)), date(2027, 9, 30))
    assert agreement.changes_since_agreed(plan) == []


# Names -----------------------------------------------------------------------------------------------------------


def test_a_contact_of_the_same_name_is_the_same_contact():
    plan, works = handover.add_contact(a_plan(), "Ministry of Works", token="t1", named_by=ESI)
    plan, again = handover.add_contact(plan, "ministry of  works", token="t2", named_by=MARCO)
    assert works == again
    assert [each.token for each in plan.contacts.values()] == ["t1"]


@given(st.text(max_size=8))
def test_a_party_is_a_member_a_contact_or_nobody(text):
    assert member_of(text) is None or text == f"m{text[1:]}"
    assert contact_of(text) is None or text == f"c{text[1:]}"
    assert member_of(text) is None or contact_of(text) is None


def test_what_stood_there_is_remembered_as_text():
    assert written(date(2027, 9, 30)) == "2027-09-30"
    assert written(Progress.DONE) == "done"
    assert written(None) == written("") == ""
