"""What an exercise yields: everything that was answered, under its heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import walk
from bot.core.exercise import Exercise, Layout, Ref, Step, StepKind
from bot.core.message import ContentText, Phrase
from bot.core.product import Part, Product, cell, product
from bot.core.run import Run, open_run
from content.loader import load_all
from tests.core.small import ANA, BEN, CHI, EXERCISE, LEAD, NOW, started, the

SHIPPED = load_all()["innovation_digital_government"]
TEXTS = st.text("abéß漢<&{}=~1", min_size=1, max_size=12)


def part(run: Run, title: str, exercise: Exercise = EXERCISE) -> Part:
    return next(each for each in product("small", exercise, run).parts if each.title.text == title)


def label(text: str) -> ContentText:
    return ContentText("small", text)


def with_row(run: Run, name: str, **columns: str | int) -> Run:
    run = walk.write(run, the("people"), BEN, name, now=NOW)
    for column, value in columns.items():
        number = run.next_entry - 1
        run = walk.set_column(run, the("people"), BEN, number, column, value, base=None, now=NOW)
    return run


# Single answers ------------------------------------------------------------------------------------------------------


def test_a_product_has_its_title_and_a_part_for_each_section_even_when_nothing_is_answered():
    empty = product("small", EXERCISE, started())
    assert empty.title == label("Card")
    assert [each.title for each in empty.parts] == [label(each.title) for each in EXERCISE.product.sections]
    assert all(each.empty and not each.skipped for each in empty.parts)


def test_texts_and_lists_stand_in_the_order_in_which_they_were_given():
    run = walk.write(started(), the("gap"), ANA, "no signs", now=NOW)
    for actor, idea in ((BEN, "boats"), (CHI, "carts"), (BEN, "mules")):
        run = walk.write(run, the("ideas"), actor, idea, now=NOW)
    run = walk.change(run, the("ideas"), ANA, 2, 1, "ships", now=NOW)
    run = walk.remove(run, the("ideas"), ANA, 3, 1, now=NOW)
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
    run = walk.set_column(run, the("people"), BEN, 2, "name", "Judges", base="Clerks", now=NOW)
    assert part(run, "Whom").lines == ("Midwives", "Judges")
    run = walk.remove(run, the("people"), BEN, 1, 1, now=NOW)
    assert part(run, "Whom").lines == ("Judges",)
    run = walk.put_back(run, the("people"), BEN, 1, now=NOW)
    assert part(run, "Whom").lines == ("Midwives", "Judges")


def test_an_option_that_content_no_longer_has_is_left_out():
    run = walk.pick(started(), the("way"), ANA, "north", now=NOW)
    steps = tuple(replace(each, options=each.options[1:]) if each.id == "way" else each for each in EXERCISE.steps)
    assert part(run, "Way", replace(EXERCISE, steps=steps)).empty


def test_what_was_skipped_says_so():
    run = walk.skip(EXERCISE, started("gap"), ANA, "gap", now=NOW)
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


# The shipped exercises -----------------------------------------------------------------------------------------------


def shown(made: Product | Part) -> Iterator[str]:
    """All words of a product, or of a part."""
    for each in made.parts if isinstance(made, Product) else [made]:
        yield from (str(getattr(line, "text", line)) for line in each.lines)
        for row in each.rows:
            yield row.name
            yield from (str(getattr(words, "text", words)) for _, words in row.cells)
        for _, names in each.fields:
            yield from names
        yield from each.unplaced


def answer(data: st.DataObject, run: Run, asked: Step) -> tuple[Run, list[str]]:
    """The run with answers to a step, and the words that its product has to show for them."""
    match asked.kind:
        case StepKind.TEXT:
            text = data.draw(TEXTS)
            return walk.write(run, asked, ANA, text, now=NOW), [text]
        case StepKind.LIST:
            texts = data.draw(distinct(asked))
            for text in texts:
                run = walk.write(run, asked, ANA, text, now=NOW)
            return run, texts
        case StepKind.TABLE:
            return rows(data, run, asked)
        case StepKind.CHOICE:
            return picks(data, run, asked)
    return run, []


def distinct(asked: Step) -> st.SearchStrategy[list[str]]:
    least = max(asked.minimum, 1)
    return st.lists(TEXTS, min_size=least, max_size=least + 1, unique_by=lambda text: text.casefold())


def rows(data: st.DataObject, run: Run, asked: Step) -> tuple[Run, list[str]]:
    words = []
    for name in data.draw(distinct(asked)):
        run = walk.write(run, asked, ANA, name, now=NOW)
        number = run.next_entry - 1
        words.append(name)
        for column in asked.columns[1:]:
            value: str | int
            if column.kind is StepKind.CHOICE:
                at = data.draw(st.integers(0, len(column.options) - 1))
                value, said = column.options[at].id, column.options[at].label
            elif column.kind is StepKind.RATING:
                value = data.draw(st.integers(column.minimum, column.maximum))
                said = f"{value:+}" if column.minimum < 0 < value else str(value).replace("-", "−")
            else:
                value = said = data.draw(TEXTS)
            run = walk.set_column(run, asked, ANA, number, column.id, value, base=None, now=NOW)
            words.append(said)
    return run, words


def picks(data: st.DataObject, run: Run, asked: Step) -> tuple[Run, list[str]]:
    if asked.options:
        at = data.draw(st.integers(0, len(asked.options) - 1))
        return walk.pick(run, asked, ANA, asked.options[at].id, now=NOW), [asked.options[at].label]
    assert isinstance(asked.options_from, Ref)
    offered = {entry.number: entry.value for entry in run.entries_of(asked.options_from.step)}
    chosen = data.draw(st.permutations(list(offered)))[: asked.maximum]
    for number in chosen:
        run = walk.pick(run, asked, ANA, f"={number}", now=NOW)
    said = []
    for number in chosen:
        row = offered[number]
        assert isinstance(row, Mapping)
        said.append(str(row[asked.options_from.column]))
    return run, said


@pytest.mark.parametrize("exercise_id", ["2.4.1.a", "2.4.1.b", "2.4.1.c"])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_everything_a_group_answers_in_a_shipped_exercise_is_in_its_product(exercise_id, data):
    exercise = SHIPPED.exercises[exercise_id]
    run = open_run(id=1, workshop_id=1, exercise=exercise, group=1, now=NOW)
    answered = data.draw(st.sets(st.sampled_from([each.id for each in exercise.steps[:-1]]), min_size=1))
    answered |= {"stakeholders"} if "engage" in answered else set()
    said: dict[str, list[str]] = {}
    for asked in exercise.steps:
        if asked.kind is StepKind.CONFIRM:
            run = walk.publish(exercise, run, ANA, asked.id, now=NOW)
        elif asked.id in answered:
            run, said[asked.id] = answer(data, run, asked)
            run = walk.next_step(exercise, run, ANA, asked.id, members=3, now=NOW)
        else:
            run = walk.skip(exercise, run, ANA, asked.id, now=NOW)
    made = product(SHIPPED.name, exercise, run)
    for section, each in zip(exercise.product.sections, made.parts, strict=True):
        if section.layout is not Layout.GRID:
            assert list(shown(each)) == said.get(section.step, [])
        assert each.skipped == (section.step not in said)


def test_the_shipped_grid_has_four_fields_divided_at_four():
    exercise = SHIPPED.exercises["2.4.1.b"]
    table = exercise.step("stakeholders")
    assert table is not None
    run = open_run(id=1, workshop_id=1, exercise=exercise, group=1, now=NOW)
    for name, support, importance in (("A", 3, 3), ("B", 4, 3), ("C", 3, 4), ("D", 4, 4), ("E", 5, 1)):
        run = walk.write(run, table, ANA, name, now=NOW)
        for column, value in (("support", support), ("importance", importance)):
            run = walk.set_column(run, table, ANA, run.next_entry - 1, column, value, base=None, now=NOW)
    (grid,) = [each for each in product("p", exercise, run).parts if each.layout is Layout.GRID]
    assert {title.text: names for title, names in grid.fields} == {
        "Keep an eye on": ("A",),
        "Keep informed": ("B", "E"),
        "Win over first": ("C",),
        "Work with closely": ("D",),
    }


def test_a_section_whose_step_is_gone_is_empty():
    sections = (replace(EXERCISE.product.sections[0], step="gone"),)
    (nothing,) = product(
        "small", replace(EXERCISE, product=replace(EXERCISE.product, sections=sections)), started()
    ).parts
    assert nothing.empty
