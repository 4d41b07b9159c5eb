"""The parking lot as facilitators have it: what is there, answering it to whoever asked or to the room, ticking off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core import checked, parking
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Phrase, Priority, Screen
from bot.core.parking import Parked
from bot.core.room import Room
from bot.core.room_dialogue import ParkingLot
from bot.core.words import shortened
from bot.core.workshop import Member, Workshop
from handlers import callbacks as to
from handlers.context import Here, Pass, Reader, button, command, lines, on_text, page_of, screen, tap
from handlers.steering.taps import LotDo, ShowLot
from handlers.typed import by_number

PAGE = 6
LINE = 200  # characters of one of them in the list


@command("parking")
async def parking_(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    await here.facilitator(workshop.id)
    here.ask(ParkingLot(workshop_id=workshop.id))


@tap(ShowLot)
async def show_lot(here: Here, action: ShowLot) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    lot = ParkingLot(workshop_id=workshop.id, page=action.page, item=action.item)
    if isinstance(here.person.dialogue, ParkingLot):
        here.ask(lot)
    else:
        here.ask_aside(lot)  # it may be tapped below what came at the end of a day


@screen(ParkingLot)
async def lot_screen(reader: Reader, person: Person, dialogue: ParkingLot) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    member = workshop.active_user(person.user_id) if workshop else None
    if workshop is None or member is None or not member.leads:
        return None
    room = await reader.room(workshop.id)
    item = room.parked.get(dialogue.item)
    if item is None:
        return _list(workshop, room, dialogue.page)
    if item.is_open and dialogue.asks == "answer":
        rows = ((_back(workshop, dialogue, item.number), button("label.close", to.Close())),)
        return Screen("lines", lines(*_about(workshop, item), Phrase("parking.send_answer")), rows)
    if item.is_open and dialogue.asks == "whom":
        return _whom(workshop, item, dialogue)
    return _item(workshop, item, dialogue)


def _by(workshop: Workshop, item: Parked) -> Phrase:
    author = workshop.members.get(item.author) if item.author is not None else None
    return Phrase("parking.by", {"name": author.name}) if author else Phrase("parking.by_nobody")


def _about(workshop: Workshop, item: Parked) -> list[Phrase]:
    return [Phrase("parking.item", {"text": item.text}), _by(workshop, item)]


def _back(workshop: Workshop, dialogue: ParkingLot, item: int) -> Choice:
    return button("label.back", ShowLot(workshop.id, dialogue.page, item))


def _list(workshop: Workshop, room: Room, page: int) -> Screen:
    waiting = parking.open_ones(room.parked)
    close = (button("label.close", to.Close()),)
    if not waiting:
        return Screen("parking.empty", rows=(close,))
    shown, page, pages = page_of(waiting, page, PAGE)
    text: list[Any] = [Phrase("parking.heading", {"count": len(waiting)})]
    for each in shown:
        about = {"number": each.number, "text": shortened(each.text, LINE), "by": _by(workshop, each)}
        text.append(Phrase("parking.listed", about))
    rows: list[tuple[Choice, ...]] = [
        (Choice(f"{each.number}. {each.text}", to.pack(ShowLot(workshop.id, page, each.number))),) for each in shown
    ]
    turning = [button("label.earlier", ShowLot(workshop.id, page - 1, 0))] if page > 0 else []
    turning += [button("label.more", ShowLot(workshop.id, page + 1, 0))] if page + 1 < pages else []
    return Screen("lines", lines(*text), (*rows, *([tuple(turning)] if turning else []), close))


def _item(workshop: Workshop, item: Parked, dialogue: ParkingLot) -> Screen:
    last = (_back(workshop, dialogue, 0), button("label.close", to.Close()))
    if item.is_open:
        does = (
            button("label.parking.answer", LotDo(workshop.id, item.number, "answer"), style="primary"),
            button("label.parking.tick", LotDo(workshop.id, item.number, "tick")),
        )
        return Screen("lines", lines(*_about(workshop, item)), (does, last))
    if item.answer:
        answered = Phrase("parking.answered_with", {"text": item.answer})
        return Screen("lines", lines(*_about(workshop, item), answered), (last,))
    undo = (button("label.put_back", LotDo(workshop.id, item.number, "put_back")),)
    return Screen("lines", lines(*_about(workshop, item), Phrase("parking.ticked")), (undo, last))


def _whom(workshop: Workshop, item: Parked, dialogue: ParkingLot) -> Screen:
    """The answer as it is going to be read, and by whom."""
    author = _author(workshop, item)
    ways = [button("label.parking.to_room", LotDo(workshop.id, item.number, "to_room"))]
    if author is not None:
        action = LotDo(workshop.id, item.number, "to_author")
        ways.insert(0, button("label.parking.to_author", action, style="primary", name=shortened(author.name, 16)))
    text = lines(*_about(workshop, item), "", Phrase("parking.answer", {"text": dialogue.text}), Phrase("parking.whom"))
    return Screen("lines", text, (tuple(ways), (_back(workshop, dialogue, item.number),)))


def _author(workshop: Workshop, item: Parked) -> Member | None:
    """Who asked, if an answer reaches them."""
    found = workshop.members.get(item.author) if item.author is not None else None
    return found if found is not None and found in workshop.active() and found.user_id is not None else None


# What is done about it -------------------------------------------------------------------------------------------


@on_text(ParkingLot)
async def lot_text(here: Here, dialogue: ParkingLot, text: str) -> None:
    await here.facilitator(dialogue.workshop_id)
    if not dialogue.asks:
        if await by_number(here, text):
            return
        raise Pass
    words = checked.words(text, parking.LONGEST_ANSWER)
    here.ask(replace(dialogue, asks="whom", text=words))
    here.acknowledge()


@tap(LotDo)
async def lot_do(here: Here, action: LotDo) -> None:
    workshop, member = await here.facilitator(action.workshop)
    turn, dialogue = here.turn, here.person.dialogue
    room = await turn.room(workshop.id)
    if action.item not in room.parked:
        raise Refusal("tap.old")
    page = dialogue.page if isinstance(dialogue, ParkingLot) else 0
    there = ParkingLot(workshop_id=workshop.id, page=page, item=action.item)
    match action.what:
        case "answer":
            if not room.parked[action.item].is_open:
                raise Refusal("parking.gone")
            here.ask(replace(there, asks="answer"))
        case "tick":
            parked = parking.tick_off(room.parked, action.item, by=member.number, now=turn.now)
            turn.put(replace(room, parked=parked))
            here.ask(there)
        case "put_back":
            turn.put(replace(room, parked=parking.put_back(room.parked, action.item)))
            here.ask(there)
        case "to_author" | "to_room":
            if not isinstance(dialogue, ParkingLot) or (dialogue.item, dialogue.asks) != (action.item, "whom"):
                raise Refusal("tap.old")
            await _answer(here, workshop, room, dialogue, to_room=action.what == "to_room")
            here.ask(replace(there, item=0))
        case _:
            raise Refusal("tap.old")


async def _answer(here: Here, workshop: Workshop, room: Room, dialogue: ParkingLot, *, to_room: bool) -> None:
    member = workshop.active_user(here.user_id)
    item = room.parked[dialogue.item]
    author = _author(workshop, item)
    if member is None or (author is None and not to_room):
        raise Refusal("parking.nobody")
    parked = parking.answer(
        room.parked, item.number, dialogue.text, by=member.number, to_room=to_room, now=here.turn.now
    )
    here.turn.put(replace(room, parked=parked))
    everyone = [each for each in workshop.active() if each.user_id is not None and each.number != member.number]
    readers = everyone if to_room else [author]
    about = lines(
        Phrase("parking.told_heading", {"title": workshop.title}),
        Phrase("parking.item", {"text": item.text}),
        Phrase("parking.told", {"name": member.name, "text": dialogue.text}),
    )
    for each in readers:
        if each is not None and each.user_id is not None:
            await here.turn.say(each.user_id, "lines", priority=Priority.LIVE, unasked=True, **about)
    here.toast("parking.sent_room" if to_room else "parking.sent")
