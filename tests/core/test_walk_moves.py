"""Moving through an exercise and publishing: who may, and what a step needs before it is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import changes, moves, walk
from bot.core.errors import Refusal
from bot.core.run import STUCK_AFTER, answered, current, have_answered, is_stuck, missing_columns, position, steps_done
from tests.core.small import (
    ANA,
    BEN,
    CHI,
    EXERCISE,
    FOR_DEB,
    LATER,
    LEAD,
    NOW,
    published,
    refusal,
    started,
    the,
    values,
)


def next_step(run, actor, step_id, members=3):
    return moves.next_step(EXERCISE, run, actor, step_id, members=members, now=LATER)


def skip(run, actor, step_id):
    return moves.skip(EXERCISE, run, actor, step_id, now=LATER)


def back(run, actor, step_id):
    return moves.back(EXERCISE, run, actor, step_id, now=LATER)


def go_to(run, actor, step_id):
    return moves.go_to(EXERCISE, run, actor, step_id, now=LATER)


def publish(run, actor, step_id="send"):
    return moves.publish(EXERCISE, run, actor, step_id, now=LATER)


def filled(step_id, *texts, actor=BEN):
    run = started(step_id)
    for text in texts:
        run = walk.write(run, the(step_id), actor, text, now=NOW)
    return run


# Who -----------------------------------------------------------------------------------------------------------------


def test_the_pen_and_facilitators_move_the_group():
    run = filled("view", "grey")
    for actor in (ANA, LEAD, FOR_DEB):
        assert next_step(run, actor, "view").step == "ideas"
        assert skip(run, actor, "view").step == "ideas"
        assert back(run, actor, "view").step == "gap"
        assert go_to(run, actor, "people").step == "people"
    for move in (next_step, skip, back, go_to):
        assert refusal(move, run, BEN, "view") == "sheet.pen_moves"
    assert refusal(publish, filled("send"), BEN) == "sheet.pen_moves"


def test_a_published_exercise_is_moved_by_facilitators_only():
    run = published(walk.write(started(), the("ideas"), BEN, "boats", now=NOW))
    for move in (next_step, skip, back, go_to):
        assert refusal(move, run, ANA, "send") == "sheet.published"
    run = back(run, LEAD, "send")
    assert skip(run, LEAD, "whom").skipped == {"whom"}
    assert go_to(run, LEAD, "gap").step == "gap"


@pytest.mark.parametrize("move", [next_step, skip, back, publish])
def test_a_button_of_an_earlier_step_moves_nothing(move):
    assert refusal(move, filled("ideas", "boats", "carts"), ANA, "view") == "sheet.moved_on"


# Next ----------------------------------------------------------------------------------------------------------------


def needs(run, step_id, members=3):
    with pytest.raises(Refusal) as caught:
        next_step(run, ANA, step_id, members)
    return caught.value.key, caught.value.params


def test_what_is_only_read_is_left_by_next():
    assert next_step(started(), ANA, "intro").step == "gap"


def test_a_question_needs_an_answer():
    assert needs(started("gap"), "gap") == ("sheet.need_answer", {})
    assert needs(started("risk"), "risk") == ("sheet.need_answer", {})
    assert needs(started("way"), "way") == ("sheet.need_answer", {})
    assert next_step(filled("gap", "no signs", actor=ANA), ANA, "gap").step == "view"


def test_a_question_that_is_optional_needs_none():
    assert next_step(started("view"), ANA, "view").step == "ideas"


def test_a_list_needs_as_many_entries_as_the_step_asks_for():
    assert needs(filled("ideas", "boats"), "ideas") == ("sheet.need_more", {"have": 1, "need": 2})
    assert needs(started("beliefs"), "beliefs") == ("sheet.need_more", {"have": 0, "need": 1})
    assert next_step(filled("ideas", "boats", "carts"), ANA, "ideas").step == "beliefs"


def test_a_choice_of_several_needs_as_many_picks_as_the_step_asks_for():
    run = walk.pick(started("ways"), the("ways"), BEN, "north", now=NOW)
    assert needs(run, "ways") == ("sheet.need_more", {"have": 1, "need": 2})
    assert next_step(walk.pick(run, the("ways"), BEN, "east", now=NOW), ANA, "ways").step == "people"


def test_a_pick_whose_entry_was_removed_is_no_answer():
    run = walk.pick(filled("people", "Midwives"), the("whom"), ANA, "=1", now=NOW)
    assert answered(run, the("whom"))
    assert not answered(changes.remove(run, the("people"), BEN, 1, 1, now=NOW), the("whom"))


def test_a_row_counts_when_its_columns_are_filled_in():
    run = filled("people", "Midwives")
    assert needs(run, "people") == ("sheet.need_more", {"have": 0, "need": 1})
    assert missing_columns(the("people"), run.entries[1]) == ["kind", "near", "far"]
    for column, value in (("kind", "friend"), ("near", 0), ("far", 1)):
        run = changes.set_column(run, the("people"), BEN, 1, column, value, base=None, now=NOW)
    assert next_step(run, ANA, "people").step == "whom"


def test_a_step_for_each_needs_everyones_answer():
    run = walk.rate(started("mood"), the("mood"), BEN, 1, now=NOW)
    assert needs(run, "mood") == ("sheet.need_each", {"have": 1, "need": 3})
    run = walk.rate(walk.rate(run, the("mood"), CHI, None, now=NOW), the("mood"), FOR_DEB, 2, now=NOW)
    assert next_step(run, ANA, "mood").step == "risk"


def test_a_list_for_each_is_not_done_by_one_who_writes_much():
    run = filled("wishes", "rain", "sun")
    run = walk.write(run, the("wishes"), CHI, "peace", now=NOW)
    assert have_answered(run, the("wishes")) == 1
    assert needs(run, "wishes", members=2) == ("sheet.need_each", {"have": 1, "need": 2})
    run = walk.write(run, the("wishes"), CHI, "snow", now=NOW)
    assert next_step(run, ANA, "wishes", members=2).step == "mood"


def test_where_nobody_is_named_every_answer_counts_for_one_person():
    secret = replace(the("mood"), anonymous=True)
    run = walk.rate(walk.rate(started("mood"), secret, BEN, 1, now=NOW), secret, CHI, 1, now=NOW)
    assert have_answered(run, secret) == 2


def test_the_last_step_has_no_next():
    assert refusal(next_step, started("send"), ANA, "send") == "sheet.last_step"
    assert refusal(skip, started("send"), ANA, "send") == "sheet.last_step"


# Skip and back -------------------------------------------------------------------------------------------------------


def test_skipping_goes_on_without_an_answer_and_says_so():
    run = skip(started("gap"), ANA, "gap")
    assert (run.step, run.skipped) == ("view", {"gap"})
    assert next_step(back(run, ANA, "view"), ANA, "gap").step == "view"


def test_skipping_keeps_what_stands_there():
    run = skip(filled("ideas", "boats"), ANA, "ideas")
    assert (run.step, run.skipped, values(run, "ideas")) == ("beliefs", frozenset(), ["boats"])


def test_an_answer_takes_back_the_skip():
    run = walk.write(started("gap"), the("gap"), ANA, "no signs", now=NOW)
    gone = skip(changes.remove(run, the("gap"), ANA, 1, 1, now=NOW), ANA, "gap")
    assert gone.skipped == {"gap"}
    assert changes.put_back(gone, the("gap"), ANA, 1, now=NOW).skipped == frozenset()
    assert changes.settle(gone, the("gap"), ANA, 1, 2, "no maps", now=NOW).skipped == frozenset()
    assert walk.write(gone, the("gap"), ANA, "no maps", now=NOW).skipped == frozenset()


def test_there_is_nothing_before_the_first_step():
    assert refusal(back, started(), ANA, "intro") == "sheet.first_step"
    assert back(started("gap"), ANA, "gap").step == "intro"


def test_a_step_that_content_no_longer_has_falls_back_to_the_first():
    run = replace(started(), step="gone")
    assert current(EXERCISE, run).id == "intro"
    assert next_step(run, ANA, "intro").step == "gap"
    assert go_to(run, ANA, "nowhere") is run


# Publishing ----------------------------------------------------------------------------------------------------------


def test_an_empty_sheet_is_not_published():
    run = filled("ideas", "boats")
    gone = go_to(changes.remove(run, the("ideas"), BEN, 1, 1, now=NOW), ANA, "send")
    assert refusal(publish, gone, ANA) == "sheet.nothing_to_publish"
    assert publish(go_to(run, ANA, "send"), ANA).published_at == LATER


def test_only_the_last_step_publishes():
    assert refusal(publish, filled("ideas", "boats"), ANA, "ideas") == "sheet.moved_on"


def test_publishing_twice_is_the_same_as_once():
    run = published(filled("ideas", "boats"))
    for actor in (ANA, BEN, LEAD):
        assert publish(run, actor) is run
    assert run.published_at == NOW


def test_the_end_names_what_has_no_answer_yet():
    run = walk.rate(skip(filled("gap"), ANA, "gap"), the("risk"), BEN, 3, now=NOW)
    open_steps = [step.id for step in moves.unanswered(EXERCISE, run, 2)]
    assert open_steps == ["gap", "ideas", "beliefs", "wishes", "mood", "way", "ways", "people", "whom"]


# How far -------------------------------------------------------------------------------------------------------------


def test_the_count_of_steps_done_grows_with_answers_skips_and_what_was_read():
    assert position(EXERCISE, the("gap")) == (2, len(EXERCISE.steps))
    run = started()
    assert steps_done(EXERCISE, run) == 0
    run = next_step(run, ANA, "intro")
    assert steps_done(EXERCISE, run) == 1
    run = walk.rate(skip(run, ANA, "gap"), the("risk"), BEN, 3, now=NOW)
    assert steps_done(EXERCISE, run) == 3
    assert steps_done(EXERCISE, published(run)) == 4


def test_a_group_is_stuck_after_minutes_without_an_answer_or_a_move():
    run = started()
    almost = NOW + STUCK_AFTER - timedelta(seconds=1)
    assert not is_stuck(run, now=almost)
    assert is_stuck(run, now=NOW + STUCK_AFTER)
    assert not is_stuck(next_step(run, ANA, "intro"), now=NOW + STUCK_AFTER)
    assert not is_stuck(published(filled("ideas", "boats")), now=NOW + STUCK_AFTER)
