"""What an exercise yields: everything that was answered, under its heading."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import changes, moves, walk
from bot.core.exercise import Exercise, Ref
from bot.core.message import ContentText, Phrase
from bot.core.product import Part, cell, product
from bot.core.run import Run
from tests.core.small import ANA, BEN, CHI, EXERCISE, LEAD, NOW, started, the


def part(run: Run, title: str, exercise: Exercise = EXERCISE) -> Part:
    return next(each for each in product("small", exercise, run).parts if each.title.text == title)


def label(text: str) -> ContentText:
    return ContentText("small", text)


def with_row(run: Run, name: str, **columns: str | int) -> Run:
    run = walk.write(run, the("people"), BEN, name, now=NOW)
    for column, value in columns.items():
        number = run.next_entry - 1
        run = changes.set_column(run, the("people"), BEN, number, column, value, base=None, now=NOW)
    return run


# Single answers ------------------------------------------------------------------------------------------------------


def test_a_product_has_its_title_and_a_part_for_each_section_even_when_nothing_is_answered():
    empty = product("small", EXERCISE, started())
    assert empty.title == label("Card")
    assert [each.title for each in empty.parts] == [label(each.title) for each in EXERCISE.product.sections]
    assert all(each.empty and not each.skipped for each in empty.parts)


def test_a_part_with_anything_in_it_is_not_empty():
    run = walk.write(started(), the("gap"), ANA, "no signs", now=NOW)
    unrated = with_row(run, "Midwives")
    rated = with_row(run, "Midwives", near=1, far=1)
    filled = [part(run, "The gap"), part(unrated, "People")]
    filled += [part(each, "Where they stand") for each in (unrated, rated)]
    assert not any(each.empty for each in filled)


def test_texts_and_lists_stand_in_the_order_in_which_they_were_given():
    run = walk.write(started(), the("gap"), ANA, "no signs", now=NOW)
    for actor, idea in ((BEN, "boats"), (CHI, "carts"), (BEN, "mules")):
        run = walk.write(run, the("ideas"), actor, idea, now=NOW)
    run = changes.change(run, the("ideas"), ANA, 2, 1, "ships", now=NOW)
    run = changes.remove(run, the("ideas"), ANA, 3, 1, now=NOW)
    assert part(run, "The gap").lines == ("no signs",)
    assert part(run, "Ideas").lines == ("ships", "mules")


def test_ratings_are_written_with_a_sign_where_the_scale_goes_below_zero():
    run = walk.rate(started(), the("mood"), ANA, 2, now=NOW)
    for actor, number in ((BEN, -1), (CHI, 0), (LEAD, None)):
        run = walk.rate(run, the("mood"), actor, number, now=NOW)
    run = walk.rate(run, the("risk"), ANA, 4, now=NOW)
    assert part(run, "Moods").lines == ("+2", "−1", "0", Phrase("rating.dont_know"))
    assert part(run, "Risk").lines == ("4",)


def test_a_pick_reads_as_its_label_or_as_somebodys_own_words():
    run = walk.pick(started(), the("way"), ANA, "north", now=NOW)
    run = walk.pick(run, the("ways"), ANA, "south", now=NOW)
    run = walk.write(run, the("ways"), ANA, "=1 ~ up", now=NOW)
    assert part(run, "Way").lines == (label("North"),)
    assert part(run, "Ways").lines == (label("South"), "=1 ~ up")


def test_a_pick_of_an_earlier_entry_follows_its_words():
    run = with_row(with_row(started(), "Midwives"), "Clerks")
    for pick in ("=1", "=2"):
        run = walk.pick(run, the("whom"), ANA, pick, now=NOW)
    run = changes.set_column(run, the("people"), BEN, 2, "name", "Judges", base="Clerks", now=NOW)
    assert part(run, "Whom").lines == ("Midwives", "Judges")
    run = changes.remove(run, the("people"), BEN, 1, 1, now=NOW)
    assert part(run, "Whom").lines == ("Judges",)
    run = changes.put_back(run, the("people"), BEN, 1, now=NOW)
    assert part(run, "Whom").lines == ("Midwives", "Judges")


def test_a_pick_of_a_row_reads_as_the_column_that_was_offered():
    run = walk.pick(with_row(started(), "Midwives", note="few"), the("whom"), ANA, "=1", now=NOW)
    by_note = replace(the("whom"), options_from=Ref("1.a", "people", "note"))
    steps = tuple(by_note if each.id == "whom" else each for each in EXERCISE.steps)
    assert part(run, "Whom", replace(EXERCISE, steps=steps)).lines == ("few",)


def test_an_option_that_content_no_longer_has_is_left_out():
    run = walk.pick(started(), the("way"), ANA, "north", now=NOW)
    steps = tuple(replace(each, options=each.options[1:]) if each.id == "way" else each for each in EXERCISE.steps)
    assert part(run, "Way", replace(EXERCISE, steps=steps)).empty


def test_what_was_skipped_says_so():
    run = moves.skip(EXERCISE, started("gap"), ANA, "gap", now=NOW)
    assert part(run, "The gap").skipped
    assert not part(run, "The view").skipped


# Tables --------------------------------------------------------------------------------------------------------------


def test_a_row_shows_the_columns_that_are_filled_in_with_their_labels():
    run = with_row(with_row(started(), "Midwives", far=3, kind="foe", near=-2), "Clerks")
    first, second = part(run, "People").rows
    assert (first.name, second.name, second.cells) == ("Midwives", "Clerks", ())
    assert first.cells == ((label("Kind"), label("Foe")), (label("Near"), "−2"), (label("Far"), "3"))


def test_a_value_of_a_column_whose_kind_has_changed_since_is_shown_as_it_is():
    people = the("people")
    assert cell("small", people, "kind", "stranger") == "stranger"
    assert cell("small", people, "near", "much") == "much"
    assert cell("small", people, "gone", 3) == "3"


@pytest.mark.parametrize(
    ("near", "far", "field"), [(1, 1, "Neither"), (2, 1, "Near"), (1, 2, "Far"), (2, 2, "Both"), (-2, 5, "Far")]
)
def test_a_row_falls_into_the_field_of_its_two_ratings_high_from_the_middle_up(near, far, field):
    fields = part(with_row(started(), "Midwives", near=near, far=far), "Where they stand").fields
    assert [(title.text, names) for title, names in fields if names] == [(field, ("Midwives",))]
    assert [title.text for title, _ in fields] == ["Neither", "Near", "Far", "Both"]


@given(st.integers(-2, 2), st.integers(1, 5), st.integers(-1, 2))
@settings(max_examples=60, deadline=None)
def test_every_rated_row_is_in_one_field_and_every_other_unplaced(near, far, middle):
    sections = tuple(replace(each, middle=middle) for each in EXERCISE.product.sections)
    exercise = replace(EXERCISE, product=replace(EXERCISE.product, sections=sections))
    run = with_row(with_row(with_row(started(), "A", near=near, far=far), "B", near=near), "C", far=far)
    grid = part(run, "Where they stand", exercise)
    expected = (near >= middle) + 2 * (far >= middle)
    assert [names for _, names in grid.fields] == [("A",) if at == expected else () for at in range(4)]
    assert grid.unplaced == ("B", "C")


def test_a_section_whose_step_is_gone_is_empty():
    sections = (replace(EXERCISE.product.sections[0], step="gone"),)
    (nothing,) = product(
        "small", replace(EXERCISE, product=replace(EXERCISE.product, sections=sections)), started()
    ).parts
    assert nothing.empty
