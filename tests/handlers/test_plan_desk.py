"""Who is asked about an action: whoever is named where they are here, else the group's reporter, never nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.core import handover, planning
from bot.core.exercise import PlanDef, Programme
from bot.core.grouping import Formation, Group, Seat
from bot.core.plan import member_party
from bot.core.plan_access import PlanActor
from bot.core.workshop import Member, Membership, Workshop, open_workshop
from handlers.plan.desk import PlanDesk

NOW = datetime(2027, 6, 14, 9, tzinfo=UTC)
ESI, MARCO, ON_PAPER = 2, 3, 4


def a_workshop() -> Workshop:
    workshop = open_workshop(
        id=1,
        programme="small",
        title="Accra",
        first_on=NOW.date(),
        country="GH",
        zone="Africa/Accra",
        code="ABCDEF",
        link_token="l",
        facilitator_token="f",
        organiser_id=1001,
        organiser_name="Amina",
        now=NOW,
    )
    people = {
        ESI: Member(number=ESI, name="Esi", user_id=1002, joined_at=NOW),
        MARCO: Member(number=MARCO, name="Marco", user_id=1003, joined_at=NOW),
        ON_PAPER: Member(number=ON_PAPER, name="Ama", user_id=None, joined_at=NOW),
    }
    formation = Formation(
        grouping="three",
        formed_at=NOW,
        groups={1: Group(number=1, reporter=MARCO)},
        seats={number: Seat(member=number, group=1, counted=1) for number in people},
    )
    return replace(workshop, members={**workshop.members, **people}, formations={"three": formation})


def a_desk(workshop: Workshop) -> PlanDesk:
    plan = planning.open_plan(id=1, workshop_id=1, group=1, now=NOW)
    plan = planning.add_action(plan, "Publish the list", by=member_party(ESI), now=NOW)
    plan, _ = handover.add_contact(plan, "Ministry of Works", token="t", named_by=member_party(ESI))
    programme = Programme(name="small", title="Small", about="", days=1, plan=PlanDef(grouping="three"))
    return PlanDesk(
        workshop=workshop, programme=programme, plan=plan, actor=PlanActor(party=member_party(ESI), group=True)
    )


def test_whoever_is_here_is_asked_themselves():
    assert a_desk(a_workshop()).asked_instead("m2", 1) == "m2"


def test_the_reporter_is_asked_for_who_has_no_phone_and_for_who_has_not_agreed():
    desk = a_desk(a_workshop())
    assert desk.asked_instead("m4", 1) == "m3"
    assert desk.asked_instead("c1", 1) == "m3"


def test_somebody_from_outside_is_asked_once_they_agreed_and_only_about_that():
    desk = a_desk(a_workshop())
    contact = replace(desk.plan.contacts[1], user_id=2001, agreed=frozenset({1}))
    desk = replace(desk, plan=replace(desk.plan, contacts={1: contact}))
    assert desk.asked_instead("c1", 1) == "c1"
    assert desk.asked_instead("c1", 2) == "m3"


def test_the_reporter_is_asked_for_who_left():
    workshop = a_workshop()
    gone = replace(workshop.members[ESI], status=Membership.LEFT)
    desk = a_desk(replace(workshop, members={**workshop.members, ESI: gone}))
    assert desk.asked_instead("m2", 1) == "m3"
