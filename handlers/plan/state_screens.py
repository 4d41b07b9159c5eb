"""What a plan leaves open against the six questions, what has changed since it was agreed, and agreeing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.core.agreement import Change, changes_since_agreed
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Phrase, Screen
from bot.core.plan import ITEMS, ActionPlan, Field, member_party
from bot.core.plan_check import Question, open_questions
from bot.core.plan_dialogue import PlanView
from bot.core.words import shortened
from content.plan_words import plan_words
from handlers.callbacks import Close
from handlers.context import Reader, button, lines, page_of
from handlers.days import dates
from handlers.plan import list_taps as to
from handlers.plan.desk import PlanDesk
from handlers.plan.pages import PAGE, Seen, number_rows, open_count, seen_in, show, turning
from handlers.plan.words import value_words

MOST_NUMBERS = 10  # of actions that leave a question open
CHANGES_A_PAGE = 5
MOST_NAMED = 3  # people on each side of a change
LONGEST_VALUE = 60  # characters of what stood or stands somewhere


async def state_screen(reader: Reader, person: Person, dialogue: PlanView, desks: list[PlanDesk]) -> Screen | None:
    desk = desks[0] if dialogue.plan_id and desks else None
    if desk is None:
        return _check_all(dialogue, desks) if dialogue.view == "check" else None
    match dialogue.view:
        case "changes":
            return _changes(desk, person, dialogue)
        case "publish":
            return _publish(desk, dialogue)
    return _check(desk, dialogue) if desk.actor.plans else None


def _back(dialogue: PlanView) -> tuple[Choice, ...]:
    return (button("label.back", show(dialogue, view="list", party="")), button("label.close", Close()))


# What is open ----------------------------------------------------------------------------------------------------


def left_open(desk: PlanDesk) -> dict[Question, tuple[int, ...]]:
    """For each of the six questions, the actions that leave it open; 0 stands for the plan as a whole."""
    actions = desk.plan.actions()
    if not actions:
        return dict.fromkeys(Question, (0,))
    return open_questions(actions, desk.name, plan_words())


def _check(desk: PlanDesk, dialogue: PlanView) -> Screen:
    found = left_open(desk)
    numbers = {number for each in found.values() for number in each}
    concerned = [each for each in seen_in([desk]) if each.action.number in numbers]
    shown, page, pages = page_of(concerned, dialogue.page, PAGE)
    half = [each.label for each in seen_in([desk]) if open_count(each.action)]
    answered = sum(not each for each in found.values())
    text = lines(
        Phrase("plans.heading", {"title": desk.title}),
        Phrase("check.all_six") if answered == len(Question) else Phrase("check.answered", {"count": answered}),
        "",
        *(question_line(question, actions) for question, actions in found.items()),
        Phrase("check.half", {"count": len(half), "numbers": _some(half)}) if half else None,
        "" if shown else None,
        Phrase("check.never_blocks") if shown else None,
    )
    rows = [*number_rows(shown), turning(dialogue, page, pages), _back(dialogue)]
    return Screen("lines", text, tuple(row for row in rows if row))


def question_line(question: Question, actions: Sequence[int]) -> Phrase:
    """One of the six questions, and where it is open."""
    asked = Phrase(f"check.{question.value}")
    if not actions:
        return Phrase("check.answer", {"question": asked})
    if 0 in actions:
        return Phrase("check.nothing", {"question": asked})
    numbers = [str(number) for number in actions]
    return Phrase("check.open", {"question": asked, "count": len(numbers), "numbers": _some(numbers)})


def _some(numbers: Sequence[str]) -> list[Any]:
    if len(numbers) <= MOST_NUMBERS:
        return list(numbers)
    return [*numbers[:MOST_NUMBERS], Phrase("more", {"count": len(numbers) - MOST_NUMBERS})]


def _check_all(dialogue: PlanView, desks: list[PlanDesk]) -> Screen:
    """How many of the six questions each plan answers, and the way to what it leaves open."""
    counted = [(desk, sum(not each for each in left_open(desk).values())) for desk in desks if desk.actor.plans]
    listed = [
        Phrase("check.group", {"group": desk.plan.group, "count": answered, "of": len(Question)})
        for desk, answered in counted
    ]
    choices = [
        button("group", to.ShowPlan(desk.workshop.id, desk.plan.id, 0, "check", ""), number=desk.plan.group)
        for desk, _ in counted
    ]
    rows = [tuple(choices[at : at + 3]) for at in range(0, len(choices), 3)]
    text = lines(Phrase("check.all_plans"), "", *(listed or [Phrase("plans.nothing")]))
    return Screen("lines", text, (*rows, _back(dialogue)))


# What has changed ------------------------------------------------------------------------------------------------


def _changes(desk: PlanDesk, person: Person, dialogue: PlanView) -> Screen | None:
    plan, language = desk.plan, person.language
    if plan.agreed_at is None:
        return None
    changed: list[tuple[Any, Phrase]] = [
        (_action(each), _change(desk, each, language)) for each in changes_of(plan) if _sees(desk, each)
    ]
    if plan.goal != plan.agreed_goal and (desk.actor.plans or desk.actor.member):
        goal = {"before": _cut(plan.agreed_goal or "–"), "after": _cut(plan.goal or "–")}
        changed.insert(0, (None, Phrase("changes.goal", goal)))
    shown, page, pages = page_of(changed, dialogue.page, CHANGES_A_PAGE)
    day = dates.short(dates.today_in(plan.agreed_at, desk.workshop.zone), language, desk.year)
    text = lines(
        Phrase("plans.heading", {"title": desk.title}),
        Phrase("changes.since" if changed else "changes.none", {"day": day}),
        Phrase("page", {"page": page + 1, "pages": pages}) if pages > 1 else None,
        "",
        *_under_titles(shown),
    )
    rows = [turning(dialogue, page, pages), _back(dialogue)]
    return Screen("lines", text, tuple(row for row in rows if row))


def changes_of(plan: ActionPlan) -> list[Change]:
    """How a plan differs from what was agreed. How far an action has got is no change of the plan."""
    return [each for each in changes_since_agreed(plan) if each.field is not Field.PROGRESS]


def _action(change: Change) -> Phrase:
    return Phrase("changes.action", {"number": change.action.number, "title": _cut(change.action.title)})


def _under_titles(shown: Sequence[tuple[Any, Phrase]]) -> list[Any]:
    """Each action's title once, above what has changed there."""
    made: list[Any] = []
    title: Any = None
    for above, change in shown:
        if above is not None and above != title:
            made.append(above)
        title = above
        made.append(change)
    return made


def _sees(desk: PlanDesk, change: Change) -> bool:
    return desk.actor.sees(desk.plan, change.action)


def _change(desk: PlanDesk, change: Change, language: str) -> Phrase:
    """One difference from what was agreed: what it was and is, who made it so, when and why."""
    day = dates.short(dates.today_in(change.at, desk.workshop.zone), language, desk.year)
    by: dict[str, Any] = {"name": desk.name(change.by) or "–", "day": day, "why": change.why}
    who = Phrase("changes.by_why" if change.why else "changes.by", by)
    if change.field is None:
        return Phrase("changes.added" if change.before is None else "changes.removed", {"by": who})
    field = Phrase(f"plan.field.{change.field.value}")
    if change.field in ITEMS:
        return Phrase("changes.list", {"field": field, "by": who})
    before, after = (_value(desk, change, value, language) for value in (change.before, change.after))
    return Phrase("changes.field", {"field": field, "before": before, "after": after, "by": who})


def _value(desk: PlanDesk, change: Change, value: Any, language: str) -> Any:
    if value in ("", None, ()):
        return "–"
    if hasattr(value, "year"):
        return dates.short(value, language, desk.year)
    words = desk.name(value) if change.field is Field.OWNER else value_words(desk, value)
    if isinstance(words, list) and len(words) > MOST_NAMED:
        return [*words[: MOST_NAMED - 1], Phrase("more", {"count": len(words) - MOST_NAMED + 1})]
    return _cut(words) if isinstance(words, str) else words


def _cut(text: str) -> str:
    return shortened(text, LONGEST_VALUE)


# Agreeing --------------------------------------------------------------------------------------------------------


def pen_of(desk: PlanDesk) -> int | None:
    """The member who holds the pen of the group whose plan it is."""
    grouping = desk.programme.plan.grouping if desk.programme.plan else ""
    formation = desk.workshop.formations.get(grouping)
    group = formation.groups.get(desk.plan.group) if formation else None
    return group.pen if group else None


def may_agree(desk: PlanDesk) -> bool:
    """Whether somebody may publish the plan: a facilitator, or whoever holds the group's pen; anyone of the group where
    nobody does."""
    pen = pen_of(desk)
    return desk.actor.leads or (desk.actor.group and (pen is None or desk.actor.party == member_party(pen)))


def not_agreeing(desk: PlanDesk) -> Refusal:
    """What whoever may not publish the plan is told."""
    pen = pen_of(desk)
    if not desk.actor.group or pen is None:
        return Refusal("plan.not_yours")
    return Refusal("agree.pen_only", name=desk.name(member_party(pen)))


def _publish(desk: PlanDesk, dialogue: PlanView) -> Screen | None:
    """What is still open, who will see it, and the button."""
    if not may_agree(desk) or desk.plan.agreed_at is not None:
        return None
    found = {question: actions for question, actions in left_open(desk).items() if actions}
    half: list[Seen] = [each for each in seen_in([desk]) if open_count(each.action)]
    count = len(found) + bool(half)
    text = lines(
        Phrase("plans.heading", {"title": desk.title}),
        Phrase("agree.actions", {"count": len(desk.plan.actions())}),
        "",
        Phrase("agree.open", {"count": count}) if count else Phrase("agree.complete"),
        *(question_line(question, actions) for question, actions in found.items()),
        Phrase("check.half", {"count": len(half), "numbers": _some([each.label for each in half])}) if half else None,
        "",
        Phrase("agree.who_sees"),
    )
    publish = button("label.plan.agree", to.AgreePlan(desk.plan.id), style="primary")
    rows: list[tuple[Choice, ...]] = [(publish,)]
    if count:
        rows.append((button("label.plan.check", show(dialogue, view="check", party="")),))
    return Screen("lines", text, (*rows, _back(dialogue)))
