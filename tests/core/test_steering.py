"""Closing and opening, gates, and taking the last of it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import moves, steering, timers, walk
from bot.core.errors import Refusal
from bot.core.run import Run, is_stuck
from tests.core.small import ANA, BEN, EXERCISE, FOR_DEB, LATER, LEAD, NOW, refusal, started, the

HOUR = timedelta(hours=1)


def with_idea() -> Run:
    return walk.write(started("ideas"), the("ideas"), BEN, "One", now=NOW)


# Doors ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("actor", [ANA, BEN, LEAD, FOR_DEB])
def test_nobody_changes_what_is_closed_and_everything_stays(actor):
    run = steering.close(with_idea(), NOW)
    assert [entry.value for entry in run.entries_of("ideas")] == ["One"]
    for attempt in (
        lambda: walk.write(run, the("ideas"), actor, "Two", now=LATER),
        lambda: moves.next_step(EXERCISE, run, replace(actor, pen=True), "ideas", members=3, now=LATER),
        lambda: moves.skip(EXERCISE, run, replace(actor, pen=True), "ideas", now=LATER),
        lambda: moves.back(EXERCISE, run, replace(actor, pen=True), "ideas", now=LATER),
        lambda: moves.publish(EXERCISE, replace(run, step="send"), replace(actor, pen=True), "send", now=LATER),
    ):
        assert refusal(attempt) == "sheet.closed"


def test_what_was_closed_goes_on_where_it_was_and_nobody_was_silent_meanwhile():
    run = steering.close(replace(with_idea(), timer=timers.start(HOUR, NOW)), NOW)
    assert run.timer is None
    assert not is_stuck(run, now=NOW + HOUR)
    again = steering.reopen(run, NOW + HOUR)
    assert not is_stuck(again, now=NOW + HOUR)
    assert walk.write(again, the("ideas"), BEN, "Two", now=NOW + HOUR).entries.keys() == {1, 2}
    assert steering.close(run, NOW + HOUR) == run
    assert steering.reopen(again, NOW + 2 * HOUR) == again


# Gates ---------------------------------------------------------------------------------------------------------------


def following(run, actor=ANA):
    return moves.skip(EXERCISE, run, actor, run.step, now=LATER)


def test_a_group_waits_at_its_gate_until_a_facilitator_lets_it_on():
    run = steering.hold(EXERCISE, started("gap"), "view")
    run = following(run)
    assert run.step == "view"
    assert refusal(lambda: following(run)) == "sheet.gate"
    assert refusal(lambda: moves.go_to(EXERCISE, run, ANA, "beliefs", now=LATER)) == "sheet.gate"
    assert moves.back(EXERCISE, run, ANA, "view", now=LATER).step == "gap"
    on = steering.let_on(EXERCISE, run)
    assert following(on).step == "ideas"
    assert refusal(lambda: following(following(on))) == "sheet.gate"
    assert following(following(steering.self_paced(on))).step == "beliefs"


def test_whoever_leads_a_group_takes_the_gate_along():
    run = following(steering.hold(EXERCISE, started("gap"), "gap"), LEAD)
    assert (run.step, run.gate) == ("view", "view")


def test_all_wait_where_the_first_one_is_and_nobody_is_sent_back():
    runs = [started("gap"), started("ideas"), started("view")]
    at = steering.furthest(EXERCISE, runs)
    assert at == "ideas"
    assert [steering.hold(EXERCISE, run, at).gate for run in runs] == ["ideas"] * 3
    assert steering.hold(EXERCISE, started("ideas"), "gap").gate == "ideas"


def test_before_the_last_step_there_is_nothing_left_to_wait_for():
    last, before = EXERCISE.steps[-1].id, EXERCISE.steps[-2].id
    assert steering.let_on(EXERCISE, replace(started(before), gate=before)).gate == ""
    assert steering.let_on(EXERCISE, started(last)).gate == ""
    assert steering.hold(EXERCISE, started(last), "gone since").gate == last


# Taking back ---------------------------------------------------------------------------------------------------------


def closed_both():
    one, two = with_idea(), replace(started("gap"), id=2, gate="view")
    done = [steering.close(run, NOW) for run in (one, two)]
    return (one, two), done, steering.deed("close", 1, zip((one, two), done, strict=True), NOW, exercise="1.a")


def test_the_last_thing_is_taken_back_within_ten_seconds():
    before, after, deed = closed_both()
    runs = {run.id: run for run in after}
    back = steering.take_back(deed, runs, NOW + timedelta(seconds=10))
    assert [steering.steered(run) for run in back] == [steering.steered(run) for run in before]
    assert back[0].entries == before[0].entries
    assert refusal(lambda: steering.take_back(deed, runs, NOW + timedelta(seconds=11))) == "deed.too_late"
    assert refusal(lambda: steering.take_back(None, runs, NOW)) == "deed.too_late"


def test_what_has_moved_on_is_not_taken_back():
    _, after, deed = closed_both()
    runs = {run.id: run for run in after} | {2: steering.reopen(after[1], NOW)}
    assert refusal(lambda: steering.take_back(deed, runs, NOW)) == "deed.moved_on"
    assert refusal(lambda: steering.take_back(deed, {1: after[0]}, NOW)) == "deed.moved_on"


def test_what_was_opened_is_closed_so_that_nothing_written_since_is_lost():
    run = started("ideas")
    deed = steering.deed("open", 1, [(None, run)], NOW, exercise="1.a")
    written = walk.write(run, the("ideas"), BEN, "Quick", now=NOW)
    (back,) = steering.take_back(deed, {run.id: written}, NOW)
    assert back.closed_at == NOW
    assert [entry.value for entry in back.entries_of("ideas")] == ["Quick"]


def test_taking_back_is_not_taken_back():
    with pytest.raises(Refusal):
        steering.take_back(steering.deed("back", 1, [], NOW, exercise="1.a"), {}, NOW)


def test_a_finger_that_taps_twice_meant_it_once():
    done = steering.deed("more", 1, [], NOW, exercise="1.a", groups=(2,))
    half = timedelta(milliseconds=500)
    assert steering.is_one_tap(done, "more", 1, "1.a", (2,), NOW + half)
    assert not steering.is_one_tap(done, "more", 1, "1.a", (2,), NOW + timedelta(seconds=1))
    assert not steering.is_one_tap(done, "more", 7, "1.a", (2,), NOW + half)  # another facilitator means it, too
    assert not steering.is_one_tap(done, "more", 1, "1.a", (), NOW + half)
    assert not steering.is_one_tap(done, "on", 1, "1.a", (2,), NOW + half)
    assert not steering.is_one_tap(None, "more", 1, "1.a", (2,), NOW)
