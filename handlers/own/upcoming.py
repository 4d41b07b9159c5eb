"""/upcoming: what the bot will say to somebody of its own accord, to be moved or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from bot.core import agenda, hours, muting, plan_people, rescheduling
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind, FireStatus
from bot.core.hours import Hours
from bot.core.message import Choice, Moment, Phrase, Screen
from bot.core.own_dialogue import Upcoming
from bot.core.plan import Field
from bot.core.reminder_rules import effective
from bot.core.words import shortened
from bot.planner import hours_of, is_planned
from handlers.agenda.around import sessions_of, title_of
from handlers.callbacks import Close, pack
from handlers.context import Here, Pass, Reader, button, command, lines, on_text, page_of, screen, tap
from handlers.days import dates
from handlers.days.due_dates import read_due
from handlers.followup.later import CHOICES, day_for
from handlers.own.place import own_hours, own_workshop
from handlers.own.taps import CancelFire, MoveFire, SetMute, ShowUpcoming

AHEAD = timedelta(days=60)
PER_PAGE = 8
LONG = 4  # lines from which on a day of several things stands above them
PER_ROW = 4
TITLE_SHOWN = 70


@command("upcoming")
async def upcoming(here: Here, rest: str) -> None:
    workshop = await own_workshop(here)
    here.ask(Upcoming(workshop_id=workshop.id if workshop else 0))


@tap(ShowUpcoming)
async def show(here: Here, action: ShowUpcoming) -> None:
    dialogue = here.person.dialogue
    workshop_id = dialogue.workshop_id if isinstance(dialogue, Upcoming) else 0
    if action.asks not in ("", "day"):
        raise Refusal("tap.old")
    if action.fire:
        await _mine(here, action.fire)  # what it has come to by now, its screen says
    here.ask(Upcoming(workshop_id=workshop_id, page=action.page, fire=action.fire, asks=action.asks))  # type: ignore[arg-type]


async def _mine(here: Here, id: int) -> Fire:
    """Something that is for whoever asks. Refuses what is somebody else's."""
    fire = await here.turn.fire(id)
    if fire is None or fire.user_id != here.user_id:
        raise Refusal("tap.old")
    return fire


def _look_at(here: Here, fire: Fire) -> None:
    dialogue = here.person.dialogue
    known = dialogue if isinstance(dialogue, Upcoming) else Upcoming(workshop_id=fire.workshop_id)
    here.ask(replace(known, fire=fire.id, asks=""))


# Changing it ---------------------------------------------------------------------------------------------------------


@tap(MoveFire)
async def move(here: Here, action: MoveFire) -> None:
    fire = rescheduling.waiting(await _mine(here, action.fire))
    own, at = await _hours(here.turn, here.person, fire)
    today = hours.day_of(here.turn.now, own.zone)
    day = day_for(action.day, today, own) if action.day in CHOICES else _day(action.day)
    here.turn.put(rescheduling.move(fire, day, at, own, here.turn.now))
    _look_at(here, fire)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("tap.old") from None


async def _hours(reader: Reader, person: Person, fire: Fire) -> tuple[Hours, time]:
    """When its reader may be written to, and the hour at which it comes."""
    workshop = await reader.workshop(fire.workshop_id)
    if workshop is None:
        raise Refusal("tap.old")
    own = hours_of(reader, workshop, person)
    rules = effective(reader.programme(workshop).rules, workshop.rules)
    return own, next((rule.at for rule in rules if rule.id == fire.rule), own.opens)


@on_text(Upcoming)
async def typed(here: Here, dialogue: Upcoming, text: str) -> None:
    """With one thing on show, a day is when it shall come; words that have to do with none of this pass on."""
    if not dialogue.fire:
        if text.strip().isdecimal():
            raise Refusal("upcoming.tap")
        raise Pass
    fire = await _mine(here, dialogue.fire)
    own, at = await _hours(here.turn, here.person, fire)
    workshop = await here.turn.workshop(fire.workshop_id)
    country = here.person.country or (workshop.country if workshop else "")
    language, today = here.person.language, hours.day_of(here.turn.now, own.zone)
    found = read_due(text, language, today, country=country)
    if not found and not dialogue.asks:
        raise Pass
    if not found:
        raise Refusal("upcoming.no_day", example=dates.without_weekday(own.next_day(today), language))
    if len(found) > 1:
        raise Refusal("upcoming.which_day", one=found[0], other=found[1])
    here.turn.put(rescheduling.move(fire, found[0], at, own, here.turn.now))
    _look_at(here, fire)
    here.acknowledge()


@tap(CancelFire)
async def cancel(here: Here, action: CancelFire) -> None:
    fire = await _mine(here, action.fire)
    if not action.undo:
        here.turn.put(rescheduling.cancel(fire, here.turn.now))
    else:
        back = rescheduling.put_back(fire, here.turn.now)
        if not await is_planned(here.turn, back):
            raise Refusal("upcoming.not_planned")
        here.turn.put(back)
    _look_at(here, fire)


# How it looks --------------------------------------------------------------------------------------------------------


@screen(Upcoming)
async def upcoming_screen(reader: Reader, person: Person, dialogue: Upcoming) -> Screen | None:
    if dialogue.fire:
        fire = await reader.fire(dialogue.fire)
        if fire is not None and fire.user_id == person.user_id:
            return await _one(reader, person, fire, dialogue)
    now = reader.present()
    found = await reader.upcoming(person.user_id, now + AHEAD)
    close = button("label.close", Close())
    session, silence = await _session(reader, person, dialogue), _silence(person, now)
    again = ((button("label.mute.again", SetMute("again"), style="primary"),),) if silence else ()
    if not found:
        return Screen("lines", lines(silence, session, Phrase("upcoming.nothing")), (*again, (close,)))
    shown, page, pages = page_of(found, dialogue.page, PER_PAGE)
    first = page * PER_PAGE + 1
    listed = await _listed(reader, shown, first, (await own_hours(reader, person, dialogue.workshop_id)).zone)
    numbers = [Choice(str(at), pack(ShowUpcoming(page, each.id, ""))) for at, each in enumerate(shown, first)]
    turn = [button("label.earlier", ShowUpcoming(page - 1, 0, ""))] if page else []
    if page < pages - 1:
        turn.append(button("label.more", ShowUpcoming(page + 1, 0, "")))
    text = lines(
        Phrase("upcoming.heading"),
        silence,
        session,
        *listed,
        "",
        Phrase("upcoming.tap_number"),
    )
    rows = tuple(tuple(numbers[at : at + PER_ROW]) for at in range(0, len(numbers), PER_ROW))
    return Screen("lines", text, (*again, *rows, (*turn, close)))


def _silence(person: Person, now: datetime) -> Phrase | None:
    """That none of it comes, or only later, because its reader wished so."""
    if person.opted_out:
        return Phrase("upcoming.never")
    if person.muted_until is not None and muting.is_muted(person, now):
        return Phrase("upcoming.muted", {"at": Moment(person.muted_until)})
    return None


async def _session(reader: Reader, person: Person, dialogue: Upcoming) -> Phrase | None:
    """The next session of their workshop, which everyone hears of."""
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None or workshop.active_user(person.user_id) is None:
        return None
    found = agenda.at_hand(sessions_of(reader, workshop), reader.present(), workshop.zone)
    if found is None:
        return None
    about = {"title": title_of(workshop, found), "at": Moment(found.starts_at(workshop.zone))}
    return Phrase("upcoming.session", about)


async def _listed(reader: Reader, shown: Sequence[Fire], first: int, zone: str) -> list[Phrase]:
    """A line for each; where much comes and several things on one day, that day stands above them once."""
    made: list[Phrase] = []
    numbered = enumerate(shown, first)
    for _, of_day in groupby(numbered, key=lambda each: hours.day_of(each[1].due_at, zone)):
        found = list(of_day)
        together = len(found) > 1 and len(shown) >= LONG
        if together:
            made.append(Phrase("upcoming.day", {"at": Moment(found[0][1].due_at, "day")}))
        for number, fire in found:
            about = {"number": number, "at": Moment(fire.due_at, "day"), "text": await what(reader, fire)}
            made.append(Phrase("upcoming.of_day" if together else "upcoming.line", about))
    return made


async def what(reader: Reader, fire: Fire) -> Phrase:
    """What something that will be said is about."""
    plan = await reader.plan(fire.plan_id)
    action = plan.action(fire.action) if plan else None
    about: dict[str, Any] = {"title": shortened(action.title, TITLE_SHOWN) if action else ""}
    about["group"] = plan.group if plan else 0
    if action is not None and fire.item:
        field = Field.KPIS if fire.kind is FireKind.MEASURE else Field.COMMUNICATIONS
        if fire.kind is FireKind.MILESTONE:
            field = Field.MILESTONES
        item = action.item(field, fire.item)
        about["item"] = getattr(item, "name", "") or getattr(item, "audience", "")
    said = Phrase(f"upcoming.{fire.kind.value}", about)
    workshop = await reader.workshop(fire.workshop_id)
    if plan is None or workshop is None or plan_people.user_id(workshop, plan, fire.party) == fire.user_id:
        return said
    name = plan_people.name(workshop, plan, fire.party)  # in whose place its reader is asked
    return Phrase("upcoming.instead_of", {"text": said, "name": name}) if name else said


async def _one(reader: Reader, person: Person, fire: Fire, dialogue: Upcoming) -> Screen:
    back = button("label.back", ShowUpcoming(dialogue.page, 0, ""))
    text = Phrase("upcoming.one", {"text": await what(reader, fire), "at": Moment(fire.due_at)})
    if fire.status is FireStatus.CANCELLED:
        undo = button("label.upcoming.undo", CancelFire(fire.id, 1))
        return Screen("lines", lines(text, Phrase("upcoming.cancelled")), ((undo, back),))
    if not fire.is_open:
        return Screen("lines", lines(text, Phrase("upcoming.came")), ((back,),))
    if dialogue.asks == "day":
        undo = button("label.back", ShowUpcoming(dialogue.page, fire.id, ""))
        return Screen("lines", lines(text, "", Phrase("upcoming.ask_day")), ((undo,),))
    own, at = await _hours(reader, person, fire)
    days = [
        Choice(dates.on_button(day, person.language), pack(MoveFire(fire.id, day.isoformat())))
        for day in rescheduling.offered(fire, at, own, reader.present())
    ]
    pairs = tuple(tuple(days[first : first + 2]) for first in range(0, len(days), 2))
    other = button("label.upcoming.day", ShowUpcoming(dialogue.page, fire.id, "day"))
    cancel_it = button("label.upcoming.cancel", CancelFire(fire.id, 0))
    return Screen("lines", lines(text, Phrase("upcoming.when")), (*pairs, (other, cancel_it), (back,)))
