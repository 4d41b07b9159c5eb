"""Actions as lines of a list: which ones somebody sees, what they are called there, and a page of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.core.dialogue import Person
from bot.core.message import Choice, Phrase, Rows
from bot.core.plan import Action, Progress
from bot.core.plan_dialogue import PlanView
from bot.core.plan_filling import STEPS
from bot.core.planning import is_open, next_open
from bot.core.words import shortened
from handlers.callbacks import pack
from handlers.context import Reader, button, joined, page_of
from handlers.days import dates
from handlers.plan import list_taps as to
from handlers.plan.desk import PlanDesk, plan_desk_for

PAGE = 8  # actions: their numbers stand side by side in one row
LONGEST_TITLE = 60  # characters of a title in a list


@dataclass(frozen=True, slots=True)
class Seen:
    """An action in a list. `label` is what it is called there: its number, with its group's where there are several."""

    desk: PlanDesk
    action: Action
    label: str


async def desks_of(reader: Reader, person: Person, dialogue: PlanView) -> list[PlanDesk]:
    """The plans that a view is about, as far as somebody has business with them, by group."""
    if dialogue.plan_id:
        plans = [await reader.plan(dialogue.plan_id)]
    else:
        plans = list(await reader.plans_of(dialogue.workshop_id))
    found = [await plan_desk_for(reader, person, plan) for plan in plans]
    return sorted((desk for desk in found if desk is not None and is_shown(desk)), key=lambda desk: desk.plan.group)


def is_shown(desk: PlanDesk) -> bool:
    """Whether somebody sees anything of a plan."""
    return desk.actor.plans or any(desk.actor.sees(desk.plan, action) for action in desk.plan.actions())


def seen_in(desks: Sequence[PlanDesk]) -> list[Seen]:
    """What somebody sees of these plans, in order."""
    return [
        Seen(desk, action, f"{desk.plan.group}.{action.number}" if len(desks) > 1 else str(action.number))
        for desk in desks
        for action in desk.plan.actions()
        if desk.actor.sees(desk.plan, action)
    ]


def mine(seen: Iterable[Seen]) -> list[Seen]:
    """The actions that the reader has a part in, what is due first coming first."""
    return by_date(each for each in seen if each.desk.actor.takes_part(each.desk.plan, each.action))


def by_date(seen: Iterable[Seen]) -> list[Seen]:
    """What is due first comes first; what has no date comes last."""
    return sorted(seen, key=lambda each: (each.action.due_on or date.max, each.desk.plan.group, each.action.number))


def open_count(action: Action) -> int:
    """How many questions of a half-finished action wait for an answer; 0 where it isn't one."""
    if next_open(action) is None:
        return 0
    return sum(any(is_open(action, field) and field not in action.passed for field in step) for step in STEPS)


# Lines -----------------------------------------------------------------------------------------------------------


def title_line(seen: Seen) -> Phrase:
    key = "plans.line_of_group" if "." in seen.label else "plans.line"
    return Phrase(key, {"number": seen.label, "title": shortened(seen.action.title, LONGEST_TITLE)})


def line(seen: Seen, language: str, *, status: bool = True) -> Phrase:
    """An action on one line: its number and title; who answers for it, by when, how it stands."""
    action = seen.action
    if count := open_count(action):
        return Phrase("plans.line_open", {"line": title_line(seen), "count": count})
    parts: list[Any] = [title_line(seen)]
    if who := next((name for party in (action.owner, *action.responsible) if (name := seen.desk.name(party))), ""):
        parts.append(Phrase("plain", {"text": who}))
    if action.due_on is not None:
        day = dates.short(action.due_on, language, seen.desk.year)
        parts.append(Phrase("plain", {"text": day}))
    if seen.desk.is_late(action):
        parts.append(Phrase("plans.late"))
    if status and action.progress is not Progress.NOT_STARTED:
        parts.append(Phrase(f"plan.progress.{action.progress.value}"))
    return joined("room.dot", parts)


# Pages -----------------------------------------------------------------------------------------------------------


Section = tuple[Any, Seen]
"""An action with the heading that it stands under; None for none."""


def page_lines(
    sections: Sequence[Section], page: int, language: str, *, status: bool = True
) -> tuple[list[Any], list[Seen], int, int]:
    """The lines of a page with the headings in between, its actions, the page's number and how many there are."""
    shown, page, pages = page_of(list(sections), page, PAGE)
    made: list[Any] = []
    heading: Any = None
    for above, seen in shown:
        if above is not None and above != heading:
            made += ["", above] if made else [above]
            heading = above
        made.append(line(seen, language, status=status))
    return made, [seen for _, seen in shown], page, pages


def number_rows(shown: Sequence[Seen]) -> Rows:
    """The numbers of a page's actions, to open them."""
    choices = [
        Choice(each.label, pack(to.ShowAction(each.desk.plan.id, each.action.number, 0, "card"))) for each in shown
    ]
    across = PAGE if all(len(each.label) < 4 for each in shown) else PAGE // 2
    return tuple(tuple(choices[at : at + across]) for at in range(0, len(choices), across))


def show(dialogue: PlanView, *, page: int = 0, view: str = "", party: str | None = None) -> to.ShowPlan:
    """The tap that leads to another page of a view, or to another view of the same plan."""
    whose = dialogue.party if party is None else party
    return to.ShowPlan(dialogue.workshop_id, dialogue.plan_id, page, view or dialogue.view, whose)


def turning(dialogue: PlanView, page: int, pages: int) -> tuple[Choice, ...]:
    """[Earlier] and [More], where there are such pages."""
    choices = []
    if page > 0:
        choices.append(button("label.earlier", show(dialogue, page=page - 1)))
    if page + 1 < pages:
        choices.append(button("label.more", show(dialogue, page=page + 1)))
    return tuple(choices)
