"""What a sheet says of plans: the group's own, what is open in it, another group's, and what its readers wrote."""

from __future__ import annotations

from typing import Any

from bot.core import candidates, plan_steps, product
from bot.core.exercise import Ref, Step, StepKind
from bot.core.message import Choice, Phrase
from bot.core.plan import Action, ActionPlan
from bot.core.run import Run
from bot.core.sequence import run_of
from bot.core.words import shortened
from handlers import item_taps
from handlers.context import button
from handlers.desk import Desk
from handlers.plan_taps import PlanResume

MOST_SHOWN = 10  # actions on a sheet; the plan itself has them all
TITLE_SHOWN = 90


def above(here: Desk) -> list[Any]:
    """What stands above the question: another group's plan, and what another group wrote about this one's."""
    shown: list[Any] = []
    if here.step.read_next:
        shown += _next_plan(here)
    for ref in here.step.from_readers:
        shown += _from_readers(here, ref)
    return shown


def _next_plan(here: Desk) -> list[Any]:
    group = candidates.next_group(here.around, here.run.group)
    if not group:
        return [Phrase("draft.no_other")]
    plan = here.read_plan
    actions = plan.actions() if plan else []
    if plan is None or not actions:
        return [Phrase("draft.next_empty", {"group": group})]
    goal = candidates.goal_of(here.around, plan)
    return [
        Phrase("draft.next", {"group": group}),
        *([Phrase("draft.goal", {"text": shortened(goal, 160)})] if goal else []),
        *_shown([_line(at, each) for at, each in enumerate(actions, 1)]),
    ]


def _line(at: int, action: Action) -> Any:
    return Phrase("sheet.entry", {"number": at, "text": shortened(action.title, TITLE_SHOWN)})


def _shown(listed: list[Any]) -> list[Any]:
    hidden = len(listed) - MOST_SHOWN
    return [*listed[:MOST_SHOWN], *([Phrase("draft.hidden", {"count": hidden})] if hidden > 0 else [])]


def _from_readers(here: Desk, ref: Ref) -> list[Any]:
    """What the group that reads this one's plan answered to one of its questions."""
    group = candidates.reader_of(here.around, here.run.group)
    run = run_of(here.runs, ref.exercise, group) if group else None
    step = here.exercise.step(ref.step)
    if run is None or step is None:
        return []
    words = said(here, run, step)
    return (
        [Phrase("draft.readers", {"group": group, "title": here.content(step.title), "text": words})] if words else []
    )


def said(here: Desk, run: Run, step: Step) -> list[Any]:
    """All answers to a step, as lines."""
    return [
        line
        for entry in run.entries_of(step.id)
        for line in product.answer_lines(here.domain, step, run, entry, here.around)
    ]


# The group's own -------------------------------------------------------------------------------------------------


def answer_lines(here: Desk) -> list[Any]:
    """The actions of the group's plan, with what is open in each; and how far that is from what is asked for."""
    if here.step.blanks:
        return _blanks(here.plan)
    listed = [_with_gaps(at, each) for at, each in enumerate(here.plan.actions() if here.plan else [], 1)]
    return [*_shown(listed), *_asked_for(here)]


def _with_gaps(at: int, action: Action) -> Phrase:
    about = {"number": at, "text": shortened(action.title, TITLE_SHOWN)}
    left = len(plan_steps.to_ask(action))
    return Phrase("sheet.row_gaps", about | {"count": left}) if left else Phrase("draft.whole", about)


def _asked_for(here: Desk) -> list[Phrase]:
    step, so_far = here.step, plan_steps.so_far(here.plan)
    if not step.minimum or so_far.reaches(step):
        return []
    about = {"minimum": step.minimum, "whole": step.whole, "have": so_far.actions, "done": so_far.whole}
    return [Phrase("draft.asked_whole" if step.whole else "draft.asked", about)]


def _blanks(plan: ActionPlan | None) -> list[Any]:
    """Every action with what it doesn't say yet."""
    listed: list[Any] = []
    for at, action in enumerate(plan.actions() if plan else [], 1):
        about = {"number": at, "text": shortened(action.title, TITLE_SHOWN)}
        fields = [Phrase(f"plan.field.{field.value}") for field in plan_steps.blanks(action)]
        listed.append(Phrase("draft.blanks", about | {"fields": fields}) if fields else Phrase("draft.whole", about))
    return _shown(listed) or [Phrase("draft.empty")]


def is_reached(here: Desk) -> bool:
    """Whether the plan has what the step on show asks for."""
    return plan_steps.so_far(here.plan).reaches(here.step)


# Buttons ---------------------------------------------------------------------------------------------------------


def rows(here: Desk) -> list[tuple[Choice, ...]]:
    """What can be done about the plan from here."""
    step, plan = here.step, here.plan
    if step.read_next and here.read_plan is not None and here.read_plan.actions():
        return [(button("label.draft.read", item_taps.ReadPlan(here.run.id, 0, step.id)),)]
    if plan is None or not (step.kind is StepKind.PLAN or step.blanks):
        return []
    made: list[tuple[Choice, ...]] = []
    action = plan_steps.first_unfinished(plan)
    if action is not None:
        made.append((button("label.fill_gaps", PlanResume(plan.id, action.number)),))
    if plan.actions():
        made.append((button("label.plan.open", item_taps.OpenPlan(here.run.id)),))
    return made
