"""Whatever there can be in a workshop, forgetting it and reading it again gives the same."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core import grouping, membership, roles
from bot.core.dialogue import Person
from bot.core.exercise import Grouping
from bot.core.message import Board
from bot.core.plan import ActionPlan, Report
from bot.core.plenary import Plenary
from bot.core.room import Room
from bot.core.run import Run
from bot.core.workshop import Member, Workshop, close
from bot.runner import Runner
from storage import boards
from storage.database import Database
from tests.storage.generated import DIALOGUES, PEOPLE, WORDS, any_of, any_plan, any_plenary, any_room, any_run
from tests.storage.turns import ADA, NOW, a_run, a_workshop, commit, started

SIX = Grouping(id="six", title="Six", groups=4, count_off=4)
TWO = Grouping(
    id="two", title="Two", groups=2, count_off=4, topics_per_group=2, merge_of="six", merges=((1, 2), (3, 4))
)
TOPICS = ("air", "sea", "land", "fire")


@dataclass
class Bot:
    """A runner with its loop, for tests that try many things on one database."""

    loop: asyncio.Runner
    runner: Runner
    database: Database

    def __post_init__(self) -> None:
        self.ids = count(2)
        self.commit(ADA, a_workshop(1), a_run(1))

    def commit(self, *values: Person | Workshop | Run | ActionPlan | Room | Plenary) -> None:
        self.loop.run(commit(self.runner, *values))

    def read_again(
        self, value: Person | Workshop | Run | ActionPlan | Room | Plenary
    ) -> Person | Workshop | Run | ActionPlan | Room | Plenary | None:
        self.runner.forget()
        match value:
            case Person():
                return self.loop.run(self.runner.person(value.user_id))
            case Workshop():
                return self.loop.run(self.runner.workshop(value.id))
            case Run():
                return self.loop.run(self.runner.run(value.id))
            case ActionPlan():
                return self.loop.run(self.runner.plan(value.id))
            case Room():
                return self.loop.run(self.runner.room(value.workshop_id))
            case Plenary():
                return self.loop.run(self.runner.plenary(value.workshop_id))


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with asyncio.Runner() as loop:
        database = loop.run(Database.open(tmp_path_factory.mktemp("read")))
        runner = loop.run(started(database, tmp_path_factory.mktemp("locales")))
        yield Bot(loop, runner, database)
        loop.run(database.close())


MODEST = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


# People --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", DIALOGUES, ids=lambda kind: kind.__name__)
def test_somebody_is_still_asked_what_they_were_asked(bot: Bot, kind):
    @settings(MODEST, max_examples=5)
    @given(any_of(kind))
    def is_still_asked(dialogue):
        asked = replace(ADA, dialogue=dialogue)
        bot.commit(asked)
        assert bot.read_again(asked) == asked

    is_still_asked()


@MODEST
@given(PEOPLE)
def test_a_person_is_read_as_they_were_written(bot: Bot, person: Person):
    bot.commit(person)
    assert bot.read_again(person) == person
    assert (person.user_id in bot.loop.run(bot.runner.people_with_something_on_show())) == (
        person.dialogue is not None or person.sheet_run_id is not None or person.room_id is not None
    )
    bot.commit(replace(person, dialogue=None, offers=(), sheet_run_id=None, room_id=None))


# Workshops -----------------------------------------------------------------------------------------------------------


def joined(bot: Bot, workshop: Workshop, names: list[str]) -> Workshop:
    """With more people: some on their phones, some entered, one of them leading."""
    for at, name in enumerate(names):
        if at % 3 == 2:
            workshop, _ = membership.enter(workshop, name=name, organisation="UN", now=NOW)
            continue
        user_id = 2**50 + at
        bot.commit(Person(user_id=user_id, name=name, language="fr"))
        workshop, _, _ = membership.join(workshop, user_id=user_id, name=name, organisation="", now=NOW)
    return workshop


def shuffled(draw: st.DrawFn, workshop: Workshop) -> Workshop:
    """After one thing that may happen to a workshop with groups."""
    numbers = [member.number for member in workshop.participants()]
    before = workshop.formations.get("six")
    groups = sorted(before.groups) if before else []
    how = draw(
        st.sampled_from(["count", "merge", "move", "vacate", "roles", "pen", "leave", "lead", "close", "rename"])
    )
    member = draw(st.sampled_from(numbers)) if numbers else 0
    if how == "count" and len(numbers) >= 4:
        size = draw(st.integers(1, 4))
        made = grouping.count_off(SIX, numbers, TOPICS, now=NOW, groups=size, before=before)
        return replace(workshop, formations={**workshop.formations, "six": made})
    if how == "close" and workshop.closed_at is None:
        return close(workshop, NOW)
    if how == "rename" and member:
        return membership.rename(workshop, member, draw(WORDS))
    if how == "leave" and member:
        return membership.remove(workshop, member) if member % 2 else membership.leave(workshop, member)
    if before is None or not member:
        return workshop
    after = before
    if how == "merge" and len(groups) == 4:
        made = grouping.merge(TWO, before, numbers, now=NOW, before=workshop.formations.get("two"))
        return replace(workshop, formations={**workshop.formations, "two": made})
    if how == "move":
        after = grouping.move(before, member, draw(st.sampled_from(groups)))
    elif how == "vacate":
        after = grouping.vacate(before, member)
    elif how == "roles":
        after = roles.fill_roles(before, draw(st.sampled_from(groups)), now=NOW, phones=numbers)
    elif how == "pen" and member in before.seats:
        later = NOW + timedelta(minutes=draw(st.integers(0, 2)))
        group = before.seats[member].group
        if before.groups[group].pen != member:
            after = roles.ask_for_pen(before, member, now=later)
    return replace(workshop, formations={**workshop.formations, "six": after})


@MODEST
@given(st.data())
def test_a_workshop_is_read_as_it_is_after_everything_that_happened_to_it(bot: Bot, data: st.DataObject):
    id = next(bot.ids)
    workshop = joined(bot, a_workshop(id), data.draw(st.lists(WORDS, min_size=1, max_size=8)))
    bot.commit(workshop)
    assert bot.read_again(workshop) == workshop
    for _ in range(data.draw(st.integers(1, 5))):
        assert bot.loop.run(bot.runner.workshop(id)) == workshop  # from the database, so that changes build on it
        for _ in range(data.draw(st.integers(1, 3))):
            workshop = data.draw(st.composite(shuffled)(workshop))
        bot.commit(workshop)
        assert bot.read_again(workshop) == workshop


def test_a_member_keeps_their_number_account_and_status(bot: Bot):
    id = next(bot.ids)
    bot.commit(Person(user_id=2**52, name="Ben", language="en"))
    workshop, ben, _ = membership.join(a_workshop(id), user_id=2**52, name="Ben", organisation="UN", now=NOW)
    bot.commit(membership.remove(workshop, ben.number))
    again = bot.read_again(workshop)
    assert isinstance(again, Workshop)
    assert isinstance(again.members[ben.number], Member)
    assert again.members[ben.number] == replace(ben, status=again.members[ben.number].status)
    assert again.members[ben.number].status.value == "removed"


# Runs ----------------------------------------------------------------------------------------------------------------


@MODEST
@given(st.data())
def test_a_run_is_read_as_it_was_with_entries_of_every_shape(bot: Bot, data: st.DataObject):
    id = next(bot.ids)
    bot.commit(a_workshop(id))
    first = data.draw(any_run(id, id))
    bot.commit(first)
    assert bot.read_again(first) == first
    again = bot.loop.run(bot.runner.runs_of(id))
    assert again == [first]
    other = data.draw(any_run(id, id))
    entries = {**first.entries, **other.entries}
    for number in first.entries.keys() & other.entries.keys():
        was = first.entries[number]
        entries[number] = replace(other.entries[number], step=was.step, created_at=was.created_at)
    after = replace(
        other,
        exercise=first.exercise,
        member=first.member,
        opened_at=first.opened_at,
        entries=dict(sorted(entries.items())),
    )
    bot.commit(after)
    assert bot.read_again(after) == after


@MODEST
@given(st.data())
def test_a_room_is_read_as_it_was_with_what_became_of_calls_and_questions(bot: Bot, data: st.DataObject):
    id = next(bot.ids)
    bot.commit(a_workshop(id))
    assert bot.read_again(Room(workshop_id=id)) == Room(workshop_id=id)
    first = data.draw(any_room(id))
    bot.commit(first)
    assert bot.read_again(first) == first
    calls = {
        number: replace(each, taken_by=5, taken_at=NOW, ended_at=NOW + timedelta(minutes=1))
        for number, each in first.calls.items()
    }
    parked = {number: replace(each, answer="Yes", to_room=True, ticked_at=NOW) for number, each in first.parked.items()}
    after = replace(first, lead=7, offered=None, last=None, calls=calls, parked=parked)
    bot.commit(after)
    assert bot.read_again(after) == after


@MODEST
@given(st.data())
def test_a_plenary_is_read_as_it_was_with_what_became_of_its_parts(bot: Bot, data: st.DataObject):
    id = next(bot.ids)
    bot.commit(a_workshop(id))
    assert bot.read_again(Plenary(workshop_id=id)) == Plenary(workshop_id=id)
    first = data.draw(any_plenary(id))
    bot.commit(first)
    assert bot.read_again(first) == first
    later = NOW + timedelta(minutes=3)
    after = Plenary(
        workshop_id=id,
        closes={
            day: replace(
                each,
                ended_at=later,
                through={**each.through, 3: 4},
                answers={number: replace(one, shown=True) for number, one in each.answers.items()},
            )
            for day, each in first.closes.items()
        },
        queues={
            number: replace(each, on=2, waiting=(), past=(1,), skipped=(1,), timer=None, ended_at=later)
            for number, each in first.queues.items()
        },
        remarks={number: replace(each, state="picked") for number, each in first.remarks.items()},
        votes={
            number: replace(each, ended_at=later, totals={1: 3}, voters=2, placed={})
            for number, each in first.votes.items()
        },
        polls={number: replace(each, ended_at=later, totals={0: 4}, voters=4) for number, each in first.polls.items()},
    )
    bot.commit(after)
    assert bot.read_again(after) == after
    for each in first.votes:
        found = bot.loop.run(bot.database.read("SELECT 1 FROM dots WHERE workshop_id = ? AND vote = ?", (id, each)))
        assert found == []


def test_whoever_has_a_living_message_is_on_the_list_even_with_nothing_open(bot: Bot):
    board = boards.put([Board(chat_id=2**40, slot="sheet", subject="1")])
    bot.loop.run(bot.database.write(board))
    assert 2**40 in bot.loop.run(bot.runner.people_with_something_on_show())


# Plans ---------------------------------------------------------------------------------------------------------------


@MODEST
@given(st.data())
def test_a_plan_is_read_as_it_was_with_all_versions_of_its_actions(bot: Bot, data: st.DataObject):
    id = next(bot.ids)
    bot.commit(a_workshop(id))
    first = data.draw(any_plan(id, id))
    bot.commit(first)
    assert bot.read_again(first) == first
    assert bot.loop.run(bot.runner.plans_of(id)) == [first]
    other = data.draw(any_plan(id, id))
    # A version may be added, and old ones may go; what one says stays, but for a reason that is given later.
    history = {**first.history}
    for number, versions in other.history.items():
        known = history.get(number, ())
        new = [each for each in versions if each.version not in {one.version for one in known}]
        history[number] = tuple(sorted([*known[1:], *new], key=lambda each: each.version)) or known
    explained = data.draw(st.booleans())
    if history and explained:
        number = data.draw(st.sampled_from(sorted(history)))
        *before, last = history[number]
        history[number] = (*before, replace(last, why="The printer is out of order"))
    after = replace(
        other,
        history=dict(sorted(history.items())),
        contacts=dict(sorted({**first.contacts, **other.contacts}.items())),
        reports=_with_more(first, other),
        created_at=first.created_at,
    )
    bot.commit(after)
    assert bot.read_again(after) == after


def _with_more(first: ActionPlan, other: ActionPlan) -> tuple[Report, ...]:
    """Reports are only added: those of a plan, without the oldest, and later ones."""
    last = first.reports[-1].number if first.reports else 0
    return (*first.reports[1:], *(each for each in other.reports if each.number > last))
