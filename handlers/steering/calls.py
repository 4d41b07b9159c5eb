"""Calling a facilitator: from a group's sheet, to all who lead; one goes there and ticks it off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.core import calls
from bot.core.calls import Call
from bot.core.dialogue import Person
from bot.core.errors import Refusal
from bot.core.message import Choice, Phrase, Priority, Screen
from bot.core.room import Room, leader
from bot.core.workshop import Workshop
from bot.turn import Turn
from handlers import callbacks as to
from handlers.context import Here, button, tap
from handlers.desk import Desk, desk_of
from handlers.steering.taps import CallDo, CallFor

MOST_SHOWN = 4  # on the board, with a button each


# The group -------------------------------------------------------------------------------------------------------


def of_desk(here: Desk) -> Call | None:
    """The open call of the group whose sheet it is."""
    return calls.of_group(here.room.calls, here.exercise.grouping, here.run.group)


def on_sheet(here: Desk) -> Phrase | None:
    """What became of the group's call."""
    found = of_desk(here)
    if found is None:
        return None
    if found.taken_by is None:
        return Phrase("calls.called")
    return Phrase("calls.coming", {"name": here.name(found.taken_by)})


def buttons(here: Desk) -> list[Choice]:
    """A group's way to a facilitator; whoever leads needs none."""
    if here.actor.leads or not here.run.group:
        return []
    if of_desk(here) is None:
        return [button("label.call", CallFor(here.run.id, 0))]
    return [button("label.call_off", CallFor(here.run.id, 1))]


def in_words(person: Person) -> list[Choice]:
    """The button as it may be typed at any time, shown or not: these words never are an answer."""
    return [button("label.call", CallFor(person.sheet_run_id, 0))] if person.sheet_run_id is not None else []


@tap(CallFor)
async def call_for(here: Here, action: CallFor) -> None:
    desk = await desk_of(here, action.run)
    if desk.actor.leads or not desk.run.group:
        raise Refusal("tap.old")
    turn, room = here.turn, desk.room
    if action.off:
        found = of_desk(desk)
        if found is None:
            raise Refusal("calls.over")
        turn.put(replace(room, calls=calls.end(room.calls, found.number, turn.now)))
        return
    made = calls.call(
        room.calls,
        grouping=desk.exercise.grouping,
        group=desk.run.group,
        run_id=desk.run.id,
        member=desk.reader.number,
        now=turn.now,
    )
    turn.put(replace(room, calls=made))
    await _tell(turn, desk, made[max(made)])


async def _tell(turn: Turn, desk: Desk, call: Call) -> None:
    """Everybody who leads hears of it; without a sound those who don't lead the room."""
    about: dict[str, Any] = {"group": call.group, "id": desk.exercise.id, "step": desk.content(desk.step.title)}
    for member in desk.workshop.facilitators():
        if member.user_id is not None:
            await turn.say(
                member.user_id,
                "calls.asks",
                _rows(desk.workshop, call),
                priority=Priority.LIVE,
                unasked=True,
                silent=member.number != leader(desk.room, desk.workshop),
                **about,
            )


def _rows(workshop: Workshop, call: Call) -> tuple[tuple[Choice, ...], ...]:
    first = (
        button("label.coming", CallDo(workshop.id, call.number, "take"), style="primary")
        if call.taken_by is None
        else button("label.helped", CallDo(workshop.id, call.number, "end"))
    )
    return ((first, button("label.see_sheet", to.ShowSheet(call.run_id))),)


# Who leads -------------------------------------------------------------------------------------------------------


@tap(CallDo)
async def call_do(here: Here, action: CallDo) -> None:
    workshop, member = await here.facilitator(action.workshop)
    turn = here.turn
    room = await turn.room(workshop.id)
    known = room.calls.get(action.number)
    if known is None:
        raise Refusal("tap.old")
    if action.what == "end":
        turn.put(replace(room, calls=calls.end(room.calls, action.number, turn.now)))
        await _instead(here, Screen("calls.helped", {"group": known.group}))
        return
    if action.what != "take":
        raise Refusal("tap.old")
    try:
        taken = calls.take(room.calls, action.number, member.number, turn.now)
    except Refusal as refusal:
        by = workshop.members.get(refusal.params.get("member", 0))
        raise Refusal(refusal.key, name=by.name if by else "") from None
    turn.put(replace(room, calls=taken))
    await _instead(here, Screen("calls.you_come", {"group": known.group}, _rows(workshop, taken[action.number])))


async def _instead(here: Here, screen: Screen) -> None:
    """Change the message that was tapped on; the board follows by itself."""
    board = here.turn.on_show(here.user_id, "room")
    if here.query_id and (board is None or board.message_id != here.message_id):
        await here.instead(screen)
    elif not here.query_id:
        await here.say(screen.key, screen.rows, **screen.params)


# The board -------------------------------------------------------------------------------------------------------


def board_lines(workshop: Workshop, room: Room, now: datetime) -> list[Phrase]:
    """Who waits, and for how long; whom somebody is going to."""
    found = []
    for each in calls.open_calls(room.calls):
        by = workshop.members.get(each.taken_by) if each.taken_by is not None else None
        if by is not None:
            found.append(Phrase("board.coming", {"group": each.group, "name": by.name}))
        else:
            minutes = (now - each.called_at) // timedelta(minutes=1)
            found.append(Phrase("board.asks", {"group": each.group, "count": minutes}))
    return found


def board_rows(workshop: Workshop, room: Room) -> list[tuple[Choice, ...]]:
    waiting: Sequence[Call] = calls.open_calls(room.calls)[:MOST_SHOWN]
    ways = [
        button("label.board.coming", CallDo(workshop.id, each.number, "take"), style="primary", number=each.group)
        if each.taken_by is None
        else button("label.board.helped", CallDo(workshop.id, each.number, "end"), number=each.group)
        for each in waiting
    ]
    return [tuple(ways[at : at + 2]) for at in range(0, len(ways), 2)]
