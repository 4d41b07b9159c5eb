"""Not now: what was asked is asked again on another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.core import hours
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireStatus
from bot.core.hours import Hours
from bot.core.message import Moment, Phrase, Rows
from bot.core.reminder_rules import effective
from bot.planner import hours_of
from handlers.context import Here, button
from handlers.followup.parts import answer_button, settle
from handlers.followup.taps import FireShow

MENU = "later"
CHOICES = ("tomorrow", "monday", "week")


def later_rows(fire: Fire) -> Rows:
    """When to ask again."""
    first = tuple(answer_button(f"label.later.{each}", fire, each) for each in CHOICES)
    return (first, (button("label.back", FireShow(fire.id, "")),))


def day_for(choice: str, today: date, own: Hours) -> date:
    """The day that a choice means: the next working day, Monday, or the same day next week."""
    match choice:
        case "tomorrow":
            return own.next_day(today)
        case "monday":
            return today + timedelta(days=7 - today.weekday())
        case "week":
            return today + timedelta(days=7)
    raise Refusal("tap.old")


async def put_off(here: Here, fire: Fire, choice: str) -> None:
    """Ask again on another day, at the usual hour, and have the message say so."""
    workshop = await here.turn.workshop(fire.workshop_id)
    if workshop is None:
        raise Refusal("tap.old")
    own = hours_of(here.turn, workshop, here.person)
    rules = effective(here.turn.programme(workshop).rules, workshop.rules)
    at = next((rule.at for rule in rules if rule.id == fire.rule), own.opens)
    day = day_for(choice, hours.day_of(here.turn.now, own.zone), own)
    due_at = own.next_open(hours.instant(day, at, own.zone))
    pending = replace(fire, status=FireStatus.PENDING, due_at=due_at, meant_at=None, by_hand=True, done_at=None)
    await settle(here, pending, MENU)


def put_off_line(fire: Fire, title: str) -> Phrase:
    """What the message says then."""
    return Phrase("followup.later", {"title": title, "at": Moment(fire.due_at, "day")})
