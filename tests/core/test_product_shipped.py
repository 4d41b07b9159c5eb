"""The shipped exercises: everything that a group answers is in their products."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import changes, moves, walk
from bot.core.exercise import Layout, Ref, Step, StepKind
from bot.core.product import Part, product
from bot.core.run import Run, open_run
from content.loader import load_all
from tests.core.small import ANA, NOW

SHIPPED = load_all()["innovation_digital_government"]
TEXTS = st.text("abéß漢<&{}=~1", min_size=1, max_size=12)


def shown(part: Part) -> Iterator[str]:
    """All words of a part."""
    yield from (str(getattr(line, "text", line)) for line in part.lines)
    for row in part.rows:
        yield row.name
        yield from (str(getattr(words, "text", words)) for _, words in row.cells)


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
            run = changes.set_column(run, asked, ANA, number, column.id, value, base=None, now=NOW)
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
            run = moves.publish(exercise, run, ANA, asked.id, now=NOW)
        elif asked.id in answered:
            run, said[asked.id] = answer(data, run, asked)
            run = moves.next_step(exercise, run, ANA, asked.id, members=3, now=NOW)
        else:
            run = moves.skip(exercise, run, ANA, asked.id, now=NOW)
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
            run = changes.set_column(run, table, ANA, run.next_entry - 1, column, value, base=None, now=NOW)
    (grid,) = [each for each in product("p", exercise, run).parts if each.layout is Layout.GRID]
    assert {title.text: names for title, names in grid.fields} == {
        "Keep an eye on": ("A",),
        "Keep informed": ("B", "E"),
        "Win over first": ("C",),
        "Work with closely": ("D",),
    }
