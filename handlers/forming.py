"""A facilitator forms the groups: counting off, merging, doing it again; and the list to read aloud."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core import checked, grouping
from bot.core.dialogue import Groups, Person
from bot.core.errors import Refusal
from bot.core.exercise import Grouping, Programme
from bot.core.grouping import Formation
from bot.core.message import Choice, ContentText, Phrase, Screen
from bot.core.sequence import groups_at_work
from bot.core.workshop import Workshop
from handlers import callbacks as to
from handlers.context import Here, Pass, Reader, button, command, lines, on_text, screen, tap
from handlers.groups import refill_roles, show_group, tell_seat, topics_of, with_formation
from handlers.mirrors.taps import ShowChats
from handlers.typed import by_number

ALOUD_PAGE = 40  # names read out from one screen


@command("groups")
async def groups(here: Here, rest: str) -> None:
    workshop, member = await here.current_workshop()
    show_group(here, workshop, member, "")  # facilitators see all of them


@tap(to.ShowGroups)
async def show_groups(here: Here, action: to.ShowGroups) -> None:
    await here.facilitator(action.workshop)
    here.ask(Groups(workshop_id=action.workshop))


@tap(to.ReadAloud)
async def read_aloud(here: Here, action: to.ReadAloud) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    if action.grouping not in workshop.formations:
        raise Refusal("tap.old")
    here.ask(Groups(workshop_id=workshop.id, asks="aloud", grouping=action.grouping, page=action.page))


# Forming ---------------------------------------------------------------------------------------------------------


@tap(to.FormGroups)
async def form_groups(here: Here, action: to.FormGroups) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    if action.grouping not in here.turn.programme(workshop).groupings:
        raise Refusal("tap.old")
    asked = Groups(workshop_id=workshop.id, grouping=action.grouping)
    open_question = here.person.dialogue
    match action.how:
        case "count":
            await _begin(here, workshop, asked)
        case "merge":
            await _begin(here, workshop, replace(asked, how="merge"))
        case "other":
            _check_anyone(workshop)
            here.ask(replace(asked, asks="number"))
        case "yes" if isinstance(open_question, Groups) and open_question.asks == "again":
            await _form(here, workshop, open_question)
        case "no":
            here.ask(Groups(workshop_id=workshop.id))
        case _:
            raise Refusal("tap.old")


@on_text(Groups)
async def groups_text(here: Here, dialogue: Groups, text: str) -> None:
    if dialogue.asks != "number":
        if not await by_number(here, text):
            raise Pass
        return
    workshop, _ = await here.facilitator(dialogue.workshop_id)
    number = checked.number(text, 1, len(workshop.participants()))
    await _begin(here, workshop, replace(dialogue, number=number))


def _check_anyone(workshop: Workshop) -> None:
    if not workshop.participants():
        raise Refusal("groups.nobody")


async def _begin(here: Here, workshop: Workshop, wanted: Groups) -> None:
    """Form groups, after a question where that is needed: how many, or whether to do it again."""
    _check_anyone(workshop)
    planned = here.turn.programme(workshop).groupings[wanted.grouping]
    number = wanted.number or planned.groups
    if wanted.how == "count" and number > len(workshop.participants()):
        here.ask(replace(wanted, asks="number"))
    elif wanted.grouping in workshop.formations:
        here.ask(replace(wanted, asks="again"))
    else:
        await _form(here, workshop, wanted)


async def _form(here: Here, workshop: Workshop, wanted: Groups) -> None:
    turn, programme = here.turn, here.turn.programme(workshop)
    planned = programme.groupings[wanted.grouping]
    formation = _formed(turn.now, programme, planned, workshop, wanted)
    at_work = max(groups_at_work(programme, await turn.runs_of(workshop.id), planned.id), default=0)
    if at_work > len(formation.groups):
        raise Refusal("groups.at_work", number=at_work)
    workshop = with_formation(workshop, formation)
    turn.put(workshop)
    for member in sorted(formation.seats):
        await tell_seat(turn, workshop, member, planned.id)
    await refill_roles(turn, workshop)
    here.ask(Groups(workshop_id=workshop.id, asks="aloud", grouping=planned.id))


def _formed(now: datetime, programme: Programme, planned: Grouping, workshop: Workshop, wanted: Groups) -> Formation:
    members = [member.number for member in workshop.participants()]
    before = workshop.formations.get(planned.id)
    if wanted.how == "count":
        topics = [topic.id for topic in programme.topics]
        merges = next((each.merges for each in programme.groupings.values() if each.merge_of == planned.id), ())
        return grouping.count_off(
            planned, members, topics, now=now, groups=wanted.number or None, before=before, merges=merges
        )
    earlier = workshop.formations.get(planned.merge_of)
    if earlier is None:
        raise Refusal("groups.merge_first")
    return grouping.merge(planned, earlier, members, now=now, before=before)


# Screens ---------------------------------------------------------------------------------------------------------


@screen(Groups)
async def groups_screen(reader: Reader, person: Person, dialogue: Groups) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None:
        return None
    programme = reader.programme(workshop)
    planned = programme.groupings.get(dialogue.grouping)
    formation = workshop.formations.get(dialogue.grouping)
    if dialogue.asks == "number" and planned is not None:
        return _how_many(workshop, planned)
    if dialogue.asks == "again" and planned is not None:
        return _again(programme, workshop, planned)
    if dialogue.asks == "aloud" and planned is not None and formation is not None:
        return _aloud(programme, workshop, formation, planned, dialogue.page)
    return _overview(programme, workshop)


def _overview(programme: Programme, workshop: Workshop) -> Screen:
    """Every way to split the room that the programme has, with all that can be done about it."""
    shown: list[Phrase] = [Phrase("groups.heading", {"count": len(workshop.participants())})]
    rows: list[tuple[Choice, ...]] = []
    following = next((each.id for each in programme.groupings.values() if each.id not in workshop.formations), "")
    for each in programme.groupings.values():
        formation = workshop.formations.get(each.id)
        title = ContentText(programme.name, each.title)
        if formation is None:
            shown.append(Phrase("groups.not_formed", {"title": title}))
        else:
            sizes = [str(size) for size in sorted(set(formation.sizes().values()))]
            shown.append(Phrase("groups.formed", {"title": title, "sizes": sizes}))
        rows += _ways(workshop, each, main=each.id == following)
    if not rows:
        shown = [Phrase("groups.none_planned")]
    chats = [button("label.chats", ShowChats(workshop.id))] if workshop.formations else []
    rows.append((*chats, button("label.close", to.Close())))
    return Screen("lines", lines(*shown), tuple(rows))


def _ways(workshop: Workshop, planned: Grouping, *, main: bool) -> list[tuple[Choice, ...]]:
    """What can be done about one way to split the room; the likeliest stands out where it is `main`."""
    rows: list[tuple[Choice, ...]] = []
    formation, earlier = workshop.formations.get(planned.id), workshop.formations.get(planned.merge_of)
    style = "primary" if main else ""
    if formation is not None:
        aloud = to.ReadAloud(workshop.id, 0, planned.id)
        rows.append((button("label.read_aloud", aloud, number=len(formation.groups)),))
    if earlier is not None:
        merge = to.FormGroups(workshop.id, "merge", planned.id)
        rows.append((button("label.merge", merge, style=style, old=len(earlier.groups), number=planned.groups),))
        style = ""
    label = "label.count_off" if formation is None else "label.count_again"
    count = button(label, to.FormGroups(workshop.id, "count", planned.id), style=style, number=planned.groups)
    other = button("label.other_number", to.FormGroups(workshop.id, "other", planned.id), number=planned.groups)
    return [*rows, (count, other)]


def _how_many(workshop: Workshop, planned: Grouping) -> Screen:
    people = len(workshop.participants())
    rows = ((button("label.cancel", to.FormGroups(workshop.id, "no", planned.id)),),)
    return Screen("groups.how_many", {"count": people, "most": people}, rows)


def _again(programme: Programme, workshop: Workshop, planned: Grouping) -> Screen:
    rows = (
        (button("label.do_again", to.FormGroups(workshop.id, "yes", planned.id)),),
        (button("label.keep_groups", to.FormGroups(workshop.id, "no", planned.id)),),
    )
    return Screen("groups.again", {"title": ContentText(programme.name, planned.title)}, rows)


def _aloud(programme: Programme, workshop: Workshop, formation: Formation, planned: Grouping, page: int) -> Screen:
    """The list to read aloud, a few groups a page."""
    pages = _aloud_pages(programme, workshop, formation)
    page = min(max(page, 0), len(pages) - 1)
    turning = []
    if page > 0:
        turning.append(button("label.earlier", to.ReadAloud(workshop.id, page - 1, planned.id)))
    if page + 1 < len(pages):
        turning.append(button("label.more", to.ReadAloud(workshop.id, page + 1, planned.id)))
    last = (button("label.groups", to.ShowGroups(workshop.id)), button("label.close", to.Close()))
    text = lines(
        Phrase("aloud.heading", {"title": ContentText(programme.name, planned.title)}),
        *pages[page],
        Phrase("page", {"page": page + 1, "pages": len(pages)}) if len(pages) > 1 else None,
    )
    return Screen("lines", text, (*([tuple(turning)] if turning else []), last))


def _aloud_pages(programme: Programme, workshop: Workshop, formation: Formation) -> list[list[Phrase | str]]:
    pages: list[list[Phrase | str]] = [[]]
    room = ALOUD_PAGE
    for group in formation.groups.values():
        members = formation.members_of(group.number)
        if len(members) > room and pages[-1]:
            pages.append([])
            room = ALOUD_PAGE
        topics = topics_of(programme, group)
        about = {"number": group.number, "count": len(members), "topics": topics}
        pages[-1] += ["", Phrase("aloud.group" if topics else "aloud.group_plain", about)]
        for at in range(0, len(members), ALOUD_PAGE):
            if at:
                pages.append([])
            names = [_aloud_name(workshop, member) for member in members[at : at + ALOUD_PAGE]]
            pages[-1].append(Phrase("plain", {"text": names}))
        room -= len(members)
    return pages


def _aloud_name(workshop: Workshop, member: int) -> str | Phrase:
    name = workshop.members[member].name
    return name if workshop.members[member].user_id is not None else Phrase("aloud.no_phone", {"name": name})
