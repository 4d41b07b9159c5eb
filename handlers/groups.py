"""A member's group: the message that tells it, who is in it, its roles; seats for those who come late or leave."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core import grouping, roles
from bot.core.dialogue import Groups, Person, Reading
from bot.core.errors import Refusal
from bot.core.exercise import Programme
from bot.core.grouping import Formation, Group, GroupRole
from bot.core.message import SEAT, Choice, ContentText, Phrase, Priority, Screen
from bot.core.workshop import Member, Workshop
from bot.turn import Turn
from handlers import callbacks as to
from handlers.context import Here, Reader, button, command, lines, tap
from handlers.exercises import bring_sheet, fill_group_roles

NAMED = 3  # of those in one's group, in the message that tells it
MOST_LISTED = 40  # names on a group's card


def topics_of(programme: Programme, group: Group) -> list[ContentText]:
    """What a group works on, in the programme's words."""
    found = [programme.topic(topic) for topic in group.topics]
    return [ContentText(programme.name, topic.name) for topic in found if topic]


def newest(workshop: Workshop) -> Formation | None:
    """The formation in which the room is working now."""
    return max(workshop.formations.values(), key=lambda each: each.formed_at, default=None)


def with_formation(workshop: Workshop, formation: Formation) -> Workshop:
    return replace(workshop, formations={**workshop.formations, formation.grouping: formation})


# Seats -----------------------------------------------------------------------------------------------------------


async def tell_seat(
    turn: Turn, workshop: Workshop, member_number: int, grouping_id: str, *, late: bool = False
) -> None:
    """Tell a member which group they are in and with whom, and put its sheet in front of them."""
    member, formation = workshop.members[member_number], workshop.formations[grouping_id]
    group = formation.group_of(member_number)
    if member.user_id is None or group is None:
        return
    await bring_sheet(turn, workshop, member_number)
    person = await turn.person(member.user_id)
    if person is not None and isinstance(person.dialogue, Reading) and person.dialogue.what == "group":
        turn.put(replace(person, dialogue=None))  # a card of the group that was
    elsewhere = person is None or person.workshop_id != workshop.id
    seat = formation.seats[member_number]
    # Only who called the number out knows it as theirs: not after a merge, and not who came late.
    key = "seat.counted" if seat.counted == group.number and not seat.moved and not late else "seat.moved"
    about: dict[str, Any] = {"counted": seat.counted, "group": group.number}
    topics = topics_of(turn.programme(workshop), group)
    text = lines(
        Phrase("seat.workshop", {"title": workshop.title}) if elsewhere else None,
        Phrase(key, {**about, "topics": topics}) if topics else Phrase(f"{key}_plain", about),
        _company(workshop, formation, group, member_number),
    )
    rows = ((button("label.my_group", to.MyGroup(workshop.id, grouping_id)),), *_role_rows(workshop, formation, group))
    await turn.say(member.user_id, "lines", rows, priority=Priority.LIVE, slot=SEAT, **text)


def _company(workshop: Workshop, formation: Formation, group: Group, member: int) -> Phrase:
    """Who else is in the group, a few by name."""
    others = [workshop.members[other].name for other in formation.members_of(group.number) if other != member]
    if not others:
        return Phrase("seat.alone")
    names: list[str | Phrase] = list(others)
    if len(others) > NAMED + 1:
        names = [*others[:NAMED], Phrase("more", {"count": len(others) - NAMED})]
    return Phrase("seat.with", {"names": names})


def _role_rows(workshop: Workshop, formation: Formation, group: Group) -> list[tuple[Choice, ...]]:
    """The roles that nobody has yet, to volunteer for."""
    free = [
        button(f"label.be_{role.value}", to.Volunteer(workshop.id, role.value, formation.grouping))
        for role in (GroupRole.SCRIBE, GroupRole.REPORTER, GroupRole.TIMEKEEPER)
        if group.holder(role) is None
    ]
    return [tuple(free[at : at + 2]) for at in range(0, len(free), 2)]


async def seat_latecomer(turn: Turn, workshop: Workshop, member_number: int) -> Workshop:
    """Seat a participant in the smallest group of every formation, as far as they have no seat yet, and tell them."""
    seated = {name: grouping.seat_latecomer(each, member_number) for name, each in workshop.formations.items()}
    late = any(member_number not in each.seats for each in workshop.formations.values())
    workshop = replace(workshop, formations=seated)
    turn.put(workshop)
    now = newest(workshop)
    if late and now is not None:
        await tell_seat(turn, workshop, member_number, now.grouping, late=True)
    else:
        await bring_sheet(turn, workshop, member_number)
    return await refill_roles(turn, workshop)


async def unseat(turn: Turn, workshop: Workshop, member_number: int) -> Workshop:
    """Take whoever left or was removed out of all groups. Others take over their roles where work is going on."""
    vacated = {name: grouping.vacate(each, member_number) for name, each in workshop.formations.items()}
    workshop = replace(workshop, formations=vacated)
    turn.put(workshop)
    user_id = workshop.members[member_number].user_id
    person = await turn.person(user_id) if user_id is not None else None
    run = await turn.run(person.sheet_run_id) if person else None
    if person is not None and run is not None and run.workshop_id == workshop.id:
        turn.put(replace(person, sheet_run_id=None))
    return await refill_roles(turn, workshop)


async def move_to(turn: Turn, workshop: Workshop, member_number: int, grouping_id: str, group: int) -> Workshop:
    """Move a member by hand and tell them. Their roles stay behind, for others to take over."""
    formation = workshop.formations.get(grouping_id)
    if formation is None:
        raise Refusal("tap.old")
    workshop = with_formation(workshop, grouping.move(formation, member_number, group))
    turn.put(workshop)
    await tell_seat(turn, workshop, member_number, grouping_id)
    return await refill_roles(turn, workshop)


async def refill_roles(turn: Turn, workshop: Workshop) -> Workshop:
    """Give roles that fell free to others, in groups that are at work."""
    programme = turn.programme(workshop)
    at_work = {
        (exercise.grouping, run.group)
        for run in await turn.runs_of(workshop.id)
        if run.published_at is None and (exercise := programme.exercises.get(run.exercise))
    }
    for name, number in sorted(at_work):
        group = workshop.formations[name].groups.get(number) if name in workshop.formations else None
        if group is not None and (group.pen is None or any(group.holder(role) is None for role in GroupRole)):
            workshop = await fill_group_roles(turn, workshop, name, number)
    return workshop


# A member's own group --------------------------------------------------------------------------------------------


@command("group")
async def group_(here: Here, rest: str) -> None:
    show_group(here, *await here.current_workshop(), "")


@tap(to.MyGroup)
async def my_group(here: Here, action: to.MyGroup) -> None:
    show_group(here, *await here.member(action.workshop), action.grouping)


def show_group(here: Here, workshop: Workshop, member: Member, grouping_id: str) -> None:
    """A member's own group; all of them for those who lead."""
    if member.leads:
        here.ask(Groups(workshop_id=workshop.id))
    else:
        here.ask(Reading(what="group", workshop_id=workshop.id, grouping=grouping_id))


async def group_screen(reader: Reader, person: Person, dialogue: Reading) -> Screen | None:
    """Who is in one's group, with what they do there."""
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None:
        return None
    close = (button("label.close", to.Close()),)
    formation = workshop.formations.get(dialogue.grouping) or newest(workshop)
    group = formation.group_of(member.number) if formation else None
    if formation is None or group is None:
        return Screen("groups.not_seated" if formation else "group.none", rows=(close,))
    programme = reader.programme(workshop)
    topics = topics_of(programme, group)
    heading = {"number": group.number, "topics": topics}
    listed = formation.members_of(group.number)
    hidden = len(listed) - MOST_LISTED
    text = lines(
        Phrase("group.heading" if topics else "group.heading_plain", heading),
        *(_named(workshop, group, each, member.number) for each in listed[:MOST_LISTED]),
        Phrase("group.others", {"count": hidden}) if hidden > 0 else None,
    )
    others = [
        (Choice(ContentText(programme.name, programme.groupings[name].title), to.pack(to.MyGroup(workshop.id, name))),)
        for name, each in workshop.formations.items()
        if name != formation.grouping and name in programme.groupings and member.number in each.seats
    ]
    return Screen("lines", text, (*_role_rows(workshop, formation, group), *others, close))


def _named(workshop: Workshop, group: Group, member: int, reader: int) -> Phrase:
    name: str | Phrase = workshop.members[member].name
    if member == reader:
        name = Phrase("group.you", {"name": name})
    held = [Phrase(f"role.{role.value}") for role in group.roles_of(member)]
    return Phrase("group.member_roles", {"name": name, "roles": held}) if held else Phrase("plain", {"text": name})


@tap(to.Volunteer)
async def volunteer(here: Here, action: to.Volunteer) -> None:
    workshop, member = await here.member(action.workshop)
    formation = workshop.formations.get(action.grouping)
    if formation is None or action.role not in list(GroupRole):
        raise Refusal("tap.old")
    role = GroupRole(action.role)
    try:
        after = roles.volunteer(formation, member.number, role, now=here.turn.now)
    except Refusal as refusal:
        if holder := workshop.members.get(refusal.params.get("member", 0)):
            raise Refusal(f"roles.taken.{role.value}", name=holder.name) from refusal
        raise
    here.turn.put(with_formation(workshop, after))
    await here.reply(f"roles.yours.{role.value}", group=after.seats[member.number].group)
