"""Choosing two actions to make one of: with which, and which of the two stays. What follows is in `merge_consent`."""

from __future__ import annotations

import re

from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Phrase, Screen
from bot.core.plan import Action
from bot.core.plan_dialogue import ActionView, PlanView
from bot.core.words import shortened
from handlers.callbacks import Close, pack
from handlers.context import Here, Reader, button, lines, page_of, tap
from handlers.plan import list_taps as to
from handlers.plan.card import heading
from handlers.plan.desk import PlanDesk, plan_desk_for, plan_desk_of
from handlers.plan.pages import PAGE, Seen, desks_of, line, seen_in
from handlers.plan.viewing import look_at, planned

LONGEST_TITLE = 60
_WORDS = re.compile(r"\w{3,}")


# Choosing ----------------------------------------------------------------------------------------------------------


async def candidates_screen(
    reader: Reader, person: Person, desk: PlanDesk, action: Action, dialogue: ActionView
) -> Screen:
    """The other actions that somebody sees, in this plan and in others; those with words in common come first."""
    desks = await desks_of(reader, person, PlanView(workshop_id=desk.workshop.id))
    others = [
        each for each in seen_in(desks) if (each.desk.plan.id, each.action.number) != (desk.plan.id, action.number)
    ]
    others.sort(key=lambda each: -_alike(action.title, each.action.title))
    shown, page, pages = page_of(others, dialogue.page, PAGE)
    text = lines(
        *heading(desk, action, person)[:1],
        Phrase("merge.with_which" if shown else "merge.none"),
        Phrase("page", {"page": page + 1, "pages": pages}) if pages > 1 else None,
        *(["", *(line(each, person.language) for each in shown)] if shown else []),
    )
    choices = [_candidate(desk, action, each) for each in shown]
    across = PAGE if len(desks) == 1 else PAGE // 2
    rows = [tuple(choices[at : at + across]) for at in range(0, len(choices), across)]
    turning = [
        button(label, to.ShowAction(desk.plan.id, action.number, turned, "merge"))
        for label, turned in (("label.earlier", page - 1), ("label.more", page + 1))
        if 0 <= turned < pages
    ]
    back = button("label.back", to.ShowAction(desk.plan.id, action.number, 0, "card"))
    return Screen(
        "lines", text, tuple(row for row in (*rows, tuple(turning), (back, button("label.close", Close()))) if row)
    )


def _candidate(desk: PlanDesk, action: Action, other: Seen) -> Choice:
    return Choice(other.label, pack(to.MergeWith(desk.plan.id, action.number, other.desk.plan.id, other.action.number)))


def _alike(one: str, other: str) -> float:
    """How much two titles have in common, from 0 to 1."""
    here, there = (set(_WORDS.findall(text.casefold())) for text in (one, other))
    return len(here & there) / len(here | there) if here | there else 0.0


async def which_screen(
    reader: Reader, person: Person, desk: PlanDesk, action: Action, dialogue: ActionView
) -> Screen | None:
    """Which of the two stays."""
    second = await plan_desk_for(reader, person, await reader.plan(dialogue.other_plan))
    other = second.plan.action(dialogue.other) if second else None
    if second is None or other is None or not second.actor.sees(second.plan, other):
        return None
    one, two = (desk.plan.id, action.number), (second.plan.id, other.number)
    several = desk.plan.id != second.plan.id
    named = [
        (f"{plan.group}.{each.number}" if several else str(each.number), shortened(each.title, LONGEST_TITLE))
        for plan, each in ((desk.plan, action), (second.plan, other))
    ]
    text = lines(
        Phrase("merge.which"),
        *(Phrase("plans.line_of_group", {"number": label, "title": title}) for label, title in named),
        "",
        Phrase("merge.how"),
    )
    rows = [
        (Choice(f"{label} {title}", pack(to.ProposeMerge(*kept, *gone))),)
        for (label, title), kept, gone in zip(named, (one, two), (two, one), strict=True)
    ]
    back = button("label.back", to.ShowAction(*one, 0, "merge"))
    return Screen("lines", text, (*rows, (back, button("label.close", Close()))))


def title_of(desk: PlanDesk, action: Action) -> Phrase:
    title = shortened(action.title, LONGEST_TITLE)
    return Phrase("merge.title", {"title": title, "group": desk.plan.group})


@tap(to.MergeWith)
async def merge_with(here: Here, action: to.MergeWith) -> None:
    desk, found = await planned(here, action.plan, action.action)
    await second_of(here, desk, action.other_plan, action.other)
    if (action.plan, action.action) == (action.other_plan, action.other):
        raise Refusal("merge.itself")
    look_at(here, desk, found.number, view="which", other_plan=action.other_plan, other=action.other)


async def second_of(here: Here, desk: PlanDesk, plan_id: int, number: int) -> tuple[PlanDesk, Action]:
    """The other action, which has to be of the same workshop and one that somebody sees."""
    second = await plan_desk_of(here, plan_id)
    other = second.plan.action(number)
    if other is None:
        raise Refusal("plan.gone")
    if second.workshop.id != desk.workshop.id or not second.actor.sees(second.plan, other):
        raise Refusal("plan.not_yours")
    return second, other
