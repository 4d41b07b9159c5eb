"""Filling in an action: any sequence of answers, skips, backs, changes and restarts ends as a plain model of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from pydantic import TypeAdapter

from bot.core import plan_filling, planning
from bot.core.errors import Refusal
from bot.core.plan import (
    ITEMS,
    Action,
    ActionPlan,
    Barrier,
    Communication,
    Field,
    Frequency,
    Kpi,
    Milestone,
    Resource,
    ResourceKind,
)
from bot.core.plan_dialogue import PlanAsk
from bot.core.plan_filling import FIELDS, PARTS
from bot.core.planning import PEOPLE
from storage import codec

NOW = datetime(2027, 6, 14, 9, tzinfo=UTC)
ESI, MARCO = "m1", "m2"
TEXTS = st.sampled_from(["one", "two", "three", "four"])
DAYS = st.dates(date(2027, 1, 1), date(2028, 12, 31))
PARTIES = st.sampled_from([ESI, MARCO, "m3", "c1"])
FIRST = {
    Field.MILESTONES: lambda words: Milestone(name=words),
    Field.AVAILABLE: lambda words: Resource(what=words),
    Field.NEEDED: lambda words: Resource(what=words),
    Field.BARRIERS: lambda words: Barrier(who=words),
    Field.COMMUNICATIONS: lambda words: Communication(audience=words),
    Field.KPIS: lambda words: Kpi(name=words),
}
_ACTIONS: TypeAdapter[Action] = TypeAdapter(Action)


def a_plan() -> ActionPlan:
    return planning.open_plan(id=1, workshop_id=1, group=1, now=NOW)


def value_of(part: str) -> st.SearchStrategy[Any]:
    if part in ("due_on", "until"):
        return DAYS
    if part == "kind":
        return st.sampled_from(ResourceKind)
    if part == "frequency":
        return st.sampled_from(Frequency)
    return PARTIES if part == "sender" else TEXTS


class Filling(RuleBasedStateMachine):
    """One person fills in one action. `model` is what stands in each field by what was answered, nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.plan = a_plan()
        self.asked: PlanAsk | None = None
        self.model: dict[Field, Any] = {}

    @initialize(title=TEXTS)
    def begins(self, title: str) -> None:
        self.plan, self.asked = plan_filling.answer(self.plan, plan_filling.begin(self.plan), title, by=ESI, now=NOW)
        self.model = {field: [] if field in ITEMS or field in PEOPLE else None for field in FIELDS}
        self.model[Field.TITLE] = title
        self.model[Field.OWNER] = ""

    @property
    def open(self) -> PlanAsk:
        assert self.asked is not None
        return self.asked

    @precondition(lambda self: self.asked is not None)
    @rule(data=st.data())
    def answers(self, data: st.DataObject) -> None:
        asked = self.open
        field = asked.field
        if field in PEOPLE:
            party, on = data.draw(PARTIES), data.draw(st.booleans())
            self.plan, self.asked = plan_filling.choose(self.plan, asked, party, on=on, by=ESI, now=NOW)
            people = [each for each in self.model[field] if each != party]
            if on:
                people = self.model[field] if party in self.model[field] else [*self.model[field], party]
            self.model[field] = people
        elif asked.item:
            self.answers_part(asked, data.draw(value_of(asked.part)))
        elif field in ITEMS:
            self.adds(asked, data.draw(TEXTS))
        else:
            value = data.draw(DAYS if field is Field.DUE_ON else PARTIES if field is Field.OWNER else TEXTS)
            self.plan, self.asked = plan_filling.answer(self.plan, asked, value, by=ESI, now=NOW)
            self.model[field] = value

    def answers_part(self, asked: PlanAsk, value: Any) -> None:
        at = next(place for place, (id, _) in enumerate(self.model[asked.field]) if id == asked.item)
        id, item = self.model[asked.field][at]
        changed = {**item, asked.part: value}
        others = [each for number, each in self.model[asked.field] if number != id]
        try:
            self.plan, self.asked = plan_filling.answer(self.plan, asked, value, by=ESI, now=NOW)
        except Refusal as refusal:
            self.is_refused(refusal, "plan.already_there", changed in others)
            return
        assert changed == item or changed not in others
        self.model[asked.field][at] = (id, changed)

    def adds(self, asked: PlanAsk, words: str) -> None:
        item = FIRST[asked.field](words)
        made = {part: getattr(item, part) for part in planning.PARTS[asked.field]}
        items = self.model[asked.field]
        before = planning.standing(self.plan, 1)
        try:
            self.plan, self.asked = plan_filling.answer(self.plan, asked, item, by=ESI, now=NOW)
        except Refusal as refusal:
            self.is_refused(refusal, "plan.list_full", len(items) == planning.MOST_ITEMS)
            return
        if made not in [each for _, each in items]:
            items.append((before.next_item, made))

    def is_refused(self, refusal: Refusal, key: str, rightly: bool) -> None:
        assert refusal.key == key
        assert rightly

    @precondition(lambda self: self.asked is not None)
    @rule()
    def goes_on(self) -> None:
        self.plan, self.asked = plan_filling.onward(self.plan, self.open, by=ESI, now=NOW)

    @precondition(lambda self: self.asked is not None)
    @rule()
    def goes_back(self) -> None:
        self.asked = plan_filling.back(self.plan, self.open)

    @rule(field=st.sampled_from(FIELDS))
    def changes_one(self, field: Field) -> None:
        self.asked = plan_filling.ask(self.plan, 1, field, only=True)

    @rule()
    def resumes(self) -> None:
        self.asked = plan_filling.resume(self.plan, 1)

    @rule()
    def restarts(self) -> None:
        """All that there is goes through its stored form."""
        versions = tuple(_ACTIONS.validate_json(_ACTIONS.dump_json(each)) for each in self.plan.history[1])
        self.plan = replace(self.plan, history={1: versions})
        dialogue = codec.load_dialogue(codec.dump_dialogue(self.asked))
        assert dialogue is None or isinstance(dialogue, PlanAsk)
        self.asked = dialogue

    @rule(data=st.data())
    def undoes(self, data: st.DataObject) -> None:
        """Undone twice is as before."""
        action = planning.standing(self.plan, 1)
        if len(self.plan.history[1]) < 2:
            return
        once = planning.undo(self.plan, 1, action.version, by=ESI, now=NOW)
        twice = planning.undo(once, 1, action.version + 1, by=ESI, now=NOW)
        again = planning.standing(twice, 1)
        assert {field: again.get(field) for field in Field} == {field: action.get(field) for field in Field}

    @invariant()
    def is_as_the_model_says(self) -> None:
        action = self.plan.action(1)
        if action is None:
            return
        for field in FIELDS:
            expected = self.model[field]
            if field in ITEMS:
                kind = ITEMS[field]
                assert action.items(field) == tuple(kind(**parts) for _, parts in expected)
            elif field in PEOPLE:
                assert action.get(field) == tuple(expected)
            else:
                assert action.get(field) == expected

    @invariant()
    def the_end_is_near(self) -> None:
        """Whoever only goes on is through after a bounded number of questions."""
        plan, asked = self.plan, self.asked
        steps = 0
        while asked is not None:
            plan, asked = plan_filling.onward(plan, asked, by=ESI, now=NOW)
            steps += 1
            assert steps <= len(FIELDS) + max(len(parts) for parts in PARTS.values())


TestFilling = Filling.TestCase
TestFilling.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def begun(title: str = "Publish the list") -> tuple[ActionPlan, PlanAsk]:
    plan, asked = plan_filling.answer(a_plan(), plan_filling.begin(a_plan()), title, by=ESI, now=NOW)
    assert asked is not None
    return plan, asked


def test_questions_come_in_the_order_of_the_nine_steps():
    plan, asked = begun()
    seen = []
    following: PlanAsk | None = asked
    while following is not None:
        seen.append(following.field)
        plan, following = plan_filling.onward(plan, following, by=ESI, now=NOW)
    assert seen == list(FIELDS[1:])
    assert [plan_filling.position(field)[0] for field in FIELDS] == [1, 2, 3, 4, 5, 5, 6, 6, 7, 8, 9]


def test_a_row_that_was_left_goes_on_at_the_first_question_that_is_open_and_was_not_passed():
    plan, asked = begun()
    plan, owner = plan_filling.onward(plan, asked, by=ESI, now=NOW)  # nobody is responsible for now
    assert owner is not None
    plan, _ = plan_filling.answer(plan, owner, MARCO, by=ESI, now=NOW)
    found = plan_filling.resume(plan, 1)
    assert found is not None
    assert found.field is Field.SUPPORTERS


def test_somebody_elses_answer_to_the_same_question_is_never_overwritten_unseen():
    plan, _ = begun()
    mine = theirs = plan_filling.ask(plan, 1, Field.DUE_ON)
    plan, _ = plan_filling.answer(plan, theirs, date(2027, 9, 30), by=MARCO, now=NOW)
    with pytest.raises(planning.Overtaken) as overtaken:
        plan_filling.answer(plan, mine, date(2027, 10, 1), by=ESI, now=NOW)
    assert (overtaken.value.theirs, overtaken.value.mine) == (date(2027, 9, 30), date(2027, 10, 1))
    after, _ = plan_filling.use_mine(plan, mine, date(2027, 10, 1), by=ESI, now=NOW)
    assert planning.standing(after, 1).due_on == date(2027, 10, 1)


def test_two_people_at_different_parts_of_one_item_do_not_stand_in_each_others_way():
    plan, _ = begun()
    plan, kind = plan_filling.answer(
        plan, plan_filling.ask(plan, 1, Field.COMMUNICATIONS), Communication(audience="Clerks"), by=ESI, now=NOW
    )
    assert kind is not None
    channel = plan_filling.ask_part(plan, 1, Field.COMMUNICATIONS, kind.item, "channel")
    plan, _ = plan_filling.answer(plan, kind, "New hours", by=ESI, now=NOW)
    plan, _ = plan_filling.answer(plan, channel, "Radio", by=MARCO, now=NOW)
    (item,) = planning.standing(plan, 1).communications
    assert (item.message, item.channel) == ("New hours", "Radio")


def test_an_item_removed_while_its_part_was_answered_can_come_back_with_the_answer():
    plan, _ = begun()
    plan, how = plan_filling.answer(
        plan, plan_filling.ask(plan, 1, Field.BARRIERS), Barrier(who="Legal office"), by=ESI, now=NOW
    )
    assert how is not None
    (item,) = planning.standing(plan, 1).barriers
    plan = planning.drop_item(plan, 1, Field.BARRIERS, item, by=MARCO, now=NOW)
    with pytest.raises(planning.Overtaken) as overtaken:
        plan_filling.answer(plan, how, "fears claims", by=ESI, now=NOW)
    assert overtaken.value.theirs is None
    plan, _ = plan_filling.use_mine(plan, how, "fears claims", by=ESI, now=NOW)
    assert planning.standing(plan, 1).barriers == (Barrier(who="Legal office", how="fears claims"),)


def test_nobody_is_asked_until_when_to_tell_at_each_milestone():
    plan, _ = begun()
    plan, asked = plan_filling.answer(
        plan, plan_filling.ask(plan, 1, Field.COMMUNICATIONS), Communication(audience="Clerks"), by=ESI, now=NOW
    )
    assert asked is not None
    often = plan_filling.ask_part(plan, 1, Field.COMMUNICATIONS, asked.item, "frequency")
    plan, asked = plan_filling.answer(plan, often, Frequency.MILESTONES, by=ESI, now=NOW)
    assert asked is not None
    assert not asked.item
