"""How the list of people and a person's card look to a facilitator."""

from __future__ import annotations

from typing import Any

from bot.core import membership
from bot.core.dialogue import People, Person
from bot.core.message import Choice, ContentText, Phrase, Rows, Screen
from bot.core.workshop import Member, Membership, Role, Workshop
from handlers.callbacks import Close, EnterPerson, EnterSkip, MemberDo, MoveTo, ShowMember, ShowPeople, pack
from handlers.context import Reader, button, lines, page_of, screen

PAGE = 8
_AWAY = {"blocked", "deactivated", "not_started", "chat_not_found"}


@screen(People)
async def people_screen(reader: Reader, person: Person, dialogue: People) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    me = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or me is None or not me.leads:
        return None
    if dialogue.asks in ("enter_name", "enter_organisation"):
        return _entering(workshop, dialogue)
    member = workshop.members.get(dialogue.member)
    if member is None:
        return await _list(reader, workshop, dialogue.page)
    match dialogue.asks:
        case "rename":
            return Screen("people.rename", {"name": member.name}, (_cancel(workshop, member),))
        case "remove":
            return _sure(workshop, member, "remove" if member.user_id is not None else "remove_no_phone")
        case "hand_over":
            return _sure(workshop, member, "hand_over")
        case "removed":
            undo = button("people.undo", MemberDo(workshop.id, member.number, "restore"))
            return Screen("people.removed", {"name": member.name}, ((undo,), (_to_list(workshop, dialogue.page),)))
        case "move":
            return _moving(reader, workshop, member)
        case _:
            return await _card(reader, person, workshop, me, member, dialogue.page)


def _to_list(workshop: Workshop, page: int) -> Choice:
    return button("label.back", ShowPeople(workshop.id, page))


def _cancel(workshop: Workshop, member: Member) -> tuple[Choice, ...]:
    return (button("label.cancel", ShowMember(workshop.id, member.number)),)


def _sure(workshop: Workshop, member: Member, what: str) -> Screen:
    does = what.removesuffix("_no_phone")
    yes = button(f"people.{does}_yes", MemberDo(workshop.id, member.number, f"{does}_yes"), style="danger")
    about = {"name": member.name, "title": workshop.title}
    return Screen(f"people.{what}", about, ((yes,), _cancel(workshop, member)))


def _entering(workshop: Workshop, dialogue: People) -> Screen:
    cancel = button("label.cancel", ShowPeople(workshop.id, dialogue.page))
    if dialogue.asks == "enter_name":
        return Screen("people.enter_name", rows=((cancel,),))
    skip = button("label.skip", EnterSkip(workshop.id))
    return Screen("people.enter_organisation", {"name": dialogue.name}, ((skip, cancel),))


# The list --------------------------------------------------------------------------------------------------------


async def _list(reader: Reader, workshop: Workshop, page: int) -> Screen:
    everyone = sorted(workshop.members.values(), key=lambda each: (each.status is not Membership.ACTIVE, each.number))
    shown, page, pages = page_of(everyone, page, PAGE)
    here = sum(1 for _ in workshop.active())
    text = lines(
        Phrase("people.heading", {"count": here, "title": workshop.title}),
        Phrase("page", {"page": page + 1, "pages": pages}) if pages > 1 else None,
        "",
        *[await _line(reader, each) for each in shown],
    )
    names = [
        Choice(f"{each.number} {each.name}", pack(ShowMember(workshop.id, each.number))) for each in shown
    ]  # two in a row: a label is cut at 24 characters
    turn = [
        button("label.earlier", ShowPeople(workshop.id, page - 1)) if page > 0 else None,
        button("label.more", ShowPeople(workshop.id, page + 1)) if page + 1 < pages else None,
    ]
    last = (button("people.enter", EnterPerson(workshop.id)), button("label.close", Close()))
    return Screen("lines", text, (*_pairs(names), tuple(each for each in turn if each), last))


def _pairs(choices: list[Choice]) -> Rows:
    return tuple(tuple(choices[at : at + 2]) for at in range(0, len(choices), 2))


async def _line(reader: Reader, member: Member) -> Phrase:
    name: Any = member.name
    if member.organisation:
        name = Phrase("name_at", {"name": member.name, "organisation": member.organisation})
    marks = await _marks(reader, member)
    if not marks:
        return Phrase("people.line", {"number": member.number, "name": name})
    return Phrase("people.line_marked", {"number": member.number, "name": name, "marks": marks})


async def _marks(reader: Reader, member: Member) -> list[Phrase]:
    """What a facilitator should know about someone, in words."""
    if member.status is not Membership.ACTIVE:
        return [Phrase(f"people.mark.{member.status.value}")]
    marks = [] if member.role is Role.PARTICIPANT else [Phrase(f"people.mark.{member.role.value}")]
    if member.user_id is None:
        return [*marks, Phrase("people.mark.no_phone")]
    person = await reader.person(member.user_id)
    if person is not None and person.unreachable:
        why = person.unreachable if person.unreachable in _AWAY else "other"
        marks.append(Phrase(f"people.away.{why}"))
    return marks


# One person ------------------------------------------------------------------------------------------------------


async def _card(reader: Reader, person: Person, workshop: Workshop, me: Member, member: Member, page: int) -> Screen:
    marks = await _marks(reader, member)
    acting = person.acting_for == member.number and person.workshop_id == workshop.id
    text = lines(
        Phrase("people.card", {"number": member.number, "name": member.name}),
        Phrase("plain", {"text": member.organisation}) if member.organisation else None,
        Phrase("people.marks", {"marks": marks}) if marks else None,
        *_groups_of(reader, workshop, member),
        Phrase("people.you_answer") if acting else None,
    )
    does = [
        button(f"people.do.{what}", MemberDo(workshop.id, member.number, what))
        for what in _fits(workshop, me, member, acting=acting)
    ]
    if member.user_id is None and member.status is Membership.ACTIVE:
        does.append(button("people.enter_another", EnterPerson(workshop.id)))
    return Screen("lines", text, (*_pairs(does), (_to_list(workshop, page), button("label.close", Close()))))


def _fits(workshop: Workshop, me: Member, member: Member, *, acting: bool) -> list[str]:
    """What can be done about someone now."""
    may = membership.may_manage(me, member)
    if member.status is Membership.REMOVED:
        return ["restore"] if may else []
    if member.status is Membership.LEFT:
        return []
    fits = []
    if member.user_id is None:
        fits.append("stop_answering" if acting else "answer_for")
    if workshop.formations and member.role is Role.PARTICIPANT:
        fits.append("move")
    if may:
        fits.append("rename")
    if may and member.role is not Role.ORGANISER and member.number != me.number:
        fits.append("remove")
    if me.role is Role.ORGANISER and member.role is Role.FACILITATOR:
        fits.append("hand_over")
    return fits


def _groups_of(reader: Reader, workshop: Workshop, member: Member) -> list[Phrase]:
    programme = reader.programme(workshop)
    newest_first = sorted(workshop.formations.values(), key=lambda each: each.formed_at, reverse=True)
    return [
        Phrase(
            "people.group",
            {
                "number": formation.seats[member.number].group,
                "title": ContentText(programme.name, programme.groupings[formation.grouping].title),
            },
        )
        for formation in newest_first
        if member.number in formation.seats and formation.grouping in programme.groupings
    ]


def _moving(reader: Reader, workshop: Workshop, member: Member) -> Screen:
    """Every group of every formation, the newest first; where there are several, a label says of how many it is."""
    newest_first = sorted(workshop.formations.values(), key=lambda each: each.formed_at, reverse=True)
    rows: list[tuple[Choice, ...]] = []
    for formation in newest_first:
        seat = formation.seats.get(member.number)
        key = "people.to_group_of" if len(newest_first) > 1 else "people.to_group"
        choices = [
            button(
                key,
                MoveTo(workshop.id, member.number, number, formation.grouping),
                number=number,
                groups=len(formation.groups),
            )
            for number in formation.groups
            if seat is None or seat.group != number
        ]
        rows += _pairs(choices)
    text = lines(Phrase("people.move", {"name": member.name}), *_groups_of(reader, workshop, member))
    return Screen("lines", text, (*rows, _cancel(workshop, member)))
