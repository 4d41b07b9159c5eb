"""An exercise that everybody does together, led by a facilitator."""

from __future__ import annotations

from dataclasses import replace

from bot.core import moves, walk
from bot.core.access import may_see_product
from bot.core.exercise import WHOLE_ROOM
from bot.core.run import Actor
from bot.core.sequence import (
    Standing,
    earlier_runs,
    groups_without,
    next_exercise,
    opens_itself,
    run_in_hand,
    standing,
    waits_for,
)
from bot.core.workshop import Membership, Role
from tests.core.planned import BEFORE, LEAD, NOW, PLENARY, PROGRAMME, REVIEW, run, the, workshop
from tests.core.small import refusal


def test_everybody_who_is_there_is_in_one_group_without_a_pen():
    here = workshop(5)
    gone = replace(here.members[2], status=Membership.LEFT)
    leading = replace(here.members[3], role=Role.FACILITATOR)
    here = replace(here, members={**here.members, 2: gone, 3: leading})
    formation = here.formation(WHOLE_ROOM)
    assert formation is not None
    assert formation.members_of(1) == [1, 4, 5]
    assert formation.groups[1].pen is None
    assert here.formation("three") == here.formations["three"]
    assert here.formation("other") is None


def test_it_waits_for_all_groups_and_needs_no_forming():
    here = workshop()
    published = [replace(run(REVIEW, group, id=group), published_at=NOW) for group in (1, 2)]
    assert standing(PROGRAMME, here, published, PLENARY, 1) is Standing.WAITING
    assert waits_for(PROGRAMME, here, published, PLENARY, 1) == [3]
    every = [*published, replace(run(REVIEW, 3, id=3), published_at=NOW)]
    assert standing(PROGRAMME, here, every, PLENARY, 1) is Standing.READY
    assert groups_without(here, every, PLENARY) == [1]
    opened = [*every, run(PLENARY, id=9)]
    assert standing(PROGRAMME, here, opened, PLENARY, 1) is Standing.OPEN
    assert run_in_hand(PROGRAMME, here, opened, 5) == opened[-1]
    assert earlier_runs(here, PROGRAMME, opened, "review", opened[-1]) == every
    assert earlier_runs(here, PROGRAMME, opened, "plenary", every[0]) == opened[-1:]


def test_it_isn_t_next_before_what_it_builds_on_was_begun():
    nobody = replace(workshop(), formations={})
    assert next_exercise(PROGRAMME, nobody, []) is None
    here = workshop()
    all_but = [
        run(each, group, id=index * 10 + group)
        for index, each in enumerate(PROGRAMME.exercises.values())
        for group in (1, 2, 3)
        if not each.whole_room
    ]
    assert next_exercise(PROGRAMME, here, []) == BEFORE
    assert next_exercise(PROGRAMME, here, all_but) == PLENARY


def test_nobody_opens_it_by_themselves_nor_moves_it_but_a_facilitator():
    assert not opens_itself(PROGRAMME, PLENARY)
    made = run(PLENARY)
    assert refusal(lambda: walk.pick(made, the(PLENARY, "doubles"), Actor(member=1), "+1.1", now=NOW)) == (
        "sheet.pen_only"
    )
    assert refusal(lambda: moves.skip(PLENARY, made, Actor(member=1), "doubles", now=NOW)) == "sheet.pen_moves"
    assert moves.skip(PLENARY, made, LEAD, "doubles", now=NOW).step == "vote"


def test_a_module_begins_with_a_facilitator_and_goes_on_by_itself():
    within = replace(REVIEW, module="4", after="rate")
    before = replace(PROGRAMME.exercises["rate"], module="4")
    programme = replace(PROGRAMME, exercises={**PROGRAMME.exercises, "rate": before, "review": within})
    assert opens_itself(programme, within)
    assert not opens_itself(programme, replace(within, module="5"))
    assert not opens_itself(programme, replace(within, after=""))


def test_everybody_sees_what_the_room_made():
    here = workshop()
    assert all(may_see_product(here, PLENARY, run(PLENARY), each) for each in here.participants())


def test_a_plan_alone_is_something_to_publish():
    made = run(PROGRAMME.exercises["plan"], at="send")
    pen = Actor(member=1, pen=True)
    assert moves.publish(PROGRAMME.exercises["plan"], made, pen, "send", now=NOW).published_at == NOW
    nothing = run(BEFORE, at="send")
    assert refusal(lambda: moves.publish(BEFORE, nothing, pen, "send", now=NOW)) == "sheet.nothing_to_publish"


def test_words_for_the_plan_only_note_that_the_group_is_at_work():
    exercise = PROGRAMME.exercises["plan"]
    made = replace(run(exercise, at="first"), active_at=NOW.replace(year=2026))
    after = walk.write(made, the(exercise, "first"), Actor(member=1), "Drill", now=NOW)
    assert (after.entries, after.active_at) == ({}, NOW)
    assert moves.unanswered(exercise, after, 3) == [the(exercise, "goal")]
    assert moves.next_step(exercise, after, Actor(member=1, pen=True), "first", members=3, now=NOW).step == "send"
