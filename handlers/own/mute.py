"""/mute: no reminders for a week, none at all, or all of them again."""

from __future__ import annotations

from bot.core import muting
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Moment, Phrase, Screen
from bot.core.own_dialogue import Muting, Upcoming
from handlers.callbacks import Close
from handlers.context import Here, Reader, button, command, lines, screen, tap
from handlers.own.place import own_hours, own_workshop
from handlers.own.taps import SetMute


@command("mute")
async def mute_(here: Here, rest: str) -> None:
    workshop = await own_workshop(here)
    here.ask(Muting(workshop_id=workshop.id if workshop else 0))


@screen(Muting)
async def muting_screen(reader: Reader, person: Person, dialogue: Muting) -> Screen:
    close = button("label.close", Close())
    again = button("label.mute.again", SetMute("again"), style="primary")
    if person.opted_out:
        return Screen("lines", lines(Phrase("mute.never"), "", Phrase("mute.who_knows")), ((again,), (close,)))
    if muting.is_muted(person, reader.present()):
        until = Phrase("mute.until", {"at": Moment(person.muted_until or reader.present())})
        return Screen("lines", lines(until, "", Phrase("mute.who_knows")), ((again,), (close,)))
    week = muting.in_a_week(reader.present(), await own_hours(reader, person, dialogue.workshop_id))
    rows = (
        (button("label.mute.week", SetMute("week")), button("label.mute.never", SetMute("never"))),
        (close,),
    )
    return Screen("lines", lines(Phrase("mute.on", {"at": Moment(week)}), "", Phrase("mute.nobody_told")), rows)


@tap(SetMute)
async def set_mute(here: Here, action: SetMute) -> None:
    workshop = await own_workshop(here)
    workshop_id = workshop.id if workshop else 0
    match action.to:
        case "week":
            until = muting.in_a_week(here.turn.now, await own_hours(here.turn, here.person, workshop_id))
            here.become(muting.mute(here.person, until))
        case "never":
            here.become(muting.opt_out(here.person))
        case "again":
            here.become(muting.opt_in(here.person))
        case _:
            raise Refusal("tap.old")
    if not isinstance(here.person.dialogue, Muting | Upcoming):
        here.ask_aside(Muting(workshop_id=workshop_id))
