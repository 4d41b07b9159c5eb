"""What somebody who is reminded would have otherwise, and may not change: whoever answers for the action decides, and
whoever wished it is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core import planning, reports
from bot.core.errors import Refusal
from bot.core.fires import Fire, FireKind
from bot.core.followup_dialogue import AskLine
from bot.core.message import Phrase, Screen, ShortDay
from bot.core.news import of
from bot.core.plan import Action, Field
from bot.core.plan_access import actor_in
from bot.core.plan_dialogue import PlanAsk
from bot.core.words import shortened
from handlers.context import Here, button, lines, tap
from handlers.followup.parts import settle
from handlers.followup.reach import meant_for, owner_of, pass_on
from handlers.followup.taps import WishDo
from handlers.plan import asides
from handlers.plan.desk import PlanDesk, changeable
from handlers.plan.list_taps import ShowAction

TITLE_SHOWN = 120
WISHED = (Field.DUE_ON, Field.RESPONSIBLE, Field.MILESTONES, Field.COMMUNICATIONS)
WISH, KEPT, GIVEN = "wish_", "kept_", "given_"  # what the answer of a reminder begins with; what was wished follows


async def passed_on(here: Here, desk: PlanDesk, action: Action, dialogue: AskLine, text: str) -> None:
    """Tell whoever decides what somebody would have otherwise."""
    reached = await owner_of(here.turn, desk, action)
    fire = await here.turn.fire(dialogue.fire)
    if reached.account is None or fire is None or fire.user_id != here.user_id:
        raise Refusal("plan.not_yours")
    line = planning.checked(text, "line", reports.LONGEST_LINE)
    asks = dialogue.asks
    grant = button(f"label.wish.{asks}", WishDo(fire.id, "grant"), style="primary")
    keep = button(f"label.keep.{asks}", WishDo(fire.id, "keep"))
    rows = ((grant, keep), (button("label.plan.see", ShowAction(desk.plan.id, action.number, 0, "card")),))
    about = {**_about(desk, action, fire), "name": desk.name(desk.actor.party), "line": line}
    text_of_it = lines(Phrase(f"wish.{asks}", about), meant_for(desk, action, reached))
    await pass_on(here.turn, desk, reached.account, "lines", rows, **text_of_it)
    here.ask(None)
    await settle(here, fire, f"{WISH}{asks}", message=dialogue.message)


def place(fire: Fire, asks: str) -> tuple[Field, int]:
    """Where in an action stands what somebody would have otherwise: a field, and an item of it (0: none)."""
    match asks:
        case "date":
            return (Field.MILESTONES, fire.item) if fire.kind is FireKind.MILESTONE else (Field.DUE_ON, 0)
        case "person":
            return Field.RESPONSIBLE, 0
        case "teller":
            return Field.COMMUNICATIONS, fire.item
    raise Refusal("tap.old")


def _what(action: Action, fire: Fire, asks: str) -> Any:
    """What stands there."""
    field, item = place(fire, asks)
    if not item:
        return action.get(field)
    return getattr(action.item(field, item), "due_on" if field is Field.MILESTONES else "sender", None)


def subject(action: Action, fire: Fire) -> str:
    """What somebody was asked about: a milestone, or the action."""
    milestone = action.item(Field.MILESTONES, fire.item) if fire.kind is FireKind.MILESTONE else None
    return shortened(getattr(milestone, "name", "") or action.title, TITLE_SHOWN)


def _about(desk: PlanDesk, action: Action, fire: Fire) -> dict[str, Any]:
    told = of(action, fire.item) if fire.kind is FireKind.NUDGE else None
    due_on = _what(action, fire, "date")
    return {
        "title": subject(action, fire),
        "name": desk.name(desk.actor.party),
        "day": ShortDay(due_on) if due_on is not None else "–",
        "names": [desk.name(each) for each in action.responsible or (action.owner,)],
        "audience": told.audience if told is not None else "",
        "teller": desk.name(told.sender) if told is not None else "",
    }


@tap(WishDo)
async def decide(here: Here, action: WishDo) -> None:
    fire = await here.turn.fire(action.fire)
    if fire is None or not fire.plan_id:
        raise Refusal("tap.old")
    desk, found = await changeable(here, fire.plan_id, fire.action)
    about = _about(desk, found, fire)
    wish, asks = fire.answer[: len(WISH)], fire.answer[len(WISH) :]
    if wish != WISH:
        await here.instead(Screen("wish.over", about))
    elif action.do == "grant":
        field, item = place(fire, asks)
        await asides.ask_who(here, desk.plan.id, found.number, field, item, fire=fire.id)
    elif action.do == "keep":
        here.turn.put(replace(fire, answer=f"{KEPT}{asks}"))
        await _tell(here, desk, found, fire, f"{KEPT}{asks}")
        who = {**about, "name": desk.name(fire.party)}
        await here.instead(Screen(f"wish.{KEPT}{asks}.own", who))
    else:
        raise Refusal("tap.old")


async def seen_to(here: Here, before: PlanDesk, after: PlanDesk, number: int) -> None:
    """Tell those who wished for it that an action has another day, or other people."""
    was, now = before.plan.action(number), after.plan.action(number)
    if was is None or now is None or all(was.get(field) == now.get(field) for field in WISHED):
        return
    for fire in await here.turn.said_about(after.plan.id):
        asks = fire.answer.removeprefix(WISH)
        if fire.action == number and fire.answer.startswith(WISH) and _what(was, fire, asks) != _what(now, fire, asks):
            here.turn.put(replace(fire, answer=f"{GIVEN}{asks}"))
            await _tell(here, after, now, fire, f"{GIVEN}{asks}")


async def _tell(here: Here, desk: PlanDesk, action: Action, fire: Fire, key: str) -> None:
    """Tell whoever wished it what came of it, where they still have a part in the plan."""
    actor = actor_in(desk.programme, desk.workshop, desk.plan, fire.user_id)
    if fire.user_id == here.user_id or actor is None:
        return
    see = button("label.plan.see", ShowAction(desk.plan.id, action.number, 0, "card"))
    rows = ((see,),) if actor.sees(desk.plan, action) else ()
    await pass_on(here.turn, desk, fire.user_id, f"wish.{key}", rows, **_about(desk, action, fire))


async def came_of_it(here: Here, asked: PlanAsk) -> None:
    """Have the message that led to a question say what came of it: one's own reminder, or somebody's wish."""
    fire = await here.turn.fire(asked.fire)
    desk, action = await changeable(here, asked.plan_id, asked.action)
    if fire is None:
        return
    if fire.user_id == here.user_id:
        answer = "date" if asked.field in (Field.DUE_ON, Field.MILESTONES) else "else"
        await settle(here, fire, answer, message=asked.message)
    elif asked.message:
        about = {**_about(desk, action, fire), "name": desk.name(fire.party)}
        here.turn.edit(asked.message, Screen(f"wish.{fire.answer}.own", about))
