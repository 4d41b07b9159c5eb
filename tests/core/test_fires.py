"""Rows follow from what is planned, and nothing that became of them is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.fires import Changes, Fire, FireKind, FireStatus, replan

NOW = datetime(2027, 9, 6, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def a_fire(key: str = "p1.a1.due", in_: timedelta = DAY, **more) -> Fire:
    """What is planned for an instant after now."""
    due_at = NOW + in_
    made = Fire(
        key=key,
        version="2027-09-30",
        kind=FireKind.DUE,
        subject="p1.a1",
        series=key,
        workshop_id=1,
        plan_id=1,
        action=1,
        party="m2",
        user_id=1002,
        on=date(2027, 9, 30),
        due_at=due_at,
    )
    return replace(made, **more)


def stored(fire: Fire, **more) -> Fire:
    return replace(fire, id=7, **more)


def changes(known: list[Fire], planned: list[Fire]) -> Changes:
    return replan(known, planned, NOW)


NOTHING = Changes([], [], [])


def test_what_is_planned_is_added_unless_its_time_is_now_or_has_passed() -> None:
    ahead, present, past = a_fire("a"), a_fire("b", timedelta(0)), a_fire("c", -HOUR)
    assert changes([], [ahead, present, past]) == Changes([ahead], [], [])


def test_what_waits_and_is_planned_stays() -> None:
    assert changes([stored(a_fire())], [a_fire()]) == NOTHING
    assert not NOTHING.any


def test_what_waits_and_is_not_planned_any_more_goes() -> None:
    waiting = stored(a_fire())
    assert changes([waiting], []) == Changes([], [], [waiting])
    moved = a_fire(version="2027-10-30")
    assert changes([waiting], [moved]) == Changes([moved], [], [waiting])


def test_whatever_became_of_something_it_never_comes_again() -> None:
    for status in set(FireStatus) - {FireStatus.PENDING}:
        over = stored(a_fire(), status=status, done_at=NOW - DAY)
        assert changes([over], [a_fire(in_=2 * DAY, user_id=1003)]) == NOTHING
        assert changes([over], []) == NOTHING


def test_another_instant_reader_or_end_is_put_right_in_the_same_row() -> None:
    waiting = stored(a_fire())
    wanted = a_fire(in_=2 * DAY, user_id=1003, party="m3", ends_at=NOW + 3 * DAY, rule="due")
    assert changes([waiting], [wanted]) == Changes([], [stored(wanted)], [])


def test_where_its_reader_moved_it_only_the_reader_is_put_right() -> None:
    waiting = stored(a_fire(in_=5 * DAY), by_hand=True)
    assert changes([waiting], [a_fire()]) == NOTHING
    (right,) = changes([waiting], [a_fire(user_id=1003)]).changed
    assert (right.user_id, right.due_at) == (1003, NOW + 5 * DAY)


def test_what_was_put_off_is_not_late_because_something_else_changed() -> None:
    """Its reader mutes the bot, so that it waits though its time has passed: it may be looked at anew now, not then."""
    waiting = stored(a_fire(in_=3 * DAY))
    (right,) = changes([waiting], [a_fire(in_=-2 * DAY)]).changed
    assert right.due_at == NOW


def test_what_is_due_and_could_not_be_said_yet_is_as_late_as_it_is() -> None:
    waiting = stored(a_fire(in_=-2 * DAY))
    assert changes([waiting], [a_fire(in_=-2 * DAY)]) == NOTHING
    assert changes([waiting], [a_fire(in_=-DAY)]) == NOTHING


FIRES = st.builds(
    a_fire,
    st.sampled_from("abcde"),
    st.integers(-3, 3).map(lambda days: days * DAY),
    version=st.sampled_from(["1", "2"]),
    user_id=st.integers(1, 2),
)
ROWS = st.builds(replace, FIRES, status=st.sampled_from(FireStatus), by_hand=st.booleans(), id=st.integers(1, 99))


@given(st.lists(ROWS, unique_by=lambda row: (row.key, row.version)), st.lists(FIRES))
def test_rows_are_what_is_planned_and_planning_again_changes_nothing(rows: list[Fire], planned: list[Fire]) -> None:
    found = replan(rows, planned, NOW)
    dropped = {id(each) for each in found.dropped}
    now = {(each.key, each.version): each for each in [*rows, *found.added, *found.changed] if id(each) not in dropped}
    wanted = {(each.key, each.version): each for each in planned}
    assert all(each.is_open for each in found.dropped)
    assert {mark for mark, each in now.items() if each.is_open} <= set(wanted)
    assert all((each.key, each.version) in now for each in rows if not each.is_open)
    assert all(now[mark].user_id == each.user_id for mark, each in wanted.items() if mark in now and now[mark].is_open)
    assert {mark for mark, each in wanted.items() if each.due_at > NOW} <= set(now)
    assert replan(now.values(), planned, NOW) == NOTHING
