"""The workshop that the plans of `plans` are of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core.grouping import Formation
from bot.core.workshop import Member, Role, Workshop, open_workshop
from tests.exports.plans import MEMBERS, NOW


def workshop(**more: object) -> Workshop:
    opened = open_workshop(
        id=1,
        programme="innovation_digital_government",
        title="Accra June workshop",
        first_on=date(2027, 6, 14),
        country="GH",
        zone="Africa/Accra",
        code="ABCDEF",
        link_token="link",
        facilitator_token="facilitators",
        organiser_id=1001,
        organiser_name=MEMBERS["m1"],
        now=NOW,
    )
    members = {
        number: Member(number=number, name=name, user_id=1000 + number, joined_at=NOW)
        for number, name in enumerate(MEMBERS.values(), 1)
    }
    members[1] = replace(members[1], role=Role.ORGANISER)
    formations: dict[str, Formation] = {}
    return replace(opened, members=members, formations=formations, **more)  # type: ignore[arg-type]
