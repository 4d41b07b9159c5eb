"""Why something was changed after it had been agreed: whoever changed it is asked once, and may skip it."""

from __future__ import annotations

from bot.core import explaining
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Phrase, Screen
from bot.core.plan import Field
from bot.core.plan_dialogue import PlanReason
from bot.core.words import shortened
from handlers.context import Here, Reader, button, lines, on_text, screen, tap
from handlers.plan import list_taps as to
from handlers.plan.desk import PlanDesk, changeable, plan_desk_for
from handlers.plan.questions import TITLE_SHOWN
from handlers.plan.viewing import look_at


def ask_reason(here: Here, desk: PlanDesk, number: int, field: Field, *, aside: bool = False) -> bool:
    """Ask whoever just changed an agreed date or owner for the reason, in one line; what is on show then ends at the
    action's card, unless a reminder led there (`aside`). False, and nothing asked, where no reason is needed. `desk`
    has the plan as changed."""
    if not explaining.wants_reason(desk.plan, number, field):
        return False
    version = desk.plan.history[number][-1].version
    here.ask(PlanReason(plan_id=desk.plan.id, action=number, version=version, field=field, aside=aside))
    return True


@screen(PlanReason)
async def reason_screen(reader: Reader, person: Person, dialogue: PlanReason) -> Screen | None:
    desk = await plan_desk_for(reader, person, await reader.plan(dialogue.plan_id))
    action = desk.plan.action(dialogue.action) if desk else None
    if desk is None or action is None or not desk.actor.changes(desk.plan, action):
        return None
    field = Phrase(f"plan.field.{dialogue.field.value}")
    heading = Phrase("plan.one", {"title": shortened(action.title, TITLE_SHOWN), "field": field})
    text = lines(heading, "", Phrase("reason.ask"))
    skip = button("label.skip", to.SkipReason(desk.plan.id, action.number))
    return Screen("lines", text, ((skip,),), closing=heading)


@on_text(PlanReason)
async def give_reason(here: Here, dialogue: PlanReason, text: str) -> None:
    desk, action = await changeable(here, dialogue.plan_id, dialogue.action)
    here.turn.put(explaining.explain(desk.plan, action.number, dialogue.version, text))
    here.acknowledge()
    _go_on(here, dialogue, desk, action.number)


@tap(to.SkipReason)
async def skip_reason(here: Here, action: to.SkipReason) -> None:
    dialogue = here.person.dialogue
    if not isinstance(dialogue, PlanReason) or (dialogue.plan_id, dialogue.action) != (action.plan, action.action):
        raise Refusal("tap.old")
    desk, found = await changeable(here, action.plan, action.action)
    _go_on(here, dialogue, desk, found.number)


def _go_on(here: Here, dialogue: PlanReason, desk: PlanDesk, number: int) -> None:
    if dialogue.aside:
        here.ask(None)
    else:
        look_at(here, desk, number)
