"""Sessions announced: on which day they are for their reader, and when a phone makes no sound."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.core.agenda import Session
from bot.core.dialogue import Person
from bot.core.workshop import Workshop, open_workshop
from bot.turn import Turn
from handlers.agenda.announcing import said_of
from tests.stage import Stage, stage
from tests.transcripts import setups

MORNING = Session(
    id="2am",
    day=2,
    on=date(2027, 6, 15),
    starts=time(9),
    ends=time(12),
    title="",
    modules=(),
    place="",
    cancelled=False,
)
EVENING = datetime(2027, 6, 14, 18, tzinfo=UTC)
WORKSHOP: Workshop = open_workshop(
    id=1,
    programme="x",
    title="Accra June workshop",
    first_on=date(2027, 6, 14),
    country="GH",
    zone="Africa/Accra",
    code="AAAAAA",
    link_token="link",
    facilitator_token="lead",
    organiser_id=1,
    organiser_name="Amina",
    now=EVENING,
)


@pytest.mark.parametrize(
    ("now", "zone", "says"),
    [
        (EVENING, "Africa/Accra", "session.tomorrow"),
        (EVENING, "Asia/Kolkata", "session.tomorrow"),  # 14:30 there
        (EVENING, "Pacific/Kiritimati", "session.today"),  # 08:00 and 23:00 on the same day there
        (EVENING - timedelta(days=1), "Africa/Accra", "session.on_day"),
        (EVENING + timedelta(hours=10), "Africa/Accra", "session.today"),
        (EVENING + timedelta(hours=14, minutes=45), "Africa/Accra", "session.in_minutes"),
        (EVENING + timedelta(hours=14, minutes=45), "Pacific/Kiritimati", "session.in_minutes"),
    ],
)
def test_a_day_is_named_as_its_reader_has_it(now: datetime, zone: str, says: str):
    assert said_of(WORKSHOP, [MORNING], now, zone)[0].key == says


@pytest.mark.parametrize(("seconds", "minutes"), [(15 * 60, 15), (9 * 60 + 20, 9), (20, 1)])
def test_what_is_left_is_said_in_minutes(seconds: int, minutes: int):
    starts_at = MORNING.starts_at(WORKSHOP.zone)
    heading = said_of(WORKSHOP, [MORNING], starts_at - timedelta(seconds=seconds), WORKSHOP.zone)[0]
    assert heading.params["count"] == minutes


@pytest.mark.parametrize(
    ("places", "lines"),
    [
        (("Hall 2", "Hall 2"), ["", "", "Hall 2"]),
        (("Hall 2", "Room 7"), ["", "Hall 2", "", "Room 7"]),
        (("Hall 2", ""), ["", "Hall 2", ""]),
        (("", ""), ["", ""]),
    ],
)
def test_a_place_stands_below_the_sessions_that_it_is_of(places: tuple[str, str], lines: list[str]):
    afternoon = replace(MORNING, id="2pm", starts=time(13), ends=time(17))
    ahead = [replace(each, place=place) for each, place in zip((MORNING, afternoon), places, strict=True)]
    said = said_of(WORKSHOP, ahead, EVENING, WORKSHOP.zone)[1:]
    assert [each.params.get("place", "") for each in said] == lines


async def are(on: Stage, **changes: Person) -> None:
    async def work(turn: Turn) -> None:
        turn.put(*changes.values())

    await on.app.intake.act(work)
    await on.app.quiet()


async def test_whoever_sleeps_or_wants_no_reminders_is_told_without_a_sound(tmp_path: Path):
    async with stage(tmp_path, restarting=False) as on:
        await setups.joined(on)
        known = {name: await on.app.runner.person(on.phone(name).user.id) for name in ("Esi", "Marco", "Kofi")}
        people = {name: each for name, each in known.items() if each is not None}
        await are(
            on,
            asleep=replace(people["Esi"], zone="Pacific/Honolulu"),
            muted=replace(people["Marco"], muted_until=on.time + timedelta(days=7)),
            opted_out=replace(people["Kofi"], opted_out=True),
        )
        await on.wind(datetime(2027, 6, 14, 8, 50, tzinfo=UTC))
        told = {name: on.phone(name).last for name in ("Esi", "Marco", "Kofi", "Ama")}
        assert all("in 15 minutes" in message.text for message in told.values())
        assert {name for name, message in told.items() if message.silent} == {"Esi", "Marco"}
        on.check()
