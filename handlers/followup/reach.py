"""Whom news of an action reaches at once: whoever answers for it, or somebody in their place."""

from __future__ import annotations

from typing import Any, NamedTuple

from bot.core.message import Phrase, Priority, Rows
from bot.core.plan import Action, Party, member_party
from bot.planner import hours_of
from bot.turn import Turn
from handlers.context import Reader
from handlers.plan.desk import PlanDesk


class Reached(NamedTuple):
    """Who gets it, with their account; None where nobody can be reached."""

    party: Party
    account: int | None


async def owner_of(reader: Reader, desk: PlanDesk, action: Action) -> Reached:
    """Who is told in the name of an action's owner: they themselves, else the plan's reporter, else the organiser."""
    owner = action.owner or desk.reporter
    wanted = (desk.asked_instead(owner, action.number), desk.reporter, member_party(desk.workshop.organiser.number))
    for party in dict.fromkeys(wanted):
        account = desk.user_id(party)
        person = await reader.person(account) if account is not None else None
        if person is not None and not person.unreachable:
            return Reached(party, account)
    return Reached(owner, None)


def meant_for(desk: PlanDesk, action: Action, reached: Reached) -> Phrase | None:
    """That it was meant for the owner, where somebody else gets it."""
    if not action.owner or action.owner == reached.party:
        return None
    return Phrase("reach.instead", {"name": desk.name(action.owner)})


async def pass_on(turn: Turn, desk: PlanDesk, account: int, key: str, rows: Rows = (), **about: Any) -> None:
    """Tell somebody at once what another person said; without a sound outside their hours."""
    hours = hours_of(turn, desk.workshop, await turn.person(account))
    silent = not hours.are_open(turn.now)
    await turn.say(account, key, rows, priority=Priority.LIVE, unasked=True, silent=silent, **about)
