"""How some of a plan's actions look: one's own, those of somebody, by date, by status, the removed ones; and who is
named in it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.dialogue import Person
from bot.core.message import Choice, Phrase, Rows, Screen
from bot.core.plan import Party, Progress, contact_of
from bot.core.plan_access import group_of
from bot.core.plan_dialogue import PlanView
from bot.core.workshop import Workshop
from handlers.callbacks import Close, pack
from handlers.context import Reader, button, lines, page_of
from handlers.plan import list_taps as to
from handlers.plan.desk import PlanDesk
from handlers.plan.pages import Section, Seen, by_date, mine, number_rows, page_lines, seen_in, show, turning

PEOPLE_A_PAGE = 12
IN_ORDER = (Progress.BLOCKED, Progress.AT_RISK, Progress.ON_TRACK, Progress.NOT_STARTED, Progress.DONE)


async def some_screen(
    reader: Reader, person: Person, dialogue: PlanView, workshop: Workshop, desks: list[PlanDesk]
) -> Screen:
    seen = seen_in(desks)
    heading: Phrase
    sections: list[Section]
    match dialogue.view:
        case "mine":
            heading, sections = Phrase("plans.mine"), [(None, each) for each in mine(seen)]
        case "person":
            name = next((found for desk in desks if (found := desk.name(dialogue.party))), "")
            heading = Phrase("plans.person", {"name": name}) if name else Phrase("plans.nobody")
            sections = [(None, each) for each in by_date(seen) if _names(each, dialogue.party)]
        case "date":
            heading = Phrase("plans.by_date")
            sections = [
                (Phrase("plans.undated") if each.action.due_on is None else None, each) for each in by_date(seen)
            ]
        case "removed":
            heading, sections = Phrase("plans.removed"), [(None, each) for each in _removed(desks)]
        case _:
            heading, sections = Phrase("plans.by_status"), _by_status(seen)
    made, shown, page, pages = page_lines(sections, dialogue.page, person.language, status=dialogue.view != "status")
    text = lines(
        heading,
        Phrase("page", {"page": page + 1, "pages": pages}) if pages > 1 else None,
        "",
        *(made or [Phrase("plans.nothing_here")]),
    )
    rows = [*number_rows(shown), turning(dialogue, page, pages), *await elsewhere_rows(reader, dialogue)]
    rows.append(await back_row(reader, person, dialogue, workshop))
    return Screen("lines", text, tuple(row for row in rows if row))


def _by_status(seen: Sequence[Seen]) -> list[Section]:
    """What needs somebody most comes first; each status with how many there are."""
    sections: list[Section] = []
    for status in IN_ORDER:
        found = by_date(each for each in seen if each.action.progress is status)
        title = {"status": Phrase(f"plan.progress.{status.value}"), "count": len(found)}
        sections += [(Phrase("plans.status", title), each) for each in found]
    return sections


def _names(seen: Seen, party: Party) -> bool:
    return party in seen.action.parties() if party else not seen.action.parties()


def _removed(desks: list[PlanDesk]) -> list[Seen]:
    return [
        Seen(desk, versions[-1], f"{desk.plan.group}.{number}" if len(desks) > 1 else str(number))
        for desk in desks
        if desk.actor.plans
        for number, versions in desk.plan.history.items()
        if versions[-1].removed
    ]


# By person -------------------------------------------------------------------------------------------------------


async def people_screen(
    reader: Reader, person: Person, dialogue: PlanView, workshop: Workshop, desks: list[PlanDesk]
) -> Screen:
    """Everyone who is named, with how many actions they have a part in."""
    counts: dict[tuple[int, Party], int] = {}
    names: dict[tuple[int, Party], str] = {}
    unnamed = 0
    for seen in seen_in(desks):
        parties = seen.action.parties()
        unnamed += not parties
        for party in parties:
            # A contact's number is their own in one plan only.
            key = (seen.desk.plan.id if contact_of(party) is not None else dialogue.plan_id, party)
            counts[key] = counts.get(key, 0) + 1
            names[key] = seen.desk.name(party)
    ordered = sorted(counts, key=lambda key: (-counts[key], names[key].casefold()))
    shown, page, pages = page_of(ordered, dialogue.page, PEOPLE_A_PAGE)
    choices = [
        button(
            "label.plan.person",
            to.ShowPlan(workshop.id, plan, 0, "person", party),
            name=names[plan, party],
            count=counts[plan, party],
        )
        for plan, party in shown
    ]
    if unnamed and page + 1 == pages:
        choices.append(button("label.plan.nobody_yet", show(dialogue, view="person", party=""), count=unnamed))
    rows: list[tuple[Choice, ...]] = [tuple(choices[at : at + 2]) for at in range(0, len(choices), 2)]
    rows.append(turning(dialogue, page, pages))
    rows.append(await back_row(reader, person, dialogue, workshop))
    text = lines(Phrase("plans.whose"), Phrase("page", {"page": page + 1, "pages": pages}) if pages > 1 else None)
    return Screen("lines", text, tuple(row for row in rows if row))


# The ways on ------------------------------------------------------------------------------------------------------


async def back_row(reader: Reader, person: Person, dialogue: PlanView, workshop: Workshop) -> tuple[Choice, ...]:
    """Back to the plan, or to one's own group's, or to all; nowhere for who is named in some actions only."""
    close = button("label.close", Close())
    member = workshop.active_user(person.user_id)
    if member is None:
        return (close,)
    plan_id = dialogue.plan_id
    if not plan_id and not member.leads:
        group = group_of(reader.programme(workshop), workshop, member)
        own = [plan.id for plan in await reader.plans_of(workshop.id) if group and plan.group == group]
        plan_id = own[0] if own else 0
    back = "people" if dialogue.view == "person" else "list"
    if back == "people":
        plan_id = dialogue.plan_id
    return (button("label.back", to.ShowPlan(workshop.id, plan_id, 0, back, "")), close)


async def elsewhere_rows(reader: Reader, dialogue: PlanView) -> Rows:
    """The way to plans of other workshops in which somebody is named."""
    found = [await reader.workshop(id) for id in dialogue.elsewhere]
    return tuple(
        (Choice(workshop.title, pack(to.ShowPlan(workshop.id, 0, 0, "mine", ""))),) for workshop in found if workshop
    )
