"""The agenda: where sessions lie, how they are moved, and what two changes at once come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import agenda
from bot.core.agenda import Session, SessionChange, SessionDef
from bot.core.errors import Refusal

ZONE = "Africa/Accra"  # the same as UTC
MONDAY = date(2027, 6, 14)
WEEKEND = frozenset({5, 6})
DEFINED = tuple(
    SessionDef(id=f"{day}{half}", day=day, starts=starts, ends=ends, title=f"Day {day}")
    for day in (1, 2, 3)
    for half, starts, ends in (("am", time(9), time(12)), ("pm", time(13), time(17)))
)


def found(*changes: SessionChange, place: str = "", first_on: date = MONDAY) -> list[Session]:
    by_id = {each.id: each for each in changes}
    return agenda.sessions(DEFINED, by_id, first_on=first_on, off=WEEKEND, place=place)


def one(id: str, *changes: SessionChange, place: str = "") -> Session:
    return next(each for each in found(*changes, place=place) if each.id == id)


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def hours_of(change: SessionChange) -> tuple[time | None, time | None]:
    return change.starts, change.ends


def refused(key: str):
    return pytest.raises(Refusal, match=key)


# Where they lie ----------------------------------------------------------------------------------------------------


def test_days_are_counted_over_the_weekend():
    days = [each.on for each in found(first_on=date(2027, 6, 18))]  # a Friday
    assert days == [date(2027, 6, 18)] * 2 + [date(2027, 6, 21)] * 2 + [date(2027, 6, 22)] * 2


def test_the_first_day_was_chosen_even_where_it_is_a_day_off():
    assert found(first_on=date(2027, 6, 19))[0].on == date(2027, 6, 19)
    assert found(first_on=date(2027, 6, 19))[2].on == date(2027, 6, 21)


def test_a_week_may_be_off_on_other_days():
    assert agenda.day_number(date(2027, 6, 17), 2, frozenset({4, 5})) == date(2027, 6, 20)  # Thursday, then Sunday


def test_what_is_moved_stands_where_it_takes_place():
    moved = SessionChange(id="1am", on=date(2027, 6, 15), starts=time(12), ends=time(13))
    assert [each.id for each in found(moved)] == ["1pm", "2am", "1am", "2pm", "3am", "3pm"]
    assert agenda.days(found(moved)) == [MONDAY, date(2027, 6, 15), date(2027, 6, 16)]


def test_a_place_of_its_own_goes_before_that_of_all():
    sessions = found(SessionChange(id="2pm", place="Room 7"), place="Hall 2")
    assert [each.place for each in sessions] == ["Hall 2"] * 3 + ["Room 7"] + ["Hall 2"] * 2


def test_local_times_stay_when_clocks_change():
    first = replace(one("1am"), on=date(2027, 3, 28))  # the night in which Paris goes over to summer time
    assert first.starts_at("Europe/Paris") == datetime(2027, 3, 28, 7, tzinfo=UTC)
    assert replace(first, on=date(2027, 3, 27)).starts_at("Europe/Paris") == datetime(2027, 3, 27, 8, tzinfo=UTC)


# Moved -------------------------------------------------------------------------------------------------------------


def test_later_keeps_how_long_it_is_and_everything_else():
    held = one("1am", place="Hall 2")
    assert agenda.shift(held, 15) == SessionChange(
        id="1am", on=MONDAY, starts=time(9, 15), ends=time(12, 15), place="Hall 2"
    )


@given(st.integers(-8 * 60, 8 * 60), st.sampled_from(["1am", "2pm"]))
def test_there_and_back_is_where_it_was(minutes: int, id: str):
    held = one(id)
    try:
        moved = agenda.shift(held, minutes)
    except Refusal:
        latest = datetime.combine(held.on, held.ends) + timedelta(minutes=minutes)
        assert latest.date() != held.on or abs(minutes) > 6 * 60
        return
    assert agenda.shift(one(id, moved), -minutes) == agenda.change_of(held)


def test_nothing_is_shifted_past_midnight_or_by_half_a_day():
    late = SessionChange(id="1pm", starts=time(19), ends=time(23, 50))
    with refused("agenda.too_far"):
        agenda.shift(one("1pm", late), 15)
    with refused("agenda.too_far"):
        agenda.shift(one("1am"), 7 * 60)


def test_other_times_keep_its_length_unless_they_say_when_it_ends():
    assert hours_of(agenda.with_times(one("1am"), time(10), None)) == (time(10), time(13))
    assert hours_of(agenda.with_times(one("1am"), time(10), time(11, 30))) == (time(10), time(11, 30))
    with refused("agenda.ends_first"):
        agenda.with_times(one("1am"), time(12), time(9))
    with refused("agenda.too_far"):
        agenda.with_times(one("1pm"), time(21), None)


def test_running_late_ends_what_is_on_later_and_moves_what_is_to_come():
    of_day = [each for each in found() if each.on == MONDAY]
    late = agenda.behind(of_day, at(9, 40), ZONE, 15)
    assert [(each.id, *hours_of(each)) for each in late] == [
        ("1am", time(9), time(12, 15)),
        ("1pm", time(13, 15), time(17, 15)),
    ]


def test_running_late_at_lunch_leaves_the_morning_alone():
    of_day = [each for each in found() if each.on == MONDAY]
    assert [each.id for each in agenda.behind(of_day, at(12), ZONE, 15)] == ["1pm"]


def test_nothing_runs_late_when_all_is_over_or_cancelled():
    cancelled = SessionChange(id="1pm", cancelled=True)
    of_day = [each for each in found(cancelled) if each.on == MONDAY]
    with refused("agenda.nothing_left"):
        agenda.behind(of_day, at(12, 30), ZONE, 15)
    with refused("agenda.nothing_left"):
        agenda.behind([], at(9), ZONE, 15)


# Put together ------------------------------------------------------------------------------------------------------


def test_a_session_that_is_changed_follows_the_place_of_all():
    later = agenda.shift(one("1am", place="Hall 2"), 15)
    changes = agenda.changed({}, [later], "Hall 2")
    assert agenda.sessions(DEFINED, changes, first_on=MONDAY, off=WEEKEND, place="Hall 3")[0].place == "Hall 3"


def test_a_place_of_its_own_stays_with_a_session_that_is_changed():
    changes = {"1am": SessionChange(id="1am", place="Room 7")}
    later = agenda.shift(one("1am", *changes.values(), place="Hall 2"), 15)
    assert agenda.changed(changes, [later], "Hall 2")["1am"].place == "Room 7"


def test_changes_of_other_sessions_stay():
    changes = {"2am": SessionChange(id="2am", cancelled=True)}
    assert agenda.changed(changes, [agenda.shift(one("1am"), 15)], "").keys() == {"1am", "2am"}


def test_two_at_the_same_time_are_named():
    sessions = found(SessionChange(id="1am", ends=time(13, 15)))
    both = agenda.clash(sessions, ["1am"])
    assert both is not None
    assert [each.id for each in both] == ["1am", "1pm"]
    assert agenda.clash(sessions, ["2am"]) is None


def test_one_after_the_other_is_no_clash_nor_is_what_is_cancelled():
    assert agenda.clash(found(SessionChange(id="1am", ends=time(13))), ["1am"]) is None
    sessions = found(SessionChange(id="1am", ends=time(14)), SessionChange(id="1pm", cancelled=True))
    assert agenda.clash(sessions, ["1am", "1pm"]) is None


# At hand -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "id"),
    [
        (at(8), "1am"),
        (at(11, 59), "1am"),
        (at(12), "1pm"),
        (at(17), "2am"),
        (at(16, 59, date(2027, 6, 16)), "3pm"),
        (at(17, 0, date(2027, 6, 16)), None),
    ],
)
def test_what_is_on_or_comes_next(now: datetime, id: str | None):
    at_hand = agenda.at_hand(found(), now, ZONE)
    assert (at_hand.id if at_hand else None) == id


def test_what_is_cancelled_is_not_at_hand():
    at_hand = agenda.at_hand(found(SessionChange(id="1am", cancelled=True)), at(8), ZONE)
    assert at_hand is not None
    assert at_hand.id == "1pm"


# How late it is ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "now", "minutes"),
    [
        (SessionChange(id="1am"), at(10), 0),
        (SessionChange(id="1am", ends=time(12, 15)), at(10), 15),
        (SessionChange(id="1am", starts=time(9, 30), ends=time(12, 15)), at(8), 30),  # it begins so much later
        (SessionChange(id="1am", starts=time(9, 30), ends=time(12, 15)), at(9, 30), 15),  # and ends so much later
        (SessionChange(id="1am", starts=time(8, 50), ends=time(11, 50)), at(11), -10),
        (SessionChange(id="1am", on=date(2027, 6, 16), starts=time(14), ends=time(16)), at(10), 0),  # another day
    ],
)
def test_a_day_is_as_late_as_its_session_at_hand(change, now, minutes):
    assert agenda.lateness(one("1am", change), one("1am"), now, ZONE) == minutes
