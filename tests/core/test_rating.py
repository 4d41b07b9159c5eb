"""Rating many things one by one: by the rules and by a plain model, in any order, from several phones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.core import rating, walk
from bot.core.errors import Refusal
from bot.core.run import DONT_KNOW, OPEN, Actor, Overtaken, Run, answered, have_answered, ratings
from bot.core.run import given as counted
from storage.codec import dump_value, load_value
from tests.core.planned import LEAD, NOW, PEN, RATE, run, the
from tests.core.small import refusal

DOABLE, SETTLED = the(RATE, "doable"), the(RATE, "doable_settled")
ALL = tuple(f"+1.{number}" for number in range(1, 6))
ITEMS = st.lists(st.sampled_from(ALL), min_size=1, max_size=5, unique=True)
GIVEN = st.dictionaries(st.sampled_from(ALL), st.sampled_from([OPEN, DONT_KNOW, 1, 3, 5]))


# Which comes next ------------------------------------------------------------------------------------------------


@given(ITEMS, GIVEN)
def test_rating_whatever_comes_next_rates_everything_once(items: list[str], there: dict[str, str | int]):
    item, seen = rating.first(items, there), 0
    left = rating.open_items(items, there)
    before = dict(there)
    for _ in left:
        assert item in rating.open_items(items, before)
        following = rating.after_rating(items, before, item)
        before[item] = 4
        item, seen = following, seen + 1
    assert rating.open_items(items, before) == []
    if left:
        assert (item, seen) == (None, len(left))


@given(ITEMS, GIVEN)
def test_who_leaves_all_as_it_is_comes_to_an_end_or_round_the_open_ones(items: list[str], there: dict[str, str | int]):
    item = rating.first(items, there)
    left = rating.open_items(items, there)
    seen = []
    for _ in range(2 * len(items)):
        if item is None:
            break
        seen.append(item)
        item = rating.onward(items, there, item)
    if len(left) > 1:
        assert set(seen) == set(left)  # round and round
    elif left:
        assert seen == left
    else:
        assert seen == items


def test_back_goes_to_the_one_before():
    assert [rating.back(ALL, each) for each in ALL[:3]] == [ALL[0], ALL[0], ALL[1]]
    assert rating.back(ALL, "gone") == ALL[0]
    assert rating.back((), "gone") is None
    assert rating.first((), {}) is None


# The rule --------------------------------------------------------------------------------------------------------


def rate(made: Run, actor: Actor, item: str, number: int | None, base: str | int = OPEN, items=ALL, step=DOABLE) -> Run:
    return rating.rate_item(made, step, actor, items, item, number, base=base, now=NOW)


def test_everyone_has_numbers_of_their_own_and_is_done_when_none_is_open():
    made = run(RATE)
    for number, item in enumerate(ALL[:2], 1):
        made = rate(made, Actor(member=1), item, number, items=ALL[:2])
    made = rate(made, Actor(member=2), ALL[0], 5, items=ALL[:2])
    assert [entry.value for entry in made.entries_of("doable")] == [
        {ALL[0]: 1, ALL[1]: 2},
        {ALL[0]: 5, ALL[1]: OPEN},
    ]
    assert (have_answered(made, DOABLE), answered(made, DOABLE, 2)) == (1, False)
    made = rate(made, Actor(member=2), ALL[1], None, items=ALL[:2])
    assert (have_answered(made, DOABLE), answered(made, DOABLE, 2)) == (2, True)
    assert counted(made, DOABLE, made.entries_of("doable")) == 2


def test_what_is_refused():
    made = rate(run(RATE), Actor(member=1), ALL[0], 3)
    assert refusal(lambda: rate(made, Actor(member=1), "+1.9", 3)) == "items.gone"
    assert refusal(lambda: rate(made, Actor(member=1), ALL[1], 6)) == "input.number"
    assert refusal(lambda: rate(made, Actor(member=1), ALL[1], None, step=replace(DOABLE, dont_know=False))) == (
        "input.number"
    )
    assert refusal(lambda: rate(made, Actor(member=2), ALL[0], 3, step=SETTLED)) == "sheet.pen_only"
    assert refusal(lambda: rate(made, PEN, ALL[0], 3, step=the(RATE, "five"))) == "input.nothing_asked"
    assert refusal(lambda: rate(replace(made, published_at=NOW), PEN, ALL[0], 3)) == "sheet.published"
    assert refusal(lambda: walk.rate(made, DOABLE, PEN, 3, now=NOW)) == "input.nothing_asked"
    assert refusal(lambda: walk.write(made, DOABLE, PEN, "3", now=NOW)) == "input.nothing_asked"


def test_facilitators_have_no_say_of_their_own_but_write_for_who_has_no_phone():
    assert refusal(lambda: rate(run(RATE), LEAD, ALL[0], 3)) == "items.members_only"
    made = rate(run(RATE), Actor(member=4, leads=True, entered_by=99), ALL[0], 3)
    assert [(entry.author, entry.entered_by) for entry in made.entries_of("doable")] == [(4, 99)]
    assert rate(run(RATE), LEAD, ALL[0], 3, step=SETTLED).entries_of("doable_settled")


def test_two_phones_of_one_rater_do_not_overwrite_each_other_unseen():
    made = rate(run(RATE), Actor(member=1), ALL[0], 3)
    with pytest.raises(Overtaken):
        rate(made, Actor(member=1), ALL[0], 4)
    assert ratings(rate(made, Actor(member=1), ALL[0], 4, base=3).entries_of("doable")[0])[ALL[0]] == 4
    assert rate(made, Actor(member=1), ALL[0], 3).entries == made.entries  # the same tap twice


def test_what_left_the_plan_is_forgotten_and_what_came_is_open():
    made = rate(run(RATE), Actor(member=1), ALL[0], 3, items=ALL[:1])
    assert answered(made, DOABLE, 1)
    made = rate(made, Actor(member=1), ALL[2], 3, items=ALL[1:3])
    assert [entry.value for entry in made.entries_of("doable")] == [{ALL[1]: OPEN, ALL[2]: 3}]


# Against a plain model -------------------------------------------------------------------------------------------


class Silent(RuleBasedStateMachine):
    """Several people and whoever holds the pen rate; a plain table of numbers says what should stand."""

    def __init__(self) -> None:
        super().__init__()
        self.made = run(RATE)
        self.items = list(ALL[:3])
        self.plain: dict[tuple[str, int], dict[str, str | int]] = {}

    def take(self, act: Callable[[], Run], expected: bool) -> None:
        if not expected:
            with pytest.raises(Refusal):
                act()
            return
        self.made = act()

    @rule(
        settle=st.booleans(),
        member=st.integers(1, 3),
        item=st.sampled_from(ALL),
        number=st.sampled_from([None, 0, 1, 3, 5, 6]),
        stale=st.sampled_from([False, False, False, True]),
    )
    def rates(self, settle: bool, member: int, item: str, number: int | None, stale: bool) -> None:
        step = SETTLED if settle else DOABLE
        key = (step.id, 0 if settle else member)
        there = self.plain.get(key, {}).get(item, OPEN)
        base = 2 if stale else there
        value = DONT_KNOW if number is None else number
        may = not settle or member == 1
        fits = item in self.items and (number is None or 1 <= number <= 5)
        expected = may and fits and (value == there or base == there)
        if expected:
            now = {each: self.plain.get(key, {}).get(each, OPEN) for each in self.items}
            self.plain[key] = now | {item: value} if value != there else self.plain[key]
        actor = Actor(member=member, pen=member == 1)
        self.take(
            lambda: rating.rate_item(self.made, step, actor, self.items, item, number, base=base, now=NOW), expected
        )

    @rule(items=ITEMS)
    def the_plan_changes(self, items: list[str]) -> None:
        self.items = items

    @invariant()
    def they_agree(self) -> None:
        stands = {
            (each.step, each.author if each.step == "doable" else 0): each.value for each in self.made.entries.values()
        }
        assert stands == self.plain
        for value in self.plain.values():
            assert load_value(dump_value(value)) == value
        done = sum(OPEN not in value.values() for (step, _), value in self.plain.items() if step == "doable")
        assert have_answered(self.made, DOABLE) == done


def test_whoever_rates_in_whatever_order_a_plain_table_says_the_same():
    run_state_machine_as_test(Silent, settings=settings(max_examples=100, stateful_step_count=40, deadline=None))
