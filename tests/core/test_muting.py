"""Not being reminded, for a while or for good."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.dialogue import Person
from bot.core.due import Addressee, not_before, sort_out
from bot.core.fires import Fire, FireKind
from bot.core.hours import Hours
from bot.core.muting import in_a_week, is_muted, is_silent, mute, opt_in, opt_out, unmute

NOW = datetime(2027, 9, 29, 13, 30, tzinfo=UTC)  # a Wednesday
KOFI = Person(user_id=1, name="Kofi", language="en")
ACCRA = Hours(zone="Africa/Accra")


def _fire(id: int, due_at: datetime) -> Fire:
    name = f"p1.a{id}.due"
    return Fire(
        id=id,
        key=name,
        version="1",
        kind=FireKind.DUE,
        subject=f"p1.a{id}",
        series=name,
        workshop_id=1,
        user_id=KOFI.user_id,
        on=date(2027, 10, 1),
        due_at=due_at,
    )


def _reader(person: Person) -> Addressee:
    return Addressee(hours=ACCRA, muted_until=person.muted_until, opted_out=person.opted_out)


@pytest.mark.parametrize(
    ("zone", "until"),
    [
        ("Africa/Accra", datetime(2027, 10, 6, 8, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2027, 10, 6, 18, tzinfo=UTC)),  # where it is Thursday already
        ("Pacific/Pago_Pago", datetime(2027, 10, 6, 19, tzinfo=UTC)),
    ],
)
def test_a_week_ends_on_the_same_day_of_the_week_when_work_begins(zone: str, until: datetime) -> None:
    hours = Hours(zone=zone)
    found = in_a_week(NOW, hours)
    assert found == until
    assert hours.are_open(found)


def test_a_week_over_the_end_of_summer_time_keeps_the_hour() -> None:
    paris = Hours(zone="Europe/Paris", opens=time(9))
    found = in_a_week(datetime(2027, 10, 28, 10, tzinfo=UTC), paris)
    assert found == datetime(2027, 11, 4, 8, tzinfo=UTC)


def test_what_is_due_while_muted_is_kept_and_comes_at_the_end_together() -> None:
    muted = mute(KOFI, in_a_week(NOW, ACCRA))
    fires = [_fire(1, NOW), _fire(2, NOW - timedelta(hours=1))]
    outcome = sort_out(fires, {KOFI.user_id: _reader(muted)}, NOW)
    assert not outcome.said
    assert not outcome.missed
    assert {each.due_at for each in outcome.moved} == {datetime(2027, 10, 6, 8, tzinfo=UTC)}


def test_a_mute_is_over_when_its_time_has_come_or_when_it_is_taken_back() -> None:
    until = in_a_week(NOW, ACCRA)
    muted = mute(KOFI, until)
    assert is_muted(muted, until - timedelta(seconds=1))
    assert not is_muted(muted, until)
    assert not is_muted(unmute(muted), NOW)
    assert not_before(_reader(unmute(muted)), NOW) == NOW


def test_whoever_opted_out_is_told_nothing_until_they_want_it_again() -> None:
    out = opt_out(mute(KOFI, in_a_week(NOW, ACCRA)))
    outcome = sort_out([_fire(1, NOW)], {KOFI.user_id: _reader(out)}, NOW)
    assert [each.reason for each in outcome.missed] == ["opted_out"]
    assert is_silent(out, NOW + timedelta(days=400))
    assert opt_in(out) == KOFI
    assert list(sort_out([_fire(1, NOW)], {KOFI.user_id: _reader(opt_in(out))}, NOW).said) == [KOFI.user_id]


def test_an_old_button_that_mutes_brings_no_reminders_back_to_whoever_opted_out() -> None:
    assert is_silent(mute(opt_out(KOFI), NOW), NOW + timedelta(days=1))
