"""The pen of a group: asked for, passed on, kept."""

from __future__ import annotations

from dataclasses import replace

from bot.core import grouping, roles
from bot.core.errors import Refusal
from handlers import callbacks as to
from handlers.context import Here, tap
from handlers.desk import Desk, desk_of


@tap(to.AskPen)
async def ask_pen(here: Here, action: to.AskPen) -> None:
    desk = await desk_of(here, action.run)
    if desk.exercise.whole_room:
        raise Refusal("sheet.room_leads")
    formation = desk.workshop.formations.get(desk.exercise.grouping)
    if formation is None or desk.group is None:
        raise Refusal("groups.not_seated")
    after = roles.ask_for_pen(formation, desk.reader.number, now=here.turn.now)
    _save_formation(here, desk, after)
    if after.groups[desk.group.number].pen == desk.reader.number:
        here.toast("pen.taken")
    else:
        here.toast("pen.asked_done", name=desk.name(desk.group.pen))


@tap(to.GivePen)
async def give_pen(here: Here, action: to.GivePen) -> None:
    desk = await desk_of(here, action.run)
    formation = desk.workshop.formations.get(desk.exercise.grouping)
    if formation is None or desk.group is None:
        raise Refusal("groups.not_seated")
    if not desk.actor.steers:
        raise Refusal("pen.not_yours")
    if action.member == 0:
        _save_formation(here, desk, roles.keep_pen(formation, desk.group.number, now=here.turn.now))
        here.toast("pen.kept")
        return
    given = roles.give_pen(formation, desk.group.number, action.member, now=here.turn.now)
    _save_formation(here, desk, given)
    here.toast("pen.given", name=desk.name(action.member))
    user_id = desk.workshop.members[action.member].user_id
    if user_id is not None:
        await here.turn.say(user_id, "pen.got")


def _save_formation(here: Here, desk: Desk, formation: grouping.Formation) -> None:
    formations = {**desk.workshop.formations, formation.grouping: formation}
    here.turn.put(replace(desk.workshop, formations=formations))
