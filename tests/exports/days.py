"""A day on which six groups, and then three, filled in everything as far as it goes: what files of it have to hold."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from bot.core.assessment import SURE, WHY
from bot.core.candidates import Around
from bot.core.exercise import Exercise, Programme, Step, StepKind
from bot.core.grouping import Formation, Group
from bot.core.run import APART, DONT_KNOW, EARLIER, Entry, Run, Value
from content.loader import load_all
from handlers.assess.noting import LONGEST_WHY
from handlers.files.day import Found
from tests.exports.plans import NOW
from tests.exports.workshops import workshop

GROUPS = 3
MANY = 12  # entries of a list or a table that has no maximum
WORDS = "Requests wait for weeks at the counter, 手续要等好几周, الطلبات تنتظر أسابيع, и ждут неделями. "


def a_full_day() -> Found:
    programme = load_all()["innovation_digital_government"]
    done = [each for each in programme.exercises.values() if each.id.startswith("2.4.1.")]
    numbers = count(1)
    assessed = programme.exercises["2.3"]
    topics = [topic.id for topic in programme.topics]
    runs = [
        (assessed, _rated(programme, _run(next(numbers), assessed, at), topic)) for at, topic in enumerate(topics, 1)
    ]
    runs += [(exercise, _run(next(numbers), exercise, group)) for exercise in done for group in range(1, GROUPS + 1)]
    groups = {each: Group(number=each, topics=tuple(topics[2 * each - 2 : 2 * each])) for each in range(1, GROUPS + 1)}
    six = {at: Group(number=at, topics=(topic,)) for at, topic in enumerate(topics, 1)}
    split = {"six": six, "three": groups}
    formations = {name: Formation(grouping=name, formed_at=NOW, groups=each, seats={}) for name, each in split.items()}
    room = replace(workshop(), formations=formations)
    around = Around(workshop=room, programme=programme, runs=[run for _, run in runs])
    return Found(around, 2, tuple(runs))


def _rated(programme: Programme, run: Run, topic: str) -> Run:
    """Eight people's own views, and what the group agreed on: on the first it couldn't, of the last it doesn't know."""
    items = [f"0.{each.id}" for each in programme.statements if each.topic == topic]
    views: list[tuple[str, int, dict[str, str | int]]] = [
        ("own", author, {item: 1 + (author * (at + 1)) % 4 for at, item in enumerate(items)}) for author in range(1, 9)
    ]
    agreed: dict[str, str | int] = dict(zip(items, (APART, 2, 3, DONT_KNOW), strict=True))
    agreed |= {item + SURE: 2 for item in items[1:3]} | {item + WHY: _words(LONGEST_WHY, 0) for item in items[:2]}
    entries = {number: each for number, each in run.entries.items() if each.step not in ("own", "agreed")}
    for step, author, value in [*views, ("agreed", 1, agreed)]:
        number = max([*entries, run.next_entry]) + 1
        entries[number] = Entry(number=number, step=step, author=author, value=value, created_at=NOW, changed_at=NOW)
    return replace(run, entries=entries, next_entry=max(entries) + 1)


def _run(id: int, exercise: Exercise, group: int) -> Run:
    numbers = count(1)
    entries: dict[int, Entry] = {}
    for step in exercise.steps:
        for at in range(_how_many(step)):
            number = next(numbers)
            entries[number] = Entry(
                number=number, step=step.id, author=1, value=_value(step, at), created_at=NOW, changed_at=NOW
            )
    last = exercise.steps[-1].id
    return Run(
        id=id,
        workshop_id=1,
        exercise=exercise.id,
        group=group,
        step=last,
        opened_at=NOW,
        active_at=NOW,
        published_at=NOW,
        next_entry=next(numbers),
        entries=entries,
    )


def _how_many(step: Step) -> int:
    if step.many:
        return step.maximum or MANY
    return 0 if step.kind in (StepKind.CONFIRM, StepKind.READ) else 1


def _value(step: Step, at: int) -> Value:
    match step.kind:
        case StepKind.CHOICE:
            return (step.options[0].id,) if step.options else (f"{EARLIER}1",)
        case StepKind.TABLE:
            made: dict[str, str | int] = {step.columns[0].id: _words(60, at)}
            for column in step.columns[1:]:
                if column.kind is StepKind.CHOICE:
                    made[column.id] = column.options[at % len(column.options)].id
                elif column.kind is StepKind.RATING:
                    made[column.id] = column.minimum + at % (column.maximum - column.minimum + 1)
                else:
                    made[column.id] = _words(column.max_length, at)
            return made
    return _words(step.max_length, at)


def _words(longest: int, at: int) -> str:
    return f"{at + 1}: {WORDS * 20}"[:longest].strip()
