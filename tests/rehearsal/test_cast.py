"""The cast and its scripts fit the programme; what the demo checks at its end notices what is wrong."""

from dataclasses import replace

import pytest

from bot.core.exercise import StepKind
from bot.rehearsal import cast, demo_checks, duplicates
from bot.rehearsal.cast import Act
from bot.rehearsal.group_walk import Walk
from bot.rehearsal.player import fits
from bot.rehearsal.stored import Stored
from bot.rehearsal.world import World
from content import loader

PROGRAMME = loader.load_all()["innovation_digital_government"]
CAST = cast.load()


def walk_of(script):
    async def open_for(exercise, group):
        raise AssertionError

    walk = Walk(script, PROGRAMME, {}, open_for, lambda *_: None)
    walk.sheets = script.sheets(PROGRAMME)
    return walk


@pytest.mark.parametrize("script", CAST.scripts, ids=lambda script: f"group{script.group}")
def test_every_step_gets_what_it_needs(script):
    sheets = script.sheets(PROGRAMME)
    for exercise_id, steps in sheets.items():
        exercise = PROGRAMME.exercises[exercise_id]
        for step_id, values in steps.items():
            step = exercise.step(step_id)
            assert step is not None
            assert len(values) >= max(step.minimum, 1), (exercise_id, step_id)
            assert not step.maximum or len(values) <= step.maximum, (exercise_id, step_id)
            for value in values:
                if step.kind is StepKind.TABLE:
                    assert {column.id for column in step.columns if not column.optional} <= set(value), value
                else:
                    assert len(value) <= step.max_length, value
    named = {step for steps in script.acts.values() for step in steps}
    assert named <= {step.id for exercise in PROGRAMME.exercises.values() for step in exercise.steps}


def test_people_of_a_group_are_those_who_counted_its_numbers():
    assert [len(CAST.members(group)) for group in (1, 2, 3)] == [15, 15, 15]
    assert {CAST.counted(human) for human in CAST.members(2)} == {3, 4}
    assert len({human.key for human in CAST.people}) == len(CAST.people) == 45


def test_an_act_has_one_verb_and_its_people_exist():
    with pytest.raises(ValueError, match="one verb"):
        cast._act({"say": "a", "wrong": "b"})
    script = replace(CAST.scripts[0], acts={"2.4.1.a": {"gap": [Act("say", "a", "nobody", False, {})]}})
    with pytest.raises(ValueError, match="has no nobody"):
        cast._check_names(script, {"anjali"})


@pytest.mark.parametrize(
    ("label", "wanted", "fit"),
    [
        ("Next: Event", "Next: Event", True),
        ("✓ Land registrar", "Land registrar", True),
        ("2. Copies older than…", "2. Copies older than three months", True),
        ("2. Copies older than…", "2. Copies of a title", False),
        ("Back", "Back to the sheet", False),
        ("Group 1", "Group 11", False),
    ],
)
def test_labels_may_be_cut_or_marked(label, wanted, fit):
    assert fits(label, wanted) is fit


def stored(**changes):
    nothing = Stored(
        answers=0,
        sheets={},
        anonymous_authors=0,
        seats={},
        sent=frozenset(),
        interrupted=0,
        undelivered=[],
        dead_letters=0,
    )
    return replace(nothing, **changes)


def test_answers_that_are_missing_or_counted_twice_are_noticed():
    walk = walk_of(CAST.scripts[2])
    walk.sheets = {"2.4.1.a": {"gap": ["one gap"]}}
    right = {("2.4.1.a", 3, "gap"): [(1, "one gap")]}
    assert not list(demo_checks.stored_answers(stored(answers=1, sheets=right), [walk], PROGRAMME, 1))
    for wrong in (stored(answers=2, sheets=right), stored(answers=1), stored(answers=1, sheets=right, dead_letters=1)):
        assert len(list(demo_checks.stored_answers(wrong, [walk], PROGRAMME, 1))) == 1
    assert list(demo_checks.stored_answers(stored(answers=1, sheets=right, anonymous_authors=1), [walk], PROGRAMME, 1))


def test_products_with_a_line_too_few_or_too_many_are_noticed():
    walk = walk_of(CAST.scripts[0])
    walk.sheets = {"2.4.1.a": {step: [] for step in walk.sheets["2.4.1.a"]} | {"patterns": ["one", "two"]}}
    titles = "\n".join(section.title for section in PROGRAMME.exercises["2.4.1.a"].product.sections)
    walk.products["2.4.1.a"] = [f"Iceberg card · Group 1\nPage 1 of 2\n\n{titles}\n1. two", "Iceberg card\n2. one"]
    assert not list(demo_checks.products(walk, PROGRAMME))
    walk.products["2.4.1.a"][1] = "Iceberg card\n2. three"
    assert [line.partition(": ")[2] for line in demo_checks.products(walk, PROGRAMME)] == [
        "'one' is missing",
        "'three' should not be there",
    ]


async def test_what_stands_twice_on_a_phone_is_noticed():
    world = World("1:a")
    phone = world.phone(5, "Ama")
    phone.start()
    first = await world.call("sendMessage", {"chat_id": 5, "text": "a sheet"})
    second = await world.call("sendMessage", {"chat_id": 5, "text": "a sheet"})
    both = {first["message_id"], second["message_id"]}
    assert set(duplicates.visible(world, both, [])) == {first["message_id"]}
    assert set(duplicates.visible(world, both - {second["message_id"]}, [])) == both
    await world.call("editMessageText", {"chat_id": 5, "message_id": first["message_id"], "text": "shortened"})
    assert not duplicates.visible(world, both, [])
    phone.send("again")
    third = await world.call("sendMessage", {"chat_id": 5, "text": "a sheet"})
    assert not duplicates.visible(world, both | {third["message_id"]}, [])
    assert duplicates.visible(world, both | {third["message_id"]}, [world.requests[1].tick])
    assert duplicates.sent(world) == 3
