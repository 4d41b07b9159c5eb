"""A reason beside a change that it is for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core import agreement, planning
from bot.core.agreement import Change, changes_since_agreed
from bot.core.errors import Refusal
from bot.core.explaining import explain, wants_reason
from bot.core.plan import ActionPlan, Field

NOW = datetime(2027, 6, 14, 8, tzinfo=UTC)
SEPTEMBER, OCTOBER = date(2027, 9, 30), date(2027, 10, 15)


def agreed() -> ActionPlan:
    plan = planning.open_plan(id=1, workshop_id=1, group=1, now=NOW)
    plan = planning.add_action(plan, "Publish the list", by="m2", now=NOW)
    plan = planning.set_field(plan, 1, Field.DUE_ON, SEPTEMBER, by="m2", now=NOW)
    return agreement.agree(plan, now=NOW)


def moved(plan: ActionPlan, day: date = OCTOBER) -> ActionPlan:
    return planning.set_field(plan, 1, Field.DUE_ON, day, by="m3", now=NOW + timedelta(days=18))


def version(plan: ActionPlan) -> int:
    return plan.history[1][-1].version


def the(plan: ActionPlan) -> Change:
    [change] = changes_since_agreed(plan)
    return change


def test_what_was_agreed_needs_a_reason_when_it_moves():
    plan = agreed()
    assert not wants_reason(plan, 1, Field.DUE_ON)
    assert wants_reason(moved(plan), 1, Field.DUE_ON)
    assert not wants_reason(moved(plan), 1, Field.OWNER)
    assert not wants_reason(moved(moved(plan), SEPTEMBER), 1, Field.DUE_ON)  # back to what was agreed
    assert not wants_reason(moved(plan), 2, Field.DUE_ON)


def test_what_was_not_agreed_needs_none():
    plan = planning.add_action(agreed(), "Train the staff", by="m2", now=NOW)
    assert not wants_reason(planning.set_field(plan, 2, Field.DUE_ON, OCTOBER, by="m2", now=NOW), 2, Field.DUE_ON)
    title = planning.set_field(agreed(), 1, Field.TITLE, "Publish it", by="m2", now=NOW)
    assert not wants_reason(title, 1, Field.TITLE)


def test_the_reason_stands_beside_the_change():
    plan = moved(agreed())
    plan = explain(plan, 1, version(plan), " printer  out of order ")
    change = the(plan)
    assert (change.before, change.after, change.by, change.why) == (SEPTEMBER, OCTOBER, "m3", "printer out of order")
    assert change.at == NOW + timedelta(days=18)
    assert not wants_reason(plan, 1, Field.DUE_ON)


def test_undo_takes_back_the_change_with_its_reason():
    plan = moved(agreed())
    plan = explain(plan, 1, version(plan), "printer out of order")
    assert changes_since_agreed(planning.undo(plan, 1, version(plan), by="m2", now=NOW)) == []


def test_somebody_who_was_quick_in_between_keeps_their_change():
    plan = moved(agreed())
    mine = version(plan)
    plan = planning.set_field(plan, 1, Field.OWNER, "m4", by="m4", now=NOW + timedelta(days=19))
    plan = explain(plan, 1, mine, "printer out of order")
    changes = {change.field: change for change in changes_since_agreed(plan)}
    assert (changes[Field.DUE_ON].why, changes[Field.DUE_ON].by) == ("printer out of order", "m3")
    assert (changes[Field.OWNER].why, changes[Field.OWNER].by) == ("", "m4")
    plan = explain(plan, 1, mine + 1, "on leave")  # asked for at the same time
    assert {change.field: change.why for change in changes_since_agreed(plan)} == {
        Field.DUE_ON: "printer out of order",
        Field.OWNER: "on leave",
    }
    assert [each.version for each in plan.history[1]] == [1, 2, 3, 4]


def test_versions_that_were_agreed_stay_as_they_are():
    plan = agreed()
    assert explain(plan, 1, version(plan), "because") is plan
    assert explain(plan, 1, 99, "because") is plan
    assert explain(plan, 7, 1, "because") is plan


@pytest.mark.parametrize(("text", "key"), [(" ", "input.empty"), ("w" * 141, "input.too_long")])
def test_a_reason_is_one_line(text, key):
    plan = moved(agreed())
    with pytest.raises(Refusal) as refusal:
        explain(plan, 1, version(plan), text)
    assert refusal.value.key == key
