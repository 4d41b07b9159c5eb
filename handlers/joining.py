"""Joining: the door of a workshop, its questions, coming back, co-facilitators. How people get there is in `codes`."""

from __future__ import annotations

from bot.core import membership, naming
from bot.core.dialogue import Joining, Person
from bot.core.errors import Refusal
from bot.core.message import Phrase, Screen
from bot.core.workshop import Member, Workshop
from handlers import groups, places
from handlers.callbacks import Close, Join, JoinBack, JoinOtherName, JoinSkip, ShowLanguages, WorkshopDo
from handlers.context import Here, Pass, Reader, button, lines, on_text, screen, tap
from handlers.current import work_in
from handlers.days import dates
from handlers.exercises import bring_sheet
from handlers.plan import people as plan_people
from handlers.typed import by_number

# The door --------------------------------------------------------------------------------------------------------


async def at_door(here: Here, workshop: Workshop) -> None:
    """A link or a code led here. Refuses where the workshop is closed, and whoever was taken off its list."""
    if (member := workshop.active_user(here.user_id)) is not None:
        await _in_already(here, workshop, member)
        return
    membership.check_may_join(workshop, here.user_id)
    here.ask(Joining(workshop_id=workshop.id))


async def _in_already(here: Here, workshop: Workshop, member: Member) -> None:
    """A link to a workshop one is in: it becomes the one that one works in."""
    key = "join.already"
    if here.person.workshop_id != workshop.id:
        here.become(await work_in(here.turn, here.person, workshop))
        key = "join.already_now"
    await here.done(key, title=workshop.title, number=member.number)


def _name(person: Person, workshop: Workshop) -> str:
    """What somebody is called unless they say otherwise: as before, or as on Telegram."""
    before = workshop.by_user(person.user_id)
    return before.name if before else person.name[: naming.LONGEST_NAME]


@screen(Joining)
async def joining_screen(reader: Reader, person: Person, dialogue: Joining) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None:
        return None
    match dialogue.asks:
        case "welcome":
            return _welcome(reader, person, workshop)
        case "name":
            return Screen("join.name", rows=((button("label.back", JoinBack(workshop.id)),),))
        case "organisation":
            member = workshop.active_user(person.user_id)
            key = "join.organisation_back" if dialogue.back else "join.organisation"
            rows = ((button("label.skip", JoinSkip(workshop.id)),),)
            return Screen(key, {"number": member.number}, rows) if member else None


def _welcome(reader: Reader, person: Person, workshop: Workshop) -> Screen:
    before = workshop.by_user(person.user_id)
    programme = reader.programme(workshop)
    days = places.days_of(workshop.first_on, programme.days, workshop.country, person.language)
    where = places.city(workshop.zone, person.language)
    text = lines(
        Phrase("welcome.title", {"title": workshop.title}),
        Phrase("welcome.where", {"where": where, "days": days, "name": workshop.organiser.name}),
        "",
        Phrase("welcome.back", {"number": before.number}) if before else None,
        Phrase("welcome.who_sees"),
        Phrase("welcome.kept", {"until": dates.without_weekday(workshop.kept_until, person.language)}),
    )
    rows = (
        (button("join.as", Join(workshop.id), style="primary", name=_name(person, workshop)),),
        (button("join.other_name", JoinOtherName(workshop.id)), button("label.language", ShowLanguages())),
        (button("label.cancel", Close()),) if person.workshop_id is not None else (),  # they have somewhere to go
    )
    return Screen("lines", text, tuple(row for row in rows if row))


def _door(here: Here, workshop_id: int) -> Joining:
    """Where somebody stands who taps: only a link or a code leads to a door, a button by itself doesn't."""
    dialogue = here.person.dialogue
    if not isinstance(dialogue, Joining) or dialogue.workshop_id != workshop_id:
        raise Refusal("tap.old")
    return dialogue


@tap(Join)
async def join_tap(here: Here, action: Join) -> None:
    dialogue = _door(here, action.workshop)
    workshop = await here.turn.workshop(dialogue.workshop_id)
    if workshop is None or dialogue.asks == "organisation":
        raise Refusal("tap.old")
    await _join(here, workshop, _name(here.person, workshop))


@tap(JoinOtherName)
async def other_name(here: Here, action: JoinOtherName) -> None:
    dialogue = _door(here, action.workshop)
    if dialogue.asks == "organisation":
        raise Refusal("tap.old")
    here.ask(Joining(workshop_id=dialogue.workshop_id, asks="name"))


@tap(JoinBack)
async def back_to_welcome(here: Here, action: JoinBack) -> None:
    dialogue = _door(here, action.workshop)
    if dialogue.asks == "name":
        here.ask(Joining(workshop_id=dialogue.workshop_id))


@tap(JoinSkip)
async def skip_organisation(here: Here, action: JoinSkip) -> None:
    dialogue = _door(here, action.workshop)
    workshop, member = await here.member(dialogue.workshop_id)
    await _joined(here, workshop, member, back=dialogue.back)


@on_text(Joining)
async def joining_text(here: Here, dialogue: Joining, text: str) -> None:
    match dialogue.asks:
        case "welcome":
            if not await by_number(here, text):
                raise Refusal("input.choose")
        case "name":
            workshop = await here.turn.workshop(dialogue.workshop_id)
            if workshop is None:
                raise Refusal("tap.old")
            await _join(here, workshop, naming.checked_name(text))
        case "organisation" if here.person.sheet_run_id is not None:
            here.ask(None)  # an exercise was opened meanwhile, and they write on its sheet
            raise Pass
        case "organisation":
            workshop, member = await here.member(dialogue.workshop_id)
            workshop = membership.set_organisation(workshop, member.number, naming.checked_organisation(text))
            here.turn.put(workshop)
            await _joined(here, workshop, member, back=dialogue.back)


# In --------------------------------------------------------------------------------------------------------------


async def _join(here: Here, workshop: Workshop, name: str) -> None:
    """Take somebody in at once: what is asked after that can wait, and the room can't."""
    workshop, member, back = membership.join(
        workshop, user_id=here.user_id, name=name, organisation="", now=here.turn.now
    )
    here.turn.put(workshop)
    await plan_people.joined(here.turn, workshop, member)
    here.change(workshop_id=workshop.id, sheet_run_id=None, acting_for=None, room_id=None)
    if workshop.formations:
        workshop = await groups.seat_latecomer(here.turn, workshop, member.number)
    if member.organisation:
        await _joined(here, workshop, member, back=back)
        return
    here.change(sheet_run_id=None)  # one question at a time: the sheet comes when this one is settled
    here.ask(Joining(workshop_id=workshop.id, asks="organisation", back=back))


async def _joined(here: Here, workshop: Workshop, member: Member, *, back: bool) -> None:
    await bring_sheet(here.turn, workshop, member.number)
    here.person = await here.turn.person(here.user_id) or here.person
    elsewhere = len(await here.turn.workshops_of(here.user_id)) > 1
    await here.done(
        "lines",
        **lines(
            Phrase("join.back" if back else "join.in", {"number": member.number, "title": workshop.title}),
            _what_next(here, workshop),
            Phrase("join.now_here", {"title": workshop.title}) if elsewhere else None,
        ),
    )


def _what_next(here: Here, workshop: Workshop) -> Phrase:
    if dates.today_in(here.turn.now, workshop.zone) < workshop.first_on:
        return Phrase("join.not_yet", {"day": workshop.first_on})
    return Phrase("join.at_work" if here.person.sheet_run_id else "join.wait_for_it")


async def lead(here: Here, workshop: Workshop) -> None:
    """Somebody uses the one-time link: they lead the workshop too, and its organiser learns it."""
    member = workshop.active_user(here.user_id)
    if member is not None and member.leads:
        await _in_already(here, workshop, member)
        return
    workshop, member = membership.join_as_facilitator(
        workshop, user_id=here.user_id, name=here.person.name[: naming.LONGEST_NAME], now=here.turn.now
    )
    workshop = await groups.unseat(here.turn, workshop, member.number)
    here.turn.put(workshop)
    await plan_people.joined(here.turn, workshop, member)
    here.become(await work_in(here.turn, here.person, workshop))
    organiser = workshop.organiser
    here.turn.menu(here.user_id)
    await here.done("join.lead", title=workshop.title, name=organiser.name, number=member.number)
    if organiser.user_id is not None:
        renew = button("invite.new_link", WorkshopDo(workshop.id, "facilitator_link"))
        await here.turn.say(organiser.user_id, "join.lead_told", ((renew,),), name=member.name, title=workshop.title)
