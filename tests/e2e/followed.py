"""A workshop whose plans are followed up, written into a data folder by the project's own rules and storage: everybody
answers for one action and tells its audience; all of that is due on the same day."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from bot.core import agreement, planning
from bot.core.dialogue import Person
from bot.core.grouping import count_off
from bot.core.plan import Communication, Field, Frequency, member_party
from bot.core.reminder_rules import RuleChange
from bot.core.workshop import Member, open_workshop
from bot.rehearsal.phone import Phone
from bot.rehearsal.stored import FILE
from bot.rehearsal.world import World
from bot.runner import Runner
from content import loader
from content.catalogues import Catalogues
from storage.database import Database
from tests.e2e.rig import ORGANISER, START

PEOPLE = 42
PROGRAMME = "innovation_digital_government"
DUE_ON = date(2027, 7, 15)  # a Thursday
ON_THE_DAY = datetime.combine(DUE_ON, time(9), UTC)


def account(number: int) -> int:
    return ORGANISER + number


def title(number: int) -> str:
    return f"Publish list number {number}."


async def furnish(data: Path, *rules: str, at: Mapping[str, time] | None = None, people: int = PEOPLE) -> None:
    """`rules` are those that hold; none: all of them. `at` are the hours that some have otherwise."""
    programmes = loader.load_all()
    programme = programmes[PROGRAMME]
    assert programme.plan is not None
    workshop = open_workshop(
        id=1,
        programme=PROGRAMME,
        title="June workshop",
        first_on=START.date(),
        country="GH",
        zone="Africa/Accra",
        code="AAAAAA",
        link_token="link",
        facilitator_token="lead",
        organiser_id=ORGANISER,
        organiser_name="Amina",
        now=START,
    )
    numbers = range(2, people + 2)
    members = {each: Member(number=each, name=f"P{each}", user_id=account(each), joined_at=START) for each in numbers}
    grouping = programme.groupings[programme.plan.grouping]
    formation = count_off(grouping, list(numbers), [topic.id for topic in programme.topics], now=START)
    changes = {
        rule.id: RuleChange(id=rule.id, on=not rules or rule.id in rules, at=(at or {}).get(rule.id))
        for rule in programme.rules
    }
    workshop = replace(
        workshop,
        members={**workshop.members, **members},
        formations={programme.plan.grouping: formation},
        rules=changes,
    )
    plans = []
    for group in formation.groups:
        plan = planning.open_plan(id=group, workshop_id=1, group=group, now=START)
        for at_, member in enumerate(formation.members_of(group), 1):
            party = member_party(member)
            told = Communication(audience="Applicants", sender=party, frequency=Frequency.ONCE, until=DUE_ON)
            plan = planning.add_action(plan, title(member), by=party, now=START)
            for field, value in ((Field.OWNER, party), (Field.DUE_ON, DUE_ON)):
                plan = planning.set_field(plan, at_, field, value, by=party, now=START)
            plan = planning.add_item(plan, at_, Field.COMMUNICATIONS, told, by=party, now=START)
        plans.append(agreement.agree(plan, now=START))
    accounts = (ORGANISER, *map(account, numbers))
    database = await Database.open(data)
    try:
        runner = Runner(database, programmes, lambda: START, catalogues=Catalogues())
        await runner.start()
        turn = runner.begin()
        turn.put(workshop, *plans, *(Person(user_id=id, name=f"P{id}", language="en") for id in accounts))
        runner.keep(turn)
        await runner.commit()
    finally:
        await database.close()


def phones(world: World, people: int = PEOPLE) -> dict[int, Phone]:
    """Everybody's phone, by member number; they have all pressed Start long ago."""
    found = {number: world.phone(account(number), f"P{number}") for number in range(2, people + 2)}
    for each in (*found.values(), world.phone(ORGANISER, "Amina")):
        each.chat.started = True
    return found


def rows(data: Path, sql: str, *values: Any) -> list[Any]:
    """What is stored by a bot that doesn't run now."""
    with closing(sqlite3.connect(data / FILE)) as database:
        return database.execute(sql, values).fetchall()


def moments(data: Path) -> list[datetime]:
    """When everybody is reminded: in working hours, and not on a holiday."""
    found = rows(data, "SELECT DISTINCT due_at FROM fires WHERE kind = 'due' ORDER BY due_at")
    return [datetime.fromisoformat(each) for (each,) in found]


def said(phone: Phone) -> list[str]:
    """What the bot said of its own accord to somebody who never wrote to it."""
    return [each.text for each in phone.messages if each.from_bot]
