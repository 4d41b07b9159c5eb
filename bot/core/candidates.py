"""What is rated or voted on where it isn't content: the actions of plans, and earlier answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.core import tally
from bot.core.exercise import Exercise, Plans, Programme, Ref, Statements, Step, StepKind
from bot.core.message import ContentText
from bot.core.plan import ActionPlan
from bot.core.run import ACTION, DONT_KNOW, EARLIER, Run, ratings
from bot.core.sequence import earlier_runs, entry_text
from bot.core.statements import Statement, item_id, of_topics
from bot.core.workshop import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What there is around a run that its steps may ask about."""

    workshop: Workshop
    programme: Programme
    runs: Sequence[Run]
    plans: Sequence[ActionPlan] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing to rate or to vote on; `group` says whose action it is, where those of several stand together, `topic`
    what a statement belongs to. What the programme says itself has its `domain`."""

    id: str
    text: str
    group: int = 0
    topic: str = ""
    domain: str = ""

    @property
    def words(self) -> ContentText | str:
        return ContentText(self.domain, self.text) if self.domain else self.text


def action_id(group: int, number: int) -> str:
    """How an action is picked: by its group's number and its own, so that the pick follows when it is reworded."""
    return f"{ACTION}{group}.{number}"


def plan_of(around: Around, group: int) -> ActionPlan | None:
    return next((plan for plan in around.plans if plan.group == group), None)


def answers_of(around: Around, group: int, ref: Ref | None) -> list[str]:
    """What a group that has a plan answered where a reference points, as words; where it hasn't, what its sheet would
    begin with."""
    step = _step(around, ref) if ref else None
    return _texts(around, group, ref) or _texts(around, group, step.prefill if step else None)


def _texts(around: Around, group: int, ref: Ref | None) -> list[str]:
    plan, exercise = around.programme.plan, around.programme.exercises.get(ref.exercise) if ref else None
    if ref is None or plan is None or exercise is None or exercise.grouping != plan.grouping:
        return []
    mine = [run for run in around.runs if run.exercise == ref.exercise and run.group == group]
    texts = [entry_text(entry, ref.column) for run in mine for entry in run.entries_of(ref.step)]
    return [text for text in texts if text]


def goal_of(around: Around, plan: ActionPlan) -> str:
    """What a plan is to achieve: as it was set, else as the exercises before it say."""
    asked = around.programme.plan.goal if around.programme.plan else None
    return plan.goal or next(iter(answers_of(around, plan.group, asked)), "")


def next_group(around: Around, group: int) -> int:
    """The group whose plan a group reads, round the room; 0 where there is no other."""
    plan = around.programme.plan
    formation = around.workshop.formation(plan.grouping) if plan else None
    groups = sorted(formation.groups) if formation else []
    if group not in groups or len(groups) < 2:
        return 0
    return groups[(groups.index(group) + 1) % len(groups)]


def reader_of(around: Around, group: int) -> int:
    """The group that reads a group's plan; 0 where there is none."""
    plan = around.programme.plan
    formation = around.workshop.formation(plan.grouping) if plan else None
    return next((each for each in formation.groups if next_group(around, each) == group), 0) if formation else 0


def candidates(around: Around, run: Run, step: Step) -> list[Candidate]:
    """What a step rates, or offers besides options of its own; in order."""
    source = step.items_from or step.options_from
    match source:
        case Plans.OWN:
            plan = plan_of(around, run.group)
            found = _actions([plan] if plan else [], named=False)
        case Plans.ALL:
            found = _actions(sorted(around.plans, key=lambda plan: plan.group), named=True)
        case Statements.ASKED:
            found = _statements(around, run)
        case Ref() if step.disputed:
            found = _unsettled(around, run, source)
        case Ref() if step.agrees:
            rated = _step(around, source)
            found = by_spread(around, run, rated) if rated else []
        case Ref():
            found = _answers(around, run, source)
        case _:
            found = []
    left_out = _picked(run, step.without)
    return [each for each in found if each.id not in left_out]


def _actions(plans: Iterable[ActionPlan], *, named: bool) -> list[Candidate]:
    return [
        Candidate(id=action_id(plan.group, action.number), text=action.title, group=plan.group if named else 0)
        for plan in plans
        for action in plan.actions()
    ]


def statements_of(around: Around, run: Run) -> list[Statement]:
    """What a run asks about, of the set that it was opened with: the statements of its group's topics."""
    brought = around.workshop.statements.get(run.edition)
    statements = brought.statements if brought else around.programme.statements
    exercise = around.programme.exercises.get(run.exercise)
    formation = around.workshop.formation(exercise.grouping) if exercise else None
    group = formation.groups.get(run.group) if formation else None
    topics = group.topics if group and group.topics else [topic.id for topic in around.programme.topics]
    return of_topics(statements, topics)


def _statements(around: Around, run: Run) -> list[Candidate]:
    domain = "" if run.edition in around.workshop.statements else around.programme.name
    return [
        Candidate(id=item_id(run.edition, each), text=each.text, topic=each.topic, domain=domain)
        for each in statements_of(around, run)
    ]


def by_spread(around: Around, run: Run, step: Step) -> list[Candidate]:
    """What a step rated, the farthest apart first. What too few have rated comes last: where it stands would tell."""

    def key(each: Candidate) -> tuple[float, float]:
        given = [ratings(entry).get(each.id) for entry in run.entries_of(step.id)]
        numbers = [number for number in given if isinstance(number, int)]
        if len(numbers) + given.count(DONT_KNOW) < tally.SHOWN_FROM or not tally.is_closed(run, step) or not numbers:
            return (1.0, 0.0)
        return (-spread_of(numbers), min(numbers) - max(numbers))

    return sorted(candidates(around, run, step), key=key)


def spread_of(numbers: Sequence[int]) -> float:
    """How far apart the middle half of some numbers lies."""
    if len(numbers) < 2:
        return 0
    low, high = tally.quarters(numbers)
    return high - low


def _unsettled(around: Around, run: Run, source: Ref) -> list[Candidate]:
    step = _step(around, source)
    if step is None:
        return []
    return [each for each in candidates(around, run, step) if tally.rated(run, step, each.id).unsettled]


def _answers(around: Around, run: Run, source: Ref) -> list[Candidate]:
    """Earlier answers: those on the same sheet by their number, others by their run's as well."""
    if source.exercise == run.exercise:
        found = [(EARLIER, run)]
    elif source.exercise in around.programme.exercises:
        earlier = earlier_runs(around.workshop, around.programme, around.runs, source.exercise, run)
        found = [(f"{each.id}{EARLIER}", each) for each in earlier]
    else:
        found = []
    made = [
        Candidate(id=f"{mark}{entry.number}", text=entry_text(entry, source.column))
        for mark, each in found
        for entry in each.entries_of(source.step)
    ]
    return [each for each in made if each.text]


def _step(around: Around, ref: Ref) -> Step | None:
    exercise = around.programme.exercises.get(ref.exercise)
    return exercise.step(ref.step) if exercise else None


def _picked(run: Run, ref: Ref | None) -> frozenset[str]:
    entries = run.entries_of(ref.step) if ref else []
    return frozenset(pick for entry in entries for pick in run.picks(entry))


def action_words(around: Around, pick: str) -> str:
    """The title of an action that was picked, also of one that was removed since; empty for anything else."""
    group, dot, number = pick.removeprefix(ACTION).partition(".")
    if not pick.startswith(ACTION) or not dot or not group.isdecimal() or not number.isdecimal():
        return ""
    plan = plan_of(around, int(group))
    versions = plan.history.get(int(number)) if plan else None
    return versions[-1].title if versions else ""


def limited(step: Step, offered: int) -> Step:
    """The step with as many picks as its share of what is on offer comes to, rounded up."""
    if not step.share:
        return step
    return replace(step, maximum=max(step.maximum, -(-offered // step.share)))


# Where they stand ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A candidate in the field of two ratings; None where it hasn't got one."""

    candidate: Candidate
    across: tally.Score | None
    up: tally.Score | None

    @property
    def disputed(self) -> bool:
        return any(each is not None and each.disputed for each in (self.across, self.up))


def plotted(around: Around, exercise: Exercise, run: Run, step: Step) -> list[Placed]:
    """What two ratings say together, for a step that plots them."""
    found = [exercise.step(each) for each in step.plot]
    axes = [each for each in found if each is not None and each.kind is StepKind.RATING]
    if len(axes) != 2:
        return []
    across, up = axes
    return [
        Placed(
            candidate=each,
            across=tally.score(exercise, run, across, each.id),
            up=tally.score(exercise, run, up, each.id),
        )
        for each in candidates(around, run, across)
    ]
