"""Is the plan as a whole still right? Asked of whoever reports for it, once a month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.core import digest, hours
from bot.core.dialogue import Person
from bot.core.digest import Standing
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind
from bot.core.message import Choice, Phrase, Rows
from bot.core.plan import Action, ActionPlan, Progress
from bot.core.plan_dialogue import PlanGoal
from bot.core.words import shortened
from handlers.context import Here, Reader, button
from handlers.followup.digest import counted
from handlers.followup.owned import MOST_LISTED, desk_for, desk_of, numbered
from handlers.followup.parts import Part, answer_button, answers, part, settle
from handlers.followup.taps import FireShow
from handlers.plan.asides import open_fields, open_plan
from handlers.plan.desk import PlanDesk

TITLE_SHOWN = 22  # characters on a button
ORDER = tuple(Standing)


@part(FireKind.REVIEW)
async def plan_review(reader: Reader, person: Person, fire: Fire, menu: str) -> Part | None:
    desk = await desk_for(reader, person, fire)
    if desk is None or not desk.actor.plans or not desk.plan.actions():
        return None
    today = hours.day_of(reader.present(), desk.workshop.zone)
    tally = digest.tally(desk.plan.actions(), today)
    brief = Phrase("review.brief", {"group": desk.plan.group, "counts": counted(tally)})
    if fire.answer:
        return Part(brief, [Phrase("review.right", {"group": desk.plan.group})], (_show(fire),))
    if menu == "change":
        return Part(brief, [Phrase("review.change")], _choices(fire, desk.plan, today))
    bare = sum(_is_bare(each) for each in desk.plan.actions())
    body: list[Any] = [
        Phrase("review.heading", {"group": desk.plan.group}),
        *(Phrase(f"standing.{each.value}", {"count": count}) for each, count in tally.items()),
        *([Phrase("review.bare", {"count": bare})] if bare else []),
        "",
        Phrase("review.ask"),
    ]
    return Part(brief, body, _rows(fire))


def _is_bare(action: Action) -> bool:
    """Whether nobody answers for an open action, or nothing says by when it is to be done."""
    return action.progress is not Progress.DONE and (not action.owner or action.due_on is None)


def _rows(fire: Fire) -> Rows:
    right = answer_button("label.review.right", fire, "right", style="primary")
    return ((right,), (*_show(fire), button("label.review.change", FireShow(fire.id, "change"))))


def _show(fire: Fire) -> tuple[Choice, ...]:
    return (answer_button("label.review.show", fire, "show"),)


def _choices(fire: Fire, plan: ActionPlan, today: Any) -> Rows:
    """The goal, and the actions that need somebody most."""
    actions: Sequence[Action] = sorted(
        (each for each in plan.actions() if each.progress is not Progress.DONE),
        key=lambda each: (not _is_bare(each), ORDER.index(digest.standing(each, today)), each.number),
    )
    goal = answer_button("label.plan.change_goal" if plan.goal else "label.plan.set_goal", fire, "goal")
    rows = [
        (answer_button("label.titled", fire, f"fields.{each.number}", number=each.number, title=title),)
        for each in actions[:MOST_LISTED]
        if (title := shortened(each.title, TITLE_SHOWN))
    ]
    return ((goal,), *rows, (button("label.back", FireShow(fire.id, "")),))


@answers(FireKind.REVIEW)
async def answered(here: Here, fire: Fire, answer: str) -> None:
    desk = await _planning(here, fire)
    what, _, which = answer.partition(".")
    match what:
        case "right":
            await settle(here, fire, "right")
        case "show":
            open_plan(here, desk)
        case "goal":
            here.ask_aside(PlanGoal(plan_id=desk.plan.id, base=desk.plan.goal))
        case "fields":
            await open_fields(here, desk.plan.id, numbered(which))
        case _:
            raise Refusal("tap.old")


async def _planning(here: Here, fire: Fire) -> PlanDesk:
    desk = await desk_of(here, fire)
    if not desk.actor.plans:
        raise Refusal("plan.not_yours")
    return desk
