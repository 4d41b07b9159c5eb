"""Somebody who can't be reached any more is named once to their plan's focal point, who can talk to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core import due, plan_people
from bot.core.dialogue import Person
from bot.core.fires import Fire, FireStatus
from bot.core.message import Phrase, Priority
from bot.core.plan import ActionPlan, member_party
from bot.core.words import shortened
from bot.core.workshop import Workshop
from bot.planner import hours_of
from bot.turn import Turn
from handlers.context import button
from handlers.plan.list_taps import ShowAction, ShowPlan

TITLE_SHOWN = 80
MOST_TITLES = 3


@dataclass(frozen=True, slots=True)
class ToFocalPoint:
    """What was due to somebody who can't be reached: of no use to them, and once a reason to tell somebody else."""

    person: Person
    fires: Sequence[Fire]

    async def say(self, turn: Turn) -> None:
        for plan_id in dict.fromkeys(each.plan_id for each in self.fires):
            mine = [each for each in self.fires if each.plan_id == plan_id]
            plan = await turn.plan(plan_id)
            workshop = await turn.workshop(plan.workshop_id) if plan else None
            at = await self._tell(turn, workshop, plan, mine) if plan is not None and workshop is not None else None
            if at is not None:
                turn.put(*(replace(each, due_at=at) for each in mine))
            else:
                turn.put(*due.missed(mine, "unreachable", turn.now))

    async def give_up(self, turn: Turn) -> None:
        turn.put(*due.missed(self.fires, "unreachable", turn.now))

    async def _tell(self, turn: Turn, workshop: Workshop, plan: ActionPlan, mine: Sequence[Fire]) -> datetime | None:
        """Tell the focal point, unless they know or nobody is there; or say when they are at work and may be told."""
        account = await self._focal_point(turn, workshop, plan)
        key = f"p{plan.id}.unreached.{self.person.user_id}"
        if account is None or await turn.fires_by_key(key):
            return None
        hours = hours_of(turn, workshop, await turn.person(account))
        if not hours.are_open(turn.now):
            return hours.next_open(turn.now)
        told = replace(mine[0], id=turn.runner.next_id("fires"), key=key, version="", series=key, user_id=account)
        turn.put(replace(told, status=FireStatus.DONE, batch=0, done_at=turn.now))
        numbers = list(dict.fromkeys(each.action for each in mine if plan.action(each.action) is not None))
        titles = [shortened(action.title, TITLE_SHOWN) for each in numbers if (action := plan.action(each)) is not None]
        about: dict[str, Any] = {"name": self._name(workshop, plan), "titles": _quoted(titles)}
        one = ShowAction(plan.id, numbers[0], 0, "card") if numbers else None
        show = button("label.plan.see", one or ShowPlan(workshop.id, plan.id, 0, "list", ""))
        key = "unreached.about" if titles else "unreached.told"
        await turn.say(account, key, ((show,),), priority=Priority.LATER, unasked=True, **about)
        return None

    async def _focal_point(self, turn: Turn, workshop: Workshop, plan: ActionPlan) -> int | None:
        """The group's reporter, else the organiser, whoever of them can be reached."""
        parties = (
            plan_people.reporter(turn.programme(workshop), workshop, plan),
            member_party(workshop.organiser.number),
        )
        for party in parties:
            account = plan_people.user_id(workshop, plan, party)
            person = await turn.person(account) if account is not None else None
            if person is not None and not person.unreachable and account != self.person.user_id:
                return account
        return None

    def _name(self, workshop: Workshop, plan: ActionPlan) -> str:
        member = workshop.by_user(self.person.user_id)
        contact = next((each for each in plan.contacts.values() if each.user_id == self.person.user_id), None)
        return member.name if member else contact.name if contact else self.person.name


def _quoted(titles: Sequence[str]) -> list[Phrase]:
    found = [Phrase("handover.quoted", {"title": each}) for each in titles[:MOST_TITLES]]
    more = len(titles) - MOST_TITLES
    return [*found, Phrase("more", {"count": more})] if more > 0 else found
