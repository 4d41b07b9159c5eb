"""Who leads the room, and who counts as there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core.room import Room, accept, decline, is_here, leader, offer
from bot.core.workshop import Member, Membership, Role, Workshop
from tests.core.small import refusal

NOW = datetime(2027, 6, 15, 14, tzinfo=UTC)
ROOM = Room(workshop_id=1)


def workshop() -> Workshop:
    members = {
        number: Member(number=number, name=name, role=role, user_id=1000 + number, joined_at=NOW)
        for number, name, role in (
            (1, "Amina", Role.ORGANISER),
            (2, "Ben", Role.FACILITATOR),
            (3, "Chi", Role.FACILITATOR),
            (4, "Deb", Role.PARTICIPANT),
        )
    }
    return Workshop(
        id=1,
        programme="small",
        title="Small",
        first_on=date(2027, 6, 14),
        country="GH",
        zone="Africa/Accra",
        code="ABCDEF",
        link_token="l",
        facilitator_token=None,
        created_at=NOW,
        members=members,
    )


def test_the_organiser_leads_until_somebody_takes_it_over():
    here = workshop()
    assert leader(ROOM, here) == 1
    offered = offer(ROOM, here, 1, 2)
    assert leader(offered, here) == 1  # an offer changes nothing yet
    assert leader(accept(offered, here, 2), here) == 2
    assert leader(decline(offered, here, 2), here) == 1
    assert decline(offered, here, 1).offered is None


def test_only_who_leads_gives_it_away_and_only_who_was_asked_takes_it():
    here = workshop()
    assert refusal(lambda: offer(ROOM, here, 2, 3)) == "lead.not_yours"
    for nobody in (1, 4, 9):
        assert refusal(lambda to=nobody: offer(ROOM, here, 1, to)) == "lead.nobody"
    offered = offer(ROOM, here, 1, 2)
    assert refusal(lambda: accept(offered, here, 3)) == "lead.gone"
    assert refusal(lambda: decline(offered, here, 3)) == "lead.gone"
    assert refusal(lambda: accept(ROOM, here, 2)) == "lead.gone"


def test_who_led_and_left_leads_no_more():
    here = workshop()
    room = accept(offer(ROOM, here, 1, 2), here, 2)
    gone = replace(here, members={**here.members, 2: replace(here.members[2], status=Membership.LEFT)})
    assert leader(room, gone) == 1


def test_who_was_heard_of_today_is_here_by_the_clock_of_the_place():
    evening = datetime(2027, 6, 14, 20, tzinfo=UTC)
    assert is_here(evening, evening + timedelta(hours=3), "Africa/Accra")
    assert not is_here(evening, NOW, "Africa/Accra")
    assert is_here(evening, NOW - timedelta(hours=14), "Asia/Tokyo")  # the 15th there, both times
    assert not is_here(None, NOW, "Africa/Accra")
