"""What the plenary's conversations share: whom it is for, what is on for whom, and keeping what changed."""

from __future__ import annotations

from datetime import date

from bot.core import day_close, hours
from bot.core.errors import Refusal
from bot.core.plenary import Plenary
from bot.core.workshop import Member, Workshop
from bot.turn import Turn
from handlers.agenda.around import sessions_of
from handlers.context import Reader


def today(reader: Reader, workshop: Workshop) -> date:
    return hours.day_of(reader.present(), workshop.zone)


def day_number(reader: Reader, workshop: Workshop, day: date) -> int:
    """Which day of the workshop a day is; 0 where the agenda doesn't say."""
    held = [each.day for each in sessions_of(reader, workshop) if each.on == day and not each.cancelled]
    return min(held, default=0)


def phones(workshop: Workshop) -> list[int]:
    """The participants who can be asked: those with a phone."""
    return [each.number for each in workshop.participants() if each.user_id is not None]


def on_stage(reader: Reader, workshop: Workshop, member: Member, plenary: Plenary) -> str:
    """What is on for a member, as the subject of their living message: "kind:which"; "" for nothing."""
    programme = reader.programme(workshop)
    close = plenary.close
    if close is not None and programme.close is not None:
        asked = day_close.next_of(close, programme.close.questions, member.number)
        if member.leads or asked is not None:
            return f"close:{close.on.isoformat()}"
    if plenary.vote is not None:
        return f"vote:{plenary.vote.number}"
    if plenary.queue is not None and plenary.queue.exercise in programme.exercises:
        return f"queue:{plenary.queue.number}"
    if plenary.poll is not None and member.leads:
        return f"poll:{plenary.poll.number}"
    return ""


def save(turn: Turn, workshop: Workshop, before: Plenary, after: Plenary) -> None:
    """Keep what changed, and have phones look anew where something else is on now."""
    turn.put(after)
    for member in workshop.active():
        if member.user_id is not None and (
            on_stage(turn, workshop, member, before) != on_stage(turn, workshop, member, after)
        ):
            turn.touch(f"chat:{member.user_id}")


def day_of(text: str) -> date:
    """The day that a tap names. Refuses what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("tap.old") from None
