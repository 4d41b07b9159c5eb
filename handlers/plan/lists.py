"""/plan: a group's action plan, all plans for facilitators, and for people from outside the actions they are in."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from bot.core.errors import Refusal
from bot.core.message import Phrase
from bot.core.plan_access import group_of
from bot.core.plan_dialogue import ActionView, PlanLook, PlanView
from bot.core.words import same, shortened
from bot.core.workshop import Member, Workshop
from handlers.context import Here, Pass, command, on_text, tap
from handlers.plan import list_taps as to
from handlers.plan.desk import PlanDesk, plan_desk_for, plan_group, plan_of_group
from handlers.plan.list_screens import plan_screen
from handlers.plan.pages import LONGEST_TITLE, Seen, desks_of, is_shown, seen_in
from handlers.plan.state_screens import may_agree, not_agreeing
from handlers.plan.viewing import led_to, look_at
from handlers.render import Renderer, says
from handlers.typed import by_beginning, by_number

LOOKS: tuple[str, ...] = get_args(PlanLook)
LONGEST_NUMBER = 3  # digits of an action's
TYPED = {
    "check": "label.plan.check",
    "mine": "label.plan.mine",
    "people": "label.plan.by_person",
    "date": "label.plan.by_date",
    "status": "label.plan.by_status",
    "changes": "label.plan.changes",
}
"""What may be typed behind /plan, in English or in the words of these buttons."""


def show_action(here: Here, desk: PlanDesk, number: int) -> None:
    """Put an action's card on show."""
    look_at(here, desk, number)


# The command -----------------------------------------------------------------------------------------------------


@command("plan")
async def plan_(here: Here, rest: str) -> None:
    elsewhere = await _named_in(here)
    try:
        workshop, member = await here.current_workshop()
    except Refusal:
        if not elsewhere or await here.turn.workshops_of(here.user_id):
            raise
        first, *others = elsewhere
        view = PlanView(workshop_id=first, view="mine", elsewhere=tuple(others))
    else:
        view = await _begun(here, workshop, member)
        view = replace(view, elsewhere=tuple(id for id in elsewhere if id != workshop.id))
    if rest:
        await _open_typed(here, view, rest)
    else:
        here.ask(view)


async def _named_in(here: Here) -> list[int]:
    """The workshops in whose plans somebody takes part from outside, the newest first."""
    found = []
    for plan in await here.turn.plans_of_contact(here.user_id):
        desk = await plan_desk_for(here.turn, here.person, plan)
        if desk is not None and not desk.actor.member and is_shown(desk):
            found.append(plan.workshop_id)
    return list(dict.fromkeys(found))


async def _begun(here: Here, workshop: Workshop, member: Member) -> PlanView:
    """What /plan shows somebody: all plans, their group's, or what they see of others'. Refuses where there is none."""
    programme = here.turn.programme(workshop)
    every = PlanView(workshop_id=workshop.id)
    if member.leads:
        if programme.plan is None or programme.plan.grouping not in workshop.formations:
            raise Refusal("plan.no_groups")
        return every
    if group := group_of(programme, workshop, member):
        return replace(every, plan_id=(await plan_of_group(here.turn, workshop, group)).id)
    if not await desks_of(here.turn, here.person, every):
        raise Refusal("plan.no_group")
    return every


async def _open_typed(here: Here, view: PlanView, words: str) -> None:
    """What is typed behind /plan: the name of a view, or an action's number or title."""
    renderer = Renderer(here.turn.runner.catalogues, here.person.language)
    for look, key in TYPED.items():
        if says(words, look) or says(words, renderer.plain(Phrase(key))):
            wanted = replace(view, view=look, plan_id=0 if look == "mine" else view.plan_id)  # type: ignore[arg-type]
            there = await plan_screen(here.turn, here.person, wanted) is not None
            here.ask(wanted if there else view)
            return
    found = await _typed(here, view, words)
    here.ask(view)
    if found is not None:
        show_action(here, found.desk, found.action.number)
    else:
        await here.say("plans.no_such", what=shortened(words, LONGEST_TITLE))
        here.turn.lower(here.user_id, "question")


async def _typed(here: Here, view: PlanView, words: str) -> Seen | None:
    """The action that is meant by a number or a title."""
    seen = seen_in(await desks_of(here.turn, here.person, view))
    named = [each for each in seen if words.strip() == each.label] or [
        each for each in seen if same(each.action.title, words)
    ]
    return named[0] if len(named) == 1 else None


# Looking ---------------------------------------------------------------------------------------------------------


@tap(to.ShowPlan)
async def show_plan(here: Here, action: to.ShowPlan) -> None:
    if action.view not in LOOKS:
        raise Refusal("tap.old")
    view = PlanView(
        workshop_id=action.workshop,
        plan_id=action.plan,
        view=action.view,  # type: ignore[arg-type]
        party=action.party,
        page=max(0, action.page),
    )
    workshop = await here.turn.workshop(action.workshop)
    desks = await desks_of(here.turn, here.person, view)
    member = workshop.active_user(here.user_id) if workshop else None
    if workshop is None or any(desk.workshop.id != workshop.id for desk in desks):
        raise Refusal("tap.old")
    if not desks and (action.plan or member is None):
        raise Refusal("plan.not_yours")
    if action.view in ("check", "removed") and not any(desk.actor.plans for desk in desks):
        raise Refusal("plan.not_yours")
    if action.view == "publish" and desks and not may_agree(desks[0]):
        raise not_agreeing(desks[0])
    if await plan_screen(here.turn, here.person, view) is None:
        raise Refusal("tap.old")
    led_to(here, view)


@tap(to.ShowGroupPlan)
async def show_group_plan(here: Here, action: to.ShowGroupPlan) -> None:
    workshop, _ = await here.facilitator(action.workshop)
    plan_group(here.turn.programme(workshop), workshop, action.group)
    plan = await plan_of_group(here.turn, workshop, action.group)
    here.ask(PlanView(workshop_id=workshop.id, plan_id=plan.id))


@on_text(PlanView)
async def plan_text(here: Here, dialogue: PlanView, text: str) -> None:
    """An action's number or title opens it, and "go on" goes on; a number that no action has is said to be one, and
    anything else isn't meant for the plan."""
    found = await _typed(here, dialogue, text)
    if found is not None:
        show_action(here, found.desk, found.action.number)
        here.acknowledge()
    elif await by_beginning(here, text):
        here.acknowledge()
    elif dialogue.view not in ("check", "people") or not await by_number(here, text):
        raise _not_meant(text)


@on_text(ActionView)
async def action_text(here: Here, dialogue: ActionView, text: str) -> None:
    """On a card, a number is that of another action, as in the list; on its other screens it counts the choices."""
    card = dialogue.view == "card"
    found = await _typed(here, PlanView(workshop_id=0, plan_id=dialogue.plan_id), text) if card else None
    if found is not None:
        show_action(here, found.desk, found.action.number)
        here.acknowledge()
    elif not card and await by_number(here, text):
        return
    else:
        raise _not_meant(text) if card else Pass


def _not_meant(text: str) -> Exception:
    """What words are that name nothing in a plan on show: a number that isn't there, else something for the sheet."""
    number = text.strip()
    return Refusal("plans.no_such", what=number) if number.isdecimal() and len(number) <= LONGEST_NUMBER else Pass()
