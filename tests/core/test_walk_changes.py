"""Changing, removing, putting back: who may, and what happens when two do it at the same time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core import changes, checked, walk
from bot.core.run import Overtaken
from tests.core.small import ANA, BEN, CHI, COLUMNS, FOR_DEB, LATER, LEAD, NOW, refusal, started, the, values


def write(run, step_id, actor, text):
    return walk.write(run, the(step_id), actor, text, now=NOW)


def change(run, step_id, actor, number, version, text):
    return changes.change(run, the(step_id), actor, number, version, text, now=LATER)


def fill(run, actor, number, column, value, base=None):
    return changes.set_column(run, the("people"), actor, number, column, value, base=base, now=LATER)


def remove(run, step_id, actor, number, version):
    return changes.remove(run, the(step_id), actor, number, version, now=LATER)


def put_back(run, step_id, actor, number):
    return changes.put_back(run, the(step_id), actor, number, now=LATER)


def overtaken(act, *args):
    with pytest.raises(Overtaken) as caught:
        act(*args)
    return caught.value.theirs, caught.value.mine


@pytest.fixture
def ideas():
    return write(write(started(), "ideas", BEN, "boats"), "ideas", CHI, "carts")


@pytest.fixture
def people():
    return write(write(started(), "people", BEN, "Midwives"), "people", CHI, "Clerks")


# Words ---------------------------------------------------------------------------------------------------------------


def test_anyone_rewords_an_entry_of_a_shared_list_and_it_stays_its_authors(ideas):
    run = change(ideas, "ideas", ANA, 1, 1, "ships")
    (entry, _) = run.entries_of("ideas")
    assert (entry.value, entry.author, entry.version, entry.created_at, entry.changed_at) == ("ships", 2, 2, NOW, LATER)


def test_whoever_was_slower_is_shown_both_wordings(ideas):
    run = change(ideas, "ideas", ANA, 1, 1, "ships")
    assert overtaken(change, run, "ideas", CHI, 1, 1, "rafts") == (run.entry(1), "rafts")
    assert change(run, "ideas", CHI, 1, 1, "ships") is run


def test_whoever_rewords_what_was_removed_meanwhile_is_told(ideas):
    run = remove(ideas, "ideas", ANA, 1, 1)
    assert overtaken(change, run, "ideas", CHI, 1, 1, "rafts") == (None, "rafts")
    assert overtaken(change, run, "ideas", CHI, 77, 1, "rafts") == (None, "rafts")


def test_an_entry_can_not_be_reworded_into_another_one(ideas):
    assert refusal(change, ideas, "ideas", BEN, 1, 1, "Carts") == "input.already_there"
    assert values(change(ideas, "ideas", BEN, 1, 1, "Boats"), "ideas") == ["Boats", "carts"]


def test_only_its_author_or_a_facilitator_changes_what_each_gave():
    run = write(write(started(), "wishes", BEN, "rain"), "wishes", FOR_DEB, "sun")
    for actor in (ANA, CHI):
        assert refusal(change, run, "wishes", actor, 1, 1, "snow") == "sheet.not_yours"
        assert refusal(remove, run, "wishes", actor, 1, 1) == "sheet.not_yours"
    gone = remove(run, "wishes", BEN, 1, 1)
    assert refusal(put_back, gone, "wishes", CHI, 1) == "sheet.not_yours"
    assert refusal(lambda: changes.settle(gone, the("wishes"), CHI, 1, 2, "snow", now=NOW)) == "sheet.not_yours"
    assert values(change(run, "wishes", BEN, 1, 1, "snow"), "wishes") == ["snow", "sun"]
    assert values(change(run, "wishes", LEAD, 2, 1, "snow"), "wishes") == ["rain", "snow"]


def test_only_the_pen_changes_what_the_scribe_wrote():
    run = write(started(), "gap", ANA, "no signs")
    assert refusal(change, run, "gap", BEN, 1, 1, "signs") == "sheet.pen_only"
    assert refusal(remove, run, "gap", BEN, 1, 1) == "sheet.pen_only"


@pytest.mark.parametrize("step_id", ["people", "way", "ways", "risk", "intro", "send"])
def test_only_texts_and_lists_are_reworded(step_id):
    run = walk.pick(started(), the("way"), ANA, "north", now=NOW)
    assert refusal(change, run, step_id, LEAD, 1, 1, "south") == "input.nothing_asked"


def test_an_entry_belongs_to_its_step(ideas):
    assert overtaken(change, ideas, "beliefs", BEN, 1, 1, "ships") == (None, "ships")
    assert overtaken(fill, ideas, BEN, 1, "far", 3) == (None, 3)
    assert remove(ideas, "beliefs", BEN, 1, 1) is ideas
    assert put_back(remove(ideas, "ideas", BEN, 1, 1), "beliefs", BEN, 1).entry(1) is None
    assert refusal(lambda: changes.settle(ideas, the("beliefs"), BEN, 1, 1, "ships", now=NOW)) == "sheet.gone"


# Rows ----------------------------------------------------------------------------------------------------------------


def test_two_people_fill_in_different_columns_of_one_row(people):
    run = fill(fill(people, ANA, 1, "far", 3), BEN, 1, "near", -2)
    run = fill(run, CHI, 1, "kind", "foe")
    (row, _) = values(run, "people")
    assert row == {"name": "Midwives", "far": 3, "near": -2, "kind": "foe"}


def test_two_people_in_one_column_stand_in_each_others_way(people):
    run = fill(people, ANA, 1, "far", 3)
    assert overtaken(fill, run, BEN, 1, "far", 4) == (run.entry(1), 4)
    assert fill(run, BEN, 1, "far", 3) is run
    assert values(fill(run, BEN, 1, "far", 4, base=3), "people")[0] == {"name": "Midwives", "far": 4}


def test_a_row_that_was_removed_takes_nothing(people):
    assert overtaken(fill, remove(people, "people", ANA, 1, 1), BEN, 1, "far", 4) == (None, 4)


def test_rows_keep_names_of_their_own(people):
    assert refusal(write, people, "people", ANA, "midwives ") == "input.already_there"
    assert refusal(fill, people, ANA, 1, "name", "CLERKS", "Midwives") == "input.already_there"
    assert values(fill(people, ANA, 1, "name", "MIDWIVES", base="Midwives"), "people")[0] == {"name": "MIDWIVES"}


@pytest.mark.parametrize(
    ("column", "value", "key"),
    [
        ("near", 3, "input.number"),
        ("near", "far", "input.number"),
        ("kind", "stranger", "input.choose"),
        ("note", "n" * 31, "input.too_long"),
        ("note", "\u200b", "input.empty"),
        ("name", " ", "input.empty"),
        ("age", 3, "input.nothing_asked"),
    ],
)
def test_a_column_takes_only_what_it_asks_for(people, column, value, key):
    assert refusal(fill, people, LEAD, 1, column, value, people.entry(1).value.get(column)) == key


def test_what_is_typed_for_a_column_is_read_as_the_column_asks():
    name, kind, near, _, _ = COLUMNS
    assert checked.column(name, " Clerks ") == "Clerks"
    assert checked.column(near, "−2") == -2
    assert refusal(checked.column, kind, "Friend") == "input.choose"


# Removing ------------------------------------------------------------------------------------------------------------


def test_what_was_removed_can_be_put_back_with_its_words(ideas):
    run = remove(ideas, "ideas", ANA, 1, 1)
    assert values(run, "ideas") == ["carts"]
    run = put_back(run, "ideas", CHI, 1)
    assert values(run, "ideas") == ["boats", "carts"]
    assert [entry.version for entry in run.entries_of("ideas")] == [3, 1]
    assert put_back(run, "ideas", CHI, 1) is run
    assert put_back(run, "ideas", CHI, 99) is run


def test_nobody_removes_what_they_have_not_seen(ideas):
    run = change(ideas, "ideas", ANA, 1, 1, "ships")
    assert overtaken(remove, run, "ideas", CHI, 1, 1) == (run.entry(1), None)


def test_removing_twice_is_the_same_as_once(ideas):
    run = remove(ideas, "ideas", ANA, 1, 1)
    assert remove(run, "ideas", BEN, 1, 1) is run


def test_what_was_removed_does_not_come_back_into_a_full_list(ideas):
    run = remove(ideas, "ideas", ANA, 1, 1)
    run = write(write(run, "ideas", BEN, "rafts"), "ideas", BEN, "mules")
    assert refusal(put_back, run, "ideas", CHI, 1) == "sheet.full"
    assert refusal(lambda: changes.settle(run, the("ideas"), CHI, 1, 2, "ships", now=NOW)) == "sheet.full"


def test_what_was_removed_does_not_come_back_beside_its_like(ideas, people):
    run = write(remove(ideas, "ideas", ANA, 1, 1), "ideas", BEN, "Boats")
    assert refusal(put_back, run, "ideas", CHI, 1) == "input.already_there"
    run = write(remove(people, "people", ANA, 1, 1), "people", BEN, "midwives")
    assert refusal(put_back, run, "people", CHI, 1) == "input.already_there"


@pytest.mark.parametrize(("step_id", "first", "second"), [("gap", "no signs", "no maps"), ("risk", 1, 2)])
def test_a_step_with_one_answer_never_gets_a_second_one_back(step_id, first, second):
    run = remove(write(started(), step_id, ANA, str(first)), step_id, ANA, 1, 1)
    run = write(run, step_id, ANA, str(second))
    assert overtaken(put_back, run, step_id, ANA, 1) == (run.entry(2), first)
    assert overtaken(lambda: changes.settle(run, the(step_id), ANA, 1, 2, first, now=NOW)) == (run.entry(2), first)


def test_someones_own_answer_comes_back_beside_the_others():
    run = walk.rate(walk.rate(started(), the("mood"), BEN, 1, now=NOW), the("mood"), CHI, 2, now=NOW)
    run = put_back(remove(run, "mood", BEN, 1, 1), "mood", BEN, 1)
    assert values(run, "mood") == [1, 2]


def test_a_button_of_an_answer_that_was_removed_since_answers_nothing():
    run = remove(walk.rate(started(), the("risk"), BEN, 3, now=NOW, version=0), "risk", BEN, 1, 1)
    assert overtaken(lambda: walk.rate(run, the("risk"), BEN, 4, now=NOW, version=1)) == (None, 4)
    assert overtaken(lambda: walk.pick(run, the("way"), BEN, "north", now=NOW, version=1)) == (None, ("north",))


# Settling ------------------------------------------------------------------------------------------------------------


def test_whoever_has_seen_both_may_put_their_own_words(ideas):
    run = change(ideas, "ideas", ANA, 1, 1, "ships")
    run = changes.settle(run, the("ideas"), CHI, 1, 2, "rafts", now=LATER)
    assert values(run, "ideas") == ["rafts", "carts"]


def test_a_third_one_who_was_quicker_still_is_shown_too(ideas):
    run = change(change(ideas, "ideas", ANA, 1, 1, "ships"), "ideas", BEN, 1, 2, "rafts")
    settle = lambda: changes.settle(run, the("ideas"), CHI, 1, 2, "mules", now=LATER)  # noqa: E731
    assert overtaken(settle) == (run.entry(1), "mules")


def test_what_was_removed_meanwhile_comes_back_with_ones_own_words(ideas):
    run = remove(ideas, "ideas", ANA, 1, 1)
    run = changes.settle(run, the("ideas"), CHI, 1, 2, "rafts", now=LATER)
    assert values(run, "ideas") == ["rafts", "carts"]


def test_settling_a_column_leaves_the_others_alone(people):
    run = fill(fill(people, ANA, 1, "far", 3), BEN, 1, "near", 2)
    run = changes.settle(run, the("people"), CHI, 1, 3, 5, column="far", now=LATER)
    assert values(run, "people")[0] == {"name": "Midwives", "far": 5, "near": 2}
    name = lambda: changes.settle(run, the("people"), CHI, 1, 4, "Clerks", column="name", now=LATER)  # noqa: E731
    assert refusal(name) == "input.already_there"


def test_dont_know_wins_a_conflict_like_any_number():
    unsure = replace(the("risk"), dont_know=True)
    run = walk.rate(started(), unsure, BEN, 3, now=NOW, version=0)
    assert changes.settle(run, unsure, CHI, 1, 1, None, now=NOW).entries_of("risk")[0].value is None
