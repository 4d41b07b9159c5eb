"""Answering: who may, and what is turned down. Each line of the table at the top of `walk` has its tests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core import changes, walk
from bot.core.errors import Refusal
from bot.core.exercise import Step, StepKind, Who
from bot.core.run import MOST_ENTRIES, Overtaken, Run
from tests.core.small import ANA, BEN, CHI, FOR_DEB, LATER, LEAD, NOW, published, refusal, started, the, values


def write(run, step_id, actor, text):
    return walk.write(run, the(step_id), actor, text, now=NOW)


# Who -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("actor", [ANA, BEN, CHI, LEAD, FOR_DEB])
def test_anyone_adds_to_a_list(actor):
    run = write(started(), "ideas", actor, "boats")
    (entry,) = run.entries_of("ideas")
    assert (entry.value, entry.author, entry.entered_by) == ("boats", actor.member, actor.entered_by)


@pytest.mark.parametrize("actor", [ANA, LEAD, FOR_DEB])
def test_a_step_for_the_scribe_is_written_by_the_pen_or_a_facilitator(actor):
    assert values(write(started(), "gap", actor, "no signs"), "gap") == ["no signs"]


def test_a_step_for_the_scribe_is_not_written_by_others():
    assert refusal(write, started(), "gap", BEN, "no signs") == "sheet.pen_only"


def test_a_step_for_each_keeps_everyones_answer_apart():
    run = walk.rate(started(), the("mood"), ANA, 2, now=NOW)
    run = walk.rate(run, the("mood"), BEN, -1, now=NOW)
    run = walk.rate(run, the("mood"), ANA, None, now=NOW)
    assert {entry.author: entry.value for entry in run.entries_of("mood")} == {1: None, 2: -1}


def test_a_facilitator_answers_in_the_name_of_someone_without_a_phone():
    run = walk.rate(started(), the("mood"), FOR_DEB, 1, now=NOW)
    run = walk.rate(run, the("mood"), LEAD, 0, now=NOW)
    assert {entry.author: (entry.value, entry.entered_by) for entry in run.entries_of("mood")} == {
        4: (1, 9),
        9: (0, None),
    }


def test_an_anonymous_entry_keeps_neither_its_author_nor_its_time():
    for actor in (ANA, FOR_DEB):
        run = walk.write(started(), the("beliefs"), actor, "paper counts", now=LATER)
        run = changes.change(run, the("beliefs"), BEN, 1, 1, "only paper counts", now=LATER)
        (entry,) = run.entries_of("beliefs")
        assert (entry.author, entry.entered_by, entry.created_at, entry.changed_at) == (None, None, NOW, NOW)


def test_the_one_text_of_a_group_is_replaced_unasked_by_its_author_and_the_pen_only():
    run = write(started(), "view", BEN, "grey")
    assert values(write(run, "view", BEN, "green"), "view") == ["green"]
    assert values(write(run, "view", ANA, "green"), "view") == ["green"]
    with pytest.raises(Overtaken) as caught:
        write(run, "view", CHI, "green")
    assert caught.value.theirs == run.entry(1)
    assert caught.value.mine == "green"


def test_the_same_answer_twice_is_one():
    run = write(started(), "view", BEN, "grey")
    assert write(run, "view", CHI, " grey ").entries == run.entries


def test_published_answers_stay_as_they_are_for_everyone_but_facilitators():
    run = write(started(), "ideas", BEN, "boats")
    run = walk.write(run, the("people"), BEN, "Midwives", now=NOW)
    run = published(changes.remove(write(run, "ideas", BEN, "carts"), the("ideas"), BEN, 3, 1, now=NOW))
    acts = [
        lambda actor: write(run, "ideas", actor, "rafts"),
        lambda actor: write(run, "gap", actor, "no signs"),
        lambda actor: walk.pick(run, the("way"), actor, "north", now=NOW),
        lambda actor: walk.rate(run, the("risk"), actor, 3, now=NOW),
        lambda actor: changes.change(run, the("ideas"), actor, 1, 1, "ships", now=NOW),
        lambda actor: changes.set_column(run, the("people"), actor, 2, "far", 3, base=None, now=NOW),
        lambda actor: changes.remove(run, the("ideas"), actor, 1, 1, now=NOW),
        lambda actor: changes.put_back(run, the("ideas"), actor, 3, now=NOW),
        lambda actor: changes.settle(run, the("ideas"), actor, 1, 1, "ships", now=NOW),
    ]
    for act in acts:
        for member in (ANA, BEN):
            assert refusal(act, member) == "sheet.published"
        assert act(LEAD).entries != run.entries


# What ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u2060", "\u2800", "\ufe0f", "\U000e0041", "\u202e", "\x00"])
@pytest.mark.parametrize("step_id", ["gap", "ideas", "people", "ways"])
def test_what_nobody_can_see_is_no_answer(step_id, text):
    assert refusal(write, started(), step_id, ANA, text) == "input.empty"


@pytest.mark.parametrize("step_id", ["gap", "ideas", "people", "ways"])
def test_a_text_may_be_as_long_as_the_step_says_and_no_longer(step_id):
    assert write(started(), step_id, ANA, "é" * 20).entries
    with pytest.raises(Refusal) as caught:
        write(started(), step_id, ANA, "é" * 21)
    assert (caught.value.key, caught.value.params) == ("input.too_long", {"length": 21, "longest": 20})


def test_a_full_list_takes_no_more_until_there_is_room():
    run = started()
    for word in ("one", "two", "three"):
        run = write(run, "ideas", BEN, word)
    assert refusal(write, run, "ideas", CHI, "four") == "sheet.full"
    run = changes.remove(run, the("ideas"), CHI, 1, 1, now=NOW)
    assert values(write(run, "ideas", CHI, "four"), "ideas") == ["two", "three", "four"]


def test_a_list_for_each_is_full_for_each():
    run = started()
    for actor in (ANA, BEN):
        run = write(write(run, "wishes", actor, "peace"), "wishes", actor, "rain")
        assert refusal(write, run, "wishes", actor, "sun") == "sheet.full"
    assert len(run.entries_of("wishes")) == 4


def test_no_sheet_grows_without_end():
    endless = replace(the("ideas"), maximum=0)
    run = started()
    for number in range(MOST_ENTRIES):
        run = walk.write(run, endless, BEN, f"idea {number}", now=NOW)
    assert refusal(lambda: walk.write(run, endless, CHI, "one more", now=NOW)) == "sheet.full"
    own = replace(endless, who=Who.EACH)
    assert refusal(lambda: walk.write(run, own, BEN, "one more", now=NOW)) == "sheet.full"
    assert walk.write(run, own, CHI, "one more", now=NOW) != run


@pytest.mark.parametrize("again", ["Boats", "bOATS ", "boats\u200b"])
def test_what_stands_there_already_is_not_added_again(again):
    assert refusal(lambda: write(write(started(), "ideas", ANA, "boats"), "ideas", BEN, again)) == "input.already_there"
    assert (
        refusal(lambda: write(write(started(), "people", ANA, "boats"), "people", BEN, again)) == "input.already_there"
    )


@pytest.mark.parametrize("typed", ["4", " 4 ", "+4", "04", "٤", "４", "४"])
def test_a_number_may_be_typed_in_any_script(typed):
    assert values(write(started(), "risk", BEN, typed), "risk") == [4]


@pytest.mark.parametrize("typed", ["-1", "−1", "–1", "- 1"])
def test_a_minus_may_be_typed_as_phones_write_it(typed):
    assert values(write(started(), "mood", BEN, typed), "mood") == [-1]


@pytest.mark.parametrize("typed", ["0", "6", "-3", "3.5", "three", "1 2", "1_0", "3!", "²", "9" * 4096, "1\n2", "--3"])
def test_anything_but_a_number_in_range_is_turned_down(typed):
    with pytest.raises(Refusal) as caught:
        write(started(), "risk", BEN, typed)
    assert (caught.value.key, caught.value.params) == ("input.number", {"minimum": 1, "maximum": 5})


def test_dont_know_is_an_answer_where_the_step_allows_it():
    assert values(walk.rate(started(), the("mood"), BEN, None, now=NOW), "mood") == [None]
    assert refusal(lambda: walk.rate(started(), the("risk"), BEN, None, now=NOW)) == "input.number"
    assert refusal(lambda: walk.rate(started(), the("risk"), BEN, 6, now=NOW)) == "input.number"


@pytest.mark.parametrize("step_id", ["intro", "send"])
def test_where_nothing_is_asked_nothing_is_written(step_id):
    assert refusal(write, started(), step_id, LEAD, "hello") == "input.nothing_asked"


@pytest.mark.parametrize("step_id", ["intro", "gap", "ideas", "people", "way", "ways", "send"])
def test_only_a_rating_step_takes_a_rating(step_id):
    run = started()
    assert refusal(lambda: walk.rate(run, the(step_id), LEAD, 0, now=NOW)) == "input.nothing_asked"


@pytest.mark.parametrize("step_id", ["intro", "gap", "ideas", "people", "mood", "risk", "send"])
def test_only_a_choice_takes_a_pick(step_id):
    run = started()
    assert refusal(lambda: walk.pick(run, the(step_id), LEAD, "north", now=NOW)) == "input.nothing_asked"


# Choosing ------------------------------------------------------------------------------------------------------------


def test_anyone_in_the_group_may_change_a_choice_that_they_have_seen():
    run = walk.pick(started(), the("way"), BEN, "north", now=NOW, version=0)
    run = walk.pick(run, the("way"), CHI, "south", now=NOW, version=1)
    assert [(entry.value, entry.author, entry.version) for entry in run.entries_of("way")] == [(("south",), 2, 2)]


def test_who_chose_on_an_older_screen_is_shown_what_was_chosen_meanwhile():
    run = walk.pick(started(), the("way"), BEN, "north", now=NOW, version=0)
    with pytest.raises(Overtaken) as caught:
        walk.pick(run, the("way"), CHI, "south", now=NOW, version=0)
    assert (caught.value.theirs, caught.value.mine) == (run.entry(1), ("south",))


def test_several_are_chosen_one_by_one_up_to_the_most():
    run = started()
    for option in ("north", "east", "south"):
        run = walk.pick(run, the("ways"), BEN, option, now=NOW)
    assert values(run, "ways") == [("north", "east", "south")]
    assert refusal(lambda: walk.pick(run, the("ways"), BEN, "west", now=NOW)) == "input.too_many"


def test_choosing_again_takes_it_back_down_to_nothing():
    run = walk.pick(started(), the("ways"), BEN, "north", now=NOW, version=0)
    run = walk.pick(run, the("ways"), CHI, "north", now=NOW, version=1)
    assert values(run, "ways") == []


def test_the_same_tap_twice_is_one_choice():
    run = walk.pick(started(), the("ways"), BEN, "north", now=NOW, version=0)
    assert values(walk.pick(run, the("ways"), BEN, "north", now=NOW, version=0), "ways") == [("north",)]
    assert values(walk.pick(run, the("ways"), CHI, "east", now=NOW, version=0), "ways") == [("north", "east")]


def test_a_tap_made_for_a_choice_taken_back_since_does_not_fit_the_next_one():
    run = walk.pick(started(), the("way"), BEN, "north", now=NOW, version=0)
    run = changes.remove(run, the("way"), ANA, 1, 1, now=NOW)
    run = walk.pick(run, the("way"), BEN, "east", now=NOW, version=0)
    with pytest.raises(Overtaken):
        walk.pick(run, the("way"), CHI, "south", now=NOW, version=1)


def test_own_words_are_a_choice_where_the_step_allows_them():
    assert values(write(started(), "ways", BEN, "up and away"), "ways") == [("~up and away",)]
    assert refusal(write, started(), "way", BEN, "up and away") == "input.choose"


def test_a_pick_of_an_entry_that_was_removed_counts_no_more():
    run = started()
    for name in ("Midwives", "Clerks", "Judges"):
        run = write(run, "people", BEN, name)
    for number in (1, 2):
        run = walk.pick(run, the("whom"), ANA, f"={number}", now=NOW)
    assert refusal(lambda: walk.pick(run, the("whom"), ANA, "=3", now=NOW)) == "input.too_many"
    run = changes.remove(run, the("people"), ANA, 1, 1, now=NOW)
    run = walk.pick(run, the("whom"), ANA, "=3", now=NOW)
    assert values(run, "whom") == [("=2", "=3")]


def test_a_long_text_taken_in_parts_leaves_out_what_stands_there_already():
    step = Step(id="s", kind=StepKind.LIST, title="t", prompt="p", max_length=20)
    run = Run(id=1, workshop_id=1, exercise="e", step="s", opened_at=NOW, active_at=NOW)
    text = "The queue is long. The queue is long. Nobody owns it."
    once = walk.write_in_parts(run, step, ANA, text, now=NOW)
    assert [entry.value for entry in once.entries_of("s")] == ["The queue is long.", "Nobody owns it."]
    with pytest.raises(Refusal, match="already_there"):
        walk.write_in_parts(once, step, ANA, text, now=NOW)
