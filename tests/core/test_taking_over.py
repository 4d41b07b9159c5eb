"""What somebody leaves behind in a plan, and who made whom the owner of an action."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.core import handover, planning
from bot.core.plan import ActionPlan, Communication, Field, Progress

NOW = datetime(2027, 6, 14, 8, tzinfo=UTC)


def a_plan(*owners: str) -> ActionPlan:
    """With an action of which each of these is made the owner, one after the other, by member 1, 2, …"""
    plan = planning.open_plan(id=1, workshop_id=1, group=1, now=NOW)
    plan = planning.add_action(plan, "Drill wells", by="m9", now=NOW)
    for by, owner in enumerate(owners, 1):
        plan = planning.set_field(plan, 1, Field.OWNER, owner, by=f"m{by}", now=NOW)
    return plan


def test_what_is_left_behind_is_what_somebody_else_has_to_do_instead() -> None:
    plan = a_plan("m5")
    for field in (Field.RESPONSIBLE, Field.SUPPORTERS):
        plan = planning.name_party(plan, 1, field, "m5", on=True, by="m1", now=NOW)
    for audience, sender in (("Farmers", "m5"), ("Mayors", "m6")):
        told = Communication(audience=audience, sender=sender)
        plan = planning.add_item(plan, 1, Field.COMMUNICATIONS, told, by="m1", now=NOW)
    item = plan.actions()[0].communications[0].id
    found = handover.parts(plan.actions()[0], "m5")
    assert found == [(Field.OWNER, 0), (Field.RESPONSIBLE, 0), (Field.COMMUNICATIONS, item)]
    assert handover.left_behind(plan, "m5") == plan.actions()
    assert handover.left_behind(plan, "m7") == []


def test_nothing_is_left_behind_of_what_is_done_nor_by_whoever_only_helped() -> None:
    plan = planning.name_party(a_plan("m5"), 1, Field.SUPPORTERS, "m7", on=True, by="m1", now=NOW)
    assert handover.left_behind(plan, "m7") == []
    plan = planning.set_field(plan, 1, Field.PROGRESS, Progress.DONE, by="m5", now=NOW)
    assert handover.left_behind(plan, "m5") == []


def test_an_owner_was_named_by_whoever_did_so_last_whatever_was_changed_since() -> None:
    plan = a_plan("m5", "m6", "m5")
    plan = planning.set_field(plan, 1, Field.TITLE, "Drill six wells", by="m8", now=NOW)
    assert handover.owner_by(plan, 1) == "m3"
    assert handover.owner_by(a_plan("m5", "m6"), 1) == "m2"


def test_a_contact_who_turned_out_to_be_a_member_was_named_by_the_same_person() -> None:
    plan, contact = handover.add_contact(a_plan(), "Ministry of Works", token="t", named_by="m1")
    plan = planning.set_field(plan, 1, Field.OWNER, contact, by="m1", now=NOW)
    plan = handover.become(plan, 1, "m5", by="m5", now=NOW)
    assert handover.owner_by(plan, 1) == "m1"
