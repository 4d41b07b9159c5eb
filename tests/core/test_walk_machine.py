"""A group at work, at random: many phones on one sheet, old buttons, a pen that goes round, a facilitator who helps.
Each step is taken by the rules and by a plain list of lines, is written to the database and read from it again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bot.core import changes, moves, walk
from bot.core.errors import Refusal
from bot.core.run import Actor, Run, answered, steps_done
from bot.core.words import clean
from storage.database import Database
from tests.core.plain_sheet import LONGEST, ORDER, PlainSheet
from tests.core.run_store import Store
from tests.core.small import EXERCISE, NOW, the

WORDED = ("gap", "view", "ideas", "beliefs", "wishes")
MEMBERS = (1, 2, 3, 4)  # 4 has no phone: the facilitator, 9, writes for them
FINE = ["boats", "Boats", "carts", "rafts", "mules", "sledges", "kites", "<b>", "é"]
WORDS = st.sampled_from([*FINE, *FINE, "a\u200bb", " \u2060 ", "w" * 20, "w" * 21])
NUMBERS = st.sampled_from([1, 2, 1, 2, 0, -1, -2, 3, 6])
BACK = st.sampled_from([0, 0, 0, 1, 2])  # by how many versions somebody's phone lags behind
STEP_SEEN = st.sampled_from([*[""] * 60, *ORDER])  # by a step's id: an old button, or a forged one


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with asyncio.Runner() as loop:
        database = loop.run(Database.open(tmp_path_factory.mktemp("machine")))
        yield Store(loop, database)
        loop.run(database.close())


class Room(RuleBasedStateMachine):
    store: Store

    def __init__(self) -> None:
        super().__init__()
        self.run = self.store.new_run()
        self.plain = PlainSheet()
        self.pen = 1
        self.now = NOW
        self.actor = Actor(member=1, pen=True)

    def take(self, act: Callable[[Run], Run], expected: bool) -> None:
        """Have the rules do what the plain sheet did or turned down."""
        before = self.run
        if not expected:
            with pytest.raises(Refusal):
                act(before)
            return
        after = act(before)
        changed = [number for number, entry in after.entries.items() if entry != before.entries.get(number)]
        assert len(changed) <= 1
        assert set(before.entries) <= set(after.entries)
        for number in changed:
            was, now = before.entries.get(number), after.entries[number]
            assert number == before.next_entry if was is None else now.version == was.version + 1
            assert was is None or (was.step, was.author, was.created_at) == (now.step, now.author, now.created_at)
        assert self.actor.leads or before.published_at is None or after == before
        self.run = self.store.saved(before, after) if after is not before else before

    @rule(member=st.sampled_from([*MEMBERS[:3], 1, 0]), for_deb=st.booleans())
    def somebody_else_acts(self, member: int, for_deb: bool) -> None:
        if member:
            self.actor = Actor(member=member, pen=member == self.pen)
        else:
            self.actor = Actor(member=4, leads=True, entered_by=9) if for_deb else Actor(member=9, leads=True)
        self.now += timedelta(seconds=7)

    @rule(member=st.sampled_from(MEMBERS[:3]))
    def the_pen_goes_round(self, member: int) -> None:
        self.pen = member
        if not self.actor.leads:
            self.actor = replace(self.actor, pen=self.actor.member == member)

    # Answering -------------------------------------------------------------------------------------------------------

    @rule(step_id=st.sampled_from(["gap", "view"]), word=WORDS)
    def write_a_text(self, step_id: str, word: str) -> None:
        words = clean(word)
        fits = 0 < len(words) <= LONGEST
        expected = fits and self.plain.answer(step_id, self.actor, words, None)
        self.take(lambda run: walk.write(run, the(step_id), self.actor, word, now=self.now), expected)

    @rule(step_id=st.sampled_from(["ideas", "beliefs", "wishes", "people"]), word=WORDS)
    def add_a_line(self, step_id: str, word: str) -> None:
        words = clean(word)
        fits = 0 < len(words) <= LONGEST
        value = {"name": words} if step_id == "people" else words
        expected = fits and self.plain.add_line(step_id, self.actor, words, value)
        self.take(lambda run: walk.write(run, the(step_id), self.actor, word, now=self.now), expected)

    @rule(
        step_id=st.sampled_from(["mood", "risk"]), number=st.one_of(st.none(), NUMBERS), seen=BACK, typed=st.booleans()
    )
    def rate(self, step_id: str, number: int | None, seen: int, typed: bool) -> None:
        step, version = the(step_id), None if typed else self.version_seen(step_id, seen)
        fits = step.dont_know if number is None else step.minimum <= number <= step.maximum
        expected = fits and self.plain.answer(step_id, self.actor, number, version)
        self.take(lambda run: walk.rate(run, step, self.actor, number, now=self.now, version=version), expected)

    @rule(step_id=st.sampled_from(["way", "ways"]), option=st.sampled_from("NESW"), seen=BACK, typed=st.booleans())
    def choose(self, step_id: str, option: str, seen: int, typed: bool) -> None:
        pick = {"N": "north", "E": "east", "S": "south", "W": "~up & away"}[option]
        self.pick(step_id, pick, None if typed else self.version_seen(step_id, seen))

    @precondition(lambda self: self.rows())
    @rule(data=st.data(), seen=BACK)
    def choose_a_row(self, data: st.DataObject, seen: int) -> None:
        row = data.draw(st.sampled_from(self.rows()))
        self.pick("whom", f"={row}", self.version_seen("whom", seen))

    def pick(self, step_id: str, pick: str, version: int | None) -> None:
        step = the(step_id)
        if step.maximum > 1:
            expected = self.plain.toggle(step_id, self.actor, pick, version)
        else:
            expected = self.plain.answer(step_id, self.actor, (pick,), version)
        self.take(lambda run: walk.pick(run, step, self.actor, pick, now=self.now, version=version), expected)

    def version_seen(self, step_id: str, back: int) -> int:
        """The version of the answer on somebody's phone, which may lag behind."""
        shown = walk.standing(self.run, the(step_id), self.actor)
        return max(0, (shown.version if shown else 0) - back)

    def rows(self) -> list[int]:
        return [entry.number for entry in self.run.entries_of("people")]

    # Changing --------------------------------------------------------------------------------------------------------

    def one_of(self, data: st.DataObject, *step_ids: str) -> tuple[int, str]:
        """An entry, on the sheet or removed, and its step: one of those named wherever there are any."""
        numbers = sorted(self.run.entries)
        meant = [number for number in numbers if self.run.entries[number].step in step_ids]
        number = data.draw(st.sampled_from(meant or numbers))
        return number, self.run.entries[number].step

    @precondition(lambda self: self.run.entries)
    @rule(data=st.data(), word=WORDS, back=BACK)
    def reword(self, data: st.DataObject, word: str, back: int) -> None:
        number, step_id = self.one_of(data, *data.draw(st.sampled_from([WORDED, WORDED, ORDER])))
        version, words = self.run.entries[number].version - back, clean(word)
        expected = 0 < len(words) <= LONGEST and self.plain.reword(number, self.actor, version, words)
        self.take(
            lambda run: changes.change(run, the(step_id), self.actor, number, version, word, now=self.now), expected
        )

    @precondition(lambda self: any(entry.step == "people" for entry in self.run.entries.values()))
    @rule(
        data=st.data(),
        column=st.sampled_from(["name", "kind", "near"]),
        number=NUMBERS,
        word=WORDS,
        blind=st.booleans(),
    )
    def fill_in(self, data: st.DataObject, column: str, number: int, word: str, blind: bool) -> None:
        entry, step_id = self.one_of(data, "people")
        words = clean(word)
        value: str | int = {"name": word, "kind": "foe" if number > 0 else "other", "near": number}[column]
        fits = {"name": 0 < len(words) <= LONGEST, "kind": number > 0, "near": -2 <= number <= 2}[column]
        row = self.run.entries[entry].value
        base = None if blind or not isinstance(row, dict) else row.get(column)
        kept = words if column == "name" else value
        expected = step_id == "people" and fits and self.plain.fill(entry, self.actor, column, kept, base)
        step = the(step_id)
        self.take(
            lambda run: changes.set_column(run, step, self.actor, entry, column, value, base=base, now=self.now),
            expected,
        )

    @precondition(lambda self: self.run.entries)
    @rule(data=st.data(), back=BACK)
    def remove(self, data: st.DataObject, back: int) -> None:
        number, step_id = self.one_of(data)
        version = self.run.entries[number].version - back
        expected = self.plain.remove(number, self.actor, version)
        self.take(lambda run: changes.remove(run, the(step_id), self.actor, number, version, now=self.now), expected)

    @precondition(lambda self: self.run.entries)
    @rule(data=st.data())
    def put_back(self, data: st.DataObject) -> None:
        number, step_id = self.one_of(data)
        expected = self.plain.put_back(number, self.actor)
        self.take(lambda run: changes.put_back(run, the(step_id), self.actor, number, now=self.now), expected)

    @precondition(lambda self: any(entry.step in WORDED for entry in self.run.entries.values()))
    @rule(data=st.data(), word=st.sampled_from(FINE), back=BACK)
    def settle(self, data: st.DataObject, word: str, back: int) -> None:
        number, step_id = self.one_of(data, *WORDED)
        version = self.run.entries[number].version - back
        expected = self.plain.settle(number, self.actor, version, word)
        self.take(
            lambda run: changes.settle(run, the(step_id), self.actor, number, version, word, now=self.now), expected
        )

    # Moving ----------------------------------------------------------------------------------------------------------

    @rule(how=st.sampled_from(["next", "next", "skip", "back", "publish"]), old=STEP_SEEN)
    def move(self, how: str, old: str) -> None:
        seen = old or self.run.step
        may, actor, now = self.plain.may_move(self.actor, seen), self.actor, self.now
        match how:
            case "next":
                step = the(seen)
                enough = seen != "send" and (step.optional or seen in self.run.skipped or answered(self.run, step, 4))
                expected = may and enough and self.plain.move(+1)
                self.take(lambda run: moves.next_step(EXERCISE, run, actor, seen, members=4, now=now), expected)
            case "skip":
                expected = self.plain.skip(actor, seen)
                self.take(lambda run: moves.skip(EXERCISE, run, actor, seen, now=now), expected)
            case "back":
                expected = may and self.plain.move(-1)
                self.take(lambda run: moves.back(EXERCISE, run, actor, seen, now=now), expected)
            case _:
                expected = self.plain.publish(actor, seen)
                self.take(lambda run: moves.publish(EXERCISE, run, actor, seen, now=now), expected)

    @precondition(lambda self: len(self.run.entries) > 12)
    @rule()
    def go_to_the_end(self) -> None:
        if self.plain.may_move(self.actor, self.run.step):
            self.plain.step = "send"
            self.take(lambda run: moves.go_to(EXERCISE, run, self.actor, "send", now=self.now), True)

    # Always ----------------------------------------------------------------------------------------------------------

    @invariant()
    def nothing_is_lost_and_nothing_is_made_up(self) -> None:
        self.plain.agrees_with(self.run)

    @invariant()
    def it_can_be_told_how_far_they_are(self) -> None:
        assert 0 <= steps_done(EXERCISE, self.run, 4) <= len(EXERCISE.steps)


def test_whatever_a_group_does_every_accepted_word_is_kept_until_it_is_changed_or_removed(store: Store):
    Room.store = store
    run_state_machine_as_test(
        Room,
        settings=settings(
            max_examples=80, stateful_step_count=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )
