"""The steps of an exercise that are about a plan: words that become actions, reading another group's, agreeing."""

from __future__ import annotations

from typing import Any

from bot.core import agreement, candidates, plan_steps, planning, walk
from bot.core.dialogue import Person, Reading
from bot.core.errors import Refusal
from bot.core.exercise import Step
from bot.core.message import Choice, Phrase, Screen
from bot.core.plan import member_party
from handlers import callbacks as to
from handlers import sheet_plan
from handlers.context import Here, Reader, button, lines, tap
from handlers.desk import Desk, desk_for, desk_of, save
from handlers.item_taps import ReadPlan
from handlers.plan import row as plan_row
from handlers.plan.card import lines_of
from handlers.plan.desk import PlanDesk, plan_desk_of, plan_of_group
from handlers.products import PAGE, length_of


async def wrote(here: Here, desk: Desk, step: Step, text: str) -> None:
    """Take words as the title of a new action; where whole ones are asked for, go on with its other questions."""
    run = walk.write(desk.run, step, desk.actor, text, now=here.turn.now)
    plan = await plan_of_group(here.turn, desk.workshop, desk.run.group)
    number = plan.next_action
    plan = planning.add_action(plan, text, by=member_party(desk.actor.member), now=here.turn.now)
    here.turn.put(plan)
    save(here, desk, run)
    here.acknowledge()
    if plan_steps.so_far(plan).whole < step.whole:
        plan_row.resume(here, await plan_desk_of(here, plan.id), number)


async def agree(here: Here, desk: Desk) -> None:
    """Freeze the group's plan, with the goal as it stands; what was agreed before stays agreed."""
    plan = await plan_of_group(here.turn, desk.workshop, desk.run.group)
    if plan.agreed_at is not None:
        return
    goal = candidates.goal_of(desk.around, plan)
    if goal and not plan.goal:
        plan = planning.set_goal(plan, goal[: planning.LONGEST_GOAL])
    here.turn.put(agreement.agree(plan, now=here.turn.now))


# Another group's plan --------------------------------------------------------------------------------------------


@tap(ReadPlan)
async def read_plan(here: Here, action: ReadPlan) -> None:
    desk = await desk_of(here, action.run)
    if not _may_read(desk, action.step):
        raise Refusal("sheet.moved_on")
    here.ask(Reading(what="plan", run_id=action.run, step=action.step, page=action.page))


def _may_read(desk: Desk, step_id: str) -> bool:
    """Another group's plan is there to be read from the step on that asks for it."""
    step = desk.exercise.step(step_id)
    steps = desk.exercise.steps
    return step is not None and step.read_next and steps.index(desk.step) >= steps.index(step)


async def next_plan_screen(reader: Reader, person: Person, dialogue: Reading) -> Screen | None:
    """The next group's plan in full, page by page."""
    desk = await desk_for(reader, person, await reader.run(dialogue.run_id))
    plan = desk.read_plan if desk and _may_read(desk, dialogue.step) else None
    if desk is None or plan is None:
        return None
    theirs = sheet_plan.before(desk, plan)
    pages = _pages(theirs)
    page = min(max(dialogue.page, 0), len(pages) - 1)
    turning = []
    if page > 0:
        turning.append(button("label.earlier", ReadPlan(desk.run.id, page - 1, dialogue.step)))
    if page + 1 < len(pages):
        turning.append(button("label.more", ReadPlan(desk.run.id, page + 1, dialogue.step)))
    rows: list[tuple[Choice, ...]] = [tuple(turning)] if turning else []
    of = Phrase("page", {"page": page + 1, "pages": len(pages)}) if len(pages) > 1 else None
    heading = Phrase("plans.heading", {"title": theirs.title})
    return Screen("lines", lines(heading, of, *pages[page]), (*rows, (button("label.close", to.Close()),)))


def _pages(desk: PlanDesk) -> list[list[Any]]:
    """Whole actions, as many as can be read at once."""
    pages: list[list[Any]] = [[]]
    size = 0
    for action in desk.plan.actions():
        block = ["", Phrase("product.row", {"number": action.number, "name": action.title}), *lines_of(desk, action)]
        length = sum(length_of(line) for line in block)
        if size and size + length > PAGE:
            pages.append([])
            size = 0
        pages[-1] += block
        size += length
    return pages
