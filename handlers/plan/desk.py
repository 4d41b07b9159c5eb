"""A plan with all that its rules and screens need to know, for one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.core import candidates, plan_people, planning
from bot.core.candidates import Around
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.exercise import Programme, Ref
from bot.core.message import Phrase
from bot.core.plan import Action, ActionPlan, Party, Progress
from bot.core.plan_access import PlanActor, actor_in
from bot.core.workshop import Workshop
from bot.turn import Turn
from bot.workweek import weekend
from handlers.context import Here, Reader
from handlers.days import dates, due_dates


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDesk:
    """A plan in front of somebody, on a day where that matters."""

    workshop: Workshop
    programme: Programme
    plan: ActionPlan
    actor: PlanActor
    today: date | None = None

    @property
    def year(self) -> int:
        """The year that days needn't name."""
        return (self.today or self.workshop.first_on).year

    def is_late(self, action: Action) -> bool:
        """Whether an action should have been done by today."""
        due_on = action.due_on
        done = action.progress is Progress.DONE
        return self.today is not None and due_on is not None and due_on < self.today and not done

    @property
    def members(self) -> list[Party]:
        """Those of the group whose plan it is, by their numbers."""
        return plan_people.group_members(self.programme, self.workshop, self.plan)

    @property
    def reporter(self) -> Party:
        """Who is asked in the place of somebody who isn't in the bot."""
        return plan_people.reporter(self.programme, self.workshop, self.plan)

    def name(self, party: Party) -> str:
        """What somebody is called; empty for nobody."""
        return plan_people.name(self.workshop, self.plan, party)

    def user_id(self, party: Party) -> int | None:
        """Somebody's Telegram account, where it is known; nobody's who left the workshop."""
        return plan_people.user_id(self.workshop, self.plan, party)

    def has_left(self, party: Party) -> bool:
        """Whether somebody was in the workshop and isn't any more."""
        return plan_people.has_left(self.workshop, party)

    def is_here(self, party: Party, action: int) -> bool:
        """Whether somebody can be asked about an action themselves: has a phone, and takes part in it."""
        return plan_people.is_here(self.workshop, self.plan, party, action)

    def asked_instead(self, party: Party, action: int) -> Party:
        """Who is asked about an action in somebody's name: they themselves, or the reporter until they are here."""
        return plan_people.asked_instead(self.programme, self.workshop, self.plan, party, action)

    @property
    def last_day(self) -> date:
        """The last day of the workshop."""
        return dates.last_day(self.workshop.first_on, self.programme.days, weekend(self.workshop.country))

    @property
    def told_from(self) -> date:
        """From when on audiences are told: since the plan was agreed, else since the workshop ended."""
        return dates.today_in(self.plan.agreed_at, self.workshop.zone) if self.plan.agreed_at else self.last_day

    def doubts(self, day: date, today: date, language: str, *, action: int = 0, part: str = "") -> list[Phrase]:
        """Why a day is asked about once before it is taken; for a milestone (`part` "due_on") also that it comes after
        the day of its own action."""
        found = due_dates.doubts(
            day, today=today, last_day=self.last_day, country=self.workshop.country, language=language
        )
        whole = self.plan.action(action)
        if part == "due_on" and whole is not None and whole.due_on is not None and day > whole.due_on:
            found.append(Phrase("plan.after_due", {"day": whole.due_on}))
        return found

    @property
    def title(self) -> Phrase:
        """What the plan is called."""
        return Phrase("plan.title", {"group": self.plan.group})


def plan_group(programme: Programme, workshop: Workshop, group: int) -> None:
    """Refuses where a group can't have a plan (yet)."""
    formation = workshop.formations.get(programme.plan.grouping) if programme.plan else None
    if formation is None or group not in formation.groups:
        raise Refusal("plan.no_group")


async def plan_of_group(turn: Turn, workshop: Workshop, group: int) -> ActionPlan:
    """A group's plan, begun where there is none."""
    programme = turn.programme(workshop)
    plan_group(programme, workshop, group)
    found = next((each for each in await turn.plans_of(workshop.id) if each.group == group), None)
    if found is None:
        id = turn.runner.next_id("plans")
        found = planning.open_plan(id=id, workshop_id=workshop.id, group=group, now=turn.now)
        turn.put(found)
    return found


async def plan_desk_for(reader: Reader, person: Person, plan: ActionPlan | None) -> PlanDesk | None:
    """What somebody has in front of them with this plan; None when they have no business with it."""
    workshop = await reader.workshop(plan.workshop_id) if plan else None
    if plan is None or workshop is None:
        return None
    programme = reader.programme(workshop)
    actor = actor_in(programme, workshop, plan, person.user_id)
    today = dates.today_in(reader.present(), workshop.zone)
    return PlanDesk(workshop=workshop, programme=programme, plan=plan, actor=actor, today=today) if actor else None


async def plan_desk_of(here: Here, plan_id: int) -> PlanDesk:
    """The desk for an input. Refuses whoever has no business with this plan."""
    desk = await plan_desk_for(here.turn, here.person, await here.turn.plan(plan_id))
    if desk is None:
        raise Refusal("plan.not_yours")
    return desk


async def changeable(here: Here, plan_id: int, number: int) -> tuple[PlanDesk, Action]:
    """A plan and one of its actions, for a change. Refuses whoever may not change it, and what is gone."""
    desk = await plan_desk_of(here, plan_id)
    action = planning.standing(desk.plan, number)
    if not desk.actor.changes(desk.plan, action):
        raise Refusal("plan.not_yours")
    return desk, action


async def visible(here: Here, plan_id: int, number: int) -> tuple[PlanDesk, Action]:
    """A plan and one of its actions, for looking. Refuses whoever may not see it, and what is gone."""
    desk = await plan_desk_of(here, plan_id)
    action = planning.standing(desk.plan, number)
    if not desk.actor.sees(desk.plan, action):
        raise Refusal("plan.not_yours")
    return desk, action


async def answers_of_group(reader: Reader, desk: PlanDesk, ref: Ref | None) -> list[str]:
    """What a group answered in an exercise of its own formation, as words."""
    return candidates.answers_of(await _around(reader, desk), desk.plan.group, ref)


async def goal_of(reader: Reader, desk: PlanDesk) -> str:
    """What the plan is to achieve: as it was set, else as the exercise before it says."""
    return candidates.goal_of(await _around(reader, desk), desk.plan)


async def _around(reader: Reader, desk: PlanDesk) -> Around:
    runs = await reader.runs_of(desk.workshop.id)
    return Around(workshop=desk.workshop, programme=desk.programme, runs=runs, plans=[desk.plan])


def about(desk: PlanDesk, action: Action) -> dict[str, Any]:
    """An action's number and title, as parameters."""
    return {"number": action.number, "title": action.title}
