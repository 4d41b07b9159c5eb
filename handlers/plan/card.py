"""An action's card: what it says, the one thing that could be better, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any

from bot.core import reports as reported
from bot.core.dialogue import Person
from bot.core.message import Choice, Phrase, Rows, Screen
from bot.core.plan import ITEMS, Action, Field, Item, Kpi, Party, Progress, ReportKind
from bot.core.plan_check import Finding, Lack, first_finding
from bot.core.plan_dialogue import ActionView, PlanView
from bot.core.words import shortened
from content.plan_words import plan_words
from handlers.callbacks import Close
from handlers.context import button, joined, lines
from handlers.days import dates
from handlers.plan import list_taps as to
from handlers.plan.desk import PlanDesk
from handlers.plan.links import is_somebody, link_rows
from handlers.plan.pages import open_count
from handlers.plan.report_taps import ShowHistory
from handlers.plan.taps import PlanResume
from handlers.plan.words import item_words
from handlers.products import length_of

ROOM = 2400  # characters for the body of a card: with all around it, it fits into one message
LENGTHS = (300, 120, 70, 40)  # characters of each part of an item: the first that leave the card within its room
MOST_LISTED = 3  # items of a list on the card
MOST_NAMED = 5  # people in one line
REPORTED = (Progress.ON_TRACK, Progress.AT_RISK, Progress.BLOCKED, Progress.DONE)

_ITEM_LINES = {
    Field.MILESTONES: "card.milestone",
    Field.BARRIERS: "card.barrier",
    Field.COMMUNICATIONS: "card.tell",
    Field.KPIS: "card.kpi",
}
_MENDS = {Lack.EVERYONE: "label.plan.name_them", Lack.NO_VERB: "label.reword"}  # the others add what is missing


# What it says ----------------------------------------------------------------------------------------------------


def lines_of(desk: PlanDesk, action: Action) -> list[Any]:
    """The body of an action's card, line by line: what isn't filled in is left out, but for who answers for it and
    by when. Long texts and long lists are cut where they wouldn't fit; the lists themselves have them in full."""
    return fitting(lambda longest: _body(desk, action, longest))


def _body(desk: PlanDesk, action: Action, longest: int) -> list[Any]:
    body = [
        Phrase("card.who", {"names": _people(desk, action, action.responsible)}) if action.responsible else None,
        Phrase("card.owner", {"name": person_words(desk, action, action.owner) if action.owner else "–"}),
        Phrase("card.supporters", {"names": _people(desk, action, action.supporters)}) if action.supporters else None,
        Phrase("card.by", {"day": action.due_on or "–"}),
        *_item_lines(desk, action, Field.MILESTONES, longest),
        _resources(desk, action, Field.AVAILABLE, longest),
        _resources(desk, action, Field.NEEDED, longest),
        *_item_lines(desk, action, Field.BARRIERS, longest),
        *_item_lines(desk, action, Field.COMMUNICATIONS, longest),
        *_item_lines(desk, action, Field.KPIS, longest),
    ]
    return [each for each in body if each is not None]


def person_words(desk: PlanDesk, action: Action, party: Party) -> Any:
    """Somebody by name; of who isn't in the bot, how far they are."""
    name, contact = desk.name(party), desk.plan.contact(party)
    if desk.has_left(party):
        return Phrase("card.left", {"name": name})
    if contact is None or action.number in contact.agreed or not is_somebody(contact):
        return name
    if action.number in contact.declined:
        return Phrase("card.declined", {"name": name})
    return Phrase("card.unopened" if contact.user_id is None else "card.not_agreed", {"name": name})


def _people(desk: PlanDesk, action: Action, parties: Sequence[Party]) -> list[Any]:
    names = [person_words(desk, action, party) for party in parties]
    if len(names) <= MOST_NAMED:
        return names
    return [*names[: MOST_NAMED - 1], Phrase("more", {"count": len(names) - MOST_NAMED + 1})]


def fitting(made: Callable[[int], list[Any]]) -> list[Any]:
    """Lines whose texts are cut so far that all of them fit into one message. `made` makes them, given how many
    characters a text may have."""
    found: list[Any] = []
    for longest in LENGTHS:
        found = made(longest)
        if sum(map(length_of, found)) <= ROOM:
            break
    return found


def brief(item: Item, longest: int) -> Item:
    """An item with its texts cut."""
    texts = {each.name: getattr(item, each.name) for each in fields(item)}
    cut: dict[str, Any] = {name: shortened(text, longest) for name, text in texts.items() if type(text) is str}
    return replace(item, **cut)


def _item_lines(desk: PlanDesk, action: Action, field: Field, longest: int) -> list[Phrase]:
    items = action.items(field)
    shown = items if len(items) <= MOST_LISTED + 1 else items[:MOST_LISTED]
    made = [Phrase(_ITEM_LINES[field], {"text": _item_line(desk, action, item, longest)}) for item in shown]
    if rest := len(items) - len(shown):
        made.append(Phrase("card.more", {"count": rest, "field": Phrase(f"plan.field.{field.value}")}))
    return made


def _item_line(desk: PlanDesk, action: Action, item: Item, longest: int) -> Phrase:
    """An item; of a measure also what it has come to."""
    text = item_words(desk, brief(item, longest))
    said = reported.values(desk.plan, action, item) if isinstance(item, Kpi) else []
    return Phrase("card.now", {"text": text, "value": shortened(said[-1].text, longest)}) if said else text


def _resources(desk: PlanDesk, action: Action, field: Field, longest: int) -> Phrase | None:
    items = action.items(field)
    if not items:
        return None
    named: list[Any] = [item_words(desk, brief(item, longest)) for item in items]
    if len(named) > MOST_NAMED:
        named = [*named[: MOST_NAMED - 1], Phrase("more", {"count": len(named) - MOST_NAMED + 1})]
    return Phrase("card.have" if field is Field.AVAILABLE else "card.need", {"things": named})


# The screen ------------------------------------------------------------------------------------------------------


def heading(desk: PlanDesk, action: Action, person: Person) -> list[Any]:
    """Its number and title; how it stands, and who changed it last where that was somebody else."""
    facts: list[Any] = [] if desk.actor.group else [Phrase("group", {"number": desk.plan.group})]
    if count := open_count(action):
        facts.append(Phrase("card.open", {"count": count}))
    elif action.progress is Progress.NOT_STARTED and desk.plan.agreed_at is None:
        facts.append(Phrase("card.ready"))
    else:
        facts.append(Phrase(f"plan.progress.{action.progress.value}"))
    if desk.is_late(action):
        facts.append(Phrase("plans.late"))
    if action.changed_by != desk.actor.party and (name := desk.name(action.changed_by)):
        key = "card.changed" if action.version > 1 else "card.added"
        facts.append(Phrase(key, {"name": name, "day": changed_day(desk, action, person.language)}))
    return [
        Phrase("card.title", {"number": action.number, "title": action.title}),
        Phrase("card.facts", {"facts": joined("room.dot", facts)}),
        *(said_of(desk, action, person.language) if desk.actor.hears(desk.plan, action) else ()),
    ]


def said_of(desk: PlanDesk, action: Action, language: str) -> list[Phrase]:
    """What was said when an action was last reported on, and what is done about it since."""
    found = reported.latest(desk.plan, action.number, ReportKind.PROGRESS)
    corrective = reported.latest(desk.plan, action.number, ReportKind.CORRECTIVE)
    if found is None or found.progress is not action.progress:
        return []
    said = [("card.said", found)] if found.text else []
    if corrective is not None and corrective.at >= found.at:
        said.append(("card.corrective", corrective))
    made = []
    for key, each in said:
        day = dates.short(dates.today_in(each.at, desk.workshop.zone), language, desk.year)
        made.append(Phrase(key, {"name": desk.name(each.by), "day": day, "line": each.text}))
    return made


def changed_day(desk: PlanDesk, action: Action, language: str) -> str:
    day = dates.today_in(action.changed_at, desk.workshop.zone)
    return dates.short(day, language, desk.year)


def card_screen(desk: PlanDesk, action: Action, person: Person, dialogue: ActionView) -> Screen:
    """The card of an action that stands in the plan."""
    may = desk.actor.changes(desk.plan, action)
    waits = bool(open_count(action))
    finding = first_finding(action, desk.name, plan_words()) if may and not waits else None
    text = lines(
        *heading(desk, action, person),
        *lines_of(desk, action),
        None if waits else _left_open(action),
        Phrase("card.one_thing", {"text": finding_words(finding)}) if finding else None,
    )
    rows: list[tuple[Choice, ...]] = []
    if may and waits:
        rows.append((button("label.plan.go_on", PlanResume(desk.plan.id, action.number), style="primary"),))
    elif finding is not None:
        rows.append(_finding_row(desk, action, finding))
    rows += _changing(desk, action, may=may)
    rows += link_rows(desk, action) if may else ()
    rows.append(last_row(desk, dialogue))
    return Screen("lines", text, tuple(row for row in rows if row))


def _left_open(action: Action) -> Phrase | None:
    """What of the six questions has nothing at all."""
    empty = [field for field in (Field.COMMUNICATIONS, Field.KPIS) if not action.items(field)]
    if not action.resources_available and not action.resources_needed:
        empty.insert(0, Field.NEEDED)
    names = [Phrase(f"plan.field.{field.value}") for field in empty]
    return Phrase("card.left_open", {"fields": names}) if names else None


def _changing(desk: PlanDesk, action: Action, *, may: bool) -> Rows:
    plan, number = desk.plan.id, action.number
    rows: list[tuple[Choice, ...]] = []
    first = [button("label.plan.change", to.ShowAction(plan, number, 0, "fields"))] if may else []
    if reports(desk, action):
        if desk.plan.agreed_at is None:
            first.append(button("label.plan.status", to.ShowAction(plan, number, 0, "progress")))
        else:
            rows += progress_rows(desk, action, REPORTED)
    rows.append(tuple(first))
    second = []
    if desk.actor.hears(desk.plan, action) and any(each.action == number for each in desk.plan.reports):
        second.append(button("label.plan.history", ShowHistory(plan, number, 0)))
    if may and len(desk.plan.history[number]) > 1:
        second.append(button("label.plan.undo", to.ActionDo(plan, number, action.version, "undo")))
    if desk.actor.plans:
        second.append(button("label.remove", to.ActionDo(plan, number, action.version, "remove")))
        second.append(button("label.plan.merge", to.ShowAction(plan, number, 0, "merge")))
    rows.append(tuple(second))
    return tuple(rows)


def reports(desk: PlanDesk, action: Action) -> bool:
    """Whether somebody may say how an action stands: who may change it, and who does it."""
    does_it = desk.actor.party in action.responsible and desk.actor.takes_part(desk.plan, action)
    return does_it or desk.actor.changes(desk.plan, action)


def progress_rows(desk: PlanDesk, action: Action, offered: Sequence[Progress]) -> Rows:
    choices = []
    for each in offered:
        label = Phrase(f"plan.progress.{each.value}")
        tap = to.SetProgress(desk.plan.id, action.number, action.progress.value, each.value)
        choices.append(
            button("label.chosen", tap, label=label)
            if each is action.progress
            else button(f"plan.progress.{each.value}", tap)
        )
    return tuple(tuple(choices[at : at + 2]) for at in range(0, len(choices), 2))


def last_row(desk: PlanDesk, dialogue: ActionView) -> tuple[Choice, ...]:
    """Back to the list that the action was opened from, and [Close]."""
    back = dialogue.back or PlanView(workshop_id=desk.workshop.id, plan_id=desk.plan.id)
    tap = to.ShowPlan(back.workshop_id, back.plan_id, back.page, back.view, back.party)
    return (button("label.back", tap), button("label.close", Close()))


# The one thing ---------------------------------------------------------------------------------------------------


def finding_words(finding: Finding) -> Phrase:
    """What could be better, as a question."""
    key = f"find.{finding.lack.value}"
    if finding.lack is Lack.KPI_NO_NUMBER:
        key = f"{key}.{finding.part}"
    return Phrase(key, {"name": shortened(finding.name, 60)})


def _finding_row(desk: PlanDesk, action: Action, finding: Finding) -> tuple[Choice, ...]:
    plan, number = desk.plan.id, action.number
    mend: Any = to.AskField(plan, number, finding.field.value)
    if finding.field in ITEMS:
        mend = to.AskPart(plan, number, finding.item, finding.field.value, finding.part)
    label = _MENDS.get(finding.lack, "label.plan.add_it")
    return (
        button(label, mend, style="primary"),
        button("label.plan.fine", to.CallFine(plan, number, finding.key)),
    )
