"""What a sheet says of plans: the group's own, what is open in it, another group's, and what its readers wrote."""

from __future__ import annotations

from typing import Any

from bot.core import candidates, plan_steps, planning, product
from bot.core.exercise import Plans, Step, StepKind
from bot.core.message import Choice, Phrase
from bot.core.plan import Action, ActionPlan, member_party
from bot.core.plan_access import PlanActor
from bot.core.run import Run
from bot.core.sequence import run_of
from bot.core.words import shortened
from handlers import item_taps
from handlers.context import button
from handlers.desk import Desk
from handlers.plan.desk import PlanDesk
from handlers.plan.list_taps import ShowPlan
from handlers.plan.pages import open_count
from handlers.plan.state_screens import left_open, question_line
from handlers.plan.taps import PlanResume

MOST_SHOWN = 10  # actions on a sheet; the plan itself has them all
TITLE_SHOWN = 90


def above(here: Desk) -> list[Any]:
    """What stands above the question: another group's plan, and what another group wrote about this one's."""
    shown: list[Any] = []
    if here.step.read_next:
        shown += _next_plan(here)
    if here.step.from_readers:
        shown += _from_readers(here)
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
        *_shown([_line(each) for each in actions]),
    ]


def _line(action: Action) -> Any:
    return Phrase("sheet.entry", {"number": action.number, "text": shortened(action.title, TITLE_SHOWN)})


def _shown(listed: list[Any]) -> list[Any]:
    hidden = len(listed) - MOST_SHOWN
    return [*listed[:MOST_SHOWN], *([Phrase("draft.hidden", {"count": hidden})] if hidden > 0 else [])]


def _from_readers(here: Desk) -> list[Any]:
    """What the group that reads this one's plan answered, a line for each answer."""
    group = candidates.reader_of(here.around, here.run.group)
    run = run_of(here.runs, here.exercise.id, group) if group else None
    shown: list[Any] = []
    for ref in here.step.from_readers if run else ():
        step = here.exercise.step(ref.step)
        words = said(here, run, step) if run and step else []
        if step is not None and words and not step.many:
            shown.append(Phrase("sheet.recall", {"title": here.content(step.title), "text": words}))
        else:
            shown += [Phrase("draft.advice", {"text": each}) for each in words]
    return [Phrase("draft.readers", {"group": group}), *shown] if shown else []


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
        return _blanks(here)
    listed = [_with_gaps(here.step, each) for each in (here.plan.actions() if here.plan else [])]
    return [*_shown(listed), *_asked_for(here)]


def _is_asked_for(step: Step, action: Action) -> bool:
    """Whether a step wants an action to be filled in: it is about that, or the action was begun."""
    return bool(step.whole) or step.blanks or plan_steps.is_begun(action)


def _with_gaps(step: Step, action: Action) -> Any:
    left, whole = open_count(action), plan_steps.is_whole(action)
    if not whole and (not left or not _is_asked_for(step, action)):
        return _line(action)
    about = {"number": action.number, "text": shortened(action.title, TITLE_SHOWN)}
    return Phrase("sheet.row_gaps", about | {"count": left}) if left else Phrase("draft.whole", about)


def _asked_for(here: Desk) -> list[Phrase]:
    step, so_far = here.step, plan_steps.so_far(here.plan)
    if not step.minimum or so_far.reaches(step):
        return []
    about = {"minimum": step.minimum, "whole": step.whole, "have": so_far.actions, "done": so_far.whole}
    if not step.whole:
        return [Phrase("draft.asked", about)]
    return [Phrase("draft.asked_both" if step.minimum > step.whole else "draft.asked_whole", about)]


def _blanks(here: Desk) -> list[Any]:
    """The six questions of a plan, and which actions leave them open."""
    if here.plan is None or not here.plan.actions():
        return [Phrase("draft.empty")]
    return [question_line(*each) for each in left_open(before(here, here.plan)).items()]


def before(here: Desk, plan: ActionPlan) -> PlanDesk:
    """A plan as it is read in this exercise: by one of another group, too."""
    actor = PlanActor(party=member_party(here.reader.number), member=True)
    return PlanDesk(workshop=here.workshop, programme=here.programme, plan=plan, actor=actor)


def is_reached(here: Desk) -> bool:
    """Whether the plan has what the step on show asks for."""
    return plan_steps.so_far(here.plan).reaches(here.step)


def watches(here: Desk) -> set[str]:
    """The names of what changes the sheet from outside its run."""
    if not here.exercise.about_plans:
        return set()
    all_plans = f"plans:{here.workshop.id}"
    named = {f"plan:{here.plan.id}" if here.plan else all_plans}
    if here.step.read_next:
        named.add(f"plan:{here.read_plan.id}" if here.read_plan else all_plans)
    if Plans.ALL in (here.step.options_from, here.step.items_from):
        named.add(all_plans)
    if here.step.from_readers:
        group = candidates.reader_of(here.around, here.run.group)
        run = run_of(here.runs, here.exercise.id, group) if group else None
        named.add(f"run:{run.id}" if run else f"runs:{here.workshop.id}")
    return named


# Buttons ---------------------------------------------------------------------------------------------------------


def rows(here: Desk) -> list[tuple[Choice, ...]]:
    """What can be done about the plan from here."""
    step, plan = here.step, here.plan
    if step.read_next and here.read_plan is not None and here.read_plan.actions():
        return [(button("label.draft.read", item_taps.ReadPlan(here.run.id, 0, step.id)),)]
    if plan is None or not (step.kind is StepKind.PLAN or step.blanks):
        return []
    made: list[tuple[Choice, ...]] = []
    if (found := _mine_to_fill(here, plan)) is not None:
        made.append((button("label.draft.fill", PlanResume(plan.id, found.number), number=found.number),))
    if plan.actions():
        key, view = ("label.plan.check", "check") if step.blanks else ("label.draft.open", "list")
        made.append((button(key, ShowPlan(here.workshop.id, plan.id, 0, view, "")),))
    return made


def _mine_to_fill(here: Desk, plan: ActionPlan) -> Action | None:
    """An unfinished action: a different one for each of the group, as far as there are."""
    open_ones = [each for each in plan.actions() if planning.is_unfinished(each) and _is_asked_for(here.step, each)]
    if not open_ones:
        return None
    place = here.members.index(here.actor.member) if here.actor.member in here.members else 0
    return open_ones[place % len(open_ones)]
