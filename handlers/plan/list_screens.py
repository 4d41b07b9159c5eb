"""How plans look: one plan as a list, all of them by group. Parts of them by person, date or status are in
`plan_some_screens`, what is open, changed and to be agreed in `plan_state_screens`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.core.dialogue import Person
from bot.core.message import Choice, Phrase, Rows, Screen
from bot.core.plan_dialogue import PlanView
from bot.core.words import shortened
from bot.core.workshop import Workshop
from handlers.callbacks import Close
from handlers.context import Reader, button, joined, lines, screen
from handlers.days import dates
from handlers.files.export import file_row
from handlers.files.taps import ExportWhich
from handlers.plan import list_taps as to
from handlers.plan.desk import PlanDesk, goal_of
from handlers.plan.escalation import rule_line
from handlers.plan.escalation_taps import AskStuck
from handlers.plan.pages import (
    Section,
    Seen,
    desks_of,
    mine,
    number_rows,
    open_count,
    page_lines,
    seen_in,
    show,
    turning,
)
from handlers.plan.some_screens import elsewhere_rows, people_screen, some_screen
from handlers.plan.state_screens import changes_of, may_agree, state_screen
from handlers.plan.taps import PlanAdd, PlanResume

GROUPS_A_ROW = 3


@screen(PlanView)
async def plan_screen(reader: Reader, person: Person, dialogue: PlanView) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    desks = await desks_of(reader, person, dialogue)
    if workshop is None or (dialogue.plan_id and not desks):
        return None
    if not dialogue.plan_id and not desks and workshop.active_user(person.user_id) is None:
        return None
    match dialogue.view:
        case "list" if dialogue.plan_id:
            return await _plan(reader, person, dialogue, desks[0])
        case "list":
            return await _plans(reader, person, dialogue, workshop, desks)
        case "people":
            return await people_screen(reader, person, dialogue, workshop, desks)
        case "check" | "changes" | "publish":
            return await state_screen(reader, person, dialogue, desks)
    return await some_screen(reader, person, dialogue, workshop, desks)


# One plan --------------------------------------------------------------------------------------------------------


async def _plan(reader: Reader, person: Person, dialogue: PlanView, desk: PlanDesk) -> Screen:
    seen = seen_in([desk])
    made, shown, page, pages = page_lines([(None, each) for each in seen], dialogue.page, person.language)
    goal = await goal_of(reader, desk) if desk.actor.plans or desk.actor.member else ""
    text = lines(
        Phrase("plans.heading", {"title": desk.title}),
        Phrase("plans.goal", {"goal": goal}) if goal else None,
        _agreed(desk, person.language),
        rule_line(desk),
        Phrase("page", {"page": page + 1, "pages": pages}) if pages > 1 else None,
        "",
        *(made or [Phrase("plans.empty" if desk.actor.plans else "plans.nothing")]),
    )
    rows: list[tuple[Choice, ...]] = []
    if desk.actor.plans:
        rows += _going_on(desk, seen)
        rows.append((button("label.plan.add", PlanAdd(desk.plan.id), style="" if rows else "primary"),))
    rows += number_rows(shown)
    rows.append(turning(dialogue, page, pages))
    if seen:
        rows.append(_views(dialogue))
    rows.append(tuple(await _about(reader, person, dialogue, desk, seen)))
    rows.append(file_row(desk))
    rows.append(_goal_and_rule(desk, goal, seen))
    rows.append(await _others(reader, person, dialogue, desk))
    rows += await elsewhere_rows(reader, dialogue)
    rows.append((button("label.close", Close()),))
    return Screen("lines", text, tuple(row for row in rows if row))


def _agreed(desk: PlanDesk, language: str) -> Phrase | None:
    if desk.plan.agreed_at is None:
        return None
    day = agreed_day(desk, language)
    count = len(changes_of(desk.plan))
    return Phrase("plans.agreed_since", {"day": day, "count": count}) if count else Phrase("plans.agreed", {"day": day})


def agreed_day(desk: PlanDesk, language: str) -> str:
    """The day on which a plan was agreed."""
    at = desk.plan.agreed_at or desk.plan.created_at
    return dates.short(dates.today_in(at, desk.workshop.zone), language, desk.year)


def _going_on(desk: PlanDesk, seen: Sequence[Seen]) -> Rows:
    """A half-finished action, if there is one: the reader's own first."""
    waiting = [each.action for each in seen if open_count(each.action)]
    waiting.sort(key=lambda action: action.changed_by != desk.actor.party)
    return tuple(
        (button("label.plan.go_on_with", PlanResume(desk.plan.id, action.number), style="primary", title=title),)
        for action in waiting[:1]
        if (title := shortened(action.title, 24))
    )


def _views(dialogue: PlanView) -> tuple[Choice, ...]:
    return (
        button("label.plan.by_person", show(dialogue, view="people", party="")),
        button("label.plan.by_date", show(dialogue, view="date", party="")),
        button("label.plan.by_status", show(dialogue, view="status", party="")),
    )


async def _about(
    reader: Reader, person: Person, dialogue: PlanView, desk: PlanDesk, seen: Sequence[Seen]
) -> list[Choice]:
    """One's own actions, what is open, what changed, and agreeing."""
    choices = []
    if seen and (not desk.actor.leads or mine(seen)):
        choices.append(button("label.plan.mine", to.ShowPlan(desk.workshop.id, 0, 0, "mine", "")))
    if seen and desk.actor.plans:
        choices.append(button("label.plan.check", show(dialogue, view="check", party="")))
    if desk.plan.agreed_at is not None and changes_of(desk.plan):
        choices.append(button("label.plan.changes", show(dialogue, view="changes", party="")))
    elif seen and desk.plan.agreed_at is None and may_agree(desk):
        choices.append(button("label.publish", show(dialogue, view="publish", party="")))
    return choices


def _goal_and_rule(desk: PlanDesk, goal: str, seen: Sequence[Seen]) -> tuple[Choice, ...]:
    if not desk.actor.plans:
        return ()
    label = "label.plan.change_goal" if goal else "label.plan.set_goal"
    rule = (button("label.escalation.open", AskStuck(desk.plan.id)),) if seen else ()
    return (button(label, to.ChangeGoal(desk.plan.id)), *rule)


async def _others(reader: Reader, person: Person, dialogue: PlanView, desk: PlanDesk) -> tuple[Choice, ...]:
    """What was removed from the plan, and the other plans."""
    choices = []
    removed = sum(versions[-1].removed for versions in desk.plan.history.values())
    if desk.actor.plans and removed:
        choices.append(button("label.plan.removed", show(dialogue, view="removed", party=""), count=removed))
    if len(await desks_of(reader, person, PlanView(workshop_id=desk.workshop.id))) > 1:
        choices.append(button("label.plan.all", to.ShowPlan(desk.workshop.id, 0, 0, "list", "")))
    return tuple(choices)


# All plans -------------------------------------------------------------------------------------------------------


async def _plans(
    reader: Reader, person: Person, dialogue: PlanView, workshop: Workshop, desks: list[PlanDesk]
) -> Screen:
    seen = seen_in(desks)
    headings = {desk.plan.group: await _group_heading(reader, desk, person.language) for desk in desks}
    sections: list[Section] = [(headings[each.desk.plan.group], each) for each in seen]
    made, shown, page, pages = page_lines(sections, dialogue.page, person.language)
    text = lines(
        Phrase("plans.all"),
        Phrase("page", {"page": page + 1, "pages": pages}) if pages > 1 else None,
        "",
        *(made or [Phrase("plans.nothing")]),
    )
    rows: list[tuple[Choice, ...]] = [*number_rows(shown), turning(dialogue, page, pages)]
    rows += _groups(reader, person, workshop, desks)
    if seen:
        rows.append(_views(dialogue))
        if any(desk.actor.leads for desk in desks):
            rows.append(
                (
                    button("label.plan.check", show(dialogue, view="check", party="")),
                    button("export.label", ExportWhich(workshop.id)),
                )
            )
    rows += await elsewhere_rows(reader, dialogue)
    rows.append((button("label.close", Close()),))
    return Screen("lines", text, tuple(row for row in rows if row))


async def _group_heading(reader: Reader, desk: PlanDesk, language: str) -> Phrase:
    """A group's number with what its plan is to achieve, and whether it is agreed."""
    goal = shortened(await goal_of(reader, desk), 80)
    heading: Any = Phrase("group", {"number": desk.plan.group})
    if desk.plan.agreed_at is not None:
        day = agreed_day(desk, language)
        heading = joined("room.dot", [heading, Phrase("plans.agreed_on", {"day": day})])
    if goal:
        return Phrase("plans.group_goal", {"heading": heading, "goal": goal})
    return Phrase("plans.group", {"heading": heading})


def _groups(reader: Reader, person: Person, workshop: Workshop, desks: list[PlanDesk]) -> Rows:
    """Every group's plan for who leads; else those of which something is to be seen."""
    programme = reader.programme(workshop)
    formation = workshop.formations.get(programme.plan.grouping) if programme.plan else None
    member = workshop.active_user(person.user_id)
    if member is not None and member.leads:
        numbers = list(formation.groups) if formation else []
    else:
        numbers = [desk.plan.group for desk in desks]
    plans = {desk.plan.group: desk.plan.id for desk in desks}
    choices = [
        button(
            "group",
            to.ShowPlan(workshop.id, plans[number], 0, "list", "")
            if number in plans
            else to.ShowGroupPlan(workshop.id, number),
            number=number,
        )
        for number in numbers
    ]
    return tuple(tuple(choices[at : at + GROUPS_A_ROW]) for at in range(0, len(choices), GROUPS_A_ROW))
