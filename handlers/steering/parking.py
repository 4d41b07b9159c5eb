"""/park: anyone puts something into the parking lot, with their name or without. At the end of the day what is left is
looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.core import checked, parking
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireStatus
from bot.core.hours import day_of
from bot.core.message import Phrase, Priority, Screen
from bot.core.room import leader
from bot.core.room_dialogue import ParkAsk
from bot.core.words import shortened
from bot.turn import Turn
from handlers import callbacks as to
from handlers.context import Here, Reader, button, command, lines, on_text, screen, tap
from handlers.steering.taps import ParkIt, ShowLot

SHOWN_AT_THE_END = 5
LINE = 120  # characters of one of them in a list


@command("park")
async def park(here: Here, rest: str) -> None:
    workshop, _ = await here.current_workshop()
    text = checked.words(rest, parking.LONGEST) if rest else ""
    here.ask(ParkAsk(workshop_id=workshop.id, text=text))


@screen(ParkAsk)
async def park_screen(reader: Reader, person: Person, dialogue: ParkAsk) -> Screen | None:
    workshop = await reader.workshop(dialogue.workshop_id)
    if workshop is None or workshop.active_user(person.user_id) is None:
        return None
    cancel = (button("label.cancel", to.Close()),)
    if not dialogue.text:
        return Screen("parking.ask", rows=(cancel,))
    named = button("label.parking.named", ParkIt(workshop.id, 0), style="primary")
    nameless = button("label.parking.nameless", ParkIt(workshop.id, 1))
    return Screen("parking.with_name", {"text": dialogue.text}, ((named, nameless), cancel))


@on_text(ParkAsk)
async def park_text(here: Here, dialogue: ParkAsk, text: str) -> None:
    await here.member(dialogue.workshop_id)
    here.ask(replace(dialogue, text=checked.words(text, parking.LONGEST)))
    here.acknowledge()


@tap(ParkIt)
async def park_it(here: Here, action: ParkIt) -> None:
    workshop, member = await here.member(action.workshop)
    dialogue = here.person.dialogue
    if not isinstance(dialogue, ParkAsk) or dialogue.workshop_id != workshop.id or not dialogue.text:
        raise Refusal("tap.old")
    room = await here.turn.room(workshop.id)
    author = None if action.nameless else member.number
    today = day_of(here.turn.now, workshop.zone)
    here.turn.put(replace(room, parked=parking.park(room.parked, dialogue.text, author=author, on=today)))
    await here.done("parking.parked")  # the same for all: what was said to whom is kept for a while


# The end of the day ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AtTheEnd:
    """Whoever leads the room is told at the end of a day what is still parked."""

    fire: Fire

    async def say(self, turn: Turn) -> None:
        workshop = await turn.workshop(self.fire.workshop_id)
        room = await turn.room(self.fire.workshop_id)
        left = parking.open_ones(room.parked)
        late = self.fire.ends_at is not None and self.fire.ends_at <= turn.now
        user_id = workshop.members[leader(room, workshop)].user_id if workshop else None
        if workshop is None or user_id is None or late or not left:
            reason = "too_late" if late else "nothing"
            turn.put(replace(self.fire, status=FireStatus.MISSED, reason=reason, done_at=turn.now))
            return
        turn.put(replace(self.fire, status=FireStatus.DONE, done_at=turn.now))
        shown = [Phrase("parking.line", {"text": shortened(each.text, LINE)}) for each in left[:SHOWN_AT_THE_END]]
        heading = Phrase("parking.left", {"count": len(left), "title": workshop.title})
        rows = ((button("label.parking.lot", ShowLot(workshop.id, 0, 0)),),)
        await turn.say(user_id, "lines", rows, priority=Priority.LIVE, unasked=True, **lines(heading, *shown))

    async def give_up(self, turn: Turn) -> None:
        turn.put(replace(self.fire, status=FireStatus.MISSED, reason="failed", done_at=turn.now))
