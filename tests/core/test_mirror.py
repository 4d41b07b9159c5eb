"""What may be worked on in front of everybody in a group chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core import mirror
from bot.core.exercise import Programme, Ref, Step, StepKind, Visibility, Who
from bot.core.mirror import GroupChat, Mirror
from content.loader import load_all
from tests.core.small import EXERCISE, NOW

PROGRAMME = Programme(name="small", title="Small", about="", days=1, exercises={EXERCISE.id: EXERCISE})
OPEN = Step(id="open", kind=StepKind.LIST, title="Open", prompt="What?")


def is_open(step: Step, programme: Programme = PROGRAMME) -> bool:
    return mirror.is_open(programme, EXERCISE, step)


@pytest.mark.parametrize("kind", [StepKind.READ, StepKind.TEXT, StepKind.LIST, StepKind.CHOICE, StepKind.CONFIRM])
def test_what_a_group_answers_together_may_stand_there(kind):
    assert is_open(replace(OPEN, kind=kind))


@pytest.mark.parametrize(
    "more",
    [
        {"anonymous": True},
        {"who": Who.EACH},
        {"visibility": Visibility.ME},
        {"kind": StepKind.PLAN},
        {"blanks": True},
        {"plot": ("a", "b")},
        {"disputed": True},
        {"items_from": Ref("1.a", "ideas")},
        {"kind": StepKind.CHOICE, "options_from": Ref("1.a", "beliefs")},  # what people wrote anonymously
        {"kind": StepKind.CHOICE, "options_from": Ref("1.a", "wishes")},  # what each wrote for themselves
        {"kind": StepKind.TEXT, "prefill": Ref("1.a", "beliefs")},
        {"kind": StepKind.CHOICE, "options_from": Ref("9.9", "gone")},
    ],
)
def test_what_is_ones_own_or_anonymous_or_made_of_that_may_not(more):
    assert not is_open(replace(OPEN, **more))


def test_what_is_made_of_open_answers_is_open():
    assert is_open(replace(OPEN, kind=StepKind.CHOICE, options_from=Ref("1.a", "ideas")))
    assert is_open(replace(OPEN, kind=StepKind.TEXT, prefill=Ref("1.a", "view")))


def test_of_what_is_shipped_nothing_anonymous_or_personal_is_open():
    for programme in load_all().values():
        for exercise in programme.exercises.values():
            for step in exercise.steps:
                if mirror.is_open(programme, exercise, step):
                    assert not step.anonymous, step.id
                    assert step.visibility is not Visibility.ME, step.id
                    assert step.who is not Who.EACH or step.kind in (StepKind.READ, StepKind.CONFIRM), step.id


def test_slots_name_the_topic():
    assert [mirror.slot_of(thread) for thread in (0, 7)] == ["mirror", "mirror.7"]
    assert [mirror.thread_of(slot) for slot in ("mirror", "mirror.7", "sheet", "sheet.7", "mirror.x")] == [
        0,
        7,
        0,
        0,
        0,
    ]


def test_a_group_that_moved_is_tied_under_its_new_id_alone():
    tied = Mirror(
        chat_id=-5,
        thread=7,
        workshop_id=1,
        grouping="two",
        group=1,
        language="en",
        tied_by=1,
        tied_at=datetime(2027, 6, 14, tzinfo=UTC),
    )
    before, after = mirror.moved(tied, -1005)
    assert (before.key, before.over) == ((-5, 7), True)
    assert (after.key, after.over, after.group) == ((-1005, 7), False, 1)


def test_so_many_strangers_are_remembered():
    chat = GroupChat(chat_id=-5, title="Room", language="en", greeted_at=NOW)
    for user_id in range(mirror.MOST_STRANGERS + 10):
        chat = mirror.told(chat, user_id)
    assert len(chat.strangers) == mirror.MOST_STRANGERS
    assert chat.strangers[-1] == mirror.MOST_STRANGERS + 9
