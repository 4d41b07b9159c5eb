"""The report-back queue: nobody is lost or called twice whatever is tapped; remarks, of which the room sees one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import remarks, report_back, signals
from bot.core.errors import Refusal
from bot.core.report_back import ReportQueue

NOW = datetime(2027, 6, 15, 11, tzinfo=UTC)
STEPS = {
    "next": report_back.advance,
    "skip": report_back.skip,
    "later": report_back.later,
    "back": report_back.back,
    "more": report_back.more_time,
}


def begun(groups: int = 3) -> ReportQueue:
    return report_back.begin(1, "2.3", range(1, groups + 1), NOW)


def test_one_after_the_other_has_three_minutes():
    queue = begun()
    assert (queue.on, queue.waiting, queue.timer) == (0, (1, 2, 3), None)
    for at in (1, 2, 3):
        now = NOW + timedelta(minutes=3 * at)
        queue = report_back.advance(queue, now)
        assert queue.on == at
        assert queue.timer is not None
        assert queue.timer.ends_at == now + timedelta(minutes=3)
    queue = report_back.advance(queue, NOW)
    assert (queue.on, queue.past, queue.timer) == (0, (1, 2, 3), None)
    with pytest.raises(Refusal, match="all_done"):
        report_back.advance(queue, NOW)


def test_skipping_moving_to_the_end_and_going_back():
    queue = report_back.later(report_back.advance(begun(), NOW), NOW)
    assert (queue.on, queue.waiting, queue.past) == (2, (3, 1), ())
    queue = report_back.skip(queue, NOW)
    assert (queue.on, queue.past, queue.skipped) == (3, (2,), (2,))
    queue = report_back.back(queue, NOW)
    assert (queue.on, queue.waiting, queue.past, queue.skipped) == (2, (3, 1), (), ())
    with pytest.raises(Refusal, match="is_first"):
        report_back.back(queue, NOW)
    with pytest.raises(Refusal, match="is_last"):
        report_back.later(report_back.advance(report_back.advance(queue, NOW), NOW), NOW)


def test_a_minute_more_counts_from_the_end_of_the_time():
    queue = report_back.more_time(report_back.advance(begun(), NOW), NOW + timedelta(minutes=1))
    assert queue.timer is not None
    assert queue.timer.ends_at == NOW + timedelta(minutes=4)


def test_whoever_publishes_later_comes_behind_the_others():
    queue = report_back.joined(report_back.advance(begun(2), NOW), [1, 2, 3])
    assert (queue.on, queue.waiting) == (1, (2, 3))
    assert report_back.joined(queue, [1, 2, 3]) == queue


def test_nothing_is_done_once_it_is_over():
    queue = report_back.end(report_back.advance(begun(), NOW), NOW)
    assert (queue.on, queue.past) == (0, (1,))
    for step in STEPS.values():
        with pytest.raises(Refusal, match=r"report\.over"):
            step(queue, NOW)


@given(st.integers(1, 6), st.lists(st.sampled_from(sorted(STEPS)), max_size=25))
def test_each_group_is_in_one_place_whatever_is_tapped(groups: int, taps: list[str]):
    queue = begun(groups)
    for tap in taps:
        try:
            queue = STEPS[tap](queue, NOW)
        except Refusal:
            continue
        places = [*queue.waiting, *queue.past, *([queue.on] if queue.on else [])]
        assert sorted(places) == list(range(1, groups + 1))
        assert set(queue.skipped) <= set(queue.past)
        assert (queue.timer is None) == (queue.on == 0)


def test_whoever_speaks_is_told_twice():
    queue = report_back.advance(begun(), NOW)
    fires = signals.of_queue(1, queue, "UTC")
    assert [(each.item, each.due_at - NOW) for each in fires] == [
        (30, timedelta(minutes=2, seconds=30)),
        (0, timedelta(minutes=3)),
    ]
    assert signals.of_queue(1, report_back.end(queue, NOW), "UTC") == []
    assert signals.of_queue(1, None, "UTC") == []


def test_the_room_sees_one_remark_at_a_time():
    found = remarks.add({}, 1, 2, author=5, text="  Who pays?  ")
    found = remarks.add(found, 1, 2, author=6, text="We do that already")
    found = remarks.add(found, 1, 3, author=6, text="On another group")
    assert [each.text for each in remarks.on_report(found, 1, 2)] == ["Who pays?", "We do that already"]
    found = remarks.pick(remarks.pick(found, 1), 2)
    on_show = remarks.picked(found, 1)
    assert on_show is not None
    assert on_show.number == 2
    assert found[1].state == "done"
    assert remarks.picked(remarks.put_away(found, 2), 1) is None


def test_nobody_floods_the_facilitators():
    found: dict[int, remarks.Remark] = {}
    for at in range(remarks.MOST_EACH):
        found = remarks.add(found, 1, 2, author=5, text=f"Question {at}")
    with pytest.raises(Refusal, match="enough"):
        remarks.add(found, 1, 2, author=5, text="One more")
    assert len(remarks.add(found, 1, 2, author=6, text="Mine")) == remarks.MOST_EACH + 1
