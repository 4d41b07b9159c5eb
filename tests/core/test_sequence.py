"""The order of exercises: what may open when, what is missing, what an exercise takes over from an earlier one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core import sequence
from bot.core.changes import remove
from bot.core.exercise import (
    Exercise,
    Grouping,
    ProductDef,
    Programme,
    Ref,
    Section,
    Step,
    StepKind,
    Topic,
)
from bot.core.grouping import count_off, merge
from bot.core.run import Actor, Run, open_run
from bot.core.sequence import Standing
from bot.core.walk import write
from bot.core.workshop import Workshop

NOW = datetime(2027, 6, 14, 8, 0, tzinfo=UTC)
TOPICS = ("t1", "t2", "t3", "t4")
FOUR = Grouping(id="four", title="Four", groups=4, count_off=4)
TWO = Grouping(
    id="two", title="Two", groups=2, count_off=4, topics_per_group=2, merge_of="four", merges=((1, 2), (3, 4))
)


def exercise(id: str, grouping: str, after: str = "", options_from: Ref | None = None) -> Exercise:
    steps = (
        Step(id="gaps", kind=StepKind.LIST, title="Gaps", prompt="Which?"),
        Step(id="picked", kind=StepKind.CHOICE, title="Picked", prompt="Which one?", options_from=options_from),
        Step(id="end", kind=StepKind.CONFIRM, title="Publish", prompt="Publish?"),
    )
    product = ProductDef(title=id, sections=(Section(title="Gaps", step="gaps"),))
    return Exercise(id=id, title=id, about="", minutes=20, steps=steps, product=product, grouping=grouping, after=after)


PROGRAMME = Programme(
    name="test",
    title="Test",
    about="",
    days=1,
    topics=tuple(Topic(id=topic, name=topic) for topic in TOPICS),
    groupings={"four": FOUR, "two": TWO},
    exercises={
        "1": exercise("1", ""),
        "2.a": exercise("2.a", "four"),
        "3.a": exercise("3.a", "two", after="2.a", options_from=Ref("2.a", "gaps")),
        "3.b": exercise("3.b", "two", after="3.a", options_from=Ref("3.b", "gaps")),
    },
)


def workshop(*groupings: str) -> Workshop:
    members = list(range(1, 9))
    four = count_off(FOUR, members, TOPICS, now=NOW)
    formations = {"four": four, "two": merge(TWO, four, members, now=NOW + timedelta(hours=1))}
    return Workshop(
        id=1,
        programme="test",
        title="Test",
        first_on=date(2027, 6, 14),
        country="GH",
        zone="Africa/Accra",
        code="ABCDEF",
        link_token="l",
        facilitator_token=None,
        created_at=NOW,
        formations={name: formations[name] for name in groupings},
    )


def run(id: int, exercise_id: str, group: int, *gaps: str, published: bool = False) -> Run:
    opened = open_run(id=id, workshop_id=1, exercise=PROGRAMME.exercises[exercise_id], group=group, now=NOW)
    for gap in gaps:
        opened = write(opened, PROGRAMME.exercises[exercise_id].steps[0], Actor(member=1), gap, now=NOW)
    return replace(opened, published_at=NOW if published else None)


def standing(runs: list[Run], exercise_id: str, group: int, room: Workshop) -> Standing:
    return sequence.standing(PROGRAMME, room, runs, PROGRAMME.exercises[exercise_id], group)


# What may open ---------------------------------------------------------------------------------------------------


def test_without_groups_nothing_is_ready():
    assert standing([], "2.a", 1, workshop()) is Standing.UNFORMED
    assert standing([], "2.a", 5, workshop("four")) is Standing.UNFORMED
    assert sequence.next_exercise(PROGRAMME, workshop(), []) is None


def test_the_first_is_ready_once_there_are_groups():
    assert standing([], "2.a", 1, workshop("four")) is Standing.READY


def test_a_group_goes_on_by_itself_within_its_own_groups():
    room = workshop("four", "two")
    runs = [run(1, "3.a", 1, published=True), run(2, "3.a", 2)]
    assert standing(runs, "3.a", 1, room) is Standing.PUBLISHED
    assert standing(runs, "3.b", 1, room) is Standing.READY
    assert standing(runs, "3.a", 2, room) is Standing.OPEN
    assert standing(runs, "3.b", 2, room) is Standing.WAITING
    after = PROGRAMME.exercises["3.b"]
    assert sequence.waits_for(PROGRAMME, room, runs, after, 1) == []
    assert sequence.waits_for(PROGRAMME, room, runs, after, 2) == [2]


def test_across_formations_every_earlier_group_is_waited_for():
    room = workshop("four", "two")
    runs = [run(n, "2.a", n, published=n != 3) for n in (1, 2, 3)]
    assert standing(runs, "3.a", 1, room) is Standing.WAITING
    assert sequence.waits_for(PROGRAMME, room, runs, PROGRAMME.exercises["3.a"], 1) == [3, 4]
    done = [run(n, "2.a", n, published=True) for n in (1, 2, 3, 4)]
    assert standing(done, "3.a", 1, room) is Standing.READY
    assert standing(done, "3.a", 1, workshop("two")) is Standing.WAITING  # the four were never formed


def test_the_next_exercise_is_the_first_that_some_group_lacks():
    room = workshop("four", "two")
    runs = [run(1, "2.a", 1), run(2, "2.a", 2), run(3, "2.a", 4)]
    following = sequence.next_exercise(PROGRAMME, room, runs)
    assert following is not None
    assert following.id == "2.a"
    assert sequence.groups_without(room, runs, following) == [3]
    runs.append(run(4, "2.a", 3))
    following = sequence.next_exercise(PROGRAMME, room, runs)
    assert following is not None
    assert following.id == "3.a"


def test_what_each_does_alone_is_no_group_exercise():
    assert [each.id for each in sequence.for_groups(PROGRAMME)] == ["2.a", "3.a", "3.b"]


# What somebody has in hand ---------------------------------------------------------------------------------------


def test_in_hand_is_the_newest_run_of_ones_group():
    room = workshop("four", "two")
    four, two = (room.formations[name].seats[3].group for name in ("four", "two"))
    old, new, foreign = run(1, "2.a", four), run(2, "3.a", two), run(3, "3.a", 3 - two)
    assert sequence.run_in_hand(PROGRAMME, room, [], 3) is None
    assert sequence.run_in_hand(PROGRAMME, room, [old], 3) is old
    assert sequence.run_in_hand(PROGRAMME, room, [old, new, foreign], 3) is new
    assert sequence.run_in_hand(PROGRAMME, room, [old, new, foreign], 99) is None


def test_in_hand_is_what_is_left_to_do_where_the_newest_is_published():
    room = workshop("four", "two")
    two = room.formations["two"].seats[3].group
    skipped, done = run(1, "3.a", two), run(2, "3.b", two, published=True)
    assert sequence.run_in_hand(PROGRAMME, room, [skipped, done], 3) is skipped
    all_done = [replace(skipped, published_at=NOW), done]
    assert sequence.run_in_hand(PROGRAMME, room, all_done, 3) is done


def test_groups_with_something_on_their_sheets_are_at_work():
    runs = [run(1, "2.a", 1), run(2, "2.a", 4, "No shared records"), run(3, "3.a", 2, "x")]
    assert sequence.groups_at_work(PROGRAMME, runs, "four") == {4}
    assert sequence.groups_at_work(PROGRAMME, runs, "two") == {2}


# What is taken over ----------------------------------------------------------------------------------------------


def test_a_merged_group_takes_over_from_the_groups_of_its_topics():
    room = workshop("four", "two")
    runs = [run(n, "2.a", n, f"gap of {n}") for n in (1, 2, 3, 4)]
    here = run(9, "3.a", 2)
    step = PROGRAMME.exercises["3.a"].steps[1]
    assert sequence.earlier_answers(room, PROGRAMME, runs, here, Ref("2.a", "gaps")) == ["gap of 3", "gap of 4"]
    assert sequence.earlier_options(room, PROGRAMME, runs, here, step) == [
        ("~gap of 3", "gap of 3"),
        ("~gap of 4", "gap of 4"),
    ]
    assert sequence.earlier_options(room, PROGRAMME, [], here, step) == []
    assert sequence.earlier_answers(room, PROGRAMME, runs, here, Ref("gone", "gaps")) == []


def test_an_entry_of_the_same_run_is_picked_by_its_number():
    step = PROGRAMME.exercises["3.b"].steps[1]
    here = run(9, "3.b", 1, "first", "second")
    room = workshop("four", "two")
    assert sequence.earlier_options(room, PROGRAMME, [here], here, step) == [("=1", "first"), ("=2", "second")]
    gone = remove(here, PROGRAMME.exercises["3.b"].steps[0], Actor(member=1), 1, 1, now=NOW)
    assert sequence.earlier_options(room, PROGRAMME, [gone], gone, step) == [("=2", "second")]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a text", "a text"),
        (3, "3"),
        (None, ""),
        ({"name": "Clinic", "kind": "partner"}, "Clinic"),
        ({}, ""),
        (("=1", "~our own"), "our own"),
    ],
)
def test_any_answer_can_be_read_as_words(value, words):
    entry = replace(run(1, "2.a", 1, "x").entries[1], value=value)
    assert sequence.entry_text(entry) == words


# What is past ----------------------------------------------------------------------------------------------------


def test_groups_that_were_merged_since_are_neither_waited_for_nor_missed():
    lone = exercise("2.b", "four")
    programme = replace(PROGRAMME, exercises={"2.b": lone, "3.b": exercise("3.b", "two")})
    before, after = workshop("four"), workshop("two")
    assert not sequence.is_past(programme, before, lone)
    assert sequence.is_past(programme, workshop("four", "two"), lone)
    assert sequence.unformed(programme, before) == {"two"}
    assert sequence.unformed(programme, after) == set()
    following = sequence.next_exercise(programme, workshop("four", "two"), [])
    assert following is not None
    assert following.id == "3.b"


def test_what_is_closed_stays_and_what_was_opened_by_mistake_is_as_if_it_had_not_been():
    room = workshop("four", "two")
    shut = replace(run(1, "3.a", 1, "A gap"), closed_at=NOW)
    mistake = replace(run(2, "3.a", 2), closed_at=NOW)
    assert standing([shut, mistake], "3.a", 1, room) is Standing.CLOSED
    assert standing([shut, mistake], "3.a", 2, room) is not Standing.CLOSED
    assert sequence.groups_without(room, [shut, mistake], PROGRAMME.exercises["3.a"]) == [2]
    seat = next(number for number, seat in room.formations["two"].seats.items() if seat.group == 2)
    assert sequence.run_in_hand(PROGRAMME, room, [shut, mistake], seat) is None
