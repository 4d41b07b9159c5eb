"""To whom a facilitator writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import broadcast as rules
from bot.core.audience import FACILITATORS, Audience, To, members_of, stops_of
from bot.core.broadcast import Broadcast
from bot.core.errors import Refusal
from bot.core.exercise import Programme
from bot.core.grouping import Formation, Group, Seat
from bot.core.run import Entry, Run
from bot.core.workshop import Member, Membership, Role, Workshop, open_workshop
from tests.core.small import EXERCISE, NOW

PROGRAMME = Programme(name="small", title="Small", about="", days=1, exercises={EXERCISE.id: EXERCISE})
LEFT, LEADS = 7, 8


@pytest.fixture
def workshop() -> Workshop:
    """Six participants in two groups, one of them without a phone; one who left; a facilitator beside the organiser."""
    opened = open_workshop(
        id=1,
        programme="small",
        title="W",
        first_on=NOW.date(),
        country="KE",
        zone="Africa/Nairobi",
        code="ABCDEF",
        link_token="l",
        facilitator_token="f",
        organiser_id=101,
        organiser_name="Ada",
        now=NOW,
    )
    members = {
        number: Member(
            number=number,
            name=f"M{number}",
            user_id=None if number == 6 else 100 + number,
            joined_at=NOW,
            role=Role.FACILITATOR if number == LEADS else Role.PARTICIPANT,
            status=Membership.LEFT if number == LEFT else Membership.ACTIVE,
        )
        for number in range(2, 9)
    }
    seats = {number: Seat(member=number, group=1 + number // 5, counted=1) for number in (2, 3, 4, 5, 6, LEFT)}
    groups = {1: Group(number=1, scribe=2, reporter=3), 2: Group(number=2, scribe=5, reporter=LEFT)}
    formation = Formation(grouping="two", formed_at=NOW, groups=groups, seats=seats)
    return replace(opened, members={**opened.members, **members}, formations={"two": formation})


def run(group: int, step: str, *answers: tuple[int | None, object]) -> Run:
    entries = {
        number: Entry(number=number, step=step, author=author, value=value, created_at=NOW, changed_at=NOW)  # type: ignore[arg-type]
        for number, (author, value) in enumerate(answers, 1)
    }
    return Run(
        id=group,
        workshop_id=1,
        exercise=EXERCISE.id,
        group=group,
        step=step,
        opened_at=NOW,
        active_at=NOW,
        entries=entries,
    )


def numbers(workshop: Workshop, audience: Audience, *runs: Run, seen=None) -> list[int]:
    return [each.number for each in members_of(audience, workshop, PROGRAMME, runs, seen or {}, NOW)]


def test_everyone_is_every_participant_who_is_there(workshop):
    assert numbers(workshop, Audience()) == [2, 3, 4, 5, 6]


def test_groups_are_those_seated_there_now(workshop):
    assert numbers(workshop, Audience(to=To.GROUPS, grouping="two", groups=(2,))) == [5, 6]
    assert numbers(workshop, Audience(to=To.GROUPS, grouping="gone", groups=(2,))) == []
    assert numbers(workshop, Audience(to=To.GROUPS, grouping="two", groups=())) == []


@pytest.mark.parametrize(
    ("role", "expected"),
    [("scribe", [2, 5]), ("reporter", [3]), ("timekeeper", []), (FACILITATORS, [1, LEADS]), ("king", [])],
)
def test_a_role_is_whoever_holds_it_and_is_there(workshop, role, expected):
    assert numbers(workshop, Audience(to=To.ROLE, role=role, grouping="two")) == expected


def test_those_not_seen_are_those_with_a_phone_that_was_silent_for_as_long(workshop):
    ago = {101 + number: NOW - timedelta(minutes=minutes) for number, minutes in ((1, 31), (2, 30), (3, 29))}
    assert numbers(workshop, Audience(to=To.AWAY, minutes=30), seen=ago) == [2, 3, 5]


def test_those_at_a_step_are_the_groups_whose_sheet_is_there(workshop):
    here, there = EXERCISE.steps[0].id, EXERCISE.steps[1].id
    runs = (run(1, here), run(2, there))
    assert numbers(workshop, Audience(to=To.STEP, exercise=EXERCISE.id, step=here), *runs) == [2, 3, 4]
    assert numbers(workshop, Audience(to=To.STEP, exercise=EXERCISE.id, step=there), *runs) == [5, 6]
    published = replace(runs[0], published_at=NOW)
    assert numbers(workshop, Audience(to=To.STEP, exercise=EXERCISE.id, step=here), published) == []


def test_a_sheet_of_ones_own_is_its_member_s(workshop):
    own = replace(run(0, EXERCISE.steps[0].id), member=4)
    audience = Audience(to=To.UNFINISHED, exercise=EXERCISE.id, step=EXERCISE.steps[0].id)
    assert numbers(workshop, audience, own) == [4]


def test_who_answered_a_step_for_each_is_finished_and_the_others_are_not(workshop):
    step = "mood"
    at = run(1, step, (3, 2))
    audience = Audience(to=To.UNFINISHED, exercise=EXERCISE.id, step=step)
    assert numbers(workshop, audience, at) == [2, 4]
    assert numbers(workshop, replace(audience, to=To.STEP), at) == [2, 3, 4]
    assert [stop.members for stop in stops_of(workshop, PROGRAMME, [at], unfinished=True)] == [(2, 4)]


def test_a_group_that_answers_together_is_unfinished_together(workshop):
    step = "ideas"
    audience = Audience(to=To.UNFINISHED, exercise=EXERCISE.id, step=step)
    assert numbers(workshop, audience, run(1, step, (3, "done"))) == [2, 3, 4]


def test_who_gave_less_than_was_asked_for_is_unfinished(workshop):
    at = run(1, "wishes", (3, "one"), (4, "one"), (4, "two"))
    assert numbers(workshop, Audience(to=To.UNFINISHED, exercise=EXERCISE.id, step="wishes"), at) == [2, 3]


def test_nobody_learns_who_answered_anonymously(workshop):
    exercise = replace(
        EXERCISE, steps=tuple(replace(each, anonymous=True) if each.who == "each" else each for each in EXERCISE.steps)
    )
    programme = replace(PROGRAMME, exercises={EXERCISE.id: exercise})
    found = stops_of(workshop, programme, [run(1, "mood", (None, 1), (None, 2))], unfinished=True)
    assert [stop.members for stop in found] == [(2, 3, 4)]


def test_steps_are_listed_in_their_order_and_once(workshop):
    first, second = EXERCISE.steps[0].id, EXERCISE.steps[1].id
    found = stops_of(workshop, PROGRAMME, [run(2, second), run(1, first)])
    assert [(stop.step.id, stop.members) for stop in found] == [(first, (2, 3, 4)), (second, (5, 6))]
    together = stops_of(workshop, PROGRAMME, [run(2, first), run(1, first)])
    assert [stop.members for stop in together] == [(2, 3, 4, 5, 6)]


# What becomes of a broadcast -----------------------------------------------------------------------------------------

MADE = Broadcast(id=1, workshop_id=1, sender=1, audience=Audience(), text="x")
LATER = NOW + timedelta(minutes=10)


def refused(key: str, work, *args) -> None:
    with pytest.raises(Refusal) as caught:
        work(*args)
    assert caught.value.key == key


def test_one_that_waits_goes_once():
    waits = rules.put_off(MADE, LATER, NOW)
    assert waits.waits
    sent = rules.send(waits, (6,), LATER)
    assert (sent.waits, sent.sent_at, sent.aloud) == (False, LATER, (6,))
    refused("broadcast.is_sent", rules.send, sent, (), LATER)
    refused("broadcast.is_sent", rules.put_off, sent, LATER, NOW)


def test_one_that_was_stopped_before_it_went_can_still_go_or_wait():
    stopped = rules.stop(rules.put_off(MADE, LATER, NOW), 8, NOW)
    assert (stopped.waits, stopped.stopped_by) == (False, 8)
    refused("broadcast.is_stopped", rules.stop, stopped, 8, NOW)
    assert rules.put_off(stopped, LATER, NOW).waits
    assert rules.send(stopped, (), NOW).stopped_at is None


def test_a_time_has_to_come_and_not_too_late():
    refused("broadcast.time_passed", rules.check_time, NOW, NOW)
    refused("broadcast.time_far", rules.check_time, NOW + timedelta(days=201), NOW)
    rules.check_time(LATER, NOW)
    assert rules.is_too_late(NOW, NOW + timedelta(minutes=61))
    assert not rules.is_too_late(NOW, NOW + timedelta(minutes=60))
